/**
 * Two simple rules over several periods to compare a plan with. In every period a depot sends what it has then: it is shared among those who lack
 * something when it arrives, everybody the same or by population, in whole packs, none more than it lacks; then it is delivered as far as the ways
 * allow, with as little undelivered as can be, the cheapest first. What nobody may have, or no way brings, is kept for the next period.
 */

import {
	type PeriodPlanProblem,
	placeCourse,
	planPeriods,
} from "./period-plan.ts";
import { sharedInPacks } from "./sharing-rules.ts";
import type { OpenSession } from "./solver.ts";

/**
 * What a rule leaves missing, places x periods, in units. Pins and the promised floor are not considered; whole packs are.
 * @param claims by place: 1 for all, or people; who has 0 has no claim
 * @returns null when nobody who lacks something has a claim
 * @throws Error "cancelled", or when the solver gives up
 */
export function sharedInPeriods(
	given: PeriodPlanProblem,
	claims: readonly number[],
	open: OpenSession,
	cancelled: () => boolean = () => false,
): number[][] | null {
	const problem = inWholePacks(given);
	const { needs, periods } = problem;
	if (
		!needs.some(
			(row, place) =>
				(claims[place] ?? 0) > 0 && row.some((units) => units > 0),
		)
	)
		return null;
	const leads = needs.map((_, place) =>
		Math.min(
			...problem.leadPeriods.map(
				(row) => row[place] ?? Number.POSITIVE_INFINITY,
			),
		),
	);
	/** What arrives, places x periods: of what leaves before the period `settled` it is what can be delivered. */
	let arriving = needs.map((row) => row.map(() => 0));
	for (let settled = 0; ; ) {
		const entitled = entitlements(problem, claims, leads, settled, arriving);
		const plan = planPeriods(
			{
				...problem,
				needs: entitled,
				weight: needs.map(() => 1),
				pins: [],
				floor: 0,
			},
			open,
			"unmet",
			cancelled,
		);
		if (plan.kind !== "plan") return null;
		arriving = entitled.map((row, place) =>
			row.map((units, period) => units - (plan.unmet[place]?.[period] ?? 0)),
		);
		do settled++;
		while (
			settled < periods &&
			leads.every(
				(lead, place) => !(plan.unmet[place]?.[settled - 1 + lead] ?? 0),
			)
		);
		if (settled === periods)
			return needs.map(
				(row, place) => placeCourse(row, arriving[place] ?? []).unmet,
			);
	}
}

/** The same with what fills whole packs of every depot, so that no pack is made of what lies at two; what begins one waits for what comes. */
function inWholePacks(problem: PeriodPlanProblem): PeriodPlanProblem {
	const { pack, supply, arrivals, expiring } = problem;
	const whole = (units: number) => Math.floor(units / pack + 1e-9) * pack;
	const stays = supply.map((units, depot) => {
		let left = units;
		return [units, ...(expiring[depot] ?? []).map((lost) => (left -= lost))];
	});
	return {
		...problem,
		supply: supply.map(whole),
		expiring: stays.map((left) =>
			left.slice(1).map((units, at) => whole(left[at] ?? 0) - whole(units)),
		),
		arrivals: arrivals.map((row, depot) => {
			let begun = stays[depot]?.at(-1) ?? 0;
			begun -= whole(begun);
			return row.map((units) => {
				const full = whole(begun + units);
				begun += units - full;
				return full;
			});
		}),
	};
}

/**
 * What every place may have in every period, from all depots together, what expires first being given first.
 * @param leads periods on the way from the nearest depot, by place; Infinity: no way is open
 * @param settled shared is what leaves from this period on; what leaves before is as in `arriving`
 */
function entitlements(
	problem: PeriodPlanProblem,
	claims: readonly number[],
	leads: readonly number[],
	settled: number,
	arriving: readonly (readonly number[])[],
): number[][] {
	const { periods, supply, arrivals, expiring, needs, pack } = problem;
	const sum = (of: readonly number[]) =>
		of.reduce((total, units) => total + units, 0);
	const lots = Array.from({ length: periods }, (_, period) =>
		sum(expiring.map((row) => row[period] ?? 0)),
	);
	let lasting = sum(supply) - sum(lots);
	const entitled = needs.map(() => new Array<number>(periods).fill(0));
	for (let leaves = 0; leaves < periods; leaves++) {
		lasting += sum(arrivals.map((row) => row[leaves] ?? 0));
		const lacks = needs.map((row, place) => {
			const arrives = leaves + (leads[place] ?? 0);
			if (arrives >= periods) return 0;
			const until = row.slice(0, arrives + 1);
			return placeCourse(until, entitled[place] ?? []).unmet[arrives] ?? 0;
		});
		const shares =
			leaves < settled
				? leads.map((lead, place) => arriving[place]?.[leaves + lead] ?? 0)
				: sharedInPacks(
						Math.round((lasting + sum(lots.slice(leaves))) / pack),
						claims,
						lacks,
						pack,
					);
		let given = sum(shares);
		for (let at = leaves; at < periods; at++) {
			const taken = Math.min(lots[at] ?? 0, given);
			lots[at] = (lots[at] ?? 0) - taken;
			given -= taken;
		}
		lasting -= given;
		lots[leaves] = 0;
		shares.forEach((units, place) => {
			const arrives = leaves + (leads[place] ?? 0);
			if (arrives < periods) (entitled[place] as number[])[arrives] = units;
		});
	}
	return entitled;
}
