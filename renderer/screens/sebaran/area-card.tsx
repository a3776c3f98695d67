import { Button, UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { FiguresOf } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import type { Period } from "../../../core/series/period.ts";
import { placeAmong } from "../../../core/series/rank.ts";
import { clock, useClock, usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useComesOver } from "../../parts/map/use-shown-around.ts";
import { MarkChips } from "../../parts/ui/mark-list.tsx";
import { useSourceChangeText } from "../../parts/ui/source-change.ts";
import { useAnswer } from "../../state/answers.ts";
import { useLevelFollows } from "../../state/follow.ts";
import type { Spread } from "../../state/spread.ts";
import { valuesOn } from "../../state/values-on.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./area-card.module.css";
import { TrendLine } from "./trend-line.tsx";
import type { Among } from "./use-among.ts";
import { measureOf } from "./use-choice.ts";
import { writtenFigure } from "./written-figure.ts";

/**
 * The chosen area: its figure and its place among the others, of the day that the map draws; while time stands still also whose it is, how
 * old, and what has to be known of it.
 */
export function AreaCard({
	area,
	among: { areas, compared, cube },
	spread,
	period,
	words,
	asKnown,
	open,
}: {
	area: AreaRow;
	/** Shows the kecamatan of the area, where it has any that are not shown. */
	open: (() => void) | null;
	/** What it has its place among. */
	among: Among;
	spread: Spread;
	period: Period;
	words: string;
	asKnown: Day | null;
}) {
	const language = useLanguage();
	const { t, format } = language;
	const explain = useView((view) => view.explain);
	const playing = useClock((clock) => clock.playing);
	const { series } = spread;
	useComesOver();
	const explainOn = (day: Day) =>
		explain({
			indicator: series.indicator as IndicatorKey,
			area: area.id,
			day,
			measure: measureOf(series.indicator as IndicatorKey, period, series.rate),
			period,
		});
	const box = useRef<HTMLElement>(null);
	const number = useRef<HTMLSpanElement>(null);
	const place = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		const rows = compared.map(areas.row);
		const isCompared = compared.some(({ id }) => id === area.id);
		// Written in the frame of the day, without drawing the card again.
		const write = () => {
			const { day } = clock;
			const at = day - series.firstDay;
			const value = series.value[at] ?? null;
			const marks = series.marks[at] ?? 0;
			const corrected = series.corrected[at] ?? null;
			if (box.current) {
				box.current.dataset.day = String(day);
				box.current.dataset.missing = String(value === null);
			}
			if (number.current)
				number.current.textContent = writtenFigure(
					language,
					area,
					value,
					marks,
					series.rate,
				);
			if (!place.current) return;
			const values = valuesOn(cube, day);
			const own = placeAmong(
				rows.map((row) => values?.[row] ?? Number.NaN),
				isCompared ? (values?.[areas.row(area)] ?? Number.NaN) : Number.NaN,
			);
			place.current.textContent = [
				...(own
					? [
							t("spread.rank", {
								rank: format.number(own.rank),
								of: format.number(own.of),
							}),
						]
					: []),
				...(corrected === null
					? []
					: [t("spread.corrected", { value: format.signed(corrected) })]),
			].join(" · ");
		};
		write();
		return clock.onDay(write);
	}, [series, cube, compared, areas, area, language, t, format]);
	return (
		<section
			ref={box}
			className={styles.card}
			data-covers-map
			data-testid="area-card"
			aria-label={area.name}
		>
			<strong>{area.name}</strong>
			<UnstyledButton
				className={styles.figure}
				// Of the period that is shown, of which the shell does not know.
				aria-keyshortcuts="e"
				title={t("value.explainOf", { what: area.name })}
				onClick={() => explainOn(clock.day)}
			>
				<span ref={number} data-testid="area-card-figure" />
			</UnstyledButton>
			<small>{words}</small>
			<small ref={place} className={styles.place} />
			<TrendLine
				area={area}
				series={series}
				label={[t(`indicator.${series.indicator as IndicatorKey}`), words].join(
					" · ",
				)}
				explain={explainOn}
			/>
			{open && (
				<Button
					size="compact-xs"
					variant="default"
					data-testid="open-districts"
					onClick={open}
				>
					{t("spread.openDistricts")}
				</Button>
			)}
			{playing ? (
				<small data-testid="area-card-still">{t("spread.still")}</small>
			) : (
				<Behind
					area={area}
					indicator={series.indicator as IndicatorKey}
					asKnown={asKnown}
				/>
			)}
		</section>
	);
}

/** Whose the value of the day is, how old it is, and its marks. */
function Behind({
	area,
	indicator,
	asKnown,
}: {
	area: AreaRow;
	indicator: IndicatorKey;
	asKnown: Day | null;
}) {
	const { t, format } = useLanguage();
	const day = usePanelDay();
	const follows = useLevelFollows(area.level);
	const { originName } = useSourceChangeText();
	const { data } = useAnswer(
		FiguresOf,
		{ indicator, area: area.id, day, as_known: asKnown },
		{ keepLast: true },
	);
	// Of another day or area it would stand below a figure that it does not speak of.
	if (data?.area !== area.id || data.day !== day) return null;
	return (
		<>
			{data.origin && (
				<small>
					{t("spread.total", {
						value: format.number(data.value ?? 0),
						source: originName(data.origin),
					})}
				</small>
			)}
			{(data.value === null || (data.marks & MARKS.lastReport) !== 0) && (
				<small>
					{data.lastReported
						? t("value.lastReported", {
								value: format.number(data.lastReported.value),
								day: format.day(data.lastReported.day),
							})
						: t(follows ? "follow.source" : "value.never")}
				</small>
			)}
			<MarkChips
				marks={data.marks}
				reportDay={data.lastReported?.day ?? null}
			/>
		</>
	);
}
