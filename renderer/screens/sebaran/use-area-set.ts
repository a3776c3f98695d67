import { useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { areasFromText, textOfAreas } from "../../../core/areas/area-set.ts";
import type { AreaCode } from "../../../core/areas/codes.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Choice } from "./use-choice.ts";

/** How a shape is drawn on the map. */
export type Drawing = "rectangle" | "lasso";

/** The areas that are taken together, and how they are being chosen. */
export interface AreaSet {
	readonly areas: readonly AreaRow[];
	/** Of all that the address names, also of those that are not there, or not yet. */
	readonly codes: readonly AreaCode[];
	/** How many the address names that are not there. */
	readonly unknown: number;
	/** By their codes: what is not among the areas that the map draws just now is not lost by choosing another. */
	choose(codes: readonly string[]): void;
	readonly drawing: Drawing | null;
	draw(drawing: Drawing | null): void;
}

/** The set of areas that stands in the address. */
export function useAreaSet(
	index: AreaIndex,
	{ search: { set }, changeSearch }: Choice,
): AreaSet {
	const [drawing, draw] = useState<Drawing | null>(null);
	return useMemo(() => {
		const codes = areasFromText(set) ?? [];
		const areas = codes.flatMap((code) => index.byCode(code) ?? []);
		return {
			areas,
			codes,
			unknown: codes.length - areas.length,
			choose: (chosen) => changeSearch({ set: textOfAreas(chosen) }),
			drawing,
			draw,
		};
	}, [set, index, changeSearch, drawing]);
}
