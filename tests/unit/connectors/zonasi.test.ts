import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { day, isoFromDay } from "../../../core/series/day.ts";
import { zonasi } from "../../../hub/connectors/zonasi.ts";
import type { ConnectorContext } from "../../../hub/reports/connector.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import {
	LABELS_2022,
	ZONED_AREAS,
	ZONES_HEADER,
	zoneRow,
	zonesFile,
} from "../../fixtures/zone-tables.ts";

const tree = loadAreaTree();
const REAL = path.resolve(
	import.meta.dirname,
	"../../../../shared/data/04-zonasi-kabkota/zonasi.csv",
);

function read(
	text: string | Uint8Array,
	context: Partial<ConnectorContext> = {},
) {
	return zonasi.parse(
		typeof text === "string" ? new TextEncoder().encode(text) : text,
		{
			tree,
			bridge: null,
			people: () => null,
			path: "/in/zonasi.csv",
			asOf: null,
			received: day("2022-08-15"),
			...context,
		},
	);
}

const files = [
	{ name: "restated", areas: ZONED_AREAS.length, bytes: () => zonesFile() },
	...(existsSync(REAL)
		? [{ name: "as published", areas: 514, bytes: () => readFileSync(REAL) }]
		: []),
];

describe.each(files)("the table of weekly zones, $name", ({ areas, bytes }) => {
	const parsed = read(bytes());

	it("is read whole but for two labels, which are named with the place in which they stand", () => {
		expect(parsed.lines).toBe(areas * 32 + 1);
		expect(parsed.reports).toHaveLength(areas * 30);
		expect(parsed.errors).toHaveLength(areas * 2);
		expect(new Set(parsed.errors.map(({ reason }) => reason))).toEqual(
			new Set(["out-of-order"]),
		);
		expect(parsed.remarks).toEqual([
			{
				label: "09 Desember 2021",
				rows: areas,
				after: day("2022-01-02"),
				before: day("2022-01-16"),
				possible: [day("2022-01-09")],
			},
			{
				// Two weeks are missing there, and the file does not tell which of them it is.
				label: "13 Februari 2021",
				rows: areas,
				after: day("2022-03-06"),
				before: day("2022-03-27"),
				possible: [day("2022-03-13"), day("2022-03-20")],
			},
		]);
	});

	it("says nothing of the day that a wrong label names, and leaves the real 13 February as it is", () => {
		const days = new Set(parsed.reports.map((one) => isoFromDay(one.day)));
		expect(days.size).toBe(30);
		expect(days.has("2021-12-09")).toBe(false);
		expect(days.has("2021-02-13")).toBe(false);
		expect(
			parsed.reports.filter((one) => one.day === day("2022-02-13")),
		).toHaveLength(areas);
	});

	it("is taken in whole where a person says what the labels stand for", () => {
		const { reports, errors, remarks } = read(bytes(), {
			labels: new Map([
				["09 Desember 2021", day("2022-01-09")],
				["13 Februari 2021", day("2022-03-20")],
			]),
		});
		expect([errors, remarks]).toEqual([[], []]);
		expect(reports).toHaveLength(areas * 32);
		expect(reports.filter((one) => one.day === day("2022-01-09"))).toHaveLength(
			areas,
		);
	});
});

describe("a file of weekly zones", () => {
	it("holds a label back also where a person says a day that does not stand in order, or a label that is not there", () => {
		const { errors } = read(zonesFile(), {
			labels: new Map([["09 Desember 2021", day("2022-05-22")]]),
		});
		expect(
			errors.filter(({ found }) => found === "09 Desember 2021"),
		).toHaveLength(4);
		const none = read(zonesFile(), {
			labels: new Map([["9 Desember 2021", day("2022-01-09")]]),
		});
		expect(none.reports).toEqual([]);
		expect(none.errors).toMatchObject([{ line: null, reason: "not-a-day" }]);
	});

	it("is held to the same order where it goes week by week, and where it begins with the newest", () => {
		const byWeek = (weeks: number[]) =>
			[
				ZONES_HEADER,
				...weeks.flatMap((week) =>
					[0, 1, 2, 3].map((area) => zoneRow(area, week)),
				),
			].join("\n");
		const weeks = [...LABELS_2022.keys()];
		for (const order of [weeks, weeks.toReversed()]) {
			const { reports, errors } = read(byWeek(order));
			expect(reports).toHaveLength(4 * 30);
			expect(new Set(errors.map(({ found }) => found))).toEqual(
				new Set(["09 Desember 2021", "13 Februari 2021"]),
			);
		}
	});

	it("takes no zone from an area with too few weeks to have an order under a label that is wrong of the others", () => {
		const { errors } = read(
			[
				zonesFile().trimEnd(),
				"09 Desember 2021,BANTEN,36,LEBAK,3602,RESIKO RENDAH",
				"16 Januari 2022,BANTEN,36,LEBAK,3602,RESIKO RENDAH",
			].join("\n"),
		);
		expect(errors).toContainEqual(
			expect.objectContaining({ line: 130, reason: "out-of-order" }),
		);
	});

	it("takes one week alone, in either spelling of risk, with the number of each zone", () => {
		const { reports, errors } = read(
			[
				ZONES_HEADER,
				"20 November 2022,JAWA BARAT,32,BOGOR,3201,Risiko Tinggi",
				"20 November 2022,JAWA BARAT,32,KOTA BOGOR,3271,TIDAK TERDAMPAK",
			].join("\n"),
			{ received: day("2022-12-01") },
		);
		expect(errors).toEqual([]);
		expect(
			reports.map(({ area, day: of, asOf, values }) => [
				area,
				isoFromDay(of),
				isoFromDay(asOf),
				values,
			]),
		).toEqual([
			["32.01", "2022-11-20", "2022-12-01", { zone: 5 }],
			["32.71", "2022-11-20", "2022-12-01", { zone: 1 }],
		]);
	});

	it("refuses a word that is no zone, a code of the other scheme, a day after receipt and a month of another language, each by its line", () => {
		const { reports, errors } = read(
			[
				ZONES_HEADER,
				"31 Juli 2022,JAWA BARAT,32,BOGOR,3201,ZONA MERAH",
				// BPS has Aceh Barat as 1107, Kemendagri Pidie.
				"31 Juli 2022,ACEH,11,ACEH BARAT,1107,RESIKO RENDAH",
				"21 Agustus 2022,JAWA BARAT,32,BOGOR,3201,RESIKO RENDAH",
				"31 July 2022,JAWA BARAT,32,BOGOR,3201,RESIKO RENDAH",
				"31 Februari 2022,JAWA BARAT,32,BOGOR,3201,RESIKO RENDAH",
				"31 Juli 2022,JAWA BARAT,32,JAWA BARAT,32,RESIKO RENDAH",
			].join("\n"),
		);
		expect(reports).toEqual([]);
		expect(errors.map(({ line, reason }) => [line, reason])).toEqual([
			[2, "not-a-zone"],
			[3, "two-areas"],
			[4, "impossible-day"],
			[5, "not-a-day"],
			[6, "impossible-day"],
			[7, "unknown-area"],
		]);
	});
});
