/** The texts of the screen Epidemi in Indonesian (English: epidemic-en.ts). */
export const epidemicId = {
	views: "Bagian",
	view: {
		rt: "Angka reproduksi",
		terkini: "Perkiraan terkini",
		proyeksi: "Proyeksi",
		peringatan: "Peringatan",
	},
	shownAs: {
		label: "Tampilan",
		chart: "Grafik",
		table: "Tabel",
		model: "Modelnya",
	},
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
			"kasus baru hari-hari sebelum jendela, tempat penularan berasal, tidak diketahui",
		"too-early": "laporan baru dimulai",
		"source-changed":
			"sumber angka berganti dalam jendela: selisihnya bukan kasus baru",
		corrected:
			"angka dikoreksi turun dalam jendela: kasus baru hari itu tidak dapat diketahui",
		"few-areas": "terlalu sedikit wilayah melapor untuk mewakili keseluruhan",
		"fewer-tell":
			"wilayah yang melapor lebih sedikit daripada pekan-pekan sebelumnya: akan terbaca sebagai turun",
		"not-yet-known": "belum diketahui pada hari pengetahuan yang dipilih",
		"still-coming": "laporan masih masuk: akan terbaca sebagai penurunan",
	},
	gapShort: {
		"few-cases": "kasus terlalu sedikit",
		"low-infectiousness": "asal kasus tak tampak",
		"day-not-reported": "ada hari tak dilaporkan",
		"history-not-reported": "riwayat tak diketahui",
		"too-early": "terlalu awal",
		"source-changed": "sumber berganti",
		corrected: "dikoreksi",
		"few-areas": "sedikit yang melapor",
		"fewer-tell": "pelapor berkurang",
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
	projection: {
		title: "Empat minggu ke depan: {{area}}",
		says: "{{day}}: {{median}} kasus sehari ({{low}}–{{high}}, peluang 95 %)",
		cases: "kasus baru",
		median: "Median",
		medianBand: "median, rentang {{level}} %",
		band: "rentang {{level}} %",
		without: "median tanpa tindakan",
		came: "Yang kemudian terjadi",
		held: "Rt {{mean}} ({{low}}–{{high}}) dari minggu sampai {{day}} dianggap tetap, kecuali oleh tindakan di bawah ini.",
		none: "Dari {{day}} tidak dapat diproyeksikan: {{why}}.",
		toLogistics: "Kebutuhan di Logistik",
		toLogisticsHelp:
			"Membuka Kebutuhan di Logistik untuk wilayah dan hari ini, dengan pasien menurut proyeksi ini tanpa tindakan: tindakan yang dicoba di sini tidak ikut.",
	},
	measure: {
		title: "Tindakan",
		says: "{{day}}: Rt {{percent}} %",
		day: "Mulai {{day}}",
		percent: "Rt berubah {{percent}} %",
		outside: "di luar empat minggu ini: tidak mengubah apa pun",
		remove: "Hapus tindakan",
		add: "Tambah tindakan",
		help: "Geser hari dan besarnya (tombol panah juga). Besarnya adalah anggapan, bukan temuan.",
	},
	past: {
		title: "Proyeksi yang lalu, {{days}} hari ke depan, dan yang terjadi",
		line: "proyeksi {{days}} hari, rentang 95 %",
		score:
			"{{area}}, {{scored}} hari dinilai: {{shares}}. Nilai rentang (WIS, mendekati CRPS) {{wis}} kasus; galat median {{error}}.",
		inside: "{{share}} % di dalam rentang {{level}} %",
		none: "Riwayat kasus wilayah ini terlalu pendek atau terlalu jarang untuk menilai proyeksi.",
		notProjected_one: "{{count}} kali tidak dapat diproyeksikan.",
		notProjected_other: "{{count}} kali tidak dapat diproyeksikan.",
	},
	nowcast: {
		title: "Perkiraan terkini: {{area}}",
		says: "{{day}}: diperkirakan {{estimate}} ({{low}}–{{high}}, peluang 95 %) bila semua laporan masuk; sejauh ini dilaporkan {{reported}}",
		nothing:
			"{{day}}: dilaporkan {{reported}}; menurut riwayat tidak ada laporan yang masih ditunggu",
		reported: "dilaporkan sejauh ini",
		estimate: "perkiraan (95 %)",
		completeness: "sudah masuk",
		notReported: "tidak dilaporkan",
		counted: "Angka",
		countedHelp: "Angka baru per hari yang diperkirakan.",
		of: { confirmed: "Kasus konfirmasi", deaths: "Kematian" },
		gap: {
			"no-reports": "0 dilaporkan sejauh ini: tidak dapat diperkirakan",
			"not-reported": "tidak dilaporkan, atau yang baru tidak dapat diketahui",
			"too-incomplete": "terlalu sedikit yang sudah masuk",
			"delay-unknown": "keterlambatan belum diketahui",
		},
		short:
			"Belum dapat diketahui: riwayat pengetahuan terlalu pendek. Kapan angka wilayah ini menjadi diketahui baru tercatat {{has}} hari; sedikitnya {{needs}} hari diperlukan.",
		settled:
			"Untuk {{day}} tidak ada lagi yang ditunggu: pada {{known}} semua keterlambatan sudah lewat. Untuk melihat perkiraan seperti pada waktu itu, pilih hari pengetahuan di garis waktu.",
		knownOn:
			"Seperti diketahui pada {{day}}. Bila ada bagian berarsir, laporannya masih masuk.",
		corrections_one:
			"{{count}} kali angka suatu hari menjadi lebih rendah (koreksi, atau laporan hari diam yang menyusul).",
		corrections_other:
			"{{count}} kali angka suatu hari menjadi lebih rendah (koreksi, atau laporan hari diam yang menyusul).",
		changed:
			"Data diperbarui terus selagi dihitung. Silakan coba lagi sebentar lagi.",
		byReport:
			"Hari adalah hari lapor pada sumber, bukan hari gejala; hari yang tidak dilaporkan bukan nol.",
		delays: "Berapa lama laporan masuk",
		delay: "Sesudah harinya",
		within: "Sudah diketahui",
		withinDays_one: "{{count}} hari",
		withinDays_other: "{{count}} hari",
		onlyAwaited: "Hanya dihitung untuk hari yang laporannya masih ditunggu.",
		seeThen: "Lihat seperti diketahui pada {{day}}",
		noDelays: "Keterlambatan laporan wilayah ini tidak dapat diketahui.",
		lateness: "Keterlambatan dari pekan ke pekan: {{area}} dan di bawahnya",
		latenessShort: "Keterlambatan",
		latenessHelp:
			"Rata-rata hari dari kejadian sampai dilaporkan; makin berwarna makin lambat. Hanya pekan yang semua keterlambatannya sudah lewat; yang lebih lambat dari 14 hari dihitung 14.",
		weekOf: "Tujuh hari mulai",
		noEvents: "tidak ada kejadian, atau tidak diketahui kapan dilaporkan",
		sameDayShare: "{{share}} % diketahui pada harinya",
		weekdays: "Hari yang kurang dilaporkan",
		weekday: "Hari",
		ofWeek: "Dari rata-rata sepekan",
		atOnce: "Diketahui hari itu",
		under: "Kurang dilaporkan: {{days}} dari rata-rata sepekan.",
		noneUnder: "Tidak ada hari yang kurang dilaporkan di luar kebetulan.",
		silentDays: "Tidak dilaporkan sama sekali: {{days}}.",
		silentOf: "{{day}} {{silent}} dari {{all}} hari",
		fewDays: "terlalu sedikit hari",
		noWeekdays:
			"Terlalu sedikit hari yang sudah lengkap untuk membedakan hari-hari dalam sepekan.",
		weekdaysHelp:
			"Angka lengkap hari itu dibagi rata-rata tujuh hari di sekitarnya. Rentang memperhitungkan bahwa ketujuh hari diperiksa sekaligus. Hari yang diam dan hari yang laporannya dibagi ke hari-hari diam sebelumnya tidak ikut dihitung.",
		past: "Perkiraan yang lalu dan yang kemudian diketahui",
		came: "kemudian diketahui",
		toldThen: "perkiraan esok harinya (95 %)",
		reportedThen: "dilaporkan waktu itu",
		score:
			"{{area}}, {{scored}} perkiraan pada hari itu sampai enam hari sesudahnya dinilai: {{share}} % di dalam rentang 95 %. Galat rata-rata {{error}}; bila angka yang dilaporkan waktu itu dibaca begitu saja, {{reported}}.",
		noPast:
			"Belum ada perkiraan lalu yang dapat dinilai: yang ditunggu belum semua masuk, atau riwayat pengetahuan terlalu pendek.",
		export: {
			reported: "dilaporkan",
			completeness: "bagian_masuk",
			estimate: "perkiraan",
			low: "perkiraan_bawah_95",
			high: "perkiraan_atas_95",
			reason: "tanpa_perkiraan_karena",
			mean: "rata_rata_hari_terlambat",
			sameDay: "bagian_diketahui_hari_itu",
			ratio: "dari_rata_rata_sepekan",
			ratioLow: "batas_bawah",
			ratioHigh: "batas_atas",
			days: "jumlah_hari",
			silent: "hari_tidak_dilaporkan",
		},
	},
	card: {
		says: "Yang dikatakannya",
		assumes: "Yang dianggapnya",
		fails: "Kapan keliru",
		rests: "Sandarannya",
		score: "Hasil terakhir",
		formula: "Rumus",
		rt: {
			title: "Kartu model: angka reproduksi",
			says: "Berapa orang ditulari satu orang, sekarang. Di atas 1 kasus bertambah, di bawah 1 berkurang.",
			assumes:
				"Selang serial sama di mana-mana dan tetap; bagian kasus yang ditemukan tidak berubah di dalam jendela; kasus impor tidak dibedakan.",
			fails:
				"Bila pemeriksaan tiba-tiba bertambah (sekitar seminggu tampak tumbuh), bila tumpukan laboratorium dilaporkan sekaligus, dan bila wilayah dibandingkan menurut angka tengahnya padahal rentangnya bertumpuk. Rentang hanya memuat kebetulan, bukan kasarnya pelaporan.",
			rests:
				"Cori dkk. 2013 (Am J Epidemiol 178:1505). Dugaan awal: rata-rata 5, simpangan baku 5. Sedikitnya 11 kasus dalam jendela.",
			score:
				"Sama dengan EpiEstim 2.2-4 sampai 3e-10 pada 15 berkas acuan. Pada negara latihan, yang Rt-nya diketahui, rentang 95 % dari kasus menurut hari lapor memuat kebenaran pada 76 sampai 90 % jendela: untuk wilayah besar rentangnya terlalu sempit.",
			formula:
				"Rt ~ Gamma(a + Σ I(t); 1/(1/b + Σ Λ(t))), Λ(t) = Σ I(t−s) w(s); a = 1, b = 5, w selang serial.",
		},
		nowcast: {
			title: "Kartu model: perkiraan terkini",
			says: "Berapa angka hari-hari terakhir nanti bila semua laporan sudah masuk.",
			assumes:
				"Laporan terlambat seperti delapan minggu terakhir, untuk setiap hari dalam sepekan tersendiri; yang lebih lambat dari 14 hari dihitung sebagai 14. Rentangnya juga memuat seberapa jauh keterlambatan hari-hari yang lalu berbeda satu sama lain.",
			fails:
				"Bila keterlambatan berubah sekarang: tumpukan dikejar, libur panjang, atau portal baru. Bila sumber hanya menerbitkan angka hari itu dan tidak pernah memperbaikinya, tidak ada yang ditunggu dan perkiraan sama dengan laporan.",
			rests:
				"Lawless 1994 (Can J Stat 22:15). Hari yang kurang dari 15 % masuk tidak diperkirakan. Riwayat pengetahuan sedikitnya 21 hari.",
			score:
				"Di panel sebelah, untuk wilayah ini. Di negara latihan dengan laporan yang jarang dimasukkan pada akhir pekan, rentang 95 % memuat angka yang kemudian diketahui pada 94–96 % hari.",
			formula:
				"N̂(t) = N(t)/W(t), W(t) = Π (1 − g(x)) atas keterlambatan x yang belum lewat; g(x) bagian dengan keterlambatan x dari yang paling lama x, pada hari yang sama dalam sepekan. Ragam: Lawless ditambah N̂² τ².",
		},
		renewal: {
			title: "Kartu model: proyeksi pembaruan",
			says: "Berapa kasus sehari yang akan dilaporkan bila Rt minggu terakhir bertahan.",
			assumes:
				"Rt tetap kecuali oleh tindakan; orang yang rentan tidak habis; pelaporan dan pemeriksaan seperti sekarang.",
			fails:
				"Lewat empat minggu, bila perilaku, tindakan atau pemeriksaan berubah, atau bila sebagian besar orang sudah tertular.",
			rests:
				"Cori dkk. 2013; Nouvellet dkk. 2018 (Epidemics 22:29). Selang serial Nishiura 2020 diundi dalam batasnya; derau binomial negatif diperkirakan dari empat minggu terakhir; 1.000 undian.",
			score: "Belum dinilai untuk wilayah ini.",
			formula:
				"I(t+1) = Rt Σ w(s) I(t+1−s), lalu derau binomial negatif; rentang 50, 80 dan 95 % dari semua undian.",
		},
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
