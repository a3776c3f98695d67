import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import type { Connector } from "../reports/connector.ts";
import { LONGEST_NAME } from "../reports/facility-names.ts";
import { RowReader, unreadRows } from "../reports/read-row.ts";
import type { FacilityEntry, Parsed, RowError } from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

const BY_KEMENDAGRI: ColumnSet = {
	required: ["nama", "kode", "kode_rs"],
	optional: ["nama_rs"],
};
const BY_BPS: ColumnSet = {
	required: ["nama", "kode_bps", "kode_rs"],
	optional: ["nama_rs"],
};

/** What a person decided of names that were doubtful: which registered hospital a source means by a name in a kabupaten/kota. */
export const facilityNames: Connector = {
	key: "facility-names",
	describes:
		"a person's decision which registered hospital a name stands for (nama, kode or kode_bps of the kabupaten/kota as the source has it, kode_rs); the files in which it was doubtful are then given again",
	source: {
		key: "facility-names",
		idName: "Nama rumah sakit yang diputuskan",
		enName: "Names of hospitals decided by a person",
		idOrder: "Hanya nama lain rumah sakit yang terdaftar",
		enOrder: "Only other names of registered hospitals",
		rank: 22,
		cadence: "irregular",
	},

	parse(bytes, context): Parsed {
		const table = readTable(bytes, [BY_KEMENDAGRI, BY_BPS]);
		const vintage = vintageOf(context);
		if ("error" in vintage)
			return { ...unreadRows(table, vintage.error), asOf: null };
		const asOf = vintage.day ?? context.received;
		if (table.set === BY_BPS && !context.bridge)
			return {
				...unreadRows(table, {
					line: null,
					column: "kode_bps",
					reason: "no-bridge",
					found: `${table.rows.length} rows with BPS codes`,
					expected:
						"the bridge between BPS and Kemendagri codes (hub import codes FILE)",
				}),
				asOf,
			};
		// A laboratory or a warehouse is looked for by no name: the decision would be kept and do nothing.
		const hospitals = new Set(
			context.facilities?.flatMap(({ code, kind }) =>
				kind === "hospital" ? [code] : [],
			),
		);
		const facilities: FacilityEntry[] = [];
		const errors: RowError[] = [...table.errors];
		for (const row of table.rows) {
			const reader = new RowReader(row, context);
			const area =
				table.set === BY_BPS
					? reader.bps("kode_bps")
					: reader.kemendagri("kode");
			const code = reader.cell("kode_rs").trim();
			const name = reader.cell("nama").trim();
			if (name === "" || name.length > LONGEST_NAME)
				reader.fail(
					"nama",
					"unknown-facility",
					`the name as the source has it, at most ${LONGEST_NAME} characters`,
				);
			if (!hospitals.has(code))
				reader.fail(
					"kode_rs",
					"unknown-facility",
					"the code of a registered hospital",
				);
			if (reader.errors.length > 0 || !area) errors.push(...reader.errors);
			else
				facilities.push({
					code,
					asOf,
					line: row.line,
					otherName: { name, area },
				});
		}
		return {
			reports: [],
			facilityReports: [],
			facilities,
			errors,
			lines: table.lines,
			skipped: { ...table.skipped },
			unread: table.unread,
			asOf,
		};
	},
};
