import type {
	Feature,
	MultiPolygon as GeoMultiPolygon,
	Position,
} from "geojson";
import { feature, mergeArcs, quantize } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify } from "topojson-simplify";
import type {
	GeometryCollection,
	MultiPolygon,
	Polygon,
	Topology,
} from "topojson-specification";
import { areaOfShape } from "./boundary-rings.ts";
import type { KemendagriCode } from "./codes.ts";

/** What a map says of an area beside its shape. */
export interface BoundaryProperties {
	code: KemendagriCode;
	/**
	 * The shape is a mark, because the file has no polygon of the area: at its seat, or at the seat of its kabupaten/kota where its own
	 * is not known (kecamatan).
	 */
	mark?: "seat" | "seat-of-parent";
	/** Of a mark: the area whose polygon it stands in; none where it stands in the sea. */
	within?: KemendagriCode;
	/** Areas that have no polygon and whose seat this polygon covers: it still holds them. */
	holds?: KemendagriCode[];
	/** The shape is of the map that was there before the file, which covers other provinces. */
	before?: "built-in" | "imported";
}

export type BoundaryShape = Feature<GeoMultiPolygon, BoundaryProperties>;

/** A map of the 514: `regencies`, and `provinces` made of the same arcs. */
export type BoundaryTopology = Topology<{
	regencies: GeometryCollection<BoundaryProperties>;
	provinces: GeometryCollection<BoundaryProperties>;
}> & { source: string };

/** A map of the kecamatan of one province. */
export type DistrictTopology = Topology<{
	districts: GeometryCollection<BoundaryProperties>;
}> & { source: string };

/** How a map is written. */
export interface Drawing {
	/** Where the shapes come from, to be shown with the map. */
	source: string;
	/**
	 * Size to aim at, in bytes; the vertices that matter least are dropped, none that spans more than a quarter of a square kilometre.
	 */
	limit: number;
}

/** Steps of the coordinate grid over the width of the country: about 25 metres. */
const STEPS = 200_000;
/** The grid of the kecamatan, the same for every province so that their maps lie together: 11 metres. */
const GRID = { scale: [1e-4, 1e-4], translate: [94, -12] } as const;

type Made<Name extends string> = Topology<
	Record<Name, GeometryCollection<BoundaryProperties>>
>;

/** Makes the map of the kabupaten/kota, in which neighbours share the edges that their shapes share. */
export function drawRegencies(
	shapes: readonly BoundaryShape[],
	{ source, limit }: Drawing,
): BoundaryTopology {
	const whole = topology(
		{ regencies: collectionOf(shapes) },
		STEPS,
	) as unknown as Made<"regencies">;
	return thinned(whole, limit, (one) => withProvinces(one, source));
}

/** Makes the map of the kecamatan of one province. */
export function drawDistricts(
	shapes: readonly BoundaryShape[],
	{ source, limit }: Drawing,
): DistrictTopology {
	const whole = quantize(
		topology({ districts: collectionOf(shapes.map(onGrid)) }) as never,
		GRID as never,
	) as unknown as Made<"districts">;
	return thinned(whole, limit, (one) => ({
		...one,
		source,
	}));
}

/** The shapes of a map, as they were given to be drawn. */
export function shapesOf(
	map: Topology,
	object: "regencies" | "districts",
): BoundaryShape[] {
	const { features } = feature(
		map,
		map.objects[object] as GeometryCollection<BoundaryProperties>,
	);
	return features.map(({ geometry, properties }) => ({
		type: "Feature",
		properties,
		geometry: {
			type: "MultiPolygon",
			coordinates:
				geometry.type === "Polygon"
					? [geometry.coordinates]
					: geometry.type === "MultiPolygon"
						? geometry.coordinates
						: [],
		},
	}));
}

/** Land of the areas of a map, in square degrees. */
export function landOfShapes(
	shapes: readonly BoundaryShape[],
): Map<KemendagriCode, number> {
	return new Map(
		shapes.map(({ geometry, properties }) => [
			properties.code,
			areaOfShape(geometry.coordinates),
		]),
	);
}

function collectionOf(features: readonly BoundaryShape[]) {
	return { type: "FeatureCollection" as const, features: [...features] };
}

