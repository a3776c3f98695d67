/** A solver that fails, gives up, ends in the middle or lies makes a release refused, and never one that tells more. */

import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type {
	OpenSession,
	SolverSession,
	SolveStatus,
} from "../../../core/logistics/allocation/solver.ts";
import { attack } from "../../../core/release/attack.ts";
import { disclosureOf } from "../../../core/release/disclosure.ts";
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

/** A solver whose answers are changed on their way. */
const through =
	(change: (answer: ReturnType<SolverSession["solve"]>) => typeof answer) =>
	(program: Parameters<OpenSession>[0]): SolverSession => {
		const session = open(program);
		return {
			...session,
			solve(options) {
				// None may go on for ever.
				expect(options?.timeLimit).toBeLessThan(1000);
				return change(session.solve(options));
			},
		};
	};

const COUNTS = table({
	confirmed: { "35": [65], "35.01": [2], "35.02": [23], "35.03": [40] },
});
const RECIPE = recipe({ changes: "not-protected" });

const FAILURES: SolveStatus[] = [
	...(["infeasible", "unbounded", "time-limit"] as const),
	...(["failed", "cancelled"] as const),
];
test.each(FAILURES)("that says %s of everything protects nothing", (status) => {
	const failing = through((answer) => ({ ...answer, status }));
	const made = withhold(RECIPE, COUNTS, [], failing);
	expect(made.beyond).toHaveLength(1);
	const good = withhold(RECIPE, COUNTS, [], open);
	expect(good.beyond).toEqual([]);
	const found = (by: OpenSession) =>
		attack(disclosureOf([good.statement]), by).found;
	expect(found(open).filter(({ tooClose }) => tooClose)).toEqual([]);
	expect(found(failing)).toMatchObject([{ tooClose: true, proved: false }]);
});

test("that says of any numbers that they are the best makes nothing safe that is not", () => {
	fc.assert(
		fc.property(
			fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
			fc.infiniteStream(fc.double({ min: -60, max: 60, noNaN: true })),
			fc.boolean(),
			(shown, numbers, whole) => {
				const lying = through((answer) => ({
					...{ ...answer, status: "optimal" as const },
					values: answer.values.map(() => {
						const value = numbers.next().value as number;
						return whole ? Math.round(value) : value;
					}),
				}));
				const statement = {
					...{ recipe: RECIPE, table: COUNTS },
					shown: Uint8Array.from(shown, Number),
				};
				const close = (by: OpenSession) =>
					attack(disclosureOf([statement]), by).found.filter(
						({ tooClose }) => tooClose,
					).length;
				expect(close(lying)).toBeGreaterThanOrEqual(close(open));
				const made = withhold(RECIPE, COUNTS, [], lying);
				if (made.beyond.length > 0) return;
				expect(
					attack(disclosureOf([made.statement]), open).found.filter(
						({ tooClose }) => tooClose,
					),
				).toEqual([]);
			},
		),
		{ numRuns: 60, seed: 20_200_302 },
	);
});
