import type { AreaCode, Level } from "./codes.ts";
import { OTHER_NAMES } from "./other-names.ts";
import type { Area, AreaTree } from "./tree.ts";

export interface ResolveOptions {
	level: Level;
	/** Only areas below this one; needed where names repeat (kecamatan). */
	within?: AreaCode;
	/**
	 * The source writes kabupaten without a level word and kota with one ("BOGOR", "KOTA BOGOR"). Without this a bare
	 * name that is both a kabupaten and a kota is ambiguous.
	 */
	bareMeansKabupaten?: boolean;
}

export type Resolution =
	| { ok: true; area: Area }
	| {
			ok: false;
			reason: "unknown" | "ambiguous";
			/** The text that was given. */
			found: string;
			/** The areas it may have meant, nearest first; empty when nothing resembles it. */
			candidates: Area[];
	  };

/** A cut-off name must keep this many letters to count, or any short word would name something. */
const LONGEST_NAME = 200;
const SHORTEST_TRUNCATION = 6;
const CANDIDATES = 5;

/**
 * Finds the area that a source calls by this name: level words written or cut in any way (`KAB.`, `KOTA ADM.`), spaced
 * letters (`P A P U A`), underscores, doubled spaces, accents, abbreviations and former names, and names cut off at
 * the end when only one area begins so.
 * @returns the area, or why there is none and what it may have meant. It never chooses between two areas, and a
 * misspelling is an error with its candidates.
 */
export function resolveArea(
	tree: AreaTree,
	name: string,
	options: ResolveOptions,
): Resolution {
	// No place has a name as long as that, and it would be compared with every known one letter by letter.
	if (name.length > LONGEST_NAME)
		return { ok: false, reason: "unknown", found: name, candidates: [] };
	const spoken = readName(name, options.level);
	const names = namesOf(tree, options.level);
	const inPlace = ({ area }: KnownName): boolean =>
		options.within === undefined || liesIn(area.code, options.within);
	const fail = (
		reason: "unknown" | "ambiguous",
		candidates: Area[],
	): Resolution => ({ ok: false, reason, found: name, candidates });
	if (spoken.every((reading) => reading.key === "")) return fail("unknown", []);

	for (const reading of spoken) {
		const exact = areasOf((names.byKey.get(reading.key) ?? []).filter(inPlace));
		const fitting = ofKind(exact, reading.kind, options);
		if (fitting.length === 1) return { ok: true, area: fitting[0] };
		if (fitting.length > 1) return fail("ambiguous", fitting);
	}
	const known = names.list.filter(inPlace);
	for (const reading of spoken) {
		if (reading.key.length < SHORTEST_TRUNCATION) continue;
		const begins = areasOf(
			known.filter((entry) => entry.key.startsWith(reading.key)),
		);
		const fitting = ofKind(begins, reading.kind, options);
		if (fitting.length === 1) return { ok: true, area: fitting[0] };
		if (fitting.length > 1) return fail("ambiguous", fitting);
	}
	return fail("unknown", nearest(known, spoken[0].key));
}

/**
 * The known areas that a name stands for when it stands beside the code of another one: one, or several that it may mean. Empty where the
 * name may mean the area, where nothing is called so (a misspelling, "luar wilayah"), and without a name.
 */
export function otherAreasNamed(
	tree: AreaTree,
	area: Area,
	name: string,
): Area[] {
	if (name.trim() === "") return [];
	const within =
		area.level === "district" ? (area.parent ?? undefined) : undefined;
	const levels = [area.level, "regency", "province"] as const;
	for (const level of new Set(levels)) {
		const said = resolveArea(tree, name, {
			level,
			within: level === area.level ? within : undefined,
		});
		// What a word resembles is not what it says.
		if (!said.ok && said.reason === "unknown") continue;
		const meant = said.ok ? [said.area] : said.candidates;
		return meant.some(({ code }) => code === area.code) ? [] : meant;
	}
	return [];
}

/** Whether a name is that of an area, alone or among areas that are called alike. */
export function isNamed(tree: AreaTree, area: Area, name: string): boolean {
	const within =
		area.level === "district" ? (area.parent ?? undefined) : undefined;
	const said = resolveArea(tree, name, { level: area.level, within });
	if (said.ok) return said.area.code === area.code;
	return (
		said.reason === "ambiguous" &&
		said.candidates.some(({ code }) => code === area.code)
	);
}

type Kind = "kabupaten" | "kota";

interface Reading {
	/** The name without its level word, letters and digits only. */
	key: string;
	/** Which of the two kinds the level word said; null without a level word. */
	kind: Kind | null;
}

