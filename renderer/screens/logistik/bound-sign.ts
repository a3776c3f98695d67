const SIGNS = { most: "≤ ", least: "≥ " } as const;

/** What a number bounds: it is at most, or at least, what it says; null: it is what it says. */
export type Bound = keyof typeof SIGNS | null;

/** What stands before the number. */
export function boundSign(bound: Bound): string {
	return bound === null ? "" : SIGNS[bound];
}

/** Of a wait or load that rests on a capacity that may be less only 0 is what it says. */
export function leastUnlessNone(isMost: boolean, value: number | null): Bound {
	return isMost && value !== null && value > 0 ? "least" : null;
}
