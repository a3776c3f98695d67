/** How near a text is to one of the words of a thing; 0 is the same. Null: not near at all. */
export type Nearness = number | null;

const SAME = 0;
const BEGINS = 1;
const WORD_BEGINS = 2;
const CONTAINS = 3;
/** Misspelt by one letter or two. */
const MISSPELT = 4;

/** Letters and digits only, small, without accents: "35.24" is "3524", "DI Yogyakarta" "diyogyakarta". */
export function folded(text: string): string {
	return text
		.normalize("NFD")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * How near a typed text is to the nearest of some words.
 * @param words as they are written; each is compared whole and from the beginning of each of its own words
 */
export function nearness(typed: string, words: readonly string[]): Nearness {
	const wanted = folded(typed);
	if (wanted === "") return null;
	let best: Nearness = null;
	for (const word of words) {
		const found = nearnessOf(wanted, word);
		if (found !== null && (best === null || found < best)) best = found;
		if (best === SAME) break;
	}
	return best;
}

function nearnessOf(wanted: string, word: string): Nearness {
	const whole = folded(word);
	if (whole === wanted) return SAME;
	if (whole.startsWith(wanted)) return BEGINS;
	const parts = word.split(/[^\p{L}\p{N}]+/u);
	// Of "Kota Surabaya" also "Surabaya", of "Kepulauan Bangka Belitung" also "Bangka Belitung".
	const tails = parts
		.slice(1)
		.map((_, at) => folded(parts.slice(at + 1).join("")));
	if (tails.some((tail) => tail.startsWith(wanted))) return WORD_BEGINS;
	if (wanted.length > 2 && whole.includes(wanted)) return CONTAINS;
	const allowed = slipsIn(wanted);
	let slips = allowed + 1;
	if (allowed > 0)
		for (const tail of [whole, ...tails]) {
			// A name that is still being typed is compared with as much of the whole one.
			const begun = tail.slice(0, Math.max(wanted.length, 4));
			slips = Math.min(
				slips,
				slipsBetween(wanted, tail, allowed),
				slipsBetween(wanted, begun, allowed),
			);
		}
	return slips <= allowed ? MISSPELT + slips : null;
}

/** Letters that may be wrong in a text of this length: numbers are not misspelt, they are other numbers. */
function slipsIn(wanted: string): number {
	if (/\d/.test(wanted) || wanted.length < 4) return 0;
	return wanted.length < 8 ? 1 : 2;
}

/**
 * Letters left out, added, changed or swapped with their neighbour between two texts (optimal string alignment distance).
 * @returns `most` + 1 when there are more than that
 */
export function slipsBetween(a: string, b: string, most: number): number {
	if (Math.abs(a.length - b.length) > most) return most + 1;
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let least = Math.min(
				last[j] + 1,
				row[j - 1] + 1,
				last[j - 1] + (same ? 0 : 1),
			);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				least = Math.min(least, beforeLast[j - 2] + 1);
			row.push(least);
		}
		beforeLast = last;
		last = row;
	}
	return Math.min(last[b.length], most + 1);
}

/** The things nearest to a text, nearest first; of equally near ones the order given stays. */
export function nearestOf<T>(
	typed: string,
	things: readonly T[],
	wordsOf: (thing: T) => readonly string[],
	most: number,
): T[] {
	return things
		.map((thing) => ({ thing, near: nearness(typed, wordsOf(thing)) }))
		.filter((entry): entry is { thing: T; near: number } => entry.near !== null)
		.sort((a, b) => a.near - b.near)
		.slice(0, most)
		.map(({ thing }) => thing);
}
