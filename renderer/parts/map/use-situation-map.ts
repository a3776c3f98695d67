import {
	type RefObject,
	useCallback,
	useEffect,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
} from "react";
import { createStore, type StoreApi } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Day } from "../../../core/series/day.ts";
import { clock } from "../../clock/use-clock.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import {
	type MapLevel,
	useView,
	useViewStore,
} from "../../state/view-state.ts";
import { useWall } from "../../state/wall.ts";
import { useRootSize } from "../ui/root-size.ts";
import type { Boundaries } from "./boundaries.ts";
import { NOWHERE, type Pointer } from "./hover-card.tsx";
import { useLostContexts } from "./lost-contexts.ts";
import type { MapColours } from "./palettes.ts";
import { useSeenPartOnly } from "./seen-part.ts";
import {
	type Colouring,
	type MapOwner,
	SituationMap,
} from "./situation-map.ts";
import { useGround } from "./use-ground.ts";

/** A map in its box, as its panel goes on with it. */
export interface MapInBox {
	readonly box: RefObject<HTMLDivElement | null>;
	/** Null until it can draw. */
	readonly map: SituationMap | null;
	/** Its colours have been drawn. */
	readonly ready: boolean;
	readonly noWebgl: boolean;
	readonly ground: MapColours;
	/** Where the pointer is, for the card beside it. */
	readonly pointer: StoreApi<Pointer>;
	/** The pointer came to an area, at a place in the box. */
	readonly point: (area: AreaRow | null, x: number, y: number) => void;
	/** It left the map. */
	readonly leave: () => void;
	/** Areas in view that are to have a name and have none: there is no room. */
	readonly unnamed: readonly AreaRow[];
}

