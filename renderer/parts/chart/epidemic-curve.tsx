import { useComputedColorScheme } from "@mantine/core";
import {
	type KeyboardEvent,
	type PointerEvent,
	type ReactNode,
	useEffect,
	useLayoutEffect,
	useMemo,
	useRef,
} from "react";
import uPlot from "uplot";
import type { Series } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import type { DayRange } from "../../clock/clock.ts";
import { dayByKey } from "../../clock/day-by-key.ts";
import { clock, useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useRootSize } from "../ui/root-size.ts";
import { CHART } from "./chart-colours.ts";
import {
	curveValues,
	isState,
	monthsBetween,
	type Stretch,
	silentStretches,
} from "./curve-days.ts";
import styles from "./epidemic-curve.module.css";
import { paintSigns } from "./paint-signs.ts";
import { trendSigns } from "./trend-data.ts";

/**
 * The epidemic curve as the line of time: what it draws is what can be gone to. Pressed and drawn along it scrubs through the days; as a
 * slider it hears the arrows (a day, with Shift a week), Page up and down, Home and End.
 */
export function EpidemicCurve({
	series,
	range,
	label,
	from,
	begin = null,
	children,
}: {
	/** Null while it is asked for. */
	series: Series | null;
	range: DayRange;
	/** What is drawn, in words. */
	label: string;
	/** The first of the days that the figures of a day cover; the day itself where they are of it alone. */
	from: (day: Day) => Day;
	/** Where a chosen interval begins, and how to move that: its second handle. */
	begin?: { day: Day; move: (to: Day) => void } | null;
	/** What stands over the days besides. */
	children?: ReactNode;
}) {
	const { t, format } = useLanguage();
	const root = useRootSize();
	const room = useComputedColorScheme();
	const day = useFigureDay();
	const { firstDay, lastDay } = range;
	const box = useRef<HTMLDivElement>(null);
	const mark = useRef<HTMLDivElement>(null);
	const covered = useRef<HTMLDivElement>(null);
	const days = lastDay - firstDay + 1;

	useCurve(box, series, range, root, room, format);

	useLayoutEffect(() => {
		const place = () => {
			const share = (at: Day) => `${((at - firstDay) / days) * 100}%`;
			const { day } = clock;
			const begin = Math.max(from(day), firstDay);
			if (mark.current) mark.current.style.left = share(day + 0.5);
			if (covered.current) {
				covered.current.style.left = share(begin);
				covered.current.style.width = share(firstDay + day + 1 - begin);
			}
		};
		place();
		return clock.onDay(place);
	}, [firstDay, days, from]);

	const months = useMemo(
		() => monthsBetween(firstDay, lastDay, 14),
		[firstDay, lastDay],
	);
	const dayAt = ({ clientX, currentTarget }: PointerEvent): Day => {
		const { left, width } = currentTarget.getBoundingClientRect();
		const at = firstDay + Math.floor(((clientX - left) / width) * days);
		return Math.min(Math.max(at, firstDay), lastDay);
	};
	const scrub = (event: PointerEvent) => {
		const there = dayAt(event);
		if (there !== clock.day || clock.playing) clock.goTo(there);
	};
	const onKey = (event: KeyboardEvent) => {
		if (event.ctrlKey || event.altKey || event.metaKey) return;
		const there = dayByKey(event, clock.day, range);
		if (there === null) return;
		event.preventDefault();
		event.stopPropagation();
		clock.goTo(there);
	};
	return (
		<div className={styles.frame} data-testid="curve">
			<div
				className={styles.plot}
				role="slider"
				tabIndex={0}
				aria-label={label}
				aria-valuemin={firstDay}
				aria-valuemax={lastDay}
				aria-valuenow={day}
				aria-valuetext={format.dayWithWeekday(day)}
				title={t("curve.keys")}
				data-testid="curve-slider"
				onKeyDown={onKey}
				onPointerDown={(event) => {
					if (event.button !== 0) return;
					event.currentTarget.setPointerCapture(event.pointerId);
					scrub(event);
				}}
				onPointerMove={(event) => {
					if (event.currentTarget.hasPointerCapture(event.pointerId))
						scrub(event);
				}}
			>
				<div ref={covered} className={styles.covered} />
				<div ref={box} className={styles.box} />
				<div ref={mark} className={styles.day} data-testid="curve-day" />
			</div>
			{begin && (
				<Begin
					begin={begin}
					range={range}
					share={((begin.day - firstDay) / days) * 100}
				/>
			)}
			{children}
			<ol className={styles.months} aria-hidden>
				{months.map((month) => (
					<li
						key={month}
						style={{ left: `${((month - firstDay) / days) * 100}%` }}
					>
						{format.dayOfYear(month)}
					</li>
				))}
			</ol>
		</div>
	);
}

