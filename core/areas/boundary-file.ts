import type { Position } from "geojson";
import { feature } from "topojson-client";
import type { Polygon, Topology } from "topojson-specification";
import { isObject } from "../reading/json.ts";
import { inShort, type RingFault } from "./boundary-rings.ts";

/** A feature of a boundary file, as far as it could be read. */
export interface BoundaryFeature {
	/** Its number in the file, from 1. */
	feature: number;
	properties: Readonly<Record<string, unknown>>;
	geometry: unknown;
	/** Why it is no feature at all. */
	fault?: { found: string; expected: string };
	/** Why its geometry could not be put together. */
	bad?: RingFault;
}

export type FeatureReading =
	| { ok: true; features: BoundaryFeature[] }
	| { ok: false; found: string; expected: string };

const FILES = "GeoJSON FeatureCollection or TopoJSON topology with polygons";

/** A line (or record) of a text of GeoJSON features that is none. */
export interface LineFault {
	line: number;
	found: string;
}

/**
 * Reads a text of one GeoJSON feature in each line (GeoJSONSeq, NDJSON), or in each record after a record separator (RFC 8142).
 * @returns undefined when the text does not begin like one; the collection; or the first line that is no JSON.
 */
export function readFeatureLines(
	text: string,
): { type: "FeatureCollection"; features: unknown[] } | LineFault | undefined {
	const records = text.includes("\u001e")
		? text.split("\u001e")
		: text.split("\n");
	const features: unknown[] = [];
	let line = 1;
	for (const record of records) {
		const at = line;
		line += text.includes("\u001e") ? record.split("\n").length - 1 : 1;
		if (record.trim() === "") continue;
		try {
			features.push(JSON.parse(record));
		} catch (error) {
			if (features.length === 0) return undefined;
			return { line: at, found: (error as Error).message };
		}
		const [first] = features;
		if (!isObject(first) || first.type !== "Feature") return undefined;
	}
	return features.length === 0
		? undefined
		: { type: "FeatureCollection", features };
}

/** Reference systems in degrees that lie within a metre or so of each other: WGS 84, DGN95, SRGI2013. */
const IN_DEGREES = /CRS:?:?84$|(^|:)(4326|4755|9470)$|WGS ?_?(19)?84$/i;

/**
 * Finds the features of a parsed GeoJSON FeatureCollection, or of the object with most geometries of a TopoJSON topology.
 * Nothing in the file is trusted to have the shape it should have: what is not a feature is kept with what is wrong with it.
 */
export function readFeatures(file: unknown): FeatureReading {
	if (!isObject(file)) return no(inShort(file), FILES);
	const { type, crs } = file;
	if (type !== "FeatureCollection" && type !== "Topology")
		return no(
			typeof type === "string" ? `type ${inShort(type)}` : "no type",
			FILES,
		);
	const named =
		isObject(crs) && isObject(crs.properties) && crs.properties.name;
	if (typeof named === "string" && !IN_DEGREES.test(named))
		return no(
			`the reference system ${inShort(named)}`,
			"degrees of WGS 84 (EPSG:4326)",
		);
	return type === "Topology" ? fromTopology(file) : fromCollection(file);
}

function no(found: string, expected: string): FeatureReading {
	return { ok: false, found, expected };
}

function fromCollection(file: Record<string, unknown>): FeatureReading {
	const { features } = file;
	if (!Array.isArray(features))
		return no(`features ${inShort(features)}`, "a list of features");
	if (features.length === 0)
		return no(
			"a FeatureCollection without features",
			"a feature for each area",
		);
	return {
		ok: true,
		features: features.map((item: unknown, index): BoundaryFeature => {
			const number = index + 1;
			if (!isObject(item)) return unreadable(number, item);
			return {
				feature: number,
				properties: propertiesOf(item),
				geometry: item.geometry,
			};
		}),
	};
}

/** The properties of a feature, and beside them its `id`: some programs put the code there and nowhere else. */
function propertiesOf({
	properties,
	id,
}: Record<string, unknown>): Record<string, unknown> {
	const own = isObject(properties) ? properties : {};
	return typeof id === "string" || typeof id === "number"
		? { ...own, [FEATURE_ID]: id }
		: own;
}

/** What the `id` of a feature is called among its properties. */
const FEATURE_ID = "id of the feature";

