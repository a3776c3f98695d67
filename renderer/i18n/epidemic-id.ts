/** The texts of the screen Epidemi in Indonesian (English: epidemic-en.ts). */
export const epidemicId = {
	views: "Bagian",
	view: {
		rt: "Angka reproduksi",
	},
	working: "Menghitung …",
	stop: "Hentikan",
	stopped: "Perhitungan dihentikan.",
	again: "Hitung lagi",
	shownAs: { label: "Tampilan", chart: "Grafik", table: "Tabel" },
	option: {
		levelHelp: "Wilayah yang diwarnai di peta dan diurutkan di tabel.",
		window: "Jendela",
		windowHelp:
			"Rt dihitung dari kasus sekian hari sampai hari yang ditampilkan. Jendela panjang lebih tenang tetapi lebih lambat: nilainya tertinggal kira-kira separuh jendela.",
		days_one: "{{count}} hari",
		days_other: "{{count}} hari",
		interval: "Selang serial",
		intervalHelp:
			"Hari dari gejala seseorang sampai gejala orang yang ditularinya. Selang yang lebih panjang menjauhkan Rt dari 1.",
		draw: "Ketidakpastian selang (kurva)",
		drawHelp:
			"Untuk kurva wilayah terpilih selang serial dapat diundi dalam batas yang tidak diketahui, sehingga rentangnya lebih lebar. Peta, tabel dan kurva kecil memakai selang seperti diterbitkan.",
		draws: { uncertain: "Diundi dalam batasnya", fixed: "Seperti diterbitkan" },
		source: "Rata-rata {{mean}} hari, simpangan baku {{sd}} hari. {{source}}.",
		verified: "Angka dibaca di abstrak sumber.",
		unverified: "Angka ini lazim dipakai, belum diverifikasi di sumbernya.",
	},
	intervalOf: {
		nishiura: "Nishiura 2020",
		du: "Du 2020",
		li: "Li 2020",
	},
	rt: {
		title: "Angka reproduksi (Rt)",
		of: "Rt dari kasus {{from}} – {{to}}",
		chart: "Angka reproduksi: {{area}}",
		mean: "Rt (rentang 95 %)",
		one: "1: tidak tumbuh, tidak surut",
		coming: "masih masuk, bukan penurunan",
		day: "Hari",
		unknown: "tidak diketahui",
		latest: "{{day}}: {{value}}, {{share}}",
		probability: "peluang Rt > 1 {{share}}",
		none: "Rt wilayah ini tidak dapat dihitung: {{why}}.",
		casesOf: "{{cases}} kasus dalam {{days}} hari",
		signs:
			"↑ tumbuh, ↓ surut (peluang 95 %); ~ belum dapat dibedakan dari 1. Yang tanpa Rt tidak berarti rendah.",
		gapDays_one: "{{count}} hari tanpa Rt: {{why}}.",
		gapDays_other: "{{count}} hari tanpa Rt: {{why}}.",
		comingHelp:
			"Sesudah {{day}} laporan masih masuk: bagian berarsir bukan penurunan.",
		comingMap:
			"Laporan sesudah {{shown}} masih masuk. Peta dan tabel menunjukkan {{shown}}, bukan {{day}}: angka yang belum lengkap akan terbaca sebagai penurunan.",
		byReport:
			"Menurut hari lapor: Rt tertinggal seminggu lebih dari penularan dan ikut tumpukan laboratorium.",
	},
	direction: {
		grows: "tumbuh",
		wanes: "surut",
		unclear: "belum dapat dibedakan dari 1",
	},
	gap: {
		"few-cases": "kurang dari 11 kasus dalam jendela",
		"low-infectiousness":
			"kasus sebelumnya terlalu sedikit untuk menjelaskan yang sekarang",
		"day-not-reported": "ada hari tanpa laporan dalam jendela",
		"history-not-reported":
			"hari-hari sebelum jendela, tempat penularan berasal, tidak dilaporkan",
		"too-early": "laporan baru dimulai",
		"source-changed":
			"sumber angka berganti dalam jendela: selisihnya bukan kasus baru",
		"few-areas": "terlalu sedikit wilayah melapor untuk mewakili keseluruhan",
		"not-yet-known": "belum diketahui pada hari pengetahuan yang dipilih",
		"still-coming": "laporan masih masuk: akan terbaca sebagai penurunan",
	},
	gapShort: {
		"few-cases": "kasus terlalu sedikit",
		"low-infectiousness": "asal kasus tak tampak",
		"day-not-reported": "ada hari tak dilaporkan",
		"history-not-reported": "riwayat tak dilaporkan",
		"too-early": "terlalu awal",
		"source-changed": "sumber berganti",
		"few-areas": "sedikit yang melapor",
		"not-yet-known": "belum diketahui",
		"still-coming": "masih masuk",
	},
	ranking: {
		title:
			"{{grows}} tumbuh, {{wanes}} surut dari {{told}} yang dapat dihitung ({{all}} wilayah)",
		area: "Wilayah",
		mean: "Rt (95 %)",
		meanHelp:
			"Berapa orang rata-rata ditulari satu orang; di antara batasnya dengan peluang 95 %.",
		aboveOne: "Peluang > 1",
		aboveOneHelp: "Peluang bahwa Rt di atas 1, yaitu kasus tumbuh.",
		before: "{{days}} hari lalu",
		beforeHelp: "Rt satu jendela sebelumnya, dari hari-hari lain sama sekali.",
		cases: "Kasus {{days}} hari",
		casesHelp: "Kasus konfirmasi baru dalam jendela.",
		filter: "Saring wilayah",
	},
	small: {
		title: "{{count}} wilayah dengan kasus terbanyak, {{area}}",
		scale: "12 minggu, skala 0 – {{most}}; garis putus: 1",
		none: "Tidak ada wilayah yang kasusnya dapat dijumlahkan.",
	},
	export: {
		mean: "rt",
		low: "rt_bawah_95",
		high: "rt_atas_95",
		aboveOne: "peluang_di_atas_1",
		cases: "kasus_jendela",
		reason: "tanpa_rt_karena",
		window: "jendela_hari",
		interval: "selang_serial",
	},
};
