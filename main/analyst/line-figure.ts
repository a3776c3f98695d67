/**
 * Line figures as SVG text: bands, lines, points over days, for the documentation of the models. The axes are drawn here: d3-axis and visx
 * draw into a page, which a command line has none of, and d3-scale's round steps would be six packages for `ticksTo`. The screen's chart
 * has the axes of uPlot.
 */

import { isoFromDay } from "../../core/series/day.ts";

export type FigureSeries =
	| {
			kind: "line";
			label: string;
			colour: string;
			y: ArrayLike<number>;
			dashed?: boolean;
	  }
	| { kind: "points"; label: string; colour: string; y: ArrayLike<number> }
	| {
			kind: "band";
			label: string;
			colour: string;
			low: ArrayLike<number>;
			high: ArrayLike<number>;
			opacity?: number;
	  };

export type Figure = {
	title: string;
	/** Under the title: what is seen, one sentence. */
	subtitle: string;
	yLabel: string;
	/** x of every value: days since 1970-01-01 (drawn as dates) or plain numbers. */
	x: ArrayLike<number>;
	xKind: "date" | "number";
	xLabel?: string;
	/** Largest y drawn; higher values are cut. Default: the largest value. */
	yMax?: number;
	series: FigureSeries[];
	/** Vertical lines with a word. */
	marks?: { x: number; label: string }[];
	/** Horizontal line, e.g. R = 1. */
	level?: { y: number; label: string };
};

/** Okabe & Ito's colours, told apart also by the colour-blind. */
export const COLOURS = {
	blue: "#0072B2",
	orange: "#D55E00",
	green: "#009E73",
	grey: "#666666",
	purple: "#AA4499",
	black: "#111111",
} as const;

const WIDTH = 760;
const HEIGHT = 400;
const LEFT = 66;
const RIGHT = 18;
const TOP = 86;
const BOTTOM = 46;

