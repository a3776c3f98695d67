/**
 * Allocation of one item over several periods: stock is carried at depots and places, a shipment leaves in one period
 * and arrives after its lead time, unmet need is lost.
 */

import { type LinearProgram, LinearProgramBuilder } from "./linear-program.ts";

/** One item over periods. Stocks and demands in units; costs per unit. */
export interface PeriodProblem {
	periods: number;
	depots: readonly string[];
	places: readonly string[];
	initialDepotStock: readonly number[];
	/** Units arriving at a depot, depots x periods. */
	arrivals: readonly (readonly number[])[];
	initialPlaceStock: readonly number[];
	/** places x periods. */
	demand: readonly (readonly number[])[];
	/** Cost of one unmet unit, places x periods. */
	penalty: readonly (readonly number[])[];
	/** Periods a shipment takes, depots x places. */
	leadPeriods: readonly (readonly number[])[];
	/** depots x places. */
	unitCost: readonly (readonly number[])[];
	/** Cost of one unit held at the end of a period. */
	holdingPlace: readonly number[];
	holdingDepot: readonly number[];
	/** Shipments are whole multiples of this. */
	pack?: number;
	/** Units of what a depot had at first that are of no use after a period, depots x periods; what is left of them then is lost. */
	expiring?: readonly (readonly number[])[];
	/** Bounds of what leaves a depot for a place in the first period; none: what there is. */
	first?: readonly {
		depot: number;
		place: number;
		atLeast: number;
		atMost: number;
	}[];
}

/** A decision that was made: so many units leave a depot in a period. */
export interface PeriodShipment {
	depot: number;
	place: number;
	leaves: number;
	arrives: number;
	units: number;
}

export interface PeriodModel {
	problem: PeriodProblem;
	program: LinearProgram;
	/** First column of what is unmet, places x periods; the columns before it are shipments and stocks. */
	unmetBase: number;
	/** First column of the stock held at places, places x periods. */
	placeStockBase: number;
	/** Reads the plan out of a solution. */
	read(values: Float64Array): {
		shipments: PeriodShipment[];
		/** places x periods. */
		unmet: number[][];
		placeStock: number[][];
		depotStock: number[][];
	};
}

/** Builds the program. Arriving units serve the period they arrive in. */
export function buildPeriodModel(problem: PeriodProblem): PeriodModel {
	const { periods } = problem;
	const depots = problem.depots.length;
	const places = problem.places.length;
	const builder = new LinearProgramBuilder();
	const at = (table: readonly (readonly number[])[], i: number, j: number) =>
		table[i]?.[j] ?? 0;
	// s[t] - s[t-1] + sum(x) = arrivals[t] (+ initial stock in the first period)
	for (let depot = 0; depot < depots; depot++)
		for (let time = 0; time < periods; time++) {
			const given =
				at(problem.arrivals, depot, time) +
				(time === 0 ? (problem.initialDepotStock[depot] ?? 0) : 0);
			builder.row(given, given);
		}
	const depotRow = (depot: number, time: number) => depot * periods + time;
	const placeBase = depots * periods;
	// h[t] - h[t-1] - sum(x arriving) - u[t] = -demand[t] (+ initial stock)
	for (let place = 0; place < places; place++)
		for (let time = 0; time < periods; time++) {
			const given =
				(time === 0 ? (problem.initialPlaceStock[place] ?? 0) : 0) -
				at(problem.demand, place, time);
			builder.row(given, given);
		}
	const placeRow = (place: number, time: number) =>
		placeBase + place * periods + time;

	// What was given or lost up to the end of a period is at least what is of no use after it.
	const expiring = problem.expiring?.some((row) => row.some((one) => one > 0));
	const expiryBase = builder.numRows;
	if (expiring)
		for (let depot = 0; depot < depots; depot++) {
			let gone = 0;
			for (let time = 0; time < periods; time++) {
				gone += at(problem.expiring ?? [], depot, time);
				builder.row(gone, Number.POSITIVE_INFINITY);
			}
		}
	const givenBy = (depot: number, leaves: number, units: number) =>
		expiring
			? Array.from({ length: periods - leaves }, (_, later) => [
					expiryBase + depot * periods + leaves + later,
					units,
				]).flat()
			: [];

	const units = problem.pack ?? 1;
	const first = new Map(
		problem.first?.map((one) => [`${one.depot} ${one.place}`, one]),
	);
	const shipments: Omit<PeriodShipment, "units">[] = [];
	for (let depot = 0; depot < depots; depot++)
		for (let place = 0; place < places; place++)
			for (let leaves = 0; leaves < periods; leaves++) {
				const arrives = leaves + at(problem.leadPeriods, depot, place);
				if (arrives >= periods) break;
				shipments.push({ depot, place, leaves, arrives });
				const bound = leaves === 0 ? first.get(`${depot} ${place}`) : undefined;
				builder.column(
					at(problem.unitCost, depot, place) * units,
					(bound?.atLeast ?? 0) / units,
					(bound?.atMost ?? Number.POSITIVE_INFINITY) / units,
					[
						...[depotRow(depot, leaves), units],
						...[placeRow(place, arrives), -units],
						...givenBy(depot, leaves, units),
					],
					problem.pack !== undefined,
				);
			}
	const stockColumns = (
		count: number,
		rowOf: (index: number, time: number) => number,
		cost: readonly number[],
	) => {
		const base = builder.numCols;
		for (let index = 0; index < count; index++)
			for (let time = 0; time < periods; time++) {
				const entries = [rowOf(index, time), 1];
				if (time + 1 < periods) entries.push(rowOf(index, time + 1), -1);
				builder.column(cost[index] ?? 0, 0, Number.POSITIVE_INFINITY, entries);
			}
		return base;
	};
	const depotStockBase = stockColumns(depots, depotRow, problem.holdingDepot);
	const placeStockBase = stockColumns(places, placeRow, problem.holdingPlace);
	if (expiring)
		for (let depot = 0; depot < depots; depot++)
			for (let time = 0; time < periods; time++)
				builder.column(0, 0, Number.POSITIVE_INFINITY, [
					...[depotRow(depot, time), 1],
					...givenBy(depot, time, 1),
				]);
	const unmetBase = builder.numCols;
	for (let place = 0; place < places; place++)
		for (let time = 0; time < periods; time++)
			builder.column(
				at(problem.penalty, place, time),
				0,
				Number.POSITIVE_INFINITY,
				[placeRow(place, time), -1],
			);

	const grid = (values: Float64Array, base: number, count: number) =>
		Array.from({ length: count }, (_, index) =>
			Array.from(
				values.subarray(base + index * periods, base + (index + 1) * periods),
			),
		);
	return {
		problem,
		program: builder.build(),
		unmetBase,
		placeStockBase,
		read: (values) => ({
			shipments: shipments.flatMap((shipment, column) => {
				const shipped = (values[column] ?? 0) * units;
				return shipped > 1e-9
					? [{ ...shipment, units: Number(shipped.toPrecision(9)) }]
					: [];
			}),
			unmet: grid(values, unmetBase, places),
			placeStock: grid(values, placeStockBase, places),
			depotStock: grid(values, depotStockBase, depots),
		}),
	};
}
