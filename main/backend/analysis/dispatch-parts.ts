/** From what is known of stocks and needs to the problems of the tiers, and from their solutions to the plan that is told. */

import type {
	Plan,
	PlanArea,
	PlanClash,
	PlanItem,
	PlanLine,
	PlanOf,
	PlanPin,
} from "../../../core/api/plan.ts";
import type { Asked } from "../../../core/api/route.ts";
import { greatCircle } from "../../../core/areas/great-circle.ts";
import type { Conflict } from "../../../core/logistics/allocation/conflict.ts";
import {
	type AllocationPlan,
	unprovenParts,
} from "../../../core/logistics/allocation/plan.ts";
import type {
	AllocationProblemInput,
	Pin,
} from "../../../core/logistics/allocation/problem.ts";
import type { SharedOut } from "../../../core/logistics/allocation/sharing-rules.ts";
import {
	type DispatchNeed,
	dispatchProblem,
	keptInReserve,
	unitsAsked,
	volumeOf,
	wholeUnits,
} from "../../../core/logistics/dispatch-plan.ts";
import {
	RISK_ZONES,
	type RiskZone,
} from "../../../core/logistics/distribution-demand.ts";
import { lackingBeyond } from "../../../core/logistics/rounds.ts";
import {
	handoverOf,
	type Way,
	wayBetween,
} from "../../../core/logistics/transport.ts";
import type {
	DispatchEnd,
	DispatchInput,
	DispatchPlaceInput,
	DispatchWarehouse,
	PlaceNeed,
} from "../query/dispatch-input.ts";

export type PlanRequest = Asked<typeof PlanOf>;

/** Days until the round after this one. Planning assumption. */
const REVIEW_DAYS = 7;

/** A place of a part: who it is, and what it needs. */
interface PartPlace {
	end: DispatchEnd;
	population: number | null;
	needs: readonly (PlaceNeed | null)[];
	/** By item the zone that its need weighs by; null: none is known. */
	zones: readonly (RiskZone | null)[];
	/** Facilities of which no need is known, by item. */
	silent: readonly number[];
}

/** One problem that is solved by itself: the centre and the provinces, or one province and its facilities. */
export interface PlanPart {
	/** Names it among the parts of a plan. */
	key: string;
	tier: "centre" | "province";
	warehouses: readonly DispatchWarehouse[];
	places: readonly PartPlace[];
	ways: readonly (readonly Way[])[];
	problem: AllocationProblemInput;
}

/** The part of the centre: from its warehouses to those of the provinces. */
export function centrePart(
	input: DispatchInput,
	request: PlanRequest,
): PlanPart {
	// What a province is sent comes to its first warehouse; of several the need is that of the one province.
	const places = [
		...Map.groupBy(
			input.warehouses.filter(({ province }) => province !== null),
			({ province }) => province,
		).values(),
	].map((own) => provinceNeed(input, own, request));
	return part(
		"centre",
		"centre",
		input,
		input.warehouses.filter(({ province }) => province === null),
		() => [],
		places,
		request,
	);
}

/**
 * What a province needs beyond what its own warehouses can give and is on its way there: the net needs of its facilities less the stock that
 * the warehouses do not keep in reserve.
 */
