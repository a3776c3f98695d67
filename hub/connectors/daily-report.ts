import {
	COLUMNS_OF,
	REPORT_COLUMNS,
	type ReportColumn,
} from "../../core/facilities/report.ts";
import {
	REPORT_FORM,
	REPORT_HEAD,
} from "../../core/facilities/report-sheet.ts";
import { readCount } from "../../core/reading/cell.ts";
import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import type { Connector } from "../reports/connector.ts";
import { HospitalNames } from "../reports/facility-names.ts";
import { dayOf, facilityOf } from "../reports/facility-row.ts";
import { RowReader, unreadRows } from "../reports/read-row.ts";
import { asCsv } from "../reports/read-workbook.ts";
import type { FacilityReport, Parsed, RowError } from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

const FORM: ColumnSet = {
	required: ["tanggal"],
	optional: [
		"kode_faskes",
		"faskes",
		"kode_wilayah",
		...REPORT_COLUMNS.map((column) => REPORT_FORM[column].name),
	],
	oneOf: ["kode_faskes", "faskes"],
	otherNames: Object.fromEntries([
		...REPORT_HEAD.map(({ name, other }) => [name, [other]]),
		...REPORT_COLUMNS.flatMap((column) => {
			const { name } = REPORT_FORM[column];
			return name === column ? [] : [[name, [column]]];
		}),
	]),
};

/** No facility has more of anything that is counted here. */
const MOST = 1e9;

/**
 * The daily report of hospitals, laboratories and warehouses: a line for each facility and day. CSV, or the first sheet of an XLSX workbook;
 * docs/operations.md describes it. A column that is empty is not reported.
 */
export const dailyReport: Connector = {
	key: "daily-report",
	describes:
		"daily reports of hospitals, laboratories and warehouses, CSV or XLSX (kode_faskes or faskes and kode_wilayah, tanggal, beds, patients by severity, staff present and needed, stock, tests); `hub template report` writes an empty one",
	source: {
		key: "daily-report",
		idName: "Laporan harian faskes",
		enName: "Daily reports of facilities",
		idOrder:
			"Laporan faskes itu sendiri, sebelum SIRANAP dan lembar stok; satu-satunya sumber tenaga kesehatan",
		enOrder:
			"The facility's own report, before SIRANAP and sheets of stock; the only source of staff",
		rank: 17,
		cadence: "irregular",
	},

	parse(bytes, context): Parsed {
		const read = asCsv(bytes);
		if ("error" in read)
			return {
				reports: [],
				facilityReports: [],
				errors: [read.error],
				lines: 1,
				skipped: {},
				unread: 1,
				asOf: null,
			};
		const table = readTable(read.csv, [FORM]);
		const vintage = vintageOf(context);
		if ("error" in vintage)
			return { ...unreadRows(table, vintage.error), asOf: null };
		const asOf = vintage.day ?? context.received;
		const names = new HospitalNames(context.facilities ?? []);
		const known = new Map(context.facilities?.map((one) => [one.code, one]));
		const codes = new Map(
			context.facilities?.map(({ code, area }) => [code, area]),
		);
		const facilityReports: FacilityReport[] = [];
		const errors: RowError[] = [...table.errors];
		let silent = 0;
		for (const row of table.rows) {
			const reader = new RowReader(row, context);
			const stated = REPORT_COLUMNS.filter(
				(column) => reader.cell(REPORT_FORM[column].name).trim() !== "",
			);
			if (stated.length === 0) {
				silent++;
				continue;
			}
			const facility = facilityOf(reader, codes, names);
			const day = dayOf(reader, "tanggal", { ...read, latest: asOf });
			const kind = facility && known.get(facility)?.kind;
			const values: Record<string, number> = {};
			for (const column of stated) {
				const { name } = REPORT_FORM[column];
				if (kind && !COLUMNS_OF[kind].includes(column))
					reader.fail(name, "columns", `nothing: this is a ${kind}`);
				const amount = amountOf(reader, column);
				if (amount !== undefined) values[column] = amount;
			}
			if (
				reader.errors.length > 0 ||
				facility === undefined ||
				day === undefined
			)
				errors.push(...reader.errors);
			else
				facilityReports.push({ facility, day, asOf, line: row.line, values });
		}
		return {
			reports: [],
			facilityReports,
			errors,
			lines: table.lines,
			skipped:
				silent > 0 ? { ...table.skipped, "no counts": silent } : table.skipped,
			unread: table.unread,
			asOf,
			remarks: [
				...names.remarks(),
				...(read.sheetsUnread.length > 0
					? [{ sheetsUnread: read.sheetsUnread }]
					: []),
			],
		};
	},
};

/** A whole number; a stock below nothing is taken in and waits for a person, as in a sheet of stock. */
function amountOf(reader: RowReader, column: ReportColumn): number | undefined {
	const { name } = REPORT_FORM[column];
	const text = reader.cell(name).trim();
	const negative = column.startsWith("stock_") && /^-\d+$/.test(text);
	const reading = readCount(negative ? text.slice(1) : text);
	if (!reading.ok) return reader.fail(name, reading.reason, reading.expected);
	if (reading.value > MOST)
		return reader.fail(name, "not-a-number", `at most ${MOST}`);
	return negative ? -reading.value : reading.value;
}
