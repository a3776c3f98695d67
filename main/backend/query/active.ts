import type { Level } from "../../../core/areas/codes.ts";

import { found } from "../../../core/series/found.ts";
import { MARKS } from "../../../core/series/mark.ts";
import type { Base } from "./base.ts";
import { type Branch, rowsIn } from "./branch.ts";
import { isSum, SUM_OF_SEVERAL, type Voice } from "./voice.ts";

interface Part {
	readonly branches: Readonly<Partial<Record<Level, Branch>>>;
}

export const ACTIVE_OF = ["confirmed", "recovered", "deaths"] as const;

/** A mark that is of a value's own series and says nothing of the difference of three. */
const OWN_MARKS =
	MARKS.sourceChanged | MARKS.fewAreas | MARKS.belowZero | MARKS.silent;

/**
 * Active cases of a level: confirmed - recovered - deaths, where all three are known. A sum is like for like: where one of the three
 * holds areas that another does not, active cases are those of the areas below of which all three are known, and partial.
 * A negative result (sources out of step) is kept: it is what the reports say.
 * @param of the trees of the three
 * @param below active cases of the level below, when there is one.
 */
export function activeBase(
	of: readonly Part[],
	level: Level,
	below: Branch | undefined,
): Base & Pick<Branch, "sets"> {
	const at = (level: Level): Branch[] =>
		of.map(({ branches }) => found(branches[level], `level ${level}`));
	const parts = at(level);
	const partsBelow = below ? at(below.level) : [];
	const [{ firstDay, days, below: children }] = parts;
	const cells = parts[0].value.length;
	const value = new Float64Array(cells).fill(Number.NaN);
	const marks = new Uint16Array(cells);
	const voice = new Float64Array(cells);
	const sets = new Map<number, readonly number[]>();
	for (let at = 0; at < cells; at++) {
		const known = parts.filter((part) => !Number.isNaN(part.value[at]));
		let found = 0;
		for (const part of parts) found |= part.marks[at];
		if (known.length < parts.length) {
			// What was known of the others is no mark of what is not known.
			marks[at] = found & (MARKS.silent | MARKS.notYetKnown);
			if (known.length === 0) continue;
		}
		const day = at % days;
		const row = (at - day) / days;
		const sums = parts.filter((part) => isSum(part.voice[at]));
		if (known.length === parts.length) {
			marks[at] = found & ~OWN_MARKS;
			const set =
				sums.length === 0 || !below
					? ALL
					: setOfDifference(parts, row, day, below, partsBelow);
			if (set) {
				if (set !== ALL) sets.set(at, set);
				const [all, healed, died] = parts.map((part) => part.value[at]);
				value[at] = all - healed - died;
				voice[at] = voiceOf(parts.map((part) => part.voice[at]));
				continue;
			}
		} else if (sums.length === 0 || !below) continue;
		let sum = Number.NaN;
		let of = 0;
		for (const child of children[row]) {
			const one = child * days + day;
			if (Number.isNaN(below?.value[one] ?? Number.NaN)) continue;
			sum = (Number.isNaN(sum) ? 0 : sum) + (below as Branch).value[one];
			of |= (below as Branch).marks[one];
		}
		if (Number.isNaN(sum)) {
			marks[at] &= MARKS.notYetKnown | MARKS.silent;
			continue;
		}
		value[at] = sum;
		marks[at] = (of & ~OWN_MARKS) | (found & MARKS.conflict) | MARKS.partial;
		voice[at] = SUM_OF_SEVERAL;
	}
	return { firstDay, days, value, marks, voice, sets };
}

/** In place of a set: an area that is spoken of as a whole. */
const ALL: readonly number[] = [];

/**
 * The rows directly below that all three hold, when they hold the same areas: of an own figure all of them, of a sum those that are in
 * it, down to the last sum; what has no place too. Null when they do not.
 */
function setOfDifference(
	parts: readonly Branch[],
	row: number,
	day: number,
	below: Branch,
	partsBelow: readonly Branch[],
): readonly number[] | null {
	const at = row * below.days + day;
	const sums = parts.filter((part) => isSum(part.voice[at]));
	if (sums.length < parts.length)
		return sums.every((sum) => sum.complete[at] === 1) ? ALL : null;
	const [set, ...others] = parts.map((part, i) =>
		rowsIn(part, partsBelow[i], row, day),
	);
	const isOne =
		others.every(
			(other) =>
				other.length === set.length && other.every((one, i) => one === set[i]),
		) &&
		set.every((child) => {
			const one = child * below.days + day;
			if (!partsBelow.some((part) => isSum(part.voice[one]))) return true;
			const [all, healed, died] = partsBelow.map((part) => part.value[one]);
			return below.value[one] === all - healed - died;
		});
	return isOne ? set : null;
}

/** One number for the three voices together: none of the three may change for the difference to go on. */
function voiceOf(voices: readonly Voice[]): Voice {
	const [all] = voices;
	if (voices.every((one) => one === all)) return all;
	if (voices.every(isSum)) return SUM_OF_SEVERAL;
	// Beyond every source, and even: no sum.
	return 2 * voices.reduce((code, one) => code * 4096 + one, 0);
}
