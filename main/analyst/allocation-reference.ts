/**
 * Reads allocation inputs in the reference format (single period, LP or MILP; or several periods of one item) and
 * returns the objective values under the names of the reference's `expected`.
 */

import { z } from "zod";
import {
	solveLexicographic,
	solveWeighted,
} from "../../core/logistics/allocation/lexicographic.ts";
import {
	buildAllocationModel,
	coverageWeights,
} from "../../core/logistics/allocation/model.ts";
import {
	buildPeriodModel,
	type PeriodProblem,
} from "../../core/logistics/allocation/periods.ts";
import {
	type AllocationProblem,
	AllocationProblemError,
	checkProblem,
	LARGEST,
} from "../../core/logistics/allocation/problem.ts";
import type {
	OpenSession,
	SolveResult,
} from "../../core/logistics/allocation/solver.ts";

const number = z.number();
const row = z.array(number);
const table = z.array(row);
const id = z.union([z.string(), z.number()]).transform(String);
const named = z.union([
	id.transform((value) => ({ id: value })),
	z.looseObject({ id, population: number.optional() }),
]);
/** One number for all, or a list. */
const numberOrRow = z.union([number, row]);

export const referenceProblemSchema = z.looseObject({
	items: z.array(
		z.looseObject({
			id,
			unit: z.string().optional(),
			volume_m3_per_unit: number.optional(),
			pack: number.optional(),
			pack_size: number.optional(),
			pack_units: number.optional(),
		}),
	),
	depots: z.array(named),
	demands: z.array(named),
	supply: table,
	reserve: table.optional(),
	demand: table,
	unmet_penalty: table,
	cost_per_m3: table,
	lead_time_days: table.optional(),
	max_lead_time_days: z.array(number.nullable()).optional(),
	coverage_weight: row.optional(),
	transport_weight: number.optional(),
	vehicle_capacity_m3: table.optional(),
	vehicle_fixed_cost: table.optional(),
	pack_size: row.optional(),
	pack_units: row.optional(),
	pack: row.optional(),
});

const referencePeriodsSchema = z.looseObject({
	periods: z.number().int().positive(),
	depots: z.array(named),
	demands: z.array(named),
	depot_initial_stock: row,
	depot_arrivals: table,
	site_initial_stock: row,
	demand: table,
	unmet_penalty: z.union([number, z.array(numberOrRow)]),
	lead_time_days: table,
	unit_transport_cost: table,
	holding_cost_site: numberOrRow.default(0),
	holding_cost_depot: numberOrRow.default(0),
});

/** Whether a parsed file holds allocation inputs of one period. */
export function isReferenceProblem(file: unknown): boolean {
	return referenceProblemSchema.safeParse(file).success;
}

/** Whether a parsed file holds allocation inputs of several periods. */
export function isReferencePeriods(file: unknown): boolean {
	return referencePeriodsSchema.safeParse(file).success;
}

/** The problem that reference inputs describe. @throws ZodError or AllocationProblemError */
export function problemFromReference(file: unknown): AllocationProblem {
	const given = referenceProblemSchema.parse(file);
	const packs = given.pack_size ?? given.pack_units ?? given.pack;
	return checkProblem({
		items: given.items.map((item, index) => {
			const pack =
				packs?.[index] ?? item.pack_size ?? item.pack_units ?? item.pack;
			return {
				id: item.id,
				unit: item.unit,
				volumeM3: item.volume_m3_per_unit ?? 1,
				pack: pack === undefined || pack <= 0 ? undefined : pack,
				maxLeadDays: given.max_lead_time_days?.[index] ?? undefined,
				coverageWeight: given.coverage_weight?.[index] ?? 0,
			};
		}),
		depots: given.depots.map(({ id }) => ({ id })),
		places: given.demands.map(({ id }) => ({ id })),
		supply: given.supply,
		reserve: given.reserve,
		demand: given.demand,
		penalty: given.unmet_penalty,
		costPerM3: given.cost_per_m3,
		leadDays: given.lead_time_days,
		transportWeight: given.transport_weight ?? 1,
		// The format states shipped + unmet = demand.
		packsBeyondNeed: false,
		trucks:
			given.vehicle_capacity_m3 === undefined
				? undefined
				: {
						capacityM3: given.vehicle_capacity_m3,
						fixedCost:
							given.vehicle_fixed_cost ??
							given.vehicle_capacity_m3.map((values) => values.map(() => 0)),
					},
	});
}

/** More periods are no plan; the program grows with their number. */
const MOST_PERIODS = 1000;

