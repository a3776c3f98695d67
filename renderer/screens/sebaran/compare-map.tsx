import { ActionIcon } from "@mantine/core";
import { Maximize, Minus, Plus } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { Basemap } from "../../../core/api/basemap.ts";
import type { Level } from "../../../core/areas/codes.ts";
import type { Day } from "../../../core/series/day.ts";
import { exposeFrameMeter } from "../../clock/frame-meter.ts";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { Boundaries } from "../../parts/map/boundaries.ts";
import { ClassLegend, classKeyFrom } from "../../parts/map/class-legend.tsx";
import { HalfMap } from "../../parts/map/half-map.tsx";
import { lockCameras } from "../../parts/map/lock-cameras.ts";
import { MapFoot } from "../../parts/map/map-foot.tsx";
import { oneStepTo } from "../../parts/map/map-panel.tsx";
import type { SituationMap } from "../../parts/map/situation-map.ts";
import { useBoundaries } from "../../parts/map/use-boundaries.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { useShownAround } from "../../parts/map/use-shown-around.ts";
import { hasEstimatedPeople } from "../../parts/ui/estimated-people.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./compare.module.css";
import { CompareControl } from "./compare-control.tsx";
import { ComparedFigures } from "./compared-figures.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { HoveredArea } from "./hovered-area.tsx";
import { ScaleChoice, scaleOf } from "./scale-choice.tsx";
import screenStyles from "./sebaran.module.css";
import { twoMaps } from "./sheet-maps.ts";
import { SwipeLine } from "./swipe-line.tsx";
import type { Choice } from "./use-choice.ts";
import {
	areaBeside,
	comparedAreas,
	type Side,
	useSides,
} from "./use-compared.ts";
import { useDrawnAreas, useDrawnLevel } from "./use-drawn-level.ts";
import { type DrawnSide, useSide } from "./use-side.ts";

