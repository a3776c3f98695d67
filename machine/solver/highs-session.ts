/** HiGHS (WebAssembly) as the solver of allocation models: typed arrays in, typed arrays out, warm between solves. */

import loadHighs, {
	type Highs,
	type HighsCallbackMap,
	type Solution,
} from "highs";
import { certify } from "../../core/logistics/allocation/certificate.ts";
import {
	extendProgram,
	type LinearProgram,
} from "../../core/logistics/allocation/linear-program.ts";
import type {
	SolveOptions,
	SolveResult,
	SolverSession,
	SolveStatus,
} from "../../core/logistics/allocation/solver.ts";

let loading: Promise<Highs> | undefined;

/** Loads the solver once for this thread. */
export function loadSolver(): Promise<Highs> {
	loading ??= loadHighs();
	return loading;
}

const PROGRESS_EVERY_MS = 100;
/** The solver takes finite options only. */
const NO_LIMIT_SECONDS = 1e9;
/** Relative error an answer may have and still count as proved. */
const CERTIFIED = 1e-6;
const EMPTY = new Float64Array(0);

/**
 * Opens a session on a program. One session holds one native model: call `dispose` when done with it.
 * @param tolerance feasibility tolerance, 1e-7 by default; 1e-9 for checks against references.
 */
export function openHighsSession(
	highs: Highs,
	program: LinearProgram,
	tolerance = 1e-7,
): SolverSession {
	const integer = program.integer;
	/** The program as it stands after changes, to check answers against. */
	let now: LinearProgram = {
		...program,
		colCost: program.colCost.slice(),
		colLower: program.colLower.slice(),
		colUpper: program.colUpper.slice(),
		rowLower: program.rowLower.slice(),
		rowUpper: program.rowUpper.slice(),
	};
	const model = highs.createModel({
		numCols: program.numCols,
		numRows: program.numRows,
		colCost: program.colCost,
		colLower: program.colLower,
		colUpper: program.colUpper,
		rowLower: program.rowLower,
		rowUpper: program.rowUpper,
		matrix: {
			format: "csc",
			numCols: program.numCols,
			numRows: program.numRows,
			starts: program.starts,
			indices: program.indices,
			values: program.values,
		},
		integrality: integer ? Int32Array.from(integer) : undefined,
	});
	model.options.set({
		output_flag: false,
		primal_feasibility_tolerance: tolerance,
		dual_feasibility_tolerance: tolerance,
		// The solver asks less of a mixed-integer answer: 1e-6 unless told.
		mip_feasibility_tolerance: tolerance,
	});
	let integral = integer !== undefined;
	let lastWhole: Float64Array | undefined;
	const whole: number[] = [];
	integer?.forEach((flag, column) => {
		if (flag) whole.push(column);
	});
	const setIntegral = (wanted: boolean) => {
		if (!integer || wanted === integral) return;
		if (wanted)
			model.changeColsIntegrality(
				{ kind: "set", indices: Int32Array.from(whole) },
				new Int32Array(whole.length).fill(1),
			);
		else model.clearIntegrality();
		integral = wanted;
	};

	return {
		changeCosts(costs) {
			const wanted = new Float64Array(now.colCost.length);
			wanted.set(costs);
			// After a pin the last step is asked again: what it costs is checked and copied by the solver for nothing.
			if (wanted.every((cost, column) => cost === now.colCost[column])) return;
			if (now.numCols > 0)
				model.changeColsCost(
					{ kind: "range", from: 0, to: now.numCols - 1 },
					wanted,
				);
			now.colCost.set(wanted);
		},
		add(columns, rowsFor) {
			const first = { column: now.numCols, row: now.numRows };
			const rows = rowsFor(first.column);
			now = extendProgram(now, columns, rows);
			if (columns.length > 0)
				model.addVars(
					columns.map(({ lower }) => lower),
					columns.map(({ upper }) => upper),
				);
			for (const { lower, upper, entries } of rows)
				model.addRow(lower, upper, {
					indices: entries.filter((_, at) => at % 2 === 0),
					values: entries.filter((_, at) => at % 2 === 1),
				});
			return first;
		},
		dropAdded() {
			if (now.numRows > program.numRows)
				model.deleteRows({
					kind: "range",
					from: program.numRows,
					to: now.numRows - 1,
				});
			if (now.numCols > program.numCols)
				model.deleteCols({
					kind: "range",
					from: program.numCols,
					to: now.numCols - 1,
				});
			now = {
				...program,
				colCost: now.colCost.slice(0, program.numCols),
				colLower: now.colLower.slice(0, program.numCols),
				colUpper: now.colUpper.slice(0, program.numCols),
				rowLower: now.rowLower.slice(0, program.numRows),
				rowUpper: now.rowUpper.slice(0, program.numRows),
			};
		},
		changeColumnBounds(columns, lower, upper) {
			columns.forEach((column, index) => {
				now.colLower[column] = lower[index];
				now.colUpper[column] = upper[index];
			});
			if (columns.length > 0)
				model.changeColsBounds({ kind: "set", indices: columns }, lower, upper);
		},
		changeRowBounds(rows, lower, upper) {
			rows.forEach((row, index) => {
				now.rowLower[row] = lower[index];
				now.rowUpper[row] = upper[index];
			});
			if (rows.length > 0)
				model.changeRowsBounds({ kind: "set", indices: rows }, lower, upper);
		},
		saveStart() {
			if (integral) return undefined;
			try {
				return model.getBasis();
			} catch {
				return undefined;
			}
		},
		restoreStart(start) {
			if (start && !integral)
				model.setBasis(start as ReturnType<typeof model.getBasis>);
		},
		solve(options: SolveOptions = {}): SolveResult {
			setIntegral(!options.relaxed);
			const mixed = integer !== undefined && integral;
			model.zeroAllClocks();
			model.options.set({
				time_limit: options.timeLimit ?? NO_LIMIT_SECONDS,
				mip_rel_gap: options.gap ?? 1e-7,
				mip_abs_gap: 1e-6,
				// After a change of costs the old vertex is still feasible (primal); after one of bounds it is still dual feasible;
				// after both it is for the solver to choose.
				simplex_strategy:
					options.changed === "both" ? 0 : options.changed === "costs" ? 4 : 1,
			});
			// What held before holds still, but for what was just asked: the last whole answer is a plan to start from.
			if (mixed && lastWhole) {
				const start = new Float64Array(now.numCols);
				start.set(lastWhole.subarray(0, now.numCols));
				model.setSolution({ colValue: start });
			}
			const started = performance.now();
			let told = started;
			let cancelled = false;
			const seconds = () => (performance.now() - started) / 1000;
			const watch = (iterations: number | undefined, interrupt: () => void) => {
				const now = performance.now();
				if (now - told < PROGRESS_EVERY_MS) return undefined;
				told = now;
				options.onProgress?.({ seconds: seconds(), iterations });
				if (options.cancelled?.()) {
					cancelled = true;
					interrupt();
				}
				return undefined;
			};
			const type = highs.constants.callbackType;
			const watched =
				options.onProgress !== undefined || options.cancelled !== undefined;
			const callbacks: HighsCallbackMap | undefined = watched
				? {
						[type.simplexInterrupt]: (event) =>
							watch(event.data.simplex_iteration_count, () =>
								event.interrupt(),
							),
						[type.ipmInterrupt]: (event) =>
							watch(event.data.ipm_iteration_count, () => event.interrupt()),
						[type.mipInterrupt]: (event) => {
							if (performance.now() - told >= PROGRESS_EVERY_MS)
								options.onProgress?.({
									seconds: seconds(),
									best: event.data.mip_primal_bound,
									bound: event.data.mip_dual_bound,
									gap: event.data.mip_gap,
								});
							return watch(undefined, () => event.interrupt());
						},
					}
				: undefined;
			let run = model.run(callbacks);
			const codes = highs.constants.modelStatus;
			// Read once: each reading copies every value and price out of the solver's memory.
			let solution: Solution | undefined;
			const proven = (): boolean => {
				solution = model.getSolution();
				const { infeasibility, gap } = certify(now, {
					values: solution.colValue,
					rowDuals: solution.rowDual,
				});
				return infeasibility <= CERTIFIED && gap <= CERTIFIED;
			};
			let unproven = false;
			if (
				!mixed &&
				(run.modelStatus === codes.unknown ||
					(run.modelStatus === codes.optimal && !proven()))
			) {
				// A warm start led astray: once more from nothing.
				model.clearSolver();
				model.options.set({ simplex_strategy: 1 });
				run = model.run(callbacks);
				unproven = run.modelStatus === codes.optimal && !proven();
			}
			const status: SolveStatus = unproven
				? "failed"
				: cancelled
					? "cancelled"
					: run.modelStatus === codes.optimal || run.modelStatus === codes.empty
						? "optimal"
						: run.modelStatus === codes.infeasible ||
								run.modelStatus === codes.unboundedOrInfeasible
							? "infeasible"
							: run.modelStatus === codes.unbounded
								? "unbounded"
								: run.modelStatus === codes.timeLimit
									? "time-limit"
									: "failed";
			const primal = Number(model.info.get("primal_solution_status"));
			const hasValues = status === "optimal" || primal === 2;
			if (hasValues) solution ??= model.getSolution();
			if (mixed) lastWhole = hasValues ? solution?.colValue : undefined;
			return {
				status,
				detail: unproven
					? "the solver's answer could not be proved"
					: `HiGHS model status ${run.modelStatus}`,
				hasValues,
				objective: hasValues ? model.getObjectiveValue() : Number.NaN,
				gap: mixed && hasValues ? Number(model.info.get("mip_gap")) : 0,
				values: solution?.colValue ?? EMPTY,
				rowValues: solution?.rowValue ?? EMPTY,
				rowDuals: mixed ? EMPTY : (solution?.rowDual ?? EMPTY),
				colDuals: mixed ? EMPTY : (solution?.colDual ?? EMPTY),
				seconds: seconds(),
			};
		},
		dispose() {
			model.dispose();
		},
	};
}
