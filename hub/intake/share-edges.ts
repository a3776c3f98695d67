/// <reference path="../mapshaper.d.ts" />
import type {
	FeatureCollection,
	MultiPolygon,
	Polygon,
	Position,
} from "geojson";
import {
	type BorderMove,
	compareBorders,
} from "../../core/areas/border-move.ts";
import type { BoundaryLevel } from "../../core/areas/boundary-codes.ts";
import { areaOfShape } from "../../core/areas/boundary-rings.ts";
import type {
	BoundaryProperties,
	BoundaryShape,
} from "../../core/areas/boundary-topology.ts";
import { enclosedGaps } from "../../core/areas/enclosed-gaps.ts";

/** How wide gaps between neighbours are closed, in metres, whatever their length; round ones up to twice as wide. */
export interface Tolerance {
	/** Up to this, whoever gets the land. */
	readonly all: number;
	/** Up to this where whoever gets it does not grow by more than a tenth: kecamatan of a kota are a kilometre wide, and a gap beside them is much. */
	readonly small: number;
}

export const TOLERANCE: Record<BoundaryLevel, Tolerance> = {
	regency: { all: 300, small: 300 },
	district: { all: 150, small: 500 },
};

/** No code of an area. */
const WATER = "water";

/** By this part of its land an area may grow by gaps that are wider than all are closed. */
const GROWN = 0.1;

export interface SharedEdges {
	shapes: BoundaryShape[];
	move: BorderMove;
	/** Areas of which nothing would be left: their land lies wholly within a smaller one. They stay as they were, and overlap it. */
	swallowed: BoundaryShape[];
}

/**
 * Gives neighbours common borders: in a file that was simplified one polygon at a time they run beside one another, with slivers of
 * nobody's and of two areas' land between them. Gaps narrower than the tolerance go to a neighbour; land that lies in two areas goes to
 * the smaller, however much it is: a kota is often drawn on top of its kabupaten, and a kabupaten formed later on top of the one it was a
 * part of (Tambrauw on Sorong).
 */
export async function shareEdges(
	shapes: readonly BoundaryShape[],
	{ all, small }: Tolerance,
): Promise<SharedEdges> {
	const cleaned = await clean(shapes, all);
	const [apart, swallowed] = [true, false].map((is) =>
		shapes.filter(({ properties }) => cleaned.has(properties.code) === is),
	) as [BoundaryShape[], BoundaryShape[]];
	const closed = apart.map((shape) => withLand(shape, cleaned));
	// Where nothing overlaps any more, closing gaps only adds to whoever gets them: left as it is, an area takes nothing from its neighbours.
	const wider =
		small > all ? await clean(closed, small, lakes(closed)) : cleaned;
	const land = new Map(
		closed.flatMap((shape) => {
			const grown = withLand(shape, wider);
			const kept = landOf(grown) > (1 + GROWN) * landOf(shape) ? shape : grown;
			return [[shape.properties.code as string, kept.geometry.coordinates]];
		}),
	);
	const shared = shapes.map((shape) => withLand(shape, land));
	return { shapes: shared, move: compareBorders(shapes, shared), swallowed };
}

type Land = MultiPolygon["coordinates"];

/** What one area alone encloses: water of its own, and no border that lies apart from another. */
function lakes(shapes: readonly BoundaryShape[]): Polygon[] {
	return enclosedGaps(shapes).flatMap(({ beside, rings }) =>
		beside.length === 1
			? [{ type: "Polygon", coordinates: rings as Position[][] }]
			: [],
	);
}

function withLand(
	shape: BoundaryShape,
	land: ReadonlyMap<string, Land>,
): BoundaryShape {
	const coordinates = land.get(shape.properties.code);
	return coordinates
		? { ...shape, geometry: { type: "MultiPolygon", coordinates } }
		: shape;
}

function landOf({ geometry }: BoundaryShape): number {
	return areaOfShape(geometry.coordinates);
}

/**
 * The land of areas without the gaps between them up to a width (metres; round ones up to twice as wide), and without overlaps. Of which nothing is
 * left are not in it.
 * @param water stays what it is
 */
async function clean(
	shapes: readonly BoundaryShape[],
	width: number,
	water: readonly Polygon[] = [],
): Promise<Map<string, Land>> {
	const { default: mapshaper } = await import("mapshaper");
	// A gap counts by its area times its roundness, which for a long sliver comes to that of a circle as wide as the sliver is twice.
	const area = (Math.PI * width ** 2).toFixed(0);
	const written = await mapshaper.applyCommands(
		`-i shapes.json -clean gap-fill-area=${area}m2 sliver-control=1 overlap-rule=min-area -o cleaned.json format=geojson`,
		{
			"shapes.json": JSON.stringify({
				type: "FeatureCollection",
				features: [
					...shapes.map(({ geometry, properties: { code } }) => ({
						type: "Feature",
						properties: { code },
						geometry,
					})),
					...water.map((geometry) => ({
						type: "Feature",
						properties: { code: WATER },
						geometry,
					})),
				],
			}),
		},
	);
	const { features } = JSON.parse(
		String(written["cleaned.json"]),
	) as FeatureCollection<Polygon | MultiPolygon, BoundaryProperties>;
	return new Map(
		features.flatMap(({ geometry, properties: { code } }) =>
			code === WATER
				? []
				: [
						[
							code,
							geometry.type === "Polygon"
								? [geometry.coordinates]
								: geometry.coordinates,
						],
					],
		),
	);
}