/** Two maps of two days, indicators or areas: beside each other, or one laid over the other up to a line that is drawn along. */
export default function CompareMap({
	areas: upper,
	selected: onUpper,
	chosen,
	select,
	choice,
}: {
	/** Without kecamatan. */
	areas: AreaIndex;
	/** The chosen area, of a kecamatan its kabupaten/kota. */
	selected: AreaRow;
	/** The chosen area itself. */
	chosen: AreaRow;
	select: (area: AreaRow) => void;
	choice: Choice;
}) {
	const { t } = useLanguage();
	const { search, changeSearch, indicator, period, rate, asKnown } = choice;
	const { by } = search;
	const { ground } = useGround();
	const isSwiped = search.compare === "swipe";
	const beside =
		by === "area" ? areaBeside(upper, onUpper, search.beside) : onUpper;
	const looked = useMemo(() => [onUpper, beside], [onUpper, beside]);
	const { scale } = scaleOf(choice);
	const drawnLevel = useDrawnLevel(upper, looked, choice.mapLevel, {
		indicator,
		period,
		rate,
		scale,
		as_known: asKnown,
	});
	const { level, see } = drawnLevel;
	// Both halves are drawn from one index: what is asked for is what they have rows of.
	const {
		areas,
		selected,
		districts: drawnDistricts,
	} = useDrawnAreas(drawnLevel, drawnLevel.districts, upper, onUpper, chosen);
	const sides = useSides(choice, areas, selected);
	const left = useSide(upper, sides[0], choice, drawnLevel);
	const right = useSide(upper, sides[1], choice, drawnLevel);
	const {
		boundaries,
		geography,
		failure: noShapes,
	} = useBoundaries(upper, drawnDistricts);
	// The halves ask for it too, and draw it.
	const basemap = useAnswer(
		Basemap,
		{},
		{ enabled: left.colouring !== null },
	).data;
	const [leftMap, setLeft] = useState<SituationMap | null>(null);
	const [rightMap, setRight] = useState<SituationMap | null>(null);
	const camera = useView((view) => view.camera);
	const [height, setHeight] = useState(0);
	useCameras(
		...([leftMap, rightMap, boundaries, sides, height] as const),
		by === "area" ? null : camera,
	);
	/** Both show one place, around what explains either of them; of two areas each its own. */
	const leading = by === "area" ? null : leftMap;
	const swiped = isSwiped ? Number(search.at) : null;
	const maps = useMemo(
		() =>
			leftMap && rightMap
				? twoMaps(leftMap, rightMap, { swiped, together: by !== "area" })
				: null,
		[leftMap, rightMap, swiped, by],
	);
	const both = useMemo(() => [leftMap, rightMap], [leftMap, rightMap]);
	const pair = useRef<HTMLDivElement>(null);

	const rows = {
		left: useRows(left, sides[0].area, level),
		right: useRows(right, sides[1].area, level),
	};
	const shared = by !== "indicator";
	/** What the one legend of both maps counts: areas of one day all, of two days those of its own map. */
	const counted = useMemo(
		() =>
			by === "area" ? [...new Set([...rows.left, ...rows.right])] : rows.left,
		[by, rows.left, rows.right],
	);
	const isEstimated = sides.some(({ area }) =>
		comparedAreas(areas, area, level).some(hasEstimatedPeople),
	);
	const failure = left.failure ?? right.failure;
	const titleOf = () =>
		by === "indicator"
			? `${left.label} | ${right.label} · ${selected.name}`
			: `${right.label} · ${by === "area" ? `${sides[0].area.name} | ` : ""}${sides[1].area.name}`;
	const halves = [
		{
			side: sides[0],
			drawn: left,
			onMap: setLeft,
			name: "left" as const,
			enter: (area: AreaRow) => {
				const target = oneStepTo(area, selected, areas);
				if (target) select(target);
			},
		},
		{
			side: sides[1],
			drawn: right,
			onMap: setRight,
			name: "right" as const,
			enter: (area: AreaRow) => {
				const target = oneStepTo(area, sides[1].area, areas);
				if (!target) return;
				if (by === "area") changeSearch({ beside: target.code });
				else select(target);
			},
		},
	];
	return (
		<Panel
			title={t(isSwiped ? "compare.titleSwipe" : "compare.titleSide")}
			subtitle={shared ? right.label : t("compare.clock")}
			testId="compare-panel"
			className={screenStyles.map}
			tools={
				<>
					<ScaleChoice choice={choice} />
					<CompareControl areas={areas} choice={choice} selected={selected} />
					<ExportMenu
						area={sides[1].area}
						areas={areas}
						compared={comparedAreas(areas, sides[1].area, level)}
						spread={right.spread}
						ground={ground}
						label={right.label}
						words={right.words}
						// Of two indicators each legend says it.
						classes={shared ? right.rests : ""}
						asKnown={choice.asKnown}
						dayOf={sides[1].dayOf}
						shapes={boundaries}
						maps={maps}
						title={titleOf()}
						also={[
							{
								compared: comparedAreas(areas, sides[0].area, level),
								indicator: sides[0].indicator,
								dayOf: sides[0].dayOf,
							},
						]}
						tables={t("mapExport.tablesOf.right")}
					/>
				</>
			}
		>
			{noShapes ? (
				<PanelFailure {...noShapes}>{t("map.failed")}</PanelFailure>
			) : failure && !left.colouring ? (
				<PanelFailure
					error={new Error(failure.message)}
					again={failure.retry}
				/>
			) : (
				<div
					ref={pair}
					className={styles.pair}
					data-swiped={isSwiped || undefined}
					data-map-frames
				>
					{halves.map(({ side, drawn, onMap, name, enter }) => (
						<div key={name} className={styles.half} data-half={name}>
							<HalfMap
								areas={areas}
								boundaries={boundaries}
								selected={side.area}
								colouring={drawn.drawn}
								districts={drawnDistricts}
								onSeen={name === "left" ? see : undefined}
								level={level}
								dayOf={side.dayOf}
								label={t(`compare.${name}`)}
								testId={`map-${name}`}
								enter={enter}
								keepsCamera={by !== "area"}
								onMap={onMap}
								card={(pointer) =>
									drawn.spread && (
										<HoveredArea
											pointer={pointer}
											areas={drawn.areas}
											boundaries={boundaries}
											spread={drawn.spread}
											label={drawn.label}
											dayOf={side.dayOf}
										/>
									)
								}
							>
								<Plate by={by} side={side} drawn={drawn} />
								<Outside side={side} drawn={drawn} />
								{drawn.colouring && (!shared || name === "left") && (
									<Legend
										map={leading}
										waits={boundaries === null}
										onHeight={setHeight}
									>
										<ClassLegend
											colouring={drawn.colouring}
											rows={shared ? counted : rows[name]}
											title={t(`indicator.${drawn.indicator}`)}
											lines={[
												shared
													? `${drawn.words} · ${t("compare.sharedLegend")} · ${t(by === "area" ? "compare.countsBoth" : "compare.countsLeft")}`
													: drawn.words,
												drawn.rests,
											]}
											estimated={
												isEstimated && (drawn.spread?.cube.header.rate ?? false)
											}
											only={classKeyFrom(search.only)}
											choose={(key) =>
												changeSearch({
													only: key === null ? "" : String(key),
												})
											}
											dayOf={side.dayOf}
										/>
									</Legend>
								)}
								{!drawn.colouring && (
									<div className={styles.waiting}>
										<PanelNotice>{t("app.loading")}</PanelNotice>
									</div>
								)}
							</HalfMap>
						</div>
					))}
					{isSwiped && (
						<SwipeLine
							box={pair}
							at={Number(search.at)}
							move={(at) => changeSearch({ at: String(at) })}
							sides={sides}
							by={by}
							maps={both}
						/>
					)}
					<div className={styles.tools} data-covers-map>
						<ActionIcon
							variant="default"
							aria-label={t("map.zoomIn")}
							onClick={() => leftMap?.zoomBy(1)}
						>
							<Plus size="1.1em" />
						</ActionIcon>
						<ActionIcon
							variant="default"
							aria-label={t("map.zoomOut")}
							onClick={() => leftMap?.zoomBy(-1)}
						>
							<Minus size="1.1em" />
						</ActionIcon>
						<ActionIcon
							variant="default"
							aria-label={t("map.whole")}
							onClick={() => leftMap?.show(sides[0].area, true)}
						>
							<Maximize size="1.1em" />
						</ActionIcon>
					</div>
				</div>
			)}
			<ComparedFigures
				areas={areas}
				choice={choice}
				sides={[
					{ ...sides[0], drawn: left },
					{ ...sides[1], drawn: right },
				]}
			/>
			<MapFoot
				geography={geography}
				boundaries={boundaries}
				basemap={basemap}
			/>
		</Panel>
	);
}

