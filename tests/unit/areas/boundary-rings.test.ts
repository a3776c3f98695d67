import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import { describe, expect, it } from "vitest";
import type { BoundaryRemark } from "../../../core/areas/boundaries.ts";
import {
	areaOfShape,
	type RingFault,
	type RingReading,
	readRings,
} from "../../../core/areas/boundary-rings.ts";
import {
	type BoundaryTopology,
	landOfShapes,
	shapesOf,
} from "../../../core/areas/boundary-topology.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { MAP_FILE } from "../../../resources/geography/load.ts";
import { readBoundaries } from "../../fixtures/read-boundaries.ts";

/** A square by its south-west corner and side, counter-clockwise. */
const square = (x: number, y: number, side: number): Position[] => [
	[x, y],
	[x + side, y],
	[x + side, y + side],
	[x, y + side],
	[x, y],
];
const polygon = (...coordinates: Position[][]): Polygon => ({
	type: "Polygon",
	coordinates,
});
const polygons = (...coordinates: Position[][][]): MultiPolygon => ({
	type: "MultiPolygon",
	coordinates,
});
function read(geometry: unknown): RingReading {
	const reading = readRings(geometry);
	if ("found" in reading) throw new Error(JSON.stringify(reading));
	return reading;
}
const landOf = (geometry: unknown) =>
	areaOfShape(read(geometry).shape.coordinates);
const landOfReading = (reading: RingReading | RingFault) =>
	"shape" in reading ? areaOfShape(reading.shape.coordinates) : reading;
const faultOf = (geometry: unknown) => {
	const reading = readRings(geometry);
	return "found" in reading ? reading : null;
};

