import { type Day, isoFromDay } from "../series/day.ts";

/** The page of a release in both languages: what its HTML and its script say. */
export const SITE_LANGUAGES = ["id", "en"] as const;
export type SiteLanguage = (typeof SITE_LANGUAGES)[number];

/** Names of what a page loads beside it: made once for all releases, but for the counts. */
export const SITE_FILES = {
	style: "situs.css",
	script: "situs.js",
	map: "peta.js",
	figures: "angka.js",
} as const;

const MONTHS = {
	id: "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split(" "),
	en: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" "),
} as const;

/** `12 Apr 2020` */
export function dayWords(day: Day, language: SiteLanguage): string {
	const [year, month, date] = isoFromDay(day).split("-") as [
		string,
		string,
		string,
	];
	return `${Number(date)} ${MONTHS[language][Number(month) - 1]} ${year}`;
}

/** `1.234` in Indonesian, `1,234` in English: whole numbers alone leave the house. */
export function numberWords(value: number, language: SiteLanguage): string {
	return String(Math.abs(value))
		.replace(/\B(?=(\d{3})+$)/g, language === "id" ? "." : ",")
		.replace(/^/, value < 0 ? "−" : "");
}

const id = {
	contents: "Isi halaman",
	skip: "Langsung ke isi",
	otherLanguage: "English",
	release: (number: string, at: string) => `Rilis ${number}, dibuka ${at}`,
	until: (day: string) => `Angka sampai ${day}`,
	every: { day: "tiap hari", week: "tiap pekan", month: "tiap bulan" },
	newest: "Angka terbaru",
	map: "Peta",
	trend: "Tren",
	table: "Tabel wilayah",
	downloads: "Unduhan",
	notes: "Catatan",
	licence: "Lisensi dan sumber",
	noScript:
		"Peta dan tren memerlukan JavaScript. Semua angka ada di berkas unduhan.",
	loading: "Angka sedang dimuat …",
	failed:
		"Angka tidak dapat dimuat. Muat ulang halaman ini, atau pakai berkas unduhan.",
	indicator: "Indikator",
	measure: "Ukuran",
	measures: {
		total: "Kumulatif",
		onDay: "Pada tanggal itu",
		new: {
			day: "Baru per hari",
			week: "Baru per pekan",
			month: "Baru per bulan",
		},
	},
	level: "Wilayah pada peta",
	levels: {
		nation: "Nasional",
		province: "Provinsi",
		regency: "Kabupaten/kota",
	},
	province: "Provinsi",
	regency: "Kabupaten/kota",
	wholeCountry: "Seluruh Indonesia",
	wholeProvince: "Seluruh provinsi",
	period: "Hari terakhir periode",
	play: "Putar",
	pause: "Jeda",
	before: "Periode sebelumnya",
	after: "Periode berikutnya",
	area: "Wilayah",
	day: "Tanggal",
	legend: "Legenda",
	people: "orang",
	atLeast: (from: string) => `${from} atau lebih`,
	range: (from: string, to: string) => `${from}–${to}`,
	zero: "0",
	falls: "Di bawah 0 (koreksi)",
	states: {
		tersedia: "",
		sebagian: "sebagian",
		dirahasiakan: "ditahan",
		"tidak-dilaporkan": "tidak dilaporkan",
		"tanpa-pembanding": "tanpa pembanding",
		"bukan-kumulatif": "– (bukan angka kumulatif)",
	},
	partial: "sebagian wilayah di bawahnya belum melapor",
	incomplete: "tidak dapat dihitung: sebagian belum melapor",
	mapSays: (what: string, level: string, day: string) =>
		`Peta ${level}: ${what}, ${day}. Angka yang sama ada di tabel wilayah.`,
	mapCounts: (shown: string, withheld: string, silent: string) =>
		`${shown} wilayah dengan angka, ${withheld} ditahan, ${silent} tidak dilaporkan.`,
	mapAlso: {
		partial: (many: string) =>
			`${many} dari angka itu sebagian (wilayah bertanda lingkaran).`,
		incomplete: (many: string) =>
			`${many} tidak dapat dihitung: sebagian belum melapor.`,
		first: (many: string) =>
			`${many} tanpa pembanding: ini periode yang pertama.`,
	},
	mapNote:
		"Batas wilayah perkiraan, bukan batas resmi. Pilih wilayah dengan mengetuknya, dari daftar, atau dari tabel.",
	notOnMap: (count: string) =>
		`${count} baris tanpa tempat di peta (misalnya kasus tanpa wilayah) hanya ada di tabel.`,
	trendSays: (what: string, area: string) =>
		`Tren ${what}, ${area}. Angka yang sama ada di tabel di bawahnya.`,
	chooseArea: "Pilih wilayah untuk melihat trennya.",
	trendTable: "Angka tren sebagai tabel",
	trendGap:
		"Garis dan batang terputus di mana angka ditahan (pita bergaris miring), tidak dilaporkan (pita bertitik), tidak dapat dihitung karena sebagian belum melapor (pita bergaris datar), atau tanpa pembanding (pita bergaris tegak). Lingkaran pada garis: angka sebagian.",
	rounded: (to: string) =>
		`Angka dibulatkan ke kelipatan ${to}; yang baru dihitung dari angka yang dibulatkan.`,
	sortBy: (what: string) => `Urutkan menurut ${what}`,
	tableOf: (level: string, day: string) => `${level}, ${day}`,
	files: {
		"data.csv": "semua angka, satu baris tiap indikator, wilayah, dan tanggal",
		"wilayah.geojson": "wilayah sebagai titik, dengan angka terbaru",
		"datapackage.json": "keterangan kolom (Frictionless Data Package)",
		"dcat.jsonld": "keterangan untuk katalog data (DCAT)",
		"resep.json": "resep rilis ini",
		"CATATAN.md": "catatan umum semua rilis",
		SHA256SUMS: "sidik SHA-256 setiap berkas, halaman ini juga",
		"SHA256SUMS.sig.json":
			"tanda tangan ed25519 atas SHA256SUMS dan kunci publiknya",
	},
	method: "Cara angka dibuat",
	methodText: (seq: string, recipe: string) =>
		`Angka adalah jumlah orang, kumulatif sampai hari terakhir tiap periode, dari publikasi ${seq} himpunan data nasional, yang dibangun dari laporan daerah dan pusat yang telah direkonsiliasi. Rilis dibuat menurut resep ${recipe}. Jumlah dari kurang dari separuh wilayah di bawahnya tidak dirilis.`,
	onDay: (names: string) =>
		`Tidak kumulatif: ${names} adalah orang yang berstatus demikian pada tanggal itu.`,
	withheldTitle: "Yang ditahan, dan mengapa",
	withheldSmall: (threshold: string) =>
		`Angka di atas 0 dan di bawah ${threshold} ditahan agar tidak seorang pun dikenali.`,
	withheldZero: "Angka 0 juga ditahan.",
	shownZero: "Angka 0 ditampilkan: 0 berarti dilaporkan dan tidak ada.",
	withheldSteps: (threshold: string) =>
		`Perubahan antarperiode di bawah ${threshold} orang dilindungi dengan cara yang sama.`,
	openSteps: "Perubahan antarperiode tidak dilindungi tersendiri.",
	withheldBeside:
		"Angka lain di sampingnya ikut ditahan bila tanpanya angka kecil dapat dihitung dari yang ditampilkan, dalam rilis ini atau rilis sebelumnya. Sel mana yang kecil dan mana yang ikut ditahan tidak diberitahukan.",
	withheldDominance: (areas: string, percent: string) =>
		`Angka yang lebih dari ${percent} % dibentuk oleh ${areas} wilayah yang tidak dirilis juga ditahan.`,
	attacked:
		"Sebelum dibuka, rilis diserang dengan program linear bersama semua rilis sebelumnya: tidak ada angka kecil yang dapat diketahui lebih dekat daripada yang diizinkan resep. Dua orang menyetujuinya.",
	silent:
		"“Tidak dilaporkan” berarti tidak ada laporan untuk tanggal itu, atau kurang dari separuh wilayah di bawahnya melapor; itu bukan 0. “Sebagian” berarti ada wilayah di bawahnya yang belum melapor.",
	howMuch: "Berapa yang ditahan",
	withheldColumn: "Ditahan",
	reportedColumn: "Angka yang dilaporkan",
	roundingTitle: "Pembulatan",
	notRounded: "Angka tidak dibulatkan.",
	roundedTo: (to: string) => `Angka dibulatkan ke kelipatan ${to}.`,
	delayTitle: "Penundaan",
	delayed: (days: string) =>
		`Dari ${days} hari terakhir himpunan data belum ada yang dirilis: laporan terlambat dan koreksi datang lebih dahulu.`,
	notDelayed: "Rilis tidak ditunda.",
	changelog: "Perubahan, perbaikan, dan penarikan",
	noted: {
		released: "dibuka untuk umum",
		corrected: (of: string) => `memperbaiki rilis ${of}`,
		withdrawn: "ditarik",
	},
	noteOf: (number: string) => `Rilis ${number}`,
	licenceText:
		"Angka boleh dipakai, disalin, dan diubah dengan menyebut sumbernya, menurut lisensi",
	sources: [
		"Angka: laporan dinas kesehatan daerah dan pusat, direkonsiliasi dalam BLC Command.",
		"Nama dan kode wilayah, pulau: idn-area-data dari Kementerian Dalam Negeri (ODbL 1.0).",
		"Letak ibu kota: GeoNames (www.geonames.org, CC BY 4.0). Batas provinsi: Natural Earth (domain publik).",
		"Batas kabupaten/kota dihitung oleh BLC Command dan bukan batas resmi; peta ini berlisensi ODbL 1.0.",
	],
	exercise: "LATIHAN: angka simulasi, bukan keadaan sebenarnya",
	withdrawnTitle: (number: string) => `Rilis ${number} ditarik`,
	withdrawnText:
		"Angka rilis ini tidak diberikan lagi. Alasannya ada di catatan di bawah.",
};

