/** The rounds of a plan: the days of a horizon in parts as equal as whole days make them. */

/** Days from the day of the plan to the end of each round. */
export function roundEnds(cover: number, rounds: number): number[] {
	return Array.from({ length: rounds }, (_, at) =>
		Math.round((cover * (at + 1)) / rounds),
	);
}

/**
 * What is lacking in each round if nothing is sent, from the net needs to the end of each: of what lacked once nothing is made up for by what arrives
 * later.
 * @param netNeeds as of stock-standing, of horizons that end with each round
 */
export function lackingIn(netNeeds: readonly number[]): number[] {
	let before = 0;
	return netNeeds.map((need) => {
		const lacked = Math.max(0, need - before);
		before += lacked;
		return lacked;
	});
}

/**
 * The same of a province: what its facilities lack, less what its own warehouse has and what comes to it, as far as that is of use until it is needed.
 * @param lacking what all its facilities lack in each round
 * @param free what the warehouse may give
 * @param expires what of it is of no use after each round
 */
export function lackingBeyond(
	lacking: readonly number[],
	free: number,
	{
		arrives,
		expires,
	}: { arrives: readonly number[]; expires: readonly number[] },
): number[] {
	let needed = 0;
	let arrived = 0;
	let useless = 0;
	let lost = 0;
	return lackingIn(
		lacking.map((units, at) => {
			needed += units;
			arrived += arrives[at] ?? 0;
			useless = Math.min(free, useless + (expires[at] ?? 0));
			lost = Math.max(lost, useless - needed);
			return Math.max(0, needed - free - arrived + lost);
		}),
	);
}

/** Rounds that a way takes: what arrives before the end of the round in which it leaves is of use in it. */
export function roundsOnTheWay(
	days: number,
	cover: number,
	rounds: number,
): number {
	return days > cover
		? Number.POSITIVE_INFINITY
		: rounds === 1
			? 0
			: Math.floor(days / (cover / rounds));
}
