/**
 * A plan of one item over several periods: which part of every need is met (the lowest first, to the end), then what is missing by its weight, then
 * transport, then nothing earlier than it is needed. Told in whole packs, every figure counted again from what is sent.
 */

import { found } from "../../series/found.ts";
import { buildPeriodModel, type PeriodShipment } from "./periods.ts";
import type { PlanPolicy } from "./policy.ts";
import type { OpenSession, SolveResult } from "./solver.ts";

/** One item. Units; costs and weights for one. */
export interface PeriodPlanProblem {
	periods: number;
	/** By depot: what may be given at first. */
	supply: readonly number[];
	/** Comes in time to be given in a period, depots x periods. */
	arrivals: readonly (readonly number[])[];
	/** Of `supply` what is of no use after a period, depots x periods. */
	expiring: readonly (readonly number[])[];
	/** What a place lacks in a period if nothing is sent, places x periods. */
	needs: readonly (readonly number[])[];
	/** Weight of a unit that is missing, by place. */
	weight: readonly number[];
	/** Periods on the way, depots x places; Infinity: not open. */
	leadPeriods: readonly (readonly number[])[];
	/** depots x places. */
	unitCost: readonly (readonly number[])[];
	/** Units in a pack; 1: single units are sent. */
	pack: number;
	/** Of what leaves in the first period. */
	pins: readonly {
		depot: number;
		place: number;
		atLeast: number;
		atMost: number | null;
	}[];
	/** Part of its need (0-1) over all periods that every place in reach gets at least. */
	floor: number;
}

/** Why a place lacks something in a period. */
export type PeriodReason =
	| "met"
	| "no-route"
	/** What leaves for it arrives in a later period. */
	| "too-late"
	| "pinned"
	| "less-than-a-pack"
	| "supply-used-up";

export interface PeriodPlan {
	kind: "plan";
	shipments: PeriodShipment[];
	/** places x periods. */
	unmet: number[][];
	reasons: PeriodReason[][];
	/** Left at the end, by place: sent beyond the need, since packs are whole. */
	surplus: number[];
	/** At the end of a period and lost in it, depots x periods. */
	depotStock: number[][];
	lost: number[][];
	/** Part of the need over all periods that is met, by place; null: it has none, or no way leads to it. */
	coverage: (number | null)[];
	transport: number;
	/** Places that might still get more: the time ended first. */
	unsettled: number;
	steps: {
		objective: "coverage" | "unmet" | "weighted" | "transport";
		value: number;
		seconds: number;
	}[];
}

/** What stands in the way: who has to give how many units. */
export interface PeriodConflict {
	kind: "conflict";
	conflicts: (
		| { kind: "supply"; depot: number; available: number; give: number }
		| {
				kind: "pin";
				depot: number;
				place: number;
				atLeast: number;
				give: number;
				because: "lead-time" | null;
		  }
		| { kind: "share"; place: number; share: number; give: number }
	)[];
}

/** Rounds in which the lowest coverage is raised. Each takes at least one place off the floor; most take all that stand alike. */
const MOST_ROUNDS = 200;
/** By how much a step may fall short of the one before it, relative. */
const HELD_WITHIN = 1e-9;
/** Price of the floor of a place that cannot rise further; those of all of them come to 1. */
const SETTLED_FROM = 1e-9;
const TINY = 1e-6;

/**
 * Plans one item.
 * @param policy "unmet": the steps from what is missing on, without regard to who is lowest
 * @throws Error "cancelled", or when the solver gives up
 */