function provinceNeed(
	input: DispatchInput,
	warehouses: readonly DispatchWarehouse[],
	{ reserve, periods }: PlanRequest,
): PartPlace {
	const [first] = warehouses as [DispatchWarehouse];
	const inside = input.places.filter(
		({ province }) => province === first.province,
	);
	const province = input.provinces.find(({ area }) => area === first.province);
	const total = (of: (warehouse: DispatchWarehouse) => number) =>
		warehouses.reduce((sum, warehouse) => sum + of(warehouse), 0);
	const silent = input.items.map((_, item) => silentOf(inside, item));
	return {
		end: first,
		population: province?.population ?? null,
		silent,
		zones: input.items.map((_, item) => zoneOfMost(inside, item)),
		needs: input.items.map((_, item): PlaceNeed | null => {
			const known = inside.flatMap(({ needs }) => needs[item] ?? []);
			if (known.length === 0) return null;
			const sum = (of: (need: PlaceNeed) => number) =>
				known.reduce((total, need) => total + of(need), 0);
			const own = total(({ free }) => free[item] ?? 0);
			const use = sum(({ use }) => use);
			const left = sum(({ left }) => left) + own;
			const free = total(
				({ free }) =>
					wholeUnits(free[item] ?? 0) -
					keptInReserve(free[item] ?? 0, reserve / 100),
			);
			if (first.rounds) {
				const lacks = lackingBeyond(
					Array.from({ length: periods }, (_, at) =>
						sum((need) => need.rounds?.[at] ?? 0),
					),
					free,
					{
						arrives: roundsOf(warehouses, item, "arrives", periods),
						expires: roundsOf(warehouses, item, "expires", periods),
					},
				);
				const units = lacks.reduce((total, round) => total + round, 0);
				return { units, use, left, rounds: lacks };
			}
			return {
				units: Math.max(
					0,
					sum(({ units }) => units) -
						free -
						total(({ incoming }) => incoming[item] ?? 0),
				),
				use,
				left,
			};
		}),
	};
}

/** By round what arrives at several warehouses together, or is of no use after it. */
function roundsOf(
	warehouses: readonly DispatchWarehouse[],
	item: number,
	of: "arrives" | "expires",
	periods: number,
): number[] {
	return Array.from({ length: periods }, (_, at) =>
		warehouses.reduce(
			(sum, { rounds }) => sum + (rounds?.[item]?.[of][at] ?? 0),
			0,
		),
	);
}

/** The zone in which most of what is missing of an item is missing; of equals the one of higher risk. Null: most of it where none is known. */
function zoneOfMost(
	inside: readonly DispatchPlaceInput[],
	item: number,
): RiskZone | null {
	let best: RiskZone | null = null;
	let most = 0;
	for (const zone of [...RISK_ZONES, null]) {
		const units = inside.reduce(
			(sum, place) =>
				place.zone === zone ? sum + (place.needs[item]?.units ?? 0) : sum,
			0,
		);
		if (units > most) [best, most] = [zone, units];
	}
	return best;
}

/** What is on its way to a province's warehouse and taken off what it needs of the centre: it gives it on. In rounds it comes in its round. */
function givenOn(
	{ incoming }: DispatchWarehouse,
	{ tier, periods }: PlanRequest,
): number[] {
	return tier === "both" && periods === 1 ? incoming.map(Math.floor) : [];
}

/**
 * The part of one province: from its warehouses to the facilities in it.
 * @param given what the centre sends to it, by item; it is there to be given on
 */
export function provincePart(
	input: DispatchInput,
	area: number,
	given: readonly number[] | null,
	request: PlanRequest,
): PlanPart {
	const warehouses = input.warehouses.filter(
		({ province }) => province === area,
	);
	const comes = (warehouse: DispatchWarehouse) => {
		const own = givenOn(warehouse, request);
		return input.items.map(
			(_, item) =>
				(own[item] ?? 0) +
				(warehouse === warehouses[0] ? (given?.[item] ?? 0) : 0),
		);
	};
	const places = input.places
		.filter(({ province }) => province === area)
		.map(
			(place): PartPlace => ({
				end: place,
				population: place.population,
				needs: place.needs,
				zones: input.items.map(() => place.zone),
				silent: input.items.map((_, item) =>
					place.keeps[item] && !place.needs[item] ? 1 : 0,
				),
			}),
		);
	return part(
		`province-${area}`,
		"province",
		input,
		warehouses,
		comes,
		places,
		request,
	);
}

