import type { Connector } from "../reports/connector.ts";
import { blcKecamatan } from "./blc-kecamatan.ts";
import { covid19goidJson } from "./covid19goid-json.ts";
import { covid19goidProvinsi } from "./covid19goid-provinsi.ts";
import { dailyReport } from "./daily-report.ts";
import { dhis2 } from "./dhis2.ts";
import { facilityNames } from "./facility-names.ts";
import { fhirLab } from "./fhir-lab.ts";
import { jakartaKelurahan } from "./jakarta-kelurahan.ts";
import { jatimKabkota } from "./jatim-kabkota.ts";
import { kabkotaCsv } from "./kabkota-csv.ts";
import { kecamatanCsv } from "./kecamatan-csv.ts";
import { laboratories } from "./laboratories.ts";
import { rsOnline } from "./rs-online.ts";
import { rsRujukan } from "./rs-rujukan.ts";
import { siranap } from "./siranap.ts";
import { stockSheet } from "./stock-sheet.ts";
import { warehouses } from "./warehouses.ts";
import { zonasi } from "./zonasi.ts";

export const CONNECTORS: readonly Connector[] = [
	jatimKabkota,
	covid19goidProvinsi,
	covid19goidJson,
	kabkotaCsv,
	kecamatanCsv,
	blcKecamatan,
	zonasi,
	jakartaKelurahan,
	rsOnline,
	rsRujukan,
	siranap,
	facilityNames,
	dailyReport,
	stockSheet,
	laboratories,
	warehouses,
	dhis2,
	fhirLab,
];
