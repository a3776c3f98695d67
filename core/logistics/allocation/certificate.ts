/**
 * Checks a solver's answer to a continuous program by arithmetic of our own: the values keep every bound and row, and
 * the prices prove that nothing better exists (weak duality). A plan that moves supplies is not taken on trust.
 */

import type { LinearProgram } from "./linear-program.ts";

export interface Certificate {
	/** Largest violation of a bound or row, relative to its size. */
	infeasibility: number;
	/** Distance between the objective and the bound that the prices prove, relative to the objective. */
	gap: number;
}

/** Values and prices as a solver returns them (row price: change of the objective for one more unit of the row). */
export interface Answer {
	values: Float64Array;
	rowDuals: Float64Array;
}

/** A price this small on a side without a bound is rounding, where costs are about 1; it grows with the costs. */
const PRICE_ROUNDING = 1e-6;

/** Certificate of an answer to `program` with its costs and bounds as they stand. */
export function certify(program: LinearProgram, answer: Answer): Certificate {
	const { values, rowDuals } = answer;
	const activity = new Float64Array(program.numRows);
	let objective = 0;
	let bound = 0;
	let infeasibility = 0;
	// Sizes of the terms of the bound: their rounding is what the gap is measured against.
	let size = 1;
	let dearest = 1;
	for (const cost of program.colCost)
		dearest = Math.max(dearest, Math.abs(cost));
	const violated = (value: number, lower: number, upper: number) => {
		const by = Math.max(lower - value, value - upper, 0);
		if (by > 0)
			infeasibility = Math.max(
				infeasibility,
				by / Math.max(1, Math.abs(value - by)),
			);
	};
	const proven = (price: number, lower: number, upper: number) => {
		const at = price > 0 ? lower : upper;
		if (Number.isFinite(at)) {
			bound += price * at;
			size = Math.max(size, Math.abs(price * at));
		} else if (Math.abs(price) > PRICE_ROUNDING * dearest)
			bound = Number.NEGATIVE_INFINITY;
	};
	for (let column = 0; column < program.numCols; column++) {
		const value = values[column];
		const cost = program.colCost[column];
		objective += cost * value;
		let reduced = cost;
		for (
			let at = program.starts[column];
			at < program.starts[column + 1];
			at++
		) {
			const row = program.indices[at];
			const entry = program.values[at];
			activity[row] = activity[row] + entry * value;
			reduced -= entry * rowDuals[row];
		}
		const lower = program.colLower[column];
		const upper = program.colUpper[column];
		violated(value, lower, upper);
		if (reduced !== 0) proven(reduced, lower, upper);
	}
	for (let row = 0; row < program.numRows; row++) {
		const lower = program.rowLower[row];
		const upper = program.rowUpper[row];
		violated(activity[row], lower, upper);
		const price = rowDuals[row];
		if (price !== 0) proven(price, lower, upper);
	}
	return {
		infeasibility,
		gap:
			Math.abs(objective - bound) /
			Math.max(1, Math.abs(objective), 1e-3 * size),
	};
}
