import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import type { Day } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useRootSize } from "../ui/root-size.ts";
import { CHART } from "./chart-colours.ts";
import styles from "./lines-chart.module.css";

const SECONDS_PER_DAY = 86_400;
const STEPS = [1, 2, 7, 14, 28, 56, 91, 182, 364].map(
	(days) => days * SECONDS_PER_DAY,
);

/** The looks by which lines are told apart: by colour and by dashes. */
const LINE_LOOKS = [
	{ colour: "line", dash: [] },
	{ colour: "mean", dash: [10, 4] },
	{ colour: "source", dash: [3, 3] },
	{ colour: "correction", dash: [12, 3, 3, 3] },
] as const;

/** A line over days; null: not known, and the line is broken there. */
export interface ChartLine {
	readonly label: string;
	readonly values: readonly (number | null)[];
	/** Its look, by its place in LINE_LOOKS. */
	readonly look: number;
	/** Between these it lies with a stated probability; drawn pale. */
	readonly band?: {
		readonly low: readonly (number | null)[];
		readonly high: readonly (number | null)[];
	};
}

/** Some lines over the same days, with a legend, and the values of the day at the pointer. */
export function LinesChart({
	firstDay,
	lines,
	today,
	todayLabel,
	description,
	comingFrom = null,
	digits = 0,
	testId,
}: {
	firstDay: Day;
	lines: readonly ChartLine[];
	/** What comes after this day has not happened: a line stands at its end. */
	today: Day;
	todayLabel: string;
	/** All of it in words, for who does not see it. */
	description: string;
	/** From this day on counts are still coming in: hatched, so that it is not read as a fall. */
	comingFrom?: Day | null;
	/** Of the values at the pointer. */
	digits?: 0 | 1 | 2;
	testId: string;
}) {
	const { format } = useLanguage();
	const root = useRootSize();
	const room = useComputedColorScheme();
	const box = useRef<HTMLDivElement>(null);
	const [pointed, setPointed] = useState<number | null>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: in another room the colours, which are read here, are others
	useEffect(() => {
		const container = box.current;
		const days = Math.max(0, ...lines.map(({ values }) => values.length));
		if (!container || days === 0) return;
		const font = `${Math.round(root * 0.78)}px system-ui, sans-serif`;
		const axis = {
			stroke: CHART.text,
			font,
			grid: { stroke: CHART.grid, width: 1 },
			ticks: { stroke: CHART.grid, width: 1 },
		};
		const data: (number | null | undefined)[][] = [
			Array.from(
				{ length: days },
				(_, at) => (firstDay + at) * SECONDS_PER_DAY,
			),
		];
		const series: uPlot.Series[] = [{}];
		const bands: uPlot.Band[] = [];
		for (const { label, values, look, band } of lines) {
			const { colour, dash } = LINE_LOOKS[look % LINE_LOOKS.length] as {
				colour: keyof typeof CHART;
				dash: readonly number[];
			};
			const points = { show: false };
			// A day with nothing beside it makes no line, and would not be seen.
			const alone = values.flatMap((value, day) =>
				value !== null &&
				(values[day - 1] ?? null) === null &&
				(values[day + 1] ?? null) === null
					? [day]
					: [],
			);
			if (band) {
				const at = series.length;
				for (const edge of [band.high, band.low]) {
					data.push([...edge]);
					series.push({ stroke: CHART[colour], width: 0.4, points });
				}
				bands.push({
					series: [at, at + 1],
					fill: `color-mix(in srgb, ${CHART[colour]} 18%, transparent)`,
				});
			}
			data.push([...values]);
			series.push({
				label,
				stroke: CHART[colour],
				width: root / 8,
				dash: dash.map((one) => (one * root) / 14),
				spanGaps: false,
				points: {
					show: false,
					size: root * 0.35,
					fill: CHART[colour],
					filter: () => alone,
				},
			});
		}
		const chart = new uPlot(
			{
				width: container.clientWidth,
				height: container.clientHeight,
				tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
				legend: { show: false },
				// Half of the last day's name stands beyond the end of the line.
				padding: [null, root * 1.6, null, null],
				cursor: { y: false, points: { show: false }, drag: { x: false } },
				scales: {
					x: { time: true },
					y: { range: (_, __, high) => [0, Math.max(high ?? 0, 1) * 1.08] },
				},
				axes: [
					{
						...axis,
						space: root * 4.5,
						incrs: STEPS,
						size: root * 2.2,
						values: (_, splits) =>
							splits.map((seconds) =>
								format.dayOfYear(Math.round(seconds / SECONDS_PER_DAY)),
							),
					},
					{
						...axis,
						size: root * 4.2,
						space: root * 1.8,
						values: (_, splits) => splits.map((value) => format.short(value)),
					},
				],
				series,
				bands,
				hooks: {
					draw: [
						(u) => {
							if (comingFrom === null) return;
							const { left, top, width, height } = u.bbox;
							const from = Math.max(
								left,
								u.valToPos((comingFrom - 0.5) * SECONDS_PER_DAY, "x", true),
							);
							if (from >= left + width) return;
							u.ctx.save();
							u.ctx.beginPath();
							u.ctx.rect(from, top, left + width - from, height);
							u.ctx.clip();
							u.ctx.strokeStyle = CHART.silent;
							u.ctx.lineWidth = Math.max(1, root / 12);
							u.ctx.beginPath();
							for (let x = from - height; x < left + width; x += root * 0.6) {
								u.ctx.moveTo(x, top + height);
								u.ctx.lineTo(x + height, top);
							}
							u.ctx.stroke();
							u.ctx.restore();
						},
						(u) => {
							const x = u.valToPos(today * SECONDS_PER_DAY, "x", true);
							const { left, top, width, height } = u.bbox;
							if (x < left || x > left + width) return;
							u.ctx.save();
							u.ctx.strokeStyle = CHART.text;
							u.ctx.setLineDash([4, 4]);
							u.ctx.beginPath();
							u.ctx.moveTo(x, top);
							u.ctx.lineTo(x, top + height);
							u.ctx.stroke();
							u.ctx.restore();
						},
					],
					setCursor: [(u) => setPointed(u.cursor.idx ?? null)],
				},
			},
			data as uPlot.AlignedData,
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
			setPointed(null);
		};
	}, [firstDay, lines, today, comingFrom, root, room, format]);
	return (
		<figure className={styles.chart} data-testid={testId}>
			<div
				ref={box}
				className={styles.plot}
				role="img"
				aria-label={description}
			/>
			<figcaption className={styles.legend}>
				<span>
					{pointed === null
						? `┆ ${todayLabel}`
						: format.day(firstDay + pointed)}
				</span>
				{lines.map(({ label, values, look }) => {
					const { colour, dash } = LINE_LOOKS[look % LINE_LOOKS.length] as {
						colour: string;
						dash: readonly number[];
					};
					const value = pointed === null ? null : values[pointed];
					return (
						<span key={label}>
							<svg aria-hidden viewBox="0 0 28 6">
								<line
									x1="0"
									x2="28"
									y1="3"
									y2="3"
									stroke={`var(--chart-${colour})`}
									strokeWidth="2.4"
									strokeDasharray={dash.map((one) => one * 0.7).join(" ")}
								/>
							</svg>
							{label}
							{pointed !== null && (
								<b>
									{value == null
										? "–"
										: digits === 2
											? format.rate(value)
											: format.count(value, digits)}
								</b>
							)}
						</span>
					);
				})}
			</figcaption>
		</figure>
	);
}
