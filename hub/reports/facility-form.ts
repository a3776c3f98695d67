import {
	type AreaCode,
	NATION,
	parseKemendagri,
} from "../../core/areas/codes.ts";
import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import { type Day, day } from "../../core/series/day.ts";
import type { ConnectorContext } from "./connector.ts";
import { HospitalNames, registerOf } from "./facility-names.ts";
import { RowReader, unreadRows } from "./read-row.ts";
import { asCsv } from "./read-workbook.ts";
import { type Parsed, type RowError, unreadable } from "./report.ts";
import { vintageOf } from "./vintage.ts";

/** A row of a form that a facility fills in: of whom it speaks, and its days. */
export interface FormRow {
	readonly reader: RowReader;
	/** Code of the facility; undefined when the reader has noted why it is not known. */
	readonly facility: string | undefined;
	/** Day on which the form was known. */
	readonly asOf: Day;
	/** Day that Excel counts as 0. */
	readonly dayZero: Day;
	/** A day of the row, not after another. */
	day(column: string, latest?: Day): Day | undefined;
}

/**
 * Reads a form that facilities fill in, CSV or the first sheet of an XLSX workbook (core/facilities/form-head).
 * @param states whether a row states anything: one of the empty form does not
 * @param read what it says; null: nothing after all. What it noted as wrong stands in its place.
 * @param gathered where what all rows say goes
 */
export function readFacilityForm<Said>(
	bytes: Uint8Array,
	form: ColumnSet,
	context: ConnectorContext,
	states: (reader: RowReader) => boolean,
	read: (row: FormRow) => Said | null | undefined,
	gathered: (
		said: Said[],
	) => Pick<Parsed, "stock"> | Pick<Parsed, "facilityReports">,
): Parsed {
	const sheet = asCsv(bytes);
	if ("error" in sheet) return unreadable(sheet.error);
	const table = readTable(sheet.csv, [form]);
	const vintage = vintageOf(context);
	if ("error" in vintage)
		return { ...unreadRows(table, vintage.error), asOf: null };
	const asOf = vintage.day ?? context.received;
	const { dayZero, sheetsUnread } = sheet;
	const registered = context.facilities ?? [];
	const names = new HospitalNames(registered);
	const { byCode } = registerOf(registered);
	const said: Said[] = [];
	const errors: RowError[] = [...table.errors];
	let silent = 0;
	for (const row of table.rows) {
		const reader = new RowReader(row, context);
		if (!states(reader)) {
			silent++;
			continue;
		}
		const one = read({
			...{ reader, asOf, dayZero },
			facility: facilityOf(reader, byCode, names),
			day: (column, latest = asOf) =>
				dayOf(reader, column, { dayZero, latest }),
		});
		if (reader.errors.length > 0) errors.push(...reader.errors);
		else if (one === undefined)
			throw new Error(`line ${row.line} came to nothing`);
		else if (one === null) silent++;
		else said.push(one);
	}
	return {
		reports: [],
		facilityReports: [],
		...gathered(said),
		errors,
		lines: table.lines,
		skipped:
			silent > 0 ? { ...table.skipped, "no counts": silent } : table.skipped,
		unread: table.unread,
		asOf,
		remarks: [
			...names.remarks(),
			...(sheetsUnread.length > 0 ? [{ sheetsUnread }] : []),
		],
	};
}

/** Days among which a number of a cell may be one. */
const WRITTEN_DAYS = { from: day("2000-01-01"), to: day("2099-12-31") };

/** By its code; where there is none, by its name in an area. */
function facilityOf(
	reader: RowReader,
	byCode: ReadonlyMap<string, { readonly area: AreaCode }>,
	names: HospitalNames,
): string | undefined {
	const code = reader.cell("kode_faskes").trim();
	if (code !== "") {
		const area = byCode.get(code)?.area;
		if (area === undefined)
			return reader.fail(
				"kode_faskes",
				"unknown-facility",
				"the code of a registered hospital, laboratory or warehouse",
			);
		const said = parseKemendagri(reader.cell("kode_wilayah").trim());
		// The code of one and the place of another: whose shelf it is nobody can say.
		if (
			said &&
			area !== NATION &&
			!said.startsWith(area) &&
			!area.startsWith(said)
		)
			return reader.fail(
				"kode_wilayah",
				"two-areas",
				`that of ${code}: ${area}`,
			);
		return code;
	}
	const name = reader.cell("faskes").trim();
	if (name === "")
		return reader.fail(
			"kode_faskes",
			"unknown-facility",
			"a code, or a name in faskes and its kabupaten/kota in kode_wilayah",
		);
	const area = reader.kemendagri("kode_wilayah");
	if (area === undefined) return undefined;
	const found = names.find(name, area, reader.line, "faskes");
	if ("code" in found) return found.code;
	reader.errors.push(found.error);
	return undefined;
}

/** A day as it is written, or as Excel counts it. */
function dayOf(
	reader: RowReader,
	column: string,
	{ latest, dayZero }: { latest: Day; dayZero: Day },
): Day | undefined {
	const serial = countedDay(reader.cell(column), dayZero);
	if (serial === undefined) return reader.day(column, latest);
	return serial <= latest
		? serial
		: reader.fail(column, "impossible-day", "a day up to that of the sheet");
}

/** A day that is written as the number by which Excel counts it. */
export function countedDay(text: string, dayZero: Day): Day | undefined {
	const counted = /^\d{5}$/.test(text.trim())
		? Number(text) + dayZero
		: Number.NaN;
	return counted >= WRITTEN_DAYS.from && counted <= WRITTEN_DAYS.to
		? counted
		: undefined;
}