/** The rows that a legend counts, of what its map draws. */
function useRows(
	{ areas, spread }: DrawnSide,
	selected: AreaRow,
	asked: Level,
): readonly number[] {
	const level = spread?.cube.header.level ?? asked;
	return useMemo(
		() => comparedAreas(areas, selected, level).map(areas.row),
		[areas, selected, level],
	);
}

function Legend({
	map,
	waits,
	onHeight,
	children,
}: {
	map: SituationMap | null;
	/** Shapes are on their way, and the maps still show what they did before: nothing is explained that is not there. */
	waits: boolean;
	/** How high it is (px). */
	onHeight: (height: number) => void;
	children: ReactNode;
}) {
	const around = useShownAround(map);
	useEffect(() => {
		const legend = around.current;
		if (!legend) return;
		const look = new ResizeObserver(() => onHeight(legend.clientHeight));
		look.observe(legend);
		return () => look.disconnect();
	}, [around, onHeight]);
	return (
		<div ref={around} className={styles.legend} data-waits={waits || undefined}>
			{children}
		</div>
	);
}

/** What the two maps differ by, large: the date runs with the clock. */
function Plate({
	by,
	side,
	drawn,
}: {
	by: Choice["search"]["by"];
	side: Side;
	drawn: DrawnSide;
}) {
	const { t } = useLanguage();
	const date = <DayOfSide dayOf={side.dayOf} />;
	return (
		<div className={styles.plate} data-covers-map data-testid="plate">
			<strong>
				{by === "day"
					? date
					: by === "indicator"
						? t(`indicator.${drawn.indicator}`)
						: side.area.name}
			</strong>
			{by !== "day" && <span>{date}</span>}
		</div>
	);
}

