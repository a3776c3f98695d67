/**
 * Plans an allocation and keeps it ready: a pin or a new stock figure is solved again from where the plan stands.
 * Items that share nothing (no trucks, no depot capacity) are separate programs, so a pin touches only its own item.
 */

import { found } from "../../series/found.ts";
import {
	type Conflict,
	findConflicts,
	pinsOnClosedRoutes,
} from "./conflict.ts";
import {
	type SolvedModel,
	solveAgain,
	solveLexicographic,
	solveWeighted,
} from "./lexicographic.ts";
import {
	type AllocationModel,
	buildAllocationModel,
	freeSupplyTable,
	pinPosition,
} from "./model.ts";
import {
	type AllocationPlan,
	readPlan,
	type SupplyValue,
	settledSum,
} from "./plan.ts";
import type { PlanPolicy } from "./policy.ts";
import {
	type AllocationProblem,
	checkProblem,
	type Pin,
	withPins,
} from "./problem.ts";
import { type PlanOptions, WHOLE_SECONDS } from "./solve-steps.ts";
import type { OpenSession, SolverSession } from "./solver.ts";
import { stated } from "./stated-units.ts";

/** What planning came to. */
export type PlanOutcome =
	| {
			kind: "plan";
			plan: AllocationPlan;
			/** False when a change could not keep the coverage promised before, and the floors were set anew. */
			promisesKept: boolean;
	  }
	/** Nothing satisfies all that is held fast; the clash, and what would have to give. */
	| { kind: "conflict"; conflicts: Conflict[] }
	/** Stopped before any plan was found. */
	| { kind: "stopped"; status: "time-limit" | "cancelled" | "failed" };

interface Part {
	/** Positions of this part's items in the whole problem. */
	items: number[];
	model: AllocationModel;
	session: SolverSession;
	solved: SolvedModel | undefined;
	/** What was solved before a change that was stopped halfway: the session is astray, but the way back starts there. */
	stood: SolvedModel | undefined;
	/** The problem as it stood when the coverage that is promised now was settled. */
	settledFor: AllocationProblem;
	/** The plan read from `read`, so that a part that did not change is not read again. */
	plan: { read: SolvedModel; plan: AllocationPlan } | undefined;
}

/** The part of a problem that concerns some items. */
function itemsOnly(
	problem: AllocationProblem,
	items: readonly number[],
): AllocationProblem {
	const columns = (rows: readonly (readonly number[])[]) =>
		rows.map((row) => items.map((item) => row[item]));
	const kept = new Set(items.map((item) => problem.items[item]?.id));
	return {
		...problem,
		items: items.map((item) => found(problem.items[item], `item ${item}`)),
		supply: columns(problem.supply),
		reserve: problem.reserve && columns(problem.reserve),
		demand: columns(problem.demand),
		penalty: columns(problem.penalty),
		pins: problem.pins.filter((pin) => kept.has(pin.item)),
		bans: problem.bans.filter(
			(ban) => ban.item === undefined || kept.has(ban.item),
		),
		floors: problem.floors.filter((floor) => kept.has(floor.item)),
	};
}

/** Whether items compete for something other than their own stock. */
function itemsShare(problem: AllocationProblem): boolean {
	return problem.trucks !== undefined || problem.depotCapacityM3 !== undefined;
}

/** Difference of two plans, relative and least absolute, that is rounding of the solver. */
const VALUE_ROUNDING = 1e-9;
const LEAST_VALUE = 1e-5;

/** What is left of a difference of two plans once the solver's rounding is taken off. */
export function statedValue(saves: number, now: number): number {
	const doubt = VALUE_ROUNDING * Math.abs(now) + LEAST_VALUE;
	if (Math.abs(saves) <= doubt) return 0;
	return stated(saves, Math.max(0, Math.floor(-Math.log10(doubt))));
}

export class AllocationPlanner {
	#problem: AllocationProblem;
	readonly #open: OpenSession;
	readonly #policy: PlanPolicy;
	#parts: Part[] = [];

