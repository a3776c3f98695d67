import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { AreaCode } from "../../../core/areas/codes.ts";
import { day } from "../../../core/series/day.ts";
import { jakartaKelurahan } from "../../../hub/connectors/jakarta-kelurahan.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

const tree = loadAreaTree();
const DATA = path.resolve(
	import.meta.dirname,
	"../../../../shared/data/06-jakarta-kelurahan",
);
const NAME = "kelurahan_2020-03-26_2020-07-18.json";

const read = (given: unknown, name = NAME) =>
	jakartaKelurahan.parse(
		given instanceof Uint8Array
			? given
			: new TextEncoder().encode(JSON.stringify(given)),
		{
			tree,
			bridge: null,
			people: () => null,
			path: `/in/${name}`,
			asOf: null,
			received: day("2020-12-31"),
		},
	);

const counts = (odp: number, pdp: number, positif: number, sembuh: number) => ({
	odp,
	odppp: 0,
	odpsp: 0,
	pdp,
	pdpmd: 0,
	pdpps: 0,
	positif,
	dirawat: 0,
	sembuh,
	meninggal: 0,
	isolasi: 0,
});

// Of public/data.json in emsifa/jakarta-covid-19-heatmap at 0d06c17: Ancol around the change of terms, as it stands there newest first, and the
// island that is written P. HARAPAN on some days of April and PULAU HARAPAN on others.
const FILE = {
	ANCOL: {
		"2020-07-17": counts(104, 100, 39, 33),
		"2020-07-16": counts(333, 26, 38, 33),
		"2020-07-15": counts(331, 26, 38, 33),
	},
	"P. HARAPAN": { "2020-04-14": counts(0, 0, 0, 0) },
	"PULAU HARAPAN": { "2020-04-13": counts(1, 0, 0, 0) },
	"KAMPUNG TENGAH": { "2020-04-13": counts(3, 2, 1, 0) },
	KERENDANG: { "2020-04-13": counts(3, 2, 2, 0) },
	"HALIM PERDANA KUSUMAH": { "2020-04-13": counts(3, 2, 3, 0) },
};

