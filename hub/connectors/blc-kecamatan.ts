import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import type { Connector } from "../reports/connector.ts";
import { readRows, unreadRows } from "../reports/read-row.ts";
import type { Parsed } from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

/**
 * The portal's table of places at risk, in both forms that were re-published (aiosk/covidn, dist/rawan.csv): of one, columns were renamed, put
 * in another order and added. The level of risk (0, 1, 2) is defined nowhere: it is kept with the row, and is no indicator. `jumlah_penduduk`
 * is 0 of some kecamatan and divides nothing here.
 */
const COLUMNS: ColumnSet = {
	required: ["kode_kecamatan", "total"],
	optional: [
		"nama_kecamatan",
		"kode_kabupatenkota",
		"nama_kabupatenkota",
		"kode_provinsi",
		"nama_provinsi",
		"jumlah_penduduk",
		"level_kerawanan",
		"density",
	],
	otherNames: { level_kerawanan: ["levelKerawanan"] },
};

export const blcKecamatan: Connector = {
	key: "blc-kecamatan",
	undated: true,
	describes:
		"BLC's table of places at risk, per kecamatan (kode_kecamatan, total, level_kerawanan, …); the day stands in the file's name or in --as-of. `total` is no count of confirmed cases and becomes the indicator blc-count",
	source: {
		key: "blc",
		idName: "Portal BLC (tabel kerawanan)",
		enName: "BLC portal (table of places at risk)",
		idOrder: "Hanya hitungan BLC per kecamatan, yang tidak terdefinisi",
		enOrder: "Only the undefined BLC count of kecamatan",
		rank: 18,
		cadence: "irregular",
	},

	parse(bytes, context): Parsed {
		const table = readTable(bytes, [COLUMNS]);
		const vintage = vintageOf(context);
		if ("error" in vintage)
			return { ...unreadRows(table, vintage.error), asOf: null };
		const { day } = vintage;
		if (day === null)
			return {
				...unreadRows(
					table,
					vintage.unread ?? {
						line: null,
						column: null,
						reason: "not-a-day",
						found: "a table without a day, in a file and folder without one",
						expected:
							"the day of the table in the file's or folder's name (rawan_2020-06-08.csv), or --as-of",
					},
				),
				asOf: null,
			};
		const read = readRows(table, context, (reader) => {
			const area = reader.kecamatan("kode_kecamatan", "nama_kecamatan");
			if (area) {
				reader.liesIn(area, "regency", "nama_kabupatenkota");
				reader.liesIn(area, "province", "nama_provinsi");
			}
			const values = reader.counts({ "blc-count": "total" }, area);
			return area ? { area, day, asOf: day, values } : undefined;
		});
		return { ...read, asOf: day };
	},
};