	/** @throws AllocationProblemError when the problem does not hold together. */
	constructor(
		problem: unknown,
		open: OpenSession,
		policy: PlanPolicy = "lexicographic",
	) {
		this.#problem = checkProblem(problem);
		this.#open = open;
		this.#policy = policy;
	}

	get problem(): AllocationProblem {
		return this.#problem;
	}

	/** Plans from nothing. */
	plan(options: PlanOptions = {}): PlanOutcome {
		this.dispose();
		const all = this.#problem.items.map((_, item) => item);
		const groups = itemsShare(this.#problem)
			? [all]
			: all.map((item) => [item]);
		for (const items of groups) this.#parts.push(this.#openPart(items));
		let left =
			options.timeLimit ??
			(this.#parts.some(({ model }) => model.program.integer)
				? WHOLE_SECONDS
				: undefined);
		for (const [index, part] of this.#parts.entries()) {
			this.#solveFirst(part, {
				...options,
				// No part takes the time of those that wait; what it leaves is theirs.
				timeLimit:
					left === undefined ? undefined : left / (this.#parts.length - index),
			});
			if (left !== undefined)
				left = Math.max(
					0.01,
					left -
						(part.solved?.steps.reduce(
							(sum, { seconds }) => sum + seconds,
							0,
						) ?? 0),
				);
			if (part.solved?.status === "cancelled") break;
		}
		return this.#outcome(true);
	}

	/**
	 * Replaces the pins and plans again. Only the items whose pins changed are solved, each from where it stands.
	 * @throws AllocationProblemError when a pin names what does not exist.
	 */
	changePins(pins: readonly Pin[], options: PlanOptions = {}): PlanOutcome {
		const before = this.#problem;
		this.#problem = withPins(before, pins);
		let promisesKept = true;
		for (const part of this.#parts) {
			const ids = new Set(
				part.items.map((item) => this.#problem.items[item]?.id),
			);
			const own = this.#problem.pins.filter((pin) => ids.has(pin.item));
			const old = part.model.problem.pins;
			if (isSolved(part) && JSON.stringify(own) === JSON.stringify(old))
				continue;
			const kept = this.#movePins(part, old, own, options);
			promisesKept = promisesKept && kept;
		}
		return this.#outcome(promisesKept);
	}

	#movePins(
		part: Part,
		old: readonly Pin[],
		own: readonly Pin[],
		options: PlanOptions,
	): boolean {
		part.model = {
			...part.model,
			problem: { ...part.model.problem, pins: [...own] },
		};
		const { model } = part;
		const bounds = new Map<number, [number, number]>();
		const columnOf = (pin: Pin) => {
			const at = pinPosition(model.problem, pin);
			return model.route(at.depot, at.place, at.item);
		};
		let missing = false;
		for (const pin of old) {
			const route = columnOf(pin);
			if ("column" in route)
				bounds.set(route.column, [0, Number.POSITIVE_INFINITY]);
		}
		for (const pin of own) {
			const route = columnOf(pin);
			if ("closed" in route) {
				missing = missing || route.closed === "not-nearest";
				continue;
			}
			const step = model.unitsPerStep[route.column];
			const whole =
				model.problem.items[model.routes.item[route.column]]?.pack !==
				undefined;
			const [lower, upper] = bounds.get(route.column) ?? [
				0,
				Number.POSITIVE_INFINITY,
			];
			const least = (pin.atLeast ?? 0) / step;
			const most = (pin.atMost ?? Number.POSITIVE_INFINITY) / step;
			bounds.set(route.column, [
				Math.max(lower, whole ? Math.ceil(least - 1e-9) : least),
				Math.min(upper, whole ? Math.floor(most + 1e-9) : most),
			]);
		}
		const previous = isSolved(part) ? part.solved : part.stood;
		if (missing || !previous) {
			this.#reopen(part);
			return this.#solveFirst(part, options);
		}
		const columns = [...bounds.keys()].sort((a, b) => a - b);
		for (const [column, [lower, upper]] of bounds) {
			model.program.colLower[column] = lower;
			model.program.colUpper[column] = upper;
		}
		if (
			pinsOnClosedRoutes(model).length > 0 ||
			columns.some(
				(column) =>
					model.program.colLower[column] > model.program.colUpper[column],
			)
		) {
			part.solved = undefined;
			part.stood = undefined;
			return false;
		}
		part.session.changeColumnBounds(
			Int32Array.from(columns),
			Float64Array.from(columns, (column) => bounds.get(column)?.[0] ?? 0),
			Float64Array.from(columns, (column) => bounds.get(column)?.[1] ?? 0),
		);
		return this.#solvePart(part, previous, options);
	}

