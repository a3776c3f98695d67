import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import type { CaseReport, Parsed, RowError } from "../intake/report.ts";
import type { Connector } from "./connector.ts";
import { RowReader } from "./read-row.ts";

/** What a column may be called, by indicator. */
const NAMES: Partial<Record<IndicatorKey, readonly string[]>> = {
	confirmed: ["konfirmasi", "confirmed"],
	recovered: ["sembuh", "recovered"],
	deaths: ["meninggal", "deaths"],
	odp: ["odp"],
	pdp: ["pdp"],
	otg: ["otg"],
	tests: ["diperiksa", "tests"],
};

const KEMENDAGRI: ColumnSet = {
	required: ["kode", "tanggal"],
	optional: ["nama", ...Object.values(NAMES).flat()],
};
const BPS: ColumnSet = {
	required: ["kode_bps", "tanggal"],
	optional: KEMENDAGRI.optional,
};

export const kabkotaCsv: Connector = {
	key: "kabkota-csv",
	describes:
		"A plain table of a health office: kode (Kemendagri, dotted) or kode_bps, tanggal, and any of konfirmasi, sembuh, meninggal, odp, pdp, otg, diperiksa",
	source: {
		key: "dinkes",
		idName: "Dinas kesehatan (berkas umum)",
		enName: "Health offices (plain files)",
		idOrder: "Sesudah sumber provinsi, sebelum portal nasional",
		enOrder: "After provincial sources, before the national portal",
		rank: 15,
		cadence: "daily",
	},

	/** Known as of the day given with `--as-of`, else of the day of receipt. */
	parse(bytes, context): Parsed {
		const table = readTable(bytes, [KEMENDAGRI, BPS]);
		const asOf = context.asOf ?? context.received;
		const errors: RowError[] = [...table.errors];
		const reports: CaseReport[] = [];
		const result = {
			reports,
			facilityReports: [],
			errors,
			asOf,
			rows: table.seen,
		};
		if (table.set === BPS && !context.bridge) {
			errors.push({
				line: null,
				column: "kode_bps",
				reason: "no-bridge",
				found: `${table.rows.length} rows with BPS codes`,
				expected:
					"the bridge between BPS and Kemendagri codes (hub import codes FILE)",
			});
			return result;
		}
		const counts = Object.fromEntries(
			Object.entries(NAMES).flatMap(([key, names]) => {
				const column = names.find((name) => table.columns.includes(name));
				return column ? [[key, column]] : [];
			}),
		);
		for (const row of table.rows) {
			const reader = new RowReader(row, context);
			const area =
				table.set === BPS ? reader.bps("kode_bps") : reader.kemendagri("kode");
			const day = reader.day("tanggal", asOf);
			const values = reader.counts(counts);
			if (reader.errors.length > 0) errors.push(...reader.errors);
			else if (area && day !== undefined)
				reports.push({
					area,
					day,
					asOf,
					line: row.line,
					values,
					raw: row.cells,
				});
		}
		return result;
	},
};
