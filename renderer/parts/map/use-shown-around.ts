import { type RefObject, useEffect, useRef } from "react";
import { useDrawnMap } from "./drawn-map.ts";
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

/**
 * For a card that lies over the map and comes after the land was given its place: it gets another one around the card. Not with every size of
 * the card, which changes with the day.
 */
export function useComesOver(): void {
	const { map } = useDrawnMap();
	useEffect(() => {
		if (map && !map.isTaken) map.showAgain();
	}, [map]);
}