function part(
	key: string,
	tier: PlanPart["tier"],
	{ items }: DispatchInput,
	warehouses: readonly DispatchWarehouse[],
	comes: (to: DispatchWarehouse) => readonly number[],
	places: readonly PartPlace[],
	request: PlanRequest,
): PlanPart {
	const ways = warehouses.map((from) =>
		places.map(({ end }) =>
			wayBetween(from.provinceCode, end.provinceCode, distance(from, end)),
		),
	);
	const bare = { key, tier, warehouses, places, ways };
	return {
		...bare,
		problem: dispatchProblem({
			items,
			depots: warehouses.map((warehouse) => ({
				id: String(warehouse.facility),
				free: warehouse.free,
				comes: comes(warehouse),
			})),
			places: places.map(({ end, population, needs, zones }) => ({
				id: String(end.facility),
				population,
				needs: needs.map(
					(need, item): DispatchNeed | null =>
						need && {
							units: need.units,
							zone: zones[item] ?? null,
							daysOfSupply:
								need.use > 0 ? need.left / need.use : Number.POSITIVE_INFINITY,
						},
				),
			})),
			ways,
			rules: {
				reserve: request.reserve / 100,
				floor: request.floor / 100,
				reviewDays: REVIEW_DAYS,
				longestDays: request.cover,
				vehicles: request.trips === "whole",
				pins: [],
			},
		}),
	};
}

/** Kilometres where one of the two has no position. Planning assumption. */
const UNKNOWN_KM = 300;

function distance(a: DispatchEnd, b: DispatchEnd): number {
	return a.lat === null || a.lng === null || b.lat === null || b.lng === null
		? UNKNOWN_KM
		: greatCircle({ lat: a.lat, lng: a.lng }, { lat: b.lat, lng: b.lng });
}

/** The pins that speak of a part. */
export function pinsOf(
	{ warehouses, places, problem }: PlanPart,
	pins: readonly PlanPin[],
): Pin[] {
	const from = new Set(warehouses.map(({ facility }) => facility));
	const to = new Set(places.map(({ end }) => end.facility));
	const items = new Set(problem.items.map(({ id }) => id));
	return pins
		.filter(
			(pin) => from.has(pin.from) && to.has(pin.to) && items.has(pin.item),
		)
		.map(({ from: depot, to: place, item, atLeast, atMost }) => ({
			depot: String(depot),
			place: String(place),
			item,
			atLeast,
			...(atMost !== null && { atMost }),
		}));
}

/** A part with its solution and how the simple rules would do. */
export interface SolvedPart {
	part: PlanPart;
	plan: AllocationPlan;
	pins: readonly Pin[];
	rules: { equalShare: SharedOut | null; byPopulation: SharedOut | null };
}

/** Units that a solution sends, by place and item. */
function sentOf(
	shipments: AllocationPlan["shipments"],
	items: number,
): Map<number, number> {
	const sent = new Map<number, number>();
	for (const { place, item, units } of shipments) {
		const at = place * items + item;
		sent.set(at, (sent.get(at) ?? 0) + units);
	}
	return sent;
}

/** What the centre sends to each province's warehouse, by item. */
export function givenTo(
	{ part: { places }, plan }: SolvedPart,
	items: number,
): Map<number, number[]> {
	const given = new Map<number, number[]>();
	for (const { place, item, units } of plan.shipments) {
		const facility = places[place]?.end.facility ?? 0;
		const row = given.get(facility) ?? new Array<number>(items).fill(0);
		given.set(facility, row);
		row[item] = (row[item] ?? 0) + units;
	}
	return given;
}