	/** Solves a part again whose bounds were moved. @returns whether what was promised is kept */
	#solvePart(part: Part, previous: SolvedModel, options: PlanOptions): boolean {
		const astray = part.stood === previous;
		part.solved =
			this.#policy === "weighted"
				? solveWeighted(part.model, part.session, options)
				: solveAgain(
						part.model,
						part.session,
						previous,
						!astray && isTighter(part.model, part.settledFor),
						options,
					);
		part.stood = part.solved.status === "cancelled" ? previous : undefined;
		if (part.solved.coverage !== previous.coverage)
			part.settledFor = part.model.problem;
		return part.solved.promisesKept && part.solved.status !== "infeasible";
	}

	/** Builds a part's program anew from the problem as it stands. */
	#reopen(part: Part): void {
		part.session.dispose();
		part.model = buildAllocationModel(itemsOnly(this.#problem, part.items));
		part.session = this.#open(part.model.program);
		part.settledFor = part.model.problem;
		part.solved = undefined;
		part.stood = undefined;
	}

	/**
	 * Replaces the stock and plans again, from where the plan stands when no depot goes from nothing to something.
	 * @throws AllocationProblemError
	 */
	changeSupply(
		supply: readonly (readonly number[])[],
		options: PlanOptions = {},
	): PlanOutcome {
		this.#problem = checkProblem({ ...this.#problem, supply });
		let promisesKept = true;
		for (const part of this.#parts) {
			const own = itemsOnly(this.#problem, part.items);
			if (
				isSolved(part) &&
				JSON.stringify(own.supply) === JSON.stringify(part.model.problem.supply)
			)
				continue;
			const fresh = buildAllocationModel(own);
			const previous = isSolved(part) ? part.solved : part.stood;
			if (!previous || !sameStructure(part.model, fresh)) {
				this.#reopen(part);
				promisesKept = this.#solveFirst(part, options) && promisesKept;
				continue;
			}
			moveSupply(part, fresh);
			promisesKept = this.#solvePart(part, previous, options) && promisesKept;
		}
		return this.#outcome(promisesKept);
	}

	/**
	 * What one more unit of each item at each depot would save, each found by planning again with that unit: weighted
	 * unmet need for the lexicographic policy, the weighted objective for the weighted one. The plan stays as it is.
	 * @returns undefined when there is no plan, or one of the plans was not found or not proved
	 */
	supplyValues(options: PlanOptions = {}): SupplyValue[] | undefined {
		const worth = (outcome: PlanOutcome): number | undefined => {
			if (
				outcome.kind !== "plan" ||
				outcome.plan.status !== "optimal" ||
				(outcome.plan.fairness?.unsettled.length ?? 0) > 0
			)
				return undefined;
			// Of the step that made it small: the transport step may give back its slack, which can be more than a unit.
			const objective = this.#policy === "weighted" ? "weighted" : "unmet";
			let sum = 0;
			for (const { solved } of this.#parts)
				sum +=
					solved?.steps.filter((step) => step.objective === objective).at(-1)
						?.value ?? 0;
			return sum;
		};
		if (this.#parts.length === 0) return undefined;
		const now = worth(this.#outcome(true));
		if (now === undefined) return undefined;
		const { supply } = this.#problem;
		const deadline = options.timeLimit;
		let seconds = 0;
		const values: SupplyValue[] = [];
		const again = (row: number[][]) => {
			const outcome = this.changeSupply(row, {
				...options,
				timeLimit:
					deadline === undefined
						? undefined
						: Math.max(0.01, deadline - seconds),
			});
			if (outcome.kind === "plan") seconds += outcome.plan.seconds;
			return outcome;
		};
		try {
			// One item after the other: only its own program is then solved again.
			for (let item = 0; item < this.#problem.items.length; item++)
				for (let depot = 0; depot < supply.length; depot++) {
					if (options.cancelled?.()) return undefined;
					const more = worth(
						again(
							supply.map((row, at) =>
								at === depot
									? row.map((units, k) => (k === item ? units + 1 : units))
									: [...row],
							),
						),
					);
					if (more === undefined) return undefined;
					const saves = now - more;
					values.push({
						depot,
						item,
						saves: statedValue(saves, now),
					});
				}
		} finally {
			this.changeSupply(supply, { ...options, cancelled: undefined });
		}
		return values;
	}

	/** Frees the solver's memory. */
	dispose(): void {
		for (const part of this.#parts) part.session.dispose();
		this.#parts = [];
	}

	#openPart(items: number[]): Part {
		const model = buildAllocationModel(itemsOnly(this.#problem, items));
		return {
			items,
			model,
			session: this.#open(model.program),
			solved: undefined,
			stood: undefined,
			settledFor: model.problem,
			plan: undefined,
		};
	}

	#solveFirst(part: Part, options: PlanOptions): boolean {
		if (pinsOnClosedRoutes(part.model).length > 0) {
			part.solved = undefined;
			return false;
		}
		part.solved =
			this.#policy === "weighted"
				? solveWeighted(part.model, part.session, options)
				: solveLexicographic(part.model, part.session, options);
		return part.solved.status !== "infeasible";
	}

	#outcome(promisesKept: boolean): PlanOutcome {
		if (this.#parts.some(({ solved }) => solved?.status === "cancelled"))
			return { kind: "stopped", status: "cancelled" };
		const clashing = this.#parts.filter(
			({ solved }) => solved === undefined || solved.status === "infeasible",
		);
		if (clashing.length > 0) {
			const conflicts = clashing.flatMap(({ model }) =>
				findConflicts(model, this.#open),
			);
			// Without a clash to name it is the solver that lost its way, not the planner.
			return conflicts.length > 0
				? { kind: "conflict", conflicts }
				: { kind: "stopped", status: "failed" };
		}
		const plans: { part: Part; plan: AllocationPlan }[] = [];
		for (const part of this.#parts) {
			if (part.solved && part.plan?.read !== part.solved) {
				const plan = readPlan(part.model, part.solved);
				part.plan = plan && { read: part.solved, plan };
			}
			const plan = part.solved && part.plan?.plan;
			if (!plan)
				return {
					kind: "stopped",
					status:
						part.solved?.status === "time-limit" ? "time-limit" : "failed",
				};
			plans.push({ part, plan });
		}
		return {
			kind: "plan",
			plan: joinPlans(this.#problem, plans),
			promisesKept,
		};
	}
}

/** Whether a part has the plan of its problem as it stands: one that was stopped halfway, or never begun, is not taken for it. */
function isSolved(part: Part): part is Part & { solved: SolvedModel } {
	const { solved } = part;
	return solved?.final !== undefined && solved.status !== "cancelled";
}

/** Whether two models have the same routes and rows, so that only bounds differ. */
function sameStructure(a: AllocationModel, b: AllocationModel): boolean {
	if (
		a.program.numCols !== b.program.numCols ||
		a.program.numRows !== b.program.numRows ||
		a.routes.depot.length !== b.routes.depot.length
	)
		return false;
	for (let route = 0; route < a.routes.depot.length; route++)
		if (
			a.routes.depot[route] !== b.routes.depot[route] ||
			a.routes.place[route] !== b.routes.place[route] ||
			a.routes.item[route] !== b.routes.item[route]
		)
			return false;
	return true;
}

/** Moves the session to the stock of another model of the same structure. */
function moveSupply(part: Part, to: AllocationModel): void {
	const from = part.model;
	const rows: number[] = [];
	to.rowMeaning.forEach((meaning, row) => {
		if (
			meaning.kind === "supply" &&
			from.program.rowUpper[row] !== to.program.rowUpper[row]
		)
			rows.push(row);
	});
	part.session.changeRowBounds(
		Int32Array.from(rows),
		Float64Array.from(rows, () => Number.NEGATIVE_INFINITY),
		Float64Array.from(rows, (row) => to.program.rowUpper[row]),
	);
	part.model = to;
}

/** Least and most units that pins leave to each route's column. */
function pinBounds(
	model: AllocationModel,
	pins: readonly Pin[],
): Map<number, [atLeast: number, atMost: number]> {
	const bounds = new Map<number, [number, number]>();
	for (const pin of pins) {
		const at = pinPosition(model.problem, pin);
		const route = model.route(at.depot, at.place, at.item);
		if ("closed" in route) continue;
		const [least, most] = bounds.get(route.column) ?? [
			0,
			Number.POSITIVE_INFINITY,
		];
		bounds.set(route.column, [
			Math.max(least, pin.atLeast ?? 0),
			Math.min(most, pin.atMost ?? Number.POSITIVE_INFINITY),
		]);
	}
	return bounds;
}

/** Whether a problem only takes away from what another of the same structure allowed: stock, or freedom by pins. */
function isTighter(model: AllocationModel, before: AllocationProblem): boolean {
	const { problem } = model;
	const now = pinBounds(model, problem.pins);
	return (
		problem.supply.every((row, depot) =>
			row.every((units, item) => units <= (before.supply[depot]?.[item] ?? 0)),
		) &&
		[...pinBounds(model, before.pins)].every(([column, [least, most]]) => {
			const [atLeast, atMost] = now.get(column) ?? [
				0,
				Number.POSITIVE_INFINITY,
			];
			return atLeast >= least && atMost <= most;
		})
	);
}

function joinPlans(
	problem: AllocationProblem,
	plans: readonly { part: Part; plan: AllocationPlan }[],
): AllocationPlan {
	const whole: AllocationPlan = {
		status: "optimal",
		gap: 0,
		weightedUnmet: 0,
		transportCost: 0,
		shipments: [],
		trips: [],
		left: freeSupplyTable(problem),
		shortages: [],
		surplus: [],
		binding: [],
		idle: [],
		items: [],
		fairness: null,
		steps: [],
		seconds: 0,
	};
	for (const { part, plan } of plans) {
		const item = (position: number) => part.items[position];
		const moved = <T extends { item: number }>(row: T): T => ({
			...row,
			item: item(row.item),
		});
		if (plan.status !== "optimal") whole.status = plan.status;
		whole.gap = Math.max(whole.gap, plan.gap);
		whole.weightedUnmet += plan.weightedUnmet;
		whole.transportCost += plan.transportCost;
		whole.seconds += plan.seconds;
		for (const shipment of plan.shipments)
			whole.shipments.push(moved(shipment));
		whole.trips.push(...plan.trips);
		plan.left.forEach((row, depot) => {
			const target = whole.left[depot] as number[];
			row.forEach((units, position) => {
				target[item(position)] = units;
			});
		});
		for (const shortage of plan.shortages)
			whole.shortages.push(moved(shortage));
		for (const more of plan.surplus) whole.surplus.push(moved(more));
		if (plan.fairness)
			whole.fairness = {
				rounds: Math.max(whole.fairness?.rounds ?? 0, plan.fairness.rounds),
				unsettled: [
					...(whole.fairness?.unsettled ?? []),
					...plan.fairness.unsettled.map(moved),
				],
			};
		for (const limit of plan.binding)
			whole.binding.push(
				limit.meaning.kind === "supply"
					? { ...limit, meaning: moved(limit.meaning) }
					: limit,
			);
		for (const stock of plan.idle) whole.idle.push(moved(stock));
		for (const summary of plan.items) whole.items.push(moved(summary));
		whole.steps.push(...plan.steps);
	}
	whole.weightedUnmet = settledSum(whole.weightedUnmet);
	whole.transportCost = settledSum(whole.transportCost);
	whole.shortages.sort((a, b) => b.weight - a.weight || b.unmet - a.unmet);
	return whole;
}
