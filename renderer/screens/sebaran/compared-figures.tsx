import { Popover, UnstyledButton } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type {
	DifferenceSeries,
	SpreadSeries,
} from "../../../core/api/spread.ts";
import {
	SpreadAreasApart,
	SpreadDifferenceSeries,
} from "../../../core/api/spread.ts";
import {
	type Against,
	dayAgainst,
	textOfAgainst,
} from "../../../core/series/against.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { type Period, textOfPeriod } from "../../../core/series/period.ts";
import { clock, useClock, useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { MarkChips } from "../../parts/ui/mark-list.tsx";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./compare.module.css";
import { type Choice, measureOf } from "./use-choice.ts";
import { type Side, useAgainst } from "./use-compared.ts";
import { writtenDifference, writtenFigure } from "./written-figure.ts";

/** What a figure is written from. */
interface Written {
	readonly indicator: IndicatorKey;
	readonly period: Period;
	readonly series: SpreadSeries | null;
}

type ShownSide = Side & { drawn: Written };

/** The figures of both maps in words, each with where it comes from; of two days or two areas also what lies between them. */
export function ComparedFigures({
	areas,
	choice,
	sides: [left, right],
}: {
	areas: AreaIndex;
	choice: Choice;
	sides: readonly [ShownSide, ShownSide];
}) {
	const { t } = useLanguage();
	return (
		<section
			className={styles.figures}
			aria-label={t("compare.figures")}
			data-testid="compared-figures"
		>
			<Figure
				side={left}
				areas={areas}
				testId="figure-left"
				main={choice.search.by !== "day"}
			/>
			<Figure
				side={right}
				areas={areas}
				testId="figure-right"
				main={choice.search.by === "day"}
			/>
			{choice.search.by === "day" && (
				<DaysApart area={right.area} choice={choice} drawn={right.drawn} />
			)}
			{choice.search.by === "area" && (
				<AreasApart
					areas={[left.area, right.area]}
					choice={choice}
					drawn={left.drawn}
				/>
			)}
		</section>
	);
}

/** The figure of an area on the day that a map draws. */
export function Figure({
	side: { area: asked, dayOf, drawn },
	areas,
	testId,
	main,
}: {
	side: ShownSide;
	areas: AreaIndex;
	testId: string;
	/** It is of what is chosen on the screen: the key that explains is for it. */
	main: boolean;
}) {
	const language = useLanguage();
	const { t, format } = language;
	const explain = useView((view) => view.explain);
	const number = useRef<HTMLSpanElement>(null);
	const date = useRef<HTMLElement>(null);
	const { series, period } = drawn;
	const area = (series && areas.byId(series.area)) ?? asked;
	useEffect(() => {
		const write = () => {
			const day = dayOf(clock.day);
			if (date.current) date.current.textContent = format.day(day);
			if (!number.current) return;
			number.current.dataset.day = String(day);
			number.current.textContent = series
				? writtenFigure(
						language,
						area,
						series.value[day - series.firstDay] ?? null,
						series.marks[day - series.firstDay] ?? 0,
						series.rate,
					)
				: "…";
		};
		write();
		return clock.onDay(write);
	}, [series, area, dayOf, language, format]);
	return (
		<div className={styles.one}>
			<small>
				{area.name} · {t(`indicator.${drawn.indicator}`)} · <span ref={date} />
			</small>
			<UnstyledButton
				className={styles.number}
				aria-keyshortcuts={main ? "e" : undefined}
				title={t("value.explainOf", { what: area.name })}
				onClick={() =>
					explain({
						indicator: drawn.indicator,
						area: area.id,
						day: dayOf(clock.day),
						measure: measureOf(drawn.indicator, period, series?.rate ?? false),
						period,
					})
				}
			>
				<span ref={number} data-testid={testId} />
			</UnstyledButton>
		</div>
	);
}

/** The difference of two days in one area, as the backend computes it; null until it is that of what is shown. */
function useDifferenceSeries(
	area: AreaRow,
	choice: Choice,
	against: Against,
	period: Period,
	indicator: IndicatorKey,
): DifferenceSeries | null {
	const { rate, asKnown } = choice;
	const { data } = useAnswer(
		SpreadDifferenceSeries,
		{ indicator, area: area.id, period, rate, against, as_known: asKnown },
		{ keepLast: true },
	);
	return data?.area === area.id &&
		data.indicator === indicator &&
		data.period === textOfPeriod(period) &&
		data.rate === rate &&
		data.against === textOfAgainst(against)
		? data
		: null;
}

/** What lies between the two days. */
export function DaysApart({
	area,
	choice,
	drawn: { indicator, period },
	dated = true,
}: {
	area: AreaRow;
	choice: Choice;
	drawn: Omit<Written, "series">;
	/** False where the two days stand above it. */
	dated?: boolean;
}) {
	const { t } = useLanguage();
	const { against } = useAgainst(choice);
	const series = useDifferenceSeries(area, choice, against, period, indicator);
	const isState = indicatorByKey(indicator).kind !== "cumulative";
	return (
		<DifferenceOf
			what={dated && <Between against={against} />}
			areas={[area]}
			series={series}
			how={t(
				isState
					? "compare.how.state"
					: period.kind === "all"
						? "compare.how.total"
						: "compare.how.period",
			)}
		/>
	);
}

/** What lies between two areas on the day that both maps draw. */
function AreasApart({
	areas: [left, right],
	choice: { rate, asKnown },
	drawn: { indicator, period },
}: {
	areas: readonly [AreaRow, AreaRow];
	choice: Choice;
	drawn: Omit<Written, "series">;
}) {
	const { t } = useLanguage();
	const { data } = useAnswer(
		SpreadAreasApart,
		{
			...{ indicator, period, rate, as_known: asKnown },
			...{ area: left.id, beside: right.id },
		},
		{ keepLast: true },
	);
	const isOfThese =
		data?.area === left.id &&
		data.beside === right.id &&
		data.indicator === indicator &&
		data.period === textOfPeriod(period) &&
		data.rate === rate;
	return (
		<DifferenceOf
			what={t("compare.less", { left: left.name, right: right.name })}
			areas={[left, right]}
			series={isOfThese ? data : null}
			how={t("compare.how.areas")}
		/>
	);
}

/** A difference: the figure, its corrections, its marks, and by which rule it was found. */
function DifferenceOf({
	what,
	areas,
	series,
	how,
}: {
	what: ReactNode;
	areas: readonly AreaRow[];
	/** Null until it is of what is shown. */
	series:
		| (Omit<DifferenceSeries, "corrected" | "against"> &
				Partial<Pick<DifferenceSeries, "corrected">>)
		| null;
	how: string;
}) {
	const language = useLanguage();
	const { t, format } = language;
	const number = useRef<HTMLSpanElement>(null);
	const beside = useRef<HTMLElement>(null);
	// Drawn anew with every answer and no other: a list of the same areas is another each time.
	const named = useRef(areas);
	named.current = areas;
	useEffect(() => {
		const write = () => {
			if (!number.current || !beside.current) return;
			const at = clock.day - (series?.firstDay ?? 0);
			const value = series?.value[at] ?? null;
			const corrected = series?.corrected?.[at] ?? null;
			const marks = series?.marks[at] ?? 0;
			number.current.dataset.missing = String(value === null);
			number.current.textContent = !series
				? "…"
				: writtenDifference(language, named.current, value, marks, series.rate);
			beside.current.textContent =
				corrected === null
					? ""
					: t("spread.corrected", { value: format.signed(corrected) });
		};
		write();
		return clock.onDay(write);
	}, [series, language, t, format]);
	return (
		<div className={styles.one}>
			<small>
				{t("compare.difference")} {what}
			</small>
			<span className={styles.sum}>
				<Popover position="top" width={340}>
					<Popover.Target>
						<UnstyledButton
							className={styles.number}
							title={t("compare.howTitle")}
						>
							<span ref={number} data-testid="figure-difference" />
						</UnstyledButton>
					</Popover.Target>
					<Popover.Dropdown className={styles.how}>
						<strong>{t("compare.howTitle")}</strong>
						<p>{how}</p>
						<p>{t("compare.how.known")}</p>
					</Popover.Dropdown>
				</Popover>
				<small ref={beside} />
				<Marks series={series} />
			</span>
		</div>
	);
}

/** Which day is held against which, in words that run with the clock. */
export function Between({ against }: { against: Against }) {
	const { t, format } = useLanguage();
	const text = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		const write = () => {
			if (text.current)
				text.current.textContent = t("compare.between", {
					from: format.day(dayAgainst(against, clock.day)),
					to: format.day(clock.day),
				});
		};
		write();
		return clock.onDay(write);
	}, [against, t, format]);
	return <span ref={text} />;
}

function Marks({
	series,
}: {
	series: Pick<DifferenceSeries, "marks" | "firstDay"> | null;
}) {
	const playing = useClock((clock) => clock.playing);
	const day: Day = useFigureDay();
	if (playing || !series) return null;
	return <MarkChips marks={series.marks[day - series.firstDay] ?? 0} />;
}
