import type { AreaCode } from "../../core/areas/codes.ts";
import type { FacilityKind } from "../../core/facilities/report.ts";
import { readNumber } from "../../core/reading/cell.ts";
import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import type { ConnectorContext } from "./connector.ts";
import { LONGEST_NAME } from "./facility-names.ts";
import { RowReader, unreadRows } from "./read-row.ts";
import type { FacilityEntry, Parsed, RowError } from "./report.ts";
import { vintageOf } from "./vintage.ts";

const CODE = /^[\w.-]{1,40}$/;
/** Within which Indonesia lies, degrees. */
const BOUNDS = { lintang: [-11.5, 6.5], bujur: [94.5, 141.5] } as const;

/**
 * Reads a register of facilities of one kind, by the codes under which they report: code, `nama`, `kode_wilayah`, and where it is known the
 * position (`lintang`, `bujur`, degrees).
 * @param of.code the column of the codes
 * @param of.area where a row has the facility; undefined when the reader has noted why that is no place of one
 */
export function readRegister(
	bytes: Uint8Array,
	context: ConnectorContext,
	of: {
		kind: FacilityKind;
		code: string;
		area(reader: RowReader): AreaCode | undefined;
	},
): Parsed {
	const form: ColumnSet = {
		required: [of.code, "nama", "kode_wilayah"],
		optional: Object.keys(BOUNDS),
	};
	const table = readTable(bytes, [form]);
	const vintage = vintageOf(context);
	if ("error" in vintage)
		return { ...unreadRows(table, vintage.error), asOf: null };
	const asOf = vintage.day ?? context.received;
	// The code of a facility of another kind would make that one of this.
	const others = new Map(
		context.facilities?.flatMap(({ code, kind }) =>
			kind === of.kind ? [] : [[code, kind]],
		),
	);
	const facilities: FacilityEntry[] = [];
	const errors: RowError[] = [...table.errors];
	for (const row of table.rows) {
		const reader = new RowReader(row, context);
		const area = of.area(reader);
		const code = reader.cell(of.code).trim();
		const name = reader.cell("nama").trim();
		const other = others.get(code);
		if (!CODE.test(code) || other !== undefined)
			reader.fail(
				of.code,
				"unknown-facility",
				other === undefined
					? "a code of letters, digits, points and hyphens, at most 40"
					: `the code of a ${of.kind}: it is that of a ${other}`,
			);
		if (name === "" || name.length > LONGEST_NAME)
			reader.fail(
				"nama",
				"unknown-facility",
				`a name of at most ${LONGEST_NAME} characters`,
			);
		const position = positionOf(reader);
		if (reader.errors.length > 0 || !area) errors.push(...reader.errors);
		else
			facilities.push({
				...{ code, name, area, asOf, line: row.line },
				...{ kind: of.kind, ...(position && { position }) },
			});
	}
	return {
		...{ reports: [], facilityReports: [], facilities, errors },
		...{ lines: table.lines, unread: table.unread, asOf },
		skipped: { ...table.skipped },
	};
}

function positionOf(reader: RowReader): FacilityEntry["position"] {
	const at = (column: keyof typeof BOUNDS) => {
		const reading = readNumber(reader.cell(column), "point");
		const [least, most] = BOUNDS[column];
		return reading.ok && reading.value >= least && reading.value <= most
			? reading.value
			: reader.fail(
					column,
					"not-a-number",
					`degrees from ${least} to ${most}, both of a position or none`,
				);
	};
	if (reader.cell("lintang").trim() + reader.cell("bujur").trim() === "")
		return undefined;
	const [lat, lng] = [at("lintang"), at("bujur")];
	return lat === undefined || lng === undefined ? undefined : { lat, lng };
}
