import { expect, test } from "vitest";
import type { AreaCode } from "../../../core/areas/codes.ts";
import {
	jaroWinkler,
	matchFacility,
} from "../../../core/facilities/name-match.ts";

const among = (...names: string[]) =>
	names.map((name, at) => ({
		code: String(at + 1),
		name,
		area: "35.07" as AreaCode,
	}));

test("the similarity is that of Winkler's published examples", () => {
	expect(jaroWinkler("MARTHA", "MARHTA")).toBeCloseTo(0.961, 3);
	expect(jaroWinkler("DIXON", "DICKSONX")).toBeCloseTo(0.813, 3);
	expect(jaroWinkler("DWAYNE", "DUANE")).toBeCloseTo(0.84, 3);
	expect(jaroWinkler("abc", "xyz")).toBe(0);
	expect(jaroWinkler("", "")).toBe(0);
});

test("a name is found however its kind, its titles and its points are written", () => {
	for (const said of [
		"RS Umum Daerah Prof. Dr. Margono Soekarjo",
		"RSUD MARGONO SOEKARJO",
		"Rumah Sakit Umum Daerah Prof Margono  Soekarjo",
	])
		expect(
			matchFacility(
				said,
				among("RS Umum Daerah Prof Dr. Margono Soekarjo", "RS Elisabeth"),
			),
		).toMatchObject({ kind: "joined", facility: { code: "1" } });
});

test("a name cut off or spelt otherwise is joined with its score, which is then less than 1", () => {
	const match = matchFacility(
		"RS Umum Siti Khodijah Muhammadiyah Cabang Sepanjan",
		among("RSU Siti Khodijah Muhammadiyah Cabang Sepanjang"),
	);
	expect(match).toMatchObject({ kind: "joined" });
	if (match.kind === "joined") expect(match.score).toBeCloseTo(0.995, 3);
});

test("the house next door is never taken for it: another word, another number, a word more, another kind", () => {
	for (const [said, known] of [
		["RS Siloam Banjarmasin", "RS Islam Banjarmasin"],
		["RS Tk. IV 07.07", "RS Tk. IV 07.02"],
		["RS Tk. III Brawijaya", "RS Tk. IV Brawijaya"],
		["RS Santa Elisabeth Batam", "RS Santa Elisabeth Batam Kota"],
		["RSU Agung Mulia", "RS Ibu dan Anak Agung Mulia"],
	] as const)
		expect(matchFacility(said, among(known)).kind, said).not.toBe("joined");
});

test("of two that it may be both are named, best first, and of two of the very name neither is taken", () => {
	const doubtful = matchFacility(
		"RS Permata Hati",
		among("RS Permata Harapan", "RS Permata Hati Ayah"),
	);
	expect(doubtful).toMatchObject({
		kind: "doubtful",
		candidates: [{ facility: { code: "2" } }, { facility: { code: "1" } }],
	});
	expect(
		matchFacility("RS Ananda", among("RS Ananda", "RSU Ananda", "RS Ananda"))
			.kind,
	).toBe("doubtful");
	expect(matchFacility("RS", among("RS")).kind).toBe("unknown");
});
