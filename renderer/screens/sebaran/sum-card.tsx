import { Button, CloseButton, UnstyledButton } from "@mantine/core";
import { useEffect, useMemo, useRef } from "react";
import type { Sum } from "../../../core/api/sum.ts";
import { SumOf } from "../../../core/api/sum.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import {
	type Period,
	periodFromText,
	textOfPeriod,
} from "../../../core/series/period.ts";
import { clock, useClock, usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { abbreviated } from "../../parts/ui/area-name.ts";
import {
	ESTIMATED,
	hasEstimatedPeople,
} from "../../parts/ui/estimated-people.ts";
import { MarkChips } from "../../parts/ui/mark-list.tsx";
import { useAnswer } from "../../state/answers.ts";
import { useView } from "../../state/view-state.ts";
import card from "./area-card.module.css";
import styles from "./area-set.module.css";
import { nearestTold } from "./days-told.ts";
import { lineOf } from "./line-of.ts";
import type { AreaSet } from "./use-area-set.ts";
import { writtenFigure } from "./written-figure.ts";

/** The areas that are taken together: their sum on the day that the map draws, who is in it and who is not, and its course. */
export function SumCard({
	set,
	indicator,
	period,
	words,
	asKnown,
}: {
	set: AreaSet;
	indicator: IndicatorKey;
	period: Period;
	words: string;
	asKnown: Day | null;
}) {
	const { t, format } = useLanguage();
	const ids = useMemo(() => set.areas.map(({ id }) => id), [set.areas]);
	const { data, isError, error } = useAnswer(
		SumOf,
		{ indicator, areas: ids, period, as_known: asKnown },
		{ keepLast: true },
	);
	// Of another question it would stand below words that do not speak of it.
	const sum =
		data?.indicator === indicator &&
		data.period === textOfPeriod(period) &&
		data.areas.length === ids.length &&
		data.areas.every((id) => ids.includes(id))
			? data
			: null;
	return (
		<section
			className={`${card.card} ${styles.sum}`}
			data-covers-map
			data-testid="sum-card"
			aria-label={t("areaSet.sum")}
		>
			<CloseButton
				className={styles.close}
				size="sm"
				aria-label={t("areaSet.clear")}
				onClick={() => set.choose([])}
			/>
			<strong>
				{t("areaSet.sum")} · {t("areaSet.count", { count: set.areas.length })}
			</strong>
			{sum ? (
				<SumOfDay sum={sum} set={set} words={words} />
			) : (
				<small role={isError ? "alert" : "status"}>
					{isError
						? t("error.panel", { message: error.message })
						: t("app.loading")}
				</small>
			)}
			{set.unknown > 0 && (
				<small role="alert">
					{t("areaSet.unknown", { count: set.unknown })}
				</small>
			)}
			<details className={styles.all}>
				<summary>{t("areaSet.all")}</summary>
				<small>
					{set.areas
						.map(({ name, code }) => `${abbreviated(name)} (${code})`)
						.join(", ")}
				</small>
			</details>
			{sum && (
				<Course
					sum={sum}
					label={t("areaSet.trend", {
						from: format.day(sum.firstDay),
						to: format.day(sum.firstDay + sum.value.length - 1),
					})}
				/>
			)}
		</section>
	);
}

/** What the answer says of a day; written in the frame of the day, without drawing the card again. */
function SumOfDay({
	sum,
	set,
	words,
}: {
	sum: Sum;
	set: AreaSet;
	words: string;
}) {
	const language = useLanguage();
	const { t, format } = language;
	const playing = useClock((clock) => clock.playing);
	const explain = useView((view) => view.explain);
	const figure = useRef<HTMLSpanElement>(null);
	const more = useRef<HTMLElement>(null);
	const estimated = set.areas.find(hasEstimatedPeople);
	useEffect(() => {
		const write = () => {
			const at = clock.day - sum.firstDay;
			const value = sum.value[at] ?? null;
			const rate = sum.per100k[at] ?? null;
			const corrected = sum.corrected[at] ?? null;
			const some = set.areas[0];
			if (figure.current && some) {
				figure.current.textContent = writtenFigure(
					language,
					some,
					value,
					sum.marks[at] ?? 0,
					false,
				);
				const box = figure.current.closest<HTMLElement>("section");
				if (box) {
					box.dataset.day = String(clock.day);
					box.dataset.missing = String(value === null);
				}
			}
			if (more.current)
				more.current.textContent = [
					...(value === null
						? []
						: [
								rate === null
									? t("areaSet.noRate")
									: t("areaSet.rate", {
											value: `${estimated ? ESTIMATED : ""}${format.rate(rate)}`,
										}),
							]),
					t("areaSet.reporting", {
						reporting: format.number(sum.reporting[at] ?? 0),
						expected: format.number(sum.expected),
					}),
					...(corrected === null
						? []
						: [t("spread.corrected", { value: format.signed(corrected) })]),
				].join(" · ");
		};
		write();
		return clock.onDay(write);
	}, [sum, set, language, t, format, estimated]);
	return (
		<>
			<UnstyledButton
				className={card.figure}
				title={t("value.explainOf", { what: t("areaSet.sum") })}
				onClick={() =>
					explain({
						sum: sum.areas,
						indicator: sum.indicator as IndicatorKey,
						period: periodFromText(sum.period) ?? { kind: "all" },
						day: clock.day,
					})
				}
			>
				<span ref={figure} data-testid="sum-figure" />
			</UnstyledButton>
			<small>{words}</small>
			<small className={card.place} ref={more} data-testid="sum-more" />
			{!playing && <Missing sum={sum} set={set} />}
		</>
	);
}

/** Who did not report, by name, and what has to be known of the figure; while time stands still. */
function Missing({ sum, set }: { sum: Sum; set: AreaSet }) {
	const { t, format } = useLanguage();
	const day = usePanelDay();
	const reported = useMemo(
		() => Uint8Array.from(sum.reporting, (count) => (count > 0 ? 1 : 0)),
		[sum],
	);
	const missing =
		sum.missing.findLast((since) => since.day <= day)?.areas ?? [];
	const names = set.areas.flatMap(({ id, name }) =>
		missing.includes(id) ? [abbreviated(name)] : [],
	);
	const shown = sum.lastReport[day - sum.firstDay] ?? 0;
	// Of areas that tell once a week, on the other days: their names say nothing that is not said of all.
	const isNobody = missing.length > 0 && missing.length === sum.expected;
	const nearest = isNobody ? nearestTold(reported, day - sum.firstDay) : null;
	const there = sum.firstDay + (nearest ?? 0);
	return (
		<>
			{isNobody ? (
				<small className={styles.missing} data-testid="sum-missing">
					{t("areaSet.nobody")}
				</small>
			) : (
				names.length > 0 && (
					<small className={styles.missing} data-testid="sum-missing">
						{t("areaSet.missing", { names: names.join(", ") })}
					</small>
				)
			)}
			{nearest !== null && (
				<Button
					size="compact-xs"
					variant="default"
					data-testid="sum-nearest"
					onClick={() => clock.goTo(there)}
				>
					{t("areaSet.nearest", {
						day: format.day(there),
						reporting: format.number(sum.reporting[nearest] ?? 0),
						expected: format.number(sum.expected),
					})}
				</Button>
			)}
			{shown > 0 && (
				<small className={styles.missing} data-testid="sum-last-report">
					{t("areaSet.lastReport", { count: shown })}
				</small>
			)}
			<MarkChips marks={sum.marks[day - sum.firstDay] ?? 0} />
		</>
	);
}

/** The figure of all days as a line, broken where there is none, with the day that is shown on it. */
function Course({ sum, label }: { sum: Sum; label: string }) {
	const day = useRef<SVGLineElement>(null);
	const { value, firstDay } = sum;
	const path = useMemo(() => lineOf(value), [value]);
	useEffect(() => {
		const move = () => {
			const x = String(clock.day - firstDay);
			day.current?.setAttribute("x1", x);
			day.current?.setAttribute("x2", x);
		};
		move();
		return clock.onDay(move);
	}, [firstDay]);
	return (
		<svg
			className={styles.course}
			viewBox={`0 0 ${Math.max(1, value.length - 1)} 1`}
			preserveAspectRatio="none"
			role="img"
			aria-label={label}
		>
			<path d={path} />
			<line ref={day} y1="0" y2="1" />
		</svg>
	);
}
