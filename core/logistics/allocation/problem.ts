/** The allocation problem of one period: who has what, who needs what, and the rules of the road. */

import { z } from "zod";
import { excerpt } from "../../reading/fault.ts";

/** No amount, cost or weight is larger: beyond it the solver takes numbers for infinite, and sums end in Infinity. */
export const LARGEST = 1e12;
/** What a unit step costs to move, and takes up, is a product of three inputs. */
const LARGEST_PRODUCT = 1e15;
/** The solver leaves out what is smaller. */
const SMALLEST_PACK = 1e-6;
/** More packs are not counted one by one by the solver, which then plans nothing and calls it the best. */
const MOST_PACKS = 1e7;

const id = z.string().min(1);
const amount = z.number().nonnegative().max(LARGEST);
const table = z.array(z.array(amount));

const pinSchema = z.strictObject({
	depot: id,
	place: id,
	item: id,
	atLeast: amount.optional(),
	atMost: amount.optional(),
});

export const allocationProblemSchema = z.strictObject({
	items: z
		.array(
			z.strictObject({
				id,
				unit: z.string().optional(),
				/** Cubic metres of one unit. */
				volumeM3: amount,
				/** Shipments are whole multiples of this many units. */
				pack: z.number().min(SMALLEST_PACK).max(LARGEST).optional(),
				/** Days a shipment may take; absent: any. */
				maxLeadDays: amount.optional(),
				/** Weight of the item's lowest coverage in the plan. */
				coverageWeight: amount.default(1),
			}),
		)
		.min(1),
	depots: z.array(z.strictObject({ id })),
	places: z.array(z.strictObject({ id, population: amount.optional() })),
	/** Units, depots x items. */
	supply: table,
	/** Units that stay at the depot, depots x items. */
	reserve: table.optional(),
	/** Units, places x items. */
	demand: table,
	/** Cost of one unmet unit, places x items. */
	penalty: table,
	/** Cost of one cubic metre, depots x places. */
	costPerM3: table,
	/**
	 * A place may be sent a last whole pack that holds more than it asks for; false: never more than the demand, and a
	 * place that asks for less than a pack gets nothing.
	 */
	packsBeyondNeed: z.boolean().default(true),
	/** Days, depots x places. */
	leadDays: table.optional(),
	/** Weight of transport cost against unmet need in the weighted plan. */
	transportWeight: amount.default(1),
	trucks: z
		.strictObject({
			/** Cubic metres of one trip, depots x places. */
			capacityM3: table,
			/** Cost of one trip, depots x places. */
			fixedCost: table,
			/** Trips there are in all from each depot; absent: as many as needed. */
			tripsPerDepot: z.array(amount).optional(),
		})
		.optional(),
	/** Cubic metres a depot can send out in the period; absent: no limit. */
	depotCapacityM3: z.array(amount).optional(),
	/** Decisions a planner holds fast: units from a depot to a place. */
	pins: z.array(pinSchema).default([]),
	/** Routes that must not be used; an absent part means any. */
	bans: z
		.array(
			z.strictObject({
				depot: id.optional(),
				place: id.optional(),
				item: id.optional(),
			}),
		)
		.default([]),
	/** A place gets at least this part (0-1) of its demand of an item. */
	floors: z
		.array(
			z.strictObject({ place: id, item: id, share: z.number().min(0).max(1) }),
		)
		.default([]),
	/** Only the cheapest depots of each place are considered; absent: all. */
	nearestDepots: z.number().int().positive().optional(),
});
export type AllocationProblem = z.output<typeof allocationProblemSchema>;
export type AllocationProblemInput = z.input<typeof allocationProblemSchema>;
export type Pin = AllocationProblem["pins"][number];

/** A problem whose parts do not fit together. */
export class AllocationProblemError extends Error {
	readonly field: string;
	constructor(field: string, found: unknown, expected: string) {
		super(
			`${field}: found ${excerpt(JSON.stringify(found) ?? "nothing")}, expected ${expected}`,
		);
		this.name = "AllocationProblemError";
		this.field = field;
	}
}

/**
 * Checks a problem: shapes, ids, and that pins name what exists.
 * @throws AllocationProblemError or ZodError
 */
