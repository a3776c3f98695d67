import { beforeAll, describe, expect, test } from "vitest";
import type { OpenSession } from "../../../core/logistics/allocation/solver.ts";
import { attack } from "../../../core/release/attack.ts";
import type {
	Disclosure,
	Relation,
	Secret,
	Statement,
} from "../../../core/release/disclosure.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../../machine/solver/highs-session.ts";

let open: OpenSession;
beforeAll(async () => {
	const highs = await loadSolver();
	open = (program) => openHighsSession(highs, program);
});

/** A table of rows and columns with its margins, the last of each, of which some cells are withheld. */
function crossTable(
	rows: readonly (readonly number[])[],
	withheld: readonly (readonly [row: number, column: number])[],
): Disclosure {
	const width = (rows[0] as readonly number[]).length;
	const truth = rows.flat();
	const shown = new Uint8Array(truth.length).fill(1);
	for (const [row, column] of withheld) shown[row * width + column] = 0;
	const adds = (numbers: number[]): Relation => ({
		numbers,
		coefficients: numbers.map((_, at) => (at === numbers.length - 1 ? -1 : 1)),
		...{ lower: 0, upper: 0 },
	});
	const secrets = withheld.map(([row, column]): Secret => {
		const plus = row * width + column;
		return {
			...{ plus, minus: -1, value: truth[plus] as number },
			...{ low: 0, high: 0, of: 0, cells: [plus, -1], kind: "count" },
		};
	});
	return {
		...{ truth, secrets, least: truth.map(() => 0) },
		statements: [{ shown } as unknown as Statement],
		rests: [],
		numberOf: [Int32Array.from(truth, (_, at) => at)],
		relations: [
			...rows.map((row, at) =>
				adds(row.map((_, column) => at * width + column)),
			),
			...(rows[0] as readonly number[]).map((_, column) =>
				adds(rows.map((_, at) => at * width + column)),
			),
		],
	};
}

function bounds(disclosure: Disclosure): Record<string, [number, number]> {
	return Object.fromEntries(
		attack(disclosure, open, { all: true }).found.map(
			({ secret, lowest, highest, proved }) => {
				expect(proved).toBe(true);
				return [secret.plus, [lowest, highest]];
			},
		),
	);
}

describe("the attack finds what others published of their tables", () => {
	/*
	 * The table of investments of Fischetti and Salazar (Models and algorithms for optimizing cell suppression in tabular data with linear
	 * constraints, JASA 95, 2000): 22 is withheld with three others.
	 */
	test("a cell of which it is known to lie between 5 and 30", () => {
		const table = crossTable(
			[
				[20, 50, 10, 80],
				[8, 19, 22, 49],
				[17, 32, 12, 61],
				[45, 101, 44, 190],
			],
			[
				[1, 0],
				[1, 2],
				[2, 0],
				[2, 2],
			],
		);
		expect(bounds(table)[6]).toEqual([5, 30]);
	});

	/*
	 * The package sdcTable 0.32 tests itself with this table (tests/testthat/test-simpleheuristic.R): each row and column has two cells withheld or
	 * none, and yet (w, b) is known to be 47. With one more withheld it lies between 0 and 141.
	 */
	const rows = [
		[30, 47, 64, 89],
		[90, 124, 5, 31],
		[92, 100, 59, 85],
		[800, 991, 651, 685],
	].map((row) => [...row, row.reduce((sum, value) => sum + value, 0)]);
	rows.push(
		[0, 1, 2, 3, 4].map((column) =>
			rows.reduce((sum, row) => sum + (row[column] as number), 0),
		),
	);
	const withheld = [
		...[
			[0, 0],
			[0, 1],
			[0, 2],
			[1, 0],
			[1, 2],
		],
		...[
			[2, 1],
			[2, 3],
			[3, 1],
			[3, 3],
		],
	] as [number, number][];

	test("a cell that can be reckoned though no margin tells it by itself", () => {
		expect(bounds(crossTable(rows, withheld))[1]).toEqual([47, 47]);
	});

	test("and the width that another withheld cell gives it", () => {
		expect(bounds(crossTable(rows, [...withheld, [1, 1]]))[1]).toEqual([
			0, 141,
		]);
	});
});
