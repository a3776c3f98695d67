import { readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readAround } from "../../../renderer/parts/map/around.ts";
import type { WorldAtlas } from "../../../resources/areas/packages.ts";
import { NEIGHBOURS_FILE } from "../../../resources/geography/load.ts";
import { makeNeighbours } from "../../../resources/geography/neighbours.ts";

const around = readAround(JSON.parse(readFileSync(NEIGHBOURS_FILE, "utf8")));

/** Even-odd over all rings. */
function isLand(lng: number, lat: number): boolean {
	let odd = false;
	for (const { polygon } of around.parts)
		for (const ring of polygon)
			for (const [at, corner] of ring.entries()) {
				const [x1, y1] = corner as [number, number];
				const [x2, y2] = ring.at(at - 1) as [number, number];
				if (
					y1 > lat !== y2 > lat &&
					lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1
				)
					odd = !odd;
			}
	return odd;
}

describe("the land around the country", () => {
	test.each([
		["Kuala Lumpur", 101.69, 3.14],
		["Kuching", 110.36, 1.5],
		["Singapore", 103.82, 1.36],
		["Bandar Seri Begawan", 114.9, 4.85],
		["Dili, inland", 125.6, -8.75],
		["Port Moresby, inland", 147.3, -9.3],
		["Darwin, inland", 131.1, -12.8],
		["Davao, inland", 125.4, 7.3],
		["Bangkok", 100.5, 13.8],
	])("has %s", (_, lng, lat) => expect(isLand(lng, lat)).toBe(true));

	test.each([
		["Jakarta", 106.83, -6.2],
		["Pontianak", 109.34, 0],
		["Kupang", 123.7, -10.2],
		["Jayapura", 140.6, -2.7],
		["Laut Jawa", 111, -5],
		["Selat Malaka", 99.5, 4],
		["Laut Banda", 127, -6],
	])("has no %s: it is the country's own, or sea", (_, lng, lat) =>
		expect(isLand(lng, lat)).toBe(false),
	);

	test("meets the country on Borneo, Timor and New Guinea", () => {
		const corners = around.border.coordinates.flat() as [number, number][];
		for (const [west, east] of [
			[109, 118],
			[123.9, 125.2],
			[140.8, 141.1],
		] as const)
			expect(corners.some(([lng]) => lng >= west && lng <= east)).toBe(true);
	});

	test("is a small file, and its edge lies beyond what the camera reaches", () => {
		expect(statSync(NEIGHBOURS_FILE).size).toBeLessThan(150_000);
		const corners = around.parts.flatMap(({ polygon }) => polygon.flat());
		const lng = corners.map(([x]) => x as number);
		const lat = corners.map(([, y]) => y as number);
		expect(Math.min(...lng)).toBeLessThan(78);
		expect(Math.max(...lng)).toBeGreaterThan(158);
		expect(Math.min(...lat)).toBeLessThan(-30);
		expect(Math.max(...lat)).toBeGreaterThan(26);
	});

	test("has no line through the seas: what crosses 180°, as Fiji does, is not closed round the world", () => {
		const wide = around.lines.coordinates.flatMap((line) =>
			line.filter(
				([lng], at) => Math.abs((lng ?? 0) - (line[at - 1]?.[0] ?? lng)) > 40,
			),
		);
		expect(wide).toEqual([]);
	});

	test("is cut at the edge: a country that reaches beyond it keeps what lies inside, and Indonesia is left out", () => {
		const ring = (west: number, east: number): number[][] => [
			[west, 0],
			[east, 0],
			[east, 10],
			[west, 10],
			[west, 0],
		];
		const world = {
			type: "Topology",
			objects: {
				countries: {
					type: "GeometryCollection",
					geometries: [
						{ type: "Polygon", id: "1", properties: {}, arcs: [[0]] },
						{ type: "Polygon", id: "360", properties: {}, arcs: [[1]] },
					],
				},
			},
			arcs: [ring(60, 100), ring(110, 120)],
		} as unknown as WorldAtlas;
		const { land } = readAround(makeNeighbours(world));
		const corners = land.coordinates.flat(2) as [number, number][];
		expect(Math.min(...corners.map(([lng]) => lng))).toBeCloseTo(62, 2);
		expect(Math.max(...corners.map(([lng]) => lng))).toBeCloseTo(100, 2);
	});
});