/** Amounts of several periods: tables whole (nothing that is missing counts as 0), nothing below 0, no shipment back in time. */
function checkPeriods(
	given: z.output<typeof referencePeriodsSchema>,
	unmetPenalty: readonly (readonly number[])[],
): void {
	const { periods } = given;
	const [depots, places] = [given.depots.length, given.demands.length];
	const list = (
		field: string,
		values: readonly number[] | undefined,
		length: number,
		whole = false,
	) => {
		if (values?.length !== length)
			throw new AllocationProblemError(
				field,
				values?.length,
				`${length} numbers`,
			);
		values.forEach((value, at) => {
			if (
				!(value >= 0 && value <= LARGEST) ||
				(whole && !Number.isInteger(value))
			)
				throw new AllocationProblemError(
					`${field}[${at}]`,
					value,
					`${whole ? "a whole number" : "a number"} from 0 to ${LARGEST}`,
				);
		});
	};
	const table = (
		field: string,
		rows: readonly (readonly number[])[],
		height: number,
		width: number,
		whole = false,
	) => {
		if (rows.length !== height)
			throw new AllocationProblemError(field, rows.length, `${height} rows`);
		rows.forEach((row, at) => {
			list(`${field}[${at}]`, row, width, whole);
		});
	};
	for (const [field, entries] of [
		["depots", given.depots],
		["demands", given.demands],
	] as const) {
		const ids = entries.map(({ id }) => id);
		const twice = ids.find((id, at) => ids.indexOf(id) !== at);
		if (twice !== undefined)
			throw new AllocationProblemError(field, twice, "an id used once");
	}
	list("depot_initial_stock", given.depot_initial_stock, depots);
	list("site_initial_stock", given.site_initial_stock, places);
	table("depot_arrivals", given.depot_arrivals, depots, periods);
	table("demand", given.demand, places, periods);
	table("unmet_penalty", unmetPenalty, places, periods);
	table("lead_time_days", given.lead_time_days, depots, places, true);
	table("unit_transport_cost", given.unit_transport_cost, depots, places);
	for (const [field, costs, length] of [
		["holding_cost_site", given.holding_cost_site, places],
		["holding_cost_depot", given.holding_cost_depot, depots],
	] as const)
		list(
			field,
			typeof costs === "number" ? new Array<number>(length).fill(costs) : costs,
			length,
		);
}

/**
 * The problem of several periods that reference inputs describe.
 * @throws ZodError, or AllocationProblemError for tables of another size and amounts that cannot be
 */
export function periodsFromReference(file: unknown): PeriodProblem {
	const given = referencePeriodsSchema.parse(file);
	const list = (value: number | number[], length: number) =>
		typeof value === "number" ? new Array<number>(length).fill(value) : value;
	const { unmet_penalty: unmet } = given;
	if (given.periods > MOST_PERIODS)
		throw new AllocationProblemError(
			"periods",
			given.periods,
			`at most ${MOST_PERIODS}`,
		);
	const penalty = given.demands.map((_, place) =>
		list(
			(typeof unmet === "number" ? unmet : unmet[place]) ?? [],
			given.periods,
		),
	);
	checkPeriods(given, penalty);
	return {
		periods: given.periods,
		depots: given.depots.map(({ id }) => id),
		places: given.demands.map(({ id }) => id),
		initialDepotStock: given.depot_initial_stock,
		arrivals: given.depot_arrivals,
		initialPlaceStock: given.site_initial_stock,
		demand: given.demand,
		penalty,
		leadPeriods: given.lead_time_days,
		unitCost: given.unit_transport_cost,
		holdingPlace: list(given.holding_cost_site, given.demands.length),
		holdingDepot: list(given.holding_cost_depot, given.depots.length),
	};
}

/** Seconds for one step; the best plan found by then is what is compared. */
const STEP_SECONDS = 300;

function required(result: SolveResult, step: string): number {
	if (!result.hasValues)
		throw new Error(`${step}: the solver ended with "${result.status}"`);
	return result.objective;
}

/** Recomputes the weighted and the lexicographic objective values of one period. */
export function recomputeAllocation(file: unknown, open: OpenSession) {
	const problem = problemFromReference(file);
	const model = buildAllocationModel(problem);
	const weightedSession = open(model.program);
	let weighted: number;
	try {
		const solved = solveWeighted(model, weightedSession, {
			timeLimit: STEP_SECONDS,
		});
		if (!solved.final)
			throw new Error(`weighted: the solver ended with "${solved.status}"`);
		weighted = required(solved.final, "weighted");
	} finally {
		weightedSession.dispose();
	}
	const session = open(model.program);
	try {
		const solved = solveLexicographic(model, session, {
			coverageRounds: 1,
			timeLimit: 3 * STEP_SECONDS,
		});
		if (!solved.final || solved.steps.length !== 3)
			throw new Error(
				`lexicographic: the solver ended with "${solved.status}"`,
			);
		const [coverage, unmet, transport] = solved.steps.map(({ value }) => value);
		return {
			weighted: { objective: weighted, glpk: weighted, cbc: weighted },
			lexicographic: {
				coverage_weight_used: coverageWeights(problem),
				step1_max_weighted_min_coverage: coverage,
				step2_min_weighted_unmet: unmet,
				step3_min_transport_cost: transport,
			},
		};
	} finally {
		session.dispose();
	}
}

/** Recomputes the objective of several periods. */
export function recomputePeriods(file: unknown, open: OpenSession) {
	const model = buildPeriodModel(periodsFromReference(file));
	const session = open(model.program);
	try {
		const objective = required(session.solve(), "periods");
		return { objective, glpk: objective, cbc: objective };
	} finally {
		session.dispose();
	}
}
