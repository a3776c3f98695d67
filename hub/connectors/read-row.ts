import type { AreaCode } from "../../core/areas/codes.ts";
import {
	type BpsCode,
	parseBps,
	parseKemendagri,
} from "../../core/areas/codes.ts";
import { type ResolveOptions, resolveArea } from "../../core/areas/resolve.ts";
import { readCount, readDay } from "../../core/reading/cell.ts";
import { excerpt } from "../../core/reading/fault.ts";
import type { TableRow } from "../../core/reading/table.ts";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../core/series/indicator.ts";
import type { CaseReport, RowError } from "../intake/report.ts";
import type { ConnectorContext } from "./connector.ts";

/** The disease was first reported on this day; a report of an earlier one is a mistake. */
const FIRST_DAY = dayFromIso("2019-12-31") as Day;

/** Reads one row cell by cell and gathers what is wrong with it: a row with any error is not used. */
export class RowReader {
	readonly errors: RowError[] = [];
	private readonly row: TableRow;
	private readonly context: ConnectorContext;

	constructor(row: TableRow, context: ConnectorContext) {
		this.row = row;
		this.context = context;
	}

	cell(column: string): string {
		return this.row.cells[column] ?? "";
	}

	/** A day, alone or with a time behind it (`2020-04-12 16:11:48`), not after `latest`. */
	day(column: string, latest?: Day | null): Day | undefined {
		const reading = readDay(this.cell(column), "day-and-time");
		if (!reading.ok) return this.fail(column, reading.reason, reading.expected);
		const day = reading.value;
		if (day < FIRST_DAY)
			return this.fail(
				column,
				"impossible-day",
				`${isoFromDay(FIRST_DAY)} or later`,
			);
		if (latest !== undefined && latest !== null && day > latest)
			return this.fail(
				column,
				"impossible-day",
				`${isoFromDay(latest)} or earlier, when the source wrote it`,
			);
		return day;
	}

	/** A dotted Kemendagri code of an area in the order of 2020. */
	kemendagri(column: string): AreaCode | undefined {
		const code = parseKemendagri(this.cell(column).trim());
		if (!code || !this.context.tree.get(code))
			return this.fail(
				column,
				"unknown-area",
				"a dotted Kemendagri code such as 35.07",
			);
		return code;
	}

	/** A BPS code that the imported bridge knows. */
	bps(column: string): AreaCode | undefined {
		const code: BpsCode | undefined = parseBps(this.cell(column).trim());
		const found = code && this.context.bridge?.toKemendagri(code);
		return (
			found ??
			this.fail(column, "unknown-area", "a BPS code of the imported bridge")
		);
	}

	/** The name of an area as sources write it. */
	areaNamed(
		column: string | null,
		name: string,
		options: ResolveOptions,
	): AreaCode | undefined {
		const resolution = resolveArea(this.context.tree, name, options);
		if (resolution.ok) return resolution.area.code;
		const candidates = resolution.candidates
			.map((area) => `${area.name} (${area.code})`)
			.join(", ");
		this.errors.push({
			line: this.row.line,
			column,
			reason:
				resolution.reason === "ambiguous" ? "ambiguous-area" : "unknown-area",
			found: name,
			expected: candidates || `the name of a ${options.level}`,
		});
		return undefined;
	}

	/** The counts of the row; an empty cell is absent, never 0. */
	counts(columns: Partial<Record<IndicatorKey, string>>): CaseReport["values"] {
		const values: CaseReport["values"] = {};
		for (const [key, column] of Object.entries(columns)) {
			if (this.cell(column).trim() === "") continue;
			const reading = readCount(this.cell(column));
			if (!reading.ok) {
				const { kind } = indicatorByKey(key as IndicatorKey);
				this.fail(
					column,
					reading.reason,
					reading.reason === "negative"
						? `a ${kind} count of 0 or more`
						: reading.expected,
				);
				continue;
			}
			values[key as IndicatorKey] = reading.value;
		}
		return values;
	}

	/** Notes an error of a cell; the row is then not used. */
	fail(
		column: string,
		reason: RowError["reason"],
		expected: string,
	): undefined {
		this.errors.push({
			line: this.row.line,
			column,
			reason,
			found: excerpt(this.cell(column)),
			expected,
		});
		return undefined;
	}
}
