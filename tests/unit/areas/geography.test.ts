import { readFileSync, statSync } from "node:fs";
import fc from "fast-check";
import type { Feature, MultiPolygon, Polygon } from "geojson";
import { feature } from "topojson-client";
import { describe, expect, it } from "vitest";
import { contains } from "../../../core/areas/position-in-land.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { divideLand } from "../../../resources/geography/cells.ts";
import {
	divisionOf,
	type Shape,
} from "../../../resources/geography/divisions.ts";
import { areaOf, boxOf, disc } from "../../../resources/geography/plane.ts";
import {
	fromDegrees,
	type Point,
} from "../../../resources/geography/points.ts";
import {
	type IndonesiaTopology,
	type ProvinceProperties,
	stitch,
} from "../../../resources/geography/stitch.ts";

const FILE = "resources/geography/indonesia.topojson";
const map = JSON.parse(readFileSync(FILE, "utf8")) as IndonesiaTopology;
const tree = loadAreaTree();

type Land = Feature<Polygon | MultiPolygon, { code: string }>;

const shapesOf = ({ geometry }: Land): Shape[] =>
	(geometry.type === "Polygon"
		? [geometry.coordinates]
		: geometry.coordinates) as Shape[];

function landOf(topology: IndonesiaTopology): Map<string, Shape[]> {
	const { features } = feature(topology, topology.objects.regencies);
	return new Map(
		(features as Land[]).map((land) => [land.properties.code, shapesOf(land)]),
	);
}

/** The arcs in grid units, and which areas use each. */
function arcsOf(topology: IndonesiaTopology) {
	const users = topology.arcs.map((): string[] => []);
	for (const { arcs, properties } of topology.objects.regencies.geometries as {
		arcs: number[][][];
		properties: { code: string };
	}[])
		for (const index of arcs.flat(2))
			users[index < 0 ? ~index : index].push(properties.code);
	const lines = topology.arcs.map((arc) => {
		let [x, y] = [0, 0];
		return arc.map(([dx, dy]): [number, number] => {
			x += dx;
			y += dy;
			return [x, y];
		});
	});
	return { users, lines };
}

type Segment = [[number, number], [number, number]];

/** Pairs of segments that cross at a point that is an end of neither. */
function crossings(lines: [number, number][][]): Segment[][] {
	const segments = lines
		.flatMap((line) => line.slice(1).map((end, i): Segment => [line[i], end]))
		.sort((a, b) => Math.min(a[0][0], a[1][0]) - Math.min(b[0][0], b[1][0]));
	const side = ([ax, ay]: number[], [bx, by]: number[], [cx, cy]: number[]) =>
		Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
	const found: Segment[][] = [];
	segments.forEach(([a, b], i) => {
		const east = Math.max(a[0], b[0]);
		for (let j = i + 1; j < segments.length; j++) {
			const [c, d] = segments[j];
			if (Math.min(c[0], d[0]) > east) break;
			if (
				side(a, b, c) * side(a, b, d) < 0 &&
				side(c, d, a) * side(c, d, b) < 0
			)
				found.push([segments[i], segments[j]]);
		}
	});
	return found;
}

