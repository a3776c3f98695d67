import type { MultiLineString, MultiPolygon, Polygon, Position } from "geojson";
import { feature, mergeArcs, mesh } from "topojson-client";
import type {
	GeometryCollection,
	Topology,
	MultiPolygon as TopoMultiPolygon,
	Polygon as TopoPolygon,
} from "topojson-specification";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { BoundaryProperties } from "../../../core/areas/boundary-topology.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { areaFinder, type Part } from "./area-at.ts";
import {
	type Boundaries,
	type DrawnAs,
	framesOf,
	polygonsOf,
	remembered,
	type Standing,
	seatOf,
} from "./boundaries.ts";
import { districtMarks } from "./district-marks.ts";
import { boxOf, innerPoints, landRaster } from "./land-raster.ts";
import { fromMercator } from "./mercator.ts";

type DistrictFile = Topology<{
	districts: GeometryCollection<Partial<BoundaryProperties>>;
}>;

/**
 * The kecamatan over the land of the kabupaten/kota: with their shapes where these were imported, else as marks. The land below them has no
 * row: what is not asked for is plain, and is not taken for what nobody reported.
 * @param base the kabupaten/kota
 * @param files the imported maps of the kecamatan of some provinces
 * @param areas with the kecamatan that are drawn
 */
export function readDistrictBoundaries(
	base: Boundaries,
	files: readonly unknown[],
	areas: AreaIndex,
): Boundaries {
	const parts: Part[] = [];
	const drawnAs = new Map<number, DrawnAs>();
	const lines: MultiLineString = { type: "MultiLineString", coordinates: [] };
	const maps: DistrictFile[] = [];
	const add = (area: AreaRow, polygon: Part["polygon"]): void => {
		parts.push({
			polygon,
			area,
			row: areas.row(area),
			province: provinceOf(areas, area),
		});
	};
	for (const file of files) {
		const topology = file as DistrictFile;
		const districts = topology?.objects?.districts;
		if (districts === undefined) continue;
		maps.push(topology);
		lines.coordinates.push(...mesh(topology, districts).coordinates);
		for (const { geometry, properties } of feature(topology, districts)
			.features) {
			const area = areas.byCode(String(properties?.code ?? ""));
			if (area?.level !== "district") continue;
			const { mark, within, holds = [], before } = properties ?? {};
			if (mark || before || holds.length > 0)
				drawnAs.set(area.id, {
					area,
					mark: mark !== undefined,
					within: (within && areas.byCode(within)) || null,
					holds: holds.flatMap((held) => areas.byCode(held) ?? []),
					before: before ?? null,
				});
			for (const polygon of polygonsOf(geometry as Polygon | MultiPolygon))
				add(area, polygon);
		}
	}
	const shaped = [...drawnAs.values()];
	const drawn = new Set(parts.map(({ area }) => area.id));
	/** Of whose every kecamatan there is a shape: it is as large as they are, and the map of kabupaten/kota may be another. */
	const isShaped = remembered((area): boolean => {
		if (area.level === "district") return drawn.has(area.id);
		const within = areas.children(area).filter((one) => !one.unknownPlace);
		return within.length > 0 && within.every(isShaped);
	});
	const unplaced: AreaRow[] = [];
	let marks = 0;
	let placed = 0;
	for (const [regency, missing] of byRegency(areas, drawn)) {
		const found = districtMarks(regency, missing, base.partsOf(regency));
		unplaced.push(...found.unplaced);
		for (const mark of found.marks) {
			add(mark.area, mark.polygon);
			marks++;
			if (mark.placed) placed++;
			drawnAs.set(mark.area.id, {
				area: mark.area,
				mark: true,
				within: regency,
				holds: [],
				before: null,
				noShape: mark.placed ? "placed" : "in-rows",
			});
		}
	}
	const own = new Map<number, Part[]>();
	for (const part of parts) {
		const pieces = own.get(part.area.id) ?? [];
		pieces.push(part);
		own.set(part.area.id, pieces);
	}
	const partsOf = (area: AreaRow): readonly Part[] =>
		area.level === "district" ? (own.get(area.id) ?? []) : base.partsOf(area);
	const districtAt = areaFinder(parts);
	const within = remembered((area) => deepestIn(partsOf(area)));
	return {
		...base,
		parts: [...base.parts.map((part) => ({ ...part, row: -1 })), ...parts],
		areaAt: (lng, lat) => districtAt(lng, lat) ?? base.areaAt(lng, lat),
		partsOf,
		...framesOf(partsOf),
		placeOf: (area) =>
			area.level === "district" ? within(area) : seatOf(area),
		outline: (...outlined) => {
			const upper = outlined.filter(({ level }) => level !== "district");
			const shaped = upper.filter(isShaped);
			const others = upper.filter((area) => !isShaped(area));
			return {
				type: "MultiLineString",
				coordinates: [
					...(others.length > 0 ? base.outline(...others).coordinates : []),
					...(shaped.length > 0
						? maps.flatMap((map) => outlineOf(map, shaped))
						: []),
					...outlined
						.filter(({ level }) => level === "district")
						.flatMap((area) => partsOf(area).flatMap(({ polygon }) => polygon)),
				],
			};
		},
		drawnAs: (area) => drawnAs.get(area.id),
		notAsThemselves: shaped.sort((a, b) =>
			a.area.code < b.area.code ? -1 : 1,
		),
		districts: { areas, lines, marks, placed, unplaced },
	};
}

