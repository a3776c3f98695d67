import { REPRODUCTION_BOUNDS } from "../../../core/epidemic/reproduction-class.ts";
import { differenceColours } from "./difference-colouring.ts";
import type { MapColours, Rgb } from "./palettes.ts";

/** The colours of the classes of R, as falls and rises have them: the further from 1, the further from plain land. */
export function reproductionColours(ground: MapColours): Rgb[] {
	return differenceColours((REPRODUCTION_BOUNDS.length + 1) / 2, ground);
}

/** Too few cases for an R: a grey of its own, neither a class nor the hatching of what was not reported. */
export function fewCasesColour({ noData: [one, other] }: MapColours): Rgb {
	return one.map((part, at) =>
		Math.round((part + (other[at] ?? 0)) / 2),
	) as unknown as Rgb;
}
