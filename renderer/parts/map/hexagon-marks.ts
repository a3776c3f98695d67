import type { Layer } from "@deck.gl/core";
import { SolidPolygonLayer } from "@deck.gl/layers";
import type { Device } from "@luma.gl/core";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Hexagon } from "../../../core/areas/hexagons.ts";
import type { Cube, CubeShape } from "../../state/cube.ts";
import { rootSize } from "../ui/root-size.ts";
import {
	AreaValueExtension,
	type AreaValueLook,
	type AreaValueProps,
	type AreaValueTextures,
} from "./area-value-extension.ts";
import type { MapMarks } from "./map-marks.ts";
import {
	type MapColours,
	noAreaColour,
	type Rgb,
	rgbFromHex,
} from "./palettes.ts";
import { createValueTextures } from "./value-textures.ts";

/** A cell, and its row in the cube of cells. */
export interface Cell extends Hexagon<AreaRow> {
	readonly row: number;
}

/**
 * The colours of cells: of another hue than any palette of areas, since their classes are others. RdPu of ColorBrewer (Apache-2.0), in a dark
 * room from dark to bright.
 */
const RED_TO_PURPLE = [
	"#fcc5c0",
	"#fa9fb5",
	"#f768a1",
	"#dd3497",
	"#ae017e",
	"#7a0177",
	"#49006a",
];

/** The colours of `count` classes of cells, spread over the whole palette. */
export function cellColours(count: number, { sea }: MapColours): Rgb[] {
	const isDark = sea[0] < 128;
	const palette = (isDark ? [...RED_TO_PURPLE].reverse() : RED_TO_PURPLE).map(
		rgbFromHex,
	);
	if (count <= 1) return palette.slice(-1);
	return Array.from(
		{ length: count },
		(_, step) =>
			palette[Math.round((step * (palette.length - 1)) / (count - 1))] as Rgb,
	);
}

/** How much of its side a cell keeps, so that the land shows between them. */
const KEPT = 0.9;
const EXTENSION = new AreaValueExtension();

/** Hexagons in the colour of the value of the day of all areas whose seat lies in them; hatched where none of these reported. */
export function hexagons(
	cube: Cube<CubeShape>,
	cells: readonly Cell[],
	bounds: readonly number[],
	ground: MapColours,
): MapMarks {
	let textures: AreaValueTextures | null = null;
	const { sea, zero, noData } = ground;
	const look = (device: Device): { current: AreaValueLook } => {
		textures ??= createValueTextures(
			device,
			cube,
			cells.map(({ row }) => row),
			bounds,
			cellColours(bounds.length, ground),
		);
		const noArea = noAreaColour(ground);
		return { current: { textures, sea, zero, noArea, missing: noData } };
	};
	return {
		tilt: 0,
		layers(frame, device, ratio): Layer[] {
			const props: AreaValueProps = {
				areaValueLook: look(device),
				areaValueFrame: frame,
				areaValueFocus: null,
				areaValueHatch: Math.max(3, Math.round(rootSize() * 0.24 * ratio)),
				getAreaKeys: (_: Cell, { index }: { index: number }) => [index, 0],
			};
			return [
				new SolidPolygonLayer<Cell>({
					id: "mark-hexagons",
					data: cells as Cell[],
					getPolygon: ({ corners, lng, lat }: Cell) =>
						corners.map(([x, y]) => [
							lng + (x - lng) * KEPT,
							lat + (y - lat) * KEPT,
						]) as never,
					extensions: [EXTENSION],
					opacity: 0.88,
					parameters: { depthCompare: "always", depthWriteEnabled: false },
					...props,
				} as never),
			];
		},
		// The area below the pointer keeps its card; what a cell is stands in the list.
		areaAt: () => null,
		remove() {
			textures?.values.destroy();
			textures?.classes.destroy();
			textures = null;
		},
	};
}
