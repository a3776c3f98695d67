import {
	type CSSProperties,
	type ReactNode,
	useEffect,
	useLayoutEffect,
	useRef,
	useState,
} from "react";
import { createStore, type StoreApi } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Day } from "../../../core/series/day.ts";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { type MapLevel, useView } from "../../state/view-state.ts";
import { useWall } from "../../state/wall.ts";
import { PanelNotice } from "../ui/panel.tsx";
import type { Boundaries } from "./boundaries.ts";
import { NOWHERE, type Pointer } from "./hover-card.tsx";
import styles from "./map-panel.module.css";
import { shownArea } from "./map-panel.tsx";
import { cssColour } from "./palettes.ts";
import { type Colouring, SituationMap } from "./situation-map.ts";
import { useBasemap } from "./use-basemap.ts";
import { useGround } from "./use-ground.ts";

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
	card,
	children,
}: {
	areas: AreaIndex;
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
	const { t } = useLanguage();
	const { ground, printing } = useGround();
	const wall = useWall();
	const hover = useView((view) => view.hover);
	const box = useRef<HTMLDivElement>(null);
	const [map, setMap] = useState<SituationMap | null>(null);
	useBasemap(map, colouring !== null);
	const [noWebgl, setNoWebgl] = useState(false);
	const [pointer] = useState(() => createStore<Pointer>(() => NOWHERE));

	// The map lives as long as its half; what it calls back always sees the newest choices.
	const now = useRef({ dayOf, enter, ground, onMap, point });
	now.current = { dayOf, enter, ground, onMap, point };
	function point(area: AreaRow | null, x: number, y: number): void {
		const { clientWidth = 0, clientHeight = 0 } = box.current ?? {};
		hover(shownArea(area, { mapLevel: level, areas })?.id ?? null);
		pointer.setState({
			x,
			y,
			onMap: area !== null,
			flipX: x > clientWidth * 0.6,
			flipY: y > clientHeight * 0.5,
		});
	}

	useEffect(() => {
		const container = box.current;
		if (!container) return;
		const frame = {
			get at() {
				const day = now.current.dayOf(clock.day);
				container.dataset.day = String(day);
				return day;
			},
		};
		let made: SituationMap;
		try {
			made = new SituationMap(
				container,
				frame,
				{
					onHover: (area, x, y) => now.current.point(area, x, y),
					onSelect: (area) => {
						if (area) now.current.enter(area);
					},
					onFramed: () => {},
				},
				{
					ground: now.current.ground,
					onReady() {
						setMap(made);
						now.current.onMap(made);
					},
				},
			);
		} catch {
			setNoWebgl(true);
			return;
		}
		const stop = clock.onDay(() => made.drawNow());
		const resize = new ResizeObserver(() => made.map.resize());
		resize.observe(container);
		return () => {
			stop();
			resize.disconnect();
			now.current.onMap(null);
			made.remove();
			setMap(null);
		};
	}, []);

	useEffect(() => {
		if (map && boundaries) map.setBoundaries(boundaries);
	}, [map, boundaries]);
	useLayoutEffect(() => {
		if (map && colouring) map.setColouring(colouring);
	}, [map, colouring]);
	useLayoutEffect(() => map?.setGround(ground), [map, ground]);
	useLayoutEffect(() => {
		if (printing) return map?.layOnPaper();
	}, [map, printing]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the day that is drawn is read from it while drawing
	useEffect(() => map?.drawNow(), [map, dayOf]);
	useEffect(() => map?.setWall(wall), [map, wall]);
	useEffect(() => map?.setDetail(level === "regency"), [map, level]);
	useEffect(() => {
		if (!map || !boundaries) return;
		const province =
			selected.level === "regency" && selected.parent !== null
				? areas.byId(selected.parent)
				: selected;
		map.select(selected, areas.children(province ?? selected));
	}, [map, boundaries, selected, areas]);
	useEffect(() => {
		if (!map) return;
		const follow = ({ hovered }: { hovered: number | null }) =>
			map.hover(hovered === null ? null : (areas.byId(hovered) ?? null));
		follow(useView.getState());
		return useView.subscribe(follow);
	}, [map, areas]);

	return (
		<div
			className={styles.frame}
			data-map-frame
			style={
				{
					"--map-sea": cssColour(ground.sea),
					"--map-border": ground.regencyLine,
					"--map-selected": ground.selectedLine,
				} as CSSProperties
			}
		>
			<div
				ref={box}
				className={styles.box}
				role="img"
				aria-label={label}
				data-testid={testId}
				data-ready={(map && boundaries && colouring && true) || undefined}
				onMouseLeave={() => {
					hover(null);
					pointer.setState(NOWHERE);
				}}
			/>
			{noWebgl && (
				<div className={styles.notice}>
					<PanelNotice role="alert">{t("map.noWebgl")}</PanelNotice>
				</div>
			)}
			{card(pointer)}
			{children}
		</div>
	);
}
