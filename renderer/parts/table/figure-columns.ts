import type { IndicatorKey } from "../../../core/series/indicator.ts";
import {
	isRate,
	type Measure,
	measuresOf,
} from "../../../core/series/measure.ts";
import type { Format } from "../../i18n/format.ts";
import type { AreaTableRow } from "./area-rows.ts";

const IN_READING_ORDER = [
	"total",
	"new7",
	"change7",
	"per100k",
	"new7per100k",
] as const satisfies readonly Measure[];

/** The figures of a table of areas, in reading order: one column for each measure that the indicator has. */
export function figureColumns(indicator: IndicatorKey): readonly Measure[] {
	const has = measuresOf(indicator);
	return IN_READING_ORDER.filter((measure) => has.includes(measure));
}

/** What a column of figures shows; undefined for the others. */
export function measureOf(column: string): Measure | undefined {
	return IN_READING_ORDER.find((measure) => measure === column);
}

/** From this rate on a second decimal says nothing that a person reads, and is cut off where room is short. */
const ONE_DECIMAL_FROM = 100;

/** A figure as its column writes it: one precision in a column, so that sizes can be compared by length. */
export function figureText(
	format: Format,
	column: Measure,
	value: number,
	rows: readonly AreaTableRow[],
): string {
	const isLarge = rows.some((row) => (row[column] ?? 0) >= ONE_DECIMAL_FROM);
	return format.figure(column, value, isRate(column) ? (isLarge ? 1 : 2) : 0);
}
