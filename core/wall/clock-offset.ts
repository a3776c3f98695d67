/** What is known of another clock from having asked it once; all in milliseconds. */
export interface Asked {
	/** When it was asked and when the answer came, by one's own clock. */
	readonly sent: number;
	readonly received: number;
	/** What the other clock said. */
	readonly said: number;
}

/** So many answers are remembered: an older one says less of a clock that drifts than a slower one. */
const REMEMBERED = 24;
/** Two clocks of computers drift apart by less than this (ms) while answers are remembered. */
const DRIFT = 20;

/** The answers after another one. Those that it contradicts are of a clock that was set since, or of a machine that slept. */
export function withAnswer(
	answers: readonly Asked[],
	next: Asked,
): readonly Asked[] {
	const told = clockOffset([next]);
	const agrees = (one: Asked): boolean => {
		const before = clockOffset([one]);
		return (
			!told ||
			!before ||
			Math.abs(before.offset - told.offset) <= before.error + told.error + DRIFT
		);
	};
	return [...answers.filter(agrees), next].slice(-REMEMBERED);
}

/**
 * By how much another clock is ahead of one's own (ms; below 0: behind). Of several answers that one tells most which came soonest: it is wrong by
 * at most half of the time it took, and by nothing if both ways took as long (Mills, Network Time Protocol, RFC 5905, section 8 and 10: clock filter).
 * @returns null when nothing was asked
 */
export function clockOffset(
	answers: readonly Asked[],
): { offset: number; error: number } | null {
	let best: Asked | null = null;
	for (const one of answers)
		if (!best || one.received - one.sent < best.received - best.sent)
			best = one;
	if (!best) return null;
	const { sent, received, said } = best;
	return { offset: said - (sent + received) / 2, error: (received - sent) / 2 };
}
