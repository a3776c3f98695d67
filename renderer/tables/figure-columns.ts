import type { Measure } from "../../core/api/situation.ts";
import type { Format } from "../i18n/format.ts";
import type { AreaTableRow } from "./area-rows.ts";

export type FigureColumn =
	| "total"
	| "change7"
	| "new7"
	| "per100k"
	| "new7per100k";

/** The figures of a table of areas: a state of the day (active cases) has a change, but nothing new. */
export function figureColumns(stock: boolean): readonly FigureColumn[] {
	return stock
		? ["total", "change7", "per100k"]
		: ["total", "new7", "per100k", "new7per100k"];
}

/** What a column of figures shows. */
export function measureOf(column: string): Measure | undefined {
	return column === "change7"
		? "total"
		: figureColumns(false).find(
				(one): one is Exclude<FigureColumn, "change7"> => one === column,
			);
}

/** A figure as its column writes it: one precision in a column, so that sizes can be compared by length. */
export function figureText(
	format: Format,
	column: FigureColumn,
	value: number,
	rows: readonly AreaTableRow[],
): string {
	if (column === "per100k" || column === "new7per100k")
		return format.rate(value);
	const digits = rows.every((row) => Number.isInteger(row[column] ?? 0))
		? 0
		: 1;
	return column === "change7"
		? format.signed(value, digits)
		: format.count(value, digits);
}
