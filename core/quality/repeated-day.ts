import type { Day } from "../series/day.ts";

/** What a source stated for an area and day, by indicator. */
export interface StatedRow {
	area: string;
	day: Day;
	values: Readonly<Partial<Record<string, number>>>;
}

/** A day on which a source sent the table of the day before again. */
export interface RepeatedDay {
	day: Day;
	/** Areas that had grown in the week before and stand still. */
	areas: number;
}

/** So many areas do not stop growing together by chance. */
export const ENOUGH_AREAS = 5;
const WEEK = 7;

/**
 * Days whose table is that of the day before: every area that stated both days states the same in all indicators, although at least five
 * of them had grown within the week before. Their counts are what the source wrote and stay; the day after carries the step of two days.
 * @param rows in any order; of an area, day and indicator the last one counts
 */
export function repeatedDays(rows: Iterable<StatedRow>): RepeatedDay[] {
	const byDay = new Map<Day, Map<string, StatedRow["values"]>>();
	for (const { area, day, values } of rows) {
		const areas = byDay.get(day);
		if (areas) areas.set(area, { ...areas.get(area), ...values });
		else byDay.set(day, new Map([[area, values]]));
	}
	const found: RepeatedDay[] = [];
	for (const day of [...byDay.keys()].sort((a, b) => a - b)) {
		const before = byDay.get(day - 1);
		if (!before) continue;
		const stated = [...(byDay.get(day) ?? [])].flatMap(([area, values]) => {
			const last = before.get(area);
			return last ? [{ area, values, last }] : [];
		});
		if (stated.length < ENOUGH_AREAS) continue;
		if (!stated.every(({ values, last }) => isSame(values, last))) continue;
		const areas = stated.filter(({ area, last }) => {
			for (let back = 2; back <= WEEK + 1; back++) {
				const earlier = byDay.get(day - back)?.get(area);
				if (earlier && hasGrown(earlier, last)) return true;
			}
			return false;
		}).length;
		if (areas >= ENOUGH_AREAS) found.push({ day, areas });
	}
	return found;
}

/** Whether two rows state the same counts. */
function isSame(a: StatedRow["values"], b: StatedRow["values"]): boolean {
	const keys = Object.keys(a);
	return (
		keys.length === Object.keys(b).length &&
		keys.every((key) => a[key] === b[key])
	);
}

function hasGrown(
	earlier: StatedRow["values"],
	later: StatedRow["values"],
): boolean {
	return Object.entries(later).some(([key, value]) => {
		const before = earlier[key];
		return before !== undefined && value !== undefined && value > before;
	});
}
