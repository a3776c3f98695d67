import {
	type AreaCode,
	isUnknownPlace,
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
import { type Day, isoFromDay, monthOf } from "../../core/series/day.ts";
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
		held: boolean;
	}>(
		`SELECT id, code, level, name, parent, lat, lng,
			coalesce(valid_from <= $2, true) AND coalesce(valid_to > $1, true) AS held
		 FROM area WHERE level <= 2`,
		[isoFromDay(days[0] as Day), isoFromDay(days.at(-1) as Day)],
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
	// An area that never reported is told of, too. Cases without an area are none: of them there is a row where there are some.
	const kept = places
		.filter(
			({ id, level, code, held }) =>
				levels.includes(level) &&
				(speaking.has(id) || (held && !isUnknownPlace(code))),
		)
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
	const cellOf = ({ indicator, day }: (typeof stated)[number], home: number) =>
		cellAt(table, ids.indexOf(indicator), home, dayAt.get(day) as number);
	for (const fact of stated) {
		const home = at.get(fact.area);
		if (home === undefined) continue;
		const cell = cellOf(fact, home);
		values[cell] = fact.value;
		if (fact.marks & MARKS.partial) partial[cell] = 1;
	}
	for (const fact of stated) {
		if (at.has(fact.area)) continue;
		let home = above(fact.area);
		while (home !== null && Number.isNaN(values[cellOf(fact, home)]))
			home = areas[home]?.parent ?? null;
		if (home === null) continue;
		const cell = cellOf(fact, home);
		parts.set(cell, [...(parts.get(cell) ?? []), fact.value]);
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
