/** How the logistics reference files are recomputed. */

import { isObject } from "../../core/reading/json.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../machine/solver/highs-session.ts";
import {
	isReferencePeriods,
	isReferenceProblem,
	recomputeAllocation,
	recomputePeriods,
} from "./allocation-reference.ts";
import { readCatalogues } from "./catalogue-files.ts";
import { recomputeEsft } from "./esft-reference.ts";
import type { Tolerance, ValuePath, Verifier } from "./verify.ts";

/** Tighter than the solver's default, so that slack of 1e-7 means what the references mean by it. */
const REFERENCE_TOLERANCE = 1e-9;

/**
 * Sorts rows that carry an identity (item, drug, test type, week), so that two tables with the same rows in another
 * order compare equal. Order has no meaning in these tables.
 */
export function inRowOrder(tree: unknown): unknown {
	if (Array.isArray(tree)) {
		const rows = tree.map(inRowOrder);
		return rows.every(isObject)
			? rows.toSorted((a, b) => compareText(identity(a), identity(b)))
			: rows;
	}
	return isObject(tree)
		? Object.fromEntries(
				Object.entries(tree).map(([key, value]) => [key, inRowOrder(value)]),
			)
		: tree;
}

function identity(row: Record<string, unknown>): string {
	return ["item", "drug", "concentration", "type", "week_begins"]
		.map((key) => String(row[key] ?? ""))
		.join("\u0000");
}

function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

const needsVerifier: Verifier = {
	kind: "needs",
	recognises: (file) =>
		isObject(file) &&
		isObject(file.inputs) &&
		Array.isArray(file.inputs.weekly_cases) &&
		isObject(file.inputs.params),
	split(file) {
		const { expected, ...rest } = file as Record<string, unknown>;
		return { expected: inRowOrder(expected), rest };
	},
	async recompute(inputs) {
		return inRowOrder(recomputeEsft(inputs, await readCatalogues()));
	},
};

/** The published tolerances of the steps (the slack of a step passes into the next). */
const STEP_TOLERANCE: Record<string, Tolerance> = {
	step1_max_weighted_min_coverage: { relative: 1e-6 },
	step2_min_weighted_unmet: { relative: 1e-5 },
	step3_min_transport_cost: { relative: 1e-3 },
};

function objectiveTolerance(path: ValuePath, file: unknown) {
	const name = String(path.at(-1) ?? "");
	const step = STEP_TOLERANCE[name];
	if (step) return step;
	if (
		name === "total_unmet" ||
		name === "min_coverage" ||
		path.some((key) => key === "total_unmet" || key === "min_coverage")
	)
		return {
			notCompared:
				"one of several optimal plans; the objective is what must agree",
		};
	if (/status|note|rule|^tolerance/.test(name))
		return { notCompared: "a remark on the reference, not a result" };
	const stated = isObject(file) ? file.tolerance_relative_objective : undefined;
	return { relative: typeof stated === "number" ? stated : 1e-6 };
}

const allocationVerifier: Verifier = {
	kind: "allocation",
	recognises: isReferenceProblem,
	async recompute(inputs) {
		const highs = await loadSolver();
		return recomputeAllocation(inputs, (program) =>
			openHighsSession(highs, program, REFERENCE_TOLERANCE),
		);
	},
	toleranceOf: objectiveTolerance,
};

const periodsVerifier: Verifier = {
	kind: "allocation over periods",
	recognises: isReferencePeriods,
	async recompute(inputs) {
		const highs = await loadSolver();
		return recomputePeriods(inputs, (program) =>
			openHighsSession(highs, program, REFERENCE_TOLERANCE),
		);
	},
	toleranceOf: objectiveTolerance,
};

/** How the logistics reference files are recomputed. */
export const logisticsVerifiers: Verifier[] = [
	needsVerifier,
	periodsVerifier,
	allocationVerifier,
];
