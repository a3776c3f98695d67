import type { Zone } from "../../../core/epidemic/zone-transition.ts";
import type { Settings } from "../../../core/workspace/settings.ts";
import { type Rgb, rgbFromHex } from "./palettes.ts";

/**
 * The colours by which the task force calls its zones: red, orange, yellow, and two greens. Nothing else on any screen has them. Their lightness
 * steadily rises from high to none, so that who does not tell red from green tells the zones by it; the letter of each stands on the
 * map, in the legend and in every text.
 */
const COLOURS: Readonly<Record<Settings["theme"], Record<Zone, string>>> = {
	dark: {
		tinggi: "#b3122a",
		sedang: "#e06c00",
		rendah: "#e3b021",
		"tidak-ada-kasus": "#9fe083",
		"tidak-terdampak": "#dcf7d0",
	},
	light: {
		tinggi: "#a80f26",
		sedang: "#dd6b05",
		rendah: "#e0ac1c",
		"tidak-ada-kasus": "#92d879",
		"tidak-terdampak": "#cdf2be",
	},
};

/** Tinggi, sedang, rendah, nihil kasus, belum terdampak. */
export const ZONE_LETTERS: Readonly<Record<Zone, string>> = {
	tinggi: "T",
	sedang: "S",
	rendah: "R",
	"tidak-ada-kasus": "N",
	"tidak-terdampak": "B",
};

export function zoneColour(zone: Zone, theme: Settings["theme"]): Rgb {
	return rgbFromHex(COLOURS[theme][zone]);
}
