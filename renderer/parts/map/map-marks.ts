import type { Layer } from "@deck.gl/core";
import type { Device } from "@luma.gl/core";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Day } from "../../../core/series/day.ts";
import type { AreaValueFrame } from "./area-value-extension.ts";
import type { Box } from "./land-raster.ts";

/** Where a place on the earth is on the picture, in its pixels. */
export type Project = (
	lng: number,
	lat: number,
) => { readonly x: number; readonly y: number };

/** Where something stands, and how high it rises at most: its length in pixels, as it would lie in the middle of the picture. */
export interface Top {
	readonly lng: number;
	readonly lat: number;
	readonly height: number;
}

/** What stands on the map besides the colours of its areas. A movement in time changes nothing of it but what it reads while it is drawn. */
export interface MapMarks {
	/** Degrees by which the map leans back; 0: it is seen from above. */
	readonly tilt: number;
	/**
	 * From the lowest to the highest; asked for anew when the window, and with it every size, changes.
	 * @param ratio pixels of the picture for one of the page
	 */
	layers(frame: AreaValueFrame, device: Device, ratio: number): Layer[];
	/** What rises above where it stands, on any day: of a map that leans back. */
	tops?(): readonly Top[];
	/** What of it is read, in pixels of the picture: names rather stand elsewhere. */
	texts?(project: Project): readonly Box[];
	/** The area whose mark is drawn at a place of the picture, on a day. */
	areaAt(x: number, y: number, day: Day, project: Project): AreaRow | null;
	/** Gives back what it holds of the graphics card; it can be drawn again afterwards. */
	remove(): void;
}

/** Several at once, in their order. */
export function together(all: readonly MapMarks[]): MapMarks {
	return {
		tilt: Math.max(0, ...all.map(({ tilt }) => tilt)),
		layers: (frame, device, ratio) =>
			all.flatMap((marks) => marks.layers(frame, device, ratio)),
		tops: () => all.flatMap((marks) => marks.tops?.() ?? []),
		texts: (project) => all.flatMap((marks) => marks.texts?.(project) ?? []),
		areaAt(x, y, day, project) {
			// The highest is hit first.
			for (const marks of [...all].reverse()) {
				const area = marks.areaAt(x, y, day, project);
				if (area) return area;
			}
			return null;
		},
		remove() {
			for (const marks of all) marks.remove();
		},
	};
}
