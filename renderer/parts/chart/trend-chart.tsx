import { ActionIcon, useComputedColorScheme } from "@mantine/core";
import { Minus, Plus, RotateCcw } from "lucide-react";
import {
	type KeyboardEvent,
	type RefObject,
	useEffect,
	useMemo,
	useRef,
	useState,
} from "react";
import uPlot from "uplot";
import type { Series } from "../../../core/api/figures.ts";
import { MARKS, WEEKLY_MARKS } from "../../../core/series/mark.ts";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { MarkList } from "../ui/mark-list.tsx";
import { useRootSize } from "../ui/root-size.ts";
import { CHART } from "./chart-colours.ts";
import { paintSigns } from "./paint-signs.ts";
import styles from "./trend-chart.module.css";
import { type TrendView, trendSigns, trendValues } from "./trend-data.ts";
import {
	panned,
	type TrendWindow,
	wholeWindow,
	within,
	zoomed,
} from "./trend-window.ts";

const SECONDS_PER_DAY = 86_400;
/** Days between the lines of the axis: whole ones, however close one looks. */
const STEPS = [1, 2, 3, 5, 7, 14, 30, 60, 90, 120, 180, 365].map(
	(days) => days * SECONDS_PER_DAY,
);
/** What one press makes of the window, and one notch of a wheel (deltaY 100). */
const CLOSER = 0.6;
const NOTCH = 0.85;
/** Pixels after which a press is a drag and no click. */
const DRAG = 5;

/**
 * Bars or line of one series over the days of its reports, its mean, its signs, and the day shown. A click goes to that day; a wheel, a drag
 * and the keys + − 0 look closer and back.
 */
