/** A part of a plan over several rounds: its problems item by item, and their solutions as the plan that is told. */

import type { Plan, PlanLine } from "../../../core/api/plan.ts";
import type {
	PeriodConflict,
	PeriodPlan,
	PeriodPlanProblem,
} from "../../../core/logistics/allocation/period-plan.ts";
import { roundEnds, roundsOnTheWay } from "../../../core/logistics/rounds.ts";
import { handoverOf } from "../../../core/logistics/transport.ts";
import type { DispatchInput } from "../query/dispatch-input.ts";
import {
	heldOf,
	type PlanPart,
	type PlanRequest,
	pinsOf,
} from "./dispatch-parts.ts";

/** First and last days of the rounds. */
export function roundsOf({
	day,
	cover,
	periods,
}: Pick<PlanRequest, "day" | "cover" | "periods">): Plan["periods"] {
	const ends = roundEnds(cover, periods);
	return ends.map((end, at) => ({
		from: day + (ends[at - 1] ?? 0) + 1,
		to: day + end,
	}));
}

/**
 * The problem of one item of a part.
 * @param brought what the centre sends to its first warehouse, by the round in which it arrives
 */
export function periodProblem(
	part: PlanPart,
	request: PlanRequest,
	item: number,
	brought: readonly number[],
): PeriodPlanProblem {
	const { warehouses, places, ways, problem } = part;
	const { cover, periods, floor } = request;
	const about = problem.items[item];
	const supply = warehouses.map((_, depot) =>
		Math.max(
			0,
			(problem.supply[depot]?.[item] ?? 0) -
				(problem.reserve?.[depot]?.[item] ?? 0),
		),
	);
	const whole = (units: readonly number[]) => units.map(Math.floor);
	const pins = pinsOf(part, request.pins).filter(
		({ item }) => item === about?.id,
	);
	const placeAt = new Map(
		places.map(({ end }, at) => [String(end.facility), at]),
	);
	const depotAt = new Map(
		warehouses.map(({ facility }, at) => [String(facility), at]),
	);
	return {
		periods,
		supply,
		arrivals: warehouses.map(({ rounds }, depot) => {
			const ordered = whole(rounds?.[item]?.arrives ?? []);
			return Array.from(
				{ length: periods },
				(_, period) =>
					(ordered[period] ?? 0) + (depot === 0 ? (brought[period] ?? 0) : 0),
			);
		}),
		expiring: warehouses.map(({ rounds }, depot) => {
			// What is kept in reserve is what lasts longest.
			let given = supply[depot] ?? 0;
			return (rounds?.[item]?.expires ?? []).map((units) => {
				const own = Math.min(given, Math.floor(units));
				given -= own;
				return own;
			});
		}),
		needs: places.map(({ needs }) =>
			wholeNeeds(needs[item]?.rounds ?? [], periods),
		),
		weight: places.map((_, place) => problem.penalty?.[place]?.[item] ?? 1),
		leadPeriods: ways.map((row) =>
			row.map(({ days }) => roundsOnTheWay(days, cover, periods)),
		),
		unitCost: ways.map((row) =>
			row.map(
				({ rupiahPerM3 }) => (rupiahPerM3 / 1000) * (about?.volumeM3 ?? 0),
			),
		),
		pack: about?.pack ?? 1,
		floor: floor / 100,
		pins: pins.map(({ depot, place, atLeast, atMost }) => ({
			depot: depotAt.get(depot) ?? 0,
			place: placeAt.get(place) ?? 0,
			atLeast: atLeast ?? 0,
			atMost: atMost ?? null,
		})),
	};
}

/** In whole units, that add up to the whole units of the sum. */
function wholeNeeds(rounds: readonly number[], periods: number): number[] {
	let exact = 0;
	let before = 0;
	return Array.from({ length: periods }, (_, at) => {
		exact += rounds[at] ?? 0;
		const now = Math.ceil(exact - 1e-6) - before;
		before += now;
		return now;
	});
}

