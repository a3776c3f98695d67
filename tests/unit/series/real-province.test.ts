import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { newCounts, sumOfNewCounts } from "../../../core/series/daily.ts";
import { day } from "../../../core/series/day.ts";
import { confirmedOfJawaTimur, FIRST_DAY } from "../../fixtures/spring-2020.ts";

const DAYS = day("2020-04-12") - FIRST_DAY + 1;
const on = (iso: string): number => day(iso) - FIRST_DAY;

/** Confirmed cases of each kabupaten/kota of Jawa Timur as its province published them. */
type Confirmed = () => Map<string, Float64Array>;

const restated: Confirmed = () =>
	new Map(
		[...confirmedOfJawaTimur()].map(([code, counts]) => [
			code,
			Float64Array.from(counts, (count) => count ?? Number.NaN),
		]),
	);

const FILE = "../shared/data/05-jatim-kabkota/covid-jatim.csv";
const published: Confirmed = () => {
	const rows = parse(readFileSync(FILE), { columns: true, bom: true }) as {
		kode: string;
		created_at: string;
		confirm: string;
	}[];
	const areas = new Map<string, Float64Array>();
	for (const row of rows) {
		const series =
			areas.get(row.kode) ?? new Float64Array(DAYS).fill(Number.NaN);
		series[day(row.created_at.slice(0, 10)) - FIRST_DAY] = Number(row.confirm);
		areas.set(row.kode, series);
	}
	return areas;
};

const sources: [string, Confirmed][] = [["restated", restated]];
if (existsSync(FILE)) sources.push(["as published", published]);

describe.each(sources)("Jawa Timur in spring 2020, %s", (_, confirmed) => {
	test("the sum of those who reported falls to 142 on the day 35.24 was silent, and new cases do not", () => {
		const areas = confirmed();
		const at = on("2020-04-04");
		const silent = [...areas].filter(([, series]) => Number.isNaN(series[at]));
		expect(silent.map(([code]) => code)).toEqual(["35.24"]);
		const reported = [...areas.values()]
			.map((series) => series[at])
			.filter((value) => !Number.isNaN(value));
		expect(reported.reduce((sum, value) => sum + value, 0)).toBe(142);

		const sum = sumOfNewCounts(
			[...areas.values()].map((series) => ({
				counts: newCounts(series),
				expected: true,
			})),
			DAYS,
		);
		expect(sum.daily[at]).toBe(0);
		expect(sum.correction[at]).toBeNaN();
		// 187 after 152 two days before: nothing is lost and nothing counted twice.
		expect(sum.daily[on("2020-04-05")]).toBe(187 - 152);
	});

	test("the falls of 35.04 and 35.07 on 2020-04-06 are two corrections of one", () => {
		const areas = confirmed();
		const at = on("2020-04-06");
		const corrected = [...areas].filter(
			([, series]) => newCounts(series).correction[at] < 0,
		);
		expect(corrected.map(([code]) => code).sort()).toEqual(["35.04", "35.07"]);
		const sum = sumOfNewCounts(
			[...areas.values()].map((series) => ({
				counts: newCounts(series),
				expected: true,
			})),
			DAYS,
		);
		expect(sum.correction[at]).toBe(-2);
		expect(sum.daily[at]).toBe(189 - 187 + 2);
	});
});
