/** The texts of the view Laboratorium in Indonesian (English: laboratories-en.ts). */
export const laboratoriesId = {
	title: "Laboratorium",
	none: "Tidak ada laboratorium di {{area}}.",
	silent:
		"{{count}} laboratorium di {{area}}; tak satu pun melapor dalam tujuh hari sampai {{day}}.",
	summary: {
		waiting: "Menunggu",
		waitingOf: "{{told}} dari {{all}} lab menyebutnya",
		able: "Mampu per hari",
		ableHelp: "kapasitas yang disebut; {{count}} lab tertahan reagen",
		longest: "Tunggu terlama",
		longestHelp: "{{name}}; {{late}} lab lebih dari {{days}} hari",
		nobody: "tidak ada antrean",
		endless: "{{count}} lab tidak dapat memeriksa apa pun",
		positivity: "Positif, 7 hari",
		positivityHelp: "{{positives}} dari {{tests}} uji",
		reagents: "Reagen < 7 hari",
		reagentsHelp: "lab, pada laju uji 7 hari",
	},
	column: {
		name: "Laboratorium",
		load: "Uji / mampu",
		waiting: "Menunggu",
		wait: "Tunggu, hari",
		received: "Masuk / hari",
		positivity: "Positif",
		reagents: "Reagen, hari",
		pool: "Pool",
		age: "Usia, hari",
	},
	never: "tak selesai",
	unused: "tak dipakai",
	oneByOne: "satu-satu",
	poolHelp:
		"pool {{size}}: {{tests}} uji per spesimen, menjangkau {{reach}} kali; antrean {{wait}} hari",
	fewTests: "kurang dari {{count}} uji dalam 7 hari: tanpa saran pool",
	filter: "Cari lab",
	assumptions:
		"Laporan harian tidak menyebut ekstraksi, mesin, dan petugas: kapasitas yang disebut berlaku, dikurangi bila reagen (susut {{wastage}}) tidak cukup. Pool paling besar {{pool}}; validasi dahulu.",
	queue: {
		title: "Antrean",
		waiting: "Menunggu",
		ahead: "Ke depan, bila masuk dan kapasitas tetap",
		received: "Masuk",
		tested: "Diuji",
		all: "Semua lab",
		today: "hari yang ditampilkan",
		description:
			"Antrean {{name}} per hari sampai {{day}}: {{waiting}} menunggu.",
	},
	routing: {
		title: "Siapa memeriksa spesimen siapa",
		map: "Peta",
		table: "Tabel",
		shown: "Tampilan pengiriman",
		reach: "Paling jauh",
		kilometres: "{{km}} km",
		told: "{{specimens}} spesimen menunggu atau masuk sehari: {{here}} diuji di tempat, {{sent}} sebaiknya dikirim, {{untested}} tetap menunggu.",
		leftOut:
			"{{count}} dari {{all}} lab tidak ikut: antrean, kapasitas, atau tempatnya tidak diketahui.",
		from: "Dari",
		to: "Ke",
		specimens: "Spesimen",
		distance: "Jarak, km",
		more: "Satu uji lagi per hari berguna di: {{names}}",
		nothing: "Tidak ada yang perlu dikirim.",
		basis:
			"Sebanyak mungkin diuji hari itu, lalu jarak terpendek; jarak lingkaran besar, jalan lebih panjang. Tiap lab melihat {{nearest}} lab terdekat.",
		arcs: "Busur: spesimen yang dikirim, makin lebar makin banyak.",
		marks:
			"Belah ketupat: lab, terisi menurut kapasitas yang terpakai; pucat bila laporannya lama.",
	},
} as const;
