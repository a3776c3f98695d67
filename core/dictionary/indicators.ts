import { type StoredKey, VOCABULARY_BREAK } from "../series/indicator.ts";
import type { Both, Entry } from "./entry.ts";

const REVISION_4 =
	"Pedoman Pencegahan dan Pengendalian COVID-19, revisi ke-4, 27 Maret 2020 (KMK HK.01.07/MENKES/247/2020)";
const KMK_413 = "KMK HK.01.07/MENKES/413/2020, 13 Juli 2020";

const people: Both = { id: "orang", en: "people" };

const ended = (says: Both): Entry["breaks"] => [
	{ day: VOCABULARY_BREAK, says },
];

/**
 * What each indicator of areas counts, restated from the documents named with it. Which of them are cumulative, which a state, and at which levels
 * they are stated is told by core/series/indicator.
 */
export const INDICATOR_ENTRIES: Readonly<Record<StoredKey, Entry>> = {
	confirmed: {
		means: {
			id: "Orang yang dinyatakan positif terinfeksi virus penyebab COVID-19 dengan pemeriksaan laboratorium RT-PCR, bergejala atau tidak, sejak kasus pertama.",
			en: "People found positive for the virus that causes COVID-19 by a laboratory RT-PCR test, with or without symptoms, since the first case.",
		},
		unit: people,
		caution: {
			id: "Dihitung menurut hari dilaporkan, bukan hari mulai sakit atau hari spesimen diambil. Angka turun bila sumber mengoreksi.",
			en: "Counted by the day of the report, not of the onset or of the specimen. It falls when the source corrects it.",
		},
		breaks: [],
		related: ["active", "recovered", "deaths", "tests"],
		documents: [REVISION_4, KMK_413],
	},
	recovered: {
		means: {
			id: "Kasus konfirmasi yang dinyatakan sembuh atau selesai isolasi, sejak kasus pertama.",
			en: "Confirmed cases declared recovered or released from isolation, since the first case.",
		},
		unit: people,
		caution: {
			id: "Syaratnya tidak sama sepanjang waktu. Sejak KMK 413/2020 selesai isolasi dihitung dari hari: tanpa gejala 10 hari sejak spesimen diambil; bergejala 10 hari sejak mulai sakit ditambah sedikitnya 3 hari bebas gejala; atau, dengan satu pemeriksaan ulang negatif, sedikitnya 3 hari tanpa demam dan gejala pernapasan. Orang baru dihitung ketika daerah melaporkannya.",
			en: "The conditions were not the same throughout. Since KMK 413/2020 release is counted in days: without symptoms 10 days from the specimen; with symptoms 10 days from onset and at least 3 days free of symptoms; or, with one negative follow-up test, at least 3 days without fever and respiratory symptoms. People are counted when the region reports them.",
		},
		breaks: [],
		related: ["confirmed", "active"],
		documents: [KMK_413],
	},
	deaths: {
		means: {
			id: "Kasus konfirmasi yang meninggal, sejak kasus pertama; sejak 13 Juli 2020 juga kasus probable yang meninggal.",
			en: "Confirmed cases who died, since the first case; since 13 July 2020 also probable cases who died.",
		},
		unit: people,
		caution: {
			id: "Daerah beralih ke definisi baru pada hari yang berbeda-beda. ODP, PDP dan suspek yang meninggal tidak termasuk.",
			en: "Regions moved to the new definition on days of their own. ODP, PDP and suspected cases who died are not in it.",
		},
		breaks: ended({
			id: "Kematian kasus probable ikut dihitung. Angka sebelum dan sesudahnya tidak dikurangkan satu dari yang lain.",
			en: "Deaths of probable cases are counted too. Figures before and after it are not subtracted from one another.",
		}),
		related: ["confirmed", "probable", "active"],
		documents: [KMK_413],
	},
	active: {
		means: {
			id: "Kasus konfirmasi yang belum sembuh dan belum meninggal pada hari itu: konfirmasi − sembuh − meninggal.",
			en: "Confirmed cases who have neither recovered nor died by that day: confirmed − recovered − deaths.",
		},
		unit: people,
		caution: {
			id: "Dihitung oleh sistem ini dan hanya ada bila ketiga angkanya diketahui. Di bawah nol berarti ketiganya tidak sejalan; angka itu ditandai, tidak dijadikan nol.",
			en: "Computed by this system, and only where all three figures are known. Below zero means that they do not agree; it is marked and not made zero.",
		},
		breaks: ended({
			id: "Angka meninggal memuat kasus probable, yang tidak ada dalam konfirmasi.",
			en: "Deaths hold probable cases, who are not among the confirmed.",
		}),
		related: ["confirmed", "recovered", "deaths"],
		documents: [KMK_413],
	},
	odp: {
		means: {
			id: "Orang dalam pemantauan: demam atau riwayat demam, atau gejala saluran pernapasan, tanpa sebab lain yang meyakinkan, dan dalam 14 hari sebelumnya berada di daerah dengan penularan setempat; atau gejala saluran pernapasan dengan kontak kasus konfirmasi atau probable.",
			en: "Persons under monitoring: fever or a history of it, or respiratory symptoms, without another convincing cause, after being in an area with local transmission within 14 days; or respiratory symptoms after contact with a confirmed or probable case.",
		},
		unit: people,
		caution: {
			id: "Tidak beralih satu banding satu menjadi suspek: sebagian tidak mempunyai istilah pengganti. Sebagian daerah menghitung semua yang pernah dipantau, sebagian yang masih dipantau.",
			en: "Not turned into suspected cases one to one: some have no successor. Some regions count all who were ever monitored, some those who still are.",
		},
		breaks: ended({
			id: "Istilah ini berakhir.",
			en: "The term ends.",
		}),
		related: ["pdp", "otg", "suspek"],
		documents: [REVISION_4],
	},
	pdp: {
		means: {
			id: "Pasien dalam pengawasan: infeksi saluran pernapasan akut (demam atau riwayatnya dengan tanda pernapasan) dengan riwayat daerah penularan setempat atau kontak dalam 14 hari; atau yang berat dan dirawat di rumah sakit tanpa sebab lain.",
			en: "Patients under supervision: acute respiratory infection (fever or a history of it with a respiratory sign) after an area of local transmission or contact within 14 days; or a severe one in hospital without another cause.",
		},
		unit: people,
		caution: {
			id: "Sesudah 13 Juli 2020 sebagian menjadi suspek, dan yang berat atau meninggal tanpa hasil RT-PCR menjadi probable.",
			en: "After 13 July 2020 some became suspected cases, and those severe or dead without an RT-PCR result probable ones.",
		},
		breaks: ended({
			id: "Istilah ini berakhir.",
			en: "The term ends.",
		}),
		related: ["odp", "suspek", "probable"],
		documents: [REVISION_4],
	},
	otg: {
		means: {
			id: "Orang tanpa gejala yang mempunyai kontak erat dengan kasus konfirmasi.",
			en: "People without symptoms who were in close contact with a confirmed case.",
		},
		unit: people,
		caution: {
			id: "Keadaan pada hari itu, bukan jumlah sejak awal. Tidak dapat dibandingkan dengan kontak erat.",
			en: "The state on the day, not a count since the beginning. Not comparable with close contacts.",
		},
		breaks: ended({
			id: "Istilah ini berakhir.",
			en: "The term ends.",
		}),
		related: ["odp", "kontak-erat"],
		documents: [REVISION_4],
	},
	suspek: {
		means: {
			id: "Orang dengan infeksi saluran pernapasan akut yang dalam 14 hari sebelumnya berada di daerah penularan setempat; atau dengan salah satu gejalanya dan kontak dengan kasus konfirmasi atau probable; atau yang berat, perlu dirawat di rumah sakit, tanpa sebab lain.",
			en: "People with an acute respiratory infection who were in an area of local transmission within 14 days; or with one of its signs after contact with a confirmed or probable case; or with a severe one that needs hospital, without another cause.",
		},
		unit: people,
		caution: {
			id: "Keadaan pada hari itu: suspek dengan dua RT-PCR negatif pada dua hari berturut-turut keluar dari hitungan. Dengan ODP + PDP hanya dapat dibandingkan sebagai besaran, dengan garis pemisah.",
			en: "The state on the day: a suspected case with two negative RT-PCR on two days running leaves it. With ODP + PDP it compares in size alone, with a break between.",
		},
		breaks: ended({
			id: "Istilah ini mulai berlaku.",
			en: "The term takes effect.",
		}),
		related: ["odp", "pdp", "probable"],
		documents: [KMK_413],
	},
	probable: {
		means: {
			id: "Suspek dengan infeksi berat, ARDS, atau yang meninggal, dengan gambaran klinis yang meyakinkan COVID-19 dan tanpa hasil RT-PCR, sejak istilah ini berlaku.",
			en: "Suspected cases with severe infection, ARDS, or who died, with a convincing clinical picture of COVID-19 and no RT-PCR result, since the term took effect.",
		},
		unit: people,
		caution: {
			id: "Tidak termasuk dalam konfirmasi. Yang kemudian positif berpindah ke konfirmasi.",
			en: "Not among the confirmed. Those found positive later move there.",
		},
		breaks: ended({
			id: "Istilah ini mulai berlaku.",
			en: "The term takes effect.",
		}),
		related: ["suspek", "deaths", "confirmed"],
		documents: [KMK_413],
	},
	"kontak-erat": {
		means: {
			id: "Orang dengan riwayat kontak dengan kasus probable atau konfirmasi: tatap muka dalam jarak 1 meter selama 15 menit atau lebih, sentuhan langsung, merawat tanpa APD standar, atau kontak lain menurut penilaian setempat; dari 2 hari sebelum sampai 14 hari sesudah gejala, dan bila kasusnya tanpa gejala, sebelum dan sesudah hari spesimen diambil.",
			en: "People in contact with a probable or confirmed case: face to face within 1 metre for 15 minutes or more, direct touch, care without standard protective equipment, or other contact as judged locally; from 2 days before to 14 days after onset, and of a case without symptoms before and after the day of the specimen.",
		},
		unit: people,
		caution: {
			id: "Keadaan pada hari itu: yang selesai karantina 14 hari keluar dari hitungan. Tidak dapat dibandingkan dengan OTG.",
			en: "The state on the day: who ends 14 days of quarantine leaves it. Not comparable with OTG.",
		},
		breaks: ended({
			id: "Istilah ini mulai berlaku.",
			en: "The term takes effect.",
		}),
		related: ["otg", "suspek"],
		documents: [KMK_413],
	},
	tests: {
		means: {
			id: "Orang yang diperiksa dengan RT-PCR, sejak awal pemeriksaan, seperti dilaporkan.",
			en: "People tested by RT-PCR since testing began, as reported.",
		},
		unit: people,
		caution: {
			id: "Orang, bukan spesimen: satu orang dapat diambil beberapa spesimen. Spesimen yang diperiksa laboratorium adalah angka lain dan tidak pernah dipakai sebagai gantinya.",
			en: "People, not specimens: of one person several may be taken. Specimens examined by laboratories are another figure and never stand in for it.",
		},
		breaks: [],
		related: ["confirmed", "tests-done", "positivity"],
		documents: [
			"Laporan harian Gugus Tugas Percepatan Penanganan COVID-19 (covid19.go.id), kolom orang diperiksa",
		],
	},
	"blc-count": {
		means: {
			id: "Kolom total pada tabel risiko kecamatan portal BLC. Apa yang dihitungnya tidak pernah dinyatakan.",
			en: "The column total of the table of risk by kecamatan of the BLC portal. What it counts was never stated.",
		},
		unit: { id: "tidak dinyatakan", en: "not stated" },
		caution: {
			id: "Bukan kasus konfirmasi: pada satu hari jumlahnya 128.549 ketika negara mempunyai sekitar 32.000 kasus konfirmasi. Tidak dijumlahkan dengan apa pun.",
			en: "Not confirmed cases: on one day it comes to 128,549 when the country had some 32,000 of them. It is added to nothing.",
		},
		breaks: [],
		related: ["confirmed"],
		documents: ["Portal Bersatu Lawan COVID, tabel kecamatan, 2020"],
	},
	zone: {
		means: {
			id: "Zona risiko kabupaten/kota yang diumumkan Satgas setiap minggu menurut skor indikator epidemiologi, surveilans dan pelayanan kesehatan: tinggi, sedang, rendah, tidak ada kasus, tidak terdampak.",
			en: "The risk zone of a kabupaten/kota that the task force publishes each week by a score of epidemiological, surveillance and health-service indicators: high, medium, low, no cases, not affected.",
		},
		unit: { id: "golongan, tanpa satuan", en: "a class, without a unit" },
		caution: {
			id: "Golongan, bukan jumlah: tidak dijumlahkan dan tidak dirata-ratakan. Bobot skor tidak pernah diterbitkan, maka sistem ini menampilkannya dan tidak menghitung ulang. Susunan indikator berubah pada Juli 2020, Oktober 2020 dan Februari 2021.",
			en: "A class and no amount: neither summed nor averaged. The weights of the score were never published, so this system shows it and does not compute it anew. The indicators changed in July 2020, October 2020 and February 2021.",
		},
		breaks: [],
		related: ["confirmed"],
		documents: [
			"Gugus Tugas Percepatan Penanganan COVID-19, penjelasan 15 indikator, 8 Juni 2020",
		],
	},
};
