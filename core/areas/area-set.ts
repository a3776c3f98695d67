import { type AreaCode, levelOf, NATION, parseAreaCode } from "./codes.ts";

/** Between areas, and between an area and its neighbours of the same parent; both stay as they are in an address. */
const NEXT = "-";
const BESIDE = ".";

/**
 * Writes a set of areas as it stands in an address: without dots, in order, and of areas that lie side by side in one parent only the last two
 * digits: `3171.72.73-3603.71`. The same set is always the same text.
 * @param codes all of provinces, all of kabupaten/kota or all of kecamatan: of areas that lie in one another nothing can be added up
 */
export function textOfAreas(codes: Iterable<string>): string {
	let text = "";
	let parent: string | null = null;
	for (const code of [...new Set(codes)].sort()) {
		const digits = code.replaceAll(".", "");
		const own = digits.slice(0, -2);
		text += own === parent ? BESIDE + digits.slice(-2) : NEXT + digits;
		parent = own;
	}
	return text.slice(NEXT.length);
}

/** Reads what `textOfAreas` writes, in order; undefined for anything else. The empty text is the empty set. */
export function areasFromText(text: string): AreaCode[] | undefined {
	if (text === "") return [];
	const found: AreaCode[] = [];
	for (const group of text.split(NEXT)) {
		const [first = "", ...beside] = group.split(BESIDE);
		for (const digits of [
			first,
			...beside.map((last) => first.slice(0, -2) + last),
		]) {
			const code = parseAreaCode(digits.replace(/\B(?=(\d\d)+$)/g, "."));
			if (code === undefined || code === NATION || levelOf(code) === "village")
				return undefined;
			found.push(code);
		}
	}
	const isOfOneLevel = found.every(
		(code) => levelOf(code) === levelOf(found[0] ?? NATION),
	);
	return isOfOneLevel && textOfAreas(found) === text ? found : undefined;
}
