import { ActionIcon, Button } from "@mantine/core";
import { Maximize, Minus, Plus } from "lucide-react";
import {
	type ComponentProps,
	type CSSProperties,
	type ReactNode,
	useCallback,
	useEffect,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
} from "react";
import { createStore, type StoreApi } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import { exposeFrameMeter } from "../../clock/frame-meter.ts";
import { RunningDate } from "../../clock/running-date.tsx";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type AreaIndex, openedAt, parentOf } from "../../state/area-index.ts";
import { type MapLevel, useView, useViewOf } from "../../state/view-state.ts";
import { useWall } from "../../state/wall.ts";
import { Panel, PanelNotice } from "../ui/panel.tsx";
import type { AreaValueFrame } from "./area-value-extension.ts";
import type { Boundaries } from "./boundaries.ts";
import { DistrictNotice } from "./district-notice.tsx";
import { DrawnMapProvider } from "./drawn-map.ts";
import { GeographyNotice } from "./geography-notice.tsx";
import { NOWHERE, type Pointer } from "./hover-card.tsx";
import { type At, Inset } from "./inset.tsx";
import type { MapMarks } from "./map-marks.ts";
import styles from "./map-panel.module.css";
import { MapFreshness, MapHint, UnknownPlace } from "./of-the-day.tsx";
import { OutsideFrame } from "./outside-frame.tsx";
import { cssColour } from "./palettes.ts";
import {
	type Colouring,
	type Framed,
	type Seen,
	SituationMap,
} from "./situation-map.ts";
import { useBasemap } from "./use-basemap.ts";
import { useBoundaries } from "./use-boundaries.ts";
import { useGround } from "./use-ground.ts";

/** Codes of the provinces that the insets of the whole country show larger. */
const JAKARTA = ["31"];
const JAVA = ["31", "32", "33", "34", "35", "36"];

/** What a map is coloured by, or why it is not. */
export interface Shown {
	/** Null until there is something to colour by. */
	readonly colouring: Colouring | null;
	readonly failure: { message: string; retry: () => void } | null;
}

