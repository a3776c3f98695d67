import type {
	Feature,
	MultiPolygon as GeoMultiPolygon,
	Position,
} from "geojson";
import { feature, mergeArcs } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify } from "topojson-simplify";
import type {
	GeometryCollection,
	MultiPolygon,
	Polygon,
	Topology,
} from "topojson-specification";
import { type BoundaryFeature, readFeatures } from "./boundary-file.ts";
import {
	areaOfShape,
	type RingFault,
	type RingRemark,
	readRings,
} from "./boundary-rings.ts";
import type { CodeBridge } from "./bridge.ts";
import {
	type KemendagriCode,
	parseBps,
	parseKemendagri,
	parseKemendagriUndotted,
} from "./codes.ts";
import { contains, distanceTo } from "./position-in-land.ts";
import type { AreaTree } from "./tree.ts";

/** The scheme that the codes of a boundary file are in. */
export type BoundaryScheme = "kemendagri" | "kemendagri-undotted" | "bps";

export interface BoundaryOptions {
	tree: AreaTree;
	/** Translates BPS codes; without it a file that has no others is refused. */
	bridge?: CodeBridge;
	/** The property that carries the code; found by itself when left out. */
	property?: string;
	/** The scheme of that property; found by itself when left out. */
	scheme?: BoundaryScheme;
	/** Where the file comes from, to be shown with the map. */
	source: string;
	/** Land of the kabupaten/kota in the built-in map, in square degrees; areas of quite another size are remarked. */
	land?: ReadonlyMap<KemendagriCode, number>;
	/**
	 * Size of the result to aim at, in bytes; the vertices that matter least are dropped, none that spans more than a
	 * quarter of a square kilometre. Three million if left out.
	 */
	limit?: number;
}

export interface BoundaryProperties {
	code: KemendagriCode;
}

/** A map of the 514: `regencies`, and `provinces` made of the same arcs. */
export type BoundaryTopology = Topology<{
	regencies: GeometryCollection<BoundaryProperties>;
	provinces: GeometryCollection<BoundaryProperties>;
}> & { source: string };

/** What is wrong with a boundary file. `feature` counts from 1 in the order of the file. */
export type BoundaryError =
	| { kind: "no-boundaries"; found: string; expected: string }
	| { kind: "no-code-property"; found: string[]; expected: string }
	| { kind: "ambiguous-codes"; found: string[]; expected: string }
	| { kind: "needs-bridge"; property: string; expected: string }
	| { kind: "bad-feature"; feature: number; found: string; expected: string }
	| {
			kind: "unknown-code";
			feature: number;
			property: string;
			found: string;
			expected: string;
	  }
	| {
			kind: "duplicate-code";
			features: [number, number];
			code: KemendagriCode;
	  }
	| { kind: "missing-code"; code: KemendagriCode; name: string }
	| ({
			kind: "bad-geometry";
			feature: number;
			code: KemendagriCode;
	  } & RingFault);

/** What was read although it is not as it should be: for a person to look at on the map. */
export type BoundaryRemark =
	| ({ feature: number; code: KemendagriCode } & RingRemark)
	| {
			/** The land that is drawn is not the land of the file, or not near that of the built-in map. */
			kind: "land";
			/** A kabupaten/kota or a province. */
			code: KemendagriCode;
			name: string;
			/** Square degrees. */
			found: number;
			expected: number;
			against: "file" | "built-in map";
	  }
	| {
			/** The seat of the area lies outside its land: the land may be that of a neighbour. */
			kind: "seat";
			feature: number;
			code: KemendagriCode;
			name: string;
			/** Degrees from the seat to the land. */
			away: number;
	  };

export type BoundaryReading =
	| {
			ok: true;
			topology: BoundaryTopology;
			property: string;
			scheme: BoundaryScheme;
			/** Vertices of the file and of the result. */
			vertices: { read: number; kept: number };
			remarks: BoundaryRemark[];
	  }
	| { ok: false; errors: BoundaryError[] };

/** Steps of the coordinate grid over the width of the country: about 25 metres. */
const STEPS = 200_000;

