import { type ReactNode, useEffect } from "react";
import type { StoreApi } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Day } from "../../../core/series/day.ts";
import { type AreaIndex, openedAt, parentOf } from "../../state/area-index.ts";
import type { MapLevel } from "../../state/view-state.ts";
import type { Boundaries } from "./boundaries.ts";
import type { Pointer } from "./hover-card.tsx";
import { MapFrame } from "./map-frame.tsx";
import type { Seen } from "./seen.ts";
import type { Colouring, SituationMap } from "./situation-map.ts";
import { useBasemap } from "./use-basemap.ts";
import { useSituationMap } from "./use-situation-map.ts";

/** One of two maps that are compared: it has a day of its own, and its camera is another's to move. */
export function HalfMap({
	areas,
	boundaries,
	selected,
	colouring,
	level,
	dayOf,
	label,
	testId,
	enter,
	onMap,
	onSeen,
	keepsCamera,
	districts,
	card,
	children,
}: {
	areas: AreaIndex;
	/** With the kecamatan that are drawn; null: none are. */
	districts: AreaIndex | null;
	/** What the camera shows when it comes to rest. */
	onSeen?: ((seen: Seen) => void) | undefined;
	/** Where a hand leaves its camera, and so that of the other, stands in the address. */
	keepsCamera: boolean;
	boundaries: Boundaries | null;
	/** Outlined; what lies in it has its name. */
	selected: AreaRow;
	colouring: Colouring | null;
	level: MapLevel;
	/** The day that is drawn on a day of the clock. */
	dayOf: (day: Day) => Day;
	label: string;
	testId: string;
	enter: (area: AreaRow) => void;
	/** Is told of the map once it is there, and when it goes. */
	onMap: (map: SituationMap | null) => void;
	card: (pointer: StoreApi<Pointer>) => ReactNode;
	children: ReactNode;
}) {
	const drawn = useSituationMap({
		...{ areas, boundaries, colouring, selected, level, dayOf, enter },
		keepsCamera,
		parent: (districts ? openedAt : parentOf)(areas, selected),
		...(onSeen && { onSeen }),
	});
	const { map, pointer } = drawn;
	useBasemap(map, drawn.ready);
	useEffect(() => {
		onMap(map);
		return () => onMap(null);
	}, [map, onMap]);
	return (
		<MapFrame drawn={drawn} label={label} testId={testId}>
			{card(pointer)}
			{children}
		</MapFrame>
	);
}