/** The handle of the day on which an interval begins: drawn along the curve, and moved by the keys of the curve. */
function Begin({
	begin: { day, move },
	range,
	share,
}: {
	begin: { day: Day; move: (to: Day) => void };
	range: DayRange;
	share: number;
}) {
	const { t, format } = useLanguage();
	const { firstDay, lastDay } = range;
	const drawn = (event: PointerEvent): Day => {
		const frame = event.currentTarget.parentElement as HTMLElement;
		const { left, width } = frame.getBoundingClientRect();
		const at =
			firstDay +
			Math.round(((event.clientX - left) / width) * (lastDay - firstDay + 1));
		return Math.min(Math.max(at, firstDay), lastDay);
	};
	return (
		<div
			className={styles.begin}
			style={{ left: `${share}%` }}
			role="slider"
			tabIndex={0}
			aria-label={t("curve.begin")}
			aria-valuemin={firstDay}
			aria-valuemax={lastDay}
			aria-valuenow={day}
			aria-valuetext={format.dayWithWeekday(day)}
			title={`${t("curve.begin")}: ${format.day(day)}`}
			data-testid="curve-begin"
			onKeyDown={(event) => {
				const there = dayByKey(event, day, range);
				if (there === null) return;
				event.preventDefault();
				event.stopPropagation();
				move(there);
			}}
			onPointerDown={(event) =>
				event.currentTarget.setPointerCapture(event.pointerId)
			}
			onPointerMove={(event) => {
				if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
				const there = drawn(event);
				if (there !== day) move(there);
			}}
		/>
	);
}

/** Draws the curve into a box, as wide as the days of the range. */
function useCurve(
	box: React.RefObject<HTMLDivElement | null>,
	series: Series | null,
	{ firstDay, lastDay }: DayRange,
	root: number,
	room: string,
	format: ReturnType<typeof useLanguage>["format"],
): void {
	// biome-ignore lint/correctness/useExhaustiveDependencies: in another room the colours, which are read here, are others
	useEffect(() => {
		const container = box.current;
		if (!container || !series) return;
		const values = curveValues(series);
		const xs = values.map((_, at) => series.firstDay + at);
		const state = isState(series);
		const bars = uPlot.paths.bars?.({ size: [0.86, 60] });
		const stretches = silentStretches(series);
		const chart = new uPlot(
			{
				width: container.clientWidth,
				height: container.clientHeight,
				padding: [root * 0.4, 0, 0, 0],
				legend: { show: false },
				cursor: { show: false },
				scales: {
					x: { time: false, range: () => [firstDay, lastDay + 1] },
					y: {
						range: (_, low, high) => [
							Math.min(0, low ?? 0),
							Math.max(high ?? 0, 1) * 1.05,
						],
					},
				},
				axes: [
					{ show: false },
					{
						size: 0,
						space: root * 2.2,
						stroke: CHART.text,
						font: `${Math.round(root * 0.75)}px system-ui, sans-serif`,
						// Inside, so that a day stands at its share of the width.
						values: () => [],
						grid: { stroke: CHART.grid, width: 1 },
						ticks: { show: false },
					},
				],
				series: [
					{},
					state
						? {
								stroke: CHART.line,
								width: root / 8,
								spanGaps: false,
								points: { show: false },
							}
						: {
								fill: CHART.bar,
								width: 0,
								points: { show: false },
								...(bars && { paths: bars }),
							},
					...(state
						? []
						: [
								{
									stroke: CHART.mean,
									width: root / 8,
									spanGaps: false,
									points: { show: false },
								},
							]),
				],
				hooks: {
					drawClear: [(u) => paintStretches(u, stretches, root)],
					draw: [
						(u) => {
							const signs = trendSigns(series);
							// A silent day is a stretch here, and "partial" would underline the whole curve.
							paintSigns(
								u,
								signs.filter(
									({ kind }) => kind === "correction" || kind === "terms",
								),
								values,
								root,
							);
							writeScale(u, format, root);
						},
					],
				},
			},
			// A bar stands on the middle of its day.
			state
				? [xs.map((x) => x + 0.5), [...values]]
				: [xs.map((x) => x + 0.5), [...values], series.mean7],
			container,
		);
		const resize = new ResizeObserver(() =>
			chart.setSize({
				width: container.clientWidth,
				height: container.clientHeight,
			}),
		);
		resize.observe(container);
		return () => {
			resize.disconnect();
			chart.destroy();
		};
	}, [box, series, firstDay, lastDay, root, room, format]);
}

