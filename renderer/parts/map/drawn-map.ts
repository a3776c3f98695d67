import { createContext, useContext } from "react";
import type { Boundaries } from "./boundaries.ts";
import type { SituationMap } from "./situation-map.ts";

/** The map of a panel, for what stands over it or hands it on; null until it is there. */
export interface DrawnMap {
	readonly map: SituationMap | null;
	readonly boundaries: Boundaries | null;
}

const Drawn = createContext<DrawnMap>({ map: null, boundaries: null });

export const DrawnMapProvider = Drawn.Provider;

/** The map of the panel that this is a part of. */
export function useDrawnMap(): DrawnMap {
	return useContext(Drawn);
}
