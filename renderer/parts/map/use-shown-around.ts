import { type RefObject, useEffect, useRef } from "react";
import type { SituationMap } from "./situation-map.ts";

/**
 * For what lies over a map: whenever it comes, goes, folds or grows, the land finds its place around it.
 * @returns for the element that lies over the map
 */
export function useShownAround(
	map: SituationMap | null,
): RefObject<HTMLDivElement | null> {
	const element = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (!map || !element.current) return;
		const look = new ResizeObserver(() => {
			// A picture has a place of its own for it.
			if (!map.isTaken) map.showAgain();
		});
		look.observe(element.current);
		return () => look.disconnect();
	}, [map]);
	return element;
}