/** Days that nobody reported as pale columns, days that are still to be reported hatched. */
function paintStretches(
	{ ctx, bbox, valToPos }: uPlot,
	stretches: readonly Stretch[],
	root: number,
): void {
	const ratio = window.devicePixelRatio;
	ctx.save();
	for (const { from, to, kind } of stretches) {
		const left = valToPos(from, "x", true);
		const width = valToPos(to + 1, "x", true) - left;
		ctx.save();
		ctx.beginPath();
		ctx.rect(left, bbox.top, width, bbox.height);
		ctx.clip();
		ctx.globalAlpha = kind === "missing" ? 0.22 : 0.5;
		ctx.fillStyle = CHART.partial;
		ctx.strokeStyle = CHART.partial;
		if (kind === "missing") ctx.fillRect(left, bbox.top, width, bbox.height);
		else {
			ctx.lineWidth = Math.max(1, root * 0.06 * ratio);
			const step = root * 0.5 * ratio;
			ctx.beginPath();
			for (let x = left - bbox.height; x < left + width; x += step) {
				ctx.moveTo(x, bbox.top + bbox.height);
				ctx.lineTo(x + bbox.height, bbox.top);
			}
			ctx.stroke();
		}
		ctx.restore();
	}
	ctx.restore();
}

/** The values of the lines, written inside over the left end of each. */
function writeScale(
	{ ctx, bbox, scales, valToPos, axes }: uPlot,
	format: ReturnType<typeof useLanguage>["format"],
	root: number,
): void {
	const ratio = window.devicePixelRatio;
	const splits = (axes[1] as unknown as { _splits?: number[] })._splits ?? [];
	ctx.save();
	ctx.font = `${Math.round(root * 0.72 * ratio)}px system-ui, sans-serif`;
	ctx.textBaseline = "bottom";
	ctx.textAlign = "left";
	ctx.lineWidth = root * 0.2 * ratio;
	ctx.lineJoin = "round";
	ctx.strokeStyle = CHART.paper;
	ctx.fillStyle = CHART.text;
	for (const value of splits) {
		if (value <= 0 || value > (scales.y?.max ?? 0)) continue;
		const y = valToPos(value, "y", true);
		if (y - root * 0.9 * ratio < bbox.top) continue;
		const text = format.short(value);
		ctx.strokeText(text, bbox.left + root * 0.3 * ratio, y);
		ctx.fillText(text, bbox.left + root * 0.3 * ratio, y);
	}
	ctx.restore();
}
