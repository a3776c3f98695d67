import { describe, expect, it } from "vitest";
import { zoneOfNumber } from "../../../core/epidemic/zone-transition.ts";
import { day } from "../../../core/series/day.ts";
import { createRandom } from "../../../core/statistics/random.ts";
import { FileInWriting } from "../../../hub/exercise/received-file.ts";
import { simulate } from "../../../hub/exercise/simulate.ts";
import { openZoneBoard, zoneOfExercise } from "../../../hub/exercise/zones.ts";
import { smallCountry } from "./small-country.ts";

const country = smallCountry();

describe("the zones of the simulated country", () => {
	it("follow one stated rule of the exercise: cases of two weeks for each 100,000 people, four weeks without any, none ever", () => {
		const zone = (ever: number, month: number, fortnight: number) =>
			zoneOfExercise({ ever, month, fortnight }, 1_000_000);
		expect(zone(0, 0, 0)).toBe("tidak-terdampak");
		expect(zone(90, 0, 0)).toBe("tidak-ada-kasus");
		expect(zone(90, 5, 0)).toBe("rendah");
		expect(zone(900, 119, 119)).toBe("rendah");
		expect(zone(900, 120, 120)).toBe("sedang");
		expect(zone(900, 400, 400)).toBe("tinggi");
	});

	it("are published on Sundays from 31 May 2020 on for kabupaten/kota, by a source that says it is an exercise", () => {
		const days = new Set<number>();
		for (const { source, name, parsed } of simulate(country, {
			seed: 4,
			days: 110,
		})) {
			if (source !== "latihan-zonasi") continue;
			expect(name).toMatch(/^latihan-zonasi_2020-/);
			for (const { area, day: of, asOf, values } of parsed.reports) {
				expect([area.length, asOf]).toEqual([5, of]);
				expect(zoneOfNumber(values.zone as number)).toBeDefined();
				days.add(of);
			}
		}
		expect([...days]).toEqual(
			["2020-05-31", "2020-06-07", "2020-06-14"].map(day),
		);
	});

	it("leave out a week now and then, and an area of a week", () => {
		const board = openZoneBoard(country, createRandom("zones"));
		const published = new Map<number, number>();
		for (let at = day("2020-05-31"); at < day("2022-05-31"); at++) {
			const file = new FileInWriting("latihan-zonasi", at, ["zone"]);
			board.report(at, new Int32Array(country.regencies.length), file);
			const rows = file.close()?.parsed.reports.length;
			if (rows !== undefined) published.set(at, rows);
		}
		const days = [...published.keys()];
		const steps = days.slice(1).map((at, i) => at - (days[i] ?? at));
		expect(steps).toContain(7);
		expect(steps).toContain(14);
		expect(steps.every((step) => step % 7 === 0)).toBe(true);
		const rows = [...published.values()];
		expect(Math.max(...rows)).toBe(country.regencies.length);
		expect(Math.min(...rows)).toBeLessThan(country.regencies.length);
	});
});
