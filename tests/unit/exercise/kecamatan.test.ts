import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contains } from "../../../core/areas/position-in-land.ts";
import { createRandom } from "../../../core/statistics/random.ts";
import { countryOf } from "../../../hub/exercise/country.ts";
import { openKecamatan } from "../../../hub/exercise/kecamatan.ts";
import { loadExerciseCountry } from "../../../hub/exercise/load-country.ts";
import { simulate } from "../../../hub/exercise/simulate.ts";
import { loadMapShapes } from "../../../resources/geography/load.ts";
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

describe("the kelurahan of the simulated Jakarta", () => {
	const { kelurahan } = loadExerciseCountry();

	it("are all 267, each with a place of its own within its kabupaten/kota, those of one kecamatan together", () => {
		const all = [...kelurahan.values()].flat();
		expect(all).toHaveLength(267);
		expect(new Set(all.map(({ lat, lng }) => `${lat} ${lng}`)).size).toBe(267);
		const land = new Map(
			loadMapShapes().map(({ properties, geometry }) => [
				properties.code as string,
				geometry.coordinates,
			]),
		);
		for (const { code, lat, lng } of all)
			expect(
				land.get(code.slice(0, 5))?.some((one) => contains(one, lng, lat)),
				code,
			).toBe(true);
	});

	it("come to exactly their kecamatan on every Saturday on which that is in the table, and are missing with it", () => {
		const { provinces, regencies } = smallCountry();
		const withKelurahan = countryOf(provinces, regencies, kelurahan);
		const tables = new Map<number, Map<string, number>>();
		let compared = 0;
		let placed = 0;
		for (const { source, parsed } of simulate(withKelurahan, {
			seed: 4,
			days: 60,
		})) {
			if (source === "latihan-kecamatan")
				tables.set(
					parsed.asOf as number,
					new Map(
						parsed.reports
							.filter(({ area }) => area.startsWith("31."))
							.map(({ area, values }) => [area, values.confirmed as number]),
					),
				);
			if (source !== "latihan-kelurahan") continue;
			placed += parsed.positions?.length ?? 0;
			if (parsed.reports.length === 0) continue;
			const sums = new Map<string, number>();
			for (const { area, values } of parsed.reports) {
				const kecamatan = area.slice(0, 8);
				sums.set(
					kecamatan,
					(sums.get(kecamatan) ?? 0) + (values.confirmed as number),
				);
			}
			const table = tables.get(parsed.asOf as number);
			expect([...sums].sort()).toEqual([...(table ?? [])].sort());
			compared += sums.size;
		}
		expect(placed).toBe(267);
		expect(compared).toBeGreaterThan(100);
	});

	it("change nothing of what the others report", () => {
		const { provinces, regencies } = smallCountry();
		const hashes = (of: ReturnType<typeof smallCountry>) =>
			[...simulate(of, { seed: 4, days: 30 })]
				.filter(({ source }) => source !== "latihan-kelurahan")
				.map(({ name, sha256 }) => `${name} ${sha256}`);
		expect(hashes(countryOf(provinces, regencies, kelurahan))).toEqual(
			hashes(smallCountry()),
		);
	});
});
