/** The texts of what leaves a map in Indonesian (English: map-export-en.ts). */
export const mapExportId = {
	open: "Ekspor",
	of: "Simpan atau cetak yang ditampilkan peta",
	picture: "Gambar PNG {{width}} × {{height}}",
	film: "Video perjalanan…",
	xlsx: "Tabel XLSX",
	geojson: "Batas dan angka (GeoJSON)",
	print: "Cetak satu lembar {{paper}}",
	toPrint:
		"Peta ini dicetak sebagai satu lembar: tekan Ctrl+P atau tombol Cetak di layar itu, bukan menu peramban.",
	title: "Video perjalanan",
	from: "Dari",
	to: "Sampai",
	speed: "Hari per detik",
	rate: "Gambar per detik",
	size: "Ukuran",
	count:
		"{{frames}} gambar, {{seconds}} detik, {{format}}, paling banyak {{size}} MB",
	tooFast:
		"Tidak setiap hari akan terlihat: pilih lebih sedikit hari atau lebih banyak gambar per detik.",
	noDays: "Hari pertama harus sebelum hari terakhir, di dalam data.",
	noEncoder:
		"Peramban ini tidak dapat membuat video seukuran itu. Pilih ukuran yang lebih kecil.",
	webm: "Di sini tidak ada pembuat H.264; videonya WebM.",
	memory:
		"Di sini video disimpan di memori sampai selesai: paling banyak {{size}} MB.",
	asMade: "Ditulis langsung ke berkas selama dibuat.",
	tooLarge:
		"Video bisa lebih besar daripada yang dapat disimpan di memori ({{size}} MB). Pilih ukuran lebih kecil, hari lebih sedikit, atau lebih banyak hari per detik.",
	start: "Buat video",
	cancel: "Batalkan",
	progress: "Gambar {{done}} dari {{of}}",
	done: "Video tersimpan.",
	elsewhere:
		"Video selesai, tetapi berkas yang dipilih tidak dapat ditulis sampai akhir: {{why}}. Video yang utuh disimpan sebagai unduhan.",
	goesElsewhere:
		"Berkas yang dipilih tidak dapat ditulis lagi: {{why}}. Video diteruskan dan nanti disimpan sebagai unduhan.",
	lost: "berkas yang dipilih tidak dapat ditulis sampai akhir ({{why}}), dan salinannya di peramban tidak dapat dibaca ({{copy}}), sehingga videonya hilang",
	place: {
		gone: "berkas atau foldernya sudah tidak ada (dipindahkan, dihapus, atau medianya dilepas)",
		full: "tempatnya penuh",
		locked: "izin menulis dicabut, atau berkasnya dikunci program lain",
	},
	step: {
		sources: "Membaca sumber angka …",
		maps: "Menyiapkan peta pada ukuran gambar …",
		drawing: "Menggambar …",
		file: "Menyusun berkas gambar …",
	},
	making: "Menggambar …",
	unit: "Satuan",
	value: "Nilai",
	period: "Rentang",
	marks: "Tanda",
	parent: "Termasuk",
	unitCount: "jumlah",
	tablesOf: {
		right: "Tabel dan GeoJSON memuat peta kanan",
		chosen:
			"Tabel dan GeoJSON memuat semua wilayah, dengan indikator dan tanggal peta yang dipilih",
	},
};
