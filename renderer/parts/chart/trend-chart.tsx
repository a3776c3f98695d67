import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import type { Series } from "../../../core/api/figures.ts";
import { MARKS, WEEKLY_MARKS } from "../../../core/series/mark.ts";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { MarkList } from "../ui/mark-list.tsx";
import { useRootSize } from "../ui/root-size.ts";
import { CHART } from "./chart-colours.ts";
import { paintSigns } from "./paint-signs.ts";
import { type TrendView, trendSigns, trendValues } from "./trend-data.ts";

const SECONDS_PER_DAY = 86_400;

/** Bars or line of one series over all days, its mean, its signs, and the day shown. A click goes to that day. */
export function TrendChart({
	series,
	view,
	label,
	description,
}: {
	series: Series;
	view: TrendView;
	label: string;
	description: string;
}) {
	const { t, format } = useLanguage();
	const root = useRootSize();
	const box = useRef<HTMLDivElement>(null);
	const line = useRef<HTMLDivElement>(null);
	const [pointed, setPointed] = useState<{ index: number; x: number } | null>(
		null,
	);

	useEffect(() => {
		const container = box.current;
		if (!container) return;
		const font = `${Math.round(root * 0.8)}px system-ui, sans-serif`;
		const xs = series.value.map(
			(_, at) => (series.firstDay + at) * SECONDS_PER_DAY,
		);
		const values = trendValues(series, view);
		const bars = uPlot.paths.bars?.({ size: [0.8, 40] });
		const axis = {
			stroke: CHART.text,
			font,
			grid: { stroke: CHART.grid, width: 1 },
			ticks: { stroke: CHART.grid, width: 1 },
		};
		const chart = new uPlot(
			{
				width: container.clientWidth,
				height: container.clientHeight,
				tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
				legend: { show: false },
				cursor: {
					y: false,
					points: { show: false },
					drag: { x: false, y: false, setScale: false },
				},
				scales: {
					x: { time: true },
					y: {
						range: (_, low, high) => {
							const floor = view === "total" ? Math.min(0, low ?? 0) : 0;
							return [floor, Math.max(high ?? 0, 1) * 1.08];
						},
					},
				},
				axes: [
					{
						...axis,
						space: root * 5,
						size: root * 2.3,
						values: (_, splits) =>
							splits.map((seconds) =>
								format.dayOfYear(Math.round(seconds / SECONDS_PER_DAY)),
							),
					},
					{
						...axis,
						size: root * 3.6,
						space: root * 1.8,
						values: (_, splits) =>
							splits.map((value) =>
								Number.isInteger(value) ? format.short(value) : "",
							),
					},
				],
				series: [
					{},
					view === "daily"
						? {
								label,
								fill: CHART.bar,
								stroke: CHART.bar,
								width: 0,
								points: { show: false },
								...(bars && { paths: bars }),
							}
						: {
								label,
								stroke: CHART.line,
								width: root / 8,
								spanGaps: false,
								points: { show: false },
							},
					...(view === "daily"
						? [
								{
									label: t("trend.mean7"),
									stroke: CHART.mean,
									width: root / 8,
									spanGaps: false,
									points: { show: false },
								},
							]
						: []),
				],
				hooks: {
					draw: [(u) => paintSigns(u, trendSigns(series), values, root)],
					setCursor: [
						(u) => {
							const index = u.cursor.idx;
							setPointed(
								index == null ? null : { index, x: u.cursor.left ?? 0 },
							);
						},
					],
				},
			},
			view === "daily" ? [xs, values, series.mean7] : [xs, values],
			container,
		);
		// Moved every frame while time plays: where the plot begins is kept, since asking for it would lay out the page.
		let left = chart.over.offsetLeft;
		const placeDay = () => {
			const mark = line.current;
			if (!mark) return;
			const x = chart.valToPos(clock.at * SECONDS_PER_DAY, "x");
			mark.style.transform = `translateX(${left + x}px)`;
		};
		placeDay();
		const stop = clock.onMove(placeDay);
		const resize = new ResizeObserver(() => {
			chart.setSize({
				width: container.clientWidth,
				height: container.clientHeight,
			});
			left = chart.over.offsetLeft;
			placeDay();
		});
		resize.observe(container);
		const click = () => {
			const index = chart.cursor.idx;
			if (index != null) clock.goTo(series.firstDay + index);
		};
		chart.over.addEventListener("click", click);
		return () => {
			stop();
			resize.disconnect();
			chart.destroy();
			setPointed(null);
		};
	}, [series, view, label, root, format, t]);

	return (
		<div className="trend-frame">
			<div
				ref={box}
				className="trend-box"
				role="img"
				aria-label={description}
				data-testid="trend-chart"
			/>
			<div ref={line} className="trend-day" aria-hidden />
			{pointed && <Reading series={series} {...pointed} />}
		</div>
	);
}

function Reading({
	series,
	index,
	x,
}: {
	series: Series;
	index: number;
	x: number;
}) {
	const { t, format } = useLanguage();
	const daily = series.daily[index] ?? null;
	const value = series.value[index] ?? null;
	const correction = series.correction[index] ?? null;
	const mean = series.mean7[index] ?? null;
	const reporting = series.reporting[index] ?? null;
	const expected = series.expected[index] ?? null;
	const missing = t(
		(series.marks[index] ?? 0) & MARKS.notYetKnown
			? "value.notYetKnown"
			: "value.notReported",
	);
	const span = series.span[index] ?? 0;
	return (
		<div
			className="trend-reading"
			data-testid="trend-reading"
			style={{ left: `calc(${x}px + 3.6rem)` }}
			data-flip={index > series.value.length / 2 ? true : undefined}
		>
			<strong>{format.dayWithWeekday(series.firstDay + index)}</strong>
			<span>
				{t("trend.daily")}:{" "}
				<b>
					{daily !== null
						? format.number(daily)
						: value === null
							? missing
							: t("value.notKnown")}
				</b>
				{span > 1 && ` (${t("trend.span", { days: span })})`}
			</span>
			<span>
				{t("trend.value")}:{" "}
				<b>{value === null ? missing : format.number(value)}</b>
			</span>
			{mean !== null && (
				<span>
					{t("trend.mean7")}: <b>{format.count(mean, 1)}</b>
				</span>
			)}
			{correction !== null && (
				<span>
					{t("trend.correction")}: <b>{format.signed(correction)}</b>
				</span>
			)}
			{reporting !== null && expected !== null && (
				<span>{t("freshness.reporting", { reporting, expected })}</span>
			)}
			<MarkList
				marks={
					(series.marks[index] ?? 0) |
					((series.weekMarks[index] ?? 0) & WEEKLY_MARKS)
				}
				sourceChange={
					series.sourceChanges.find(
						({ day }) => day === series.firstDay + index,
					) ?? null
				}
			/>
		</div>
	);
}
