import type { MultiPolygon as GeoMultiPolygon } from "geojson";
import { type Geom, union } from "polyclip-ts";
import type { Topology } from "topojson-specification";
import {
	type BoundaryLevel,
	type BoundaryScheme,
	type CodeFault,
	chooseCodes,
	codeText,
	findNames,
	isWater,
	otherCodes,
} from "./boundary-codes.ts";
import { type BoundaryFeature, readFeatures } from "./boundary-file.ts";
import { coveredBy, withMarks } from "./boundary-marks.ts";
import {
	areaOfShape,
	type RingFault,
	type RingRemark,
	readRings,
} from "./boundary-rings.ts";
import {
	type BoundaryShape,
	type BoundaryTopology,
	type DistrictTopology,
	drawDistricts,
	drawRegencies,
	landOfShapes,
	shapesOf,
} from "./boundary-topology.ts";
import type { CodeBridge } from "./bridge.ts";
import type { KemendagriCode } from "./codes.ts";
import { contains, distanceTo } from "./position-in-land.ts";
import type { Area, AreaTree } from "./tree.ts";

export interface BoundaryOptions {
	tree: AreaTree;
	/** Translates BPS codes; without it a file that has no others is refused. */
	bridge?: CodeBridge;
	/** The property that carries the code; found by itself when left out. */
	property?: string;
	/** The scheme of that property; found by itself when left out. */
	scheme?: BoundaryScheme;
	/** Take the file although areas and polygons do not fit one to one: see `BoundaryDifference` for what becomes of each. */
	acceptGaps?: boolean;
	/** Where the file comes from, to be shown with the map. */
	source: string;
	/**
	 * The kabupaten/kota of the map that is there: areas of quite another size are remarked, kecamatan must lie near their kabupaten/kota,
	 * and provinces that the file does not cover stay as they are in it.
	 */
	before?: readonly BoundaryShape[];
	/** Size of the result to aim at, in bytes: three million if left out, of kecamatan a fifth of that for each province. */
	limit?: number;
}

/** What is wrong with a boundary file. `feature` counts from 1 in the order of the file. */
export type BoundaryError =
	| { kind: "no-boundaries"; found: string; expected: string }
	| CodeFault
	| { kind: "bad-feature"; feature: number; found: string; expected: string }
	| ({
			kind: "bad-geometry";
			feature: number;
			code: KemendagriCode;
	  } & RingFault);

/**
 * Where a file and the areas do not fit one to one. Any of these refuses the file, unless gaps are accepted; then it says what was done.
 */
export type BoundaryDifference =
	| {
			/** Left out: a feature whose code is none, and which is not known by its name or by another of its columns. */
			kind: "no-area";
			feature: number;
			name: string;
			property: string;
			found: string;
			water: boolean;
			expected: string;
	  }
	| {
			/**
			 * Taken for `code`: the area has no polygon otherwise, and the feature bears its name around its seat, or its code in another
			 * column.
			 */
			kind: "other-code";
			feature: number;
			name: string;
			property: string;
			found: string;
			code: KemendagriCode;
			by: "name" | { property: string };
	  }
	| {
			/** Joined to one area. */
			kind: "duplicate-code";
			features: number[];
			names: string[];
			code: KemendagriCode;
	  }
	| {
			/** Drawn as a mark. */
			kind: "missing-code";
			code: KemendagriCode;
			name: string;
			/** The area whose polygon covers it. */
			within: KemendagriCode | null;
	  }
	| {
			/** A province or kabupaten/kota of which the file has nothing: it stays as it was. */
			kind: "not-covered";
			code: KemendagriCode;
			name: string;
			areas: number;
	  };