type Words = typeof id;

const en: Words = {
	contents: "On this page",
	skip: "Skip to the content",
	otherLanguage: "Bahasa Indonesia",
	release: (number, at) => `Release ${number}, made public on ${at}`,
	until: (day) => `Counts up to ${day}`,
	every: { day: "every day", week: "every week", month: "every month" },
	newest: "Newest counts",
	map: "Map",
	trend: "Trend",
	table: "Table of areas",
	downloads: "Downloads",
	notes: "Notes",
	licence: "Licence and sources",
	noScript:
		"Map and trend need JavaScript. All counts are in the files to download.",
	loading: "Counts are being loaded …",
	failed:
		"The counts could not be loaded. Load this page again, or use the files to download.",
	indicator: "Indicator",
	measure: "Measure",
	measures: {
		total: "Cumulative",
		onDay: "On that date",
		new: { day: "New per day", week: "New per week", month: "New per month" },
	},
	level: "Areas on the map",
	levels: {
		nation: "Nation",
		province: "Provinces",
		regency: "Regencies/cities",
	},
	province: "Province",
	regency: "Regency/city",
	wholeCountry: "All of Indonesia",
	wholeProvince: "The whole province",
	period: "Last day of the period",
	play: "Play",
	pause: "Pause",
	before: "Period before",
	after: "Period after",
	area: "Area",
	day: "Date",
	legend: "Legend",
	people: "people",
	atLeast: (from) => `${from} or more`,
	range: (from, to) => `${from}–${to}`,
	zero: "0",
	falls: "Below 0 (correction)",
	states: {
		tersedia: "",
		sebagian: "partial",
		dirahasiakan: "withheld",
		"tidak-dilaporkan": "not reported",
		"tanpa-pembanding": "nothing to compare with",
		"bukan-kumulatif": "– (not a cumulative count)",
	},
	partial: "some of the areas below did not report",
	incomplete: "cannot be reckoned: some did not report",
	mapSays: (what, level, day) =>
		`Map of ${level}: ${what}, ${day}. The same counts are in the table of areas.`,
	mapCounts: (shown, withheld, silent) =>
		`${shown} areas with a count, ${withheld} withheld, ${silent} not reported.`,
	mapAlso: {
		partial: (many) =>
			`${many} of these counts are partial (areas marked with circles).`,
		incomplete: (many) => `${many} cannot be reckoned: some did not report.`,
		first: (many) =>
			`${many} with nothing to compare with: this is the first period.`,
	},
	mapNote:
		"Boundaries are approximate, not official. Choose an area by tapping it, from the list, or from the table.",
	notOnMap: (count) =>
		`${count} rows without a place on the map (such as cases without an area) are in the table alone.`,
	trendSays: (what, area) =>
		`Trend of ${what}, ${area}. The same counts are in the table below it.`,
	chooseArea: "Choose an area to see its trend.",
	trendTable: "The trend as a table",
	trendGap:
		"Lines and bars are broken where a count is withheld (band of slanting stripes), was not reported (dots), cannot be reckoned since some did not report (level stripes), or has nothing to compare with (upright stripes). A circle on the line: a partial count.",
	rounded: (to) =>
		`Counts are rounded to multiples of ${to}; what is new is reckoned from rounded counts.`,
	sortBy: (what) => `Sort by ${what}`,
	tableOf: (level, day) => `${level}, ${day}`,
	files: {
		"data.csv": "all counts, one row for each indicator, area and date",
		"wilayah.geojson": "the areas as points, with the newest counts",
		"datapackage.json": "what the columns mean (Frictionless Data Package)",
		"dcat.jsonld": "the description for data catalogues (DCAT)",
		"resep.json": "the recipe of this release",
		"CATATAN.md": "the public notes of all releases",
		SHA256SUMS: "SHA-256 of each file, this page included",
		"SHA256SUMS.sig.json":
			"ed25519 signature of SHA256SUMS, with the public key",
	},
	method: "How the counts are made",
	methodText: (seq, recipe) =>
		`Counts are numbers of people, cumulative up to the last day of each period, from publication ${seq} of the national dataset, which is built from reports of the regions and the centre after reconciliation. The release was made by the recipe ${recipe}. Sums of fewer than half of the areas below are not released.`,
	onDay: (names) =>
		`Not cumulative: ${names} are people who are so on that date.`,
	withheldTitle: "What is withheld, and why",
	withheldSmall: (threshold) =>
		`Counts above 0 and below ${threshold} are withheld so that nobody can be recognised.`,
	withheldZero: "0 is withheld, too.",
	shownZero: "0 is shown: it was reported and there is none.",
	withheldSteps: (threshold) =>
		`Changes of fewer than ${threshold} people from one period to the next are protected in the same way.`,
	openSteps:
		"Changes from one period to the next are not protected by themselves.",
	withheldBeside:
		"Other counts beside them are withheld, too, where a small count could otherwise be reckoned from what is shown in this release or an earlier one. Which cells are small and which stand beside them is not told.",
	withheldDominance: (areas, percent) =>
		`A count of which ${areas} areas that are not released make more than ${percent} % is withheld as well.`,
	attacked:
		"Before it became public the release was attacked by linear programs together with every earlier release: no small count can be known closer than the recipe lets it. Two people approved it.",
	silent:
		"“Not reported” means that there is no report for that date, or that fewer than half of the areas below reported; it is not 0. “Partial” means that some area below did not report.",
	howMuch: "How much is withheld",
	withheldColumn: "Withheld",
	reportedColumn: "Counts that were reported",
	roundingTitle: "Rounding",
	notRounded: "Counts are not rounded.",
	roundedTo: (to) => `Counts are rounded to multiples of ${to}.`,
	delayTitle: "Delay",
	delayed: (days) =>
		`Nothing is released yet of the last ${days} days of the dataset: late reports and corrections come first.`,
	notDelayed: "The release is not delayed.",
	changelog: "Changes, corrections and withdrawals",
	noted: {
		released: "made public",
		corrected: (of) => `corrects release ${of}`,
		withdrawn: "withdrawn",
	},
	noteOf: (number) => `Release ${number}`,
	licenceText:
		"The counts may be used, copied and changed by whoever names their source, under the licence",
	sources: [
		"Counts: reports of the health offices of the regions and the centre, reconciled in BLC Command.",
		"Names and codes of areas, islands: idn-area-data from the Ministry of Home Affairs (ODbL 1.0).",
		"Positions of seats: GeoNames (www.geonames.org, CC BY 4.0). Boundaries of provinces: Natural Earth (public domain).",
		"Boundaries of regencies/cities are computed by BLC Command and not official; this map is under the ODbL 1.0.",
	],
	exercise: "EXERCISE: simulated counts, not the real state",
	withdrawnTitle: (number) => `Release ${number} was withdrawn`,
	withdrawnText:
		"The counts of this release are not given out any more. The reason is in the notes below.",
};

export const SITE_WORDS: Readonly<Record<SiteLanguage, Words>> = { id, en };
