import type { Position } from "geojson";
import { feature } from "topojson-client";
import { describe, expect, it } from "vitest";
import { compareBorders } from "../../../core/areas/border-move.ts";
import type { BoundaryOptions } from "../../../core/areas/boundaries.ts";
import { areaOfShape } from "../../../core/areas/boundary-rings.ts";
import {
	type BoundaryShape,
	drawRegencies,
} from "../../../core/areas/boundary-topology.ts";
import { enclosedGaps } from "../../../core/areas/enclosed-gaps.ts";
import { shareEdges, TOLERANCE } from "../../../hub/intake/share-edges.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { loadMapShapes } from "../../../resources/geography/load.ts";
import { readBoundaries } from "../../fixtures/read-boundaries.ts";
import { hasData, json } from "./shared.ts";

const builtIn = loadMapShapes();
const keyOf = ([x, y]: Position) => `${x} ${y}`;

/** Each side bends twice, the same way for both areas beside it, by at most 170 m. */
function bent([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position) {
	const [dx, dy] = [bx - ax, by - ay];
	const length = Math.hypot(dx, dy);
	const aside = Math.min(0.0015, 0.05 * length) / length;
	return [
		[ax + dx / 3 - dy * aside, ay + dy / 3 + dx * aside],
		[ax + (2 * dx) / 3 + dy * aside, ay + (2 * dy) / 3 - dx * aside],
	];
}

/** The map with bent sides, of which every other area kept another bend: as if each polygon had been simplified by itself. */
const simplified = builtIn.map((shape, at): BoundaryShape => {
	const one = (ring: Position[]): Position[] =>
		ring.flatMap((corner, k) => {
			const next = ring[k + 1];
			if (!next) return [corner];
			const forward = keyOf(corner) < keyOf(next);
			const bends = forward ? bent(corner, next) : bent(next, corner);
			return [corner, bends[at % 2] as Position];
		});
	return {
		...shape,
		properties: { code: shape.properties.code },
		geometry: {
			type: "MultiPolygon",
			coordinates: shape.geometry.coordinates.map((rings) => rings.map(one)),
		},
	};
});

/** What the provinces of a map show when they are outlined: lines within them are borders that neighbours do not share. */
function outlines(shapes: readonly BoundaryShape[]) {
	const map = drawRegencies(shapes, { source: "test", limit: 1e8 });
	const polygons = feature(map, map.objects.provinces).features.flatMap(
		({ geometry }) =>
			geometry.type === "Polygon"
				? [geometry.coordinates]
				: geometry.type === "MultiPolygon"
					? geometry.coordinates
					: [],
	);
	const along = (ring: Position[]) =>
		ring.reduce((sum, [x = 0, y = 0], k) => {
			const [px = x, py = y] = ring[k - 1] ?? [];
			return sum + Math.hypot(x - px, y - py);
		}, 0);
	const holes = polygons.flatMap(([, ...within]) => within);
	return {
		/** Rings within a province: lakes and enclaves are few. */
		holes: holes.length,
		/** How wide each of them is in the mean (twice its land by its length), in metres: a sliver is long and narrow. */
		widths: holes.map((ring) => {
			const east = Math.cos(((ring[0]?.[1] ?? 0) * Math.PI) / 180);
			const metres = ring.map(([x = 0, y = 0]) => [
				x * east * 111_320,
				y * 111_320,
			]);
			return (2 * areaOfShape([[metres]])) / along(metres);
		}),
		/** Degrees. */
		length: polygons.flat().reduce((sum, ring) => sum + along(ring), 0),
	};
}

describe("a map whose polygons were simplified one at a time", () => {
	it("shows the borders within its provinces when they are outlined, and only their outline once neighbours share their borders; no area is lost or much changed", async () => {
		const whole = outlines(builtIn);
		const before = outlines(simplified);
		expect(before.length).toBeGreaterThan(1.4 * whole.length);
		const { shapes, move, swallowed } = await shareEdges(
			simplified,
			TOLERANCE.regency,
		);
		expect(swallowed).toEqual([]);
		expect(shapes.map(({ properties }) => properties.code)).toEqual(
			simplified.map(({ properties }) => properties.code),
		);
		const after = outlines(shapes);
		expect(after.length).toBeLessThan(1.03 * whole.length);
		expect(after.holes).toBeLessThanOrEqual(whole.holes + 5);
		expect(move.moved).toBeGreaterThan(500);
		// No border went farther than the bends lie apart, and no kabupaten became another.
		expect(move.farthest?.degrees).toBeLessThan(0.004);
		expect(Math.abs(move.land[0]?.change ?? 0)).toBeLessThan(0.1);
	});

	it("that shares its borders already is left as it is, vertex by vertex", async () => {
		const shapes = builtIn.map((shape) => ({
			...shape,
			properties: { code: shape.properties.code },
		}));
		const { move } = await shareEdges(shapes, TOLERANCE.regency);
		expect(move).toMatchObject({ moved: 0, farthest: null, land: [] });
	});

	it("has a gap that is wider than all are closed closed where it is little land for whoever gets it, and told where it is not", async () => {
		// Two columns of areas with a gap of 300 m between them: below wide ones and above narrow ones, whose land it would be a third of.
		const gap = 0.0027;
		const box = (code: string, [low, high]: Position, ...sides: Position[]) => {
			const [below = [], above = below] = sides;
			const ring = [
				...below.map((x) => [x, low]),
				...above.toReversed().map((x) => [x, high]),
			];
			return {
				type: "Feature" as const,
				properties: { code: code as never },
				geometry: {
					type: "MultiPolygon" as const,
					coordinates: [[[...ring, ring[0]]]] as Position[][][],
				},
			};
		};
		const wide = [110, 110.2, 110.2 + gap, 110.4];
		const narrow = [110.19, 110.2, 110.2 + gap, 110.21];
		const shapes: BoundaryShape[] = [
			box("35.01.01", [0, 0.1], [110, 110.2]),
			box("35.01.02", [0, 0.1], [110.2 + gap, 110.4]),
			box("35.01.03", [0.11, 0.21], [110.19, 110.2]),
			box("35.01.04", [0.11, 0.21], [110.2 + gap, 110.21]),
			// What closes the two gaps below, between and above.
			box("35.01.05", [-0.1, 0], wide),
			box("35.01.06", [0.1, 0.11], wide, narrow),
			box("35.01.07", [0.21, 0.3], narrow),
		];
		expect(enclosedGaps(shapes)).toMatchObject([
			{ beside: ["35.01.01", "35.01.02", "35.01.05", "35.01.06"] },
			{ beside: ["35.01.03", "35.01.04", "35.01.06", "35.01.07"] },
		]);
		const shared = await shareEdges(shapes, TOLERANCE.district);
		const [left] = enclosedGaps(shared.shapes);
		expect(left?.beside).toEqual([
			"35.01.03",
			"35.01.04",
			"35.01.06",
			"35.01.07",
		]);
		expect(left?.area).toBeCloseTo(0.3 * 11.1, 1);
		expect(enclosedGaps(shared.shapes)).toHaveLength(1);
		const closed = await shareEdges(shapes, { all: 150, small: 150 });
		expect(enclosedGaps(closed.shapes)).toHaveLength(2);
	});

	it("keeps the lakes that one kecamatan encloses alone, and counts no land of an island as gap", async () => {
		const circle = (radius: number) =>
			Array.from({ length: 49 }, (_, at) => [
				110.3 + radius * Math.cos((at * Math.PI) / 24),
				radius * Math.sin((at * Math.PI) / 24),
			]);
		const shape = (code: string, rings: Position[][]): BoundaryShape => ({
			type: "Feature",
			properties: { code: code as never },
			geometry: { type: "MultiPolygon", coordinates: [rings] },
		});
		const outer = [
			[110, -0.3],
			[110.6, -0.3],
			[110.6, 0.3],
			[110, 0.3],
			[110, -0.3],
		];
		// 900 m wide: a gap as wide between neighbours would be closed.
		const lake = [shape("35.01.01", [outer, circle(0.00404)])];
		const shared = await shareEdges(lake, TOLERANCE.district);
		expect(enclosedGaps(shared.shapes)).toMatchObject([
			{ beside: ["35.01.01"], area: expect.closeTo(0.634, 2) },
		]);
		// A lake with an island of another kecamatan: water of 4 less 1 parts.
		const [gap] = enclosedGaps([
			shape("35.01.01", [outer, circle(0.2)]),
			shape("35.01.02", [circle(0.1)]),
		]);
		expect(gap?.beside).toEqual(["35.01.01", "35.01.02"]);
		expect(gap?.area).toBeCloseTo(
			0.75 * Math.PI * (0.2 * 111.32) ** 2 * 0.9972,
			-1,
		);
	});

	it("is told of each area by how much its land changed, and of the vertex that moved farthest", () => {
		const square = (side: number): BoundaryShape => ({
			type: "Feature",
			properties: { code: "35.07" as never },
			geometry: {
				type: "MultiPolygon",
				coordinates: [
					[
						[
							[110, 0],
							[110 + side, 0],
							[110 + side, 1],
							[110, 1],
							[110, 0],
						],
					],
				],
			},
		});
		const move = compareBorders([square(1)], [square(0.9)]);
		expect(move).toMatchObject({ moved: 2, vertices: 5 });
		expect(move.farthest?.code).toBe("35.07");
		expect(move.farthest?.degrees).toBeCloseTo(0.1, 9);
		expect(move.land[0]?.change).toBeCloseTo(-0.1, 9);
	});

	if (hasData)
		it("the official file of 514 (10-batas-wilayah) has 1,149 rings within its provinces, of which those stay that are wider than the tolerance: lakes, and land of which it has no polygon", async () => {
			const options: BoundaryOptions = {
				tree: loadAreaTree(),
				source: "test",
				limit: 1e8,
			};
			const reading = readBoundaries(
				json("10-batas-wilayah/adm2_kabkota_514_kode2020.geojson"),
				options,
			);
			if (!reading.ok) throw new Error(JSON.stringify(reading.errors[0]));
			const before = outlines(reading.shapes);
			const { shapes, move, swallowed } = await shareEdges(
				reading.shapes,
				TOLERANCE.regency,
			);
			const after = outlines(shapes);
			expect(swallowed).toEqual([]);
			expect(before.holes).toBeGreaterThan(1000);
			expect(
				before.widths.filter((width) => width < 300).length,
			).toBeGreaterThan(1000);
			expect(after.widths.filter((width) => width < 290)).toEqual([]);
			expect(after.holes).toBeLessThan(30);
			expect(after.length).toBeLessThan(0.8 * before.length);
			// Sorong is drawn with the land of Tambrauw, which was a part of it until 2008 and is in the file beside it.
			expect(
				move.land.filter(({ change }) => Math.abs(change) > 0.1),
			).toMatchObject([{ code: "92.01" }]);
		});
});
