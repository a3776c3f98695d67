import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import { attack, type Found } from "../../../core/release/attack.ts";
import {
	type CountedTable,
	cellAt,
	cellName,
} from "../../../core/release/counted-table.ts";
import {
	disclosureOf,
	type Statement,
} from "../../../core/release/disclosure.ts";
import type { Recipe } from "../../../core/release/recipe.ts";
import { type Withheld, withhold } from "../../../core/release/withhold.ts";
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

/** What is shown, by name of the cell; `null`: withheld. What is not reported is not there. */
function seen({ statement: { table, shown } }: Pick<Withheld, "statement">) {
	return Object.fromEntries(
		[...table.values].flatMap((value, cell) =>
			Number.isNaN(value)
				? []
				: [[cellName(table, cell), shown[cell] ? value : null]],
		),
	);
}

const tooClose = (statements: readonly Statement[]): Found[] =>
	attack(disclosureOf(statements), open).found.filter((one) => one.tooClose);

describe("what a release withholds", () => {
	test("0 stays 0, small counts are withheld, what is not reported is neither", () => {
		const made = withhold(
			recipe({ changes: "not-protected" }),
			table({
				confirmed: {
					"35.01": [0],
					"35.02": [1],
					"35.03": [3],
					"35.04": [4],
					"35.05": [Number.NaN],
				},
			}),
			[],
			open,
		);
		expect(seen(made)).toEqual({
			"confirmed 35.01 2020-04-02": 0,
			"confirmed 35.02 2020-04-02": null,
			"confirmed 35.03 2020-04-02": null,
			"confirmed 35.04 2020-04-02": 4,
		});
	});

	test("0 is withheld where the recipe says so, and so is what would tell it", () => {
		const counts = table({
			confirmed: { "35": [90], "35.01": [0], "35.02": [40], "35.03": [50] },
		});
		const protects = recipe({ zero: "withheld", changes: "not-protected" });
		const made = withhold(protects, counts, [], open);
		expect(seen(made)["confirmed 35.01 2020-04-02"]).toBeNull();
		expect(tooClose([made.statement])).toEqual([]);
		expect(made.beside).toBe(1);
	});

	test("a small count is not what the nation leaves where its province is silent", () => {
		const counts = table({
			confirmed: {
				...{ ID: [100], "35": [Number.NaN], "36": [40] },
				...{ "35.01": [2], "35.02": [58] },
			},
		});
		const protects = recipe({ changes: "not-protected" });
		const all = {
			...{ recipe: protects, table: counts },
			shown: Uint8Array.from([1, 0, 0, 1, 1]),
		};
		expect(counts.areas.map(({ code }) => code)).toEqual([
			...["ID", "35", "35.01", "35.02", "36"],
		]);
		expect(tooClose([all])).toHaveLength(1);
		const made = withhold(protects, counts, [], open);
		expect(tooClose([made.statement])).toEqual([]);
		expect(made.beside).toBe(1);
	});

	test("a small count is not what its province leaves: another is withheld beside it", () => {
		const counts = table({
			confirmed: { "35": [92], "35.01": [2], "35.02": [40], "35.03": [50] },
		});
		const made = withhold(recipe(), counts, [], open);
		expect([made.small, made.beside, made.beyond]).toEqual([1, 1, []]);
		expect(tooClose([made.statement])).toEqual([]);
		// Without the second method it would be told to the person: this is what the attack is for.
		const alone = Uint8Array.from([1, 0, 1, 1]);
		expect(tooClose([{ ...made.statement, shown: alone }])).toMatchObject([
			{ lowest: 2, highest: 2, proved: true },
		]);
	});

	test("two withheld beside each other that come to 2 are not left so", () => {
		const counts = table({
			confirmed: { "35": [92], "35.01": [1], "35.02": [1], "35.03": [90] },
		});
		const made = withhold(recipe(), counts, [], open);
		expect(tooClose([made.statement])).toEqual([]);
		expect(made.beside).toBeGreaterThan(0);
	});

	test("what was new in a week is not the difference of two shown counts", () => {
		const counts = table({
			confirmed: { "35.01": [20, 22, 23, 30, 50] },
		});
		const made = withhold(recipe(), counts, [], open);
		expect(tooClose([made.statement])).toEqual([]);
		const shown = Object.values(seen(made));
		expect(shown[0]).toBe(20);
		expect(shown[1]).toBeNull();
		expect(shown.at(-1)).toBe(50);
		// A recipe that protects counts alone shows them all.
		const counted = withhold(
			recipe({ changes: "not-protected" }),
			counts,
			[],
			open,
		);
		expect(Object.values(seen(counted))).toEqual([20, 22, 23, 30, 50]);
	});

	test("a correction of a few is a count of people too", () => {
		const counts = table({ confirmed: { "35.01": [40, 38, 60] } });
		const made = withhold(recipe(), counts, [], open);
		expect(tooClose([made.statement])).toEqual([]);
		expect(Object.values(seen(made))).toContain(null);
	});

	test("the dead are not told by those who were cases", () => {
		const counts = table({
			confirmed: { "35.01": [4] },
			deaths: { "35.01": [1] },
		});
		const wide = recipe({ changes: "not-protected", threshold: 4 });
		expect(tooClose([withhold(wide, counts, [], open).statement])).toEqual([]);
		// Of no more than 2 cases nobody believes 3 dead.
		const narrow = table({
			confirmed: { "35": [2], "35.01": [2] },
			deaths: { "35": [2], "35.01": [2] },
		});
		const made = withhold(wide, narrow, [], open);
		expect(Object.values(seen(made))).toEqual([null, null, null, null]);
		expect(made.beyond).toEqual([]);
	});

	test("a count that one unreleased part makes is withheld, and not known closer than the rule's protection level", () => {
		const counts = table({
			confirmed: { ID: [300], "35": [100], "36": [100], "51": [100] },
		});
		const rule = recipe({
			...{ changes: "not-protected", dominance: { areas: 1, percent: 90 } },
		});
		const cell = cellAt(counts, 0, 1, 0);
		const made = withhold(rule, counts, [], open, new Map([[cell, 95]]));
		const { found } = attack(disclosureOf([made.statement]), open);
		// 100 / 90 x 95 - 100 = 5.6
		expect(found).toMatchObject([{ secret: { low: 94, high: 106 } }]);
		expect(found.filter((one) => one.tooClose)).toEqual([]);
		expect(made.beside).toBe(1);
	});

	test("a release is held against every one before it: a correction of two people is not the difference of both", () => {
		const first = withhold(
			recipe(),
			table({ confirmed: { "35": [90], "35.01": [40], "35.02": [50] } }),
			[],
			open,
		);
		expect(first.small + first.beside).toBe(0);
		const restated = table({
			confirmed: { "35": [92], "35.01": [42], "35.02": [50] },
		});
		expect(
			tooClose([
				first.statement,
				{
					...{ recipe: recipe(), table: restated },
					shown: Uint8Array.from([1, 1, 1]),
				},
			]),
		).toHaveLength(2);
		const second = withhold(recipe(), restated, [first.statement], open);
		expect(second.beyond).toEqual([]);
		expect(tooClose([first.statement, second.statement])).toEqual([]);
		expect(seen(second)["confirmed 35.01 2020-04-02"]).toBeNull();
	});

	test("what an earlier release withheld is not told by a later one that shows more", () => {
		const before = table({
			confirmed: { "35": [92], "35.01": [2], "35.02": [40], "35.03": [50] },
		});
		const first = withhold(recipe(), before, [], open);
		// 35.01 is no longer small, and nothing of this table is.
		const after = table({
			confirmed: { "35": [92], "35.01": [12], "35.02": [30], "35.03": [50] },
		});
		const second = withhold(recipe(), after, [first.statement], open);
		expect(tooClose([first.statement, second.statement])).toEqual([]);
		const changed = withhold(
			recipe({ threshold: 1 }),
			before,
			[first.statement],
			open,
		);
		// A recipe that protects nothing may still not tell what an earlier one promised to keep.
		expect(tooClose([first.statement, changed.statement])).toEqual([]);
		expect(seen(changed)["confirmed 35.01 2020-04-02"]).toBeNull();
	});

	test("few people of a province who are in none of its kabupaten/kota are no remainder either", () => {
		const counts = table({
			confirmed: { "35": [92], "35.01": [40], "35.02": [50] },
		});
		const made = withhold(recipe(), counts, [], open);
		expect([made.small, made.beside]).toEqual([0, 1]);
		expect(tooClose([made.statement])).toEqual([]);
		// Cases of which nobody knows where they are, and of nobody else: the count can still be told to be small and no more.
		const nowhere = table({
			confirmed: { "35": [2], "35.01": [0], "35.02": [0] },
		});
		expect(withhold(recipe(), nowhere, [], open).beyond).toEqual([]);
	});

	test("what earlier releases told already is said, and nothing is released", () => {
		const counts = table({ confirmed: { "35.01": [2] } });
		const told: Statement = {
			...{ recipe: recipe({ threshold: 1 }), table: counts },
			shown: Uint8Array.from([1]),
		};
		const made = withhold(recipe(), counts, [told], open);
		expect(made.beyond).toMatchObject([{ value: 2, kind: "count" }]);
	});
});