describe("rings of a polygon are read by where they lie", () => {
	const land = square(110, -8, 4);
	const lake = square(111, -7, 2);
	const islet = square(111.5, -6.5, 1);
	const pond = square(111.8, -6.2, 0.5);
	const island = square(120, -8, 1);
	const islandLake = square(120.25, -7.75, 0.5);

	it("islands written as further rings stay islands, with their own holes, and islands in lakes with theirs", () => {
		const rings = [land, lake, islet, pond, island, islandLake];
		const whole = 16 - 4 + 1 - 0.25 + 1 - 0.25;
		expect(landOf(polygon(...rings))).toBeCloseTo(whole, 9);
		expect(
			read(polygon(...rings))
				.remarks.map(({ kind, ring }) => `${kind} ${ring}`)
				.sort(),
		).toEqual(["island polygon 1, ring 3", "island polygon 1, ring 5"]);
		expect(
			landOf(polygons([land, lake], [islet, pond], [island, islandLake])),
		).toBeCloseTo(whole, 9);
	});

	it("in any order and direction the land is the same", () => {
		const rings = [land, lake, islet, island, islandLake];
		fc.assert(
			fc.property(
				fc.shuffledSubarray(rings.slice(1), { minLength: 4 }),
				fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
				(rest, turned) => {
					const written = [land, ...rest].map((ring, k) =>
						turned[k] ? [...ring].reverse() : ring,
					);
					expect(landOf(polygon(...written))).toBeCloseTo(13.75, 9);
				},
			),
		);
	});

	it("an open ring is closed, a height is dropped, and both are the same land", () => {
		const open = land.slice(0, -1).map(([x, y]) => [x, y, 12] as Position);
		expect(read(polygon(open)).shape.coordinates).toEqual([[land]]);
		expect(read(polygon(open)).remarks.map(({ kind }) => kind)).toEqual([
			"open",
		]);
	});

	it("a ring that touches itself or its neighbour in a corner or along a side is as good as any", () => {
		// Two squares in one line, joined at 111,-7; then two islands with a common side.
		const hourglass: Position[] = [
			[110, -8],
			[111, -8],
			[111, -7],
			[112, -7],
			[112, -6],
			[111, -6],
			[111, -7],
			[110, -7],
			[110, -8],
		];
		expect(landOf(polygon(hourglass))).toBeCloseTo(2, 9);
		expect(
			landOf(polygons([square(110, -8, 1)], [square(111, -8, 1)])),
		).toBeCloseTo(2, 9);
		expect(landOf(polygon(square(110, -8, 2), square(110, -8, 1)))).toBeCloseTo(
			3,
			9,
		);
	});

	it.each<[string, unknown, Partial<RingFault>]>([
		[
			"a ring that crosses itself",
			polygon(land, [
				[111, -7],
				[113, -5],
				[113, -7],
				[111, -5],
				[111, -7],
			]),
			{
				ring: "polygon 1, ring 2",
				found: "it crosses itself at 112.0000, -6.0000",
			},
		],
		[
			"rings that cross one another",
			polygons([land], [square(113, -7, 2)]),
			{
				ring: "polygon 2, ring 1",
				found: "it overlaps polygon 1, ring 1: 50 % of it lies within",
			},
		],
		[
			"a polygon on the land of another",
			polygons([land], [lake]),
			{
				ring: "polygon 2, ring 1",
				found: "an outer ring within polygon 1, ring 1",
			},
		],
		[
			"a first ring within a further one",
			polygon(lake, land),
			{
				ring: "polygon 1, ring 1",
				found: "an outer ring within polygon 1, ring 2",
			},
		],
		[
			"a ring twice",
			polygon(land, [...land].reverse()),
			{
				ring: "polygon 1, ring 2",
				found: "the same ring as polygon 1, ring 1",
			},
		],
		[
			"a ring without area",
			polygon([
				[110, -8],
				[111, -8],
				[112, -8],
				[110, -8],
			]),
			{ found: "polygons without area" },
		],
		[
			"a ring of one corner, repeated",
			polygon([
				[110, -8],
				[110, -8],
				[110, -8],
				[110, -8],
			]),
			{ ring: null, found: "polygons without area" },
		],
		[
			"a line there and back",
			polygon([
				[110, -8],
				[111, -8],
				[110, -8],
			]),
			{ ring: "polygon 1, ring 1", found: "a ring of 2 corners" },
		],
		[
			"metres",
			polygon([
				[675000, 9200000],
				[675100, 9200000],
				[675100, 9200100],
				[675000, 9200000],
			]),
			{
				ring: "polygon 1, ring 1",
				found:
					"position 1: 675000, 9200000 (no degrees: projected coordinates)",
			},
		],
		[
			"text for a number",
			polygon([["110", "-8"] as never]),
			{ ring: "polygon 1, ring 1", found: 'position 1: ["110","-8"]' },
		],
		[
			"a null ring",
			{ type: "MultiPolygon", coordinates: [[land], [null]] },
			{ ring: "polygon 2, ring 1", found: "null" },
		],
		[
			"a polygon of no ring",
			{ type: "MultiPolygon", coordinates: [[land], []] },
			{ ring: "polygon 2", found: "no ring" },
		],
		[
			"no coordinates",
			{ type: "Polygon" },
			{ ring: null, found: "Polygon with coordinates nothing" },
		],
		[
			"no polygons",
			{ type: "MultiPolygon", coordinates: [] },
			{ ring: null, found: "MultiPolygon without polygons" },
		],
		["text for a geometry", "POLYGON((1 2))", { found: "POLYGON((1 2))" }],
		[
			"a list nested 100,000 deep for a position",
			JSON.parse(
				`{"type":"Polygon","coordinates":${"[".repeat(1e5)}${"]".repeat(1e5)}}`,
			),
			{ ring: "polygon 1, ring 1", found: "position 1: [[…]]" },
		],
	])("%s is refused with its ring", (_, geometry, expected) => {
		expect(faultOf(geometry)).toMatchObject(expected);
	});

	it("what is less than 1 % of the land is read as it stands, and said", () => {
		const { remarks, shape } = read(polygons([land], [square(111, -7, 0.1)]));
		expect(remarks).toEqual([
			{
				kind: "slip",
				ring: "polygon 2, ring 1",
				found: "an outer ring within polygon 1, ring 1",
			},
		]);
		expect(areaOfShape(shape.coordinates)).toBeCloseTo(16.01, 9);
	});

	it("an islet that the grid of the file made a point is left out, and said", () => {
		const point: Position[] = [
			[120, -8],
			[120.0001, -8],
			[120, -8],
			[120, -8],
		];
		const { remarks, shape } = read(polygons([land], [point]));
		expect(remarks).toEqual([
			{ kind: "flat", ring: "polygon 2, ring 1", found: "a ring of 2 corners" },
		]);
		expect(shape.coordinates).toEqual([[land]]);
	});

	it("rings that overlap along a common straight side, no corner within the other, are refused with how much", () => {
		// Twelve and twelve square degrees, two of them twice: 22 of land, not 24.
		const rectangle = (x: number): Position[] => [
			[x, -8],
			[x + 6, -8],
			[x + 6, -6],
			[x, -6],
			[x, -8],
		];
		const found = "it overlaps polygon 1, ring 1: 17 % of it lies within";
		expect(faultOf(polygons([rectangle(110)], [rectangle(115)]))).toMatchObject(
			{ ring: "polygon 2, ring 1", found },
		);
		expect(
			faultOf(polygon(rectangle(110), rectangle(115).reverse())),
		).toMatchObject({ ring: "polygon 1, ring 2", found });
		expect(landOf(polygons([rectangle(110)], [rectangle(116)]))).toBeCloseTo(
			24,
			9,
		);
	});

	it("a ring whose two loops run in opposite ways through one corner is refused, not drawn with the difference", () => {
		const bowTie: Position[] = [
			[110, -8],
			[111, -7],
			[113, -5],
			[113, -9],
			[111, -7],
			[110, -6],
			[110, -8],
		];
		expect(faultOf(polygon(bowTie))).toMatchObject({
			found: "it crosses itself at 111.0000, -7.0000",
		});
	});

	it("ten thousand islands in one polygon, ten thousand that share their sides, and a coast of 100,000 corners are what they are", () => {
		const cells = Array.from({ length: 10_000 }, (_, k) => [
			k % 100,
			Math.floor(k / 100),
		]);
		const islands = cells.map(([x = 0, y = 0]) =>
			square(110 + x / 8, -8 + y / 8, 1 / 16),
		);
		expect(landOf(polygon(...islands))).toBeCloseTo(10_000 / 256, 9);
		const tiles = cells.map(([x = 0, y = 0]) => [
			square(110 + x / 8, -8 + y / 8, 1 / 8),
		]);
		expect(landOf(polygons(...tiles))).toBeCloseTo(10_000 / 64, 9);
		const coast = Array.from({ length: 100_000 }, (_, k): Position => {
			const angle = (2 * Math.PI * k) / 100_000;
			const away = 5 + Math.sin(997 * angle) / 10;
			return [118 + away * Math.cos(angle), -2 + away * Math.sin(angle)];
		});
		expect(landOf(polygon(coast))).toBeCloseTo(Math.PI * 25.005, 4);
	});

	it("rings too entangled to tell apart are refused with their number, soon", () => {
		const tangle = Array.from(
			{ length: 20_000 },
			(_, k): Position => [
				100 + ((k * 7919) % 3001) / 100,
				-8 + ((k * 104_729) % 1009) / 100,
			],
		);
		expect(faultOf(polygon(tangle))?.found).toMatch(
			/^rings so entangled that they cannot be told apart \(1 with 20000 corners\)$/,
		);
	});

	/** A polygon of columns of cells on one line, and the cells. */
	const columns = fc
		.record({
			x: fc.integer({ min: 0, max: 5 }),
			y: fc.integer({ min: 0, max: 5 }),
			heights: fc.array(fc.integer({ min: 1, max: 4 }), {
				minLength: 1,
				maxLength: 4,
			}),
			turned: fc.boolean(),
		})
		.map(({ x, y, heights, turned }) => {
			const turn = ([a = 0, b = 0]: Position): Position =>
				turned ? [b, a] : [a, b];
			const tops = heights.flatMap((height, k) => [
				[x + k, y + height],
				[x + k + 1, y + height],
			]);
			return {
				ring: [[x, y], ...tops, [x + heights.length, y], [x, y]].map(turn),
				cells: new Set(
					heights.flatMap((height, k) =>
						Array.from({ length: height }, (_, n) =>
							String(turn([x + k, y + n])),
						),
					),
				),
			};
		});

	it("of any two rings it is known whether they share ground, touch or lie apart, however the grid lies", () => {
		fc.assert(
			fc.property(
				columns,
				columns,
				fc.constantFrom(0, 0.3, Math.PI / 4, 1, 2.5),
				(one, other, angle) => {
					// A turned grid, whose corners lie beside the sides they touch by a rounding error.
					const laid = (ring: Position[]) =>
						ring.map(
							([x = 0, y = 0]): Position => [
								118 + (x * Math.cos(angle) - y * Math.sin(angle)) / 3,
								-3 + (x * Math.sin(angle) + y * Math.cos(angle)) / 3,
							],
						);
					const shared = [...one.cells].filter((cell) => other.cells.has(cell));
					const [small, large] = [one, other].sort(
						(a, b) => a.cells.size - b.cells.size,
					);
					if (!small || !large) throw new Error("two rings");
					const reading = readRings(
						polygon(laid(large.ring), laid(small.ring)),
					);
					if (shared.length === 0)
						expect(landOfReading(reading)).toBeCloseTo(
							(one.cells.size + other.cells.size) / 9,
							9,
						);
					else if (shared.length < small.cells.size)
						expect(reading).toMatchObject({
							found: expect.stringMatching(
								/^(it overlaps|an outer ring within)/,
							),
						});
					else if (small.cells.size === large.cells.size)
						expect(reading).toMatchObject({
							found: expect.stringMatching(/^the same ring/),
						});
					else
						expect(landOfReading(reading)).toBeCloseTo(
							(large.cells.size - small.cells.size) / 9,
							9,
						);
				},
			),
			{ numRuns: 2_000 },
		);
	});

	it("random coasts with lakes, islets in them and islands around have the area that triangles give", () => {
		const star = (count: number) =>
			fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), {
				minLength: count,
				maxLength: count,
			});
		const coast = (x: number, y: number, size: number, shape: number[]) => {
			const corners = shape.map((away, k): Position => {
				const angle = (2 * Math.PI * k) / shape.length;
				return [
					x + size * away * Math.cos(angle),
					y + size * away * Math.sin(angle),
				];
			});
			return [...corners, corners[0] ?? []];
		};
		/** Triangles from the middle, of which each has its area by two sides and the angle between. */
		const triangles = (size: number, shape: number[]) =>
			shape.reduce(
				(sum, away, k) =>
					sum +
					(size ** 2 *
						away *
						(shape[(k + 1) % shape.length] ?? 0) *
						Math.sin((2 * Math.PI) / shape.length)) /
						2,
				0,
			);
		fc.assert(
			fc.property(
				fc.array(fc.tuple(star(40), star(9), star(7)), {
					minLength: 1,
					maxLength: 12,
				}),
				fc.infiniteStream(fc.nat()),
				(groups, order) => {
					const rings: Position[][] = [];
					let expected = 0;
					for (const [k, [land, lake, islet]] of groups.entries()) {
						const at = [
							101 + 2.5 * (k % 4),
							-6 + 2.5 * Math.floor(k / 4),
						] as const;
						rings.push(
							coast(...at, 1, land),
							coast(...at, 0.45, lake),
							coast(...at, 0.2, islet),
						);
						expected +=
							triangles(1, land) -
							triangles(0.45, lake) +
							triangles(0.2, islet);
					}
					const [first = [], ...rest] = rings;
					const shuffled = rest
						.map((ring) => ({ ring, by: order.next().value }))
						.sort((a, b) => a.by - b.by)
						.map(({ ring }) => ring);
					expect(landOf(polygon(first, ...shuffled))).toBeCloseTo(expected, 9);
				},
			),
		);
	});

	it("whatever a geometry holds instead, the answer is a reading or a fault, never an exception", () => {
		const junk = fc.letrec((tie) => ({
			node: fc.oneof(
				{ maxDepth: 5 },
				fc.constantFrom(null, undefined, "x", 110, -8, Number.NaN, {}),
				fc.array(tie("node"), { maxLength: 5 }),
			),
		})).node;
		fc.assert(
			fc.property(
				fc.constantFrom("Polygon", "MultiPolygon", "Point", 1, null),
				junk,
				(type, coordinates) => {
					const reading = readRings({ type, coordinates });
					expect("found" in reading || "shape" in reading).toBe(true);
				},
			),
		);
	});
});

