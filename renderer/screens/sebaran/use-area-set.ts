import { useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { areasFromText, textOfAreas } from "../../../core/areas/area-set.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Choice } from "./use-choice.ts";

/** How a shape is drawn on the map. */
export type Drawing = "rectangle" | "lasso";

/** The areas that are taken together, and how they are being chosen. */
export interface AreaSet {
	readonly areas: readonly AreaRow[];
	/** How many the address names that are not there. */
	readonly unknown: number;
	choose(areas: readonly AreaRow[]): void;
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
			unknown: codes.length - areas.length,
			choose: (chosen) =>
				changeSearch({ set: textOfAreas(chosen.map(({ code }) => code)) }),
			drawing,
			draw,
		};
	}, [set, index, changeSearch, drawing]);
}
