import { create } from "zustand";
import type { Day } from "../../core/series/day.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import type { Measure } from "../../core/series/measure.ts";

/** Whose values colour the map: each kabupaten/kota its own, or that of its province. */
export type MapLevel = "regency" | "province";

export type Language = "id" | "en";

/** What a person chose to look at. All of it travels in the address, so that a view can be linked and reloaded. */
export interface View {
	/** Code of the selected area. */
	area: string;
	/** Null until the dataset is known: then its last day. */
	day: Day | null;
	indicator: IndicatorKey;
	measure: Measure;
	mapLevel: MapLevel;
	/** Null: now. */
	asKnown: Day | null;
	language: Language;
}

/** The cell a person asked about. */
export interface ExplainedCell {
	indicator: IndicatorKey;
	area: number;
	day: Day;
	/** How the number was shown where it was clicked. */
	measure: Measure;
}

interface ViewStore extends View {
	/** Id of the area under the pointer, on the map or in the table. */
	hovered: number | null;
	explained: ExplainedCell | null;
	/** The day of an address "as known on" that nothing is known of, and that is therefore not asked for. */
	refusedKnown: Day | null;
	change: (part: Partial<View>) => void;
	/** Goes back to now, and says that the day was not taken. */
	refuseKnown: (day: Day | null) => void;
	hover: (area: number | null) => void;
	explain: (cell: ExplainedCell | null) => void;
}

export const DEFAULT_VIEW: View = {
	area: "ID",
	day: null,
	indicator: "confirmed",
	measure: "total",
	mapLevel: "regency",
	asKnown: null,
	language: "id",
};

export const useView = create<ViewStore>()((set) => ({
	...DEFAULT_VIEW,
	hovered: null,
	explained: null,
	refusedKnown: null,
	change: (part) =>
		set("asKnown" in part ? { ...part, refusedKnown: null } : part),
	refuseKnown: (refusedKnown) => set({ asKnown: null, refusedKnown }),
	hover: (hovered) =>
		set((state) => (state.hovered === hovered ? state : { hovered })),
	explain: (explained) => set({ explained }),
}));