/** An item of a part with its solution. */
export interface SolvedItem {
	problem: PeriodPlanProblem;
	plan: PeriodPlan;
	/** What of its arrivals the centre sends. */
	brought: readonly number[];
	/** What simple rules would leave missing, places x rounds; null: not told for this plan. */
	rules: {
		equalShare: readonly (readonly number[])[] | null;
		byPopulation: readonly (readonly number[])[] | null;
	};
}

/** A part with the solutions of its items. */
export interface SolvedRounds {
	part: PlanPart;
	items: readonly SolvedItem[];
}

/** What a part sends to each of its places of an item, by the round in which it arrives. */
export function broughtTo({
	part: { places },
	items,
}: SolvedRounds): (facility: number, item: number) => number[] {
	const at = new Map(places.map(({ end }, place) => [end.facility, place]));
	return (facility, item) => {
		const one = items[item];
		const brought = new Array<number>(one?.problem.periods ?? 0).fill(0);
		for (const { place, arrives, units } of one?.plan.shipments ?? [])
			if (place === at.get(facility) && arrives < brought.length)
				brought[arrives] = (brought[arrives] ?? 0) + units;
		return brought;
	};
}

/** What every place is sent in every round, and why. */
export function periodLines(
	{ part: { tier, warehouses, places, ways }, items }: SolvedRounds,
	input: DispatchInput,
): PlanLine[] {
	return items.flatMap(({ problem, plan, rules }, item) => {
		const id = input.items[item]?.id ?? "";
		const pinned = new Set(
			problem.pins.map(({ depot, place }) => `${depot} ${place}`),
		);
		const sending = Map.groupBy(
			plan.shipments,
			({ place, leaves }) => `${place} ${leaves}`,
		);
		return places.flatMap(({ end, needs, zones }, place): PlanLine[] => {
			const need = needs[item];
			if (!need) return [];
			const days = (left: number) => (need.use > 0 ? left / need.use : null);
			let given = 0;
			return Array.from(
				{ length: problem.periods },
				(_, period) => period,
			).flatMap((period): PlanLine[] => {
				const shipments = sending.get(`${place} ${period}`) ?? [];
				const sent = shipments.reduce((sum, { units }) => sum + units, 0);
				given += sent;
				const demand = problem.needs[place]?.[period] ?? 0;
				if (demand === 0 && sent === 0) return [];
				const unmet = plan.unmet[place]?.[period] ?? 0;
				return [
					{
						tier,
						period,
						to: end.facility,
						item: id,
						from: shipments.flatMap(({ depot, units }) => {
							const warehouse = warehouses[depot];
							const way = ways[depot]?.[place];
							return warehouse && way
								? [
										{
											facility: warehouse.facility,
											units,
											carriage: way.carriage,
											handover: handoverOf(way.carriage, tier),
											km: Math.round(way.km),
											days: way.days,
											pin: period === 0 && pinned.has(`${depot} ${place}`),
										},
									]
								: [];
						}),
						demand,
						sent,
						unmet,
						coverage: demand > 0 ? (demand - unmet) / demand : 1,
						before: days(need.left),
						after: days(need.left + given),
						reason: plan.reasons[place]?.[period] ?? "met",
						zone: zones[item] ?? null,
						equalShare: metBy(rules.equalShare, demand, place, period),
						byPopulation: metBy(rules.byPopulation, demand, place, period),
					},
				];
			});
		});
	});
}

/** What of a need a rule would meet. */
function metBy(
	missing: readonly (readonly number[])[] | null,
	demand: number,
	place: number,
	period: number,
): number | null {
	return missing && Math.max(0, demand - (missing[place]?.[period] ?? 0));
}

