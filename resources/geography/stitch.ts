import { mergeArcs, quantize } from "topojson-client";
import { topology } from "topojson-server";
import type {
	GeometryCollection,
	MultiPolygon,
	Polygon,
	Topology,
} from "topojson-specification";
import type { Cell } from "./cells.ts";
import type { Ring, Shape } from "./divisions.ts";
import { doubleArea } from "./plane.ts";

/** One unit of the grid that every vertex lies on: 0.0001 degrees, 11 metres. */
const GRID = 1e-4;
/** A vertex this near to another's edge (in grid units) becomes a vertex of that edge too. */
const REACH = 1.5;
/** Pieces smaller than this many square units (6 hectares) are left over from rounding. */
const CRUMB = 500;
/** Coordinates are counted from here, so that the numbers in the file are small and positive. */
const ORIGIN: [number, number] = [95, -12];

export interface RegencyProperties {
	code: string;
}

export interface ProvinceProperties {
	code: string;
	/** Area of Natural Earth's outline in square degrees, to check against; that of `64` is of `64` and `65` together. */
	outline?: number;
}

export type IndonesiaTopology = Topology<{
	regencies: GeometryCollection<RegencyProperties>;
	provinces: GeometryCollection<ProvinceProperties>;
}> & { source: string; licence: string };

/**
 * Joins the cells to one topology: all vertices on one grid, neighbours with the very same edges, provinces made of
 * the arcs of their kabupaten/kota.
 */
export function stitch(
	cells: Cell[],
	about: { source: string; licence: string },
	outlines: Map<string, number>,
): IndonesiaTopology {
	const snap = makeSnap();
	let grid = cells.map(({ owner, shapes }) => ({
		owner,
		shapes: shapes.flatMap((shape) =>
			cleanShape(shape.map((ring) => ring.map(snap))),
		),
	}));
	for (let pass = 0; pass < 3; pass++) {
		const vertices = verticesOf(grid);
		grid = grid.map(({ owner, shapes }) => ({
			owner,
			shapes: shapes.flatMap((shape) =>
				cleanShape(shape.map((ring) => withVertices(ring, vertices))),
			),
		}));
	}
	const collection = {
		type: "FeatureCollection" as const,
		features: grid.map(({ owner, shapes }) => ({
			type: "Feature" as const,
			properties: { code: owner },
			geometry: {
				type: "MultiPolygon" as const,
				coordinates: shapes.map((shape) => shape.map(wind)),
			},
		})),
	};
	const joined = topology({ regencies: collection }) as unknown as Topology<{
		regencies: GeometryCollection<RegencyProperties>;
	}>;
	const whole = quantize(joined, {
		scale: [1, 1],
		translate: [0, 0],
	});
	const { regencies } = whole.objects as typeof joined.objects;
	const provinces = Map.groupBy(
		regencies.geometries as (Polygon | MultiPolygon)[],
		(geometry) => (geometry.properties as RegencyProperties).code.slice(0, 2),
	);
	return {
		type: "Topology",
		...about,
		transform: { scale: [GRID, GRID], translate: ORIGIN },
		objects: {
			regencies,
			provinces: {
				type: "GeometryCollection",
				geometries: [...provinces].map(([code, own]) => ({
					...mergeArcs(whole, own),
					properties: { code, outline: outlines.get(code) },
				})),
			},
		},
		arcs: whole.arcs,
	};
}

/**
 * Rounds positions to the grid. A position beside one that came before becomes that one, because the two sides of a
 * border are computed apart and may round to different units.
 */
function makeSnap(): (position: [number, number]) => [number, number] {
	const taken = new Map<string, [number, number]>();
	return ([lng, lat]) => {
		const x = Math.round((lng - ORIGIN[0]) / GRID);
		const y = Math.round((lat - ORIGIN[1]) / GRID);
		for (const [dx, dy] of NEIGHBOURS) {
			const known = taken.get(`${x + dx} ${y + dy}`);
			if (known) return known;
		}
		const vertex: [number, number] = [x, y];
		taken.set(`${x} ${y}`, vertex);
		return vertex;
	};
}