function escapeXml(text: string): string {
	return text.replace(
		/[&<>"]/g,
		(found) =>
			({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[found] ?? "",
	);
}

/** About `count` round steps from 0 to `max`. */
function ticksTo(max: number, count: number): number[] {
	const rough = max / count;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step =
		([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) *
		power;
	return Array.from(
		{ length: Math.floor(max / step + 1e-9) + 1 },
		(_, index) => index * step,
	);
}

function largest(series: FigureSeries[]): number {
	let max = 0;
	for (const one of series)
		for (const value of Array.from(one.kind === "band" ? one.high : one.y))
			if (Number.isFinite(value)) max = Math.max(max, value);
	return max;
}

/** Draws a figure. Values that are NaN leave a gap. */
export function drawFigure(figure: Figure): string {
	const x = Array.from(figure.x);
	const firstX = x[0] ?? 0;
	const lastX = x.at(-1) ?? 1;
	const yMax = figure.yMax ?? largest(figure.series) * 1.05;
	const atX = (value: number) =>
		LEFT +
		((value - firstX) / Math.max(1e-9, lastX - firstX)) *
			(WIDTH - LEFT - RIGHT);
	const atY = (value: number) =>
		HEIGHT - BOTTOM - (Math.min(value, yMax) / yMax) * (HEIGHT - TOP - BOTTOM);
	const n = (value: number) => value.toFixed(1);
	const parts: string[] = [];
	const text = (px: number, py: number, words: string, attributes = "") => {
		parts.push(
			`<text x="${n(px)}" y="${n(py)}" ${attributes}>${escapeXml(words)}</text>`,
		);
	};

	for (const tick of ticksTo(yMax, 5)) {
		parts.push(
			`<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${n(atY(tick))}" y2="${n(atY(tick))}" stroke="#ddd"/>`,
		);
		text(
			LEFT - 8,
			atY(tick) + 4,
			tick.toLocaleString("en"),
			'text-anchor="end"',
		);
	}
	const xTicks =
		figure.xKind === "date"
			? x.filter((_, index) => index % Math.ceil(x.length / 7) === 0)
			: ticksTo(lastX, 7).filter((tick) => tick >= firstX);
	for (const tick of xTicks) {
		parts.push(
			`<line x1="${n(atX(tick))}" x2="${n(atX(tick))}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM + 4}" stroke="#999"/>`,
		);
		text(
			atX(tick),
			HEIGHT - BOTTOM + 18,
			figure.xKind === "date" ? isoFromDay(tick) : String(tick),
			'text-anchor="middle"',
		);
	}
	if (figure.xLabel)
		text(
			(LEFT + WIDTH - RIGHT) / 2,
			HEIGHT - 8,
			figure.xLabel,
			'text-anchor="middle"',
		);

	for (const series of figure.series) {
		if (series.kind === "band") {
			for (const run of runsOf(series.low)) {
				const upper = run.map(
					(at) => `${n(atX(x[at]))},${n(atY(series.high[at]))}`,
				);
				const lower = run
					.toReversed()
					.map((at) => `${n(atX(x[at]))},${n(atY(series.low[at]))}`);
				parts.push(
					`<polygon points="${[...upper, ...lower].join(" ")}" fill="${series.colour}" fill-opacity="${series.opacity ?? 0.25}"/>`,
				);
			}
		} else if (series.kind === "line") {
			for (const run of runsOf(series.y))
				parts.push(
					`<polyline points="${run.map((at) => `${n(atX(x[at]))},${n(atY(series.y[at]))}`).join(" ")}" fill="none" stroke="${series.colour}" stroke-width="2"${series.dashed ? ' stroke-dasharray="6 4"' : ""}/>`,
				);
		} else
			for (let at = 0; at < series.y.length; at++)
				if (Number.isFinite(series.y[at]))
					parts.push(
						`<circle cx="${n(atX(x[at]))}" cy="${n(atY(series.y[at]))}" r="2.2" fill="${series.colour}"/>`,
					);
	}
	if (figure.level) {
		parts.push(
			`<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${n(atY(figure.level.y))}" y2="${n(atY(figure.level.y))}" stroke="#111" stroke-dasharray="2 3"/>`,
		);
		text(LEFT + 5, atY(figure.level.y) - 5, figure.level.label);
	}
	for (const mark of figure.marks ?? []) {
		parts.push(
			`<line x1="${n(atX(mark.x))}" x2="${n(atX(mark.x))}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="#111" stroke-dasharray="4 3"/>`,
		);
		const right = atX(mark.x) > WIDTH * 0.7;
		text(
			atX(mark.x) + (right ? -5 : 5),
			TOP + 12,
			mark.label,
			right ? 'text-anchor="end"' : "",
		);
	}

	let legendX = LEFT;
	for (const series of figure.series) {
		parts.push(
			series.kind === "points"
				? `<circle cx="${n(legendX + 9)}" cy="62" r="3" fill="${series.colour}"/>`
				: series.kind === "line"
					? `<line x1="${n(legendX)}" x2="${n(legendX + 18)}" y1="62" y2="62" stroke="${series.colour}" stroke-width="2.5"${series.dashed ? ' stroke-dasharray="6 4"' : ""}/>`
					: `<rect x="${n(legendX)}" y="56" width="18" height="11" fill="${series.colour}" fill-opacity="${series.opacity ?? 0.25}"/>`,
		);
		text(legendX + 23, 66, series.label);
		legendX += 40 + series.label.length * 6.4;
	}
	text(LEFT, 22, figure.title, 'font-size="16" font-weight="600"');
	text(LEFT, 42, figure.subtitle, 'fill="#555"');
	parts.push(
		`<text x="14" y="${n((TOP + HEIGHT - BOTTOM) / 2)}" text-anchor="middle" transform="rotate(-90 14 ${n((TOP + HEIGHT - BOTTOM) / 2)})">${escapeXml(figure.yLabel)}</text>`,
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#111" role="img" aria-label="${escapeXml(figure.title)}"><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>${parts.join("")}</svg>\n`;
}

/** Stretches of consecutive indices whose value is a number. */
function runsOf(values: ArrayLike<number>): number[][] {
	const runs: number[][] = [];
	let run: number[] = [];
	for (let at = 0; at <= values.length; at++)
		if (at < values.length && Number.isFinite(values[at])) run.push(at);
		else if (run.length > 0) {
			runs.push(run);
			run = [];
		}
	return runs;
}
