/** The texts of the view Diragukan of the screen Logistik in Indonesian (English: held-stock-en.ts): counts of stock that nobody believes yet. */
export const heldStockId = {
	title: "Hitungan persediaan yang diragukan",
	show: "Yang tampak",
	shown: {
		waiting: "Menunggu ({{count}})",
		decided: "Diputuskan ({{count}})",
		all: "Semua ({{count}})",
	},
	filter: "Cari fasilitas, barang, atau salah tulis",
	window: "28 hari sampai {{day}}",
	none: {
		waiting:
			"Tidak ada hitungan yang menunggu keputusan di {{area}} dalam 28 hari sampai {{day}}.",
		decided:
			"Belum ada hitungan yang diputuskan di {{area}} dalam 28 hari sampai {{day}}.",
		all: "Tidak ada hitungan yang diragukan di {{area}} dalam 28 hari sampai {{day}}.",
	},
	choose: "Pilih satu hitungan di tabel: panah lalu Enter.",
	column: {
		day: "Tanggal",
		facility: "Fasilitas",
		code: "Kode fasilitas",
		place: "Wilayah",
		item: "Barang",
		unit: "Satuan",
		stated: "Tertulis",
		fault: "Kemungkinan salah tulis",
		meant: "Mungkin maksudnya",
		source: "Sumber",
		decision: "Keputusan",
		value: "Yang dihitung",
		person: "Oleh",
		at: "Waktu",
		reason: "Alasan",
	},
	fault: {
		negative: "Kurang dari nol",
		"boxes-for-pieces": "Dus ditulis sebagai satuan",
		"pieces-for-boxes": "Satuan ditulis sebagai dus",
		hundredfold: "Berpuluh kali lipat",
		vanished: "Hampir habis semalam",
		"does-not-add-up": "Lembar tidak cocok",
		"lots-above-count": "Lot melebihi hitungan",
	},
	faultHelp: {
		negative: "Persediaan tidak dapat kurang dari nol.",
		"boxes-for-pieces":
			"Hitungan cocok dengan hari di sekitarnya bila dibaca sebagai jumlah dus.",
		"pieces-for-boxes":
			"Hitungan cocok dengan hari di sekitarnya bila satuan yang ditulis adalah isi dus, atau kelebihan angka.",
		hundredfold:
			"Paling sedikit lima puluh kali hitungan terbesar dalam empat minggu, atau seratus kali hitungan sebelum dan sesudahnya: kelebihan dua angka nol, atau barang lain.",
		vanished:
			"Berkurang jauh lebih cepat dari pemakaian biasa, dan lembarnya maupun hitungan sesudahnya tidak menyatakan yang sama: formulir berisi nol.",
		"does-not-add-up":
			"Sisa tidak sama dengan stok awal ditambah penerimaan dikurangi pemakaian.",
		"lots-above-count":
			"Lot yang disebut lembar berjumlah lebih banyak daripada sisanya.",
	},
	noFault: "Tidak ada yang meragukan lagi",
	noMeant: "tidak dapat ditebak",
	verdict: {
		waiting: "Menunggu",
		accepted: "Diterima: {{value}}",
		refused: "Ditolak",
	},
	counts: {
		none: "Tidak masuk jumlah mana pun.",
		some: "Yang masuk jumlah: {{value}}.",
	},
	pending: {
		"accept-stock": "→ {{value}} menunggu",
		"refuse-stock": "→ ditolak, menunggu",
		"reopen-stock": "→ dibuka lagi, menunggu",
	},
	accept: "Terima",
	acceptAs: "Yang dihitung",
	as: {
		stated: "Seperti tertulis: {{value}}",
		meant: "Seperti maksudnya: {{value}}",
		other: "Angka lain",
	},
	otherValue: "Angka ({{unit}})",
	refuse: "Tolak",
	refuseHelp:
		"Hitungan ini tetap di luar semua jumlah. Hitungan lain fasilitas itu tetap berlaku.",
	reopen: "Buka lagi",
	reopenHelp:
		"Keputusan dicabut: selama hitungan diragukan, ia menunggu dan di luar semua jumlah.",
	change: "Sekarang: {{before}} Sesudahnya: {{after}}",
	toFacility: "Buka fasilitas",
	stock: "Seperti dilaporkan",
	looksOnly: "Keputusan diambil perencana atau pengelola data wilayah ini.",
	past: "Keadaan pengetahuan lampau tidak diubah.",
	byKeys: "Panah memilih baris, Enter ke keputusannya, / menyaring.",
} as const;
