import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { estimateReproductionNumber } from "../../../core/epidemic/reproduction-number.ts";
import { discretiseSerialInterval } from "../../../core/epidemic/serial-interval.ts";
import {
	type Zone,
	zoneFromPublished,
	zoneTransitions,
} from "../../../core/epidemic/zone-transition.ts";
import { newCounts } from "../../../core/series/daily.ts";
import { areaSeries, readTable } from "../../../main/analyst/series-file.ts";
import { AUTUMN } from "../../fixtures/spring-2020.ts";

const ZONES_FILE = "../shared/data/04-zonasi-kabkota/zonasi.csv";
const PROVINCES = "../shared/data/02-covid19goid-provinsi/daily_to_2020-09-21";

describe("published zones", () => {
	it("are read in the words of the portal, and every area moves once between two weeks", () => {
		// The words of covid19.go.id in its weekly lists of 2021 and 2022.
		const words = [
			"RESIKO TINGGI",
			"RESIKO SEDANG",
			"RESIKO RENDAH",
			"TIDAK ADA KASUS",
		];
		const zones = words.map((word) => zoneFromPublished(word) as Zone);
		expect(new Set(zones).size).toBe(4);
		for (const zone of zones) expect(zone).toBeDefined();
		const before = new Map(zones.map((zone, index) => [`35.0${index}`, zone]));
		const after = new Map(
			[...before.keys()].map((area, index) => [
				area,
				zones[Math.min(index + 1, 3)] as Zone,
			]),
		);
		const { counts, onlyBefore, onlyAfter } = zoneTransitions(before, after);
		expect([onlyBefore, onlyAfter]).toEqual([[], []]);
		expect(counts.flat().reduce((a, b) => a + b)).toBe(4);
	});

	if (existsSync(ZONES_FILE))
		it("of all 514 areas are read, and every area moves exactly once between two weeks", async () => {
			const table = await readTable(ZONES_FILE);
			const of = (date: string) =>
				new Map(
					table.rows
						.filter(({ cells }) => cells.tanggal === date)
						.map(({ cells }) => [
							cells.kode_kota as string,
							zoneFromPublished(cells.hasil as string) as Zone,
						]),
				);
			const before = of("7 November 2021");
			const after = of("14 November 2021");
			expect(before.size).toBe(514);
			for (const zone of [...before.values(), ...after.values()])
				expect(zone).toBeDefined();
			const { counts, onlyBefore, onlyAfter } = zoneTransitions(before, after);
			expect(onlyBefore).toEqual([]);
			expect(onlyAfter).toEqual([]);
			expect(counts.flat().reduce((a, b) => a + b)).toBe(514);
		});
});

type Place = "BENGKULU" | "JAWA_TIMUR";
const cumulative: [string, (place: Place) => Promise<ArrayLike<number>>][] = [
	["restated", async (place) => AUTUMN[place]],
];
if (existsSync(PROVINCES))
	cumulative.push([
		"as published",
		async (place) => {
			const table = await readTable(`${PROVINCES}/${place}.csv`);
			const [series] = areaSeries(table, {
				date: "date",
				counts: ["total_confirmed"],
			});
			return series?.counts.total_confirmed as Float64Array;
		},
	]);

describe.each(cumulative)(
	"R of a province, from its cumulative cases %s",
	(_, seriesOf) => {
		const newCasesOf = async (place: Place) =>
			newCounts(Float64Array.from(await seriesOf(place)));
		const estimate = (daily: Float64Array) =>
			estimateReproductionNumber({
				local: daily,
				serialInterval: discretiseSerialInterval(4.7, 2.9, daily.length),
			});

		it("gives no R over the day on which Bengkulu's 536 cases became 0", async () => {
			const { daily, correction } = await newCasesOf("BENGKULU");
			expect(correction.at(-1)).toBeLessThan(-500);
			expect(estimate(daily).at(-1)).toMatchObject({
				status: "not-estimable",
				reason: "day-not-reported",
			});
		});

		it("is near 1 in East Java in September 2020, and never below 0 anywhere", async () => {
			const estimates = estimate((await newCasesOf("JAWA_TIMUR")).daily);
			const last = estimates.at(-1);
			if (last?.status !== "estimated") throw new Error("not estimated");
			expect(last.mean).toBeGreaterThan(0.9);
			expect(last.mean).toBeLessThan(1.2);
			for (const one of estimates)
				if (one.status === "estimated") expect(one.mean).toBeGreaterThan(0);
		});
	},
);