/**
 * The second method: every table of whole numbers that agrees with what is shown, tried one after the other. Nothing of the programs is in
 * it: it knows the areas, that a count does not fall that did not fall, how far totals are from their parts, and which cells stayed the same.
 */
function everyWorld(
	statements: readonly Statement[],
	/** Greatest that is tried for a cell, by its true value. */
	most: (value: number) => number,
	look: (value: (of: number, cell: number) => number) => void,
): void {
	const values = new Map<string, number>();
	const truths = new Map<string, number>();
	const key = (of: number, cell: number) => {
		const { table } = statements[of] as Statement;
		return `${cellName(table, cell)}=${table.values[cell]}`;
	};
	const cells = statements.flatMap(({ table }, of) =>
		[...table.values].flatMap((value, cell) =>
			Number.isNaN(value) ? [] : [{ of, cell, value }],
		),
	);
	const published = new Set(
		cells
			.filter(({ of, cell }) => statements[of]?.shown[cell])
			.map(({ of, cell }) => key(of, cell)),
	);
	for (const { of, cell, value } of cells) truths.set(key(of, cell), value);
	for (const { of, cell, value } of cells)
		if (published.has(key(of, cell))) values.set(key(of, cell), value);
	const unknown = [
		...new Set(cells.map(({ of, cell }) => key(of, cell))),
	].filter((one) => !published.has(one));
	const at = (of: number, cell: number) => values.get(key(of, cell)) as number;
	const agrees = () => {
		/** Few people who are in no part: by where they are and how many they truly are. */
		const rests = new Map<string, number>();
		return statements.every(({ table, recipe: { threshold } }, of) => {
			const { areas, days, values: truth } = table;
			return areas.every((_, area) =>
				days.every((_, day) => {
					const cell = cellAt(table, 0, area, day);
					if (Number.isNaN(truth[cell])) return true;
					let [gap, trueGap] = [at(of, cell), truth[cell] as number];
					let parts = 0;
					areas.forEach(({ parent }, part) => {
						const below = cellAt(table, 0, part, day);
						if (parent !== area || Number.isNaN(truth[below])) return;
						parts++;
						gap -= at(of, below);
						trueGap -= truth[below] as number;
					});
					if (parts > 0) {
						if (trueGap > 0 && trueGap < threshold) {
							const name = `${cellName(table, cell)} ${trueGap}`;
							if (gap < 0 || gap !== (rests.get(name) ?? gap)) return false;
							rests.set(name, gap);
						} else if (gap !== trueGap) return false;
					}
					for (let before = day - 1; before >= 0; before--) {
						const earlier = cellAt(table, 0, area, before);
						if (Number.isNaN(truth[earlier])) continue;
						return (
							(truth[earlier] as number) > (truth[cell] as number) ||
							at(of, earlier) <= at(of, cell)
						);
					}
					return true;
				}),
			);
		});
	};
	const choose = (place: number): void => {
		const name = unknown[place];
		if (name === undefined) {
			if (agrees()) look(at);
			return;
		}
		for (let value = 0; value <= most(truths.get(name) as number); value++) {
			values.set(name, value);
			choose(place + 1);
		}
	};
	choose(0);
}

