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
const OTHER_NAMES: NonNullable<ColumnSet["otherNames"]> = {
	tanggal: ["tgl", "date"],
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

/** The columns that hold the code and the name of an area, by level. */
const PLACES = {
	regency: {
		nama: ["kabko", "kabkota", "kabupaten_kota", "nama_kabkota", "wilayah"],
		kode: ["kode_kemendagri"],
		kode_bps: [],
	},
	district: {
		nama: ["kecamatan", "nama_kecamatan"],
		kode: ["kode_kecamatan", "kode_kemendagri"],
		kode_bps: ["kode_bps_kecamatan"],
	},
} as const;

/** Columns that may stand beside those of a kecamatan, and must then mean the area in which it lies. */
const ABOVE = {
	regency: "nama_kabkota",
	province: "nama_provinsi",
} as const;
const ABOVE_OTHER_NAMES = {
	nama_kabkota: [
		"kabko",
		"kabkota",
		"kabupaten_kota",
		"nama_kabupatenkota",
		"nama_kabupaten_kota",
	],
	nama_provinsi: ["provinsi"],
};

/** Reads a plain table of a health office, one row for each area of a level and day. */
export function readOfficeTable(
	level: keyof typeof PLACES,
): Connector["parse"] {
	const { nama, kode, kode_bps } = PLACES[level];
	const isDistrict = level === "district";
	const names = {
		...OTHER_NAMES,
		...(isDistrict ? ABOVE_OTHER_NAMES : {}),
		nama,
	};
	const KEMENDAGRI: ColumnSet = {
		required: ["kode", "tanggal"],
		optional: [
			"nama",
			...(isDistrict ? Object.values(ABOVE) : []),
			...Object.values(COUNTS),
		],
		oneOf: Object.values(COUNTS),
		otherNames: { ...names, kode },
	};
	const BPS: ColumnSet = {
		...KEMENDAGRI,
		required: ["kode_bps", "tanggal"],
		otherNames: { ...names, kode_bps },
	};
	return (bytes, context): Parsed => {
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
					? reader.bps("kode_bps", "nama", level)
					: isDistrict
						? reader.kecamatan("kode", "nama")
						: reader.kemendagri("kode", "nama");
			if (isDistrict && area)
				for (const above of ["regency", "province"] as const)
					reader.liesIn(area, above, ABOVE[above]);
			const day = reader.day("tanggal", asOf);
			const values = reader.counts(COUNTS, area);
			return area && day !== undefined
				? { area, day, asOf, values }
				: undefined;
		});
		return { ...read, asOf };
	};
}
