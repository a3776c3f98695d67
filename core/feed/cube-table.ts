import { COUNTED_INDICATORS, isStatedAt } from "../series/indicator.ts";

/**
 * Cubes: for each stored indicator and each level the values of all areas on all days as one array, so that a time-lapse opens with one
 * read. The hub puts them into the snapshot file, the replica's writer keeps them in step with the facts in the same transaction.
 *
 * Areas are in order of id within their level, pseudo areas for unknown places included. All cubes span the same days, from the first
 * to the last day of any fact. Values and marks are area-major: `value[area * days + day - firstDay]`, NaN is "not reported".
 */
export const CUBE_TABLE = `CREATE TABLE "cube" (
	"indicator" INTEGER NOT NULL,
	"level" INTEGER NOT NULL, -- 0 nation, 1 province, 2 regency, as in "area"
	"first_day" INTEGER NOT NULL,
	"days" INTEGER NOT NULL,
	"areas" INTEGER NOT NULL,
	"value" BLOB NOT NULL, -- Float64, little-endian
	"marks" BLOB NOT NULL, -- Uint16, little-endian
	"seq" INTEGER NOT NULL, -- publication that last changed it
	PRIMARY KEY ("indicator", "level")
) STRICT`;

export const CUBE_LEVELS = [0, 1, 2] as const;
const LEVEL_OF_CUBE = ["nation", "province", "regency"] as const;
export type CubeLevel = (typeof CUBE_LEVELS)[number];

export interface StoredCube {
	readonly indicator: number;
	readonly level: CubeLevel;
	readonly areas: number;
	value: Float64Array;
	marks: Uint16Array;
}

export interface Cubes {
	firstDay: number;
	days: number;
	/** Where an area's row is; districts and deeper have none. */
	readonly place: ReadonlyMap<number, { level: CubeLevel; index: number }>;
	/** By `cubeKey`: every stored indicator at every level at which it is stated. */
	readonly cubes: ReadonlyMap<number, StoredCube>;
	/** Keys of the cubes changed since they were last stored. */
	readonly changed: Set<number>;
}

export function cubeKey(indicator: number, level: CubeLevel): number {
	return indicator * CUBE_LEVELS.length + level;
}

/**
 * Cubes without any day.
 * @param areas the areas of the dataset; those below the regencies are left out
 */
export function emptyCubes(
	areas: Iterable<{ readonly id: number; readonly level: number }>,
): Cubes {
	const ids: [number[], number[], number[]] = [[], [], []];
	for (const area of areas) ids[area.level as CubeLevel]?.push(area.id);
	const place = new Map<number, { level: CubeLevel; index: number }>();
	for (const level of CUBE_LEVELS) {
		ids[level].sort((a, b) => a - b);
		for (const [index, id] of ids[level].entries())
			place.set(id, { level, index });
	}
	const cubes = new Map<number, StoredCube>();
	for (const one of COUNTED_INDICATORS) {
		const { id: indicator, derived } = one;
		if (derived) continue;
		for (const level of CUBE_LEVELS) {
			if (!isStatedAt(one, LEVEL_OF_CUBE[level])) continue;
			cubes.set(cubeKey(indicator, level), {
				indicator,
				level,
				areas: ids[level].length,
				value: new Float64Array(0),
				marks: new Uint16Array(0),
			});
		}
	}
	return { firstDay: 0, days: 0, place, cubes, changed: new Set() };
}

/** Writes one cell; the days of all cubes grow when it lies outside. Facts of areas and indicators without a cube are passed over. */
export function setCell(
	cubes: Cubes,
	indicator: number,
	area: number,
	day: number,
	value: number | null,
	marks: number,
): void {
	const place = cubes.place.get(area);
	if (!place) return;
	const key = cubeKey(indicator, place.level);
	const cube = cubes.cubes.get(key);
	if (!cube) return;
	if (day < cubes.firstDay || day >= cubes.firstDay + cubes.days) {
		if (saysNothing(value, marks)) return;
		coverDays(cubes, day, day);
	}
	const at = place.index * cubes.days + day - cubes.firstDay;
	cube.value[at] = value ?? Number.NaN;
	cube.marks[at] = marks;
	cubes.changed.add(key);
}

/** A cell of which everything was taken back is as one that nobody ever spoke of: the days do not reach for it. */
function saysNothing(value: number | null, marks: number): boolean {
	return value === null && marks === 0;
}

/** Days by which a cube under construction grows ahead: growing means copying all of them. */
const SLACK = 64;

export interface CubeBuilder {
	add(
		indicator: number,
		area: number,
		day: number,
		value: number | null,
		marks: number,
	): void;
	finish(): Cubes;
}

/**
 * Builds cubes from facts in any order.
 * @returns `add` for each fact and `finish` for the cubes, which span exactly the days of which something was added
 */
export function cubeBuilder(
	areas: Iterable<{ readonly id: number; readonly level: number }>,
): CubeBuilder {
	const cubes = emptyCubes(areas);
	let first = Number.POSITIVE_INFINITY;
	let last = Number.NEGATIVE_INFINITY;
	return {
		add(indicator, area, day, value, marks) {
			if (day < first || day > last) {
				if (saysNothing(value, marks)) return;
				if (!hasCell(cubes, indicator, area)) return;
				first = Math.min(first, day);
				last = Math.max(last, day);
				const end = cubes.firstDay + cubes.days;
				if (cubes.days === 0) resize(cubes, day, day + SLACK);
				else if (day < cubes.firstDay) resize(cubes, day - SLACK, end);
				else if (day >= end) resize(cubes, cubes.firstDay, day + SLACK);
			}
			setCell(cubes, indicator, area, day, value, marks);
		},
		finish() {
			if (cubes.days > 0) resize(cubes, first, last + 1);
			for (const key of cubes.cubes.keys()) cubes.changed.add(key);
			return cubes;
		},
	};
}

/** Lets the days of all cubes reach from `first` to `last` at once: day by day each step would copy all of them. */
export function coverDays(cubes: Cubes, first: number, last: number): void {
	if (cubes.days === 0) {
		resize(cubes, first, last + 1);
		return;
	}
	const end = cubes.firstDay + cubes.days;
	if (first < cubes.firstDay || last >= end)
		resize(cubes, Math.min(first, cubes.firstDay), Math.max(last + 1, end));
}

/** Whether facts of this indicator and area are in a cube. */
export function hasCell(
	cubes: Cubes,
	indicator: number,
	area: number,
): boolean {
	const place = cubes.place.get(area);
	return (
		place !== undefined && cubes.cubes.has(cubeKey(indicator, place.level))
	);
}

/** Lays all cubes out over the days from `firstDay` up to, not including, `end`. */
function resize(cubes: Cubes, firstDay: number, end: number): void {
	const days = end - firstDay;
	const from = Math.max(firstDay, cubes.firstDay);
	const to = Math.min(end, cubes.firstDay + cubes.days);
	for (const [key, cube] of cubes.cubes) {
		const value = new Float64Array(cube.areas * days).fill(Number.NaN);
		const marks = new Uint16Array(cube.areas * days);
		for (let area = 0; area < cube.areas && from < to; area++) {
			const start = area * cubes.days + from - cubes.firstDay;
			const target = area * days + from - firstDay;
			value.set(cube.value.subarray(start, start + to - from), target);
			marks.set(cube.marks.subarray(start, start + to - from), target);
		}
		cube.value = value;
		cube.marks = marks;
		cubes.changed.add(key);
	}
	cubes.firstDay = firstDay;
	cubes.days = days;
}
