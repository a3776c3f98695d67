import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	isUnknownPlace,
	levelOf,
	NATION,
	parentOf,
	parseAreaCode,
	parseBps,
	parseKemendagri,
	parseKemendagriUndotted,
	UNKNOWN_PROVINCE,
	unknownRegencyOf,
} from "../../../core/areas/codes.ts";

const digits = (n: number) =>
	fc.integer({ min: 1, max: 10 ** n - 1 }).map((i) => `${i}`.padStart(n, "0"));
const province = fc.integer({ min: 11, max: 99 }).map(String);

describe("codes of areas", () => {
	it("reads a dotted code of every level and gives its level and parent", () => {
		const village = parseKemendagri("35.07.18.2001");
		if (!village) throw new Error("not read");
		const path = [];
		for (let code = parentOf(village); code; code = parentOf(code))
			path.push([code, levelOf(code)]);
		expect(levelOf(village)).toBe("village");
		expect(path).toEqual([
			["35.07.18", "district"],
			["35.07", "regency"],
			["35", "province"],
			[NATION, "nation"],
		]);
	});

	it("never takes a number that lost its zero, digits without dots or a pseudo area for a dotted code", () => {
		for (const text of [
			"11.1",
			"3507",
			"35.07 ",
			" 35",
			"00",
			"35.00",
			"35.",
			"",
			"35.07.18.0001",
			"ID",
		])
			expect(parseKemendagri(text), text).toBeUndefined();
	});

	it("reads undotted Kemendagri and BPS digits apart: a kecamatan has six in one and seven in the other", () => {
		expect(parseKemendagriUndotted("350718")).toBe("35.07.18");
		expect(parseKemendagriUndotted("3507180")).toBeUndefined();
		expect(parseBps("3507180")).toBe("3507180");
		expect(parseBps("350718")).toBeUndefined();
		expect(parseBps("35.07")).toBeUndefined();
	});

	it("gives undotted digits the same code as dotted ones, whatever the code", () => {
		fc.assert(
			fc.property(province, digits(2), digits(2), (p, r, d) => {
				expect(parseKemendagriUndotted(p + r + d)).toBe(`${p}.${r}.${d}`);
				expect(parseKemendagri(`${p}.${r}.${d}`)).toBe(`${p}.${r}.${d}`);
			}),
		);
	});

	it("keeps cases without a place in pseudo areas that only the system itself writes", () => {
		const unknown = unknownRegencyOf(parseAreaCode("35") ?? NATION);
		expect(unknown).toBe("35.00");
		expect([levelOf(unknown), parentOf(unknown)]).toEqual(["regency", "35"]);
		expect([levelOf(UNKNOWN_PROVINCE), parentOf(UNKNOWN_PROVINCE)]).toEqual([
			"province",
			NATION,
		]);
		expect([unknown, UNKNOWN_PROVINCE].every(isUnknownPlace)).toBe(true);
		expect(isUnknownPlace(parseAreaCode("35.07") ?? NATION)).toBe(false);
		expect(parseAreaCode("35.00")).toBe("35.00");
		expect(() => unknownRegencyOf(NATION)).toThrow("not a province");
	});
});