describe("Jakarta by kelurahan", () => {
	it("takes no text or list for a number of degrees, and no key among the counts for the kelurahan or the day", () => {
		const positions = read({
			ANCOL: ["-6.12", "106.83"],
			PLUIT: [[-6.12], [106.8]],
			SUNTER: [-6.12, 106.83, 5],
		});
		expect(positions.positions).toEqual([]);
		expect(positions.errors).toHaveLength(3);
		const other = read({
			ANCOL: {
				"2020-07-17": { positif: 9, kelurahan: "PLUIT" },
				"2020-07-16": { positif: 9, tanggal: "2020-07-01" },
				"2020-07-15": { positif: 9 },
			},
		});
		expect(other.reports.map(({ line }) => line)).toEqual([3]);
		expect(other.errors).toMatchObject([
			{ line: 1, found: "kelurahan among the counts" },
			{ line: 2, found: "tanggal among the counts" },
		]);
	});

	it("refuses a row of names without an end, and keeps no more than the beginning of a cell of 10 MB", () => {
		const many = Object.fromEntries(
			Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at]),
		);
		const { reports, errors } = read({
			ANCOL: {
				"2020-07-17": { positif: 9, ...many },
				"2020-07-16": { positif: 8, note: "x".repeat(10_000_000) },
			},
		});
		expect(errors).toMatchObject([{ line: 1, found: "100001 names" }]);
		expect(reports.map(({ values }) => values.confirmed)).toEqual([8]);
		expect(JSON.stringify(reports).length).toBeLessThan(1000);
	});

	it("finds each kelurahan by its name, the islands by the name before April 2020 too, packed or not", () => {
		const plain = read(FILE);
		expect(plain.errors).toEqual([]);
		expect(
			plain.reports.map(({ area, day: on, values }) => [
				tree.get(area)?.name,
				area,
				on,
				values.confirmed,
			]),
		).toEqual([
			["Ancol", "31.72.05.1003", day("2020-07-17"), 39],
			["Ancol", "31.72.05.1003", day("2020-07-16"), 38],
			["Ancol", "31.72.05.1003", day("2020-07-15"), 38],
			["Pulau Harapan", "31.01.01.1003", day("2020-04-14"), 0],
			["Pulau Harapan", "31.01.01.1003", day("2020-04-13"), 0],
			["Tengah", "31.75.04.1002", day("2020-04-13"), 1],
			["Krendang", "31.73.04.1005", day("2020-04-13"), 2],
			["Halim Perdana Kusuma", "31.75.08.1004", day("2020-04-13"), 3],
		]);
		const packed = read(
			gzipSync(new TextEncoder().encode(JSON.stringify(FILE))),
			`${NAME}.gz`,
		);
		expect(packed).toEqual(plain);
	});

	it("ends ODP and PDP on the day before the terms mean something else, names them, and keeps them in the row", () => {
		const { reports, remarks, asOf } = read(FILE);
		expect(reports.slice(0, 2).map(({ values }) => values)).toEqual([
			{ confirmed: 39, recovered: 33, deaths: 0 },
			{ confirmed: 38, recovered: 33, deaths: 0, odp: 333, pdp: 26 },
		]);
		expect(reports[0]?.raw).toMatchObject({ odp: "104", pdp: "100" });
		expect(remarks).toEqual([
			{ day: day("2020-07-17"), terms: ["odp", "pdp"] },
		]);
		expect(asOf).toBe(day("2020-07-18"));
		expect(reports.every(({ day: on, asOf }) => on === asOf)).toBe(true);
	});

	it("takes a file of positions as where kelurahan lie, and none that lies elsewhere", () => {
		const { positions, errors, lines, reports } = read(
			{
				ANCOL: [-6.1231, 106.8322],
				SENAYAN: [106.8067663, -6.2264329],
				BANDUNG: [-6.9, 107.6],
				TOMANG: [-6.17],
				// One of the two alone is enough to be elsewhere.
				"PADEMANGAN TIMUR": [-7.9, 106.7],
				"PADEMANGAN BARAT": [-6.15, 108.2],
			},
			"kelurahan_koordinat.json",
		);
		expect(lines).toBe(6);
		expect(reports).toEqual([]);
		expect(positions).toEqual([
			{ area: "31.72.05.1003", line: 1, lat: -6.1231, lng: 106.8322 },
		]);
		expect(errors.map(({ line, reason }) => [line, reason])).toEqual([
			[2, "format"],
			[3, "unknown-area"],
			[4, "format"],
			[5, "format"],
			[6, "format"],
		]);
	});

	it.each([
		["a list", [1, 2]],
		["nothing", {}],
		["a kelurahan without days", { ANCOL: 3 }],
		["a gz that is none", new Uint8Array([0x1f, 0x8b, 1, 2, 3])],
		["text", new TextEncoder().encode("kelurahan,tanggal")],
	])("refuses %s whole, in words", (_, given) => {
		const { reports, errors, lines, unread } = read(given);
		expect([reports, lines, unread]).toEqual([[], 1, 1]);
		expect(errors[0]).toMatchObject({ line: null, reason: "format" });
	});

	it("says of a day after the file was written, and of a count that is none, on which entry it stands", () => {
		const { errors } = read({
			ANCOL: {
				"2020-07-19": counts(1, 1, 1, 1),
				"2020-07-18": { ...counts(1, 1, 1, 1), positif: -1 },
			},
		});
		expect(errors.map(({ line, column }) => [line, column])).toEqual([
			[1, "tanggal"],
			[2, "positif"],
		]);
	});

	it("knows the 267 kelurahan of Jakarta, each in the kecamatan of its code, since before the epidemic", () => {
		const all = tree.at("village");
		expect(all).toHaveLength(267);
		expect(all.every(({ parent, code }) => code.startsWith(`${parent}.`))).toBe(
			true,
		);
		expect(all.every(({ validFrom, validTo }) => !validFrom && !validTo)).toBe(
			true,
		);
		expect(new Set(all.map(({ parent }) => parent as AreaCode))).toEqual(
			new Set(
				tree
					.at("district")
					.filter(({ code }) => code.startsWith("31."))
					.map(({ code }) => code),
			),
		);
	});
});

const whole = path.join(DATA, `${NAME}.gz`);
it.runIf(existsSync(whole))(
	"reads the whole file as it came: 267 kelurahan x 115 days, 964 falls",
	() => {
		const { reports, errors, lines, positions } = read(
			readFileSync(whole),
			`${NAME}.gz`,
		);
		expect([errors, lines, positions]).toEqual([[], 30_705, undefined]);
		const byArea = Map.groupBy(reports, ({ area }) => area);
		expect(byArea.size).toBe(267);
		let falls = 0;
		for (const days of byArea.values()) {
			expect(days).toHaveLength(115);
			const inOrder = days.toSorted((a, b) => a.day - b.day);
			for (const [at, { values }] of inOrder.entries())
				for (const key of ["confirmed", "recovered", "deaths"] as const)
					if ((values[key] ?? 0) < (inOrder[at - 1]?.values[key] ?? 0)) falls++;
		}
		expect(falls).toBe(964);
		const seats = read(
			readFileSync(path.join(DATA, "kelurahan_koordinat.json")),
			"kelurahan_koordinat.json",
		);
		expect([seats.errors, seats.positions?.length]).toEqual([[], 267]);
	},
);
