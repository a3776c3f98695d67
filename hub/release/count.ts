import {
	type AreaCode,
	type Level,
	SUMMED_LEVELS,
} from "../../core/areas/codes.ts";
import { WHOLE_FROM } from "../../core/quality/completeness.ts";
import {
	type CountedArea,
	type CountedTable,
	cellAt,
	periodEnds,
} from "../../core/release/counted-table.ts";
import type { Recipe } from "../../core/release/recipe.ts";
import { type Day, monthOf } from "../../core/series/day.ts";
import { indicatorByKey } from "../../core/series/indicator.ts";
import { MARKS } from "../../core/series/mark.ts";
import type { Queryable } from "../store/publication.ts";

export interface Counted {
	readonly table: CountedTable;
	readonly partial: Uint8Array;
	/** Where its areas lie, by code. */
	readonly places: ReadonlyMap<string, readonly [lng: number, lat: number]>;
	/** What the greatest parts of a cell come to that are in no cell themselves, where the recipe asks. */
	readonly greatestParts: ReadonlyMap<number, number>;
}

/** Levels as the store numbers them: the nation 0, provinces 1, kabupaten/kota 2. */
const levelNumber = (level: Level) =>
	(SUMMED_LEVELS as readonly Level[]).indexOf(level);

/**
 * Reads what a recipe takes from the dataset as it was last published. What a sum of fewer than half of its areas says is no figure of the area,
 * and stands as not reported.
 * @param today the day (WIB) on which it is made
 * @returns null when there is no whole period to release yet
 */
export async function readCounts(
	client: Queryable,
	recipe: Recipe,
	today: Day,
): Promise<Counted | null> {
	const ids = recipe.indicators.map((key) => indicatorByKey(key).id);
	const levels = recipe.levels.map(levelNumber).sort();
	const span = await client.query<{
		first: number | null;
		last: number | null;
	}>(
		"SELECT min(day) AS first, max(day) AS last FROM fact WHERE indicator = ANY ($1) AND value IS NOT NULL",
		[ids],
	);
	const { first, last } = span.rows[0] ?? { first: null, last: null };
	if (first === null || last === null) return null;
	// Of a day to come somebody wrote the year wrong: the delay is none from there.
	const days = periodEnds(
		first,
		Math.min(last, today) - recipe.delay,
		recipe.every,
	);
	if (days.length === 0) return null;
	const { rows: places } = await client.query<{
		id: number;
		code: AreaCode;
		level: number;
		name: string;
		parent: number | null;
		lat: number | null;
		lng: number | null;
	}>(
		"SELECT id, code, level, name, parent, lat, lng FROM area WHERE level <= 2",
	);
	const { rows: facts } = await client.query<{
		indicator: number;
		area: number;
		day: number;
		value: number;
		marks: number;
		reporting: number | null;
		expected: number | null;
	}>(
		`SELECT indicator, area, day, value, marks, reporting, expected FROM fact
		 WHERE indicator = ANY ($1) AND month = ANY ($2) AND day = ANY ($3) AND value IS NOT NULL
			AND area IN (SELECT id FROM area WHERE level <= 2)`,
		[ids, [...new Set(days.map(monthOf))], days],
	);
	const stated = facts.filter(
		({ reporting, expected }) =>
			reporting === null ||
			expected === null ||
			reporting >= expected * WHOLE_FROM,
	);
	const speaking = new Set(stated.map(({ area }) => area));
	const byId = new Map(places.map((place) => [place.id, place]));
	const kept = places
		.filter(({ id, level }) => levels.includes(level) && speaking.has(id))
		.sort((a, b) => a.level - b.level || (a.code < b.code ? -1 : 1));
	const at = new Map(kept.map(({ id }, index) => [id, index]));
	const above = (id: number): number | null => {
		let place = byId.get(id)?.parent ?? null;
		while (place !== null && !at.has(place))
			place = byId.get(place)?.parent ?? null;
		return place === null ? null : (at.get(place) as number);
	};
	const areas = kept.map(
		({ id, code, level, name }): CountedArea => ({
			...{ code, name, parent: above(id) },
			level: SUMMED_LEVELS[level] as Level,
		}),
	);
	const values = new Float64Array(
		recipe.indicators.length * areas.length * days.length,
	).fill(Number.NaN);
	const partial = new Uint8Array(values.length);
	const table = { indicators: recipe.indicators, areas, days, values };
	const dayAt = new Map(days.map((day, index) => [day, index]));
	/** What the areas that are not in the table add to the one above them that is. */
	const parts = new Map<number, number[]>();
	for (const { indicator, area, day, value, marks } of stated) {
		const home = at.get(area) ?? above(area);
		if (home === null) continue;
		const cell = cellAt(
			table,
			...([ids.indexOf(indicator), home, dayAt.get(day) as number] as const),
		);
		if (at.has(area)) {
			values[cell] = value;
			if (marks & MARKS.partial) partial[cell] = 1;
		} else parts.set(cell, [...(parts.get(cell) ?? []), value]);
	}
	return {
		...{ table, partial, greatestParts: dominated(recipe, values, parts) },
		places: new Map(
			kept.flatMap(({ code, lat, lng }) =>
				lat === null || lng === null ? [] : [[code, [lng, lat]]],
			),
		),
	};
}

/** Of the cells in which few unreleased parts have nearly everything, what these come to. */
function dominated(
	{ dominance }: Recipe,
	values: Float64Array,
	parts: ReadonlyMap<number, readonly number[]>,
): Map<number, number> {
	const found = new Map<number, number>();
	if (!dominance) return found;
	for (const [cell, of] of parts) {
		const greatest = [...of]
			.sort((a, b) => b - a)
			.slice(0, dominance.areas)
			.reduce((sum, one) => sum + one, 0);
		const value = values[cell] as number;
		if (value > 0 && greatest > (value * dominance.percent) / 100)
			found.set(cell, greatest);
	}
	return found;
}
