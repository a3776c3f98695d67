import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type AreaCode, parseAreaCode } from "../../../core/areas/codes.ts";
import { belongsTo, buildAreaTree } from "../../../core/areas/tree.ts";
import { day } from "../../../core/series/day.ts";
import { loadAreas, loadAreaTree } from "../../../resources/areas/load.ts";
import { CODES_DIGEST, COUNTS, RECODED } from "../../fixtures/area-facts.ts";
import { hasData, json, table } from "./shared.ts";

const tree = loadAreaTree();
const code = (text: string): AreaCode => {
	const read = parseAreaCode(text);
	if (!read) throw new Error(text);
	return read;
};

describe("the tree of areas", () => {
	it("has the order of 2020: one nation, 34 provinces, 514 kabupaten/kota and 7,230 kecamatan", () => {
		const counts = (["nation", "province", "regency", "district"] as const).map(
			(level) => tree.at(level).length,
		);
		expect(counts).toEqual([1, 34, 514, 7230]);
		expect(tree.children(code("ID"))).toHaveLength(34);
		expect(tree.children(code("35"))).toHaveLength(38);
		expect(
			tree.at("regency").filter(({ name }) => name.startsWith("Kota ")),
		).toHaveLength(98);
	});

	it("gives the path from the nation to a kecamatan", () => {
		expect(tree.path(code("35.07.18")).map(({ name }) => name)).toEqual([
			"Indonesia",
			"Jawa Timur",
			"Kabupaten Malang",
			"Pakis",
		]);
	});

	it("puts every seat inside Indonesia and no two at one place", () => {
		const places = tree.at("regency").map(({ lat, lng }) => {
			expect(lat).toBeGreaterThan(-11.1);
			expect(lat).toBeLessThan(6.1);
			expect(lng).toBeGreaterThan(95);
			expect(lng).toBeLessThan(141.1);
			return `${lat} ${lng}`;
		});
		expect(new Set(places).size).toBe(514);
	});

	it("answers for cases without a place without counting them as areas", () => {
		expect(tree.get(code("00"))?.name).toBe("Tanpa provinsi");
		expect(tree.path(code("35.00")).map((area) => area.code)).toEqual([
			"ID",
			"35",
			"35.00",
		]);
		expect(
			tree.children(code("35")).some((area) => area.code === "35.00"),
		).toBe(false);
	});

	it("knows that Merauke was 91.01 in Papua in 2020 and is 93.01 in Papua Selatan since 2022-07-25", () => {
		const where = (text: string, iso: string) =>
			belongsTo(tree, code(text), day(iso))?.path.map((area) => area.code);
		expect(where("91.01", "2020-04-12")).toEqual(["ID", "91", "91.01"]);
		expect(where("91.01", "2022-07-24")).toEqual(["ID", "91", "91.01"]);
		expect(where("91.01", "2022-07-25")).toEqual(["ID", "93", "93.01"]);
		expect(where("93.01", "2020-04-12")).toEqual(["ID", "91", "91.01"]);
		expect(where("96.71", "2022-12-07")).toEqual(["ID", "92", "92.71"]);
		expect(where("92.71", "2022-12-08")).toEqual(["ID", "96", "96.71"]);
		expect(where("91.71", "2024-01-01")).toEqual(["ID", "91", "91.71"]);
		expect(where("93", "2020-04-12")).toBeUndefined();
	});

	it("has today's 38 provinces with their kabupaten/kota, none lost and none twice", () => {
		const now = day("2024-01-01");
		const today = new Map<string, number>();
		for (const area of tree.at("regency")) {
			const province = belongsTo(tree, area.code, now)?.area.parent;
			if (province) today.set(province, (today.get(province) ?? 0) + 1);
		}
		expect(today.size).toBe(38);
		expect(
			["91", "92", "93", "94", "95", "96"].map((text) => today.get(text)),
		).toEqual([9, 7, 4, 8, 8, 6]);
		expect([...today.values()].reduce((a, b) => a + b)).toBe(514);
	});

	it("refuses a table that is broken: a code twice, a parent missing, a level skipped", () => {
		const areas = loadAreas().slice(0, 3);
		expect(() => buildAreaTree([...areas, areas[2]])).toThrow("occurs twice");
		expect(() => buildAreaTree(areas.slice(1))).toThrow("unknown");
		expect(() =>
			buildAreaTree([areas[0], { ...areas[1], level: "district" }]),
		).toThrow("given as");
	});

	it("has exactly the codes of the ministry's list of 2019: 34, 514 and 7,230", () => {
		const codes = (["province", "regency", "district"] as const).flatMap(
			(level) => tree.at(level).map((area) => `${area.code}`),
		);
		expect(codes).toHaveLength(34 + 514 + 7230);
		const counts = tree.at("province").map(({ code }) => {
			const below = (length: number) =>
				codes.filter((one) => one.length === length && one.startsWith(code));
			return `${code}:${below(5).length}/${below(8).length}`;
		});
		expect(counts.sort()).toEqual([...COUNTS].sort());
		expect(
			createHash("sha256").update(codes.sort().join("\n")).digest("hex"),
		).toBe(CODES_DIGEST);
	});

	it("recodes 26 kabupaten/kota of the 514 by 2025, and no other", () => {
		expect(RECODED.size).toBe(26);
		for (const area of tree.at("regency")) {
			const now = belongsTo(tree, area.code, day("2025-01-01"));
			expect(now?.area.code, area.name).toBe(
				RECODED.get(area.code) ?? area.code,
			);
		}
	});

	if (hasData) {
		it("has exactly the codes of the whole list (09-kode-wilayah)", () => {
			const list = table(
				"09-kode-wilayah/wilayah_kemendagri_2019_prov_kab_kec.csv",
			);
			const codes = (["province", "regency", "district"] as const).flatMap(
				(level) => tree.at(level).map((area) => `${area.code}`),
			);
			expect(codes.sort()).toEqual(list.map(({ kode }) => kode).sort());
		});

		it("recodes every one of the 514 as the boundary file does (10-batas-wilayah)", () => {
			const { features } = json<{
				features: {
					properties: {
						kode_kemendagri_2020: string;
						kode_kemendagri_2025: string;
					};
				}[];
			}>("10-batas-wilayah/adm2_kabkota_514_kode2020.geojson");
			for (const { properties } of features) {
				const now = belongsTo(
					tree,
					code(properties.kode_kemendagri_2020),
					day("2025-01-01"),
				);
				expect(now?.area.code).toBe(properties.kode_kemendagri_2025);
			}
		});
	}
});