/** A map that lives as long as its panel and always draws what the panel shows last. */
export function useSituationMap({
	areas,
	boundaries,
	colouring,
	selected,
	parent,
	level,
	dayOf,
	enter,
	keepsCamera = false,
	onFramed,
	onSeen,
}: {
	/** All that may be drawn, found by their numbers. */
	areas: AreaIndex;
	boundaries: Boundaries | null;
	colouring: Colouring | null;
	/** Outlined. */
	selected: AreaRow;
	/** What lies in it has its name. */
	parent: AreaRow;
	level: MapLevel;
	/** The whole day that is drawn on a day of the clock; null: the time of the clock, between two days too. */
	dayOf: ((day: Day) => Day) | null;
	/** An area was pressed. */
	enter: (area: AreaRow) => void;
	/** Where a hand leaves its camera stands in the address. */
	keepsCamera?: boolean;
} & Partial<Pick<MapOwner, "onFramed" | "onSeen">>): MapInBox {
	const { ground, printing } = useGround();
	const wall = useWall();
	const seenPartOnly = useSeenPartOnly();
	const view = useViewStore();
	const hover = useView((view) => view.hover);
	const box = useRef<HTMLDivElement>(null);
	const [map, setMap] = useState<SituationMap | null>(null);
	const [coloured, setColoured] = useState(false);
	const [noWebgl, setNoWebgl] = useState(false);
	const [leftOut, setLeftOut] = useState("");
	const [pointer] = useState(() => createStore<Pointer>(() => NOWHERE));

	// What the map calls back always sees the newest choices.
	const calls = {
		...{ areas, level, dayOf, enter, hover, ground },
		...{ keepsCamera, onFramed, onSeen },
	};
	const now = useRef(calls);
	now.current = calls;
	const point = useCallback(
		(area: AreaRow | null, x: number, y: number) => {
			const { clientWidth = 0, clientHeight = 0 } = box.current ?? {};
			const { areas, level, hover } = now.current;
			hover(shownArea(area, { mapLevel: level, areas })?.id ?? null);
			pointer.setState({
				x,
				y,
				onMap: area !== null,
				flipX: x > clientWidth * 0.6,
				flipY: y > clientHeight * 0.5,
			});
		},
		[pointer],
	);
	const leave = useCallback(() => {
		now.current.hover(null);
		pointer.setState(NOWHERE);
	}, [pointer]);

	const wholeDays = dayOf !== null;
	const noContext = useLostContexts(box);
	useEffect(() => {
		const container = box.current;
		if (!container) return;
		let made: SituationMap;
		try {
			made = makeMap(container, {
				...{ now, view, point, wholeDays, seenPartOnly },
				...{ setMap, setColoured, setLeftOut },
			});
			setNoWebgl(false);
		} catch {
			setNoWebgl(true);
			noContext();
			return;
		}
		const stop = wholeDays
			? clock.onDay(() => {
					// A picture draws it itself, with what stands around it.
					if (!made.isTaken) made.drawNow();
				})
			: clock.onMove(() => made.repaint());
		const resize = new ResizeObserver(() => made.resize());
		resize.observe(container);
		return () => {
			stop();
			resize.disconnect();
			made.remove();
			setMap(null);
			setColoured(false);
		};
	}, [wholeDays, point, noContext, seenPartOnly, view]);

	useEffect(() => {
		if (map && boundaries) map.setBoundaries(boundaries);
	}, [map, boundaries]);
	// Before the browser goes on: a sheet takes what is drawn by then, and not with the next frame.
	useLayoutEffect(() => {
		if (map && colouring) map.setColouring(colouring);
	}, [map, colouring]);
	useLayoutEffect(() => map?.setGround(ground), [map, ground]);
	useLayoutEffect(() => {
		if (printing) return map?.layOnPaper();
	}, [map, printing]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the day that is drawn is read from it while drawing
	useEffect(() => {
		if (wholeDays) map?.drawNow();
	}, [map, wholeDays, dayOf]);
	useEffect(() => {
		if (!map || !boundaries) return;
		map.select(
			selected,
			areas.children(parent),
			areas.path(selected).find(({ level }) => level === "province"),
		);
	}, [map, boundaries, selected, areas, parent]);
	useEffect(() => map?.setWall(wall), [map, wall]);
	useEffect(() => map?.setDetail(level !== "province"), [map, level]);
	useEffect(() => {
		if (!map) return;
		// The outline follows the pointer, on the map or in the table, without the panel being drawn again.
		const follow = ({ hovered }: { hovered: number | null }) =>
			map.hover(hovered === null ? null : (areas.byId(hovered) ?? null));
		follow(view.getState());
		return view.subscribe(follow);
	}, [map, areas, view]);

	// Another density leaves a box as large as it was, and everything in it has another size.
	const rem = useRootSize();
	// biome-ignore lint/correctness/useExhaustiveDependencies: the map reads it
	useEffect(() => map?.resize(), [map, rem]);

	const ready = coloured && boundaries !== null && colouring !== null;
	const unnamed = useMemo(
		() =>
			leftOut === ""
				? []
				: leftOut.split(",").flatMap((id) => areas.byId(Number(id)) ?? []),
		[leftOut, areas],
	);
	return { box, map, ready, noWebgl, ground, pointer, point, leave, unnamed };
}

/**
 * Makes the map of a panel. Apart from the panel: a function that was made in there holds the map that was there before, and that one its own
 * before it, each with its canvas and labels, for as long as the panel stands.
 */
function makeMap(
	container: HTMLElement,
	panel: {
		now: RefObject<
			{
				dayOf: ((day: Day) => Day) | null;
				enter: (area: AreaRow) => void;
				ground: MapColours;
				keepsCamera: boolean;
			} & Partial<Pick<MapOwner, "onFramed" | "onSeen">>
		>;
		view: ReturnType<typeof useViewStore>;
		point: MapOwner["onHover"];
		wholeDays: boolean;
		seenPartOnly: boolean;
		setMap(made: SituationMap): void;
		setColoured(coloured: boolean): void;
		setLeftOut(ids: string): void;
	},
): SituationMap {
	const { now, view } = panel;
	// As the map reads it while it draws; which day it was last stands on the map, for whoever compares.
	const days = {
		get at() {
			const day = now.current.dayOf?.(clock.day) ?? clock.day;
			container.dataset.day = String(day);
			return day;
		},
	};
	const made = new SituationMap(
		container,
		panel.wholeDays ? days : clock,
		{
			onHover: panel.point,
			onSelect: (area) => {
				if (area) now.current.enter(area);
			},
			onFramed: (framed) => now.current.onFramed?.(framed),
			onNamed: (ids) => panel.setLeftOut(ids.join()),
			onSeen: (seen) => now.current.onSeen?.(seen),
			onCamera: (camera) => {
				const { camera: before, change } = view.getState();
				if (now.current.keepsCamera && camera !== before) change({ camera });
			},
		},
		{
			ground: now.current.ground,
			seenPartOnly: panel.seenPartOnly,
			onReady: () => panel.setMap(made),
			onColoured: () => panel.setColoured(true),
		},
	);
	return made;
}

/** The area whose value a place on the map shows. */
export function shownArea(
	area: AreaRow | null,
	state: { mapLevel: string; areas: AreaIndex },
): AreaRow | null {
	// The map has kabupaten/kota below the pointer, an inset of provinces has these.
	return area?.level === "regency" &&
		area.parent !== null &&
		state.mapLevel === "province"
		? (state.areas.byId(area.parent) ?? null)
		: area;
}
