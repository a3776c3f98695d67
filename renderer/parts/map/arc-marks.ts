import type { Layer } from "@deck.gl/core";
import { ArcLayer } from "@deck.gl/layers";
import type { AreaRow } from "../../../core/api/areas.ts";
import { rootSize } from "../ui/root-size.ts";
import {
	ArcValueExtension,
	type ArcValueProps,
} from "./arc-value-extension.ts";
import type { AreaValueTextures } from "./area-value-extension.ts";
import type { MapMarks } from "./map-marks.ts";
import { edgesOf } from "./mark-colours.ts";
import { radiusOf } from "./mark-size.ts";
import type { Colouring } from "./situation-map.ts";
import { createValueTextures } from "./value-textures.ts";

/** Two areas between which people are simulated to travel, and their rows in the cube. */
export interface Link {
	readonly a: AreaRow;
	readonly b: AreaRow;
	readonly rows: readonly [a: number, b: number];
	/** Of all simulated journeys, 0 to 1. */
	readonly share: number;
}

/** Width of the strongest arc, and of the faintest that is still seen, in rem. */
export const WIDEST = 0.5;
const NARROWEST = 0.09;
/** Width of the edge on each side, in rem. */
const EDGE = 0.04;

/** The width of an arc in the unit of `widest`: its square stands for the share, since shares differ by thousands. */
export function arcWidth(share: number, most: number, widest: number): number {
	return Math.max((NARROWEST / WIDEST) * widest, radiusOf(share, most, widest));
}

const EXTENSION = new ArcValueExtension();

/** Arcs between areas: as wide as simulated mobility says, each end in the colour that its area has on the day. */
export function arcs(
	{ cube, bounds, colours, ground }: Colouring,
	links: readonly Link[],
	most: number,
): MapMarks {
	let textures: AreaValueTextures | null = null;
	return {
		tilt: 0,
		layers(frame, device): Layer[] {
			textures ??= createValueTextures(
				device,
				cube,
				Array.from({ length: cube.header.areas }, (_, row) => row),
				bounds,
				colours,
			);
			const rem = rootSize();
			const drawn = (id: string, edge: number) =>
				new ArcLayer<Link, ArcValueProps>({
					id,
					data: links as Link[],
					getSourcePosition: ({ a }: Link) => [a.lng, a.lat],
					getTargetPosition: ({ b }: Link) => [b.lng, b.lat],
					getWidth: ({ share }: Link) =>
						arcWidth(share, most, WIDEST) + 2 * edge,
					widthUnits: "pixels",
					// Widths are in rem: a window that grows changes a uniform, and no attribute.
					widthScale: rem,
					// From above an arc is bent sideways; upright it would be a line.
					getHeight: 0.5,
					getTilt: 55,
					numSegments: 24,
					extensions: [EXTENSION],
					parameters: { depthCompare: "always", depthWriteEnabled: false },
					arcTextures: textures,
					arcFrame: frame,
					arcZero: [...ground.noData[1], 0.28],
					arcMissing: [...ground.noData[1], 0.8],
					arcEdges: edgesOf(ground),
					isArcEdge: edge > 0,
					getArcRows: ({ rows }: Link) => rows,
				} as never);
			// All edges below all arcs: where many meet, no edge lies over a colour.
			return [drawn("mark-arcs-edge", EDGE), drawn("mark-arcs", 0)];
		},
		areaAt: () => null,
		remove() {
			textures?.values.destroy();
			textures?.classes.destroy();
			textures = null;
		},
	};
}
