import { expect, it } from "vitest";
import { REPORT_COLUMNS } from "../../../core/facilities/report.ts";
import { REPORT_FORM } from "../../../core/facilities/report-sheet.ts";
import { day } from "../../../core/series/day.ts";
import { dailyReport } from "../../../hub/connectors/daily-report.ts";
import type { ConnectorContext } from "../../../hub/reports/connector.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

const CONTEXT: ConnectorContext = {
	tree: loadAreaTree(),
	bridge: null,
	people: () => null,
	facilities: [
		{
			code: "3573001",
			kind: "hospital",
			name: "RSUD Dr. Saiful Anwar",
			area: "35.73",
		},
		{ code: "LAB-1", kind: "laboratory", name: "BBLK", area: "35.78" },
	] as unknown as ConnectorContext["facilities"],
	path: "/in/laporan_2020-12-26.csv",
	asOf: null,
	received: day("2020-12-27"),
};
const parse = (...lines: string[]) =>
	dailyReport.parse(new TextEncoder().encode(`${lines.join("\n")}\n`), CONTEXT);

it("takes staff present and needed from the form of the daily report, and an empty cell as not reported", () => {
	const { facilityReports, errors, asOf } = parse(
		"kode_faskes;faskes;kode_wilayah;tanggal;dokter;dokter_dibutuhkan;perawat;perawat_dibutuhkan;petugas_lab;stok_masker",
		"3573001;;;2020-12-26;12;15;40;;;-3",
		";RSUD Dr Saiful Anwar;35.73;2020-12-25;0;;;;;",
		"LAB-1;;;2020-12-26;;;;;7;",
		"3573001;;;2020-12-24;;;;;;",
	);
	expect(errors).toEqual([]);
	expect(asOf).toBe(day("2020-12-26"));
	expect(
		facilityReports.map(({ facility, values }) => [facility, values]),
	).toEqual([
		// A stock below nothing waits for a person; nurses needed are not told, which is not 0.
		[
			"3573001",
			{ doctors: 12, doctors_needed: 15, nurses: 40, stock_mask: -3 },
		],
		["3573001", { doctors: 0 }],
		["LAB-1", { laboratory_staff: 7 }],
	]);
});

it("refuses by row and column what is no count, of no such facility, of a later day, or of another kind of facility", () => {
	const { facilityReports, errors } = parse(
		"kode_faskes;tanggal;doctors;perawat;petugas_lab",
		"3573001;2020-12-26;banyak;-4;",
		"9999999;2020-12-26;1;;",
		"3573001;2020-12-27;1;;",
		"3573001;2020-12-26;;;3",
	);
	expect(facilityReports).toEqual([]);
	expect(
		errors.map(({ line, column, reason }) => [line, column, reason]),
	).toEqual([
		[2, "dokter", "not-a-number"],
		[2, "perawat", "negative"],
		[3, "kode_faskes", "unknown-facility"],
		[4, "tanggal", "impossible-day"],
		[5, "petugas_lab", "columns"],
	]);
});

it("takes what the capacity of a laboratory is made of, and refuses specimens that were written for runs of a machine", () => {
	const { facilityReports, errors } = parse(
		"kode_faskes;tanggal;kapasitas;ekstraksi;mesin_pcr;putaran_pcr;petugas_lab;spesimen_per_petugas",
		"LAB-1;2020-12-25;300;400;2;3;8;40",
		"LAB-1;2020-12-26;300;400;2;94;8;40",
		"3573001;2020-12-26;;400;;;;",
	);
	expect(facilityReports.map(({ values }) => values)).toEqual([
		{
			...{ capacity: 300, extraction: 400, pcr_machines: 2, pcr_runs: 3 },
			...{ laboratory_staff: 8, specimens_per_worker: 40 },
		},
	]);
	expect(
		errors.map(({ line, column, found, expected }) => [
			...[line, column, found, expected],
		]),
	).toEqual([
		[3, "putaran_pcr", "94", "at most 24"],
		[4, "ekstraksi", "400", "nothing: this is a hospital"],
	]);
});

it("has a name of its own for every column that a facility may state", () => {
	const names = REPORT_COLUMNS.map((column) => REPORT_FORM[column].name);
	expect(new Set(names).size).toBe(REPORT_COLUMNS.length);
});
