import { levelOf } from "../../core/areas/codes.ts";
import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import type { Connector } from "../reports/connector.ts";
import { LONGEST_NAME } from "../reports/facility-names.ts";
import { RowReader, unreadRows } from "../reports/read-row.ts";
import type { FacilityEntry, Parsed, RowError } from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

const REGISTER: ColumnSet = {
	required: ["kode_lab", "nama", "kode_wilayah"],
	optional: [],
};
const CODE = /^[\w.-]{1,40}$/;

/** The register of laboratories, by the codes under which they report: what `rs-online` is for hospitals. */
export const laboratories: Connector = {
	key: "laboratories",
	describes:
		"the register of laboratories: kode_lab, nama, kode_wilayah (dotted Kemendagri code of the kabupaten/kota); before their reports and bundles",
	source: {
		key: "laboratories",
		idName: "Daftar laboratorium",
		enName: "Register of laboratories",
		idOrder: "Hanya nama dan tempat laboratorium",
		enOrder: "Only names and places of laboratories",
		rank: 22,
		cadence: "irregular",
	},

	parse(bytes, context): Parsed {
		const table = readTable(bytes, [REGISTER]);
		const vintage = vintageOf(context);
		if ("error" in vintage)
			return { ...unreadRows(table, vintage.error), asOf: null };
		const asOf = vintage.day ?? context.received;
		// The code of a hospital or a warehouse would make that one a laboratory.
		const others = new Map(
			context.facilities?.flatMap(({ code, kind }) =>
				kind === "laboratory" ? [] : [[code, kind]],
			),
		);
		const facilities: FacilityEntry[] = [];
		const errors: RowError[] = [...table.errors];
		for (const row of table.rows) {
			const reader = new RowReader(row, context);
			const area = reader.kemendagri("kode_wilayah");
			if (area !== undefined && levelOf(area) !== "regency")
				reader.fail(
					"kode_wilayah",
					"unknown-area",
					"the code of a kabupaten/kota: whatever else it lies in, its counts are those of one",
				);
			const code = reader.cell("kode_lab").trim();
			const name = reader.cell("nama").trim();
			const other = others.get(code);
			if (!CODE.test(code) || other !== undefined)
				reader.fail(
					"kode_lab",
					"unknown-facility",
					other === undefined
						? "a code of letters, digits, points and hyphens, at most 40"
						: `the code of a laboratory: it is that of a ${other}`,
				);
			if (name === "" || name.length > LONGEST_NAME)
				reader.fail(
					"nama",
					"unknown-facility",
					`a name of at most ${LONGEST_NAME} characters`,
				);
			if (reader.errors.length > 0 || !area) errors.push(...reader.errors);
			else
				facilities.push({
					...{ code, name, area, asOf, line: row.line },
					kind: "laboratory",
				});
		}
		return {
			...{ reports: [], facilityReports: [], facilities, errors },
			...{ lines: table.lines, unread: table.unread, asOf },
			skipped: { ...table.skipped },
		};
	},
};
