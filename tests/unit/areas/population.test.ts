import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AreaCode, parseAreaCode } from "../../../core/areas/codes.ts";
import {
	type CensusBasis,
	dividePopulation,
	type PopulationFile,
	readPopulation,
	weightOf,
} from "../../../core/areas/population.ts";
import {
	loadAreaTree,
	loadCensus,
	loadPopulation,
} from "../../../resources/areas/load.ts";
import { PEOPLE_2025 } from "../../fixtures/area-facts.ts";
import { hasData, table } from "./shared.ts";

const tree = loadAreaTree();
const code = (text: string): AreaCode => parseAreaCode(text) ?? "ID";
const file: PopulationFile = {
	tree,
	scheme: "kemendagri",
	columns: { code: "kode", total: "total" },
};

describe("the census of 2020", () => {
	const people = loadPopulation();

	it("counts 270,203,917 people in 34 provinces", () => {
		expect(people.get("ID")).toBe(270_203_917);
		const provinces = tree
			.at("province")
			.map((area) => people.get(area.code) ?? Number.NaN);
		expect(provinces.reduce((a, b) => a + b)).toBe(270_203_917);
		expect(people.get(code("35"))).toBe(40_665_696);
		expect(people.get(code("65"))).toBe(701_814);
		expect(loadCensus().source).toMatch(/Sensus Penduduk 2020.*not official/);
	});

	it("gives every one of the 514 some people, and every province exactly its total", () => {
		for (const { code: province } of tree.at("province")) {
			const own = tree
				.children(province)
				.map((area) => people.get(area.code) ?? Number.NaN);
			expect(Math.min(...own)).toBeGreaterThan(1000);
			expect(own.reduce((a, b) => a + b)).toBe(people.get(province));
		}
	});

	/** How far our division is from the official share, by factor, from the nearest on. */
	const factorsOf = (
		rows: Record<string, string>[],
		columns: PopulationFile["columns"],
	) => {
		const { population } = readPopulation(rows, { ...file, columns });
		const share = (of: typeof people, area: AreaCode, province: AreaCode) =>
			(of.get(area) ?? Number.NaN) / (of.get(province) ?? 1);
		return tree
			.at("regency")
			.map(({ code: area, parent }) =>
				Math.exp(
					Math.abs(
						Math.log(
							share(people, area, parent ?? "ID") /
								share(population, area, parent ?? "ID"),
						),
					),
				),
			)
			.filter((factor) => Number.isFinite(factor))
			.sort((a, b) => a - b);
	};

	it("is divided within a factor of 1.4 of the official share in half of 76 kabupaten/kota of Jawa Timur, Bali and Papua", () => {
		const factors = factorsOf(PEOPLE_2025, { code: "kode", total: "total" });
		expect(factors).toHaveLength(76);
		expect(factors[38]).toBeLessThan(1.4);
		expect(factors[68]).toBeLessThan(2.2);
	});

	if (hasData)
		it("is divided within a factor of 1.35 of the official share in half of the 514 (09)", () => {
			const factors = factorsOf(
				table("09-kode-wilayah/penduduk_2025_kabkota.csv"),
				{ code: "kode_kemendagri_2025", total: "total" },
			);
			expect(factors[257]).toBeLessThan(1.35);
			expect(factors[462]).toBeLessThan(2.2);
		});
});