/**
 * Checks an official boundary file of the 514 kabupaten/kota and makes the map of it.
 * Accepts a GeoJSON FeatureCollection or a TopoJSON topology (its object with most geometries) in WGS 84, with codes
 * of Kemendagri (of 2020 or of today, dotted or not) or of BPS.
 * @returns the map, or every error found: codes missing, unknown or twice, geometry that is none or lies elsewhere.
 */
export function readBoundaries(
	file: unknown,
	options: BoundaryOptions,
): BoundaryReading {
	const read = readFeatures(file);
	if (!read.ok)
		return refuse({
			kind: "no-boundaries",
			found: read.found,
			expected: read.expected,
		});
	const { features } = read;
	const choice = chooseCodes(features, options);
	if ("kind" in choice) return refuse(choice);

	const errors: BoundaryError[] = [];
	const remarks: BoundaryRemark[] = [];
	const byCode = new Map<KemendagriCode, number>();
	const kept: Feature<GeoMultiPolygon, BoundaryProperties>[] = [];
	for (const item of features) {
		const { feature: number } = item;
		if (item.fault) {
			errors.push({ kind: "bad-feature", feature: number, ...item.fault });
			continue;
		}
		const text = textOf(item.properties[choice.property]);
		const code = choice.read(text);
		if (!code) {
			errors.push({
				kind: "unknown-code",
				feature: number,
				property: choice.property,
				found: text,
				expected: `a kabupaten/kota (${choice.scheme})`,
			});
			continue;
		}
		const before = byCode.get(code);
		if (before !== undefined) {
			errors.push({
				kind: "duplicate-code",
				features: [before, number],
				code,
			});
			continue;
		}
		byCode.set(code, number);
		const rings = item.bad ?? readRings(item.geometry);
		if ("found" in rings) {
			errors.push({ kind: "bad-geometry", feature: number, code, ...rings });
			continue;
		}
		const { name, lng, lat } = options.tree.get(code) ?? {};
		const away = distanceToLand(rings.shape, lng ?? 0, lat ?? 0);
		if (away > ELSEWHERE) {
			errors.push({
				kind: "bad-geometry",
				feature: number,
				code,
				ring: null,
				found: `land ${away.toFixed(1)} degrees from the seat of ${name}`,
				expected: `land around ${lng}, ${lat}: are code and shape of one area?`,
			});
			continue;
		}
		if (away > BESIDE)
			remarks.push({
				kind: "seat",
				feature: number,
				code,
				name: name ?? code,
				away,
			});
		for (const remark of rings.remarks)
			remarks.push({ feature: number, code, ...remark });
		kept.push({
			type: "Feature",
			properties: { code },
			geometry: rings.shape,
		});
	}
	for (const { code, name } of options.tree.at("regency"))
		if (!byCode.has(code as KemendagriCode))
			errors.push({ kind: "missing-code", code: code as KemendagriCode, name });
	if (errors.length > 0) return { ok: false, errors };

	kept.sort((a, b) => (a.properties.code < b.properties.code ? -1 : 1));
	const made = makeTopology(kept, options);
	return {
		ok: true,
		topology: made,
		property: choice.property,
		scheme: choice.scheme,
		vertices: {
			read: kept.reduce(
				(sum, { geometry }) => sum + countVertices(geometry),
				0,
			),
			kept: made.arcs.reduce((sum, arc) => sum + arc.length, 0),
		},
		remarks: [...remarks, ...landRemarks(kept, made, options)],
	};
}

function refuse(error: BoundaryError): BoundaryReading {
	return { ok: false, errors: [error] };
}

interface CodeChoice {
	property: string;
	scheme: BoundaryScheme;
	read: (text: string) => KemendagriCode | undefined;
}

/**
 * Finds the property and scheme that name the most of the 514. A property read in two schemes is decided by which of
 * them names more; a tie is an error, because four digits mean different places in the two schemes.
 */