export function TrendChart({
	series,
	view,
	label,
	description,
	canvas,
}: {
	series: Series;
	view: TrendView;
	label: string;
	description: string;
	/** Holds what is drawn, for a picture of it. */
	canvas: RefObject<HTMLCanvasElement | null>;
}) {
	const { t, format } = useLanguage();
	const root = useRootSize();
	const room = useComputedColorScheme();
	const box = useRef<HTMLDivElement>(null);
	const line = useRef<HTMLDivElement>(null);
	const [pointed, setPointed] = useState<{ index: number; x: number } | null>(
		null,
	);
	const whole = useMemo(() => wholeWindow(series), [series]);
	// Another area or indicator is seen whole again.
	const of = `${series.indicator} ${series.area}`;
	const [zoom, setZoom] = useState<{ of: string; window: TrendWindow } | null>(
		null,
	);
	const window = zoom?.of === of ? within(zoom.window, whole) : whole;
	const isZoomed =
		window.to - window.from < (whole.to - whole.from) * (1 - 1e-9);
	const shown = useRef({ window, whole });
	shown.current = { window, whole };
	const look = useRef((_: TrendWindow) => {});
	look.current = (next) => setZoom({ of, window: next });
	const chartOf = useRef<uPlot | null>(null);
	useEffect(() => {
		chartOf.current?.setScale("x", {
			min: window.from * SECONDS_PER_DAY,
			max: window.to * SECONDS_PER_DAY,
		});
	}, [window.from, window.to]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: in another room the colours, which are read here, are others
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
		let dragged = false;
		const chart = new uPlot(
			{
				width: container.clientWidth,
				height: container.clientHeight,
				tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
				legend: { show: false },
				cursor: {
					y: false,
					points: { show: false },
					drag: { x: true, y: false, setScale: false, dist: DRAG },
				},
				scales: {
					x: {
						time: true,
						range: () => [
							shown.current.window.from * SECONDS_PER_DAY,
							shown.current.window.to * SECONDS_PER_DAY,
						],
					},
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
						incrs: STEPS,
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
					setScale: [() => placeDay()],
					setSelect: [
						(u) => {
							const { left: start, width } = u.select;
							if (width < DRAG) return;
							dragged = true;
							const dayAt = (x: number) => u.posToVal(x, "x") / SECONDS_PER_DAY;
							look.current(
								within(
									{ from: dayAt(start), to: dayAt(start + width) },
									shown.current.whole,
								),
							);
							u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
						},
					],
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
		chartOf.current = chart;
		canvas.current = chart.ctx.canvas;
		// Moved every frame while time plays: where the plot begins is kept, since asking for it would lay out the page.
		let left = chart.over.offsetLeft;
		function placeDay() {
			const mark = line.current;
			if (!mark || !chartOf.current) return;
			const { window } = shown.current;
			const isInside = clock.at >= window.from && clock.at <= window.to;
			mark.style.visibility = isInside ? "visible" : "hidden";
			const x = chart.valToPos(clock.at * SECONDS_PER_DAY, "x");
			mark.style.transform = `translateX(${left + x}px)`;
		}
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
			// What ends a drag is no click.
			if (dragged) {
				dragged = false;
				return;
			}
			const index = chart.cursor.idx;
			if (index != null) clock.goTo(series.firstDay + index);
		};
		chart.over.addEventListener("click", click);
		const wheel = (event: WheelEvent) => {
			const page = document.documentElement;
			// A page that scrolls goes on scrolling, unless it is asked not to.
			if (page.scrollHeight > page.clientHeight + 1 && !event.ctrlKey) return;
			event.preventDefault();
			const x = event.clientX - chart.over.getBoundingClientRect().left;
			look.current(
				zoomed(
					shown.current.window,
					shown.current.whole,
					NOTCH ** (-event.deltaY / 100),
					chart.posToVal(x, "x") / SECONDS_PER_DAY,
				),
			);
		};
		chart.over.addEventListener("wheel", wheel, { passive: false });
		return () => {
			chartOf.current = null;
			canvas.current = null;
			stop();
			resize.disconnect();
			chart.destroy();
			setPointed(null);
		};
	}, [series, view, label, root, room, format, t, canvas]);

	const onKey = (event: KeyboardEvent) => {
		const move = {
			"+": () => zoomed(window, whole, CLOSER),
			"=": () => zoomed(window, whole, CLOSER),
			"-": () => zoomed(window, whole, 1 / CLOSER),
			"0": () => whole,
			...(event.shiftKey && {
				ArrowLeft: () => panned(window, whole, (window.from - window.to) / 5),
				ArrowRight: () => panned(window, whole, (window.to - window.from) / 5),
			}),
		}[event.key];
		if (!move || event.ctrlKey || event.altKey || event.metaKey) return;
		const next = move();
		// Where there is no more to see the keys are those of the whole screen.
		if (next.from === window.from && next.to === window.to) return;
		event.preventDefault();
		look.current(next);
	};
	const button = (
		name: "closer" | "wider" | "whole",
		Icon: typeof Plus,
		next: () => TrendWindow,
	) => (
		<ActionIcon
			size="sm"
			variant="default"
			aria-label={t(`trend.${name}`)}
			data-testid={`trend-${name}`}
			onClick={() => look.current(next())}
		>
			<Icon size="0.9em" />
		</ActionIcon>
	);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: the keys work wherever in it the focus is; each has a button
		<div
			className={styles.frame}
			onKeyDown={onKey}
			data-from={Math.ceil(window.from)}
			data-to={Math.floor(window.to)}
			data-testid="trend-frame"
		>
			<div className={styles.zoom}>
				{button("closer", Plus, () => zoomed(window, whole, CLOSER))}
				{isZoomed &&
					button("wider", Minus, () => zoomed(window, whole, 1 / CLOSER))}
				{isZoomed && button("whole", RotateCcw, () => whole)}
			</div>
			<div
				ref={box}
				className={styles.box}
				role="img"
				aria-label={description}
				data-testid="trend-chart"
			/>
			<div ref={line} className={styles.day} aria-hidden />
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
			className={styles.reading}
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
