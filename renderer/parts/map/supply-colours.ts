import type { SupplyClass } from "../../../core/logistics/supply-class.ts";
import type { Settings } from "../../../core/workspace/settings.ts";
import { type Rgb, rgbFromHex } from "./palettes.ts";

/**
 * The colours of the six states of a stock, from blue to magenta: of no palette of counts and of no official zone. Their lightness steadily
 * moves away from the ground towards critical, so that who does not tell the hues apart tells the states; the sign of each stands beside it.
 */
const COLOURS: Readonly<
	Record<Settings["theme"], Record<Exclude<SupplyClass, "none">, string>>
> = {
	dark: {
		critical: "#ff6fae",
		short: "#c35fd6",
		watch: "#7668d2",
		safe: "#2a5f80",
		stale: "#8c8374",
	},
	light: {
		critical: "#98004f",
		short: "#c23aa3",
		watch: "#8f8ade",
		safe: "#b4d3e8",
		stale: "#a69b89",
	},
};

/** What stands for a state where there is no room for its word. */
export const SUPPLY_SIGNS: Readonly<Record<SupplyClass, string>> = {
	critical: "!!",
	short: "!",
	watch: "~",
	safe: "✓",
	stale: "?",
	none: "–",
};

/** The colour of a state; of what is not known there is none, it is hatched. */
export function supplyColour(
	state: Exclude<SupplyClass, "none">,
	theme: Settings["theme"],
): Rgb {
	return rgbFromHex(COLOURS[theme][state]);
}