/** The map of the country, coloured by what it is given, on the day of the clock. */
export function MapPanel({
	areas,
	selected,
	select,
	className,
	shown,
	label,
	legend,
	card,
	tools,
	children,
	marks = null,
	wholeDays = false,
	level,
	stated,
	districts = null,
	onSeen,
	open,
}: {
	/** Without kecamatan. */
	areas: AreaIndex;
	/** With the kecamatan that are drawn; null: none are. */
	districts?: AreaIndex | null;
	/** What the camera shows when it comes to rest. */
	onSeen?: (seen: Seen) => void;
	/** The chosen area was pressed once more. */
	open?: (() => void) | null;
	selected: AreaRow;
	select: (area: AreaRow) => void;
	className: string | undefined;
	shown: Shown;
	/** What the colours are of, beside the date. */
	label: string;
	legend: ReactNode;
	/** What stands at the pointer. */
	card: (
		pointer: StoreApi<Pointer>,
		boundaries: Boundaries | null,
	) => ReactNode;
	tools?: ReactNode;
	/** What lies over the map besides. */
	children?: ReactNode;
	/** What stands on it besides its colours. */
	marks?: MapMarks | null;
	/** Only whole days are drawn, each in the frame in which the clock reaches it. */
	wholeDays?: boolean;
	/** The level that is drawn, where that is not chosen. */
	level?: MapLevel;
	/** How old what is drawn is, where it is no indicator: nothing is then said of who reported. */
	stated?: ReactNode;
}) {
	const { t } = useLanguage();
	const {
		indicator,
		mapLevel: chosenLevel,
		asKnown,
		hover,
	} = useViewOf("indicator", "mapLevel", "asKnown", "hover");
	const mapLevel = level ?? chosenLevel;
	const wall = useWall();
	const {
		boundaries,
		geography,
		failure: noShapes,
	} = useBoundaries(areas, districts);
	const { ground, printing } = useGround();
	const { colouring, failure } = shown;

	/** All that may be drawn, found by their numbers. */
	const index = districts ?? areas;

	const firstGround = useRef(ground);
	const box = useRef<HTMLDivElement>(null);
	const [map, setMap] = useState<SituationMap | null>(null);
	const basemap = useBasemap(map, colouring !== null);
	const [noWebgl, setNoWebgl] = useState(false);
	const [pointer] = useState(() => createStore<Pointer>(() => NOWHERE));

	/** What the camera shows, until a hand moves it. */
	const [framed, setFramed] = useState<Framed | null>(null);

	// The map lives as long as the panel; what it calls back always sees the newest choices.
	const point = useRef((_: AreaRow | null, _x: number, _y: number) => {});
	point.current = (area, x, y) => {
		const { clientWidth = 0, clientHeight = 0 } = box.current ?? {};
		hover(shownArea(area, { mapLevel, areas: index })?.id ?? null);
		pointer.setState({
			x,
			y,
			onMap: area !== null,
			flipX: x > clientWidth * 0.6,
			flipY: y > clientHeight * 0.5,
		});
	};
	const enter = useRef((_: AreaRow) => {});
	enter.current = (area) => {
		const target = oneStepTo(area, selected, index);
		if (target.id === selected.id) open?.();
		else select(target);
	};
	const see = useRef(onSeen);
	see.current = onSeen;
	// The same for as long as the panel lives: an inset is not drawn again with every day.
	const pointInset = useCallback((area: AreaRow | null, at: At) => {
		const frame = box.current?.getBoundingClientRect();
		if (frame) point.current(area, at.x - frame.left, at.y - frame.top);
	}, []);
	const enterInset = useCallback((area: AreaRow) => enter.current(area), []);

	useEffect(() => {
		const container = box.current;
		if (!container) return;
		let made: SituationMap;
		try {
			made = new SituationMap(
				container,
				wholeDays ? drawnDay(container) : clock,
				{
					onHover: (area, x, y) => point.current(area, x, y),
					onSelect: (area) => {
						if (area) enter.current(area);
					},
					onFramed: setFramed,
					onSeen: (seen) => see.current?.(seen),
				},
				{ ground: firstGround.current, onReady: () => setMap(made) },
			);
		} catch {
			setNoWebgl(true);
			return;
		}
		const stop = wholeDays
			? clock.onDay(() => made.drawNow())
			: clock.onMove(() => made.repaint());
		const hide = exposeFrameMeter(clock, made);
		const resize = new ResizeObserver(() => made.map.resize());
		resize.observe(container);
		return () => {
			stop();
			hide();
			resize.disconnect();
			made.remove();
			setMap(null);
		};
	}, [wholeDays]);

	useEffect(() => {
		if (map && boundaries) map.setBoundaries(boundaries);
	}, [map, boundaries]);
	// Before the browser goes on: a sheet takes what is drawn by then, and not with the next frame.
	useLayoutEffect(() => {
		if (map && colouring) map.setColouring(colouring);
	}, [map, colouring]);
	useLayoutEffect(() => map?.setMarks(marks), [map, marks]);
	useLayoutEffect(() => map?.setGround(ground), [map, ground]);
	useLayoutEffect(() => {
		if (printing) return map?.layOnPaper();
	}, [map, printing]);
	useEffect(() => {
		if (!map || !boundaries) return;
		map.select(
			selected,
			index.children(
				districts ? openedAt(index, selected) : parentOf(index, selected),
			),
			index.path(selected).find(({ level }) => level === "province"),
		);
	}, [map, boundaries, selected, index, districts]);
	const base = boundaries !== null;
	useEffect(() => {
		if (!map || !base) return;
		const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
		// Kecamatan come and go below a camera that stays.
		map.show(selected, !calm);
	}, [map, base, selected]);
	useEffect(() => map?.setWall(wall), [map, wall]);
	useEffect(() => {
		const pending = colouring?.cube.header.pending ?? [];
		const mark = () =>
			map?.setWaiting(
				pending.flatMap((one) =>
					one.day === clock.day ? (areas.byId(one.area) ?? []) : [],
				),
			);
		mark();
		return clock.onDay(mark);
	}, [map, colouring, areas]);
	useEffect(() => {
		map?.setDetail(mapLevel !== "province");
	}, [map, mapLevel]);
	useEffect(() => {
		if (!map) return;
		// The outline follows the pointer, on the map or in the table, without the panel being drawn again.
		const follow = ({ hovered }: { hovered: number | null }) =>
			map.hover(hovered === null ? null : (index.byId(hovered) ?? null));
		follow(useView.getState());
		return useView.subscribe(follow);
	}, [map, index]);

	const drawn = colouring?.cube.header;
	const parent = parentOf(index, selected);
	const of = { indicator, parent, asKnown };
	// Thousands of kecamatan are no picture of an inset.
	const country = selected.level === "nation" && !districts;
	const body = boundaries?.body(selected);
	const drawnMap = useMemo(() => ({ map, boundaries }), [map, boundaries]);

	return (
		<DrawnMapProvider value={drawnMap}>
			<Panel
				title={t("map.title")}
				subtitle={
					<>
						{label} · <RunningDate />
					</>
				}
				testId="map-panel"
				className={className}
				freshness={
					stated === undefined ? <MapFreshness {...of} areas={areas} /> : stated
				}
				tools={tools}
			>
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
						aria-label={t("map.region")}
						data-testid="map"
						data-ready={map && boundaries && colouring ? true : undefined}
						onMouseLeave={() => {
							hover(null);
							pointer.setState(NOWHERE);
						}}
					/>
					{noWebgl && <OverMap role="alert">{t("map.noWebgl")}</OverMap>}
					{noShapes && (
						<OverMap
							role="alert"
							action={
								<Button size="compact-sm" onClick={noShapes.again}>
									{t("app.retry")}
								</Button>
							}
						>
							{t("map.failed")}
						</OverMap>
					)}
					{failure && !colouring && (
						<OverMap
							role="alert"
							action={
								<Button size="compact-sm" onClick={failure.retry}>
									{t("app.retry")}
								</Button>
							}
						>
							{t("error.panel", { message: failure.message })}
						</OverMap>
					)}
					{!colouring && !failure && <OverMap>{t("app.loading")}</OverMap>}
					<div className={styles.foot}>
						{colouring && legend}
						{country && colouring && boundaries && (
							<Inset
								name={t("map.java")}
								at="java"
								provinces={JAVA}
								boundaries={boundaries}
								areas={areas}
								colouring={colouring}
								away={!framed}
								onHover={pointInset}
								onSelect={enterInset}
							/>
						)}
						{stated === undefined && (
							<MapHint {...of} drawn={drawn} areas={areas} />
						)}
					</div>
					{body && (
						<OutsideFrame
							body={body}
							whole={framed?.whole ?? false}
							show={(whole) => map?.show(selected, true, whole)}
						/>
					)}
					{country && colouring && boundaries && (
						<Inset
							name="Jakarta"
							at="jakarta"
							provinces={JAKARTA}
							boundaries={boundaries}
							areas={areas}
							colouring={colouring}
							away={!framed}
							onHover={pointInset}
							onSelect={enterInset}
						/>
					)}
					<div className={styles.tools} data-covers-map>
						<ActionIcon
							variant="default"
							aria-label={t("map.zoomIn")}
							onClick={() => map?.zoomBy(1)}
						>
							<Plus size="1.1em" />
						</ActionIcon>
						<ActionIcon
							variant="default"
							aria-label={t("map.zoomOut")}
							onClick={() => map?.zoomBy(-1)}
						>
							<Minus size="1.1em" />
						</ActionIcon>
						<ActionIcon
							variant="default"
							aria-label={t("map.whole")}
							onClick={() => map?.show(selected, true)}
						>
							<Maximize size="1.1em" />
						</ActionIcon>
					</div>
					{card(pointer, boundaries)}
					{children}
				</div>
				<footer className={styles.footer}>
					{stated === undefined && (
						<UnknownPlace {...of} selected={selected} areas={index} />
					)}
					{boundaries?.districts && (
						<DistrictNotice districts={boundaries.districts} />
					)}
					{geography && (
						<GeographyNotice
							geography={geography}
							basemap={basemap}
							notAsThemselves={boundaries?.notAsThemselves}
						/>
					)}
				</footer>
			</Panel>
		</DrawnMapProvider>
	);
}

/** The whole day of the clock, as the map reads it while it draws; which it was last stands on the map, for whoever compares. */
function drawnDay(container: HTMLElement): AreaValueFrame {
	return {
		get at() {
			container.dataset.day = String(clock.day);
			return clock.day;
		},
	};
}

/** Said over the map as far as it is drawn. */
function OverMap(notice: ComponentProps<typeof PanelNotice>) {
	return (
		<div className={styles.notice}>
			<PanelNotice {...notice} />
		</div>
	);
}

/**
 * Where a click leads: one step on from what the clicked area and the chosen one both lie in. From the nation, or from another province, into
 * the province; within it to the kabupaten/kota, and within that to the kecamatan.
 */
export function oneStepTo(
	clicked: AreaRow,
	selected: AreaRow,
	areas: AreaIndex,
): AreaRow {
	const chosen = new Set(areas.path(selected).map(({ id }) => id));
	return areas.path(clicked).find(({ id }) => !chosen.has(id)) ?? clicked;
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
