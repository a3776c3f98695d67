import type { MultiLineString, MultiPolygon, Polygon, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type {
	GeometryCollection,
	GeometryObject,
	Topology,
} from "topojson-specification";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { BoundaryProperties } from "../../../core/areas/boundary-topology.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { type AreaAt, areaFinder, type Part } from "./area-at.ts";
import { boxOf, type LandRaster, landRaster } from "./land-raster.ts";
import { type MainBody, mainBody } from "./main-body.ts";

/** The drawn shape of the country: triangulated once from `parts`, outlined by the lines. */
export interface Boundaries {
	readonly parts: readonly Part[];
	readonly regencyLines: MultiLineString;
	readonly provinceLines: MultiLineString;
	/** The kabupaten/kota at a place; null at sea and abroad. */
	areaAt: AreaAt;
	/** The pieces of land of an area. */
	partsOf(area: AreaRow): readonly Part[];
	/** What of an area a picture of it is made for, and what lies apart; undefined where nothing is drawn of it. */
	body(area: AreaRow): MainBody | undefined;
	/** Where the land lies that a picture of an area has to show: its main body, or all of it. */
	land(area: AreaRow, whole: boolean): LandRaster | undefined;
	/** Outline of an area, or of several as if they were one. */
	outline(...areas: readonly AreaRow[]): MultiLineString;
	/** Codes in the file that are no kabupaten/kota of this dataset, and those without a polygon. */
	readonly strangers: readonly string[];
	readonly undrawn: readonly AreaRow[];
	/**
	 * Where an area stands, in degrees: at its seat, and a kecamatan, whose seat is not known, at the place deepest inside what is drawn of it;
	 * null where neither is known.
	 */
	placeOf(area: AreaRow): Standing | null;
	/** What a map says of an area that is not drawn as itself; undefined of one that is. */
	drawnAs(area: AreaRow): DrawnAs | undefined;
	/** Every area that is not drawn as itself, in order of code. */
	readonly notAsThemselves: readonly DrawnAs[];
	/** Where kecamatan are drawn and not kabupaten/kota. */
	readonly districts?: DrawnDistricts;
}

/** Where an area stands, in degrees. */
export interface Standing {
	readonly lng: number;
	readonly lat: number;
}

/** What there is to say of kecamatan on a map besides their shapes. */
export interface DrawnDistricts {
	/** Their rows in a cube are those of this index. */
	readonly areas: AreaIndex;
	/** Borders between them. */
	readonly lines: MultiLineString;
	/** Kecamatan drawn as marks, since no boundaries of them were imported; of those the ones that stand where they lie. */
	readonly marks: number;
	readonly placed: number;
	/** Those that nothing says where to draw. */
	readonly unplaced: readonly AreaRow[];
}

/** How an area is drawn for which the imported file has no shape of its own, or too large a one. */
export interface DrawnAs {
	readonly area: AreaRow;
	/** A mark at its seat instead of a shape, in the polygon of `within` or at sea. */
	readonly mark: boolean;
	readonly within: AreaRow | null;
	/** Areas without a polygon that the shape of this one still holds. */
	readonly holds: readonly AreaRow[];
	/** Its shape is of the map that was there before, since the file covers other provinces. */
	readonly before: "built-in" | "imported" | null;
	/** A kecamatan of which no boundaries were imported: a mark where it lies, or among its neighbours. */
	readonly noShape?: "placed" | "in-rows";
}

type Properties = Partial<Omit<BoundaryProperties, "code">> & { code?: string };
type RegencyTopology = Topology<{
	regencies: GeometryCollection<Properties>;
}>;
type Regency = GeometryObject<Properties>;

/** @throws when the file is no TopoJSON with an object `regencies`. */
export function readBoundaries(file: unknown, areas: AreaIndex): Boundaries {
	const topology = file as RegencyTopology;
	const regencies = topology?.objects?.regencies;
	if (topology?.type !== "Topology" || regencies === undefined)
		throw new Error("expected TopoJSON with an object `regencies`");

	const codeOf = (geometry: Regency | GeometryObject): string =>
		String((geometry.properties as { code?: string } | undefined)?.code ?? "");
	const provinceOf = (geometry: GeometryObject): number | null =>
		areas.byCode(codeOf(geometry))?.parent ?? null;

	const parts: Part[] = [];
	const strangers: string[] = [];
	const drawn = new Set<number>();
	const drawnAs = new Map<number, DrawnAs>();
	for (const { geometry, properties } of feature(topology, regencies)
		.features) {
		const code = String(properties?.code ?? "");
		const area = areas.byCode(code);
		if (area?.level !== "regency" || area.parent === null) {
			strangers.push(code);
			continue;
		}
		drawn.add(area.id);
		const { mark, within, holds = [], before } = properties as Properties;
		if (mark || before || holds.length > 0)
			drawnAs.set(area.id, {
				area,
				mark: mark !== undefined,
				within: (within && areas.byCode(within)) || null,
				holds: holds.flatMap((held) => areas.byCode(held) ?? []),
				before: before ?? null,
			});
		for (const polygon of polygonsOf(geometry as Polygon | MultiPolygon))
			parts.push({
				polygon,
				area,
				row: areas.row(area),
				province: area.parent,
			});
	}

	const partsOf = (area: AreaRow): readonly Part[] =>
		area.level === "nation"
			? parts
			: parts.filter(
					(part) => part.area.id === area.id || part.province === area.id,
				);
	return {
		parts,
		areaAt: areaFinder(parts),
		strangers,
		undrawn: areas
			.at("regency")
			.filter((area) => !area.unknownPlace && !drawn.has(area.id)),
		regencyLines: mesh(topology, regencies),
		provinceLines: sharesEdges(topology)
			? mesh(
					topology,
					regencies,
					(a, b) => a !== b && provinceOf(a) !== provinceOf(b),
				)
			: { type: "MultiLineString", coordinates: [] },
		placeOf: seatOf,
		drawnAs: (area) => drawnAs.get(area.id),
		notAsThemselves: [...drawnAs.values()].sort((a, b) =>
			a.area.code < b.area.code ? -1 : 1,
		),
		partsOf,
		...framesOf(partsOf),
		outline(...outlined) {
			const ids = new Set(outlined.map(({ id }) => id));
			const inside = (geometry: GeometryObject): boolean => {
				const found = areas.byCode(codeOf(geometry));
				return (
					found !== undefined &&
					(ids.has(found.id) || ids.has(found.parent ?? -1))
				);
			};
			return mesh(topology, regencies, (a, b) =>
				a === b ? inside(a) : inside(a) !== inside(b),
			);
		},
	};
}

/** Where the seat of an area is; null where nobody says. */
export function seatOf({ lng, lat }: AreaRow): Standing | null {
	return lng === null || lat === null ? null : { lng, lat };
}

/** What a picture of an area is made for, by its pieces of land. */
export function framesOf(
	partsOf: Boundaries["partsOf"],
): Pick<Boundaries, "body" | "land"> {
	const body = remembered((area): MainBody | undefined => {
		const own = partsOf(area);
		if (own.length === 0) return undefined;
		// A country is all of its islands.
		return area.level === "nation"
			? { box: boxOf(own), outside: [] }
			: mainBody(own);
	});
	const land = (whole: boolean) =>
		remembered((area): LandRaster | undefined => {
			const main = body(area);
			if (!main) return undefined;
			const own = partsOf(area);
			return landRaster(own, whole ? boxOf(own) : main.box, CELLS_ACROSS);
		});
	const landOf = { main: land(false), whole: land(true) };
	return {
		body,
		land: (area, whole) => (whole ? landOf.whole(area) : landOf.main(area)),
	};
}

/** Enough to know what lies below the legend, and made in a moment. */
const CELLS_ACROSS = 256;

export function remembered<T>(
	make: (area: AreaRow) => T,
): (area: AreaRow) => T {
	const known = new Map<number, T>();
	return (area) => {
		const found = known.get(area.id);
		if (found !== undefined) return found;
		const made = make(area);
		known.set(area.id, made);
		return made;
	};
}

/**
 * Whether neighbours use the same edges. In a file simplified polygon by polygon they do not, except by chance, and the borders of
 * provinces would be drawn as scattered pieces.
 */
function sharesEdges(topology: RegencyTopology): boolean {
	const uses = new Map<number, number>();
	const count = (arcs: unknown): void => {
		if (typeof arcs === "number") {
			const arc = arcs < 0 ? ~arcs : arcs;
			uses.set(arc, (uses.get(arc) ?? 0) + 1);
		} else if (Array.isArray(arcs)) for (const inner of arcs) count(inner);
	};
	for (const geometry of topology.objects.regencies.geometries)
		if ("arcs" in geometry) count(geometry.arcs);
	let length = 0;
	let shared = 0;
	for (const [arc, times] of uses) {
		const vertices = topology.arcs[arc]?.length ?? 0;
		length += vertices;
		if (times > 1) shared += vertices;
	}
	return shared > length * 0.1;
}

export function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
	return geometry.type === "Polygon"
		? [geometry.coordinates]
		: geometry.coordinates;
}