describe("the built-in map", () => {
	const land = landOf(map);
	const { users, lines } = arcsOf(map);
	const outlines = map.objects.provinces.geometries as unknown as {
		arcs: number[][][];
		properties: ProvinceProperties;
	}[];

	it("is at most 1.5 MB and says what it is and where it comes from", () => {
		expect(statSync(FILE).size).toBeLessThanOrEqual(1_500_000);
		for (const word of [
			"Approximate",
			"Natural Earth",
			"GeoNames",
			"CC BY 4.0",
			"idn-area-data",
			"ODbL",
		])
			expect(map.source).toContain(word);
	});

	it("has a polygon for each of the 514 and the 34, Kalimantan Utara among them", () => {
		expect([...land.keys()].sort()).toEqual(
			tree.at("regency").map(({ code }) => code),
		);
		const provinces = outlines.map(({ properties }) => properties.code);
		expect(provinces.sort()).toEqual(
			tree.at("province").map(({ code }) => code),
		);
		expect(provinces).toContain("65");
	});

	it("has every seat inside its own polygon and inside no other", () => {
		const boxes = [...land].flatMap(([code, shapes]) =>
			shapes.map((shape) => ({ code, shape, box: boxOf(shape) })),
		);
		for (const { code, lng, lat } of tree.at("regency")) {
			const holders = boxes.filter(
				({ box, shape }) =>
					lng >= box[0] &&
					lng <= box[2] &&
					lat >= box[1] &&
					lat <= box[3] &&
					contains(shape, lng, lat),
			);
			expect(
				holders.map((holder) => holder.code),
				code,
			).toEqual([code]);
		}
	});

	it("has no edge used by more than two areas, and no border whose two sides differ", () => {
		expect(Math.max(...users.map((codes) => codes.length))).toBe(2);
		const boxes = [...land].flatMap(([code, shapes]) =>
			shapes.map((shape) => ({ code, shape, box: boxOf(shape) })),
		);
		const { scale, translate } = map.transform as {
			scale: number[];
			translate: number[];
		};
		const at = (x: number, y: number): string | undefined => {
			const lng = x * scale[0] + translate[0];
			const lat = y * scale[1] + translate[1];
			return boxes.find(
				({ box, shape }) =>
					lng >= box[0] &&
					lng <= box[2] &&
					lat >= box[1] &&
					lat <= box[3] &&
					contains(shape, lng, lat),
			)?.code;
		};
		// an edge that one area alone uses must have water (or foreign land) on its other side
		const torn: string[] = [];
		lines.forEach((line, index) => {
			if (users[index].length !== 1) return;
			line.slice(1).forEach((end, i) => {
				const [dx, dy] = [end[0] - line[i][0], end[1] - line[i][1]];
				const length = Math.hypot(dx, dy);
				if (length < 8) return;
				const [x, y] = [line[i][0] + dx / 2, line[i][1] + dy / 2];
				const [nx, ny] = [(-4 * dy) / length, (4 * dx) / length];
				const [left, right] = [at(x + nx, y + ny), at(x - nx, y - ny)];
				if (left && right) torn.push(`${left} ${right}`);
			});
		});
		expect(torn).toEqual([]);
	});

	it("has no line that crosses another, and no ring without area", () => {
		expect(crossings(lines)).toEqual([]);
		for (const [code, shapes] of land)
			for (const shape of shapes)
				for (const ring of shape) {
					expect(ring.length, code).toBeGreaterThanOrEqual(4);
					expect(areaOf([ring]), code).toBeGreaterThan(1e-6);
				}
	});

	it("leaves every province the area of Natural Earth's outline, and adds no more than its missing islands", () => {
		const areas = new Map<string, number>();
		for (const [code, shapes] of land) {
			const division = divisionOf(code);
			const own = shapes.reduce((sum, shape) => sum + areaOf(shape), 0);
			areas.set(division, (areas.get(division) ?? 0) + own);
		}
		for (const { properties } of outlines) {
			if (!properties.outline) continue;
			const ratio = (areas.get(properties.code) ?? 0) / properties.outline;
			expect(ratio, properties.code).toBeGreaterThan(0.9995);
			expect(ratio, properties.code).toBeLessThan(1.1);
		}
	});

	it("makes every province of exactly the arcs on the border of its kabupaten/kota", () => {
		for (const province of outlines) {
			const { code } = province.properties;
			const outer = users.flatMap((codes, index) =>
				codes.filter((user) => user.startsWith(`${code}.`)).length === 1
					? [index]
					: [],
			);
			const used = province.arcs
				.flat(2)
				.map((index) => (index < 0 ? ~index : index));
			expect(
				used.sort((a, b) => a - b),
				code,
			).toEqual(outer);
		}
	});
});

