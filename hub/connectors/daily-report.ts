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
import type { ColumnSet } from "../../core/reading/table.ts";
import type { Connector } from "../reports/connector.ts";
import { readFacilityForm } from "../reports/facility-form.ts";
import { registerOf } from "../reports/facility-names.ts";
import type { RowReader } from "../reports/read-row.ts";
import type { FacilityReport, Parsed } from "../reports/report.ts";

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
/** A run takes an hour at the least: more are specimens written for plates. */
const MOST_RUNS = 24;

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
		const { byCode } = registerOf(context.facilities ?? []);
		const statedIn = (reader: RowReader) =>
			REPORT_COLUMNS.filter(
				(column) => reader.cell(REPORT_FORM[column].name).trim() !== "",
			);
		return readFacilityForm<FacilityReport>(
			bytes,
			FORM,
			context,
			(reader) => statedIn(reader).length > 0,
			({ reader, facility, asOf, ...row }) => {
				const day = row.day("tanggal");
				const kind = facility && byCode.get(facility)?.kind;
				const values: Record<string, number> = {};
				for (const column of statedIn(reader)) {
					const { name } = REPORT_FORM[column];
					if (kind && !COLUMNS_OF[kind].includes(column))
						reader.fail(name, "columns", `nothing: this is a ${kind}`);
					const amount = amountOf(reader, column);
					if (amount !== undefined) values[column] = amount;
				}
				return facility === undefined || day === undefined
					? undefined
					: { facility, day, asOf, line: reader.line, values };
			},
			(facilityReports) => ({ facilityReports }),
		);
	},
};

/** A whole number; a stock below nothing is taken in and waits for a person, as in a sheet of stock. */
function amountOf(reader: RowReader, column: ReportColumn): number | undefined {
	const { name } = REPORT_FORM[column];
	const text = reader.cell(name).trim();
	const negative = column.startsWith("stock_") && /^-\d+$/.test(text);
	const reading = readCount(negative ? text.slice(1) : text);
	if (!reading.ok) return reader.fail(name, reading.reason, reading.expected);
	const most = column === "pcr_runs" ? MOST_RUNS : MOST;
	if (reading.value > most)
		return reader.fail(name, "not-a-number", `at most ${most}`);
	return negative ? -reading.value : reading.value;
}
