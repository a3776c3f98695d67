import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseAreaCode } from "../../../core/areas/codes.ts";
import { COLUMNS_OF } from "../../../core/facilities/report.ts";
import { VOCABULARY_BREAK } from "../../../core/series/indicator.ts";
import { FIRST_DAY } from "../../../hub/exercise/calendar.ts";
import { apportion } from "../../../hub/exercise/facilities.ts";
import type { ReceivedFile } from "../../../hub/exercise/received-file.ts";
import { registerOf, simulate } from "../../../hub/exercise/simulate.ts";
import { smallCountry } from "./small-country.ts";

const country = smallCountry();

function digest(files: Iterable<ReceivedFile>): string {
	const hash = createHash("sha256");
	for (const file of files) hash.update(JSON.stringify(file));
	return hash.digest("hex");
}

/** What a source says of a place over the days, as it stood on the day itself. */
function saidOnTheDay(
	files: readonly ReceivedFile[],
	source: string,
): Map<string, Map<number, number>> {
	const series = new Map<string, Map<number, number>>();
	for (const file of files) {
		if (file.source !== source) continue;
		for (const { area, day, asOf, values } of file.parsed.reports) {
			if (day !== asOf || values.confirmed === undefined) continue;
			const days = series.get(area) ?? new Map();
			series.set(area, days.set(day, values.confirmed));
		}
	}
	return series;
}

