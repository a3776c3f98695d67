import type { Layer } from "@deck.gl/core";
import { ArcLayer } from "@deck.gl/layers";
import { rootSize } from "../ui/root-size.ts";
import { arcWidth, WIDEST } from "./arc-marks.ts";
import type { MapMarks } from "./map-marks.ts";
import { type MapColours, rgbFromHex } from "./palettes.ts";

/** Something that goes from one place to another. */
export interface Flow {
	readonly key: string;
	readonly from: readonly [lng: number, lat: number];
	readonly to: readonly [lng: number, lat: number];
	readonly amount: number;
}

/** Arcs from where something is to where it goes: the wider the more; pale at the start, strong where it arrives. */
export function flowArcs(
	name: string,
	flows: readonly Flow[],
	ground: MapColours,
): MapMarks {
	const most = Math.max(0, ...flows.map(({ amount }) => amount));
	const colour = rgbFromHex(ground.selectedLine);
	return {
		tilt: 0,
		layers(): Layer[] {
			const rem = rootSize();
			return [
				new ArcLayer<Flow>({
					id: `flow-${name}`,
					data: flows as Flow[],
					getSourcePosition: ({ from }) => [...from],
					getTargetPosition: ({ to }) => [...to],
					getWidth: ({ amount }) => arcWidth(amount, most, WIDEST),
					widthUnits: "pixels",
					// Widths are in rem: a window that grows changes a uniform, and no attribute.
					widthScale: rem,
					getHeight: 0.5,
					getTilt: 55,
					numSegments: 24,
					getSourceColor: [...colour, 70],
					getTargetColor: [...colour, 255],
					parameters: { depthCompare: "always", depthWriteEnabled: false },
				}),
			];
		},
		areaAt: () => null,
		remove() {},
	};
}