function chooseCodes(
	features: readonly BoundaryFeature[],
	options: BoundaryOptions,
): CodeChoice | BoundaryError {
	const properties = options.property
		? [options.property]
		: commonProperties(features);
	const schemes: BoundaryScheme[] = options.scheme
		? [options.scheme]
		: ["kemendagri", "kemendagri-undotted", "bps"];
	const readers = readersOf(options);
	const found = properties
		.flatMap((property) =>
			schemes.map((scheme) => {
				const codes = features.map(({ properties: own }) =>
					readers[scheme](textOf(own[property])),
				);
				const distinct = new Set(codes.filter((code) => code !== undefined));
				return { property, scheme, count: distinct.size, codes };
			}),
		)
		.filter(({ count }) => count > features.length / 2)
		.sort((a, b) => b.count - a.count);
	const [best] = found;
	if (!best)
		return {
			kind: "no-code-property",
			found: [
				...new Set(features.flatMap((item) => Object.keys(item.properties))),
			],
			expected: "codes of kabupaten/kota, such as 35.07 or 3507",
		};
	// Nearly all BPS numbers are also numbers of Kemendagri, of other places: digits that do not fit entirely are of BPS.
	const doubtful =
		best.scheme === "kemendagri-undotted" &&
		best.codes.includes(undefined) &&
		!options.scheme;
	if (doubtful && !options.bridge)
		return {
			kind: "needs-bridge",
			property: best.property,
			expected:
				"the BPS-Kemendagri bridge imported first, or the scheme stated",
		};
	const rivals = found.filter(
		({ count, codes }) =>
			count === best.count &&
			codes.some((code, index) => code !== best.codes[index]),
	);
	if (rivals.length > 0)
		return {
			kind: "ambiguous-codes",
			found: [best, ...rivals].map(
				({ property, scheme }) => `${property} as ${scheme}`,
			),
			expected: "property and scheme to be stated",
		};
	return {
		property: best.property,
		scheme: best.scheme,
		read: readers[best.scheme],
	};
}

/** Properties that more than half of the features have: no other can name them. */
function commonProperties(features: readonly BoundaryFeature[]): string[] {
	const times = new Map<string, number>();
	for (const { properties } of features)
		for (const name of Object.keys(properties))
			times.set(name, (times.get(name) ?? 0) + 1);
	return [...times]
		.filter(([, count]) => count > features.length / 2)
		.map(([name]) => name);
}

/** Readers of a code to the code of 2020; a code of today leads to the one it replaced. */
function readersOf({
	tree,
	bridge,
}: BoundaryOptions): Record<
	BoundaryScheme,
	(text: string) => KemendagriCode | undefined
> {
	const current = new Map<string, KemendagriCode>();
	for (const area of tree.at("regency")) {
		current.set(area.code, area.code as KemendagriCode);
		for (const next of area.successors)
			current.set(next, area.code as KemendagriCode);
	}
	const known = (code: KemendagriCode | undefined) => code && current.get(code);
	return {
		kemendagri: (text) => known(parseKemendagri(text)),
		"kemendagri-undotted": (text) => known(parseKemendagriUndotted(text)),
		bps(text) {
			const code = parseBps(text);
			return code && known(bridge?.toKemendagri(code));
		},
	};
}

function textOf(value: unknown): string {
	return typeof value === "string" || typeof value === "number"
		? String(value)
		: "";
}

/** Land of the kabupaten/kota of a map, in square degrees. */
export function landOfMap(
	map: Topology<{ regencies: GeometryCollection<BoundaryProperties> }>,
): Map<KemendagriCode, number> {
	return new Map(
		feature(map, map.objects.regencies).features.map(
			({ geometry, properties }) => [
				properties.code,
				areaOfShape(
					geometry.type === "Polygon"
						? [geometry.coordinates]
						: geometry.type === "MultiPolygon"
							? geometry.coordinates
							: [],
				),
			],
		),
	);
}

/**
 * Degrees by which the seat of an area may lie outside its land. In the official file 507 lie within and the others at most 0.003 degrees
 * out; 0.01 degrees are about a kilometre, and of any two neighbours with each other's codes one seat lies farther out. A shape a degree
 * away is that of another area.
 */