describe("the simulated country", () => {
	const files = [...simulate(country, { seed: 11, days: 215 })];

	it("sends the same bytes for the same seed, and others for another", () => {
		const again = digest(simulate(country, { seed: 11, days: 215 }));
		expect(again).toBe(digest(files));
		expect(digest(simulate(country, { seed: 12, days: 60 }))).not.toBe(
			digest(simulate(country, { seed: 11, days: 60 })),
		);
	});

	it("plays a later day alone exactly as in one run", () => {
		const alone = [...simulate(country, { seed: 11, days: 215, from: 214 })];
		const whole = files.filter(
			({ parsed }) => (parsed.asOf as number) >= FIRST_DAY + 213,
		);
		expect(alone).toHaveLength(10);
		expect(digest(alone)).toBe(digest(whole));
	});

	it("sends of areas and of details alone together what it sends in one run", () => {
		const alone = (["areas", "details"] as const).map((only) => [
			...simulate(country, { seed: 11, days: 215, only }),
		]);
		for (const part of alone) expect(part.length).toBeGreaterThan(0);
		const byReception = alone
			.flat()
			.sort((one, other) => one.receivedAt - other.receivedAt);
		expect(digest(byReception)).toBe(digest(files));
	});

	it("gives each file a digest, a name of its own and a later reception than the one before", () => {
		expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
		for (const { sha256 } of files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
		for (let index = 1; index < files.length; index++)
			expect(files[index].receivedAt).toBeGreaterThan(
				files[index - 1].receivedAt,
			);
		expect(new Date(files[0].receivedAt).toISOString()).toBe(
			"2020-03-02T01:00:00.000Z",
		);
	});

	it("says each place and day once in a file, with lines in order and whole counts", () => {
		for (const { parsed, name } of files) {
			const rows = [...parsed.reports, ...parsed.facilityReports];
			const cells = rows.map((row) =>
				"area" in row ? `${row.area} ${row.day}` : `${row.facility} ${row.day}`,
			);
			expect(new Set(cells).size, name).toBe(cells.length);
			expect(rows.map(({ line }) => line)).toEqual(
				rows.map((_, index) => index + 2),
			);
			expect(rows.every(({ asOf, day }) => day <= asOf)).toBe(true);
			const odd = rows.flatMap(({ line, values }) =>
				Object.entries(values)
					.filter(([, value]) => !(Number.isInteger(value) && value >= 0))
					.map(([key, value]) => `${name}:${line} ${key} ${value}`),
			);
			expect(odd).toEqual([]);
		}
	});

	it("reports places by codes of this system and facilities by columns of the feed", () => {
		const facilities = new Map(
			registerOf(country, 11).parsed.facilities?.map((facility) => [
				facility.code,
				facility,
			]),
		);
		const strangers = new Set<string>();
		for (const { parsed } of files) {
			for (const { area } of parsed.reports)
				if (parseAreaCode(area) !== area) strangers.add(area);
			for (const { facility, values } of parsed.facilityReports) {
				const known = facilities.get(facility);
				if (!known) strangers.add(facility);
				for (const key of Object.keys(values))
					if (
						!known?.kind ||
						!(COLUMNS_OF[known.kind] as readonly string[]).includes(key)
					)
						strangers.add(key);
			}
		}
		expect([...strangers]).toEqual([]);
	});

	it("reports neither ODP nor PDP after the vocabulary changed on 2020-07-13", () => {
		const last = Math.max(
			...files.flatMap(({ parsed }) =>
				parsed.reports
					.filter(({ values }) => "odp" in values || "pdp" in values)
					.map(({ day }) => day),
			),
		);
		expect(new Date(last * 86_400_000).toISOString().slice(0, 10)).toBe(
			"2020-07-12",
		);
	});

	it("reports suspek, probable and kontak erat from that day on, each office the first two and some provinces all", () => {
		const days = (key: "suspek" | "probable" | "kontak-erat") =>
			files.flatMap(({ parsed }) =>
				parsed.reports
					.filter(({ values }) => values[key] !== undefined)
					.map(({ area, day, values }) => ({ area, day, value: values[key] })),
			);
		for (const key of ["suspek", "probable", "kontak-erat"] as const) {
			expect(Math.min(...days(key).map(({ day }) => day))).toBe(
				VOCABULARY_BREAK,
			);
			expect(days(key).some(({ value }) => (value ?? 0) > 0)).toBe(true);
		}
		expect(days("suspek").some(({ area }) => area.includes("."))).toBe(true);
		expect(days("kontak-erat").every(({ area }) => !area.includes("."))).toBe(
			true,
		);
	});

	it("has the faults of real reporting: silence, falls, standing still and jumping, zeros, restated days", () => {
		const offices = saidOnTheDay(files, "latihan-dinkes");
		let silent = 0;
		let falls = 0;
		let zeros = 0;
		for (const { code } of country.regencies) {
			const days = offices.get(code) as Map<number, number>;
			let before = 0;
			for (let day = FIRST_DAY; day < FIRST_DAY + 215; day++) {
				const value = days.get(day);
				if (value === undefined) {
					silent++;
					continue;
				}
				if (value === 0 && before > 0) {
					zeros++;
					continue;
				}
				if (value < before) falls++;
				before = value;
			}
		}
		const cells = country.regencies.length * 215;
		expect(silent / cells).toBeGreaterThan(0.003);
		expect(silent / cells).toBeLessThan(0.04);
		expect(falls).toBeGreaterThan(5);
		expect(zeros).toBeGreaterThan(0);
		const older = files
			.filter(({ source }) => source === "latihan-dinkes")
			.flatMap(({ parsed }) =>
				parsed.reports.filter(({ day, asOf }) => day < asOf),
			);
		expect(older.length).toBeGreaterThan(50);
	});

	it("has a portal that lags behind the health offices and keeps cases without a place under 00", () => {
		const portal = saidOnTheDay(files, "latihan-portal");
		const national = portal.get("ID") as Map<number, number>;
		const offices = saidOnTheDay(files, "latihan-dinkes");
		const day = FIRST_DAY + 200;
		let regencies = 0;
		for (const { code } of country.regencies)
			regencies += offices.get(code)?.get(day) ?? 0;
		expect(national.get(day)).not.toBe(regencies);
		expect(national.get(day) as number).toBeGreaterThan(0.85 * regencies);
		const provinces = country.provinces.map(({ code }) =>
			portal.get(code)?.get(day),
		);
		const unplaced = portal.get("00")?.get(day) as number;
		expect(unplaced).toBeGreaterThan(0);
		if (provinces.every((value) => value !== undefined && value > 0))
			expect(national.get(day)).toBe(
				provinces.reduce<number>(
					(sum, value) => sum + (value as number),
					unplaced,
				),
			);
	});

	it("keeps hospital forms plausible but for the rare ones that are not", () => {
		const forms = files
			.filter(({ source }) => source === "latihan-rs")
			.flatMap(({ parsed }) => parsed.facilityReports);
		const overfull = forms.filter(
			({ values }) => values.beds_occupied > values.beds,
		);
		expect(forms.length).toBeGreaterThan(50_000);
		expect(overfull.length / forms.length).toBeLessThan(0.002);
		const empty = forms.filter(({ values }) => !("stock_gown" in values));
		expect(empty.length).toBeGreaterThan(0);
	});
});

describe("dividing by weights", () => {
	it("gives out exactly the total, ties by order", () => {
		expect(apportion(5, [1, 1, 1])).toEqual([2, 2, 1]);
		expect(apportion(0, [3, 1])).toEqual([0, 0]);
		expect(apportion(10, [7, 2, 1])).toEqual([7, 2, 1]);
	});
});
