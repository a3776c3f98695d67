import { ActionIcon, Button } from "@mantine/core";
import { Maximize, Minus, Plus } from "lucide-react";
import {
	type ReactNode,
	useCallback,
	useEffect,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
} from "react";
import type { StoreApi } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Day } from "../../../core/series/day.ts";
import { exposeFrameMeter } from "../../clock/frame-meter.ts";
import { RunningDate } from "../../clock/running-date.tsx";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type AreaIndex, openedAt, parentOf } from "../../state/area-index.ts";
import { type MapLevel, useViewOf } from "../../state/view-state.ts";
import { Panel } from "../ui/panel.tsx";
import type { Boundaries } from "./boundaries.ts";
import { DrawnMapProvider } from "./drawn-map.ts";
import type { Pointer } from "./hover-card.tsx";
import { type At, Inset } from "./inset.tsx";
import { MapFoot } from "./map-foot.tsx";
import { MapFrame, OverMap } from "./map-frame.tsx";
import type { MapMarks } from "./map-marks.ts";
import styles from "./map-panel.module.css";
import { MapFreshness, MapHint, UnknownPlace } from "./of-the-day.tsx";
import { OutsideFrame } from "./outside-frame.tsx";
import { PointedRing } from "./pointed-ring.tsx";
import type { Seen } from "./seen.ts";
import type { Colouring, Framed } from "./situation-map.ts";
import { useBasemap } from "./use-basemap.ts";
import { useBoundaries } from "./use-boundaries.ts";
import { useShownAround } from "./use-shown-around.ts";
import { useSituationMap } from "./use-situation-map.ts";

/** Codes of the provinces that the insets of the whole country show larger. */
const JAKARTA = ["31"];
const JAVA = ["31", "32", "33", "34", "35", "36"];

/** What a map is called where it is pinned. */
const PIN_WORDS = {
	map: "pin.map",
	spread: "pin.spread",
	"stock-map": "pin.stockMap",
	"referral-map": "pin.map",
	"rt-map": "pin.map",
	"plan-map": "pin.map",
} as const;

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
	pin,
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
	/** As what it can be pinned to a scene of the walls; left out: it cannot. */
	pin?: keyof typeof PIN_WORDS;
}) {
	const { t } = useLanguage();
	const {
		indicator,
		mapLevel: chosenLevel,
		asKnown,
		camera,
	} = useViewOf("indicator", "mapLevel", "asKnown", "camera");
	const mapLevel = level ?? chosenLevel;
	const {
		boundaries,
		geography,
		failure: noShapes,
	} = useBoundaries(areas, districts);
	const { colouring, failure } = shown;

	/** All that may be drawn, found by their numbers. */
	const index = districts ?? areas;
	/** What the camera shows, until a hand moves it. */
	const [framed, setFramed] = useState<Framed | null>(null);
	const enter = (area: AreaRow) => {
		const target = oneStepTo(area, selected, index);
		if (target.id === selected.id) open?.();
		else select(target);
	};
	const inBox = useSituationMap({
		...{ areas: index, boundaries, colouring, selected, level: mapLevel },
		parent: (districts ? openedAt : parentOf)(index, selected),
		dayOf: wholeDays ? today : null,
		enter,
		keepsCamera: true,
		onFramed: setFramed,
		...(onSeen && { onSeen }),
	});
	const { box, map, pointer, point } = inBox;
	const basemap = useBasemap(map, inBox.ready);
	const foot = useShownAround(map);

	// The same for as long as the panel lives: an inset is not drawn again with every day.
	const pointInset = useCallback(
		(area: AreaRow | null, at: At) => {
			const frame = box.current?.getBoundingClientRect();
			if (frame) point(area, at.x - frame.left, at.y - frame.top);
		},
		[box, point],
	);
	const entered = useRef(enter);
	entered.current = enter;
	const enterInset = useCallback((area: AreaRow) => entered.current(area), []);

	useEffect(() => (map ? exposeFrameMeter(clock, map) : undefined), [map]);
	useLayoutEffect(() => map?.setMarks(marks), [map, marks]);
	const base = boundaries !== null;
	useEffect(() => {
		if (!map || !base) return;
		const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
		// Kecamatan come and go below a camera that stays.
		map.look(selected, camera, !calm);
	}, [map, base, selected, camera]);
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
					// Where whole days are drawn their line of time stands below, with the date large.
					wholeDays ? (
						label
					) : (
						<>
							{label} · <RunningDate />
						</>
					)
				}
				testId="map-panel"
				className={className}
				freshness={
					stated === undefined ? <MapFreshness {...of} areas={areas} /> : stated
				}
				tools={tools}
				pin={pin && { kind: pin, what: `${t(PIN_WORDS[pin])}, ${label}` }}
			>
				<MapFrame drawn={inBox} label={t("map.region")} testId="map">
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
					{/* While shapes of kecamatan are on their way the map still shows what it did: a legend of what comes would be a wrong one. */}
					<div
						ref={foot}
						className={styles.foot}
						data-at-edge
						data-waits={boundaries === null || undefined}
					>
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
						{stated === undefined && !districts && (
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
					<PointedRing areas={index} />
					{children}
				</MapFrame>
				<MapFoot
					geography={geography}
					boundaries={boundaries}
					basemap={basemap}
				>
					{stated === undefined && (
						<UnknownPlace {...of} selected={selected} areas={index} />
					)}
				</MapFoot>
			</Panel>
		</DrawnMapProvider>
	);
}

/** The day of the clock itself. */
const today = (day: Day): Day => day;

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