/** Small counts and small steps, and what everybody who tries every table can still say of each. */
function byTrying(
	statements: readonly Statement[],
	most: (value: number) => number,
) {
	const small = new Map<
		string,
		{ low: number; high: number; value: number; threshold: number }
	>();
	const note = (
		name: string,
		value: number,
		truth: number,
		threshold: number,
	) => {
		if (truth === 0 || Math.abs(truth) >= threshold) return;
		const one = small.get(name) ?? {
			...{ value: truth, threshold },
			...{ low: Infinity, high: -Infinity },
		};
		one.low = Math.min(one.low, value * Math.sign(truth));
		one.high = Math.max(one.high, value * Math.sign(truth));
		small.set(name, one);
	};
	everyWorld(statements, most, (at) => {
		statements.forEach(({ table, recipe: { threshold } }, of) => {
			const { values: truth, days } = table;
			truth.forEach((value, cell) => {
				if (Number.isNaN(value)) return;
				const name = `${of} ${cellName(table, cell)}`;
				note(name, at(of, cell), value, threshold);
				const area = Math.floor(cell / days.length) % table.areas.length;
				const parts = table.areas.flatMap(({ parent }, part) => {
					const below = cellAt(table, 0, part, cell % days.length);
					return parent === area && !Number.isNaN(truth[below]) ? [below] : [];
				});
				if (parts.length > 0) {
					const rest = parts.reduce(
						(left, part) => left - (truth[part] as number),
						value,
					);
					if (rest > 0)
						note(
							`${name} rest`,
							parts.reduce((left, part) => left - at(of, part), at(of, cell)),
							rest,
							threshold,
						);
				}
				let before = cell - 1;
				while (
					Math.floor(before / days.length) === Math.floor(cell / days.length) &&
					Number.isNaN(truth[before])
				)
					before--;
				if (
					before >= 0 &&
					Math.floor(before / days.length) === Math.floor(cell / days.length)
				)
					note(
						`${name} step`,
						at(of, cell) - at(of, before),
						value - (truth[before] as number),
						threshold,
					);
				for (let other = 0; other < of; other++)
					(statements[other] as Statement).table.values.forEach(
						(told, place) => {
							const { table: its } = statements[other] as Statement;
							if (
								cellName(its, place) === cellName(table, cell) &&
								!Number.isNaN(told)
							)
								note(
									`${name} against ${other}`,
									at(of, cell) - at(other, place),
									value - told,
									threshold,
								);
						},
					);
			});
		});
	});
	return [...small].map(([name, one]) => ({ name, ...one }));
}

