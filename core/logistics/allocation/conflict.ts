/**
 * Names the constraints that clash when no plan exists. Demand may always go unmet, so only what a planner holds fast
 * can clash: pins, promised shares, stock, trips and depot capacity. Each of those is given a priced way out (elastic
 * relaxation); the ones that carry a price at the cheapest way out are the clash, and what they give is a way to solve it.
 */

import { LinearProgramBuilder } from "./linear-program.ts";
import { type AllocationModel, freeSupply, pinPosition } from "./model.ts";
import type { Pin } from "./problem.ts";
import type { OpenSession } from "./solver.ts";

/** A constraint a planner can change. */
export type SoftConstraint =
	| { kind: "pin"; pin: Pin; limit: "at-least" | "at-most" }
	| { kind: "share"; place: string; item: string; share: number }
	| { kind: "supply"; depot: string; item: string; available: number }
	| { kind: "depot-capacity"; depot: string; cubicMetres: number }
	| { kind: "trips"; depot: string; trips: number };

export interface Conflict {
	constraint: SoftConstraint;
	/** How far it must give way in the smallest relaxation, in its own unit; 0 when another one gives way instead. */
	give: number;
	/** Why it cannot hold, when that needs no solver. */
	because?: "banned" | "lead-time" | "no-supply" | "no-demand" | "not-nearest";
}

const EPSILON = 1e-6;

/** Pins that ask for units on a route that is closed. */
export function pinsOnClosedRoutes(model: AllocationModel): Conflict[] {
	const conflicts: Conflict[] = [];
	for (const pin of model.problem.pins) {
		if (!((pin.atLeast ?? 0) > 0)) continue;
		const at = pinPosition(model.problem, pin);
		const route = model.route(at.depot, at.place, at.item);
		if ("closed" in route)
			conflicts.push({
				constraint: { kind: "pin", pin, limit: "at-least" },
				give: pin.atLeast as number,
				because: route.closed,
			});
	}
	return conflicts;
}

/**
 * Finds the clash of a model that has no plan.
 * @returns every constraint of the clash, those that must give way first; empty when there is no clash.
 */
export function findConflicts(
	model: AllocationModel,
	open: OpenSession,
): Conflict[] {
	const closed = pinsOnClosedRoutes(model);
	const { problem, program } = model;
	const builder = new LinearProgramBuilder();
	for (let row = 0; row < program.numRows; row++)
		builder.row(program.rowLower[row], program.rowUpper[row]);
	const soft: { constraint: SoftConstraint; row: number; column: number }[] =
		[];
	const extra = new Map<number, number[]>();
	const addExtra = (column: number, row: number) =>
		extra.set(column, [...(extra.get(column) ?? []), row, 1]);
	const slacks: (() => void)[] = [];
	const slack = (
		constraint: SoftConstraint,
		row: number,
		direction: 1 | -1,
		scale: number,
	) =>
		slacks.push(() =>
			soft.push({
				constraint,
				row,
				column: builder.column(
					1 / Math.max(1, scale),
					0,
					Number.POSITIVE_INFINITY,
					[row, direction],
				),
			}),
		);

	const lower = program.colLower.slice();
	const upper = program.colUpper.slice();
	for (const pin of problem.pins) {
		const at = pinPosition(problem, pin);
		const route = model.route(at.depot, at.place, at.item);
		if ("closed" in route) continue;
		const step = model.unitsPerStep[route.column];
		lower[route.column] = 0;
		upper[route.column] = Number.POSITIVE_INFINITY;
		if ((pin.atLeast ?? 0) > 0) {
			const row = builder.row(
				(pin.atLeast as number) / step,
				Number.POSITIVE_INFINITY,
			);
			addExtra(route.column, row);
			slack(
				{ kind: "pin", pin, limit: "at-least" },
				row,
				1,
				(pin.atLeast as number) / step,
			);
		}
		if (pin.atMost !== undefined) {
			const row = builder.row(Number.NEGATIVE_INFINITY, pin.atMost / step);
			addExtra(route.column, row);
			slack({ kind: "pin", pin, limit: "at-most" }, row, -1, pin.atMost / step);
		}
	}
	const items = problem.items.length;
	for (const floor of problem.floors) {
		const place = problem.places.findIndex(({ id }) => id === floor.place);
		const item = problem.items.findIndex(({ id }) => id === floor.item);
		const column = model.unmetColumn[place * items + item];
		if (column < 0 || floor.share === 0) continue;
		const demand = problem.demand[place]?.[item] ?? 0;
		upper[column] = Number.POSITIVE_INFINITY;
		const row = builder.row(
			Number.NEGATIVE_INFINITY,
			demand * (1 - floor.share),
		);
		addExtra(column, row);
		slack(
			{
				kind: "share",
				place: floor.place,
				item: floor.item,
				share: floor.share,
			},
			row,
			-1,
			demand,
		);
	}
	model.rowMeaning.forEach((meaning, row) => {
		if (meaning.kind === "supply") {
			const available = freeSupply(problem, meaning.depot, meaning.item);
			slack(
				{
					kind: "supply",
					depot: problem.depots[meaning.depot]?.id ?? "",
					item: problem.items[meaning.item]?.id ?? "",
					available,
				},
				row,
				-1,
				available,
			);
		} else if (meaning.kind === "depot-capacity") {
			const cubicMetres = program.rowUpper[row];
			slack(
				{
					kind: "depot-capacity",
					depot: problem.depots[meaning.depot]?.id ?? "",
					cubicMetres,
				},
				row,
				-1,
				cubicMetres,
			);
		} else if (meaning.kind === "depot-trips") {
			const trips = program.rowUpper[row];
			slack(
				{
					kind: "trips",
					depot: problem.depots[meaning.depot]?.id ?? "",
					trips,
				},
				row,
				-1,
				trips,
			);
		}
	});
	for (let column = 0; column < program.numCols; column++) {
		const entries: number[] = [];
		for (let at = program.starts[column]; at < program.starts[column + 1]; at++)
			entries.push(program.indices[at], program.values[at]);
		entries.push(...(extra.get(column) ?? []));
		builder.column(0, lower[column], upper[column], entries);
	}
	for (const add of slacks) add();

	const session = open(builder.build());
	try {
		const result = session.solve();
		if (result.status !== "optimal")
			throw new Error(
				`the elastic relaxation ended with "${result.status}" (${result.detail})`,
			);
		const found = soft.flatMap(({ constraint, row, column }): Conflict[] => {
			const give = result.values[column];
			const priced = Math.abs(result.rowDuals[row]) > EPSILON * 1e-3;
			if (give <= EPSILON && !priced) return [];
			return [{ constraint, give: give <= EPSILON ? 0 : give }];
		});
		if (!found.some(({ give }) => give > 0)) return closed;
		return [...closed, ...found].sort((a, b) => b.give - a.give);
	} finally {
		session.dispose();
	}
}
