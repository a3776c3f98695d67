import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/statistics/random.ts";
import { openKecamatan } from "../../../hub/exercise/kecamatan.ts";
import { simulate } from "../../../hub/exercise/simulate.ts";
import { smallCountry } from "./small-country.ts";

const country = smallCountry();

describe("the kecamatan of the simulated country", () => {
	it("add up to every count of their kabupaten/kota, whichever came before, and the same count is always divided in the same way", () => {
		fc.assert(
			fc.property(
				fc.integer(),
				fc.array(fc.integer({ min: 0, max: 3_000 }), {
					minLength: 1,
					maxLength: 20,
				}),
				fc.nat({ max: country.regencies.length - 1 }),
				(seed, counts, area) => {
					const { divide } = openKecamatan(country, createRandom(`${seed}`));
					const seen = new Map<number, number[]>();
					for (const cases of counts) {
						const parts = [...divide(area, cases)];
						expect(parts.reduce((sum, one) => sum + one, 0)).toBe(cases);
						expect(parts.every((one) => one >= 0)).toBe(true);
						expect(seen.get(cases) ?? parts).toEqual(parts);
						seen.set(cases, parts);
					}
					// With more cases no kecamatan has fewer.
					const rising = [...seen].sort(([a], [b]) => a - b);
					rising.slice(1).forEach(([, parts], at) => {
						parts.forEach((one, place) => {
							expect(one).toBeGreaterThanOrEqual(rising[at]?.[1][place] ?? 0);
						});
					});
				},
			),
			{ numRuns: 40 },
		);
	});

	it("come to exactly what their office states on the same Saturday where none is left out, and to less where some are", () => {
		let whole = 0;
		let partly = 0;
		let offices: Map<string, number> = new Map();
		const tables = new Map<number, Map<string, number[]>>();
		for (const { source, parsed } of simulate(country, { seed: 4, days: 90 })) {
			if (source === "latihan-kecamatan") {
				const byOffice = new Map<string, number[]>();
				for (const { area, day, asOf, values } of parsed.reports) {
					expect(new Date(day * 86_400_000).getUTCDay()).toBe(6);
					expect(asOf).toBe(day);
					expect(Object.keys(values)).toEqual(["confirmed"]);
					const office = area.slice(0, 5);
					const parts = byOffice.get(office) ?? [];
					parts.push(values.confirmed as number);
					byOffice.set(office, parts);
				}
				tables.set(parsed.asOf as number, byOffice);
			}
			if (source !== "latihan-dinkes") continue;
			const table = tables.get(parsed.asOf as number);
			if (!table) continue;
			offices = new Map(
				parsed.reports
					.filter(({ day, asOf }) => day === asOf)
					.map(({ area, values }) => [area, values.confirmed as number]),
			);
			for (const [office, parts] of table) {
				const stated = offices.get(office) as number;
				const sum = parts.reduce((all, one) => all + one, 0);
				const members = country.regencies.find(({ code }) => code === office);
				if (parts.length === members?.kecamatan?.length) {
					expect([office, sum]).toEqual([office, stated]);
					whole++;
				} else {
					expect(sum).toBeLessThanOrEqual(stated);
					partly++;
				}
			}
			// Who was silent that day sent no table either.
			for (const office of table.keys()) expect(offices.has(office)).toBe(true);
		}
		expect(tables.size).toBeGreaterThan(10);
		expect(whole).toBeGreaterThan(partly);
		expect(partly).toBeGreaterThan(0);
	});
});