export function planPeriods(
	problem: PeriodPlanProblem,
	open: OpenSession,
	policy: PlanPolicy | "unmet",
	cancelled: () => boolean = () => false,
): PeriodPlan | PeriodConflict {
	const { periods, needs, pins } = problem;
	const asked = needs.map((row) => row.reduce((sum, units) => sum + units, 0));
	const clash = pinsThatClash(problem);
	if (clash) return clash;
	const model = buildPeriodModel({
		periods,
		depots: problem.supply.map(String),
		places: needs.map((_, place) => String(place)),
		initialDepotStock: problem.supply,
		arrivals: problem.arrivals,
		expiring: problem.expiring,
		initialPlaceStock: needs.map(() => 0),
		demand: needs,
		penalty: needs.map((row, place) =>
			row.map(() => problem.weight[place] ?? 1),
		),
		leadPeriods: problem.leadPeriods,
		unitCost: problem.unitCost,
		holdingPlace: needs.map(() => 0),
		holdingDepot: problem.supply.map(() => 0),
		first: pins.map(({ depot, place, atLeast, atMost }) => ({
			depot,
			place,
			atLeast,
			atMost: atMost ?? Number.POSITIVE_INFINITY,
		})),
	});
	const { program, unmetBase, placeStockBase } = model;
	const costs = (of: (column: number) => number) =>
		Float64Array.from({ length: program.numCols }, (_, column) => of(column));
	const penalty = costs((column) =>
		column >= unmetBase ? (program.colCost[column] ?? 0) : 0,
	);
	const transport = costs((column) =>
		column < unmetBase ? (program.colCost[column] ?? 0) : 0,
	);
	const early = costs((column) =>
		column >= placeStockBase && column < placeStockBase + needs.length * periods
			? 1
			: 0,
	);
	const unmetOf = (place: number) =>
		Array.from({ length: periods }, (_, time) => [
			unmetBase + place * periods + time,
			1,
		]).flat();
	const session = open(program);
	const steps: PeriodPlan["steps"] = [];
	const solve = (): SolveResult => {
		if (cancelled()) throw new Error("cancelled");
		const result = session.solve({ cancelled });
		if (result.status === "cancelled") throw new Error("cancelled");
		if (result.status !== "optimal")
			throw new Error(`the solver ended with ${result.detail}`);
		return result;
	};
	/** Rows that hold what was found before; each step adds its own. */
	const held: { lower: number; upper: number; entries: number[] }[] = [];
	const step = (
		objective: PeriodPlan["steps"][number]["objective"] | null,
		wanted: Float64Array,
	): SolveResult => {
		session.dropAdded();
		session.add([], () => held);
		session.changeCosts(wanted);
		const result = solve();
		if (objective)
			steps.push({
				objective,
				value: result.objective,
				seconds: result.seconds,
			});
		const entries = [...wanted].flatMap((cost, column) =>
			cost === 0 ? [] : [column, cost],
		);
		if (entries.length > 0)
			held.push({
				lower: Number.NEGATIVE_INFINITY,
				upper:
					result.objective +
					Math.max(TINY * 1e-3, Math.abs(result.objective) * HELD_WITHIN),
				entries,
			});
		return result;
	};
	try {
		const inReach = asked.map(
			(units, place) =>
				units > 0 &&
				needs[place]?.some(
					(need, time) =>
						need > 0 &&
						problem.leadPeriods.some((row) => (row[place] ?? 0) <= time),
				) === true,
		);
		let unsettled = 0;
		const level = new Map<number, number>();
		if (policy === "lexicographic" || problem.floor > 0) {
			let free = asked.flatMap((_, place) => (inReach[place] ? [place] : []));
			let seconds = 0;
			let lowest = 1;
			let reached = problem.floor;
			const rounds = policy === "lexicographic" ? MOST_ROUNDS : 1;
			// Raised is the largest need's share in units: a share of 1 beside needs of millions has prices below what the solver takes for nothing.
			const largest = Math.max(...free.map((place) => asked[place] ?? 0));
			for (let round = 0; round < rounds && free.length > 0; round++) {
				session.dropAdded();
				let firstRow = 0;
				const added = session.add([{ lower: 0, upper: largest }], (column) => [
					...[...level].map(([place, share]) => coverRow(place, share)),
					...free.map((place) => ({
						lower: Number.NEGATIVE_INFINITY,
						upper: asked[place] ?? 0,
						entries: [...unmetOf(place), column, (asked[place] ?? 0) / largest],
					})),
				]);
				firstRow = added.row + level.size;
				const wanted = new Float64Array(program.numCols + 1);
				wanted[added.column] = -1;
				session.changeCosts(wanted);
				const result = solve();
				seconds += result.seconds;
				const share = Math.min(1, -result.objective / largest);
				if (round === 0) lowest = share;
				reached = Math.max(reached, share);
				const settled = free.filter(
					(_, at) =>
						share >= 1 - HELD_WITHIN ||
						Math.abs(result.rowDuals[firstRow + at] ?? 0) > SETTLED_FROM,
				);
				if (settled.length === 0) break;
				for (const place of settled) level.set(place, share);
				free = free.filter((place) => !level.has(place));
			}
			if (policy === "lexicographic") {
				unsettled = free.length;
				steps.push({ objective: "coverage", value: lowest, seconds });
			}
			if (problem.floor > lowest + TINY) {
				const held = [...level].filter(
					([, share]) => share < problem.floor - TINY,
				);
				return {
					kind: "conflict",
					conflicts: held.map(([place, share]) => ({
						kind: "share",
						place,
						share: problem.floor,
						give: (problem.floor - share) * (asked[place] ?? 0),
					})),
				};
			}
			for (const place of free)
				level.set(place, policy === "lexicographic" ? reached : problem.floor);
		}
		function coverRow(place: number, share: number) {
			const units = asked[place] ?? 0;
			return {
				lower: Number.NEGATIVE_INFINITY,
				upper: units * (1 - share) + Math.max(TINY * 1e-3, units * HELD_WITHIN),
				entries: unmetOf(place),
			};
		}
		if (policy === "lexicographic")
			for (const [place, share] of level) held.push(coverRow(place, share));
		else if (problem.floor > 0)
			for (const place of level.keys())
				held.push(coverRow(place, problem.floor));
		if (policy === "weighted")
			step(
				"weighted",
				penalty.map((cost, column) => cost + (transport[column] ?? 0)),
			);
		else {
			step("unmet", penalty);
			step("transport", transport);
		}
		const last = step(null, early);
		return told(
			problem,
			model.read(last.values).shipments,
			steps,
			unsettled,
			inReach,
		);
	} finally {
		session.dispose();
	}
}