function unreadable(number: number, item: unknown): BoundaryFeature {
	return {
		feature: number,
		properties: {},
		geometry: null,
		fault: {
			found: inShort(item),
			expected: "a feature with a code and polygons",
		},
	};
}

function fromTopology(file: Record<string, unknown>): FeatureReading {
	const { objects, arcs, transform } = file;
	const collections = Object.values(isObject(objects) ? objects : {}).filter(
		(object): object is { geometries: unknown[] } =>
			isObject(object) && Array.isArray(object.geometries),
	);
	const [largest] = collections.sort(
		(a, b) => b.geometries.length - a.geometries.length,
	);
	if (!largest || largest.geometries.length === 0)
		return no("a topology without geometries", "a geometry for each area");
	if (!Array.isArray(arcs))
		return no(`arcs ${inShort(arcs)}`, "a list of arcs");
	const transformed = transform === undefined || transform === null;
	if (!transformed && !isTransform(transform))
		return no(
			`transform ${inShort(transform)}`,
			"scale and translate, of two numbers each",
		);
	const whole = {
		type: "Topology",
		arcs: arcs.map((arc) => (isArc(arc) ? arc : null)),
		objects: {},
		...(transformed ? {} : { transform }),
	} as unknown as Topology;
	const left = { positions: MOST_POSITIONS };
	return {
		ok: true,
		features: largest.geometries.map((item, index): BoundaryFeature => {
			const number = index + 1;
			if (!isObject(item)) return unreadable(number, item);
			const properties = propertiesOf(item);
			const bad = badArcs(item, whole.arcs, left);
			if (bad) return { feature: number, properties, geometry: null, bad };
			const { type } = item;
			const known = type === "Polygon" || type === "MultiPolygon";
			return {
				feature: number,
				properties,
				// What is neither is named by whoever reads the rings.
				geometry: known
					? feature(whole, item as unknown as Polygon).geometry
					: type
						? item
						: null,
			};
		}),
	};
}

/**
 * Positions that the areas of a topology may have together. An arc may be named again and again, so that a small file could unpack to
 * more than any memory holds; the finest official map of the country has a tenth of this.
 */
const MOST_POSITIONS = 20_000_000;

/** What is wrong with the arcs of a polygon of a topology: no lists, arcs that are not there, or more than can be unpacked. */
function badArcs(
	{ type, arcs }: Record<string, unknown>,
	all: readonly (Position[] | null)[],
	left: { positions: number },
): RingFault | undefined {
	if (type !== "Polygon" && type !== "MultiPolygon") return undefined;
	const polygons = type === "Polygon" ? [arcs] : arcs;
	if (!Array.isArray(polygons))
		return {
			ring: null,
			found: `arcs ${inShort(arcs)}`,
			expected: "lists of arcs",
		};
	for (const [p, polygon] of polygons.entries()) {
		if (!Array.isArray(polygon))
			return {
				ring: `polygon ${p + 1}`,
				found: `arcs ${inShort(polygon)}`,
				expected: "a list of rings",
			};
		for (const [r, ring] of polygon.entries()) {
			const name = `polygon ${p + 1}, ring ${r + 1}`;
			if (!Array.isArray(ring) || ring.length === 0)
				return {
					ring: name,
					found: `arcs ${inShort(ring)}`,
					expected: "a list of arcs",
				};
			// A negative number is an arc run backwards: ~0 is the first.
			const missing = ring.find(
				(index) => !Number.isInteger(index) || !all[index < 0 ? ~index : index],
			);
			if (missing !== undefined)
				return {
					ring: name,
					found: `arc ${inShort(missing)}`,
					expected: `one of the ${all.length} arcs of the topology, a list of positions`,
				};
			for (const index of ring)
				left.positions -= all[index < 0 ? ~index : index]?.length ?? 0;
			if (left.positions < 0)
				return {
					ring: name,
					found: "arcs named again and again",
					expected: `at most ${MOST_POSITIONS} positions in all`,
				};
		}
	}
	return undefined;
}

function isArc(arc: unknown): boolean {
	return (
		Array.isArray(arc) &&
		arc.length > 0 &&
		arc.every(
			(position) =>
				Array.isArray(position) &&
				Number.isFinite(position[0]) &&
				Number.isFinite(position[1]),
		)
	);
}

function isTransform(transform: unknown): boolean {
	return (
		isObject(transform) &&
		[transform.scale, transform.translate].every(
			(pair) => Array.isArray(pair) && pair.slice(0, 2).every(Number.isFinite),
		)
	);
}