describe("the map of the 514, written as other programs write it", () => {
	const map = JSON.parse(readFileSync(MAP_FILE, "utf8"));
	const tree = loadAreaTree();
	const landOfDrawn = (drawn: BoundaryTopology) =>
		landOfShapes(shapesOf(drawn, "regencies"));
	const original = landOfShapes(shapesOf(map, "regencies"));
	const features = () =>
		feature(
			structuredClone(map),
			map.objects.regencies as never,
		) as unknown as {
			type: "FeatureCollection";
			features: Feature<MultiPolygon, { code: string }>[];
		};
	const imported = (file: unknown) => {
		const reading = readBoundaries(file, {
			tree,
			source: "test",
			before: shapesOf(map, "regencies"),
		});
		if (!reading.ok) throw new Error(JSON.stringify(reading.errors[0]));
		return reading;
	};
	/** Areas whose land is not that of the original within a tenth of a percent (the grid of the map). */
	const differing = (file: unknown) =>
		[...landOfDrawn(imported(file).topology)].filter(
			([code, land]) =>
				Math.abs(land - (original.get(code) ?? 0)) >
				0.01 * (original.get(code) ?? 0),
		);

	it("with every ring reversed it is the same land", () => {
		const file = features();
		for (const { geometry } of file.features)
			for (const ring of geometry.coordinates.flat()) ring.reverse();
		expect(differing(file)).toEqual([]);
	});

	it("with the last point of rings left out it is the same land", () => {
		const file = features();
		for (const { geometry, properties } of file.features)
			if (["32.73", "35.07", "32.01"].includes(properties.code))
				for (const ring of geometry.coordinates.flat()) ring.pop();
		expect(differing(file)).toEqual([]);
		const { remarks } = imported(file);
		expect([
			...new Set(remarks.map((one) => `${one.kind} ${one.code}`)),
		]).toEqual(
			expect.arrayContaining(["open 32.73", "open 35.07", "open 32.01"]),
		);
	});

	it("with each multipolygon as one polygon with its islands as further rings it is the same land", () => {
		const file = features();
		for (const item of file.features)
			Object.assign(item, {
				geometry: polygon(...item.geometry.coordinates.flat()),
			});
		expect(differing(file)).toEqual([]);
		expect(
			imported(file).remarks.filter(({ kind }) => kind === "island").length,
		).toBeGreaterThan(100);
	});

	it("an area in two features is refused with both", () => {
		const file = features();
		const thousand = file.features.find(
			({ properties }) => properties.code === "31.01",
		);
		if (!thousand) throw new Error("31.01 is missing");
		file.features.push({ ...thousand });
		const reading = readBoundaries(file, { tree, source: "test" });
		expect(reading.ok ? [] : reading.differences).toEqual([
			{
				kind: "duplicate-code",
				code: "31.01",
				features: [file.features.indexOf(thousand) + 1, file.features.length],
				names: ["31.01", "31.01"],
			},
		]);
	});

	it("an area of quite another size than on the built-in map is remarked by name, and a province that lost a quarter", () => {
		const file = features();
		for (const item of file.features)
			if (item.properties.code === "35.07")
				item.geometry = polygons([square(112.5, -8.1, 0.05)]);
			else if (item.properties.code.startsWith("51"))
				item.geometry = polygons(
					...item.geometry.coordinates.map((rings) =>
						rings.map((ring) =>
							ring.map(([x = 0, y = 0]) => [
								115 + 0.8 * (x - 115),
								-8.4 + 0.8 * (y + 8.4),
							]),
						),
					),
				);
		const land = imported(file).remarks.filter(
			(remark): remark is BoundaryRemark & { kind: "land" } =>
				remark.kind === "land",
		);
		expect(land.map(({ code, against }) => `${code} ${against}`)).toEqual([
			"35.07 map before",
			"51 map before",
		]);
	});

	it("two areas with each other's codes are refused with their seats; a shape beside its seat is remarked", () => {
		const file = features();
		const of = (code: string) => {
			const found = file.features.find(
				({ properties }) => properties.code === code,
			);
			if (!found) throw new Error(code);
			return found;
		};
		const [sabang, merauke] = [of("11.72"), of("91.01")];
		[sabang.properties, merauke.properties] = [
			merauke.properties,
			sabang.properties,
		];
		const reading = readBoundaries(file, { tree, source: "test" });
		expect(reading.ok ? [] : reading.errors).toMatchObject([
			{ kind: "bad-geometry", code: "91.01" },
			{ kind: "bad-geometry", code: "11.72" },
		]);
		expect(JSON.stringify(reading)).toMatch(
			/degrees from the seat of Kota Sabang/,
		);

		const moved = features();
		for (const item of moved.features)
			if (item.properties.code === "35.78") {
				const { lng = 0, lat = 0 } = tree.get("35.78" as never) ?? {};
				item.geometry = polygons([square(lng + 0.2, lat, 0.2)]);
			}
		expect(
			imported(moved).remarks.filter(({ kind }) => kind === "seat"),
		).toMatchObject([{ code: "35.78", name: "Kota Surabaya" }]);
	});

	it("neighbours of one size with each other's codes are remarked, wherever the box around one holds the seat of the other", () => {
		const file = features();
		const [west, south] = ["31.73", "31.74"].map((code) =>
			file.features.find(({ properties }) => properties.code === code),
		);
		if (!west || !south) throw new Error("Jakarta is missing");
		[west.properties, south.properties] = [south.properties, west.properties];
		expect(
			imported(file).remarks.flatMap((one) =>
				one.kind === "seat" ? [one.name] : [],
			),
		).toEqual(
			expect.arrayContaining([
				"Kota Administrasi Jakarta Barat",
				"Kota Administrasi Jakarta Selatan",
			]),
		);
		expect(
			imported(features()).remarks.filter(({ kind }) => kind === "seat"),
		).toEqual([]);
	});

	it("an area that thinning out would draw with less land is remarked by name", () => {
		const file = features();
		const reading = readBoundaries(file, { tree, source: "test", limit: 1 });
		if (!reading.ok) throw new Error(JSON.stringify(reading.errors[0]));
		const drawn = landOfDrawn(reading.topology);
		const off = [...original].filter(
			([code, land]) => Math.abs((drawn.get(code) ?? 0) - land) > 0.1 * land,
		);
		expect(
			reading.remarks.flatMap((one) => (one.kind === "land" ? [one.code] : [])),
		).toEqual(off.map(([code]) => code));
		expect(off.length).toBeGreaterThan(0);
	});

	it.each<[string, (topology: never) => void, RegExp]>([
		[
			"an arc that is not there",
			(topology: { objects: never }) =>
				Object.assign(geometryOf(topology), { arcs: [[[99_999]]] }),
			/polygon 1, ring 1.*arc 99999/,
		],
		[
			"an arc that is no number",
			(topology: { objects: never }) =>
				Object.assign(geometryOf(topology), { arcs: [[["x"]]] }),
			/polygon 1, ring 1.*arc x/,
		],
		[
			"arcs that are none",
			(topology: { objects: never }) =>
				Object.assign(geometryOf(topology), { arcs: 3 }),
			/arcs 3/,
		],
		[
			"a geometry of null",
			(topology: { objects: never }) =>
				Object.assign(geometryOf(topology), { type: null }),
			/no geometry/,
		],
		[
			"an arc named so often that no memory holds it",
			(topology: { objects: never }) =>
				Object.assign(geometryOf(topology), {
					arcs: [[Array.from({ length: 1e7 }, () => 0)]],
				}),
			/polygon 1, ring 1.*arcs named again and again/,
		],
		[
			"a broken arc",
			(topology: { arcs: unknown[]; objects: never }) => {
				Object.assign(geometryOf(topology), { arcs: [[[0]]] });
				topology.arcs[0] = null;
			},
			/arc 0/,
		],
	])(
		"a topology with %s is refused with the feature, its code and ring",
		(_, harm, words) => {
			const topology = structuredClone(map);
			harm(topology as never);
			const reading = readBoundaries(topology, { tree, source: "test" });
			const error = reading.ok ? undefined : reading.errors[0];
			expect(error).toMatchObject({ kind: "bad-geometry", feature: 1 });
			expect(JSON.stringify(error)).toMatch(words);
		},
	);

	it("a null feature is refused with its number, and the codes beside it are still read", () => {
		const file = features();
		file.features.splice(2, 0, null as never);
		const reading = readBoundaries(file, { tree, source: "test" });
		expect(reading.ok ? [] : reading.errors).toEqual([
			{
				kind: "bad-feature",
				feature: 3,
				found: "null",
				expected: "a feature with a code and polygons",
			},
		]);
	});

	it("a file in metres says so before its geometry is read, and one in degrees of SRGI is taken", () => {
		const inSystem = (name: string) => ({
			...features(),
			crs: { type: "name", properties: { name } },
		});
		const reading = readBoundaries(inSystem("urn:ogc:def:crs:EPSG::32748"), {
			tree,
			source: "test",
		});
		expect(reading.ok ? [] : reading.errors).toEqual([
			{
				kind: "no-boundaries",
				found: "the reference system urn:ogc:def:crs:EPSG::32748",
				expected: "degrees of WGS 84 (EPSG:4326)",
			},
		]);
		for (const name of [
			"urn:ogc:def:crs:OGC:1.3:CRS84",
			"EPSG:4326",
			"urn:ogc:def:crs:EPSG::9470",
		])
			expect(imported(inSystem(name)).ok).toBe(true);
	});
});

function geometryOf({ objects }: { objects: never }): object {
	return (objects as { regencies: { geometries: object[] } }).regencies
		.geometries[0] as object;
}
