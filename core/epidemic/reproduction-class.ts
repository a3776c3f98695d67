/** Lower bounds of the classes in which R is drawn, on either side of 1: below it an epidemic wanes, above it it grows. */
export const REPRODUCTION_BOUNDS = [0.7, 0.8, 0.9, 1, 1.1, 1.3, 1.6] as const;

/** From this probability on it is said that R is above 1; at its complement or less, that it is below. In between it is not told apart from 1. */
export const SURE = 0.95;

/** The class of an R, from 0 for the lowest to the number of bounds. */
export function reproductionClass(mean: number): number {
	return REPRODUCTION_BOUNDS.filter((bound) => mean >= bound).length;
}

export type Direction = "grows" | "wanes" | "unclear";

/** Whether R lies above or below 1 with enough probability. */
export function directionOf(aboveOne: number): Direction {
	if (aboveOne >= SURE) return "grows";
	return aboveOne <= 1 - SURE ? "wanes" : "unclear";
}