describe("dividing a province's people", () => {
	it("weighs a desa 2,500, a kelurahan three and a kecamatan five times that, and adds the seat", () => {
		expect(
			weightOf({ desa: 2, kelurahan: 1, kecamatan: 1, seatInhabitants: 1000 }),
		).toBe(26_000);
	});

	it("keeps the total to the last person and never turns the order of weights round", () => {
		const size = fc.record({
			desa: fc.nat(400),
			kelurahan: fc.nat(100),
			kecamatan: fc.integer({ min: 1, max: 40 }),
			seatInhabitants: fc.nat(1_000_000),
		});
		fc.assert(
			fc.property(
				fc.nat(50_000_000),
				fc.array(size, { minLength: 1, maxLength: 40 }),
				(total, sizes) => {
					const basis: CensusBasis = {
						year: 2020,
						source: "",
						provinces: { "35": total },
						regencies: Object.fromEntries(
							sizes.map((one, i) => [`35.${10 + i}`, one]),
						),
					};
					const people = dividePopulation(basis);
					const shares = sizes.map(
						(_, i) => people.get(code(`35.${10 + i}`)) ?? Number.NaN,
					);
					expect(shares.reduce((a, b) => a + b)).toBe(total);
					for (const [i, a] of sizes.entries())
						for (const [j, b] of sizes.entries())
							if (weightOf(a) > weightOf(b))
								expect(shares[i]).toBeGreaterThanOrEqual(shares[j]);
				},
			),
			{ numRuns: 50 },
		);
	});

	it("refuses to divide by nothing", () => {
		expect(() =>
			dividePopulation({
				year: 2020,
				source: "",
				provinces: { "35": 1 },
				regencies: {},
			}),
		).toThrow("nothing to divide 35 by");
	});
});

describe("an imported population table", () => {
	const read = (rows: [string, string][]) =>
		readPopulation(
			rows.map(([kode, total]) => ({ kode, total })),
			file,
		);

	it("names what is missing and sums only what is complete", () => {
		const reading = read([
			["11.01", "100000"],
			["93.01", "70000"],
		]);
		expect([...reading.population]).toEqual([
			["11.01", 100000],
			["91.01", 70000],
		]);
		expect(reading.missing).toHaveLength(512);
	});

	it("refuses zero, text, thousands, a second row and an unknown code, each with its line and column", () => {
		const { errors, population } = read([
			["11.01", "0"],
			["11.02", "1,103"],
			["11.03", "50000.0"],
			["11.03", "60000"],
			["1104", "50000"],
			["11.01.01", "50000"],
			["11.05", ""],
			["11.06", "5427"],
		]);
		expect([...population]).toEqual([["11.03", 50000]]);
		expect(
			errors.map(({ line, column, found }) => [line, column, found]),
		).toEqual([
			[2, "total", "0"],
			[3, "total", "1,103"],
			[5, "kode", "11.03"],
			[6, "kode", "1104"],
			[7, "kode", "11.01.01"],
			[8, "total", ""],
			[9, "total", "5427"],
		]);
	});

	it("remarks on a province whose own row is not the sum of its parts", () => {
		const parts = tree
			.children(code("34"))
			.map((area): [string, string] => [area.code, "100000"]);
		const reading = read([["34", "510000"], ...parts]);
		expect(reading.population.get(code("34"))).toBe(500000);
		expect(reading.notes).toEqual([
			{
				line: 2,
				column: "total",
				found: "510000",
				expected: "500000, the sum of its parts",
			},
		]);
	});

	it("is read from codes of 2025 into the areas of 2020: 41,919,906 people in Jawa Timur, nobody lost in Papua", () => {
		const reading = readPopulation(PEOPLE_2025, file);
		expect([reading.errors, reading.notes]).toEqual([[], []]);
		expect(reading.missing).toHaveLength(514 - 76);
		const sum = (province: string) =>
			tree
				.children(code(province))
				.reduce(
					(people, area) => people + (reading.population.get(area.code) ?? 0),
					0,
				);
		expect(sum("35")).toBe(41_919_906);
		expect(sum("35") + sum("51") + sum("91")).toBe(
			PEOPLE_2025.reduce((people, { total }) => people + Number(total), 0),
		);
	});

	if (hasData)
		it("is read whole from codes of 2025: 284,973,643 people in the 514 of 2020 (09)", () => {
			const reading = readPopulation(
				table("09-kode-wilayah/penduduk_2025_kabkota.csv"),
				{
					...file,
					columns: { code: "kode_kemendagri_2025", total: "total" },
				},
			);
			expect([reading.errors, reading.notes, reading.missing]).toEqual([
				[],
				[],
				[],
			]);
			expect(reading.population.get("ID")).toBe(284_973_643);
		});
});