/** What every place of a part is sent, and why. */
export function linesOf(
	{
		part: { tier, warehouses, places, ways, problem },
		plan,
		pins,
		rules,
	}: SolvedPart,
	items: readonly { item: string }[],
): PlanLine[] {
	const width = items.length;
	const sent = sentOf(plan.shipments, width);
	const equal = rules.equalShare && sentOf(rules.equalShare.shipments, width);
	const people =
		rules.byPopulation && sentOf(rules.byPopulation.shipments, width);
	const pinned = new Set(
		pins.map(({ depot, place, item }) => `${depot} ${place} ${item}`),
	);
	const from = new Map<number, PlanLine["from"]>();
	for (const { depot, place, item, units } of plan.shipments) {
		const warehouse = warehouses[depot];
		const way = ways[depot]?.[place];
		const id = items[item]?.item ?? "";
		const end = places[place]?.end;
		if (!warehouse || !way || !end) continue;
		const at = place * width + item;
		const list = from.get(at) ?? [];
		from.set(at, list);
		list.push({
			facility: warehouse.facility,
			units,
			carriage: way.carriage,
			handover: handoverOf(way.carriage, tier),
			km: Math.round(way.km),
			days: way.days,
			pin: pinned.has(`${warehouse.facility} ${end.facility} ${id}`),
		});
	}
	const short = new Map(
		plan.shortages.map((one) => [one.place * width + one.item, one]),
	);
	return places.flatMap(({ end, needs, zones }, place) =>
		items.flatMap(({ item: id }, item): PlanLine[] => {
			const at = place * width + item;
			const need = needs[item];
			const demand = problem.demand[place]?.[item] ?? 0;
			const units = sent.get(at) ?? 0;
			if (!need || (demand === 0 && units === 0)) return [];
			const shortage = short.get(at);
			const days = (left: number) => (need.use > 0 ? left / need.use : null);
			return [
				{
					tier,
					period: 0,
					to: end.facility,
					item: id,
					from: from.get(at) ?? [],
					demand,
					sent: units,
					unmet: shortage?.unmet ?? 0,
					coverage: demand > 0 ? Math.min(1, units / demand) : 1,
					before: days(need.left),
					after: days(need.left + units),
					reason: shortage?.reason.kind ?? "met",
					zone: zones[item] ?? null,
					equalShare: equal && (equal.get(at) ?? 0),
					byPopulation: people && (people.get(at) ?? 0),
				},
			];
		}),
	);
}

/** How long the stock of each area lasts: of the first tier that was planned, by province or, of one province, by kabupaten/kota. */
export function areasOf(
	solved: readonly SolvedPart[],
	items: readonly { item: string }[],
	{ tier }: PlanRequest,
): PlanArea[] {
	const width = items.length;
	const sums = new Map<
		string,
		{ area: number; item: number; use: number; left: number } & Pick<
			PlanArea,
			"demand" | "sent"
		>
	>();
	for (const { part, plan } of solved) {
		if (part.tier !== (tier === "province" ? "province" : "centre")) continue;
		const sent = sentOf(plan.shipments, width);
		part.places.forEach(({ end, needs }, place) => {
			const area = tier === "province" ? end.area : (end.province ?? end.area);
			needs.forEach((need, item) => {
				if (!need) return;
				const key = `${area} ${item}`;
				const sum = sums.get(key) ?? {
					...{ area, item, use: 0, left: 0, demand: 0, sent: 0 },
				};
				sums.set(key, sum);
				sum.use += need.use;
				sum.left += need.left;
				sum.demand += part.problem.demand[place]?.[item] ?? 0;
				sum.sent += sent.get(place * width + item) ?? 0;
			});
		});
	}
	return [...sums.values()].map(({ area, item, use, left, demand, sent }) => ({
		area,
		period: 0,
		item: items[item]?.item ?? "",
		before: use > 0 ? left / use : null,
		after: use > 0 ? (left + sent) / use : null,
		demand,
		sent,
	}));
}

/** What an item is and what the warehouses hold of it; `stock` null: none of them told. */
export function heldOf(
	about: DispatchInput["items"][number],
	giving: readonly Pick<
		DispatchInput["warehouses"][number],
		"stock" | "promised"
	>[],
	item: number,
) {
	const volume = volumeOf(about);
	const stocks = giving.flatMap(({ stock }) => stock[item] ?? []);
	return {
		...{ item: about.id, name: about.name, unit: about.unit },
		...{ pack: about.pack, packAssumed: about.packAssumed },
		...{ volumeM3: volume.m3, volumeAssumed: volume.assumed },
		stock:
			stocks.length === 0
				? null
				: stocks.reduce((total, units) => total + units, 0),
		promised: giving.reduce(
			(total, { promised }) => total + (promised[item] ?? 0),
			0,
		),
	};
}

