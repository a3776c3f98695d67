import { expect, test } from "vitest";
import { certify } from "../../../core/logistics/allocation/certificate.ts";
import { buildAllocationModel } from "../../../core/logistics/allocation/model.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../../machine/solver/highs-session.ts";
import { allocationInstance } from "../../fixtures/allocation-instance.ts";

const highs = await loadSolver();
const { program } = buildAllocationModel(
	allocationInstance(5, 30, 2, { coupled: true }),
);

function solved() {
	const session = openHighsSession(highs, program);
	const { values, rowDuals } = session.solve();
	session.dispose();
	return { values, rowDuals };
}

test("an optimal answer is proved by its own prices", () => {
	const { infeasibility, gap } = certify(program, solved());
	expect(infeasibility).toBeLessThan(1e-9);
	expect(gap).toBeLessThan(1e-9);
});

test("an answer that ships what is not there is found", () => {
	const answer = solved();
	const route = answer.values.findIndex((value) => value > 100);
	answer.values[route] = answer.values[route] * 1.01;
	expect(certify(program, answer).infeasibility).toBeGreaterThan(1e-4);
});

test("a feasible answer that is not the best is found", () => {
	const answer = solved();
	// Everything stays at home: allowed, and far from the best.
	answer.values.fill(0);
	const { unmetColumn, problem } = buildAllocationModel(
		allocationInstance(5, 30, 2, { coupled: true }),
	);
	unmetColumn.forEach((column, at) => {
		if (column >= 0)
			answer.values[column] = problem.demand[Math.floor(at / 2)]?.[
				at % 2
			] as number;
	});
	const { infeasibility, gap } = certify(program, answer);
	expect(infeasibility).toBe(0);
	expect(gap).toBeGreaterThan(0.1);
});
