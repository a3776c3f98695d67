import type { Day } from "../series/day.ts";
import { REPORT_COLUMNS, type ReportColumn } from "./report.ts";

/** What one file says of one facility and day. */
export interface StatedReport {
	/** Place of its source in the order of sources: 1 is asked first. */
	readonly rank: number;
	/** The day on which the source knew it. */
	readonly asOf: Day;
	/** Hash of the file, which alone decides between two of one source and day: the order in which they arrive does not. */
	readonly sha256: string;
	readonly source: number;
	stated(column: ReportColumn): number | null;
}

/** What is known of one facility and day from all that was said of it. */
export interface KnownReport {
	readonly values: Partial<Record<ReportColumn, number>>;
	/** Sources of the values, the one asked first at the head. */
	readonly sources: readonly number[];
	/** The newest of the days on which one of the values became known; null where nothing is stated. */
	readonly asOf: Day | null;
}

/**
 * Orders reports of one facility and day by who is heard first: the source that is asked first, of one source what it said last.
 * @returns negative when `a` is heard before `b`
 */
export function heardBefore(a: StatedReport, b: StatedReport): number {
	return (
		a.rank - b.rank ||
		a.source - b.source ||
		b.asOf - a.asOf ||
		(a.sha256 < b.sha256 ? 1 : a.sha256 > b.sha256 ? -1 : 0)
	);
}

/**
 * What is known of a facility on a day: each value from the first report, in the order of `heardBefore`, that states it. A form that leaves a
 * column empty takes nothing back.
 * @param reports those known on the day of knowledge: without files withdrawn then, and without what became known later
 */
export function knownReport(
	reports: readonly StatedReport[],
	columns: readonly ReportColumn[] = REPORT_COLUMNS,
): KnownReport {
	const values: KnownReport["values"] = {};
	const sources: number[] = [];
	let asOf: Day | null = null;
	const inOrder = reports.length > 1 ? [...reports].sort(heardBefore) : reports;
	for (const report of inOrder) {
		let adds = false;
		for (const column of columns) {
			if (values[column] !== undefined) continue;
			const value = report.stated(column);
			if (value === null) continue;
			values[column] = value;
			adds = true;
		}
		if (!adds) continue;
		if (!sources.includes(report.source)) sources.push(report.source);
		if (asOf === null || report.asOf > asOf) asOf = report.asOf;
	}
	return { values, sources, asOf };
}

/** What one source says of some columns on a day. */
export interface ToldTogether {
	readonly values: Partial<Record<ReportColumn, number>>;
	readonly source: number;
	/** The newest of the days on which one of the values became known. */
	readonly asOf: Day;
}

/**
 * What is told of columns that belong together, such as beds and how many of them are occupied: from the first source, in the order of
 * `heardBefore`, that states all of them. The beds of one source and the patients of another are no share of anything.
 * @param reports as of `knownReport`
 * @returns null where no source states all of them
 */
export function toldTogether(
	reports: readonly StatedReport[],
	columns: readonly ReportColumn[],
): ToldTogether | null {
	const [first] = reports;
	// Most are of one source, and nothing has to be put in order.
	const bySource: Iterable<[number, readonly StatedReport[]]> =
		first && reports.length === 1
			? [[first.source, reports]]
			: Map.groupBy([...reports].sort(heardBefore), ({ source }) => source);
	for (const [source, own] of bySource) {
		const { values, asOf } = knownReport(own, columns);
		if (asOf !== null && columns.every((column) => column in values))
			return { values, source, asOf };
	}
	return null;
}