/** Far enough from the truth for a threshold of 3. */
const NEARBY = (value: number) => value + 4;

/** Two provinces, or one, of two or three kabupaten/kota over one or two days, with silence and corrections. */
const counted = fc
	.record({
		days: fc.integer({ min: 1, max: 2 }),
		leaves: fc.array(
			fc.array(
				fc.oneof(
					{ weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }) },
					{ weight: 1, arbitrary: fc.constant(Number.NaN) },
				),
				{ minLength: 2, maxLength: 2 },
			),
			{ minLength: 2, maxLength: 3 },
		),
		apart: fc.integer({ min: 0, max: 2 }),
	})
	.map(({ days, leaves, apart }) => {
		const counts: Record<string, number[]> = {
			"35": Array.from({ length: days }, (_, day) =>
				leaves.reduce((sum, leaf) => sum + (leaf[day] || 0), apart),
			),
		};
		leaves.forEach((leaf, at) => {
			counts[`35.0${at + 1}`] = leaf.slice(0, days);
		});
		return table({ confirmed: counts });
	});

/** The same table with some cells said otherwise. */
const restating = (before: CountedTable) =>
	fc
		.array(fc.integer({ min: -2, max: 3 }), {
			minLength: before.values.length,
			maxLength: before.values.length,
		})
		.map(
			(by): CountedTable => ({
				...before,
				values: before.values.map((value, cell) =>
					Math.max(
						0,
						value + ((by[cell] as number) > 1 ? (by[cell] as number) : 0),
					),
				),
			}),
		);

