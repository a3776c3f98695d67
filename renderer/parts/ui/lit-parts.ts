import { createContext, useContext } from "react";
import type { LitParts } from "../../../core/wall/grid.ts";

const Lit = createContext<LitParts | null>(null);

/** Says to what is within which parts of it lie on pictures of displays, and not behind their frames. */
export const LitPartsProvider = Lit.Provider;

/** What of the panel that this is a part of is seen; null: all of it. */
export function useLitParts(): LitParts | null {
	return useContext(Lit);
}

/** In how many groups, and how many in each, so many things stand on parts of such lengths: each has about as much room. */
export function sharedOut(
	count: number,
	parts: readonly (readonly [from: number, to: number])[],
): number[] {
	const whole = parts.reduce((sum, [from, to]) => sum + to - from, 0);
	let before = 0;
	let room = 0;
	return parts.map(([from, to]) => {
		room += to - from;
		const until = Math.round((count * room) / whole);
		const own = until - before;
		before = until;
		return own;
	});
}
