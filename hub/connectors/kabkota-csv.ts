import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import type { Connector } from "../reports/connector.ts";
import { readRows, unreadRows } from "../reports/read-row.ts";
import type { Parsed } from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

const COUNTS = {
	confirmed: "konfirmasi",
	recovered: "sembuh",
	deaths: "meninggal",
	odp: "odp",
	pdp: "pdp",
	otg: "otg",
	suspek: "suspek",
	probable: "probable",
	"kontak-erat": "kontak_erat",
	tests: "diperiksa",
} as const satisfies Partial<Record<IndicatorKey, string>>;

/** What health offices call the columns. `tests` and `spesimen` are not among them: a specimen is no person. */
const OTHER_NAMES: ColumnSet["otherNames"] = {
	tanggal: ["tgl", "date"],
	nama: ["kabko", "kabkota", "kabupaten_kota", "nama_kabkota", "wilayah"],
	konfirmasi: [
		"terkonfirmasi",
		"konfirm",
		"confirmed",
		"confirm",
		"positif",
		"positive",
	],
	sembuh: ["recovered", "pulih"],
	meninggal: ["deaths", "death", "wafat"],
	suspek: ["suspect", "suspected"],
	probable: ["probabel"],
	kontak_erat: ["close_contacts"],
	diperiksa: ["orang_diperiksa", "people_tested", "persons_tested"],
};

const KEMENDAGRI: ColumnSet = {
	required: ["kode", "tanggal"],
	optional: ["nama", ...Object.values(COUNTS)],
	oneOf: Object.values(COUNTS),
	otherNames: { ...OTHER_NAMES, kode: ["kode_kemendagri"] },
};
const BPS: ColumnSet = {
	...KEMENDAGRI,
	required: ["kode_bps", "tanggal"],
	otherNames: OTHER_NAMES,
};

export const kabkotaCsv: Connector = {
	key: "kabkota-csv",
	describes:
		"A plain table of a health office: kode (Kemendagri, dotted) or kode_bps, tanggal, nama if wanted (it must mean the same area), and any of konfirmasi, sembuh, meninggal, odp, pdp, otg, suspek, probable, kontak_erat, diperiksa",
	source: {
		key: "dinkes",
		idName: "Dinas kesehatan (berkas umum)",
		enName: "Health offices (plain files)",
		idOrder: "Sesudah sumber provinsi, sebelum portal nasional",
		enOrder: "After provincial sources, before the national portal",
		rank: 15,
		cadence: "daily",
	},

	/** Known as of the day in the name of the file or folder, else the one given with `--as-of`, else the day of receipt. */
	parse(bytes, context): Parsed {
		const table = readTable(bytes, [KEMENDAGRI, BPS]);
		const vintage = vintageOf(context);
		if ("error" in vintage)
			return { ...unreadRows(table, vintage.error), asOf: null };
		// An old file must not count as known from today on only because its name is written otherwise.
		if (vintage.day === null && vintage.unread)
			return { ...unreadRows(table, vintage.unread), asOf: null };
		const asOf = vintage.day ?? context.received;
		if (table.set === BPS && !context.bridge)
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
		const read = readRows(table, context, (reader) => {
			const area =
				table.set === BPS
					? reader.bps("kode_bps", "nama")
					: reader.kemendagri("kode", "nama");
			const day = reader.day("tanggal", asOf);
			const values = reader.counts(COUNTS, area);
			return area && day !== undefined
				? { area, day, asOf, values }
				: undefined;
		});
		return { ...read, asOf };
	},
};