/** On the grid before arcs are found, so that sides that come to lie on one another are one. */
function onGrid(shape: BoundaryShape): BoundaryShape {
	const [k] = GRID.scale;
	return {
		...shape,
		geometry: {
			type: "MultiPolygon",
			coordinates: shape.geometry.coordinates.map((rings) =>
				rings.map((ring) =>
					ring.map(([lng = 0, lat = 0]) => [
						Math.round(lng / k) * k,
						Math.round(lat / k) * k,
					]),
				),
			),
		},
	};
}

function thinned<Name extends string, Result>(
	whole: Made<Name>,
	limit: number,
	finish: (one: Made<Name>) => Result,
): Result {
	let made = finish(whole);
	if (JSON.stringify(made).length <= limit) return made;
	const weighed = presimplify(whole);
	const weights = weighed.arcs
		.flatMap((arc) => arc.map((position) => position[2]))
		.sort((a, b) => b - a);
	let share = 1;
	for (let round = 0; round < ROUNDS; round++) {
		share *= (0.95 * limit) / JSON.stringify(made).length;
		const weight = weights[Math.floor(share * (weights.length - 1))];
		made = finish(thin(whole, weighed, Math.min(weight, COARSEST)));
		if (weight >= COARSEST || JSON.stringify(made).length <= limit) break;
	}
	return made;
}

const ROUNDS = 4;
/** Squared degrees (a quarter of a square kilometre). Beyond this it would no longer be the map of the file: rather larger than asked. */
const COARSEST = 2e-5;

/**
 * Drops the vertices that span a triangle of less than `weight` squared degrees with their neighbours. A closed arc
 * keeps at least three corners, so that no island vanishes.
 * @param weighed the same topology in degrees, the weight of each vertex as its third number.
 */
function thin<Name extends string>(
	whole: Made<Name>,
	weighed: Topology,
	weight: number,
): Made<Name> {
	const arcs = weighed.arcs.map((arc) => {
		const last = arc[arc.length - 1];
		const closed = arc[0][0] === last[0] && arc[0][1] === last[1];
		const inner = arc.map((position) => position[2]).sort((a, b) => b - a);
		const enough = closed ? Math.min(weight, inner[3] ?? 0) : weight;
		return requantize(
			arc.filter((position) => position[2] >= enough),
			whole,
		);
	});
	return { ...whole, arcs };
}

/** Writes an arc in degrees as the steps of a quantized topology. */
function requantize(arc: Position[], { transform }: Topology): Position[] {
	if (!transform) return arc;
	const { scale, translate } = transform;
	let [px, py] = [0, 0];
	return arc.map(([lng, lat]) => {
		const x = Math.round((lng - translate[0]) / scale[0]);
		const y = Math.round((lat - translate[1]) / scale[1]);
		const step = [x - px, y - py];
		[px, py] = [x, y];
		return step;
	});
}

function withProvinces(
	whole: Made<"regencies">,
	source: string,
): BoundaryTopology {
	const { regencies } = whole.objects;
	const provinces = Map.groupBy(
		regencies.geometries as (Polygon | MultiPolygon)[],
		({ properties }) => (properties as BoundaryProperties).code.slice(0, 2),
	);
	return {
		...whole,
		source,
		objects: {
			regencies,
			provinces: {
				type: "GeometryCollection",
				geometries: [...provinces].map(([code, own]) => ({
					...withoutEmptyRings(whole, mergeArcs(whole, own)),
					properties: { code: code as KemendagriCode },
				})),
			},
		},
	};
}

/** In cells of a map's grid: a narrow gap becomes a line on it, a point, or one or two triangles. */
const EMPTY = 4;

/** Without the rings within that enclose no more than a few cells of the map's grid: they are what it made of narrow gaps. */
function withoutEmptyRings(map: Topology, shape: MultiPolygon): MultiPolygon {
	const [width, height] = map.transform?.scale ?? [0, 0];
	const encloses = (ring: number[]): boolean => {
		const [corners = []] = feature(map, { type: "Polygon", arcs: [ring] })
			.geometry.coordinates;
		return areaOfShape([[corners]]) > EMPTY * width * height;
	};
	return {
		...shape,
		arcs: shape.arcs.map(([outer = [], ...within]) => [
			outer,
			...within.filter(encloses),
		]),
	};
}