/** What the parts come to, item by item: of both tiers the needs and what is sent are those of the facilities. */
export function itemsOf(
	input: DispatchInput,
	solved: readonly SolvedPart[],
	request: PlanRequest,
): PlanItem[] {
	const { tier, reserve } = request;
	const last = solved.filter(
		({ part }) => tier !== "both" || part.tier === "province",
	);
	const giving = input.warehouses.filter(
		(warehouse) =>
			tier === "both" ||
			solved.some(({ part }) =>
				part.warehouses.some(({ facility }) => facility === warehouse.facility),
			),
	);
	return input.items.map((about, item): PlanItem => {
		const summaries = last.flatMap(({ plan }) =>
			plan.items.filter((one) => one.item === item),
		);
		const sum = (of: (one: (typeof summaries)[number]) => number) =>
			summaries.reduce((total, one) => total + of(one), 0);
		const free = giving.reduce(
			(total, warehouse) => total + wholeUnits(warehouse.free[item]),
			0,
		);
		const kept = giving.reduce(
			(total, warehouse) =>
				total + keptInReserve(warehouse.free[item] ?? null, reserve / 100),
			0,
		);
		const arrives = giving.reduce(
			(total, warehouse) =>
				warehouse.province === null
					? total
					: total + (givenOn(warehouse, request)[item] ?? 0),
			0,
		);
		const told = (of: (one: SolvedPart) => SharedOut | null) => {
			const rows = last.map(of);
			if (rows.some((row) => row === null)) return null;
			const mine = rows.flatMap((row) =>
				(row?.items ?? []).filter((one) => one.item === item),
			);
			return {
				lowest: lowest(mine.map(({ lowestCoverage }) => lowestCoverage)),
				placesShort: mine.reduce(
					(total, { placesShort }) => total + placesShort,
					0,
				),
				unmet: mine.reduce((total, { unmet }) => total + unmet, 0),
			};
		};
		const sent = sum(({ shipped }) => shipped);
		return {
			...heldOf(about, giving, item),
			reserve: kept,
			free: free - kept,
			arrives,
			demand: sum(({ demand }) => demand),
			sent,
			unmet: sum(({ unmet }) => unmet),
			surplus: sum(({ moreThanAsked }) => moreThanAsked),
			left: free - kept + arrives - sent,
			lowest: lowest(summaries.map(({ lowestCoverage }) => lowestCoverage)),
			placesShort: sum(({ placesShort }) => placesShort),
			notReported: last.reduce(
				(total, { part }) =>
					total +
					part.places.reduce(
						(some, { silent }) => some + (silent[item] ?? 0),
						0,
					),
				0,
			),
			equalShare: told(({ rules }) => rules.equalShare),
			byPopulation: told(({ rules }) => rules.byPopulation),
			byPeriod: [],
		};
	});
}

function lowest(of: readonly (number | null)[]): number | null {
	const known = of.filter((one) => one !== null);
	return known.length > 0 ? Math.min(...known) : null;
}

/** Facilities that a plan speaks of. */
export function endsOf(
	solved: readonly PlanPart[],
): Pick<Plan, "warehouses" | "places"> {
	const end = ({
		facility,
		code,
		name,
		area,
		lat,
		lng,
		province,
	}: DispatchEnd) => ({ facility, code, name, area, lat, lng, province });
	return {
		warehouses: solved.flatMap(({ warehouses }) => warehouses.map(end)),
		places: solved.flatMap(({ places }) =>
			places.map((place) => end(place.end)),
		),
	};
}