describe("dividing land", () => {
	const square: Shape = [
		[
			[100, 0],
			[102, 0],
			[102, 2],
			[100, 2],
			[100, 0],
		],
	];
	const part = { division: "35", shape: square, box: boxOf(square) };
	const about = { source: "", licence: "" };
	const seat = (owner: string, x: number, y: number): Point => ({
		owner,
		x,
		y,
		kind: "seat",
	});

	it("gives each seat land that contains it, together the whole, wherever the seats lie", () => {
		const position = fc.integer({ min: 1, max: 1999 });
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.tuple(position, position), {
					minLength: 2,
					maxLength: 12,
					selector: ([x, y]) => `${Math.round(x / 20)} ${Math.round(y / 20)}`,
				}),
				(positions) => {
					const seats = positions.map(([x, y], i) =>
						seat(`35.${10 + i}`, 100 + x / 1000, y / 1000),
					);
					const land = landOf(
						stitch(divideLand([part], seats), about, new Map()),
					);
					let whole = 0;
					for (const { owner, x, y } of seats) {
						const own = land.get(owner) ?? [];
						expect(own.some((shape) => contains(shape, x, y))).toBe(true);
						whole += own.reduce((sum, shape) => sum + areaOf(shape), 0);
					}
					expect(whole).toBeCloseTo(4, 3);
				},
			),
			{ numRuns: 60 },
		);
	});

	it("gives the far side of a province border the corner where two kabupaten meet on it", () => {
		const right = square.map((ring) =>
			ring.map(([x, y]): [number, number] => [x + 2, y]),
		);
		const neighbour = { division: "33", shape: right, box: boxOf(right) };
		const made = stitch(
			divideLand(
				[part, neighbour],
				[
					seat("35.01", 101, 0.4),
					seat("35.02", 101.3, 1.7),
					seat("33.01", 103, 1),
				],
			),
			about,
			new Map(),
		);
		const { users } = arcsOf(made);
		const shared = users.filter((codes) => codes.length === 2);
		expect(shared.map((codes) => codes.sort().join(" ")).sort()).toEqual([
			"33.01 35.01",
			"33.01 35.02",
			"35.01 35.02",
		]);
	});

	it("gives an island without a seat whole to the one whose islands lie on it", () => {
		const island: Shape = [disc(103, 1, 0.1)];
		const cells = divideLand(
			[part, { division: "35", shape: island, box: boxOf(island) }],
			[
				seat("35.01", 100.5, 1),
				seat("35.02", 101.9, 1),
				{ owner: "35.01", x: 103, y: 1, kind: "island" },
			],
		);
		expect(cells.find(({ owner }) => owner === "35.01")?.shapes).toContainEqual(
			island,
		);
	});

	it("makes no exclave of a single misplaced name", () => {
		const cells = divideLand(
			[part],
			[
				seat("35.01", 100.3, 1),
				seat("35.02", 101.5, 1),
				{ owner: "35.01", x: 101.9, y: 1.5, kind: "kecamatan" },
				{ owner: "35.02", x: 101.6, y: 1.9, kind: "kecamatan" },
				{ owner: "35.02", x: 101.9, y: 0.5, kind: "kecamatan" },
				{ owner: "35.02", x: 101.2, y: 1.6, kind: "kecamatan" },
			],
		);
		expect(cells.map(({ owner, shapes }) => [owner, shapes.length])).toEqual([
			["35.01", 1],
			["35.02", 1],
		]);
	});

	it("reads positions in degrees, minutes and seconds, south and west negative", () => {
		expect(fromDegrees(`03°19'03.44" N 097°07'41.73" E`)?.x).toBeCloseTo(
			97.128258,
			5,
		);
		expect(fromDegrees(`10°30'00.00" S 120°00'00.00" E`)).toEqual({
			x: 120,
			y: -10.5,
		});
		expect(fromDegrees("3.3, 97.1")).toBeUndefined();
	});
});
