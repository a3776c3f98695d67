import type { Playlist } from "./playlist.ts";
import type { PanelKind, Scene, ScenePanel } from "./scene.ts";

/** The languages in which what ships is named. */
type Language = "id" | "en";

/** A panel of a scene that ships: what it is, where it lies (column, row, columns, rows), and its address or its text. */
type Drawn = readonly [
	kind: PanelKind,
	at: readonly [number, number, number, number],
	shown?: string | Readonly<Record<Language, string>>,
];

interface Ready {
	readonly id: string;
	readonly name: Readonly<Record<Language, string>>;
	readonly panels: readonly Drawn[];
	/** What to say to it, one thought a line. */
	readonly notes: Readonly<Record<Language, string>>;
	/** How long it stands in the playlist of the morning. */
	readonly seconds: number;
}

/** Kabupaten and kota of a province, as its own task force would show it. */
const province = (
	code: string,
	id: string,
	en: string,
	rank: number,
): Ready => ({
	id: `siap-provinsi-${rank}`,
	name: { id, en },
	notes: {
		id: `Satu kalimat tentang ${id}, lalu kabupaten/kota teratas.`,
		en: `One sentence on ${en}, then its first kabupaten/kota.`,
	},
	seconds: 45,
	panels: [
		["kpi", [0, 0, 12, 2], `#/situasi?area=${code}`],
		["map", [0, 2, 7, 6], `#/situasi?area=${code}&measure=new7per100k`],
		["trend", [7, 2, 5, 3], `#/situasi?area=${code}&measure=new7`],
		["ranking", [7, 5, 5, 3], `#/situasi?area=${code}&measure=new7per100k`],
	],
});

