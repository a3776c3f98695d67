import type { AreaCode } from "../../core/areas/codes.ts";
import {
	type BpsCode,
	levelOf,
	parseBps,
	parseKemendagri,
	parseKemendagriUndotted,
} from "../../core/areas/codes.ts";
import {
	otherAreasNamed,
	type ResolveOptions,
	resolveArea,
} from "../../core/areas/resolve.ts";
import { inForce, ORDER_OF } from "../../core/areas/tree.ts";
import { mostPossible } from "../../core/quality/possible-count.ts";
import {
	isNothing,
	readCount,
	readDay,
	readDayInWords,
} from "../../core/reading/cell.ts";
import { excerpt, type Reading } from "../../core/reading/fault.ts";
import type { Table, TableRow } from "../../core/reading/table.ts";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../core/series/indicator.ts";
import type { ConnectorContext } from "./connector.ts";
import type { CaseReport, Parsed, RowError } from "./report.ts";

/** The disease was first reported on this day; a report of an earlier one is a mistake. */
export const FIRST_DAY = dayFromIso("2019-12-31") as Day;

/**
 * Reads the rows of a table into reports. Each line is a report, is skipped, or is an error: a row that states nothing is no report.
 * @param read what a row says; undefined when the reader has noted an error
 */
export function readRows(
	table: Table,
	context: ConnectorContext,
	read: (
		reader: RowReader,
	) => Omit<CaseReport, "line" | "raw"> | "deleted" | undefined,
): Omit<Parsed, "asOf"> {
	const reports: CaseReport[] = [];
	const errors: RowError[] = [...table.errors];
	const { lines, unread } = table;
	const skipped: Parsed["skipped"] = { ...table.skipped };
	const skip = (reason: "deleted" | "no counts") => {
		skipped[reason] = (skipped[reason] ?? 0) + 1;
	};
	for (const row of table.rows) {
		const reader = new RowReader(row, context);
		const said = read(reader);
		if (said === "deleted") skip("deleted");
		else if (reader.errors.length > 0)
			for (const error of reader.errors) errors.push(error);
		else if (!said) throw new Error(`line ${row.line} came to nothing`);
		else if (Object.keys(said.values).length === 0) skip("no counts");
		else reports.push({ ...said, line: row.line, raw: row.raw });
	}
	return { reports, facilityReports: [], errors, lines, skipped, unread };
}

/** What is left of a table when its rows cannot be used. */
export function unreadRows(
	table: Table,
	...errors: RowError[]
): Omit<Parsed, "asOf"> {
	return {
		reports: [],
		facilityReports: [],
		errors: [...table.errors, ...errors],
		lines: table.lines,
		skipped: table.skipped,
		unread: table.unread + table.rows.length,
	};
}

/** Reads one row cell by cell and gathers what is wrong with it: a row with any error is not used. */
export class RowReader {
	readonly errors: RowError[] = [];
	private readonly row: TableRow;
	private readonly context: ConnectorContext;

	/** 1-based line in the file. */
	get line(): number {
		return this.row.line;
	}

	constructor(row: TableRow, context: ConnectorContext) {
		this.row = row;
		this.context = context;
	}

	/** What a cell says; empty also for what a database writes for nothing (`NULL`, `\N`). */
	cell(column: string): string {
		const text = this.row.cells[column] ?? "";
		return isNothing(text) ? "" : text;
	}

	/**
	 * A day, alone or with a time behind it (`2020-04-12 16:11:48`), not after the day of receipt.
	 * @param vintage the day on which the source wrote the file, where that is known
	 */
	day(column: string, vintage?: Day | null): Day | undefined {
		return this.possibleDay(
			column,
			readDay(this.cell(column), "day-and-time"),
			vintage,
		);
	}

	/**
	 * A day in Indonesian words (`7 November 2021`), within the same bounds.
	 * @param stated what the person who gives the file says that the words stand for
	 */
	dayInWords(
		column: string,
		vintage: Day | null,
		stated: Day | undefined,
	): Day | undefined {
		return this.possibleDay(
			column,
			stated === undefined
				? readDayInWords(this.cell(column))
				: { ok: true, value: stated },
			vintage,
		);
	}

	/** A day that was read from the cell, or why it was not, within the same bounds. */
	possibleDay(
		column: string,
		reading: Reading<Day>,
		vintage: Day | null | undefined,
	): Day | undefined {
		if (!reading.ok) return this.fail(column, reading.reason, reading.expected);
		const day = reading.value;
		if (day < FIRST_DAY)
			return this.fail(
				column,
				"impossible-day",
				`${isoFromDay(FIRST_DAY)} or later`,
			);
		const { received } = this.context;
		if (day > received)
			return this.fail(
				column,
				"impossible-day",
				`${isoFromDay(received)} or earlier, the day of receipt`,
			);
		if (vintage !== undefined && vintage !== null && day > vintage)
			return this.fail(
				column,
				"impossible-day",
				`${isoFromDay(vintage)} or earlier, when the source wrote it`,
			);
		return day;
	}

