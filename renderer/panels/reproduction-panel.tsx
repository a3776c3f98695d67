import { useMemo } from "react";
import { ReproductionOf } from "../../core/api/reproduction.ts";
import { INTERVALS } from "../../core/epidemic/published-interval.ts";
import { addTexts } from "../i18n/add-texts.ts";
import { epidemicEn } from "../i18n/epidemic-en.ts";
import { epidemicId } from "../i18n/epidemic-id.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../parts/chart/lines-chart.tsx";
import { Panel, PanelNotice } from "../parts/ui/panel.tsx";
import { PanelFailure } from "../parts/ui/panel-failure.tsx";
import { useReproductionChoice } from "../screens/epidemi/use-reproduction.ts";
import { useAnswer } from "../state/answers.ts";
import type { PanelProps } from "./panel-props.ts";

addTexts("epidemic", { id: epidemicId, en: epidemicEn });

/** As far back as it is drawn (days). */
const SHOWN = 120;

/** How many persons one infects, with what is not known of it, day by day. */
export default function ReproductionPanel({ selected }: PanelProps) {
	const { t, format } = useLanguage();
	const { search, day, asKnown } = useReproductionChoice();
	const interval = INTERVALS[search.interval];
	const { data, error, refetch } = useAnswer(
		ReproductionOf,
		{
			area: selected.id,
			as_known: asKnown,
			window: Number(search.window),
			interval: search.interval,
			fixed: search.draw === "fixed" || interval.uncertainty === null,
		},
		{ keepLast: true },
	);
	const told =
		data?.area === selected.id &&
		data.window === Number(search.window) &&
		data.serialInterval.key === search.interval
			? data
			: undefined;
	const shown = useMemo(() => {
		if (!told) return null;
		// Windows of days whose counts are still coming in would read as a fall: nobody asks a wall what it means.
		const end = Math.min(
			told.mean.length,
			Math.min(day, told.told) - told.firstDay + 1,
		);
		const begin = Math.max(0, end - SHOWN);
		const lines: ChartLine[] = [
			{
				label: t("walls.reproduction.mean"),
				values: told.mean.slice(begin, end),
				look: 0,
				band: {
					low: told.low.slice(begin, end),
					high: told.high.slice(begin, end),
				},
			},
			{
				label: t("walls.reproduction.one"),
				values: Array<number>(Math.max(0, end - begin)).fill(1),
				look: 2,
			},
		];
		const last = told.mean.slice(0, end).findLastIndex((one) => one !== null);
		return {
			lines,
			firstDay: told.firstDay + begin,
			isEmpty: !lines[0]?.values.some((one) => one !== null),
			last: last < 0 ? null : last,
		};
	}, [told, day, t]);
	const latest =
		told && shown?.last != null
			? t("walls.reproduction.latest", {
					day: format.day(told.firstDay + shown.last),
					value: format.rate(told.mean[shown.last] ?? 0),
					low: format.rate(told.low[shown.last] ?? 0),
					high: format.rate(told.high[shown.last] ?? 0),
				})
			: "";
	return (
		<Panel
			title={t("walls.panel.rt")}
			subtitle={[
				selected.name,
				latest,
				t("walls.reproduction.by", {
					count: Number(search.window),
					interval: t(`epidemic.intervalOf.${search.interval}`),
				}),
			]
				.filter(Boolean)
				.join(" · ")}
			testId="reproduction-panel"
		>
			{error && told && <PanelFailure error={error} again={refetch} />}
			{error && !told ? (
				<PanelFailure error={error} again={refetch} />
			) : !shown ? (
				<PanelNotice>{t("app.loading")}</PanelNotice>
			) : shown.isEmpty ? (
				<PanelNotice>{t("walls.reproduction.none")}</PanelNotice>
			) : (
				<LinesChart
					firstDay={shown.firstDay}
					lines={shown.lines}
					today={day}
					todayLabel={format.day(day)}
					description={latest}
					comingFrom={told ? told.told + 1 : null}
					digits={2}
					testId="reproduction-chart"
				/>
			)}
		</Panel>
	);
}