interface KnownName {
	key: string;
	area: Area;
}

interface NamesOfLevel {
	list: KnownName[];
	byKey: Map<string, KnownName[]>;
}

const LEVEL_WORDS: Record<string, Kind | "plain"> = {
	KABUPATEN: "kabupaten",
	KAB: "kabupaten",
	KOTA: "kota",
	KODYA: "kota",
	KOTAMADYA: "kota",
	PROVINSI: "plain",
	PROPINSI: "plain",
	PROV: "plain",
	KECAMATAN: "plain",
	KEC: "plain",
	DISTRIK: "plain",
	KELURAHAN: "plain",
	KEL: "plain",
};
const WORDS_OF_LEVEL: Record<Level, readonly string[]> = {
	nation: [],
	province: ["PROVINSI", "PROPINSI", "PROV"],
	regency: ["KABUPATEN", "KAB", "KOTA", "KODYA", "KOTAMADYA"],
	district: ["KECAMATAN", "KEC", "DISTRIK"],
	village: ["KELURAHAN", "KEL"],
};
const ABBREVIATIONS: Record<string, string> = { KEP: "KEPULAUAN" };

/** The ways a text can be read: without its level word first, then whole ("KOTA BARU" is also Kotabaru). */
function readName(name: string, level: Level): Reading[] {
	const words = wordsOf(name);
	const whole = { key: words.join(""), kind: null };
	const first = words[0] ?? "";
	if (words.length < 2 || !WORDS_OF_LEVEL[level].includes(first))
		return [whole];
	const word = LEVEL_WORDS[first];
	const rest = words.slice(1);
	if (rest.length > 1 && /^ADM(INISTRASI)?$/.test(rest[0])) rest.shift();
	const kind = word === "plain" ? null : word;
	return [{ key: rest.join(""), kind }, whole];
}

function wordsOf(name: string): string[] {
	const words = name
		.normalize("NFD")
		.replace(/[\u0300-\u036f'’`]/g, "")
		.toUpperCase()
		.split(/[^A-Z0-9]+/)
		.filter((word) => word !== "");
	return words.map((word) => ABBREVIATIONS[word] ?? word);
}

const indexes = new WeakMap<AreaTree, Map<Level, NamesOfLevel>>();

function namesOf(tree: AreaTree, level: Level): NamesOfLevel {
	const levels = indexes.get(tree) ?? new Map<Level, NamesOfLevel>();
	indexes.set(tree, levels);
	const kept = levels.get(level);
	if (kept) return kept;
	const list: KnownName[] = [];
	for (const area of tree.at(level)) {
		list.push({ key: readName(area.name, level)[0].key, area });
		for (const other of OTHER_NAMES[area.code] ?? [])
			list.push({ key: wordsOf(other).join(""), area });
	}
	const names = { list, byKey: Map.groupBy(list, ({ key }) => key) };
	levels.set(level, names);
	return names;
}

function areasOf(names: KnownName[]): Area[] {
	return [...new Set(names.map(({ area }) => area))];
}

function ofKind(
	areas: Area[],
	kind: Kind | null,
	options: ResolveOptions,
): Area[] {
	if (options.level !== "regency") return areas;
	if (kind) return areas.filter((area) => kindOf(area) === kind);
	if (areas.length > 1 && options.bareMeansKabupaten) {
		const kabupaten = areas.filter((area) => kindOf(area) === "kabupaten");
		if (kabupaten.length > 0) return kabupaten;
	}
	return areas;
}

function kindOf(area: Area): Kind {
	return area.name.startsWith("Kota ") ? "kota" : "kabupaten";
}

function liesIn(code: AreaCode, within: AreaCode): boolean {
	return within === "ID" || code.startsWith(`${within}.`);
}

/** Areas whose names share most letter pairs with the text (Dice's coefficient over bigrams, at least one half). */
function nearest(names: KnownName[], key: string): Area[] {
	const wanted = pairsOf(key);
	const scored = names
		.map(({ key: other, area }) => {
			const pairs = pairsOf(other);
			const shared = [...wanted].filter((pair) => pairs.has(pair)).length;
			return { area, score: (2 * shared) / (wanted.size + pairs.size || 1) };
		})
		.filter(({ score }) => score >= 0.5)
		.sort((a, b) => b.score - a.score);
	return [...new Set(scored.map(({ area }) => area))].slice(0, CANDIDATES);
}

function pairsOf(key: string): Set<string> {
	const pairs = new Set<string>();
	for (let i = 0; i + 1 < key.length; i++) pairs.add(key.slice(i, i + 2));
	return pairs;
}
