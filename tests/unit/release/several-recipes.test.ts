/** Releases by several recipes are margins of each other: what each of them keeps by itself both may tell together. */

import { beforeAll, describe, expect, test } from "vitest";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import { attack, type Found } from "../../../core/release/attack.ts";
import type { CountedTable } from "../../../core/release/counted-table.ts";
import {
	disclosureOf,
	type Statement,
} from "../../../core/release/disclosure.ts";
import { Recipe, WEEKLY } from "../../../core/release/recipe.ts";
import { withhold } from "../../../core/release/withhold.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../../machine/solver/highs-session.ts";
import { recipe, table } from "./small-tables.ts";

let open: OpenSession;
beforeAll(async () => {
	const highs = await loadSolver();
	open = (program) => openHighsSession(highs, program);
});

const tooClose = (statements: readonly Statement[]): Found[] =>
	attack(disclosureOf(statements), open).found.filter((one) => one.tooClose);

const whole = (counts: CountedTable, by: Recipe): Statement => ({
	...{ recipe: by, table: counts },
	shown: Uint8Array.from(counts.values, (value) =>
		Number.isNaN(value) ? 0 : 1,
	),
});

/** Only some days of a table. */
function onDays(counts: CountedTable, at: readonly number[]): CountedTable {
	return {
		...counts,
		days: at.map((day) => counts.days[day] as number),
		values: counts.values.filter((_, cell) =>
			at.includes(cell % counts.days.length),
		),
	};
}

/** A second release withholds so much that both together tell nothing, and would not have been safe with everything shown. */
function expectHeld(first: Statement, counts: CountedTable, by: Recipe) {
	expect(tooClose([first])).toEqual([]);
	expect(tooClose([first, whole(counts, by)])).not.toEqual([]);
	const second = withhold(by, counts, [first], open);
	expect(second.beyond).toEqual([]);
	expect(second.small).toBe(0);
	expect(second.beside).toBeGreaterThan(0);
	expect(tooClose([first, second.statement])).toEqual([]);
}

describe("releases by several recipes", () => {
	const stated = recipe({ changes: "not-protected" });

	test("a total of provinces does not tell what a release of kabupaten/kota withheld, nor the other way round", () => {
		// 92 - 40 - 50 = 2.
		const below = table({
			confirmed: { "35.01": [2], "35.02": [40], "35.03": [50] },
		});
		const above = table({ confirmed: { "35": [92] } });
		const first = withhold(stated, below, [], open);
		expect([first.small, first.beside]).toEqual([1, 0]);
		expectHeld(first.statement, above, stated);

		const total = withhold(stated, above, [], open);
		const second = withhold(stated, below, [total.statement], open);
		expect([second.small, second.beside]).toEqual([1, 1]);
		expect(tooClose([total.statement, second.statement])).toEqual([]);
	});

	test("the nation of one release and the provinces of another are margins over a third release in between", () => {
		const provinces = table({ confirmed: { "35": [3], "36": [60] } });
		const first = withhold(stated, provinces, [], open);
		const between = withhold(
			stated,
			table({ deaths: { "51": [30] } }),
			[first.statement],
			open,
		);
		const nation = table({ confirmed: { ID: [63] } });
		const both = [first.statement, between.statement];
		expect(tooClose([...both, whole(nation, stated)])).toHaveLength(1);
		const last = withhold(stated, nation, both, open);
		expect(last.beyond).toEqual([]);
		expect(tooClose([...both, last.statement])).toEqual([]);
	});

	test("what was new between the days of a weekly and of a monthly release is few people too", () => {
		const all = table({ confirmed: { "35.01": [10, 40, 42, 50] } });
		const weekly = withhold(recipe(), onDays(all, [0, 1, 3]), [], open);
		expect([weekly.small, weekly.beside]).toEqual([0, 0]);
		expectHeld(weekly.statement, onDays(all, [0, 2]), recipe());
	});

	test("a day between two others tells no step that an earlier release withheld", () => {
		// New from the first day to the second: 2, of which a third day that shows 12 leaves no more.
		const all = table({ confirmed: { "35.01": [10, 12, 12, 100] } });
		const first = withhold(recipe(), onDays(all, [0, 1, 3]), [], open);
		expect(first.statement.shown).toEqual(Uint8Array.from([1, 0, 1]));
		expectHeld(first.statement, onDays(all, [2]), stated);
	});

	test("an area of which nothing is reported any more still has the count that was told of it", () => {
		const before = table({ confirmed: { "35.01": [40, Number.NaN] } });
		const after = table({ confirmed: { "35.01": [Number.NaN, 42] } });
		const first = withhold(recipe(), before, [], open);
		expectHeld(first.statement, after, recipe());
	});

	test("the dead of one release are among the cases of another", () => {
		const cases = table({ confirmed: { "35.01": [3], "35.02": [60] } });
		const first = withhold(stated, cases, [], open);
		const two = table({ deaths: { "35.01": [3], "35.02": [20] } });
		// Both are withheld, and everybody may believe 1 to 3 of each.
		const second = withhold(stated, two, [first.statement], open);
		expect(second.beyond).toEqual([]);
		expect(disclosureOf([first.statement, second.statement]).relations).toEqual(
			[
				{
					...{ numbers: [0, 2], coefficients: [1, -1] },
					lower: 0,
					upper: Infinity,
				},
				{
					...{ numbers: [1, 3], coefficients: [1, -1] },
					lower: 0,
					upper: Infinity,
				},
			],
		);
	});

	test("one recipe over growing days asks nothing more than it did", () => {
		const all = table({
			confirmed: { "35": [50, 90], "35.01": [20, 40], "35.02": [30, 50] },
		});
		const first = whole(onDays(all, [0]), recipe());
		const second = whole(all, recipe());
		const { relations, secrets } = disclosureOf([second]);
		const both = disclosureOf([first, second]);
		expect(both.relations).toHaveLength(relations.length);
		expect(both.secrets).toHaveLength(secrets.length);
	});
});

describe("a recipe", () => {
	test("that hides nothing, or shows some as none, is none", () => {
		const isRecipe = (changes: Partial<Recipe>) =>
			Recipe.safeParse({ ...WEEKLY, ...changes }).success;
		expect(isRecipe({})).toBe(true);
		// A withheld count below 2 where 0 is shown is 1.
		expect(isRecipe({ threshold: 2 })).toBe(false);
		expect(isRecipe({ threshold: 2, zero: "withheld" })).toBe(true);
		expect(isRecipe({ threshold: 1 })).toBe(true);
		// 5 people to the nearest 20 are 0.
		expect(isRecipe({ threshold: 5, rounding: 20 })).toBe(false);
		expect(isRecipe({ threshold: 5, rounding: 10 })).toBe(true);
	});
});
