import type uPlot from "uplot";
import { CHART } from "./chart-colours.ts";
import type { TrendSign } from "./trend-data.ts";

/**
 * Paints the signs of a series: a filled triangle pointing down for a correction, an empty circle with a stroke for a silent day,
 * a tick on the axis for a sum that misses areas, a broken line from top to bottom where the source changed, a whole one where the terms
 * changed. Shapes differ, so that colour is not needed.
 */
export function paintSigns(
	chart: uPlot,
	signs: readonly TrendSign[],
	values: readonly (number | null)[],
	root: number,
): void {
	const { ctx } = chart;
	const ratio = window.devicePixelRatio;
	const size = root * 0.3 * ratio;
	const bottom = chart.bbox.top + chart.bbox.height;
	ctx.save();
	ctx.lineWidth = Math.max(1, root * 0.09 * ratio);
	for (const { index, kind } of signs) {
		const seconds = chart.data[0][index];
		if (seconds === undefined) continue;
		const x = chart.valToPos(seconds, "x", true);
		if (kind === "partial") {
			ctx.fillStyle = CHART.partial;
			ctx.fillRect(
				x - ctx.lineWidth / 2,
				bottom - size * 0.8,
				ctx.lineWidth,
				size * 0.8,
			);
			continue;
		}
		if (kind === "source" || kind === "terms") {
			ctx.save();
			ctx.strokeStyle = CHART[kind];
			if (kind === "source") ctx.setLineDash([size * 0.7, size * 0.5]);
			ctx.beginPath();
			ctx.moveTo(x, chart.bbox.top);
			ctx.lineTo(x, bottom);
			ctx.stroke();
			ctx.restore();
			continue;
		}
		ctx.beginPath();
		if (kind === "correction") {
			const value = values[index] ?? 0;
			const y = Math.max(
				chart.valToPos(value, "y", true) - size * 2.4,
				chart.bbox.top + size,
			);
			ctx.fillStyle = CHART.correction;
			ctx.moveTo(x - size, y - size);
			ctx.lineTo(x + size, y - size);
			ctx.lineTo(x, y + size);
			ctx.closePath();
			ctx.fill();
		} else {
			const y = bottom - size * 1.6;
			ctx.strokeStyle = CHART.silent;
			ctx.arc(x, y, size * 0.8, 0, Math.PI * 2);
			ctx.moveTo(x - size, y + size);
			ctx.lineTo(x + size, y - size);
			ctx.stroke();
		}
	}
	ctx.restore();
}