/** The unit itself first, then those around it, nearest first. */
const NEIGHBOURS = [
	[0, 0],
	[0, 1],
	[1, 0],
	[0, -1],
	[-1, 0],
	[1, 1],
	[1, -1],
	[-1, -1],
	[-1, 1],
];

/** Removes repeated vertices, spikes and crumbs; an empty list when nothing remains. */
function cleanShape(shape: Shape): Shape[] {
	const [outer, ...holes] = shape.map(cleanRing);
	const large = (ring: Ring): boolean =>
		Math.abs(doubleArea(ring)) / 2 >= CRUMB;
	return large(outer) ? [[outer, ...holes.filter(large)]] : [];
}

function cleanRing(ring: Ring): Ring {
	let open = ring.slice(0, -1);
	for (;;) {
		const n = open.length;
		const kept = open.filter(([x, y], i) => {
			const [px, py] = open[(i + n - 1) % n];
			const [nx, ny] = open[(i + 1) % n];
			return !(x === px && y === py) && !(nx === px && ny === py);
		});
		if (kept.length === n || kept.length < 3) {
			open = kept;
			break;
		}
		open = kept;
	}
	return open.length < 3 ? [] : [...open, open[0]];
}

interface Vertex {
	x: number;
	y: number;
}

const BUCKET = 256;

function verticesOf(
	cells: { owner: string; shapes: Shape[] }[],
): Map<string, Vertex[]> {
	const buckets = new Map<string, Vertex[]>();
	const seen = new Set<string>();
	for (const { shapes } of cells)
		for (const [x, y] of shapes.flat(2) as [number, number][]) {
			const id = `${x} ${y}`;
			if (seen.has(id)) continue;
			seen.add(id);
			const key = `${Math.floor(x / BUCKET)} ${Math.floor(y / BUCKET)}`;
			const bucket = buckets.get(key);
			if (bucket) bucket.push({ x, y });
			else buckets.set(key, [{ x, y }]);
		}
	return buckets;
}

/** Adds to a ring the vertices of others that lie on its edges, so that both sides of a border have the same vertices. */
function withVertices(ring: Ring, vertices: Map<string, Vertex[]>): Ring {
	const own = new Set(ring.map(([x, y]) => `${x} ${y}`));
	const result: Ring = [];
	for (let i = 0; i + 1 < ring.length; i++) {
		const [ax, ay] = ring[i];
		const [bx, by] = ring[i + 1];
		const dx = bx - ax;
		const dy = by - ay;
		const squared = dx * dx + dy * dy;
		const on: { along: number; x: number; y: number }[] = [];
		const west = Math.floor((Math.min(ax, bx) - 1) / BUCKET);
		const east = Math.floor((Math.max(ax, bx) + 1) / BUCKET);
		const south = Math.floor((Math.min(ay, by) - 1) / BUCKET);
		const north = Math.floor((Math.max(ay, by) + 1) / BUCKET);
		for (let column = west; column <= east; column++)
			for (let row = south; row <= north; row++)
				for (const { x, y } of vertices.get(`${column} ${row}`) ?? []) {
					const along = ((x - ax) * dx + (y - ay) * dy) / squared;
					if (along <= 0 || along >= 1 || own.has(`${x} ${y}`)) continue;
					const off = Math.abs((x - ax) * dy - (y - ay) * dx);
					if (off / Math.sqrt(squared) < REACH) on.push({ along, x, y });
				}
		result.push([ax, ay]);
		on.sort((a, b) => a.along - b.along);
		for (const { x, y } of on) result.push([x, y]);
	}
	result.push(result[0]);
	return result;
}

/** Outer rings counter-clockwise and holes clockwise, as RFC 7946 asks. */
function wind(ring: Ring, index: number): Ring {
	const clockwise = doubleArea(ring) < 0;
	return clockwise === (index === 0) ? [...ring].reverse() : ring;
}
