import { useCallback, useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Series } from "../../../core/api/figures.ts";
import { SeriesOf } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import { indicatorByKey } from "../../../core/series/indicator.ts";
import { firstDayOf } from "../../../core/series/period.ts";
import { DayField } from "../../clock/day-field.tsx";
import { PlayButtons } from "../../clock/play-buttons.tsx";
import { useClock, useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { EpidemicCurve } from "../../parts/chart/epidemic-curve.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useConnection } from "../../state/connection.ts";
import { useViewOf } from "../../state/view-state.ts";
import { hasTwoMaps } from "./compare-search.ts";
import { EventFilter, EventPins } from "./event-pins.tsx";
import { eventsOf, eventsOfBoth } from "./events.ts";
import { PeriodChoice } from "./period-choice.tsx";
import { PlayChoice } from "./play-choice.tsx";
import styles from "./sebaran.module.css";
import type { Choice } from "./use-choice.ts";
import { areaBeside, useAgainst } from "./use-compared.ts";

/** The history of the selected area, and everything that moves through it. */
export function History(props: {
	area: AreaRow;
	areas: AreaIndex;
	choice: Choice;
	/** It takes the room there is, as a panel of a wall. */
	fills?: boolean;
}) {
	const range = useClock((clock) => clock.range);
	return range && <HistoryPanel {...props} range={range} />;
}

function HistoryPanel({
	area,
	areas,
	choice,
	range,
	fills = false,
}: {
	area: AreaRow;
	areas: AreaIndex;
	choice: Choice;
	fills?: boolean;
	range: { firstDay: Day; lastDay: Day };
}) {
	const { t, language } = useLanguage();
	const { indicator, asKnown } = useViewOf("indicator", "asKnown");
	const day = useFigureDay();
	const { period, choosePeriod } = choice;
	const { firstDay } = range;
	const from = useCallback(
		(day: Day) => firstDayOf(period, day, firstDay),
		[period, firstDay],
	);
	const begin = useMemo(
		() =>
			period.kind === "since"
				? {
						day: Math.max(period.from, firstDay),
						move: (to: Day) => choosePeriod({ kind: "since", from: to }),
					}
				: null,
		[period, firstDay, choosePeriod],
	);
	const { data, isError, error, refetch } = useAnswer(
		SeriesOf,
		{ indicator, area: area.id, as_known: asKnown },
		{ keepLast: true },
	);
	const series =
		data?.area === area.id && data.indicator === indicator ? data : null;
	const exercise = useConnection(
		({ state }) => state?.dataset?.exercise ?? false,
	);
	const kinds = choice.search.events;
	const { by, beside: code } = choice.search;
	const isTwo = hasTwoMaps(choice.search.compare);
	const beside = isTwo && by === "area" ? areaBeside(areas, area, code) : null;
	const besideSeries = useAnswer(
		SeriesOf,
		{ indicator, area: beside?.id ?? area.id, as_known: asKnown },
		{ keepLast: true },
	).data;
	const events = useMemo(() => {
		const of = (area: AreaRow, series: Series | null) =>
			eventsOf(
				areas.path(area).find(({ level }) => level === "province")?.code ??
					null,
				...([series, exercise, language, kinds] as const),
			);
		return beside
			? eventsOfBoth(
					of(area, series),
					of(beside, besideSeries?.area === beside.id ? besideSeries : null),
				)
			: of(area, series);
	}, [areas, area, beside, series, besideSeries, exercise, language, kinds]);
	const { dayOf } = useAgainst(choice);
	const other =
		choice.search.compare === "difference" || (isTwo && by === "day")
			? dayOf
			: null;
	const isCounted = indicatorByKey(indicator).kind === "cumulative";
	const what = t(isCounted ? "curve.new" : "curve.state", {
		indicator: t(`indicator.${indicator}`),
		area: area.name,
	});
	return (
		<Panel
			title={what}
			testId="history-panel"
			means={{ term: indicator, name: t(`indicator.${indicator}`) }}
			className={fills ? "" : styles.history}
			pin={{ kind: "curve", what: `${t("pin.curve")}, ${what}` }}
			tools={
				<>
					<PeriodChoice choice={choice} />
					<EventFilter
						kinds={kinds}
						change={(events) => choice.changeSearch({ events: [...events] })}
						exercise={exercise}
					/>
					<PlayChoice choice={choice} />
				</>
			}
		>
			<div className={styles.bar}>
				<div className={styles.controls}>
					<DayField day={day} {...range} />
					<PlayButtons firstDay={range.firstDay} />
				</div>
				{isError && !series ? (
					<PanelFailure error={error} again={refetch} />
				) : series?.value.every((value) => value === null) ? (
					<PanelNotice>
						{t("curve.nothing", {
							indicator: t(`indicator.${indicator}`),
							area: area.name,
						})}
					</PanelNotice>
				) : (
					<EpidemicCurve
						series={series}
						range={range}
						label={what}
						from={from}
						begin={begin}
					>
						<EventPins events={events} range={range} other={other} />
					</EpidemicCurve>
				)}
			</div>
		</Panel>
	);
}