/** How long the stock of each area lasts after each round. */
export function periodAreas(
	{ part: { places }, items }: SolvedRounds,
	input: DispatchInput,
	{ tier }: PlanRequest,
): Plan["areas"] {
	return items.flatMap(({ problem, plan }, item) => {
		const sums = new Map<
			number,
			{ use: number; left: number; demand: number[]; sent: number[] }
		>();
		places.forEach(({ end, needs }, place) => {
			const need = needs[item];
			if (!need) return;
			const area = tier === "province" ? end.area : (end.province ?? end.area);
			const none = () => new Array<number>(problem.periods).fill(0);
			const sum = sums.get(area) ?? {
				...{ use: 0, left: 0, demand: none(), sent: none() },
			};
			sums.set(area, sum);
			sum.use += need.use;
			sum.left += need.left;
			problem.needs[place]?.forEach((units, period) => {
				sum.demand[period] = (sum.demand[period] ?? 0) + units;
			});
			for (const one of plan.shipments)
				if (one.place === place)
					sum.sent[one.leaves] = (sum.sent[one.leaves] ?? 0) + one.units;
		});
		return [...sums].flatMap(([area, { use, left, demand, sent }]) => {
			let given = 0;
			return demand.map((units, period) => {
				given += sent[period] ?? 0;
				return {
					...{ area, period, item: input.items[item]?.id ?? "" },
					before: use > 0 ? left / use : null,
					after: use > 0 ? (left + given) / use : null,
					demand: units,
					sent: sent[period] ?? 0,
				};
			});
		});
	});
}

/** What each item comes to, in all and in each round: of both tiers the needs and what is sent are those of the facilities. */
export function periodItems(
	solved: readonly SolvedRounds[],
	input: DispatchInput,
	{ periods, tier }: PlanRequest,
): Plan["items"] {
	const last = solved.filter(
		({ part }) => tier !== "both" || part.tier === "province",
	);
	const all = (units: readonly (readonly number[])[]) =>
		sum(units, (row) => sum(row, (each) => each));
	const at = (units: readonly (readonly number[])[], period: number) =>
		sum(units, (row) => row[period] ?? 0);
	return input.items.map((about, item) => {
		const giving = solved.flatMap(({ items }) => items[item] ?? []);
		const taking = last.flatMap(({ items }) => items[item] ?? []);
		const shares = taking.flatMap(({ plan }) =>
			plan.coverage.flatMap((share) => share ?? []),
		);
		const byRule = (rule: keyof SolvedItem["rules"]) => {
			const rows = taking.map(({ problem, plan, rules }) => ({
				needs: problem.needs,
				// A place that no way leads to is short, and says nothing of how fair a rule is.
				reached: plan.coverage.map((share) => share !== null),
				missing: rules[rule],
			}));
			if (rows.length === 0 || rows.some(({ missing }) => missing === null))
				return null;
			const parts = rows.flatMap(({ needs, reached, missing }) =>
				needs.flatMap((row, place) => {
					const asked = sum(row, (units) => units);
					const unmet = sum(missing?.[place] ?? [], (one) => one);
					return asked > 0
						? [{ asked, unmet, reached: reached[place] === true }]
						: [];
				}),
			);
			const shares = parts.flatMap(({ asked, unmet, reached }) =>
				reached ? [1 - unmet / asked] : [],
			);
			return {
				lowest: shares.length > 0 ? Math.min(...shares) : null,
				placesShort: parts.filter(({ unmet }) => unmet > 1e-6).length,
				unmet: sum(parts, ({ unmet }) => unmet),
			};
		};
		return {
			...heldOf(
				about,
				solved.flatMap(({ part }) => part.warehouses),
				item,
			),
			reserve: sum(solved, ({ part: { warehouses, problem } }) =>
				sum(
					warehouses.map((_, depot) => problem.reserve?.[depot]?.[item] ?? 0),
					(units) => units,
				),
			),
			free: sum(giving, ({ problem }) => sum(problem.supply, (one) => one)),
			// What goes from one tier to the other comes from nowhere else.
			arrives: sum(
				giving,
				({ problem, brought }) =>
					all(problem.arrivals) - sum(brought, (units) => units),
			),
			demand: sum(taking, ({ problem }) => all(problem.needs)),
			sent: sum(taking, ({ plan }) =>
				sum(plan.shipments, ({ units }) => units),
			),
			unmet: sum(taking, ({ plan }) => all(plan.unmet)),
			surplus: sum(taking, ({ plan }) => sum(plan.surplus, (units) => units)),
			left: sum(giving, ({ plan }) => at(plan.depotStock, periods - 1)),
			lowest: shares.length > 0 ? Math.min(...shares) : null,
			placesShort: sum(
				taking,
				({ plan }) =>
					plan.unmet.filter((row) => row.some((units) => units > 0)).length,
			),
			notReported: sum(last, ({ part: { places } }) =>
				sum(places, ({ silent }) => silent[item] ?? 0),
			),
			equalShare: byRule("equalShare"),
			byPopulation: byRule("byPopulation"),
			byPeriod:
				giving.length === 0
					? []
					: Array.from({ length: periods }, (_, period) => {
							const parts = taking.flatMap(({ problem, plan }) =>
								problem.needs.flatMap((row, place) => {
									const need = row[period] ?? 0;
									return need > 0
										? [(need - (plan.unmet[place]?.[period] ?? 0)) / need]
										: [];
								}),
							);
							return {
								// What goes from one tier to the other comes from nowhere else.
								arrives: sum(
									giving,
									({ problem, brought }) =>
										at(problem.arrivals, period) - (brought[period] ?? 0),
								),
								lost: sum(giving, ({ plan }) => at(plan.lost, period)),
								demand: sum(taking, ({ problem }) => at(problem.needs, period)),
								sent: sum(taking, ({ plan }) =>
									sum(plan.shipments, ({ leaves, units }) =>
										leaves === period ? units : 0,
									),
								),
								unmet: sum(taking, ({ plan }) => at(plan.unmet, period)),
								left: sum(giving, ({ plan }) => at(plan.depotStock, period)),
								lowest: parts.length > 0 ? Math.min(...parts) : null,
								placesShort: sum(
									taking,
									({ plan }) =>
										plan.unmet.filter((row) => (row[period] ?? 0) > 0).length,
								),
							};
						}),
		};
	});
}

