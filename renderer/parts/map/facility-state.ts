import { type MapColours, type Rgb, rgbFromHex } from "./palettes.ts";

/**
 * From which share of their beds or of their capacity on facilities are in the next state. Of beds: adequate, moderate and limited capacity of
 * response, 60 % and 80 % (KMK HK.01.07/MENKES/4805/2021); of laboratories the same bounds, which nobody has ruled.
 */
export const FULL_FROM = [0.6, 0.8] as const;

/** Okabe and Ito's blue, orange and vermilion: told apart by every common kind of colour vision, and the filled height says it too. */
export const STATE_COLOURS: readonly [Rgb, Rgb, Rgb] = [
	rgbFromHex("#56b4e9"),
	rgbFromHex("#e69f00"),
	rgbFromHex("#d55e00"),
];

/** The state of a share: 0 to 2. */
export function stateOf(share: number): 0 | 1 | 2 {
	return share >= FULL_FROM[1] ? 2 : share >= FULL_FROM[0] ? 1 : 0;
}

/** What stands behind the filled part of a mark. */
export function emptyColour({ sea }: MapColours): Rgb {
	return sea[0] < 128 ? [20, 26, 33] : [255, 255, 255];
}
