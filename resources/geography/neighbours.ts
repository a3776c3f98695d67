import type {
	FeatureCollection,
	MultiPolygon,
	Polygon,
	Position,
} from "geojson";
import { feature, mesh, quantize } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";
import type {
	GeometryCollection,
	GeometryObject,
	Topology,
} from "topojson-specification";
import type { WorldAtlas } from "../areas/packages.ts";

/** The land around: `neighbours` to fill and outline, `border` where a neighbour and Indonesia meet on land. */
export type NeighboursTopology = Topology<{
	neighbours: GeometryCollection<Record<string, never>>;
	border: GeometryObject;
}> & { source: string; licence: string };

const ABOUT = {
	source: "Natural Earth",
	licence: "public domain (www.naturalearthdata.com, countries 1:10m)",
};

const INDONESIA = "360";
/** What the camera can reach (degrees), and a little more, so that the edge of the file is never seen. */
const EXTENT = { west: 62, south: -33, east: 161, north: 29 } as const;
/** Where the country lies: to the edges of it every bend is drawn. */
const COUNTRY = { west: 94, south: -12, east: 142, north: 8 } as const;
/** Square degrees of the smallest bend that is kept near the country (1:10m has about 0.01° a bend), and how fast it grows with each degree away. */
const SMALLEST_BEND = 0.00012;
const COARSER_PER_DEGREE = 1.2;
/** Steps over the extent to which corners are rounded: about 170 m. */
const STEPS = 50_000;

/** Land, coasts and borders of the countries around, finer the nearer they are. */
export function makeNeighbours(world: WorldAtlas): NeighboursTopology {
	const { countries } = world.objects;
	const isHome = (geometry: GeometryObject) => geometry.id === INDONESIA;
	const border = mesh(
		world,
		countries as GeometryCollection,
		(a, b) => a !== b && isHome(a) !== isHome(b),
	);
	const land = feature(world, countries).features.flatMap(
		({ id, geometry }): MultiPolygon[] => {
			if (id === INDONESIA) return [];
			const polygons = polygonsOf(geometry as Polygon | MultiPolygon)
				.map(([outer]) => clipped(unbroken(outer ?? [])))
				.filter((ring) => ring.length >= 4)
				.map((ring) => [ring]);
			return polygons.length > 0
				? [{ type: "MultiPolygon", coordinates: polygons }]
				: [];
		},
	);
	const around: FeatureCollection = {
		type: "FeatureCollection",
		features: land.map((geometry) => ({
			type: "Feature",
			properties: {},
			geometry,
		})),
	};
	const cut = topology({
		neighbours: around,
		border,
	}) as unknown as NeighboursTopology;
	const plain = simplify(
		presimplify(cut, (triangle) =>
			bend(triangle as [Position, Position, Position]),
		),
		SMALLEST_BEND,
	);
	const kept = quantize(withoutSpecks(plain as NeighboursTopology), STEPS);
	return { ...kept, ...ABOUT } as NeighboursTopology;
}

/** Size of a bend (square degrees), less the further it lies from the country. */
function bend([a, b, c]: [Position, Position, Position]): number {
	const [[x1, y1], [x2, y2], [x3, y3]] = [a, b, c] as [number, number][];
	const area = Math.abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2;
	const away = Math.hypot(
		Math.max(COUNTRY.west - x2, x2 - COUNTRY.east, 0),
		Math.max(COUNTRY.south - y2, y2 - COUNTRY.north, 0),
	);
	return area / (1 + COARSER_PER_DEGREE * away);
}

/** A ring without jumps: what crosses 180° (Fiji) goes on beyond it, and is not drawn round the world and back through the country's seas. */
function unbroken(ring: Position[]): Position[] {
	let turns = 0;
	return ring.map(([lng = 0, lat = 0], at) => {
		const step = lng - (ring[at - 1]?.[0] ?? lng);
		if (Math.abs(step) > 180) turns -= 360 * Math.sign(step);
		return [lng + turns, lat];
	});
}

/** A ring cut to the extent, side after side (Sutherland and Hodgman). Where it leaves and comes back it runs along the edge. */
function clipped(ring: Position[]): Position[] {
	const { west, south, east, north } = EXTENT;
	const sides: readonly (readonly [axis: 0 | 1, edge: number, sign: 1 | -1])[] =
		[
			[0, west, 1],
			[0, east, -1],
			[1, south, 1],
			[1, north, -1],
		];
	let corners = ring.slice(0, -1);
	for (const [axis, edge, sign] of sides) {
		const depth = (corner: Position) => sign * ((corner[axis] ?? 0) - edge);
		corners = corners.flatMap((corner, at) => {
			const before = corners.at(at - 1) as Position;
			const [from, to] = [depth(before), depth(corner)];
			const share = from / (from - to);
			const crossing: Position[] =
				from >= 0 === to >= 0
					? []
					: [
							[0, 1].map(
								(one) =>
									(before[one] ?? 0) +
									share * ((corner[one] ?? 0) - (before[one] ?? 0)),
							),
						];
			return to >= 0 ? [...crossing, corner] : crossing;
		});
	}
	return corners.length < 3 ? [] : [...corners, corners[0] as Position];
}

/** Leaves out what simplifying made nothing of: a ring needs three corners. */
function withoutSpecks(made: NeighboursTopology): NeighboursTopology {
	const corners = (ring: readonly number[]) =>
		ring.reduce(
			(sum, arc) => sum + ((made.arcs[arc < 0 ? ~arc : arc]?.length ?? 1) - 1),
			0,
		);
	const used = new Map<number, number>();
	const renumbered = (arc: number): number => {
		const plain = arc < 0 ? ~arc : arc;
		const number = used.get(plain) ?? used.size;
		used.set(plain, number);
		return arc < 0 ? ~number : number;
	};
	const geometries = made.objects.neighbours.geometries.flatMap((geometry) => {
		const rings =
			geometry.type === "MultiPolygon"
				? geometry.arcs
				: geometry.type === "Polygon"
					? [geometry.arcs]
					: [];
		const arcs = rings
			.filter(([outer]) => corners(outer ?? []) >= 3)
			.map((polygon) => polygon.map((ring) => ring.map(renumbered)));
		return arcs.length > 0 ? [{ type: "MultiPolygon" as const, arcs }] : [];
	});
	const { border } = made.objects;
	const lines = border.type === "MultiLineString" ? border.arcs : [];
	const kept = {
		neighbours: { type: "GeometryCollection" as const, geometries },
		border: {
			type: "MultiLineString" as const,
			arcs: lines.map((line) => line.map(renumbered)),
		},
	};
	return {
		type: "Topology",
		objects: kept,
		arcs: [...used.keys()].map((arc) => made.arcs[arc] ?? []),
	} as unknown as NeighboursTopology;
}

function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
	return geometry.type === "Polygon"
		? [geometry.coordinates]
		: geometry.coordinates;
}
