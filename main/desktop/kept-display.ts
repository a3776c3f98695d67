import { z } from "zod";

/** A display as it is known again after it was switched off, or the machine restarted: its number is another one then. */
export const KeptDisplay = z.object({
	label: z.string(),
	bounds: z.object({
		x: z.number(),
		y: z.number(),
		width: z.number(),
		height: z.number(),
	}),
});
export type KeptDisplay = z.infer<typeof KeptDisplay>;

/**
 * The display that was meant among those attached now: the one of that name at that place; else the only one of that name, wherever it
 * stands now; else, where displays have no names, the one at that place. Of two panels of one name that both moved none is guessed.
 */
export function sameDisplay<D extends KeptDisplay>(
	kept: KeptDisplay,
	attached: readonly D[],
): D | undefined {
	const named = attached.filter(({ label }) => label === kept.label);
	return (
		named.find(({ bounds }) => isSamePlace(bounds, kept.bounds)) ??
		(kept.label !== "" && named.length === 1 ? named[0] : undefined)
	);
}

type Bounds = KeptDisplay["bounds"];

function isSamePlace(one: Bounds, other: Bounds): boolean {
	return (
		one.x === other.x &&
		one.y === other.y &&
		one.width === other.width &&
		one.height === other.height
	);
}
