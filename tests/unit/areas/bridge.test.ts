import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { type BridgeRow, readBridge } from "../../../core/areas/bridge.ts";
import {
	type BpsCode,
	parseBps,
	parseKemendagri,
} from "../../../core/areas/codes.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { bridgeFile, provinceBridgeFile } from "../../fixtures/area-facts.ts";
import { hasData, table } from "./shared.ts";

const tree = loadAreaTree();
const bps = (text: string): BpsCode => {
	const code = parseBps(text);
	if (!code) throw new Error(text);
	return code;
};
const row = (
	kode_bps: string,
	kode_dagri: string,
	nama = "ACEH BARAT",
): BridgeRow => ({
	kode_bps,
	nama_bps: nama,
	kode_dagri,
	nama_dagri: `KAB. ${nama}`,
});

describe("the bridge between BPS and Kemendagri codes", () => {
	it("translates both ways, whether Kemendagri's code is dotted or not", () => {
		const { bridge, errors, notes } = readBridge(tree, [
			row("1107", "1105"),
			row("1109", "11.07", "PIDIE"),
		]);
		expect([errors, notes]).toEqual([[], []]);
		expect(bridge.toKemendagri(bps("1107"))).toBe("11.05");
		expect(bridge.toKemendagri(bps("1109"))).toBe("11.07");
		const pidie = parseKemendagri("11.07");
		expect(pidie && bridge.toBps(pidie)).toBe("1109");
		expect(bridge.toKemendagri(bps("1101"))).toBeUndefined();
	});

	it("refuses a row with its line, column, what it found and what it expected, and keeps the others", () => {
		const { bridge, errors } = readBridge(tree, [
			row("1107", "1105"),
			row("11.07", "1106"),
			row("1108", "110"),
			row("1108", "11"),
			row("1108", "1199"),
			row("1107", "1106"),
			row("1110", "1105"),
		]);
		expect(bridge.size).toBe(1);
		expect(
			errors.map(({ line, column, found }) => [line, column, found]),
		).toEqual([
			[3, "kode_bps", "11.07"],
			[4, "kode_dagri", "110"],
			[5, "kode_dagri", "11"],
			[6, "kode_dagri", "1199"],
			[7, "kode_bps", "1107"],
			[8, "kode_dagri", "1105"],
		]);
		expect(errors[4].expected).toBe("once; already 11.05");
	});

	it("keeps a row whose name says another area, because the code decides, and remarks on it", () => {
		const { bridge, notes } = readBridge(tree, [row("1107", "1105", "PIDIE")]);
		expect(bridge.size).toBe(1);
		expect(notes).toEqual([
			{
				line: 2,
				column: "nama_dagri",
				found: "KAB. PIDIE",
				expected: "Kabupaten Aceh Barat",
			},
		]);
	});

	const rowsOf = (text: string) =>
		parse(text, { columns: true }) as BridgeRow[];
	const published: [string, (level: "kabkota" | "provinsi") => BridgeRow[]][] =
		[
			[
				"restated",
				(level) =>
					rowsOf(
						level === "kabkota" ? bridgeFile(tree) : provinceBridgeFile(tree),
					),
			],
		];
	if (hasData)
		published.push([
			"as published (09-kode-wilayah)",
			(level) =>
				table(
					`09-kode-wilayah/bridge_bps_kemendagri_${level}.csv`,
				) as unknown as BridgeRow[],
		]);
	describe.each(published)("the bridge of 2020, %s", (_, rows) => {
		const read = (level: "kabkota" | "provinsi") =>
			readBridge(tree, rows(level));

		it("covers all 514, of which 199 have another number and 166 numbers mean another place in the other scheme", () => {
			const { bridge, errors, notes } = read("kabkota");
			expect(errors).toEqual([]);
			expect(bridge.size).toBe(514);
			const digits = bridge.pairs.map(([code, dagri]) => [
				`${code}`,
				dagri.replace(".", ""),
			]);
			const moved = digits.filter(([code, dagri]) => code !== dagri);
			expect(moved).toHaveLength(199);
			const theirs = new Set(digits.map(([, dagri]) => dagri));
			expect(moved.filter(([code]) => theirs.has(code))).toHaveLength(166);
			expect(notes.map(({ found }) => found)).toEqual([
				...Array(2).fill("KAB. OGAN KOMERING ULU"),
				...Array(3).fill("KAB. BOLAANG MONGONDOW"),
			]);
		});

		it("covers 34 provinces, where 91 is Papua Barat for BPS", () => {
			const provinces = read("provinsi");
			expect([provinces.bridge.size, provinces.errors]).toEqual([34, []]);
			expect(provinces.bridge.toKemendagri(bps("91"))).toBe("92");
			expect(provinces.bridge.toKemendagri(bps("94"))).toBe("91");
		});
	});

	if (hasData)
		it("covers 6,857 kecamatan in the published file (09-kode-wilayah)", () => {
			const { bridge, errors } = readBridge(
				tree,
				table(
					"09-kode-wilayah/bridge_bps_kemendagri_kecamatan.csv",
				) as unknown as BridgeRow[],
			);
			expect([bridge.size, errors]).toEqual([6857, []]);
		});
});