/** Pins of the first period that ask for more than there is then, or go where nothing arrives in time. */
function pinsThatClash({
	supply,
	arrivals,
	leadPeriods,
	periods,
	pins,
}: PeriodPlanProblem): PeriodConflict | null {
	const conflicts: PeriodConflict["conflicts"] = [];
	supply.forEach((units, depot) => {
		const own = pins.filter((pin) => pin.depot === depot && pin.atLeast > 0);
		for (const { place, atLeast } of own)
			if ((leadPeriods[depot]?.[place] ?? 0) >= periods)
				conflicts.push({
					kind: "pin",
					depot,
					place,
					atLeast,
					give: atLeast,
					because: "lead-time",
				});
		const available = units + (arrivals[depot]?.[0] ?? 0);
		const over = own.reduce((sum, { atLeast }) => sum + atLeast, 0) - available;
		if (over <= TINY) return;
		conflicts.push({ kind: "supply", depot, available, give: over });
		for (const { place, atLeast } of own)
			conflicts.push({
				kind: "pin",
				depot,
				place,
				atLeast,
				give: 0,
				because: null,
			});
	});
	return conflicts.length > 0 ? { kind: "conflict", conflicts } : null;
}

/** How the stock of a depot goes on, first expiry first. */
function depotCourse(
	{ periods, supply, arrivals, expiring }: PeriodPlanProblem,
	depot: number,
	out: readonly number[],
): {
	stock: number[];
	lost: number[];
	/** The first period in which more is given than there is; null: none. */
	below: number | null;
} {
	const expires = Array.from(
		{ length: periods },
		(_, time) => expiring[depot]?.[time] ?? 0,
	);
	let lasting =
		(supply[depot] ?? 0) - expires.reduce((sum, units) => sum + units, 0);
	const stock: number[] = [];
	const lost: number[] = [];
	let below: number | null = null;
	for (let time = 0; time < periods; time++) {
		lasting += arrivals[depot]?.[time] ?? 0;
		let given = out[time] ?? 0;
		for (let at = time; at < periods && given > 0; at++) {
			const taken = Math.min(expires[at] ?? 0, given);
			expires[at] = (expires[at] ?? 0) - taken;
			given -= taken;
		}
		lasting -= given;
		if (lasting < -TINY) below ??= time;
		lost.push(expires[time] ?? 0);
		expires[time] = 0;
		stock.push(lasting + expires.reduce((sum, units) => sum + units, 0));
	}
	return { stock, lost, below };
}

