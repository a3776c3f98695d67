import { liesIn } from "../../core/access/scope.ts";
import type { KemendagriCode } from "../../core/areas/codes.ts";
import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import type { Connector } from "../reports/connector.ts";
import { type RowReader, readRows, unreadRows } from "../reports/read-row.ts";
import type { Parsed } from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

const JAWA_TIMUR = "35" as KemendagriCode;

/** A dump of the table behind the portal of Jawa Timur: one row for each kabupaten/kota and day. */
const COLUMNS: ColumnSet = {
	required: [
		"kode",
		"created_at",
		"updated_at",
		"otg",
		"odp",
		"pdp",
		"confirm",
		"sembuh",
		"meninggal",
	],
	optional: [
		"id",
		"kabko",
		...["", "1", "2", "3"].flatMap((n) => [`lat${n}`, `lon${n}`]),
		"id_kabko",
		"deleted_at",
		"odr",
		"odp_pantau",
		"odp_belumdipantau",
		"odp_isolasidirumah",
		"odp_isolasidigedung",
		"odp_isolasidirs",
		"odp_selesai",
		"odp_meninggal",
		"pdp_belumdiawasi",
		"pdp_dirawat",
		"pdp_sehat",
		"pdp_meninggal",
		"pdp_isolasidirumah",
		"pdp_isolasidigedung",
		"pdp_isolasidirs",
		"confirm_dirawat",
		"confirm_isolasidirumah",
		"confirm_isolasidigedung",
		"confirm_isolasidirs",
		"id_user",
	],
};

export const jatimKabkota: Connector = {
	key: "jatim-kabkota",
	describes:
		"Jawa Timur, per kabupaten/kota and day: dump of the provincial portal (kode, created_at, confirm, sembuh, …)",
	source: {
		key: "jatim",
		idName: "Pemerintah Provinsi Jawa Timur",
		enName: "Government of Jawa Timur",
		idOrder:
			"Sumber provinsi: didahulukan untuk provinsi ini dan kabupaten/kotanya",
		enOrder:
			"Provincial source: asked first for this province and its kabupaten/kota",
		rank: 10,
		cadence: "daily",
	},

	/** The day is that of `created_at`; the row was known from the day it was last written (`updated_at`). */
	parse(bytes, context): Parsed {
		const table = readTable(bytes, [COLUMNS]);
		const vintage = vintageOf(context);
		if ("error" in vintage)
			return { ...unreadRows(table, vintage.error), asOf: null };
		const read = readRows(table, context, (reader) => {
			if (isDeleted(reader)) return "deleted";
			const area = reader.kemendagri("kode", "kabko");
			// It is asked first of its own province: of another it would outrank whoever knows.
			if (area && !liesIn(area, JAWA_TIMUR))
				reader.fail("kode", "unknown-area", "35 or a code below it");
			const day = reader.day("created_at", vintage.day);
			const asOf = reader.day("updated_at", vintage.day);
			if (day !== undefined && asOf !== undefined && asOf < day)
				reader.fail("updated_at", "impossible-day", "no day before created_at");
			const values = reader.counts(COUNTS, area);
			return area && day !== undefined && asOf !== undefined
				? { area, day, asOf, values }
				: undefined;
		});
		const latest = read.reports.reduce(
			(last, { asOf }) => Math.max(last, asOf),
			0,
		);
		return { ...read, asOf: latest || null };
	},
};

const COUNTS = {
	confirmed: "confirm",
	recovered: "sembuh",
	deaths: "meninggal",
	odp: "odp",
	pdp: "pdp",
	otg: "otg",
} as const;

/** A row that the portal deleted says nothing any more; what else than a day stands there is an error of the row. */
function isDeleted(reader: RowReader): boolean {
	return (
		reader.cell("deleted_at") !== "" && reader.day("deleted_at") !== undefined
	);
}
