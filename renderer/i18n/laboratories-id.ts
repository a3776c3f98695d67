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
		ableHelp:
			"{{told}} dari {{all}} lab; tertahan ekstraksi {{extraction}}, mesin PCR {{pcr}}, petugas {{staff}}, reagen {{reagents}}, menurut lab {{stated}}",
		longest: "Tunggu terlama",
		longestHelp: "{{name}}; {{late}} lab lebih dari {{days}} hari",
		nobody: "tidak ada antrean",
		endless: "antrean {{count}} lab tak selesai",
		positivity: "Positif, 7 hari",
		positivityHelp: "{{positives}} dari {{tests}} uji",
		reagents: "Reagen < 7 hari uji",
		reagentsHelp: "lab; hitungan terakhir pada laju uji 7 hari",
	},
	column: {
		name: "Laboratorium",
		able: "Mampu / hari",
		load: "Uji / kapasitas",
		waiting: "Menunggu",
		wait: "Tunggu, hari",
		received: "Masuk / hari",
		positivity: "Positif",
		reagents: "Reagen, hari uji",
		pool: "Pool",
		age: "Usia, hari",
	},
	limit: {
		extraction: "ekstraksi",
		pcr: "mesin PCR",
		staff: "petugas",
		reagents: "reagen",
		stated: "menurut lab",
	},
	limitTitle: "Penahan kapasitas",
	reagentsOut: "reagen habis",
	notTold:
		"Tidak diketahui dari lab: {{parts}}. Mampunya paling banyak sekian.",
	refuted:
		"{{part}}: diuji {{tested}} pada {{day}}, lebih dari {{above}} × {{allows}}. Tidak dipakai.",
	refutedMean:
		"{{part}}: diuji {{tested}} sehari dalam {{days}} hari sampai {{day}}, lebih dari {{above}} × {{allows}}. Tidak dipakai.",
	refutedTitle: "Dibantah ujinya sendiri",
	bound: "batas",
	never: "tak selesai",
	unused: "tak dipakai",
	oneByOne: "satu-satu",
	poolHelp:
		"pool {{size}}: {{tests}} uji per spesimen, menjangkau {{reach}} kali; antrean {{wait}} hari",
	fewTests: "kurang dari {{count}} uji dalam 7 hari: tanpa saran pool",
	filter: "Cari lab",
	assumptions:
		"Mampu = yang terkecil dari yang disebut lab: ekstraksi, mesin PCR × putaran × {{plate}}, petugas terbanyak dalam tujuh hari, reagen (susut {{wastage}}), kapasitas menurut lab. ≤, ≥: tidak semuanya diketahui. !: ujinya sendiri melebihi {{refuted}} kali yang dimungkinkan satu bagian, yang tidak dipakai. Tunggu: tanpa tambahan reagen. Uji dibagi kapasitas tanpa reagen. Pool paling besar {{pool}}; validasi dahulu.",
	origin: {
		able: "yang terkecil dari yang disebut: ekstraksi; mesin PCR × putaran × spesimen per pelat; petugas terbanyak yang hadir pada hari-hari yang masih berlaku × spesimen per petugas; reagen × (1 − susut); kapasitas menurut lab",
		heldBy: "Penahan: {{limit}}.",
		told: "{{part}}: {{days}}; sumber {{source}}.",
		toldOn: "{{what}} menurut laporan {{day}}",
		units: {
			extraction: "jumlah",
			pcr: "mesin",
			staff: "petugas",
			stated: "jumlah",
		},
		each: { pcr: "putaran", staff: "spesimen per petugas" },
		least: "Paling sedikit: kemampuan lab paling banyak sekian.",
		reagentsEnd: "reagen habis sebelum antrean selesai",
		refutedAll:
			"Lab yang ujinya sendiri membantah: ekstraksi {{extraction}}, mesin PCR {{pcr}}, petugas {{staff}}, kapasitas {{stated}}.",
		mostOf: "Dari {{count}} lab tidak semua bagian diketahui.",
		heldByAll:
			"Lab menurut penahannya: ekstraksi {{extraction}}, mesin PCR {{pcr}}, petugas {{staff}}, reagen {{reagents}}, menurut lab {{stated}}.",
		partsTold:
			"Lab yang menyebut: ekstraksi {{extraction}}, mesin PCR {{pcr}}, petugas {{staff}}, reagen {{reagents}}, kapasitas {{stated}}.",
		lasting: "Kapasitas tanpa reagen",
		lastingOf:
			"yang terkecil tanpa reagen, yang adalah persediaan dan bukan kemampuan sehari",
		stated: "menurut laporan terakhir yang menyebutnya",
		wait: "menunggu ÷ kapasitas tanpa reagen; tak selesai bila reagen, tanpa tambahan, habis lebih dahulu",
		mean: "rata-rata atas {{days}} dari {{of}} hari yang melapor",
		tested: "Diuji / hari",
		load: "diuji per hari ÷ kapasitas tanpa reagen",
		positivity: "positif ÷ uji, atas {{days}} hari-lab yang menyebut keduanya",
		reagents:
			"reagen pada hitungan terakhir × (1 − susut) ÷ diuji per hari: sekian hari uji. Bukan hari persediaan di Fasilitas dan Kekurangan, yaitu perkiraan sisa hari ini ÷ pemakaian yang terukur antarhitungan",
		vtm: "VTM, hari spesimen",
		vtmDays:
			"VTM pada hitungan terakhir ÷ masuk per hari. Bukan hari persediaan di Fasilitas dan Kekurangan, yaitu perkiraan sisa hari ini ÷ pemakaian yang terukur antarhitungan",
		pool: "pool dengan uji per spesimen paling sedikit pada angka positif ini (Dorfman)",
		sum: "jumlah atas lab yang menyebutnya",
		longest: "tunggu terlama di antara lab yang diketahui",
		queueSum: "jumlah laboratorium yang melaporkannya pada hari itu",
		queueHeld:
			"jumlah yang menunggu menurut laporan terakhir tiap laboratorium, paling lama 7 hari",
		queueOf: "Pada {{day}}; yang tidak melapor tidak ikut dijumlahkan.",
		queueAhead:
			"maks(0; menunggu sehari sebelumnya + masuk per hari − mampu hari itu), reagen berkurang dan tanpa tambahan",
		queueUnknown:
			"Tidak diperkirakan: yang menunggu, yang masuk per hari atau kemampuannya tidak diketahui.",
		specimens: "Spesimen hari itu",
		specimensOf: "diperiksa di tempat + dikirim + tersisa",
		sent: "Dikirim ke laboratorium lain",
		sentOf: "jumlah rute di tabel",
		untested: "Tersisa di akhir hari",
		untestedOf: "spesimen − diperiksa di tempat − dikirim",
		routingRule:
			"Sebanyak yang dapat diperiksa, lalu spesimen × km sekecil-kecilnya: dicari dengan program angkutan di antara tiap laboratorium dan {{nearest}} terdekat dalam {{reach}} km garis lurus.",
		report:
			"Laporan {{day}}, {{age}} hari sebelum hari yang tampak. Sumber: {{sources}}.",
	},
	queue: {
		title: "Antrean",
		waiting: "Menunggu",
		ahead: "Ke depan, bila masuk tetap dan reagen tidak ditambah",
		aheadLeast:
			"Ke depan, paling sedikit, bila masuk tetap dan reagen tidak ditambah",
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
		most: "Kemampuan {{count}} lab paling banyak sekian: yang diuji paling banyak {{tested}}, yang tetap menunggu paling sedikit {{untested}}.",
		from: "Dari",
		to: "Ke",
		specimens: "Spesimen",
		distance: "Jarak, km",
		more: "Satu uji lagi per hari berguna di: {{names}}",
		nothing: "Tidak ada yang perlu dikirim.",
		basis:
			"Sebanyak mungkin diuji hari itu, lalu jarak terpendek; jarak lingkaran besar, jalan lebih panjang. Tiap lab melihat {{nearest}} lab terdekat.",
		mapLabel: "Lab dan pengiriman spesimen",
		arcs: "Spesimen sehari",
		used: "Uji sehari dari kapasitas menurut lab",
		marks: "Busur makin lebar makin banyak; lab pucat: laporannya lama.",
		card: {
			waiting: "{{told}} spesimen menunggu",
			able: "mampu {{told}} uji per hari",
			reported: "laporan {{day}} ({{count}} hari lalu)",
			silent: "tidak ada laporan yang masih berlaku",
		},
	},
} as const;
