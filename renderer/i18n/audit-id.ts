/** The texts of the audit trail in Indonesian (English: audit-en.ts). */
export const auditId = {
	title: "Jejak audit",
	subtitle: "Siapa mengubah apa, kapan, dan mengapa; terbaru di atas",
	ownOnly: "Hanya yang menyangkut {{area}}; terbaru di atas",
	number: "No.",
	when: "Waktu",
	who: "Siapa",
	what: "Perbuatan",
	subject: "Tentang",
	before: "Sebelum",
	after: "Sesudah",
	why: "Alasan",
	area: "Wilayah",
	text: "Cari kata",
	anyone: "Semua orang",
	anything: "Semua perbuatan",
	count: "{{shown}} dari {{of}} baris",
	empty: "Belum ada yang diubah. Setiap perubahan akan tercatat di sini.",
	hubAway:
		"Jejak audit dibaca dari hub, yang sekarang tidak dapat dihubungi. Coba lagi setelah tersambung.",
	signIn: "Jejak audit dibaca dari hub: masuklah lagi selagi hub tersambung.",
	notAllowed: "Jejak audit untuk pengelola data dan administrator.",
	alertStatus: {
		new: "baru",
		acknowledged: "diterima",
		closed: "ditutup",
		true: "ditutup: benar",
		false: "ditutup: alarm palsu",
	},
	alertAsleep: "ditunda sampai {{day}}",
	ruleStanding:
		"versi {{version}}: di atas {{threshold}}, paling sedikit {{minimum}}, {{days}} hari berturut-turut, sejak {{from}}, {{state}}",
	ruleOn: "aktif",
	ruleOff: "tidak aktif",
	builtInBoundaries: "batas bawaan",
	boundariesOf:
		"{{level}} dari {{file}} ({{source}}), {{differences}} perbedaan",
	itemStanding:
		"versi {{version}} · kemasan {{pack}} · harga USD {{price}} · waktu kirim {{lead}} hari · cadangan {{reserve}} hari",
	stockVerdict: {
		accepted: "diterima: {{counts}} (tertulis {{stated}})",
		refused: "ditolak (tertulis {{stated}})",
		open: "menunggu keputusan (tertulis {{stated}})",
	},
	mappingStanding: "versi {{version}}: {{columns}}",
	releaseStatus: {
		draft: "rancangan",
		"approved-once": "disetujui satu orang",
		public: "terbuka untuk umum",
		withdrawn: "ditarik",
		discarded: "dibuang",
	},
	tableStanding:
		"{{file}}: {{accepted}} baris masuk, {{quarantined}} di karantina",
};
