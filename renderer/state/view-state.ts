import { createContext, useContext } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { FacilityMeasure } from "../../core/facilities/measure.ts";
import type { Day } from "../../core/series/day.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import type { Measure } from "../../core/series/measure.ts";
import type { Period } from "../../core/series/period.ts";
import type { Language } from "../i18n/language.ts";

/** Whose values colour the map, as somebody chose it; `zoom`: nobody did, and it follows how near the camera is. */
export const MAP_LEVELS = ["zoom", "province", "regency", "district"] as const;
export type MapLevel = (typeof MAP_LEVELS)[number];

/** What a map that has no kecamatan draws of a choice. */
export function upperLevel(level: MapLevel): "province" | "regency" {
	return level === "province" ? "province" : "regency";
}

/**
 * What a person chose to look at, but for the day, which is the clock's (clock/clock). All of it travels in the address, so that a view can
 * be linked and reloaded.
 */
export interface View {
	/** Key of the screen (screens/all). */
	screen: string;
	/** Code of the selected area. */
	area: string;
	indicator: IndicatorKey;
	measure: Measure;
	mapLevel: MapLevel;
	/** Where a hand left the camera of the map (parts/map/framed-camera); empty: on the area. */
	camera: string;
	/** Null: now. */
	asKnown: Day | null;
	language: Language;
	/** What the person chose to read; an address names only another language than this. */
	ownLanguage: Language;
	/** Shown on a wall, with nobody to work it: no rail, nothing to press. */
	wall: boolean;
	/** What the screen itself keeps in its address, as it is written there (state/search). */
	own: Readonly<Record<string, string>>;
}

/** What an address asked for and is not there; a part of it that means nothing, as it was typed (`indicator=flu`). */
export interface Refused {
	what: "area" | "screen" | "part";
	text: string;
}

/** The cell a person asked about. */
export interface ExplainedCell {
	indicator: IndicatorKey;
	area: number;
	day: Day;
	/** How the number was shown where it was clicked. */
	measure: Measure;
	/** The days that it was shown of, where these are not those of its measure. */
	period?: Period;
}

/** A number of a hospital or laboratory that a person asked about. */
export interface ExplainedFacility {
	facility: number;
	measure: FacilityMeasure;
	day: Day;
}

/** The sum of several areas that a person asked about. */
export interface ExplainedSum {
	sum: readonly number[];
	indicator: IndicatorKey;
	period: Period;
	day: Day;
}

export type Explained = ExplainedCell | ExplainedFacility | ExplainedSum;

interface ViewStore extends View {
	/** Id of the area under the pointer, on the map or in the table. */
	hovered: number | null;
	/** Id of the area that somebody who presents points at. */
	pointed: number | null;
	explained: Explained | null;
	/** The day of an address "as known on" that nothing is known of, and that is therefore not asked for. */
	refusedKnown: Day | null;
	/** Said until another area or screen is chosen. */
	refused: Refused | null;
	change: (part: Partial<View> & { refused?: Refused | null }) => void;
	/** Goes back to now, and says that the day was not taken. */
	refuseKnown: (day: Day | null) => void;
	/** Goes to what is there instead, and says what was not. */
	refuse: (refused: Refused & { what: "area" | "screen" }) => void;
	hover: (area: number | null) => void;
	explain: (what: Explained | null) => void;
}

export const DEFAULT_VIEW: View = {
	screen: "situasi",
	area: "ID",
	indicator: "confirmed",
	measure: "total",
	mapLevel: "zoom",
	camera: "",
	asKnown: null,
	language: "id",
	ownLanguage: "id",
	wall: false,
	own: {},
};

const storeOf = (view: View) =>
	createStore<ViewStore>()((set) => ({
		...view,
		hovered: null,
		pointed: null,
		explained: null,
		refusedKnown: null,
		refused: null,
		change: (part) =>
			set({
				...("asKnown" in part ? { refusedKnown: null } : {}),
				// A camera is of the area that it was moved from.
				...("area" in part || "screen" in part
					? { refused: null, camera: "" }
					: {}),
				...part,
			}),
		refuse: (refused) =>
			set({ [refused.what]: DEFAULT_VIEW[refused.what], refused, camera: "" }),
		refuseKnown: (refusedKnown) => set({ asKnown: null, refusedKnown }),
		hover: (hovered) =>
			set((state) => (state.hovered === hovered ? state : { hovered })),
		explain: (explained) => set({ explained }),
	}));

const store = storeOf(DEFAULT_VIEW);

/** Whose view the parts below show: the window's, or that of a panel which is of another address than the window. */
const Scope = createContext<StoreApi<ViewStore>>(store);
export const ViewScope = Scope.Provider;

/** The view of a panel, which changes nothing of the window's. */
export const viewStoreOf = (view: View): StoreApi<ViewStore> => storeOf(view);

/** The view that is shown here, to be read outside of drawing. */
export const useViewStore = (): StoreApi<ViewStore> => useContext(Scope);

/**
 * What one part of the view is, for those who draw it. There is no way to ask for all of it: whoever did would be drawn again with every
 * movement of the pointer.
 */
export const useView: (<T>(select: (view: ViewStore) => T) => T) &
	StoreApi<ViewStore> = Object.assign(
	<T>(select: (view: ViewStore) => T) => useStore(useViewStore(), select),
	store,
);

/** Some parts of the view by their names: drawn again only when one of these changes. */
export function useViewOf<Key extends keyof ViewStore>(
	...keys: readonly Key[]
): Pick<ViewStore, Key> {
	return useView(
		useShallow(
			(view) =>
				Object.fromEntries(keys.map((key) => [key, view[key]])) as Pick<
					ViewStore,
					Key
				>,
		),
	);
}
