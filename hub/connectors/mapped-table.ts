import { levelOf } from "../../core/areas/codes.ts";
import { readDayAs, withoutThousands } from "../../core/mapping/cells.ts";
import {
	type Drift,
	type Fit,
	fitTable,
	type Question,
} from "../../core/mapping/fit.ts";
import { headerAt } from "../../core/mapping/head.ts";
import type {
	ColumnMeaning,
	TableMapping,
} from "../../core/mapping/mapping.ts";
import { readCount } from "../../core/reading/cell.ts";
import { excerpt } from "../../core/reading/fault.ts";
import { readTable, type Table } from "../../core/reading/table.ts";
import { readLines } from "../../core/reading/text.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import { type DecodedText, decodedText } from "../reports/decode-text.ts";
import { type RowReader, readRows, unreadRows } from "../reports/read-row.ts";
import { asCsv } from "../reports/read-workbook.ts";
import { type Parsed, type RowError, unreadable } from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

/** A table as it was given, before anybody says what its columns mean. */
export interface GivenTable extends Table {
	encoding: DecodedText["encoding"];
	/** Day that Excel counts as 0; null: it is no workbook. */
	dayZero: number | null;
	/** Lines above the header that say nothing of it. */
	titleLines: number;
	sheetsUnread: readonly string[];
}

/**
 * Opens a table of any source: CSV or the first sheet of a workbook, with titles above its header or without.
 * @param known names of columns that are expected
 */
export function openTable(
	bytes: Uint8Array,
	encoding: TableMapping["encoding"],
	known: readonly string[] = [],
): GivenTable | { error: RowError } {
	const sheet = asCsv(bytes);
	if ("error" in sheet) return sheet;
	const isWorkbook = sheet.csv !== bytes;
	const text = decodedText(sheet.csv, encoding);
	const { lines, faults } = readLines(text.utf8);
	const at = faults.some(({ line }) => line === null)
		? 0
		: headerAt(lines, known);
	// Each line keeps its number: what stands above the header becomes empty.
	const csv =
		at === 0
			? text.utf8
			: new TextEncoder().encode(
					"\n".repeat(at) + partAfterLine(text.utf8, at),
				);
	return {
		...readTable(csv),
		encoding: text.encoding,
		dayZero: isWorkbook ? sheet.dayZero : null,
		titleLines: lines.slice(0, at).filter((line) => line?.trim()).length,
		sheetsUnread: sheet.sheetsUnread,
	};
}

/** The text from the line of this number (0-based) on. */
function partAfterLine(utf8: Uint8Array, at: number): string {
	const end = utf8.includes(0x0a) ? 0x0a : 0x0d;
	let start = 0;
	for (let line = 0; line < at; line++) start = utf8.indexOf(end, start) + 1;
	return new TextDecoder("utf-8").decode(utf8.subarray(start));
}

/** The key under which tables that are read by a mapping are known. */
export const MAPPED_TABLE = "mapped-table" as const;

/**
 * Reads the tables of a source as a person said. A file that no longer fits is held: nothing of it is taken until somebody says how.
 * @param version of the mapping; null while it is only tried
 */
export function mappedTable(
	source: Connector["source"],
	mapping: TableMapping,
	version: number | null = null,
): Connector {
	return {
		key: MAPPED_TABLE,
		source,
		...(version === null ? {} : { reading: `${source.key} ${version}` }),
		describes: `Tables of ${source.enName}, read by the mapping that was saved for it`,
		parse: (bytes, context) => readMapped(bytes, mapping, context),
	};
}

