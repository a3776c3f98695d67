/** What the allocation model asks of a linear-programming solver. The solver itself lives outside `core`. */

import type { AddedRow, LinearProgram } from "./linear-program.ts";

export type SolveStatus =
	| "optimal"
	| "infeasible"
	| "unbounded"
	/** Stopped by its time limit; `values` hold the best found when `hasValues`. */
	| "time-limit"
	/** Stopped because the user cancelled. */
	| "cancelled"
	| "failed";

/** One solve's outcome. Arrays are in the program's order. */
export interface SolveResult {
	status: SolveStatus;
	/** The solver's own word for the status. */
	detail: string;
	hasValues: boolean;
	objective: number;
	/** Relative gap between the best found and the best possible; 0 for a proved optimum. */
	gap: number;
	values: Float64Array;
	rowValues: Float64Array;
	/** Change of the objective for one more unit on the row's binding side; empty for mixed-integer programs. */
	rowDuals: Float64Array;
	colDuals: Float64Array;
	seconds: number;
}

export interface SolveOptions {
	/** Seconds for this solve. */
	timeLimit?: number;
	/** Accepted relative gap of a mixed-integer program. */
	gap?: number;
	/** Solves the continuous relaxation of a mixed-integer program. */
	relaxed?: boolean;
	/** What changed since the last solve; it tells which simplex method can go on from there. */
	changed?: "costs" | "bounds" | "both";
	onProgress?: (progress: SolveProgress) => void;
	/** Asked during the solve; true stops it. */
	cancelled?: () => boolean;
}

export interface SolveProgress {
	seconds: number;
	iterations?: number;
	best?: number;
	bound?: number;
	gap?: number;
}

/** A loaded program that can be changed and solved again from where it stands (warm). */
export interface SolverSession {
	/** @param costs one for each column of the program; columns added since then cost nothing unless given too. */
	changeCosts(costs: Float64Array): void;
	changeColumnBounds(
		columns: Int32Array,
		lower: Float64Array,
		upper: Float64Array,
	): void;
	changeRowBounds(
		rows: Int32Array,
		lower: Float64Array,
		upper: Float64Array,
	): void;
	/**
	 * Adds columns, in no row yet, and then rows over old and new columns.
	 * @returns index of the first new column and of the first new row
	 */
	add(
		columns: readonly { lower: number; upper: number }[],
		rows: (firstColumn: number) => readonly AddedRow[],
	): { column: number; row: number };
	/** Takes back every column and row that was added. */
	dropAdded(): void;
	/** Where the last solve ended, to start a later one from; undefined when the solver has none. */
	saveStart(): unknown;
	restoreStart(start: unknown): void;
	solve(options?: SolveOptions): SolveResult;
	/** Frees the solver's memory; the session cannot be used afterwards. */
	dispose(): void;
}

/** Loads a program into a solver. */
export type OpenSession = (program: LinearProgram) => SolverSession;
