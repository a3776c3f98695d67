import { NATION } from "../../core/areas/codes.ts";
import type { Connector } from "../reports/connector.ts";
import { readRegister } from "../reports/facility-register.ts";

/** The register of warehouses, by the codes under which they report: those of the nation give to those of provinces, these to who lies in them. */
export const warehouses: Connector = {
	key: "warehouses",
	describes:
		"the register of warehouses: kode_gudang, nama, kode_wilayah (ID for one of the nation, else the dotted Kemendagri code of its province or kabupaten/kota), and where known lintang, bujur; before their reports",
	source: {
		key: "warehouses",
		idName: "Daftar gudang",
		enName: "Register of warehouses",
		idOrder: "Hanya nama dan tempat gudang",
		enOrder: "Only names and places of warehouses",
		rank: 22,
		cadence: "irregular",
	},

	parse: (bytes, context) =>
		readRegister(bytes, context, {
			kind: "warehouse",
			code: "kode_gudang",
			area: (reader) =>
				reader.cell("kode_wilayah").trim() === NATION
					? NATION
					: reader.kemendagri("kode_wilayah"),
		}),
};