function sum<One>(of: readonly One[], units: (one: One) => number): number {
	return of.reduce((total, one) => total + units(one), 0);
}

/** What stands in the way, in terms of facilities. */
export function periodClashes(
	{ warehouses, places }: PlanPart,
	item: string,
	{ conflicts }: PeriodConflict,
): Plan["conflicts"] {
	const from = (depot: number) => warehouses[depot]?.facility ?? null;
	const to = (place: number) => places[place]?.end.facility ?? null;
	const rest = { item, limit: null, because: null };
	return conflicts.map((one) =>
		one.kind === "supply"
			? {
					...rest,
					...{ kind: one.kind, from: from(one.depot), to: null },
					...{ stands: one.available, give: one.give },
				}
			: one.kind === "pin"
				? {
						...rest,
						...{ kind: one.kind, from: from(one.depot), to: to(one.place) },
						...{ limit: "at-least" as const, because: one.because },
						...{ stands: one.atLeast, give: one.give },
					}
				: {
						...rest,
						...{ kind: one.kind, from: null, to: to(one.place) },
						...{ stands: one.share, give: one.give },
					},
	);
}

/** The steps of all items, and what they leave open. */
export function periodSteps(
	solved: readonly SolvedItem[],
): Pick<Plan, "steps" | "gap" | "unsettled" | "transport" | "trips"> {
	const objectives = ["coverage", "unmet", "weighted", "transport"] as const;
	return {
		steps: objectives.flatMap((objective) => {
			const own = solved.flatMap(({ plan }) =>
				plan.steps.filter((step) => step.objective === objective),
			);
			return own.length === 0
				? []
				: [
						{
							objective,
							value: own.reduce((sum, { value }) => sum + value, 0),
							status: "optimal",
							gap: 0,
							seconds: own.reduce((sum, { seconds }) => sum + seconds, 0),
						},
					];
		}),
		gap: 0,
		unsettled: solved.reduce((sum, { plan }) => sum + plan.unsettled, 0),
		transport: solved.reduce((sum, { plan }) => sum + plan.transport, 0),
		trips: 0,
	};
}
