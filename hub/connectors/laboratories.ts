import { levelOf } from "../../core/areas/codes.ts";
import type { Connector } from "../reports/connector.ts";
import { readRegister } from "../reports/facility-register.ts";

/** The register of laboratories, by the codes under which they report: what `rs-online` is for hospitals. */
export const laboratories: Connector = {
	key: "laboratories",
	describes:
		"the register of laboratories: kode_lab, nama, kode_wilayah (dotted Kemendagri code of the kabupaten/kota), and where known lintang, bujur; before their reports and bundles",
	source: {
		key: "laboratories",
		idName: "Daftar laboratorium",
		enName: "Register of laboratories",
		idOrder: "Hanya nama dan tempat laboratorium",
		enOrder: "Only names and places of laboratories",
		rank: 22,
		cadence: "irregular",
	},

	parse: (bytes, context) =>
		readRegister(bytes, context, {
			kind: "laboratory",
			code: "kode_lab",
			area(reader) {
				const area = reader.kemendagri("kode_wilayah");
				return area === undefined || levelOf(area) === "regency"
					? area
					: reader.fail(
							"kode_wilayah",
							"unknown-area",
							"the code of a kabupaten/kota: whatever else it lies in, its counts are those of one",
						);
			},
		}),
};