/** How what is sent to a place meets its needs. */
export function placeCourse(
	needs: readonly number[],
	arriving: readonly number[],
): { unmet: number[]; surplus: number } {
	let left = 0;
	const unmet = needs.map((need, time) => {
		left += arriving[time] ?? 0;
		const used = Math.min(left, need);
		left -= used;
		return need - used;
	});
	return { unmet, surplus: left };
}

/** The plan in whole packs: down to whole ones first, then one more where it is missing most, as far as there are any. */
function told(
	problem: PeriodPlanProblem,
	solved: readonly PeriodShipment[],
	steps: PeriodPlan["steps"],
	unsettled: number,
	inReach: readonly boolean[],
): PeriodPlan {
	const { periods, pack, needs, supply, leadPeriods, pins, unitCost } = problem;
	const depots = supply.map((_, depot) => depot);
	const sent = depots.map(() =>
		needs.map(() => new Array<number>(periods).fill(0)),
	);
	const row = (depot: number, place: number) =>
		found(found(sent[depot], `depot ${depot}`)[place], `place ${place}`);
	for (const { depot, place, leaves, units } of solved)
		row(depot, place)[leaves] = units;
	const pinOf = new Map(pins.map((pin) => [`${pin.depot} ${pin.place}`, pin]));
	for (const depot of depots)
		needs.forEach((_, place) => {
			const way = row(depot, place);
			const pin = pinOf.get(`${depot} ${place}`);
			let exact = 0;
			let given = 0;
			way.forEach((units, time) => {
				exact += units;
				let now = Math.max(0, Math.floor((exact - given + TINY) / pack) * pack);
				// What a person holds fast is sent to the unit.
				if (time === 0 && pin)
					now = Math.min(
						Math.max(now, pin.atLeast),
						pin.atMost ?? Number.POSITIVE_INFINITY,
					);
				way[time] = now;
				given += now;
			});
		});
	const outOf = (depot: number) =>
		Array.from({ length: periods }, (_, time) =>
			needs.reduce((sum, _, place) => sum + (row(depot, place)[time] ?? 0), 0),
		);
	const leadOf = (depot: number, place: number) =>
		leadPeriods[depot]?.[place] ?? Number.POSITIVE_INFINITY;
	const arrivingAt = (place: number) => {
		const arriving = new Array<number>(periods).fill(0);
		for (const depot of depots)
			row(depot, place).forEach((units, leaves) => {
				const arrives = leaves + leadOf(depot, place);
				if (units > 0 && arrives < periods)
					arriving[arrives] = (arriving[arrives] ?? 0) + units;
			});
		return arriving;
	};
	// What was rounded to a later period may have been of no use then: it is not there to be sent.
	const outs = depots.map((depot) => {
		for (;;) {
			const out = outOf(depot);
			const { below } = depotCourse(problem, depot, out);
			if (below === null) return out;
			let most = -1;
			let largest = 0;
			needs.forEach((_, place) => {
				const units = row(depot, place)[below] ?? 0;
				const fast = below === 0 && pinOf.has(`${depot} ${place}`);
				if (units > 0 && !fast && units > largest) {
					largest = units;
					most = place;
				}
			});
			if (most < 0) throw new Error(`depot ${depot} gives more than it has`);
			const way = row(depot, most);
			way[below] = Math.max(0, (way[below] ?? 0) - pack);
		}
	});
	const courses = needs.map((own, place) =>
		placeCourse(own, arrivingAt(place)),
	);
	const asked = needs.map((own) => own.reduce((sum, units) => sum + units, 0));
	const missing = (place: number) =>
		courses[place]?.unmet.reduce((sum, units) => sum + units, 0) ?? 0;
	const covered = (place: number) =>
		1 - missing(place) / Math.max(TINY, asked[place] ?? 0);
	/** Sends one pack more so that it arrives when something is missing. */
	const oneMore = (place: number, wanted: number): boolean => {
		const course = found(courses[place], `place ${place}`);
		for (let time = 0; time < periods; time++) {
			if ((course.unmet[time] ?? 0) < wanted - TINY) continue;
			const byCost = depots.toSorted(
				(a, b) => (unitCost[a]?.[place] ?? 0) - (unitCost[b]?.[place] ?? 0),
			);
			for (const depot of byCost)
				for (let leaves = time - leadOf(depot, place); leaves >= 0; leaves--) {
					const pin = pinOf.get(`${depot} ${place}`);
					const way = row(depot, place);
					if (
						leaves === 0 &&
						pin?.atMost != null &&
						(way[0] ?? 0) + pack > pin.atMost
					)
						continue;
					const out = [...found(outs[depot], `depot ${depot}`)];
					out[leaves] = (out[leaves] ?? 0) + pack;
					if (depotCourse(problem, depot, out).below !== null) continue;
					outs[depot] = out;
					way[leaves] = (way[leaves] ?? 0) + pack;
					courses[place] = placeCourse(needs[place] ?? [], arrivingAt(place));
					return true;
				}
		}
		return false;
	};
	// First who can use a whole pack, then a last pack that holds more than is missing.
	for (const wanted of pack > 1 ? [pack, TINY * 2] : [1]) {
		const waiting = new Set(
			needs.flatMap((_, place) => (missing(place) > TINY ? [place] : [])),
		);
		while (waiting.size > 0) {
			let lowest: number | null = null;
			for (const place of waiting)
				if (
					lowest === null ||
					covered(place) < covered(lowest) ||
					(covered(place) === covered(lowest) &&
						(problem.weight[place] ?? 0) > (problem.weight[lowest] ?? 0))
				)
					lowest = place;
			if (lowest === null) break;
			if (!oneMore(lowest, wanted) || missing(lowest) <= TINY)
				waiting.delete(lowest);
		}
	}
	const stocks = depots.map((depot) =>
		depotCourse(problem, depot, outs[depot] ?? []),
	);
	const reasonOf = (place: number, time: number): PeriodReason => {
		if ((courses[place]?.unmet[time] ?? 0) <= TINY) return "met";
		const near = depots.filter((depot) => leadOf(depot, place) <= time);
		if (near.length === 0)
			return depots.some((depot) => leadOf(depot, place) < periods)
				? "too-late"
				: "no-route";
		if (near.some((depot) => pinOf.get(`${depot} ${place}`)?.atMost != null))
			return "pinned";
		const left = Math.max(
			...near.map((depot) => stocks[depot]?.stock[time] ?? 0),
		);
		return pack > 1 && left > TINY && left < pack
			? "less-than-a-pack"
			: "supply-used-up";
	};
	const shipments: PeriodShipment[] = [];
	for (const depot of depots)
		needs.forEach((_, place) => {
			row(depot, place).forEach((units, leaves) => {
				if (units > 0)
					shipments.push({
						...{ depot, place, leaves, units },
						arrives: leaves + leadOf(depot, place),
					});
			});
		});
	return {
		kind: "plan",
		shipments,
		unmet: courses.map(({ unmet }) => unmet),
		reasons: needs.map((own, place) =>
			own.map((_, time) => reasonOf(place, time)),
		),
		surplus: courses.map(({ surplus }) => surplus),
		depotStock: stocks.map(({ stock }) => stock),
		lost: stocks.map(({ lost }) => lost),
		coverage: needs.map((_, place) =>
			inReach[place] ? Math.max(0, covered(place)) : null,
		),
		transport: shipments.reduce(
			(sum, { depot, place, units }) =>
				sum + units * (unitCost[depot]?.[place] ?? 0),
			0,
		),
		unsettled,
		steps,
	};
}
