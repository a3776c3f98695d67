/** The texts of the screen Data terbuka in Indonesian (English: open-data-en.ts). */
export const openDataId = {
	list: "Rilis data terbuka",
	listSubtitle:
		"Angka yang boleh keluar: dibuat menurut resep, diserang, disetujui dua orang; terbaru di atas",
	empty:
		'Belum ada rilis. Rilis dibuat di hub dari publikasi terbaru: npm run hub -- release build --note "…"',
	nationOnly:
		"Rilis mencakup seluruh Indonesia: dilihat dan diputuskan oleh yang bertugas nasional.",
	hubAway:
		"Rilis dibaca dari hub, yang sekarang tidak dapat dihubungi. Coba lagi setelah tersambung.",
	signIn: "Rilis dibaca dari hub: masuklah lagi selagi hub tersambung.",
	release: "Rilis {{number}}",
	column: {
		number: "No.",
		status: "Keadaan",
		made: "Dibuat",
		recipe: "Resep",
		note: "Catatan untuk umum",
		area: "Wilayah",
		code: "Kode",
		level: "Tingkat",
		indicator: "Indikator",
		withheld: "Ditahan",
		reported: "Angka yang dilaporkan",
	},
	status: {
		draft: "rancangan",
		"approved-once": "disetujui satu orang",
		public: "terbuka",
		withdrawn: "ditarik",
		discarded: "dibuang",
	},
	corrects: "memperbaiki rilis {{number}}",
	correctedBy: "diperbaiki oleh rilis {{number}}",
	outdatedBy:
		"Rilis {{number}} terbuka sejak rancangan ini dibuat dan belum diperhitungkan: buat rilis ini lagi.",
	made: "Dibuat {{at}} dari publikasi {{seq}}, resep {{recipe}} versi {{version}}.",
	threshold:
		"Ditahan di bawah {{threshold}} orang; ditunda {{delay}} hari; dibulatkan ke kelipatan {{rounding}}.",
	attack: "Serangan",
	attackFound:
		"{{secrets}} angka dan perubahan kecil, dalam rilis ini dan semua rilis sebelumnya, diserang dengan {{programs}} program linear: {{tooClose}} terlalu dekat. Ditahan karena kecil {{small}}, agar yang kecil tidak dapat dihitung {{beside}}.",
	decided: "Keputusan",
	undecided: "Belum ada yang memutuskan.",
	step: { approve: "menyetujui", discard: "membuang", withdraw: "menarik" },
	changes: "Beda dari rilis sebelumnya",
	changedFrom:
		"Terhadap rilis {{against}}: {{added}} sel baru, {{changed}} angka berubah, {{newlyShown}} kini ditampilkan, {{newlyWithheld}} kini ditahan, {{gone}} tidak ada lagi.",
	first: "Belum ada rilis terbuka sebelumnya: semua sel baru bagi umum.",
	shares: "Berapa yang ditahan",
	preview: "Yang dilihat umum",
	previewSubtitle:
		"Angka kumulatif; yang ditahan tidak ditunjukkan kepada siapa pun, di sini pun tidak",
	day: "Hari terakhir periode",
	levelShown: "Tingkat",
	withheld: "ditahan",
	silent: "tidak dilaporkan",
	partial: "{{value}} (sebagian)",
	cells: "{{shown}} baris",
	ownApproval: "Sudah Anda setujui. Persetujuan kedua dari orang lain.",
	waiting: "keputusan menunggu dikirim",
	approve: {
		open: "Setujui…",
		order: "Setujui",
		first:
			"Rilis ini baru terbuka bagi umum setelah orang kedua menyetujuinya.",
		second:
			"Anda orang kedua: dengan ini rilis terbuka bagi umum, dan yang sudah dibaca umum tidak dapat ditarik dari ingatan.",
	},
	discard: {
		open: "Buang…",
		order: "Buang",
		help: "Rancangan ini tidak akan dibuka. Tidak seorang pun di luar pernah melihatnya.",
	},
	withdraw: {
		open: "Tarik…",
		order: "Tarik",
		help: "Catatan umum mengatakan bahwa rilis ini ditarik, dengan alasan yang Anda tulis. Rilis berikutnya tetap diuji terhadapnya.",
	},
};