export function checkProblem(input: unknown): AllocationProblem {
	const parsed = allocationProblemSchema.safeParse(input);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new AllocationProblemError(
			issue?.path.map(String).join(".") || "(problem)",
			valueAt(input, issue?.path ?? []),
			expectedOf(issue?.message ?? "a valid problem"),
		);
	}
	const problem = parsed.data;
	const [depots, places, items] = [
		problem.depots.length,
		problem.places.length,
		problem.items.length,
	];
	const shape = (
		field: string,
		rows: readonly (readonly number[])[] | undefined,
		height: number,
		width: number,
	) => {
		if (!rows) return;
		if (rows.length !== height)
			throw new AllocationProblemError(field, rows.length, `${height} rows`);
		const wrong = rows.findIndex((row) => row.length !== width);
		if (wrong >= 0)
			throw new AllocationProblemError(
				`${field}[${wrong}]`,
				rows[wrong]?.length,
				`${width} numbers`,
			);
	};
	shape("supply", problem.supply, depots, items);
	shape("reserve", problem.reserve, depots, items);
	shape("demand", problem.demand, places, items);
	shape("penalty", problem.penalty, places, items);
	shape("costPerM3", problem.costPerM3, depots, places);
	shape("leadDays", problem.leadDays, depots, places);
	shape("trucks.capacityM3", problem.trucks?.capacityM3, depots, places);
	shape("trucks.fixedCost", problem.trucks?.fixedCost, depots, places);
	for (const [field, list] of [
		["depotCapacityM3", problem.depotCapacityM3],
		["trucks.tripsPerDepot", problem.trucks?.tripsPerDepot],
	] as const)
		if (list && list.length !== depots)
			throw new AllocationProblemError(
				field,
				list.length,
				`${depots} numbers, one for each depot`,
			);
	checkSizes(problem);
	const known = {
		depot: unique("depots", problem.depots),
		place: unique("places", problem.places),
		item: unique("items", problem.items),
	};
	const named = (field: string, part: keyof typeof known, name: string) => {
		if (!known[part].has(name))
			throw new AllocationProblemError(
				`${field}.${part}`,
				name,
				`the id of a known ${part}`,
			);
	};
	checkPins(problem.pins, named);
	problem.bans.forEach((ban, index) => {
		for (const part of ["depot", "place", "item"] as const) {
			const name = ban[part];
			if (name !== undefined) named(`bans[${index}]`, part, name);
		}
	});
	problem.floors.forEach((floor, index) => {
		for (const part of ["place", "item"] as const)
			named(`floors[${index}]`, part, floor[part]);
	});
	return problem;
}

/** What the schema's message expects, without its own "Too big: expected". */
function expectedOf(message: string): string {
	return message.replace(/^.*?expected /, "");
}

/** What stands at a path of the input; undefined where there is nothing. */
function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(value, key) =>
			typeof value === "object" && value !== null
				? (value as Record<PropertyKey, unknown>)[key]
				: undefined,
		input,
	);
}

/** Amounts that are each in bounds and together are not. */
function checkSizes(problem: AllocationProblem): void {
	problem.items.forEach(({ volumeM3, pack }, item) => {
		const cubic = volumeM3 * (pack ?? 1);
		if (cubic > LARGEST)
			throw new AllocationProblemError(
				`items[${item}].volumeM3`,
				volumeM3,
				`at most ${LARGEST} m3 for a pack`,
			);
		problem.costPerM3.forEach((row, depot) => {
			row.forEach((cost, place) => {
				if (cost * cubic > LARGEST_PRODUCT)
					throw new AllocationProblemError(
						`costPerM3[${depot}][${place}]`,
						cost,
						`at most ${LARGEST_PRODUCT} for a unit or pack of ${problem.items[item]?.id} (${cubic} m3)`,
					);
			});
		});
		if (pack === undefined) return;
		problem.demand.forEach((row, place) => {
			const demand = row[item];
			if (demand / pack > MOST_PACKS)
				throw new AllocationProblemError(
					`demand[${place}][${item}]`,
					demand,
					`at most ${MOST_PACKS} packs of ${pack}`,
				);
		});
	});
}

function checkPins(
	pins: readonly Pin[],
	named: (
		field: string,
		part: "depot" | "place" | "item",
		name: string,
	) => void,
): void {
	pins.forEach((pin, index) => {
		for (const part of ["depot", "place", "item"] as const)
			named(`pins[${index}]`, part, pin[part]);
		if ((pin.atLeast ?? 0) > (pin.atMost ?? Number.POSITIVE_INFINITY))
			throw new AllocationProblemError(
				`pins[${index}]`,
				pin,
				"atLeast not above atMost",
			);
	});
}

/**
 * The same problem with other pins; only the pins are checked.
 * @throws AllocationProblemError
 */
export function withPins(
	problem: AllocationProblem,
	pins: readonly unknown[],
): AllocationProblem {
	const parsed = z.array(pinSchema).safeParse(pins);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new AllocationProblemError(
			`pins.${issue?.path.map(String).join(".")}`,
			valueAt(pins, issue?.path ?? []),
			expectedOf(issue?.message ?? "a valid pin"),
		);
	}
	const known = {
		depot: new Set(problem.depots.map((row) => row.id)),
		place: new Set(problem.places.map((row) => row.id)),
		item: new Set(problem.items.map((row) => row.id)),
	};
	checkPins(parsed.data, (field, part, name) => {
		if (!known[part].has(name))
			throw new AllocationProblemError(
				`${field}.${part}`,
				name,
				`the id of a known ${part}`,
			);
	});
	return { ...problem, pins: parsed.data };
}

function unique(
	field: string,
	rows: readonly { id: string }[],
): Map<string, number> {
	const index = new Map<string, number>();
	rows.forEach((row, at) => {
		if (index.has(row.id))
			throw new AllocationProblemError(
				`${field}[${at}].id`,
				row.id,
				"an id used once",
			);
		index.set(row.id, at);
	});
	return index;
}