/**
 * The outline of the kecamatan of a map that lie in some areas, as if they were one: with the borders of what lies wholly within them, and
 * without those of land that nobody has, lakes and what simplified borders leave between neighbours.
 */
function outlineOf(map: DistrictFile, areas: readonly AreaRow[]): Position[][] {
	const [own, others] = [true, false].map((is) =>
		map.objects.districts.geometries.filter(({ properties }) => {
			const { code: own = "" } = (properties ?? {}) as { code?: string };
			return areas.some(({ code }) => own.startsWith(`${code}.`)) === is;
		}),
	) as [DistrictShape[], DistrictShape[]];
	const numberOf = (arc: number) => (arc < 0 ? ~arc : arc);
	const theirs = new Set(
		others.flatMap(({ arcs }) => (arcs as number[][]).flat(2).map(numberOf)),
	);
	const { arcs } = mergeArcs(map, own);
	const outlined = arcs.map(([outer = [], ...within]) => [
		outer,
		...within.filter((ring) => ring.some((arc) => theirs.has(numberOf(arc)))),
	]);
	const { geometry } = feature(map, { type: "MultiPolygon", arcs: outlined });
	return (geometry as MultiPolygon).coordinates.flat();
}

type DistrictShape = (TopoPolygon | TopoMultiPolygon) & {
	properties?: Partial<BoundaryProperties>;
};

/** Cells over the longer side of a kecamatan: enough to stand well inside it, and quick for thousands of them. */
const CELLS_ACROSS = 32;

/** The place deepest inside some land of one area; null where there is none. */
function deepestIn(land: readonly Part[]): Standing | null {
	const [point] = innerPoints(
		landRaster(land, boxOf(land), CELLS_ACROSS),
		(id) => id,
	).values();
	if (!point) return null;
	const [lng, lat] = fromMercator(point);
	return { lng, lat };
}

/** The kecamatan that are not drawn yet, by what they lie in. */
function byRegency(
	areas: AreaIndex,
	drawn: ReadonlySet<number>,
): Map<AreaRow, AreaRow[]> {
	const found = new Map<AreaRow, AreaRow[]>();
	for (const area of areas.at("district")) {
		const regency = area.parent === null ? undefined : areas.byId(area.parent);
		if (drawn.has(area.id) || !regency) continue;
		const missing = found.get(regency) ?? [];
		missing.push(area);
		found.set(regency, missing);
	}
	return found;
}

function provinceOf(areas: AreaIndex, district: AreaRow): number {
	const regency =
		district.parent === null ? undefined : areas.byId(district.parent);
	return regency?.parent ?? -1;
}