/** Ten scenes for a briefing in the morning: the country, what grew, what is missing, and how old all of that is. */
const READY: readonly Ready[] = [
	{
		id: "siap-nasional",
		name: { id: "Situasi nasional", en: "National situation" },
		notes: {
			id: "Sebut tanggal laporan terakhir lebih dahulu.\nSatu kalimat: naik, turun, atau tetap dibanding minggu lalu.",
			en: "Say first of which day the last report is.\nOne sentence: more, fewer or as many as last week.",
		},
		seconds: 60,
		panels: [
			["kpi", [0, 0, 12, 2], "#/situasi"],
			["map", [0, 2, 7, 6], "#/situasi?map=province"],
			["trend", [7, 2, 5, 3], "#/situasi?measure=new7"],
			["ranking", [7, 5, 5, 3], "#/situasi?measure=new7"],
		],
	},
	{
		id: "siap-sebaran",
		name: { id: "Sebaran dari waktu ke waktu", en: "Spread over time" },
		notes: {
			id: "Biarkan waktu berjalan sekali penuh sebelum bicara.\nTunjuk wilayah yang mulai lebih dahulu.",
			en: "Let time run through once before speaking.\nPoint at where it began.",
		},
		seconds: 60,
		panels: [
			["time-lapse", [0, 0, 9, 8], "#/situasi?map=province"],
			["clock", [9, 0, 3, 2]],
			["ranking", [9, 2, 3, 6], "#/situasi"],
		],
	},
	{
		id: "siap-kasus-baru",
		name: { id: "Kasus baru seminggu", en: "New cases in a week" },
		notes: {
			id: "Per 100.000 penduduk: bandingkan laju, bukan jumlah.\nWilayah bergaris tidak melapor; itu bukan nol.",
			en: "Per 100,000 people: compare rates, not counts.\nHatched areas have not reported; that is not zero.",
		},
		seconds: 45,
		panels: [
			["map", [0, 0, 8, 5], "#/situasi?map=province&measure=new7per100k"],
			["ranking", [8, 0, 4, 8], "#/situasi?measure=new7per100k"],
			["trend", [0, 5, 8, 3], "#/situasi?measure=new7"],
		],
	},
	{
		id: "siap-kematian",
		name: { id: "Kematian", en: "Deaths" },
		notes: {
			id: "Kematian mengikuti kasus dengan jeda dua sampai tiga minggu.",
			en: "Deaths follow cases by two to three weeks.",
		},
		seconds: 45,
		panels: [
			["trend", [0, 0, 8, 4], "#/situasi?indicator=deaths&measure=new7"],
			["ranking", [8, 0, 4, 8], "#/situasi?indicator=deaths&measure=new7"],
			["trend", [0, 4, 8, 4], "#/situasi?indicator=recovered&measure=new7"],
		],
	},
	{
		id: "siap-laju",
		name: { id: "Angka reproduksi", en: "Reproduction number" },
		notes: {
			id: "Sebut rentangnya, bukan hanya angkanya.\nHari-hari terakhir belum lengkap.",
			en: "Say the interval, not only the figure.\nThe last days are not complete.",
		},
		seconds: 45,
		panels: [
			["rt", [0, 0, 8, 5], "#/situasi"],
			["ranking", [8, 0, 4, 8], "#/situasi?measure=new7"],
			["trend", [0, 5, 8, 3], "#/situasi?measure=new7"],
		],
	},
	{
		id: "siap-kekurangan",
		name: { id: "Kekurangan persediaan", en: "Shortage of supplies" },
		notes: {
			id: "Apa yang habis lebih dulu, di mana, dan siapa mengirim apa malam ini?",
			en: "What runs out first, where, and who sends what tonight?",
		},
		seconds: 60,
		panels: [
			["shortage", [0, 0, 8, 8], "#/logistik"],
			["first-out", [8, 0, 4, 8], "#/logistik"],
		],
	},
	{
		id: "siap-laboratorium",
		name: { id: "Antrean laboratorium", en: "Queue of the laboratories" },
		notes: {
			id: "Antrean yang panjang membuat kasus hari ini tampak lebih sedikit.",
			en: "A long queue makes today's cases look fewer.",
		},
		seconds: 45,
		panels: [
			["laboratory", [0, 0, 8, 8], "#/logistik?view=laboratorium"],
			["trend", [8, 0, 4, 4], "#/situasi?indicator=tests&measure=new7"],
			["sources", [8, 4, 4, 4]],
		],
	},
	province("31", "DKI Jakarta", "DKI Jakarta", 1),
	province("35", "Jawa Timur", "East Java", 2),
	{
		id: "siap-usia-sumber",
		name: { id: "Usia data", en: "Age of the data" },
		notes: {
			id: "Tutup dengan yang belum diketahui: siapa belum melapor, sejak kapan.",
			en: "Close with what is not known: who has not reported, and since when.",
		},
		seconds: 30,
		panels: [
			["sources", [0, 0, 8, 8]],
			["clock", [8, 0, 4, 3]],
			[
				"text",
				[8, 3, 4, 5],
				{
					id: "Angka yang tidak dilaporkan bukan nol.\nSetiap panel menyebut hari laporan terakhirnya; panel yang diarsir sudah terlalu tua.",
					en: "A figure that is not reported is not zero.\nEach panel names the day of its last report; a hatched panel is too old.",
				},
			],
		],
	},
];

function panelOf(
	[kind, [x, y, width, height], shown]: Drawn,
	at: number,
	language: Language,
): ScenePanel {
	return {
		id: `p${at + 1}`,
		kind,
		address: typeof shown === "string" ? shown : "",
		text: typeof shown === "object" ? shown[language] : "",
		staleAfter: null,
		place: { x, y, width, height },
	};
}

/** The scenes that ship with the program, in the words of a language. */
export function readyScenes(language: Language): Scene[] {
	return READY.map(({ id, name, panels, notes }) => ({
		id,
		name: name[language],
		panels: panels.map((panel, at) => panelOf(panel, at, language)),
		notes: notes[language],
	}));
}

/** The playlist that ships with the program: its scenes, one after the other. */
export function readyPlaylist(language: Language): Playlist {
	return {
		id: "siap-pagi",
		name: { id: "Taklimat pagi", en: "Morning briefing" }[language],
		entries: READY.map(({ id, seconds }) => ({ scene: id, seconds })),
		transition: "fade",
		hours: [],
		triggers: [],
	};
}

/** What a workstation has: what ships, as it was changed here, and after that what was made here. */
export function withReady<Kept extends { readonly id: string }>(
	ready: readonly Kept[],
	kept: readonly Kept[],
): Kept[] {
	const own = new Map(kept.map((one) => [one.id, one]));
	const names = new Set(ready.map(({ id }) => id));
	return [
		...ready.map((one) => own.get(one.id) ?? one),
		...kept.filter(({ id }) => !names.has(id)),
	];
}