describe("held against trying every table there could be", () => {
	const RUNS = 40;
	const rule: Recipe = recipe({ threshold: 3 });

	test("no small count and no small step can be said closer than the recipe lets it", () => {
		fc.assert(
			fc.property(counted, (counts) => {
				const made = withhold(rule, counts, [], open);
				expect(made.beyond).toEqual([]);
				expect(tooClose([made.statement])).toEqual([]);
				if (made.small + made.beside > 5) return;
				for (const { name, low, high } of byTrying([made.statement], NEARBY))
					expect([name, low <= 1, high >= 2]).toEqual([name, true, true]);
			}),
			{ numRuns: RUNS, seed: 20_200_302 },
		);
	}, 120_000);

	test("nor by holding two releases against each other", () => {
		fc.assert(
			fc.property(
				counted.chain((before) =>
					fc.tuple(fc.constant(before), restating(before)),
				),
				([before, after]) => {
					const first = withhold(rule, before, [], open);
					const second = withhold(rule, after, [first.statement], open);
					const both = [first.statement, second.statement];
					const close = tooClose(both);
					// What can be protected no more is named, and nothing else is too close.
					expect(close.length > 0).toBe(second.beyond.length > 0);
					if (close.length > 0) return;
					const withheld = [first, second].reduce(
						(sum, { small, beside }) => sum + small + beside,
						0,
					);
					if (withheld > 5) return;
					for (const { name, low, high } of byTrying(both, NEARBY))
						expect([name, low <= 1, high >= 2]).toEqual([name, true, true]);
				},
			),
			{ numRuns: RUNS, seed: 20_200_302 },
		);
	}, 120_000);

	test("the attack finds the very bounds, whatever is withheld", () => {
		fc.assert(
			fc.property(
				counted.chain((counts) =>
					fc.tuple(
						fc.constant(counts),
						fc.array(fc.boolean(), {
							minLength: counts.values.length,
							maxLength: counts.values.length,
						}),
					),
				),
				([counts, hidden]) => {
					const shown = counts.values.map((value, cell) =>
						Number.isNaN(value) ||
						// The totals are shown: what is possible ends with them.
						(hidden[cell] && cell >= counts.days.length)
							? 0
							: 1,
					);
					const statement = {
						...{ recipe: rule, table: counts },
						shown: Uint8Array.from(shown),
					};
					const free = [...counts.values].filter(
						(value, cell) => !Number.isNaN(value) && !shown[cell],
					).length;
					if (free > 4) return;
					const { found } = attack(disclosureOf([statement]), open, {
						all: true,
					});
					const whole = Math.max(
						...counts.values.filter((value) => !Number.isNaN(value)),
					);
					const tried = byTrying([statement], () => whole);
					expect(found).toHaveLength(tried.length);
					for (const { secret, lowest, highest, proved } of found) {
						expect(proved).toBe(true);
						const { table } = statement;
						const name = `0 ${cellName(table, secret.cells[0])}${secret.kind === "change" ? " step" : secret.kind === "rest" ? " rest" : ""}`;
						const one = tried.find((other) => other.name === name);
						const sign = Math.sign(secret.value);
						const bounds = [lowest * sign, highest * sign].sort(
							(a, b) => a - b,
						);
						expect([name, ...bounds]).toEqual([name, one?.low, one?.high]);
					}
				},
			),
			{ numRuns: RUNS, seed: 20_200_302 },
		);
	}, 120_000);
});