	/**
	 * A dotted Kemendagri code of a province or kabupaten/kota in the order of 2020.
	 * @param name the column with the name that stands beside it, where there is one: both must mean one area
	 */
	kemendagri(column: string, name?: string): AreaCode | undefined {
		const text = this.cell(column).trim();
		const code = parseKemendagri(text);
		if (code && levelOf(code) === "district")
			return this.fail(
				column,
				"unknown-area",
				"a province or kabupaten/kota: kecamatan are taken in by kecamatan-csv",
			);
		if (!code || !this.context.tree.get(code))
			return this.fail(
				column,
				"unknown-area",
				this.notAPlace(text) ?? "a dotted Kemendagri code such as 35.07",
			);
		return this.oneArea(code, column, name);
	}

	/**
	 * A Kemendagri code of a kabupaten/kota without its dot (`3507`), in a column of which it is known that it is of no other scheme: a name
	 * beside it must mean the same area.
	 */
	kemendagriUndotted(column: string, name?: string): AreaCode | undefined {
		const code = parseKemendagriUndotted(this.cell(column).trim());
		const area = code && this.context.tree.get(code);
		if (area?.level !== "regency")
			return this.fail(
				column,
				"unknown-area",
				"the Kemendagri code of a kabupaten/kota without a dot, such as 3507",
			);
		return this.oneArea(area.code, column, name);
	}

	/** A Kemendagri code of a kecamatan in the order of 2020, dotted or not: without dots six digits are of no other scheme. */
	kecamatan(column: string, name?: string): AreaCode | undefined {
		const text = this.cell(column).trim();
		const code = parseKemendagri(text) ?? parseKemendagriUndotted(text);
		const area = code && this.context.tree.get(code);
		if (area?.level !== "district" || !inForce(area, ORDER_OF))
			return this.fail(
				column,
				"unknown-area",
				"the Kemendagri code of a kecamatan in the order of 2020, such as 35.78.09 or 357809",
			);
		return this.oneArea(area.code, column, name);
	}

	/**
	 * Notes an error where a column that stands beside the code of a kecamatan names another kabupaten/kota or province than that in which it
	 * lies.
	 */
	liesIn(area: AreaCode, level: "regency" | "province", column: string): void {
		const above = this.context.tree
			.path(area)
			.find((one) => one.level === level);
		if (above) this.oneArea(above.code, column, column);
	}

	/** A BPS code that the imported bridge knows, with the name beside it as for `kemendagri`. */
	bps(
		column: string,
		name?: string,
		level: "regency" | "district" = "regency",
	): AreaCode | undefined {
		const text = this.cell(column).trim();
		const code: BpsCode | undefined = parseBps(text);
		const found = code && this.context.bridge?.toKemendagri(code);
		return found && (levelOf(found) === "district") === (level === "district")
			? this.oneArea(found, column, name)
			: this.fail(
					column,
					"unknown-area",
					this.notAPlace(text) ??
						(level === "district"
							? "a BPS code of a kecamatan (seven digits) of the imported bridge"
							: "a BPS code of the imported bridge"),
				);
	}

	/**
	 * What is expected instead of a code that may mean two places: one that ends in zeros stands for a whole province or for cases without
	 * a place, one with a digit too few has lost it at either side.
	 */
	private notAPlace(text: string): string | undefined {
		const [, province] = /^(\d\d)(?:\.?00){1,2}$/.exec(text) ?? [];
		if (/^\d\d\.\d$/.test(text))
			return `two digits behind the point: ${text} may be ${text}0, of which a spreadsheet took the zero, or ${text.replace(".", ".0")}`;
		if (text !== "00" && province === undefined) return undefined;
		const whole = parseKemendagri(province ?? "");
		const area = whole && this.context.tree.get(whole);
		return area
			? `${whole} for all of ${area.name}, or the code of a kabupaten/kota: ${text} may mean either all of it or cases without a place`
			: `the code of a province or kabupaten/kota: ${text} is none`;
	}

	/** The area of a code, unless the name beside it is that of another one: which of the two was meant is not ours to guess. */
	private oneArea(
		code: AreaCode,
		column: string,
		name: string | undefined,
	): AreaCode | undefined {
		const { tree } = this.context;
		const area = tree.get(code);
		const said = name === undefined ? "" : this.cell(name).trim();
		if (!area) return code;
		const others = otherAreasNamed(tree, area, said);
		if (others.length === 0) return code;
		const written = this.cell(column).trim();
		const named = others.map((other) => `${other.name} (${other.code})`);
		this.errors.push({
			line: this.row.line,
			column: name ?? column,
			reason: "two-areas",
			found: excerpt(`${written} and ${said}`),
			expected: `one area: ${written} is ${area.name}${written === code ? "" : ` (${code})`}, ${excerpt(said)} is ${named.join(" or ")}`,
		});
		return undefined;
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
			found: excerpt(name),
			expected: candidates || `the name of a ${options.level}`,
		});
		return undefined;
	}

	/** The counts that the row states for an area; an empty cell is absent, never 0. */
	counts(
		columns: Partial<Record<IndicatorKey, string>>,
		area: AreaCode | undefined,
	): CaseReport["values"] {
		const values: CaseReport["values"] = {};
		const people = area ? this.context.people(area) : null;
		for (const [key, column] of Object.entries(columns)) {
			if (this.cell(column) === "") continue;
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
			const most = mostPossible(key as IndicatorKey, people);
			if (most !== null && reading.value > most) {
				this.fail(
					column,
					"impossible-count",
					`at most ${most}, by the people of the area (${people?.people})`,
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
			found: excerpt(this.row.cells[column] ?? ""),
			expected,
		});
		return undefined;
	}
}
