import type { Day } from "./day.ts";

/**
 * One indicator over all areas of a level and all days: `value[area * days + day]`, NaN for "not reported", and two bytes of marks
 * (quality/rule MARKS) for each value.
 */
export interface Cube {
	readonly firstDay: Day;
	readonly days: number;
	readonly areas: number;
	/** areas x days, area-major. */
	readonly value: Float64Array;
	/** areas x days, area-major. */
	readonly marks: Uint16Array;
}

/** A cube in which nothing is reported. */
export function emptyCube(firstDay: Day, days: number, areas: number): Cube {
	return {
		firstDay,
		days,
		areas,
		value: new Float64Array(areas * days).fill(Number.NaN),
		marks: new Uint16Array(areas * days),
	};
}

/**
 * Active cases: confirmed - recovered - deaths. NaN wherever one of the three is not reported; marks are those of the three together.
 * A negative result (sources out of step) is kept: it is what the reports say.
 * @throws when the cubes do not cover the same areas and days.
 */
export function activeCube(
	confirmed: Cube,
	recovered: Cube,
	deaths: Cube,
): Cube {
	for (const other of [recovered, deaths])
		if (
			other.firstDay !== confirmed.firstDay ||
			other.days !== confirmed.days ||
			other.areas !== confirmed.areas
		)
			throw new Error(
				`cubes differ: ${shape(confirmed)} against ${shape(other)}`,
			);
	const cube = emptyCube(confirmed.firstDay, confirmed.days, confirmed.areas);
	for (let i = 0; i < cube.value.length; i++) {
		// NaN in any of the three makes the result NaN.
		cube.value[i] = confirmed.value[i] - recovered.value[i] - deaths.value[i];
		cube.marks[i] = confirmed.marks[i] | recovered.marks[i] | deaths.marks[i];
	}
	return cube;
}

function shape({ firstDay, days, areas }: Cube): string {
	return `${areas} areas x ${days} days from day ${firstDay}`;
}