/** The day that a map draws, each as it comes, written in the frame in which it is drawn. */
export function DayOfSide({ dayOf }: { dayOf: (day: Day) => Day }) {
	const { format } = useLanguage();
	const text = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		const write = () => {
			if (text.current) text.current.textContent = format.day(dayOf(clock.day));
		};
		write();
		return clock.onDay(write);
	}, [format, dayOf]);
	return <span ref={text} />;
}

/** Lies over a map whose day is none of those that there are: the nearest would be taken for it. */
function Outside({ side, drawn }: { side: Side; drawn: DrawnSide }) {
	const { t } = useLanguage();
	const veil = useRef<HTMLDivElement>(null);
	const header = drawn.spread?.cube.header;
	useEffect(() => {
		if (!header) return;
		const look = () => {
			const day = side.dayOf(clock.day);
			const isInside =
				day >= header.firstDay && day < header.firstDay + header.days;
			if (veil.current) veil.current.hidden = isInside;
		};
		look();
		return clock.onDay(look);
	}, [header, side]);
	return (
		<div ref={veil} className={styles.outside} data-testid="outside" hidden>
			<PanelNotice>{t("compare.outside")}</PanelNotice>
		</div>
	);
}

/**
 * Both cameras where the address says, and moved together; of two areas (null) each on its own, at one scale, around what explains them, until a
 * hand moves one.
 * @param height of the legend of both (px)
 */
function useCameras(
	left: SituationMap | null,
	right: SituationMap | null,
	boundaries: Boundaries | null,
	sides: readonly [Side, Side],
	height: number,
	camera: string | null,
): void {
	const both = camera !== null;
	const [first, second] = [sides[0].area, sides[1].area];
	/** Where they were sent last, and of what. */
	const sent = useRef<{ of: readonly unknown[]; to: Camera[] } | null>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the height of the legend is read from the page
	useEffect(() => {
		if (!left || !right || !boundaries) return;
		let free = lockCameras(left, right, both);
		const of = [left, right, first, second];
		const isMoved = () =>
			sent.current?.of.every((one, at) => one === of[at]) &&
			[left, right].some(({ camera }, at) =>
				isElsewhere(camera, sent.current?.to[at]),
			);
		const show = () => {
			if (both || isMoved()) return;
			// Each goes its own way there.
			free();
			left.show(first, false);
			right.show(second, false);
			// The smaller of the two: both areas are seen whole.
			const zoom = Math.min(left.map.getZoom(), right.map.getZoom());
			left.show(first, false, false, zoom);
			right.show(second, false, false, zoom);
			for (const map of [left, right]) map.goWith(map.camera, false);
			free = lockCameras(left, right, both);
			sent.current = { of, to: [left.camera, right.camera] };
		};
		show();
		let waiting = 0;
		const later = () => {
			if (right.isTaken) return;
			cancelAnimationFrame(waiting);
			waiting = requestAnimationFrame(show);
		};
		if (!both) right.map.on("resize", later);
		const hide = exposeFrameMeter(clock, {
			drawNow() {
				left.drawNow();
				right.drawNow();
			},
		});
		return () => {
			cancelAnimationFrame(waiting);
			right.map.off("resize", later);
			hide();
			free();
		};
	}, [left, right, boundaries, first, second, both, height]);
	const base = boundaries !== null;
	useEffect(() => {
		if (right && base && camera !== null) left?.look(first, camera, false);
	}, [left, right, base, first, camera]);
}

type Camera = SituationMap["camera"];

function isElsewhere(camera: Camera, from: Camera | undefined): boolean {
	return (
		camera.zoom !== from?.zoom || camera.center.distanceTo(from.center) > 1
	);
}
