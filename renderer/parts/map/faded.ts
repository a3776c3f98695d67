import type { ClassKey } from "./class-legend.tsx";
import type { MapColours, Rgb } from "./palettes.ts";
import type { Colouring } from "./situation-map.ts";

/** How much of its own colour a class keeps that is not asked for. */
const KEPT = 0.24;

/** A colour as it is where something else is asked for. */
export function towardsSea(colour: Rgb, { sea }: Pick<MapColours, "sea">): Rgb {
	const [red, green, blue] = colour.map((part, at) =>
		Math.round(part * KEPT + (sea[at] ?? 0) * (1 - KEPT)),
	) as [number, number, number];
	return [red, green, blue];
}

/**
 * The colouring with one class alone at its full strength. The others fade into the sea and keep what they are: what is not reported stays
 * hatched, and nothing of what is reported comes to look like it.
 */
export function faded<Of extends Colouring>(
	colouring: Of,
	only: ClassKey | null,
): Of {
	if (only === null) return colouring;
	const { ground, colours } = colouring;
	const fade = (colour: Rgb) => towardsSea(colour, ground);
	const [one, other] = ground.noData;
	return {
		...colouring,
		colours: colours.map((colour, step) =>
			step === only ? colour : fade(colour),
		),
		ground: {
			...ground,
			zero: only === "zero" ? ground.zero : fade(ground.zero),
			noData: only === "none" ? ground.noData : [fade(one), fade(other)],
		},
	};
}
