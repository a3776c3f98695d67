import type { NewCell } from "../core/release/site-series.ts";
import { dayWords, numberWords } from "../core/release/site-words.ts";
import type { Day } from "../core/series/day.ts";
import { fillOf } from "./cell-look.ts";
import { drawn } from "./element.ts";
import { language, type Measure } from "./figures.ts";
import { patternOf } from "./map.ts";

const LEFT = 64;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 28;

/** Round steps of an axis, about four of them. */
export function ticks(least: number, greatest: number): number[] {
	const rough = Math.max(greatest - least, 1) / 4;
	const ten = 10 ** Math.floor(Math.log10(rough));
	const step = Math.max(
		1,
		ten * ([1, 2, 5, 10].find((of) => of * ten >= rough) as number),
	);
	const first = Math.floor(least / step);
	const last = Math.ceil(greatest / step);
	return Array.from(
		{ length: last - first + 1 },
		(_, at) => (first + at) * step,
	);
}

/**
 * Draws a series: a line of what goes on, bars of what is new, and bands where there is no count to draw.
 * @param size of the picture, in CSS pixels: text keeps its size on every screen
 */
export function drawTrend(
	svg: SVGSVGElement,
	size: { width: number; height: number },
	series: {
		cells: readonly NewCell[];
		days: readonly Day[];
		measure: Measure;
		at: number;
	},
): void {
	const { cells, days, measure, at } = series;
	const { width, height } = size;
	const values = cells.flatMap(({ value }) => (value === null ? [] : [value]));
	const marks = ticks(
		values.reduce((a, b) => Math.min(a, b), 0),
		values.reduce((a, b) => Math.max(a, b), 1),
	);
	const [low, high] = [marks[0] as number, marks.at(-1) as number];
	const wide = (width - LEFT - RIGHT) / days.length;
	const x = (index: number) => LEFT + wide * (index + 0.5);
	const y = (value: number) =>
		TOP + (height - TOP - BOTTOM) * (1 - (value - low) / (high - low));
	const axis = marks.flatMap((mark) => [
		drawn("line", {
			...{ x1: LEFT, x2: width - RIGHT, y1: y(mark), y2: y(mark) },
			class: mark === 0 ? "nol-sumbu" : "kisi",
		}),
		drawn(
			"text",
			{ x: LEFT - 6, y: y(mark) + 4, "text-anchor": "end" },
			numberWords(mark, language),
		),
	]);
	const labels = Math.max(1, Math.floor((width - LEFT) / 110));
	const every = Math.ceil(days.length / labels);
	const dates = days.flatMap((day, index) =>
		index % every === 0
			? [
					drawn(
						"text",
						{
							...{ x: x(index), y: height - 8 },
							"text-anchor": index === 0 ? "start" : "middle",
						},
						dayWords(day, language),
					),
				]
			: [],
	);
	const bands = cells.flatMap((cell, index) =>
		cell.value === null
			? [
					drawn("rect", {
						...{ x: x(index) - wide / 2, y: TOP, width: wide },
						height: height - TOP - BOTTOM,
						fill: patternOf(fillOf(cell, [])) ?? "none",
					}),
				]
			: [],
	);
	const marker = drawn("line", {
		...{ x1: x(at), x2: x(at), y1: TOP, y2: height - BOTTOM },
		class: "hari",
	});
	svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
	svg.replaceChildren(
		...bands,
		...axis,
		...dates,
		...(measure === "new"
			? cells.flatMap(({ value }, index) =>
					value === null
						? []
						: [
								drawn("rect", {
									...{ x: x(index) - wide * 0.4, width: wide * 0.8 },
									y: Math.min(y(value), y(0)),
									height: Math.abs(y(value) - y(0)),
									class: value < 0 ? "turun" : "batang",
								}),
							],
				)
			: lines(cells, x, y)),
		marker,
	);
}

/** A line for each run of counts; a count between two gaps is a dot, and a partial one a circle. */
function lines(
	cells: readonly NewCell[],
	x: (index: number) => number,
	y: (value: number) => number,
): SVGElement[] {
	const runs: string[][] = [[]];
	const dots: SVGElement[] = [];
	cells.forEach(({ state, value }, index) => {
		if (value === null) {
			if (runs.at(-1)?.length) runs.push([]);
			return;
		}
		runs.at(-1)?.push(`${x(index).toFixed(1)} ${y(value).toFixed(1)}`);
		const alone = [cells[index - 1], cells[index + 1]].every(
			(beside) => !beside || beside.value === null,
		);
		const partial = state === "sebagian";
		if (alone || partial)
			dots.push(
				drawn("circle", {
					...{ cx: x(index), cy: y(value), r: 3 },
					class: partial ? "noktah sebagian" : "noktah",
				}),
			);
	});
	return [
		drawn("path", {
			d: runs
				.filter((run) => run.length > 1)
				.map((run) => `M${run.join("L")}`)
				.join(""),
			class: "garis-tren",
		}),
		...dots,
	];
}