/** Provinces that would be planned for and have no warehouse from which, or to which, anything is sent. */
export function leftOutOf(
	{ provinces, warehouses, places, items }: DispatchInput,
	{ tier, area }: PlanRequest,
): Plan["leftOut"] {
	const withWarehouse = new Set(warehouses.map(({ province }) => province));
	return provinces
		.filter(
			(one) =>
				!withWarehouse.has(one.area) &&
				(tier !== "province" || one.area === area),
		)
		.flatMap((province) => {
			const inside = places.filter((one) => one.province === province.area);
			const needs = items.map(({ id }, item) => {
				const known = inside.flatMap(({ needs }) => needs[item] ?? []);
				return {
					item: id,
					units:
						known.length === 0
							? null
							: known.reduce((sum, need) => sum + unitsAsked(need), 0),
					notReported: silentOf(inside, item),
				};
			});
			const facilities = inside.filter((place) =>
				place.needs.some((need) => unitsAsked(need) > 0),
			).length;
			// Who told nothing may lack it all the same.
			return facilities === 0 && needs.every((one) => one.notReported === 0)
				? []
				: [{ area: province.area, facilities, needs }];
		});
}

/** Places that keep an item and told nothing of it. */
function silentOf(
	places: readonly Pick<DispatchPlaceInput, "keeps" | "needs">[],
	item: number,
): number {
	return places.filter(({ keeps, needs }) => keeps[item] && !needs[item])
		.length;
}

/** How the plan was found: steps of all parts, in the order of what they make small. */
export function provedBy(
	solved: readonly SolvedPart[],
): Pick<Plan, "steps" | "gap" | "unsettled" | "transport" | "trips"> {
	const steps = solved.flatMap(({ plan }) => plan.steps);
	const objectives = ["coverage", "unmet", "weighted", "transport"] as const;
	const unproven = unprovenParts(steps);
	return {
		steps: objectives.flatMap((objective) => {
			// A step that could not keep what was promised before is followed by one that promises anew.
			const own = steps.filter(
				(step) => step.objective === objective && Number.isFinite(step.value),
			);
			if (own.length === 0) return [];
			const open = unproven.find((one) => one.objective === objective);
			return [
				{
					objective,
					value: own.reduce((sum, { value }) => sum + value, 0),
					status: open ? "time-limit" : "optimal",
					gap: open ? open.couldBeLower : 0,
					seconds: own.reduce((sum, { seconds }) => sum + seconds, 0),
				},
			];
		}),
		gap: unproven.some(({ couldBeLower }) => couldBeLower === null)
			? null
			: Math.max(0, ...unproven.map(({ couldBeLower }) => couldBeLower ?? 0)),
		unsettled: solved.reduce(
			(sum, { plan }) => sum + (plan.fairness?.unsettled.length ?? 0),
			0,
		),
		transport: solved.reduce((sum, { plan }) => sum + plan.transportCost, 0),
		trips: solved.reduce(
			(sum, { plan }) =>
				sum + plan.trips.reduce((all, { trips }) => all + trips, 0),
			0,
		),
	};
}

/** A clash in terms of facilities. */
export function clashOf({ constraint, give, because }: Conflict): PlanClash {
	const number = (text: string) => Number(text);
	const told = { give, because: because ?? null, limit: null };
	switch (constraint.kind) {
		case "pin":
			return {
				...told,
				kind: "pin",
				from: number(constraint.pin.depot),
				to: number(constraint.pin.place),
				item: constraint.pin.item,
				limit: constraint.limit,
				stands:
					(constraint.limit === "at-least"
						? constraint.pin.atLeast
						: constraint.pin.atMost) ?? 0,
			};
		case "share":
			return {
				...told,
				kind: "share",
				from: null,
				to: number(constraint.place),
				item: constraint.item,
				stands: constraint.share,
			};
		case "supply":
			return {
				...told,
				kind: "supply",
				from: number(constraint.depot),
				to: null,
				item: constraint.item,
				stands: constraint.available,
			};
		case "depot-capacity":
		case "trips":
			return {
				...told,
				kind: constraint.kind,
				from: number(constraint.depot),
				to: null,
				item: null,
				stands:
					constraint.kind === "trips"
						? constraint.trips
						: constraint.cubicMetres,
			};
	}
}
