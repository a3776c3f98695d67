import type { Connector } from "../reports/connector.ts";
import { readOfficeTable } from "./office-table.ts";

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
	parse: readOfficeTable("regency"),
};
