import type { Connector } from "../reports/connector.ts";
import { readOfficeTable } from "./office-table.ts";

export const kecamatanCsv: Connector = {
	key: "kecamatan-csv",
	describes:
		"A plain table of a health office by kecamatan: kode (Kemendagri, 35.78.09 or 357809) or kode_bps (seven digits), tanggal, nama, nama_kabkota and nama_provinsi if wanted (they must mean the same place), and the counts of kabkota-csv",
	source: {
		key: "dinkes-kecamatan",
		idName: "Dinas kesehatan per kecamatan (berkas umum)",
		enName: "Health offices by kecamatan (plain files)",
		idOrder: "Satu-satunya sumber kasus per kecamatan; tidak dijumlahkan",
		enOrder: "The only source of cases by kecamatan; added into nothing",
		rank: 16,
		cadence: "irregular",
	},
	/** Known as of, as for kabkota-csv. */
	parse: readOfficeTable("district"),
};