/** What was read although it is not as it should be: for a person to look at on the map. */
export type BoundaryRemark =
	| ({ feature: number; code: KemendagriCode } & RingRemark)
	| {
			/** The land that is drawn is not the land of the file, or not near that of the map before. */
			kind: "land";
			/** A kabupaten/kota, a kecamatan or a province. */
			code: KemendagriCode;
			name: string;
			/** Square degrees. */
			found: number;
			expected: number;
			against: "file" | "map before";
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

/** The shapes of a file, checked and named: what is drawn of it. */
export interface CheckedBoundaries {
	ok: true;
	level: BoundaryLevel;
	property: string;
	scheme: BoundaryScheme;
	/** In order of code, without marks. */
	shapes: BoundaryShape[];
	/** Areas to be drawn as marks. */
	missing: Area[];
	/** Provinces (of kabupaten/kota) or kabupaten/kota (of kecamatan) of which the file has nothing. */
	notCovered: ReadonlySet<string>;
	differences: BoundaryDifference[];
	remarks: BoundaryRemark[];
}

export interface RefusedBoundaries {
	ok: false;
	errors: BoundaryError[];
	/** What would be done about it if gaps were accepted and there were no errors. */
	differences: BoundaryDifference[];
}

export interface DrawnBoundaries {
	/** Of kabupaten/kota. */
	regencies?: BoundaryTopology;
	/** Of kecamatan, by province. */
	districts?: Map<string, DistrictTopology>;
	/** Vertices of the shapes and of the maps. */
	vertices: { read: number; kept: number };
	/** Everything drawn, with the marks. */
	shapes: BoundaryShape[];
	remarks: BoundaryRemark[];
}

const LIMIT = 3_000_000;

/**
 * Checks a boundary file and finds out what it is: kabupaten/kota or kecamatan, in which property and scheme its codes are.
 * Accepts a GeoJSON FeatureCollection or a TopoJSON topology (its object with most geometries) in WGS 84, with codes
 * of Kemendagri (of 2020 or of today, dotted or not) or, of kabupaten/kota, of BPS.
 * @returns the shapes, or every error and every difference found.
 */
export function checkBoundaries(
	file: unknown,
	options: BoundaryOptions,
): CheckedBoundaries | RefusedBoundaries {
	const refuse = (error: BoundaryError): RefusedBoundaries => ({
		ok: false,
		errors: [error],
		differences: [],
	});
	const read = readFeatures(file);
	if (!read.ok)
		return refuse({
			kind: "no-boundaries",
			found: read.found,
			expected: read.expected,
		});
	const { features } = read;
	const choice = chooseCodes(features, options, (item, code) => {
		const area = options.tree.get(code);
		const rings = item.bad ?? readRings(item.geometry);
		// What cannot be read speaks for no scheme and against none.
		return (
			area !== undefined &&
			("found" in rings ||
				distanceToLand(rings.shape, area.lng, area.lat) <= BESIDE)
		);
	});
	if ("kind" in choice) return refuse(choice);
	const { tree, acceptGaps = false } = options;
	const { level, property, scheme } = choice;

	const errors: BoundaryError[] = [];
	const remarks: BoundaryRemark[] = [];
	const differences: BoundaryDifference[] = [];
	const names = findNames(features, choice, tree);
	const taken = new Map<KemendagriCode, Polygons[]>();
	const homeless: Polygons[] = [];
	for (const item of features) {
		const { feature: number } = item;
		if (item.fault) {
			errors.push({ kind: "bad-feature", feature: number, ...item.fault });
			continue;
		}
		const code = choice.read(codeText(item, choice));
		const rings = item.bad ?? readRings(item.geometry);
		if (code && "found" in rings)
			errors.push({ kind: "bad-geometry", feature: number, code, ...rings });
		const polygons: Polygons = {
			item,
			shape: "found" in rings ? null : rings.shape,
			remarks: "found" in rings ? [] : rings.remarks,
		};
		if (!code) homeless.push(polygons);
		else taken.set(code, [...(taken.get(code) ?? []), polygons]);
	}

	const all = tree.at(level);
	const without = () =>
		all.filter(({ code }) => !taken.has(code as KemendagriCode));
	const give = (
		{ item, ...own }: Polygons,
		code: KemendagriCode,
		by: "name" | { property: string },
	) => {
		taken.set(code, [{ item, ...own }]);
		differences.push({
			kind: "other-code",
			feature: item.feature,
			name: names.nameOf(item),
			property,
			found: codeText(item, choice),
			code,
			by,
		});
	};
	const byName = ({ item, shape }: Polygons): KemendagriCode | undefined => {
		const code = shape ? names.areaOf(item, without()) : undefined;
		const area = code && tree.get(code);
		return shape && area && awayFrom(shape, area, options) <= BESIDE
			? code
			: undefined;
	};
	for (const one of homeless) {
		const named = byName(one);
		if (named) {
			give(one, named, "name");
			continue;
		}
		const other = otherCodes(one.item, choice).find(
			({ code }) => !taken.has(code),
		);
		if (one.shape && other) give(one, other.code, { property: other.property });
		else
			differences.push({
				kind: "no-area",
				feature: one.item.feature,
				name: names.nameOf(one.item),
				property,
				found: codeText(one.item, choice),
				water: isWater(one.item),
				expected: `${level === "regency" ? "a kabupaten/kota" : "a kecamatan"} (${scheme})`,
			});
	}
	for (const [code, several] of taken) {
		if (several.length === 1) continue;
		const kept = [...several];
		for (const one of several) {
			const named = kept.length > 1 ? byName(one) : undefined;
			if (!named) continue;
			give(one, named, "name");
			kept.splice(kept.indexOf(one), 1);
		}
		taken.set(code, kept);
		if (kept.length > 1)
			differences.push({
				kind: "duplicate-code",
				features: kept.map(({ item }) => item.feature),
				names: kept.map(({ item }) => names.nameOf(item)),
				code,
			});
	}

	const shapes: BoundaryShape[] = [];
	for (const [code, several] of taken) {
		const area = tree.get(code);
		if (!area) continue;
		for (const { item, shape, remarks: said } of several) {
			if (!shape) continue;
			const { feature: number } = item;
			const away = awayFrom(shape, area, options);
			if (away > ELSEWHERE)
				errors.push({
					kind: "bad-geometry",
					feature: number,
					code,
					ring: null,
					found: `land ${away.toFixed(1)} degrees from the seat of ${area.name}`,
					expected: `land around ${area.lng}, ${area.lat}: are code and shape of one area?`,
				});
			else if (away > BESIDE && level === "regency" && several.length === 1)
				remarks.push({
					kind: "seat",
					feature: number,
					code,
					name: area.name,
					away,
				});
			for (const remark of said)
				remarks.push({ feature: number, code, ...remark });
		}
		shapes.push({
			type: "Feature",
			properties: { code },
			geometry: joinPolygons(several),
		});
	}
	shapes.sort((a, b) => (a.properties.code < b.properties.code ? -1 : 1));

	const { missing, notCovered, lines } = whatIsMissing(without(), all, options);
	for (const area of missing) {
		const around = level === "regency" ? coveredBy(shapes, area) : undefined;
		differences.push({
			kind: "missing-code",
			code: area.code as KemendagriCode,
			name: area.name,
			within: around?.shape.properties.code ?? null,
		});
	}
	differences.push(...lines);
	if (errors.length > 0 || (differences.length > 0 && !acceptGaps))
		return { ok: false, errors, differences };
	return {
		ok: true,
		level,
		property,
		scheme,
		shapes,
		missing,
		notCovered,
		differences,
		remarks,
	};
}

/** The land of an area that is in several features, without lines between them. */
function joinPolygons(several: readonly Polygons[]): GeoMultiPolygon {
	const [first, ...more] = several.flatMap(({ shape }) => shape ?? []);
	return {
		type: "MultiPolygon",
		coordinates:
			first === undefined || more.length === 0
				? (first?.coordinates ?? [])
				: union(
						first.coordinates as Geom,
						...more.map(({ coordinates }) => coordinates as Geom),
					),
	};
}

/** What was read of one feature. */
interface Polygons {
	item: BoundaryFeature;
	shape: GeoMultiPolygon | null;
	remarks: RingRemark[];
}

/**
 * Areas that a file lacks, and the provinces and kabupaten/kota of which it has nothing at all. Those are named once, and stay as they
 * are; of kecamatan a province of which it has nothing is named once for all its kabupaten/kota.
 */
function whatIsMissing(
	without: readonly Area[],
	all: readonly Area[],
	{ tree }: BoundaryOptions,
) {
	const parentOf = ({ parent }: Area) => parent ?? "";
	const total = Map.groupBy(all, parentOf);
	const lacking = Map.groupBy(without, parentOf);
	const notCovered = new Set<string>();
	const missing: Area[] = [];
	for (const [parent, areas] of lacking)
		if (areas.length === total.get(parent)?.length) notCovered.add(parent);
		else missing.push(...areas);
	const line = (code: string, areas: number): BoundaryDifference => ({
		kind: "not-covered",
		code: code as KemendagriCode,
		name: tree.get(code as KemendagriCode)?.name ?? code,
		areas,
	});
	const lines: BoundaryDifference[] = [];
	for (const [province, own] of Map.groupBy(notCovered, (code) =>
		code.slice(0, 2),
	)) {
		const count = (code: string) =>
			total.get(code as KemendagriCode)?.length ?? 0;
		const whole = tree
			.children(province as KemendagriCode)
			.every(({ code }) => notCovered.has(code) || !total.has(code));
		if (whole)
			lines.push(
				line(
					province,
					own.reduce((sum, code) => sum + count(code), 0),
				),
			);
		else for (const code of own) lines.push(line(code, count(code)));
	}
	return { missing, notCovered, lines };
}

/**
 * Makes the maps of checked shapes: areas without a polygon become marks, and what the file does not cover stays as it was.
 * @param before of kecamatan: those of the maps that are there, for kabupaten/kota that the file does not cover.
 */
export function drawBoundaries(
	checked: CheckedBoundaries,
	options: BoundaryOptions,
	districtsBefore: readonly BoundaryShape[] = [],
): DrawnBoundaries {
	const { level, shapes, missing, notCovered } = checked;
	const regency = level === "regency";
	const before = (regency ? (options.before ?? []) : districtsBefore).filter(
		({ properties: { code } }) =>
			notCovered.has(code.slice(0, regency ? 2 : 5)),
	);
	const drawn = [
		...withMarks(shapes, missing, regency ? "seat" : "seat-of-parent"),
		...before,
	].sort((a, b) => (a.properties.code < b.properties.code ? -1 : 1));
	const { source, limit = LIMIT } = options;
	const remarksOf = (maps: readonly BoundaryShape[]) =>
		landRemarks(shapes, maps, missing, options, level);
	const vertices = (arcs: readonly Topology[]) => ({
		read: drawn.reduce((sum, { geometry }) => sum + countVertices(geometry), 0),
		kept: arcs
			.flatMap((map) => map.arcs)
			.reduce((sum, arc) => sum + arc.length, 0),
	});
	if (regency) {
		const regencies = drawRegencies(drawn, { source, limit });
		return {
			regencies,
			vertices: vertices([regencies]),
			shapes: drawn,
			remarks: remarksOf(shapesOf(regencies, "regencies")),
		};
	}
	const districts = new Map(
		[...Map.groupBy(drawn, ({ properties: { code } }) => code.slice(0, 2))].map(
			([province, own]) => [
				province,
				drawDistricts(own, { source, limit: limit / 5 }),
			],
		),
	);
	return {
		districts,
		vertices: vertices([...districts.values()]),
		shapes: drawn,
		remarks: remarksOf(
			[...districts.values()].flatMap((map) => shapesOf(map, "districts")),
		),
	};
}

/**
 * Degrees by which the seat of an area may lie outside its land. In the official file 507 lie within and the others at most 0.003 degrees
 * out; 0.01 degrees are about a kilometre, and of any two neighbours with each other's codes one seat lies farther out. A shape a degree
 * away is that of another area.
 */
const BESIDE = 0.01;
const ELSEWHERE = 1;

/** Degrees from where an area must be to a shape: from its seat; of a kecamatan, whose own is not known, from its kabupaten/kota. */
function awayFrom(
	shape: GeoMultiPolygon,
	{ level, parent, lng, lat }: Area,
	{ before }: BoundaryOptions,
): number {
	if (level !== "district") return distanceToLand(shape, lng, lat);
	const home = before?.find(({ properties }) => properties.code === parent);
	if (!home) return 0;
	// One piece of it near the land around is enough: islets lie far out, and the coasts of two maps kilometres apart.
	let nearest = Number.POSITIVE_INFINITY;
	for (const [[[x = 0, y = 0] = []] = []] of shape.coordinates) {
		nearest = Math.min(nearest, distanceToLand(home.geometry, x, y) - SHORE);
		if (nearest <= 0) return 0;
	}
	return nearest;
}

/** Two maps may draw the coast of an island so far apart, or leave it out, in degrees. */
const SHORE = 0.5;

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

/** Areas whose drawn land is not the land of the file, and those of quite another size than in the map before. */
function landRemarks(
	shapes: readonly BoundaryShape[],
	maps: readonly BoundaryShape[],
	missing: readonly Area[],
	{ before = [], tree }: BoundaryOptions,
	level: BoundaryLevel,
): BoundaryRemark[] {
	const remarks: BoundaryRemark[] = [];
	const drawn = landOfShapes(maps);
	const land = landOfShapes(before);
	// A mark is no land, and what still holds others is not that of one area.
	const notThemselves = new Set(
		before.flatMap(({ properties: { code, mark, holds } }) =>
			mark || holds ? [code] : [],
		),
	);
	const sums = new Map<string, { found: number; expected: number }>();
	const remark = (
		code: string,
		found: number,
		expected: number,
		against: "file" | "map before",
	) =>
		remarks.push({
			kind: "land",
			code: code as KemendagriCode,
			name: tree.get(code as KemendagriCode)?.name ?? code,
			found,
			expected,
			against,
		});
	// Where marks are cut out of an area, its land is smaller on purpose.
	const cut = new Set(
		maps.flatMap(({ properties }) =>
			properties.mark ? [properties.within] : [],
		),
	);
	for (const { geometry, properties } of shapes) {
		const { code } = properties;
		const inFile = areaOfShape(geometry.coordinates);
		const onMap = drawn.get(code) ?? 0;
		if (Math.abs(onMap - inFile) > THINNED * inFile && !cut.has(code))
			remark(code, onMap, inFile, "file");
		const was = level === "regency" ? land.get(code) : undefined;
		if (
			was !== undefined &&
			!notThemselves.has(code) &&
			(onMap > TIMES * was || was > TIMES * onMap)
		)
			remark(code, onMap, was, "map before");
		const whole = code.slice(0, level === "regency" ? 2 : 5);
		const sum = sums.get(whole) ?? { found: 0, expected: 0 };
		sums.set(whole, {
			found: sum.found + onMap,
			expected:
				level === "regency"
					? sum.expected + (was ?? onMap)
					: (land.get(whole as KemendagriCode) ?? 0),
		});
	}
	const incomplete = new Set(missing.map(({ parent }) => parent));
	for (const [code, { found, expected }] of sums) {
		if (incomplete.has(code as KemendagriCode) || expected === 0) continue;
		const off =
			level === "regency"
				? Math.abs(found - expected) > QUARTER * expected
				: found > TIMES * expected || expected > TIMES * found;
		if (off) remark(code, found, expected, "map before");
	}
	return remarks;
}

function countVertices(shape: GeoMultiPolygon): number {
	return shape.coordinates.flat().reduce((sum, ring) => sum + ring.length, 0);
}
