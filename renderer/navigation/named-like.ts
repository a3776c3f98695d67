import { folded } from "./find.ts";

/** A thing of which there are thousands, with its name and code as they are compared. */
export interface Named<T> {
	readonly thing: T;
	readonly name: string;
	readonly code: string;
}

/** Kecamatan, kelurahan or facilities with their names and codes as they are compared, folded once for all that is typed. */
export function foldedNames<T extends { name: string; code: string }>(
	things: readonly T[],
): readonly Named<T>[] {
	return things.map((thing) => ({
		thing,
		name: folded(thing.name),
		code: folded(thing.code),
	}));
}

/**
 * Those whose name or code holds what is typed, those that begin with it first. There are 7,230 kecamatan and 3,200 facilities: a misspelt one
 * is not looked for, as it is among all others, so that every letter is answered at once.
 */
export function namedLike<T extends { name: string }>(
	typed: string,
	known: readonly Named<T>[],
	most: number,
): T[] {
	const whole = folded(typed);
	const wanted = whole.replace(
		/^(kecamatan|kec|distrik|kelurahan|kel)(?=..)/,
		"",
	);
	if (wanted.length < 2) return [];
	const begins: T[] = [];
	const holds: T[] = [];
	for (const { thing, name, code } of known) {
		if (name.startsWith(wanted) || name.startsWith(whole) || code === wanted)
			begins.push(thing);
		else if (wanted.length > 2 && name.includes(wanted)) holds.push(thing);
	}
	return [
		...begins.sort((a, b) => a.name.length - b.name.length),
		...holds,
	].slice(0, most);
}
