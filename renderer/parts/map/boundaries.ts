import type { MultiLineString, MultiPolygon, Polygon, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type {
	GeometryCollection,
	GeometryObject,
	Topology,
} from "topojson-specification";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { type AreaAt, areaFinder, type Part } from "./area-at.ts";

export type Bounds = readonly [
	west: number,
	south: number,
	east: number,
	north: number,
];

/** The drawn shape of the country: triangulated once from `parts`, outlined by the lines. */
export interface Boundaries {
	readonly parts: readonly Part[];
	readonly regencyLines: MultiLineString;
	readonly provinceLines: MultiLineString;
	/** The kabupaten/kota at a place; null at sea and abroad. */
	areaAt: AreaAt;
	/** Bounds of a regency, a province or the nation, by area id. */
	bounds(area: AreaRow): Bounds | undefined;
	/** Outline of an area. */
	outline(area: AreaRow): MultiLineString;
	/** Codes in the file that are no kabupaten/kota of this dataset, and those without a polygon. */
	readonly strangers: readonly string[];
	readonly undrawn: readonly AreaRow[];
}

type RegencyTopology = Topology<{
	regencies: GeometryCollection<{ code?: string }>;
}>;
type Regency = GeometryObject<{ code?: string }>;

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
	const boxes = new Map<number, [number, number, number, number]>();
	const grow = (id: number | null, position: Position) => {
		if (id === null) return;
		const [x, y] = position as [number, number];
		const box = boxes.get(id);
		if (!box) boxes.set(id, [x, y, x, y]);
		else {
			box[0] = Math.min(box[0], x);
			box[1] = Math.min(box[1], y);
			box[2] = Math.max(box[2], x);
			box[3] = Math.max(box[3], y);
		}
	};

	for (const { geometry, properties } of feature(topology, regencies)
		.features) {
		const code = String(properties?.code ?? "");
		const area = areas.byCode(code);
		if (area?.level !== "regency" || area.parent === null) {
			strangers.push(code);
			continue;
		}
		drawn.add(area.id);
		for (const polygon of polygonsOf(geometry as Polygon | MultiPolygon)) {
			parts.push({
				polygon,
				area,
				row: areas.row(area),
				province: area.parent,
			});
			for (const position of polygon[0] ?? []) {
				grow(area.id, position);
				grow(area.parent, position);
				grow(areas.nation.id, position);
			}
		}
	}

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
		bounds: (area) => boxes.get(area.id),
		outline(area) {
			const inside = (geometry: GeometryObject): boolean => {
				const found = areas.byCode(codeOf(geometry));
				return (
					found !== undefined &&
					(found.id === area.id || found.parent === area.id)
				);
			};
			return mesh(topology, regencies, (a, b) =>
				a === b ? inside(a) : inside(a) !== inside(b),
			);
		},
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

function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
	return geometry.type === "Polygon"
		? [geometry.coordinates]
		: geometry.coordinates;
}
