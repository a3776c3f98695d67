/** Active cases are in no cell: whoever has cases, recovered and died subtracts. Few who are ill now must not be told that way. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import { attack } from "../../../core/release/attack.ts";
import {
	disclosureOf,
	type Statement,
} from "../../../core/release/disclosure.ts";
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

const tooClose = (statement: Statement) =>
	attack(disclosureOf([statement]), open).found.filter((one) => one.tooClose);

const THRESHOLD = 3;
const AREAS = ["35", "35.01", "35.02"];

/** Confirmed, recovered, died and active of both kabupaten/kota, and of the province of both. */
type Cells = readonly number[];
const cellsOf = (leaves: readonly Cells[]): Cells =>
	[0, 1, 2].flatMap((indicator) => {
		const [one, other] = leaves.map((leaf) => leaf[indicator] as number) as [
			number,
			number,
		];
		return [one + other, one, other];
	});

/** Each table of whole numbers in which areas add up and nobody recovers or dies who was no case. */
function everyWorld(
	{ table: { values }, shown }: Statement,
	look: (cells: Cells) => void,
): void {
	const most = Math.max(...values) + THRESHOLD;
	const choices = (cell: number) =>
		shown[cell]
			? [values[cell] as number]
			: Array.from({ length: most + 1 }, (_, value) => value);
	const leaf = (area: number): Cells[] =>
		choices(area).flatMap((confirmed) =>
			choices(3 + area).flatMap((recovered) =>
				choices(6 + area)
					.filter((died) => recovered + died <= confirmed)
					.map((died) => [confirmed, recovered, died]),
			),
		);
	const others = leaf(2);
	for (const one of leaf(1))
		for (const other of others) {
			const cells = cellsOf([one, other]);
			if ([0, 3, 6].every((at) => !shown[at] || cells[at] === values[at]))
				look(cells);
		}
}

describe("active cases that nobody publishes", () => {
	test("few of them are a small count, where what is new is one, too", () => {
		const counts = table({
			confirmed: { "35.01": [50] },
			recovered: { "35.01": [44] },
			deaths: { "35.01": [4] },
		});
		const all = {
			...{ recipe: recipe(), table: counts },
			shown: Uint8Array.from([1, 1, 1]),
		};
		// 50 - 44 - 4 = 2.
		expect(tooClose(all)).toMatchObject([
			{ secret: { kind: "active", value: 2 }, lowest: 2, highest: 2 },
		]);
		const made = withhold(recipe(), counts, [], open);
		expect(made.beyond).toEqual([]);
		expect([made.small, made.beside]).toEqual([0, 1]);
		expect(tooClose(made.statement)).toEqual([]);

		const stated = recipe({ changes: "not-protected" });
		expect(tooClose({ ...all, recipe: stated })).toEqual([]);
	});

	test("those who recovered are not told apart from those who are ill where no release says who recovered", () => {
		const counts = table({
			confirmed: { "35.01": [50] },
			deaths: { "35.01": [48] },
		});
		expect(
			disclosureOf([withhold(recipe(), counts, [], open).statement]).secrets,
		).toEqual([]);
	});

	test("held against trying every table there could be", () => {
		const leaf = fc
			.tuple(
				fc.integer({ min: 1, max: 4 }),
				// Seldom small themselves: then nothing but who is ill is to be kept.
				fc.integer({ min: 2, max: 6 }),
				fc.constantFrom(0, 3, 4),
			)
			.map(([active, recovered, died]) => [
				active + recovered + died,
				...[recovered, died],
			]);
		let small = 0;
		fc.assert(
			fc.property(fc.tuple(leaf, leaf), (leaves) => {
				const cells = cellsOf(leaves);
				const of = (from: number) =>
					Object.fromEntries(
						AREAS.map((code, at) => [code, [cells[from + at] as number]]),
					);
				const counts = table({
					...{ confirmed: of(0), recovered: of(3), deaths: of(6) },
				});
				const made = withhold(
					recipe({ threshold: THRESHOLD }),
					counts,
					[],
					open,
				);
				expect(made.beyond).toEqual([]);
				expect(tooClose(made.statement)).toEqual([]);
				const told = (world: Cells) => [
					...world,
					...[0, 1, 2].map(
						(at) =>
							(world[at] as number) -
							(world[3 + at] as number) -
							(world[6 + at] as number),
					),
				];
				const truth = told(cells);
				const low = truth.map(() => Number.POSITIVE_INFINITY);
				const high = truth.map(() => Number.NEGATIVE_INFINITY);
				everyWorld(made.statement, (world) => {
					told(world).forEach((value, at) => {
						low[at] = Math.min(low[at] as number, value);
						high[at] = Math.max(high[at] as number, value);
					});
				});
				truth.forEach((value, at) => {
					if (value < 1 || value >= THRESHOLD) return;
					small++;
					expect([
						...[at, (low[at] as number) <= 1],
						(high[at] as number) >= THRESHOLD - 1,
					]).toEqual([at, true, true]);
				});
			}),
			{ numRuns: 15, seed: 20_200_302 },
		);
		expect(small).toBeGreaterThan(10);
	}, 60_000);
});
