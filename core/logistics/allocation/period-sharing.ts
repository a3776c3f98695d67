/**
 * Two simple rules over several periods to compare a plan with: what there is in a period is shared among those who lack something then, everybody
 * the same or by population, none above what it lacks; then it is delivered as far as the ways allow, the cheapest first. What nobody may have in a
 * period is kept for the next.
 */

import { type PeriodPlanProblem, planPeriods } from "./period-plan.ts";
import { shareCapped } from "./sharing-rules.ts";
import type { OpenSession } from "./solver.ts";

/**
 * What a rule leaves missing, places x periods, in units. Pins and the promised floor are not considered; whole packs are.
 * @param claims by place: 1 for all, or people; who has 0 has no claim
 * @returns null when nobody who lacks something has a claim
 * @throws Error "cancelled", or when the solver gives up
 */
export function sharedInPeriods(
	problem: PeriodPlanProblem,
	claims: readonly number[],
	open: OpenSession,
	cancelled: () => boolean = () => false,
): number[][] | null {
	const { needs } = problem;
	if (
		!needs.some(
			(row, place) =>
				(claims[place] ?? 0) > 0 && row.some((units) => units > 0),
		)
	)
		return null;
	const entitled = entitlements(problem, claims);
	const delivered = planPeriods(
		{
			...problem,
			needs: entitled,
			weight: needs.map(() => 1),
			pins: [],
			floor: 0,
		},
		open,
		"lexicographic",
		cancelled,
	);
	if (delivered.kind !== "plan") return null;
	return needs.map((row, place) =>
		row.map((need, period) =>
			Math.max(
				0,
				need -
					(entitled[place]?.[period] ?? 0) +
					(delivered.unmet[place]?.[period] ?? 0),
			),
		),
	);
}

/** What every place may have in every period, from all depots together, what expires first being given first. */
export function entitlements(
	{
		periods,
		supply,
		arrivals,
		expiring,
		needs,
		leadPeriods,
	}: PeriodPlanProblem,
	claims: readonly number[],
): number[][] {
	const sum = (of: readonly number[]) =>
		of.reduce((total, units) => total + units, 0);
	const lots = Array.from({ length: periods }, (_, period) =>
		sum(expiring.map((row) => row[period] ?? 0)),
	);
	let lasting = sum(supply) - sum(lots);
	const entitled = needs.map(() => new Array<number>(periods).fill(0));
	for (let period = 0; period < periods; period++) {
		lasting += sum(arrivals.map((row) => row[period] ?? 0));
		const shares = shareCapped(
			lasting + sum(lots.slice(period)),
			claims,
			needs.map((row, place) =>
				leadPeriods.some((ways) => (ways[place] ?? Infinity) <= period)
					? (row[period] ?? 0)
					: 0,
			),
		);
		let given = sum(shares);
		for (let at = period; at < periods; at++) {
			const taken = Math.min(lots[at] ?? 0, given);
			lots[at] = (lots[at] ?? 0) - taken;
			given -= taken;
		}
		lasting -= given;
		lots[period] = 0;
		shares.forEach((units, place) => {
			(entitled[place] as number[])[period] = units;
		});
	}
	return entitled;
}
