import type { AreaCode } from "../areas/codes.ts";

/**
 * Finding a hospital by the name that a source without codes gives it. The score is the Jaro-Winkler similarity (Winkler 1990, "String
 * comparator metrics and enhanced decision rules in the Fellegi-Sunter model of record linkage") of what is left of two names once the
 * words for the kind of hospital, titles and the words of areas are read: 1 is the same name, 0 nothing in common.
 */
export interface NamedFacility {
	readonly code: string;
	readonly name: string;
	readonly area: AreaCode;
}

export interface ScoredFacility<F extends NamedFacility = NamedFacility> {
	readonly facility: F;
	readonly score: number;
}

/** What came of a search: one facility, several that it may be, or none. */
export type NameMatch<F extends NamedFacility = NamedFacility> =
	| {
			readonly kind: "joined";
			readonly facility: F;
			readonly score: number;
	  }
	| {
			readonly kind: "doubtful" | "unknown";
			/** The nearest, best first, at most two. */
			readonly candidates: readonly ScoredFacility<F>[];
	  };

/** From this score on two names may differ by spelling alone. */
export const JOINED_FROM = 0.95;
/** The second best must be this much further away. */
const APART = 0.03;
/** From this score on a name may mean a facility. */
const DOUBTFUL_FROM = 0.85;

/** Kinds written in words and in letters. The first that fits is taken, so that longer ones stand before shorter. */
const KINDS: readonly (readonly [RegExp, string])[] = [
	[/^(?:rs(?:ud)? )?(?:rs|rumah sakit) (?:umum daerah|ud)\b/, "rsud"],
	[/^(?:rs|rumah sakit) umum pusat\b/, "rsup"],
	[/^(?:rs|rumah sakit) ibu (?:dan |& )?anak\b/, "rsia"],
	[/^(?:rs|rumah sakit) umum\b/, "rsu"],
	[/^rsu daerah\b/, "rsud"],
	[/^(?:rs|rumah sakit)\b/, "rs"],
	[/^rs(?:ud|up|ia|u|k|b|au|ad|al|pad|pau|pal)\b/, ""],
];
/** General hospitals are called by one of these words here and by another there. */
const GENERAL = new Set(["rs", "rsu", "rsud", "rsup"]);
const TITLES = new Set("dr drg prof h hj ir".split(" "));
/** Before the name of an area they say what it is; at the end ("Batam Kota") they are part of a name. */
const LEVELS = new Set("kab kabupaten kota provinsi prov".split(" "));

interface ReadName {
	readonly kind: string;
	/** The words that tell it from others, in their order. */
	readonly words: readonly string[];
}

/** Reads a name: its kind, and the words that tell it from others. */
export function readFacilityName(name: string): ReadName {
	let text = name
		.normalize("NFKD")
		.replace(/[\u0300-\u036f]/g, "")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, " ")
		.trim();
	let kind = "";
	for (const [form, called] of KINDS) {
		const found = form.exec(text);
		if (!found) continue;
		kind = called || found[0];
		text = text.slice(found[0].length).trim();
		break;
	}
	const words = text
		.split(" ")
		.filter(
			(word, at, all) =>
				word !== "" &&
				!TITLES.has(word) &&
				!(LEVELS.has(word) && at < all.length - 1),
		);
	return { kind, words };
}

/**
 * How alike two names are, from 0 to 1. Names of different kinds are less alike: a maternity hospital of the same name is another house.
 */
export function nameScore(a: ReadName, b: ReadName): number {
	const words = jaroWinkler(a.words.join(" "), b.words.join(" "));
	if (a.kind === b.kind) return words;
	return words * (GENERAL.has(a.kind) && GENERAL.has(b.kind) ? 0.98 : 0.88);
}

/**
 * The facility that a name means among some. It is joined where one alone has the very name, or where one differs from it in the spelling
 * of a word and no other comes near. One that has a word more or less, or another number, is doubtful: it may be the house next door.
 */
export function matchFacility<F extends NamedFacility>(
	name: string,
	among: readonly F[],
): NameMatch<F> {
	const said = readFacilityName(name);
	const scored = among
		.map((facility) => {
			const known = readFacilityName(facility.name);
			return { facility, known, score: nameScore(said, known) };
		})
		.sort(
			(a, b) =>
				b.score - a.score || (a.facility.code < b.facility.code ? -1 : 1),
		);
	const [best] = scored;
	// One that is known by several names is not two.
	const second = scored.find(
		({ facility }) => facility.code !== best?.facility.code,
	);
	if (best && said.words.length > 0) {
		const alone = (second?.score ?? 0) <= best.score - APART;
		const same = best.score === 1 && second?.score !== 1;
		if (
			same ||
			(best.score >= JOINED_FROM &&
				alone &&
				differInSpelling(said.words, best.known.words))
		)
			return { kind: "joined", facility: best.facility, score: best.score };
	}
	const candidates = [best, second]
		.filter((one) => one !== undefined)
		.map(({ facility, score }) => ({ facility, score }));
	return (best?.score ?? 0) >= DOUBTFUL_FROM
		? {
				kind: "doubtful",
				candidates: candidates.filter(({ score }) => score >= DOUBTFUL_FROM),
			}
		: { kind: "unknown", candidates: candidates.slice(0, 1) };
}

/** From this score on, and with the same first letter, two words are one word spelt otherwise. */
const SAME_WORD_FROM = 0.92;

/** Word by word the same, but for the spelling: RS Siloam and RS Islam have nearly the same letters. Numbers (07, IV) have no spelling. */
function differInSpelling(a: readonly string[], b: readonly string[]): boolean {
	const isNumber = (word: string) => /\d|^[ivx]+$/.test(word);
	return (
		a.length === b.length &&
		a.every((word, at) => {
			const other = b[at] ?? "";
			if (word === other) return true;
			return (
				!isNumber(word) &&
				!isNumber(other) &&
				word[0] === other[0] &&
				jaroWinkler(word, other) >= SAME_WORD_FROM
			);
		})
	);
}

/** Jaro-Winkler similarity of two texts, with the usual prefix of four and weight of 0.1. */
export function jaroWinkler(a: string, b: string): number {
	if (a === b) return a === "" ? 0 : 1;
	const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
	const taken = new Uint8Array(b.length);
	const matched: string[] = [];
	for (let i = 0; i < a.length; i++)
		for (
			let j = Math.max(0, i - reach);
			j < Math.min(b.length, i + reach + 1);
			j++
		)
			if (!taken[j] && a[i] === b[j]) {
				taken[j] = 1;
				matched.push(a[i]);
				break;
			}
	const m = matched.length;
	if (m === 0) return 0;
	let at = 0;
	let moved = 0;
	for (let j = 0; j < b.length; j++)
		if (taken[j] && matched[at++] !== b[j]) moved++;
	const jaro = (m / a.length + m / b.length + (m - moved / 2) / m) / 3;
	let prefix = 0;
	while (prefix < 4 && a[prefix] === b[prefix]) prefix++;
	return jaro + prefix * 0.1 * (1 - jaro);
}
