import { useEffect, useMemo, useRef, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { SpreadHeader } from "../../../core/api/spread.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { periodFromText, periodShown } from "../../../core/series/period.ts";
import type { Scale } from "../../../core/statistics/scale.ts";
import { RunningDate } from "../../clock/running-date.tsx";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { Boundaries } from "../../parts/map/boundaries.ts";
import { ClassLegend, classKeyFrom } from "../../parts/map/class-legend.tsx";
import { faded } from "../../parts/map/faded.ts";
import type { Ground, SmallMap } from "../../parts/map/many-maps.ts";
import {
	type ManyMapsInView,
	ManyMapsView,
} from "../../parts/map/many-maps-view.tsx";
import { MapFoot } from "../../parts/map/map-foot.tsx";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { useBoundaries } from "../../parts/map/use-boundaries.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { shortestName } from "../../parts/ui/area-name.ts";
import { hasEstimatedPeople } from "../../parts/ui/estimated-people.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { usePeriodWords } from "../../parts/ui/period-words.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { type Cube, valueAt } from "../../state/cube.ts";
import { SHOWN_INDICATORS } from "../../state/shown-indicators.ts";
import { useSpreads } from "../../state/spread.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./compare.module.css";
import { CompareControl } from "./compare-control.tsx";
import { DayOfSide } from "./compare-map.tsx";
import type { Grid } from "./compare-search.ts";
import { ExportMenu } from "./export-menu.tsx";
import { HoveredArea } from "./hovered-area.tsx";
import { type Coloured, coloured } from "./many-colouring.ts";
import { ScaleChoice, scaleOf } from "./scale-choice.tsx";
import screenStyles from "./sebaran.module.css";
import { manyMaps } from "./sheet-maps.ts";
import type { Choice } from "./use-choice.ts";
import { comparedAreas, today } from "./use-compared.ts";
import { writtenFigure } from "./written-figure.ts";

type Drawn = Cube<SpreadHeader>;

/** One of the maps: what it is of, and how it differs from the others. */
interface One extends Coloured {
	readonly key: string;
	readonly ground: Ground;
	readonly dayOf: SmallMap["dayOf"];
}

/** Many small maps on one clock: of the provinces, the indicators, or the weeks up to the one that is shown. */
export default function ManyMap({
	areas,
	selected,
	choice,
}: {
	areas: AreaIndex;
	selected: AreaRow;
	choice: Choice;
}) {
	const { t } = useLanguage();
	const periodWords = usePeriodWords();
	const { search, changeSearch, indicator, period, rate, level, asKnown } =
		choice;
	const { boundaries, geography, failure: noShapes } = useBoundaries(areas);
	const choiceOf = (key: IndicatorKey): Choice => ({
		...choice,
		indicator: key,
		period: periodShown(key, period),
	});
	const of = (key: IndicatorKey, at: typeof level) => {
		const asked = choiceOf(key);
		return {
			indicator: key,
			level: at,
			period: asked.period,
			rate,
			scale: scaleOf(asked).scale,
			as_known: asKnown,
			within: null,
		};
	};
	const { cubes, failure } = useSpreads(
		search.grid === "indicators"
			? SHOWN_INDICATORS.map((key) => of(key, level))
			: [of(indicator, level)],
	);
	// Maps of another kind stay until all of the new ones are there.
	const last = useRef<{
		grid: Grid;
		known: Day | null;
		cubes: readonly Drawn[];
	} | null>(null);
	// As of state/last-answer: what was known on another day does not stay.
	if (last.current?.known !== asKnown) last.current = null;
	if (
		cubes &&
		(last.current?.cubes !== cubes || last.current.grid !== search.grid)
	)
		last.current = { grid: search.grid, known: asKnown, cubes };
	const drawn = last.current;
	const grid = drawn?.grid ?? search.grid;
	const provinces = useSpreads(
		search.grid === "provinces" ? [of(indicator, "province")] : [],
	).cubes?.[0];
	const ones = useMemo(
		() =>
			boundaries && drawn
				? onesOf(
						drawn.grid,
						areas,
						boundaries,
						drawn.cubes,
						Number(search.weeks),
					)
				: [],
		[areas, boundaries, drawn, search.weeks],
	);
	// Weeks are one answer on several days: its classes are found over all of them.
	const own = grid !== "weeks" && (search.own ?? false);
	const { ground } = useGround();
	const colourings = useMemo(
		() => coloured(ones, areas, ground, own),
		[ones, areas, ground, own],
	);
	const only = classKeyFrom(search.only);
	const small = useMemo((): SmallMap[] => {
		// One object for those that are coloured alike: the card is given it once.
		const shown = new Map(
			[...new Set(colourings)].map((one) => [one, faded(one, only)]),
		);
		return ones.map(({ key, ground, dayOf }, at) => ({
			key,
			ground,
			dayOf,
			colouring: shown.get(colourings[at] as Colouring) as Colouring,
		}));
	}, [ones, colourings, only]);
	const [current, setCurrent] = useState("");
	const chosen = ones.findIndex(({ key }) => key === current);
	// Of weeks the last is that of the clock.
	const at = chosen >= 0 ? chosen : grid === "weeks" ? ones.length - 1 : 0;
	/** Above a small map a province goes by its shortest name: cut off, five of them are "Kalimantan …". */
	const named = (
		map: { key: string; dayOf: SmallMap["dayOf"] },
		nameOf = shortestName,
	) => {
		const area = areas.byId(Number(map.key));
		return grid === "provinces" ? (
			<>
				<span>{area && nameOf(area)}</span>
				{provinces && <FigureOf area={area} cube={provinces} areas={areas} />}
			</>
		) : grid === "indicators" ? (
			<span>{t(`indicator.${map.key as IndicatorKey}`)}</span>
		) : (
			<DayOfSide dayOf={map.dayOf} />
		);
	};
	const open = ({ key, dayOf }: SmallMap) => {
		const { change, area, own: written } = useView.getState();
		const { compare: _, ...own } = written;
		// In one movement, and the day after it: one step of Back leads here again, to these maps on their day.
		if (grid === "indicators") change({ indicator: key as IndicatorKey, own });
		else if (grid === "provinces")
			change({ area: areas.byId(Number(key))?.code ?? area, own });
		else {
			const day = dayOf(clock.day);
			change({ own });
			clock.goTo(day);
		}
	};
	const one = ones[at];
	// Of what is drawn: while what was chosen anew is on its way the maps of before stay.
	const wordsOf = (key: IndicatorKey, cube = one?.cube) =>
		[
			periodWords(
				periodFromText(cube?.header.period ?? "") ?? periodShown(key, period),
				indicatorByKey(key).kind !== "cumulative",
			),
			...((cube?.header.rate ?? rate) ? [t("spread.rate")] : []),
		].join(", ");
	const shown = (one?.cube.header.indicator ?? indicator) as IndicatorKey;
	const label = `${t(`indicator.${shown}`)} · ${wordsOf(shown)}`;
	// Of several indicators some are counted over days, others a state of the day.
	const what =
		grid === "indicators"
			? [
					...new Set(
						ones.map(({ cube }) =>
							wordsOf(cube.header.indicator as IndicatorKey, cube),
						),
					),
				].join(" / ")
			: label;
	const [view, setView] = useState<ManyMapsInView | null>(null);
	const maps = useMemo(() => view && manyMaps(view), [view]);
	const others = new Map(
		ones.filter(({ cube }) => cube !== one?.cube).map((one) => [one.cube, one]),
	);
	const alsoPictured = [...others.values()].map(({ cube, dayOf }) => ({
		compared: comparedAreas(areas, areas.nation, cube.header.level),
		indicator: cube.header.indicator as IndicatorKey,
		dayOf,
	}));
	const colouring = colourings[at];
	const counted = comparedAreas(
		areas,
		areas.nation,
		one?.cube.header.level ?? level,
	);
	/** Of several indicators those have the classes that were given for them, where each map has its own. */
	const given =
		grid === "indicators"
			? own && SHOWN_INDICATORS.some((key) => scaleOf(choiceOf(key)).mayBeFixed)
			: undefined;
	const classes = t(own ? "compare.ownClasses" : "compare.sharedClasses");
	return (
		<Panel
			title={t(`compare.manyOf.${grid}`, { count: small.length })}
			subtitle={
				<>
					{what} · <RunningDate /> · {classes}
				</>
			}
			testId="compare-panel"
			className={screenStyles.map}
			pin={{ kind: "spread", what: `${t("pin.spread")}, ${what}` }}
			tools={
				<>
					<ScaleChoice choice={choice} given={given} />
					<CompareControl areas={areas} choice={choice} selected={selected} />
					<ExportMenu
						area={areas.nation}
						areas={areas}
						compared={counted}
						spread={one ?? null}
						ground={ground}
						label={label}
						words={wordsOf(shown)}
						classes={classes}
						asKnown={asKnown}
						dayOf={one?.dayOf}
						shapes={boundaries}
						maps={maps}
						title={`${t(`compare.manyOf.${grid}`, { count: small.length })} · ${what}`}
						also={alsoPictured}
						tables={t("mapExport.tablesOf.chosen")}
					/>
				</>
			}
		>
			{noShapes ? (
				<PanelFailure {...noShapes}>{t("map.failed")}</PanelFailure>
			) : failure ? (
				<PanelFailure
					error={new Error(failure.message)}
					again={failure.retry}
				/>
			) : !boundaries || !one || !colouring ? (
				<PanelNotice>{t("app.loading")}</PanelNotice>
			) : (
				<ManyMapsView
					maps={small}
					areas={areas}
					boundaries={boundaries}
					level={level}
					label={t("compare.manyKeys", { count: small.length })}
					title={named}
					current={one.key}
					setCurrent={setCurrent}
					open={open}
					onView={setView}
					card={(pointer, map) => (
						<HoveredArea
							pointer={pointer}
							areas={areas}
							boundaries={boundaries}
							spread={{ cube: one.cube }}
							label={label}
							dayOf={map.dayOf}
						/>
					)}
				>
					<aside className={styles.aside}>
						<p>{named(one, ({ name }) => name)}</p>
						<ClassLegend
							colouring={colouring}
							rows={one.rows}
							title={t(`indicator.${shown}`)}
							lines={[
								wordsOf(shown),
								own && grid === "indicators"
									? `${t(`classes.${one.cube.header.scale as Scale}`)} · ${classes}`
									: classes,
							]}
							only={only}
							choose={(key) =>
								changeSearch({ only: key === null ? "" : String(key) })
							}
							estimated={
								one.cube.header.rate && counted.some(hasEstimatedPeople)
							}
							dayOf={one.dayOf}
						/>
					</aside>
				</ManyMapsView>
			)}
			<MapFoot
				geography={geography}
				boundaries={boundaries}
				basemap={undefined}
			/>
		</Panel>
	);
}

const DAYS_OF_WEEK = 7;

function onesOf(
	grid: Grid,
	areas: AreaIndex,
	boundaries: Boundaries,
	cubes: readonly Drawn[],
	weeks: number,
): One[] {
	const [cube] = cubes;
	if (!cube) return [];
	const rowsOf = (all: readonly AreaRow[]) =>
		all.filter(({ unknownPlace }) => !unknownPlace).map(areas.row);
	const country = (): Ground => ({
		key: "country",
		parts: boundaries.parts,
		lines: boundaries.provinceLines.coordinates,
		box: boundaries.body(areas.nation)?.box ?? {
			left: 0,
			top: 0,
			right: 1,
			bottom: 1,
		},
	});
	const { level } = cube.header;
	switch (grid) {
		case "provinces":
			return areas.at("province").flatMap((province): One[] => {
				const body = boundaries.body(province);
				if (!body) return [];
				const parts = boundaries.partsOf(province);
				return [
					{
						key: String(province.id),
						ground: {
							key: String(province.id),
							parts,
							lines: parts.map(({ polygon }) => polygon[0] ?? []),
							box: body.box,
						},
						cube,
						rows: rowsOf(
							level === "province" ? [province] : areas.children(province),
						),
						dayOf: today,
					},
				];
			});
		case "indicators": {
			const ground = country();
			return cubes.map((cube) => ({
				key: cube.header.indicator,
				ground,
				cube,
				rows: rowsOf(areas.at(level)),
				dayOf: today,
			}));
		}
		case "weeks": {
			const ground = country();
			return Array.from({ length: weeks }, (_, at) => {
				const back = (weeks - 1 - at) * DAYS_OF_WEEK;
				return {
					key: `week ${back}`,
					ground,
					cube,
					rows: rowsOf(areas.at(level)),
					dayOf: (day) => day - back,
				};
			});
		}
	}
}

/** The figure of a province, of each day as it comes. */
function FigureOf({
	area,
	areas,
	cube,
}: {
	area: AreaRow | undefined;
	areas: AreaIndex;
	cube: Drawn;
}) {
	const language = useLanguage();
	const text = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		if (!area) return;
		const write = () => {
			const value = valueAt(cube, areas.row(area), clock.day);
			// In the little room of a title a sign stands for what was not reported; the card says it in words.
			if (text.current)
				text.current.textContent =
					value === null
						? "–"
						: writtenFigure(language, area, value, 0, cube.header.rate);
		};
		write();
		return clock.onDay(write);
	}, [area, areas, cube, language]);
	return <b ref={text} />;
}
