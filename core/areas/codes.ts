/**
 * Codes of Indonesian areas. Two schemes are in use and 166 four-digit numbers mean different places in them, so a code
 * is always text and always carries its scheme in its type; a bare number never becomes a code by itself.
 */

declare const scheme: unique symbol;

/** Code of the Ministry of Home Affairs, dotted: `35`, `35.07`, `35.07.18`, `35.07.18.2001`. */
export type KemendagriCode = string & { readonly [scheme]: "kemendagri" };

/** Code of Statistics Indonesia (BPS), undotted: `35`, `3507`, `3507180`, `3507180001`. */
export type BpsCode = string & { readonly [scheme]: "bps" };

/** The whole country, which neither scheme gives a code. */
export type NationCode = "ID";

/** The key of an area inside this system: Kemendagri's scheme, or the nation. */
export type AreaCode = KemendagriCode | NationCode;

/** Administrative levels from the whole country down to kelurahan/desa. The dataset holds values of each. */
export const LEVELS = [
	"nation",
	"province",
	"regency",
	"district",
	"village",
] as const;
export type Level = (typeof LEVELS)[number];

/** The levels whose values hang together: the value of an area may be the sum of those below. */
export const SUMMED_LEVELS = ["nation", "province", "regency"] as const;
export type SummedLevel = (typeof SUMMED_LEVELS)[number];

/** The levels whose areas are in no sum: kecamatan and kelurahan have what is said of themselves. */
export const APART_LEVELS = ["district", "village"] as const;
export type ApartLevel = (typeof APART_LEVELS)[number];

export function isApart(level: Level): level is ApartLevel {
	return level === "district" || level === "village";
}

export const NATION: NationCode = "ID";

/** Cases that no source puts in any province: a child of the nation. */
export const UNKNOWN_PROVINCE = "00" as KemendagriCode;

const DOTTED = /^[1-9]\d(\.(?!00)\d{2}(\.(?!00)\d{2}(\.[1-9]\d{3})?)?)?$/;
const UNDOTTED = /^[1-9]\d((?!00)\d{2}((?!00)\d{2}([1-9]\d{3})?)?)?$/;
const BPS = /^[1-9]\d((?!00)\d{2}((?!000)\d{3}((?!000)\d{3})?)?)?$/;

/**
 * Reads a dotted Kemendagri code exactly as the ministry writes it.
 * @returns undefined for other text: undotted digits, a number that lost a zero (`11.1`), surrounding spaces, and the
 * pseudo areas of this system (`00`, `35.00`), which are no codes of the ministry.
 */
export function parseKemendagri(text: string): KemendagriCode | undefined {
	return DOTTED.test(text) ? (text as KemendagriCode) : undefined;
}

/**
 * Reads a Kemendagri code that a source writes without dots: `35`, `3507`, `350718`, `3507182001`.
 * Only for columns known to be of this scheme: the digits alone do not tell it from BPS.
 */
export function parseKemendagriUndotted(
	text: string,
): KemendagriCode | undefined {
	if (!UNDOTTED.test(text)) return undefined;
	const parts = [
		text.slice(0, 2),
		text.slice(2, 4),
		text.slice(4, 6),
		text.slice(6),
	];
	return parts.filter((part) => part !== "").join(".") as KemendagriCode;
}

/** Reads a BPS code: `35`, `3507`, `3507180` (kecamatan have seven digits) or `3507180001`. */
export function parseBps(text: string): BpsCode | undefined {
	return BPS.test(text) ? (text as BpsCode) : undefined;
}

/** Reads any key of this system: the nation, a Kemendagri code, or a pseudo area for cases without a place. */
export function parseAreaCode(text: string): AreaCode | undefined {
	if (text === NATION) return NATION;
	if (text === UNKNOWN_PROVINCE) return UNKNOWN_PROVINCE;
	if (/^[1-9]\d\.00$/.test(text)) return text as KemendagriCode;
	return parseKemendagri(text);
}

/** The level that a code speaks of; a pseudo area has the level of its siblings. */
export function levelOf(code: AreaCode): Level {
	if (code === NATION) return "nation";
	if (code.length === 2) return "province";
	if (code.length === 5) return "regency";
	return code.length === 8 ? "district" : "village";
}

/**
 * The area that a code lies in by its own digits; null for the nation.
 * This is the order of the scheme the code was given in. For "where did it belong on that day" ask `belongsTo`.
 */
export function parentOf(code: AreaCode): AreaCode | null {
	if (code === NATION) return null;
	const dot = code.lastIndexOf(".");
	return dot < 0 ? NATION : (code.slice(0, dot) as KemendagriCode);
}

/** The pseudo area for cases of a province whose kabupaten/kota is not known: `35.00`. */
export function unknownRegencyOf(province: AreaCode): KemendagriCode {
	if (levelOf(province) !== "province")
		throw new Error(`not a province: ${province}`);
	return `${province}.00` as KemendagriCode;
}

/** Whether a code stands for cases without a place (`00`, `35.00`) and not for a piece of land. */
export function isUnknownPlace(code: AreaCode): boolean {
	return code === UNKNOWN_PROVINCE || code.endsWith(".00");
}
