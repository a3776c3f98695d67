import { type AreaCode, levelOf, parentOf, parseAreaCode } from "./codes.ts";

/** Areas that are spoken of together, by kabupaten/kota or by whole provinces. */
export interface AreaGroup {
	readonly key: string;
	/** Names that are not the same in both languages. */
	readonly names: { readonly id: string; readonly en: string };
	/** Codes of kabupaten/kota, and of provinces all of whose kabupaten/kota are meant. */
	readonly codes: readonly string[];
}

const named = (key: string, id: string, en: string, codes: string[]) => ({
	key,
	names: { id, en },
	codes,
});

/**
 * Metropolitan areas as the regulations on them list their kabupaten/kota, where these belong to them wholly, and the great islands.
 * Jabodetabek: Perpres 103/2015; Gerbangkertosusila: Perpres 80/2019; Sarbagita: Perpres 45/2011; Mamminasata: Perpres 55/2011.
 */
export const AREA_GROUPS: readonly AreaGroup[] = [
	named("jabodetabek", "Jabodetabek", "Jabodetabek", [
		"31",
		"32.01",
		"32.16",
		"32.71",
		"32.75",
		"32.76",
		"36.03",
		"36.71",
		"36.74",
	]),
	named("gerbangkertosusila", "Gerbangkertosusila", "Gerbangkertosusila", [
		"35.15",
		"35.16",
		"35.24",
		"35.25",
		"35.26",
		"35.76",
		"35.78",
	]),
	named("sarbagita", "Sarbagita", "Sarbagita", [
		"51.02",
		"51.03",
		"51.04",
		"51.71",
	]),
	named("mamminasata", "Mamminasata", "Mamminasata", [
		"73.05",
		"73.06",
		"73.09",
		"73.71",
	]),
	named("sumatera", "Sumatera", "Sumatra", provinces(11, 21)),
	named("jawa", "Jawa", "Java", provinces(31, 36)),
	named(
		"bali-nusa-tenggara",
		"Bali dan Nusa Tenggara",
		"Bali and Nusa Tenggara",
		provinces(51, 53),
	),
	named("kalimantan", "Kalimantan", "Kalimantan", provinces(61, 65)),
	named("sulawesi", "Sulawesi", "Sulawesi", provinces(71, 76)),
	named(
		"maluku-papua",
		"Maluku dan Papua",
		"Maluku and Papua",
		provinces(81, 96),
	),
];

function provinces(from: number, to: number): string[] {
	return Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
}

/** The kabupaten/kota of a group, of those that there are. */
export function codesOfGroup(
	{ codes }: Pick<AreaGroup, "codes">,
	areas: readonly { readonly code: string; readonly unknownPlace: boolean }[],
): string[] {
	const wanted = new Set(codes);
	return areas.flatMap(({ code, unknownPlace }) => {
		const known = parseAreaCode(code);
		if (unknownPlace || !known || levelOf(known) !== "regency") return [];
		return wanted.has(code) || wanted.has(parentOf(known) as AreaCode)
			? [code]
			: [];
	});
}
