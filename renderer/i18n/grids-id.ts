/** The texts of walls of several displays on the screen Dinding, in Indonesian (English: grids-en.ts). */
export const gridsId = {
	title: "Dinding",
	none: "Belum ada dinding dari beberapa layar. Buat satu: tentukan jumlah layar, ukurannya, dan lebar bingkainya.",
	add: "Dinding baru",
	newName: "Dinding aula",
	name: "Nama",
	size: "{{columns}} × {{rows}} layar",
	columns: "Kolom",
	rows: "Baris",
	pictureWidth: "Lebar gambar",
	pictureHeight: "Tinggi gambar",
	gapAcross: "Bingkai tegak",
	gapDown: "Bingkai datar",
	gapHelp:
		"Ukur dari tepi gambar satu layar ke tepi gambar layar di sebelahnya: kedua bingkai dan celahnya. Yang di balik bingkai tersembunyi; garis peta berlanjut lurus.",
	mode: "Isi",
	spans: "Satu adegan di semua layar",
	each: "Tiap layar sendiri",
	shows: "Menampilkan",
	showsHere: "Layar {{number}} menampilkan",
	place: "{{grid}} · layar {{number}} (baris {{row}}, kolom {{column}})",
	display: "Layar {{number}}",
	where: "baris {{row}}, kolom {{column}}",
	device: "Perangkat di layar {{number}}",
	noDevice: "Tanpa perangkat jaringan",
	deviceHelp:
		"Perangkat yang sudah disambungkan. Yang belum: Perangkat, Sambungkan perangkat, lalu pilih tempatnya di sana.",
	chooseDisplay: "Pilih layar di gambar untuk mengaturnya.",
	sign: "Tunjukkan nomor",
	unsign: "Sembunyikan nomor",
	signHelp:
		"Tiap layar menampilkan nomornya besar-besar selama satu menit; yang belum punya tempat menampilkan namanya.",
	signPlace: "{{grid}} · baris {{row}}, kolom {{column}}",
	signNoPlace: "belum mendapat tempat di dinding",
	open: "Buka layar {{number}} di jendela lain",
	fill: "Isi monitor dengan layar {{number}}",
	monitor: "{{label}}, {{width}} × {{height}}",
	openAll: "Buka di tiap monitor",
	openAllHelp:
		"Membuka satu jendela di tiap monitor komputer ini, dari kiri atas. F11 memenuhi monitor.",
	opened_one: "{{count}} jendela dibuka.",
	opened_other: "{{count}} jendela dibuka.",
	blocked:
		"Peramban menahan jendela baru. Izinkan jendela pop-up untuk alamat ini, lalu ulangi.",
	notGranted:
		"Peramban tidak diizinkan melihat monitor. Izinkan pengelolaan jendela untuk alamat ini, atau buka tiap layar sendiri.",
	oneMonitor: "Komputer ini hanya punya satu monitor.",
	noVersions: "Dinding ini belum pernah diubah.",
	remove: "Hapus",
	state: {
		none: "belum ada layar",
		silent: "TIDAK TERDENGAR sejak {{time}}",
		never: "BELUM PERNAH TERDENGAR",
		frozen: "BEKU sejak {{time}}",
		trouble: {
			lost: "SAMBUNGAN TERPUTUS",
			offline: "pusat data tidak terjangkau",
			"sync-error": "SINKRONISASI GAGAL",
			late: "tertinggal, adegan masih disiapkan",
		},
		coming: "menyiapkan",
		stale_one: "{{count}} panel terlalu tua",
		stale_other: "{{count}} panel terlalu tua",
		well: "baik",
	},
	misfit: {
		sizes:
			"Layar dinding ini berbeda ukuran pikselnya: huruf dan garis tidak bertemu di bingkai. Samakan resolusi dan penskalaannya.",
		form: "Bentuk layar tidak sama dengan ukuran gambar yang ditulis di sini: gambar tergeser di bingkai. Periksa milimeternya.",
	},
	moved:
		"Diletakkan di satu layar agar terbaca utuh: {{panels}}. Susun adegannya menurut layar bila ruangnya kurang.",
	picturesNow: "Dinding sekarang",
	gonePlace:
		"Tempat layar ini di dinding sudah tidak ada. Beri tempat lain di meja Dinding.",
};