const BESIDE = 0.01;
const ELSEWHERE = 1;

function distanceToLand(
	{ coordinates }: GeoMultiPolygon,
	lng: number,
	lat: number,
): number {
	let nearest = Number.POSITIVE_INFINITY;
	for (const rings of coordinates) {
		if (contains(rings, lng, lat)) return 0;
		nearest = Math.min(nearest, distanceTo(rings, lng, lat));
	}
	return nearest;
}

/** Part of its land in the file by which an area may be drawn smaller or larger. */
const THINNED = 0.1;
/** The built-in map is approximate: of one area only another order of size is remarkable, of a province a quarter of its land. */
const TIMES = 5;
const QUARTER = 0.25;

/** Areas whose drawn land is not the land of the file, and those of quite another size than in the built-in map. */
function landRemarks(
	kept: readonly Feature<GeoMultiPolygon, BoundaryProperties>[],
	made: BoundaryTopology,
	{ land, tree }: BoundaryOptions,
): BoundaryRemark[] {
	const remarks: BoundaryRemark[] = [];
	const drawn = landOfMap(made);
	const provinces = new Map<string, { found: number; expected: number }>();
	const remark = (
		code: string,
		found: number,
		expected: number,
		against: "file" | "built-in map",
	) =>
		remarks.push({
			kind: "land",
			code: code as KemendagriCode,
			name: tree.get(code as KemendagriCode)?.name ?? code,
			found,
			expected,
			against,
		});
	for (const { geometry, properties } of kept) {
		const { code } = properties;
		const inFile = areaOfShape(geometry.coordinates);
		const onMap = drawn.get(code) ?? 0;
		if (Math.abs(onMap - inFile) > THINNED * inFile)
			remark(code, onMap, inFile, "file");
		const before = land?.get(code);
		if (before === undefined) continue;
		if (onMap > TIMES * before || before > TIMES * onMap)
			remark(code, onMap, before, "built-in map");
		const province = code.slice(0, 2);
		const sum = provinces.get(province) ?? { found: 0, expected: 0 };
		provinces.set(province, {
			found: sum.found + onMap,
			expected: sum.expected + before,
		});
	}
	for (const [code, { found, expected }] of provinces)
		if (Math.abs(found - expected) > QUARTER * expected)
			remark(code, found, expected, "built-in map");
	return remarks;
}

function countVertices(shape: GeoMultiPolygon): number {
	return shape.coordinates.flat().reduce((sum, ring) => sum + ring.length, 0);
}

type RegencyTopology = Topology<{
	regencies: GeometryCollection<BoundaryProperties>;
}>;

function makeTopology(
	features: Feature<GeoMultiPolygon, BoundaryProperties>[],
	{ source, limit = 3_000_000 }: BoundaryOptions,
): BoundaryTopology {
	const collection = { type: "FeatureCollection" as const, features };
	const whole = topology(
		{ regencies: collection },
		STEPS,
	) as unknown as RegencyTopology;
	let made = withProvinces(whole, source);
	if (JSON.stringify(made).length <= limit) return made;
	const weighed = presimplify(whole);
	const weights = weighed.arcs
		.flatMap((arc) => arc.map((position) => position[2]))
		.sort((a, b) => b - a);
	let share = 1;
	for (let round = 0; round < ROUNDS; round++) {
		share *= (0.95 * limit) / JSON.stringify(made).length;
		const weight = weights[Math.floor(share * (weights.length - 1))];
		made = withProvinces(
			thin(whole, weighed, Math.min(weight, COARSEST)),
			source,
		);
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
function thin(
	whole: RegencyTopology,
	weighed: RegencyTopology,
	weight: number,
): RegencyTopology {
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
function requantize(
	arc: Position[],
	{ transform }: RegencyTopology,
): Position[] {
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
	whole: RegencyTopology,
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
					...mergeArcs(whole, own),
					properties: { code: code as KemendagriCode },
				})),
			},
		},
	};
}