function readMapped(
	bytes: Uint8Array,
	mapping: TableMapping,
	context: ConnectorContext,
): Parsed {
	const table = openTable(
		bytes,
		mapping.encoding,
		mapping.columns.flatMap(({ name, otherNames }) => [name, ...otherNames]),
	);
	if ("error" in table) return unreadable(table.error);
	const vintage = vintageOf(context);
	if ("error" in vintage)
		return { ...unreadRows(table, vintage.error), asOf: null };
	if (vintage.day === null && vintage.unread)
		return { ...unreadRows(table, vintage.unread), asOf: null };
	const asOf = vintage.day ?? context.received;
	if (table.columns.length === 0) return { ...unreadRows(table), asOf };
	const fit = fitTable(mapping, table.columns, table.rows, table.dayZero);
	const remarks = remarksOf(table, fit);
	if (fit.questions.length > 0)
		return {
			...unreadRows(table, ...fit.questions.map(asError)),
			...{ asOf, remarks },
		};
	const find = (is: ColumnMeaning["is"]) =>
		fit.columns.find(({ column }) => column.meaning.is === is)?.own;
	const place = fit.columns.find(({ column }) => column.meaning.is === "area");
	const dayColumn = find("day");
	const meaning = place?.column.meaning;
	if (!place || meaning?.is !== "area")
		throw new Error("a mapping without a column of areas");
	if (dayColumn === undefined && vintage.day === null)
		return {
			...unreadRows(table, {
				line: null,
				column: null,
				reason: "not-a-day",
				found: excerpt(context.path.split(/[\\/]/).at(-1) ?? ""),
				expected:
					"the day of the table in the name of the file (2020-06-08), or stated by whoever gives it: no column holds one",
			}),
			...{ asOf, remarks },
		};
	if (meaning.scheme === "bps" && !context.bridge)
		return {
			...unreadRows(table, {
				line: null,
				column: place.own,
				reason: "no-bridge",
				found: `${table.rows.length} rows with BPS codes`,
				expected:
					"the bridge between BPS and Kemendagri codes (hub import codes FILE)",
			}),
			...{ asOf, remarks },
		};
	const counts: Partial<Record<IndicatorKey, string>> = {};
	for (const { own, column } of fit.columns)
		if (column.meaning.is === "count") counts[column.meaning.indicator] = own;
	const name = find("area-name");
	const province = find("province-name");
	const rows = table.rows.map((row) => ({
		...row,
		cells: plainCells(row.cells, Object.values(counts), mapping.thousands),
	}));
	const read = readRows({ ...table, rows }, context, (reader) => {
		const area = areaOf(reader, place.own, {
			...{ scheme: meaning.scheme, level: mapping.level, name, province },
		});
		const day =
			dayColumn === undefined
				? (vintage.day ?? undefined)
				: reader.possibleDay(
						dayColumn,
						readDayAs(
							reader.cell(dayColumn),
							fit.dayForm ?? "iso",
							table.dayZero,
						),
						asOf,
					);
		const values = reader.counts(counts, area);
		return area && day !== undefined ? { area, day, asOf, values } : undefined;
	});
	return { ...read, asOf, remarks };
}

/** Counts without the signs between their thousands; what is none stays as it is. */
function plainCells(
	cells: Record<string, string>,
	counts: readonly string[],
	thousands: TableMapping["thousands"],
): Record<string, string> {
	if (thousands === "none") return cells;
	const plain = { ...cells };
	for (const column of counts) {
		const text = withoutThousands(cells[column] ?? "", thousands);
		if (readCount(text).ok) plain[column] = text;
	}
	return plain;
}

function areaOf(
	reader: RowReader,
	column: string,
	how: {
		scheme: Extract<ColumnMeaning, { is: "area" }>["scheme"];
		level: TableMapping["level"];
		name: string | undefined;
		province: string | undefined;
	},
) {
	const { scheme, level, name, province } = how;
	const within =
		province === undefined || reader.cell(province) === ""
			? undefined
			: reader.areaNamed(province, reader.cell(province), {
					level: "province",
				});
	const area = (() => {
		switch (scheme) {
			case "name":
				return reader.areaNamed(column, reader.cell(column), {
					level,
					...(within === undefined ? {} : { within }),
				});
			case "bps":
				return reader.bps(
					column,
					name,
					level === "district" ? "district" : "regency",
				);
			default:
				if (level === "district") return reader.kecamatan(column, name);
				return scheme === "kemendagri-undotted" && level === "regency"
					? reader.kemendagriUndotted(column, name)
					: reader.kemendagri(column, name);
		}
	})();
	// A code of another level than the table is of: a sum among its parts, or another table.
	if (area && scheme !== "name" && levelOf(area) !== level)
		return reader.fail(column, "unknown-area", `the code of a ${level}`);
	if (area && scheme !== "name" && province !== undefined && within)
		reader.liesIn(area, "province", province);
	return area;
}

function remarksOf(table: GivenTable, fit: Fit): Parsed["remarks"] {
	const drift: Drift[] = [...fit.drift];
	if (table.encoding !== "utf-8")
		drift.push({ kind: "encoding", column: null, found: table.encoding });
	if (table.titleLines > 0)
		drift.push({
			kind: "title-lines",
			column: null,
			found: String(table.titleLines),
		});
	return [
		...(drift.length > 0
			? [{ drift: drift.map((one) => ({ ...one, found: excerpt(one.found) })) }]
			: []),
		...(table.sheetsUnread.length > 0
			? [{ sheetsUnread: table.sheetsUnread }]
			: []),
	];
}

function asError({ kind, column, found, candidates }: Question): RowError {
	const expected = {
		missing:
			candidates.length > 0
				? `the column ${column}, which may be ${candidates.join(" or ")} now: a person says which (Integrasi), and the file is read again`
				: `the column ${column}, or a new mapping of the source`,
		"day-form":
			"days in the form of the mapping, or of one form that all of them allow",
		thousands:
			"counts as the mapping says they are written: a person says whether the sign parts thousands",
	}[kind];
	return {
		line: null,
		column: excerpt(column),
		reason: "drift",
		found: excerpt(found),
		expected: excerpt(expected),
	};
}
