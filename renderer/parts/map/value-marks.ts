import type { Layer } from "@deck.gl/core";
import { ColumnLayer, ScatterplotLayer } from "@deck.gl/layers";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Day } from "../../../core/series/day.ts";
import { type Cube, type CubeShape, valueAt } from "../../state/cube.ts";
import { rootSize } from "../ui/root-size.ts";
import type { Standing } from "./boundaries.ts";
import type { MapMarks, Project } from "./map-marks.ts";
import { markColours } from "./mark-colours.ts";
import { greatest, heightOf, radiusOf } from "./mark-size.ts";
import { ValueTexture } from "./mark-texture.ts";
import {
	MarkValueExtension,
	type MarkValueProps,
} from "./mark-value-extension.ts";
import type { MapColours } from "./palettes.ts";

/** Radius of the greatest circle in rem; kelurahan are many on the land of one city, and stand between other marks. */
export const LARGEST = { circles: 2.6, kelurahan: 1.4 };
export type Circles = keyof typeof LARGEST;
/** Height of the greatest column, in rem. */
export const TALLEST = 15;
/** Degrees by which the map leans back under columns: high enough to be compared, and the north still legible. */
export const TILT = 48;
/** Radius of a column in rem: of few areas, and of so many that thicker ones would hide the land. */
const FOOT = { few: 0.26, many: 0.17 };
const MANY = 120;
/** Width of the edge that sets a mark apart from land of its own lightness, in rem. */
const EDGE = 0.07;
/** Circles that stand for next to nothing can still be pointed at, in rem. */
const EASY_TO_HIT = 0.25;

/** An area that has a place, and its row in the cube. */
interface Placed {
	readonly area: AreaRow;
	readonly row: number;
	readonly lng: number;
	readonly lat: number;
	/** The greatest value on any day. */
	readonly most: number;
}

interface Marked {
	readonly cube: Cube<CubeShape>;
	readonly placed: readonly Placed[];
	/** The greatest value of any of the areas on any day: sizes mean the same through a whole playback. */
	readonly most: number;
	readonly ground: MapColours;
}

/**
 * The areas that get a mark, and what all their sizes are held against. Great ones lie below small ones.
 * @param placeOf where an area stands; one that stands nowhere has no mark
 */
export function marked(
	cube: Cube<CubeShape>,
	areas: readonly AreaRow[],
	rowOf: (area: AreaRow) => number,
	ground: MapColours,
	placeOf: (area: AreaRow) => Standing | null,
): Marked {
	const { days } = cube.header;
	const placed = areas
		.flatMap((area) => {
			const place = placeOf(area);
			const row = rowOf(area);
			if (place === null || row < 0) return [];
			return [
				{ area, row, ...place, most: greatest(cube.values, days, [row]) },
			];
		})
		.sort((a, b) => b.most - a.most);
	return { cube, placed, most: placed[0]?.most ?? 0, ground };
}

function props({ cube: _, ground, most }: Marked, texture: ValueTexture) {
	return {
		markValues: texture,
		markMost: most,
		markColours: markColours(ground),
		getPosition: ({ lng, lat }: Placed) => [lng, lat],
		getMarkRow: ({ row }: Placed) => row,
	};
}

const CIRCLE = new MarkValueExtension({ shape: "circle" });
const COLUMN = new MarkValueExtension({ shape: "column" });

/** Circles where areas stand: their surface stands for the value of the day. */
export function circles(of: Marked, kind: Circles): MapMarks {
	const texture = new ValueTexture(of.cube);
	return {
		tilt: 0,
		layers(frame): Layer[] {
			const rem = rootSize();
			return [
				new ScatterplotLayer<Placed, MarkValueProps>({
					id: `mark-${kind}`,
					data: of.placed as Placed[],
					billboard: true,
					stroked: true,
					extensions: [CIRCLE],
					parameters: { depthCompare: "always", depthWriteEnabled: false },
					...props(of, texture),
					markFrame: frame,
					markSize: LARGEST[kind] * rem,
					markUnit: rem,
					markEdge: EDGE * rem,
				} as never),
			];
		},
		areaAt: (x, y, day, project) => circleAt(of, kind, x, y, day, project),
		remove: () => texture.remove(),
	};
}

/** The area of the smallest circle that covers a place of the picture. */
export function circleAt(
	{ placed, cube, most }: Omit<Marked, "ground">,
	kind: Circles,
	x: number,
	y: number,
	day: Day,
	project: Project,
	rem = rootSize(),
): AreaRow | null {
	let best: { area: AreaRow; radius: number } | null = null;
	for (const { area, row, lng, lat } of placed) {
		const value = valueAt(cube, row, day);
		const radius = Math.max(
			EASY_TO_HIT * rem,
			radiusOf(value ?? 0, most, LARGEST[kind] * rem),
		);
		if (best && radius >= best.radius) continue;
		const at = project(lng, lat);
		if (Math.hypot(at.x - x, at.y - y) <= radius) best = { area, radius };
	}
	return best?.area ?? null;
}

/** Columns where areas stand: their height stands for the value of the day. */
export function columns(of: Marked, flat: boolean): MapMarks {
	const texture = new ValueTexture(of.cube);
	const tilt = flat ? 0 : TILT;
	const foot = FOOT[of.placed.length > MANY ? "many" : "few"];
	return {
		tilt,
		layers(frame): Layer[] {
			const rem = rootSize();
			const drawn = (id: string, edge: number, covers: boolean) =>
				new ColumnLayer<Placed, MarkValueProps>({
					id,
					data: of.placed as Placed[],
					diskResolution: 12,
					extruded: true,
					extensions: [COLUMN],
					parameters: {
						depthCompare: covers ? "less-equal" : "always",
						depthWriteEnabled: covers,
					},
					...props(of, texture),
					markFrame: frame,
					markSize: TALLEST * rem,
					markUnit: foot * rem,
					markEdge: edge,
				} as never);
			return [
				// Wider ones below them, of which no more than the edges are seen.
				drawn("mark-columns-edge", EDGE * rem, false),
				drawn("mark-columns", 0, true),
			];
		},
		tops() {
			const tallest = tilt === 0 ? 0 : TALLEST * rootSize();
			return of.placed.map(({ lng, lat, most }) => ({
				...{ lng, lat },
				height: heightOf(most, of.most, tallest),
			}));
		},
		areaAt: (x, y, day, project) =>
			columnAt(of, tilt, foot, x, y, day, project),
		remove: () => texture.remove(),
	};
}

/** The area of the nearest column that covers a place of the picture. */
export function columnAt(
	{ placed, cube, most }: Omit<Marked, "ground">,
	tilt: number,
	foot: number,
	x: number,
	y: number,
	day: Day,
	project: Project,
	rem = rootSize(),
): AreaRow | null {
	const up = Math.sin((tilt * Math.PI) / 180);
	let nearest: { area: AreaRow; y: number } | null = null;
	for (const { area, row, lng, lat } of placed) {
		const at = project(lng, lat);
		const top =
			at.y - up * heightOf(valueAt(cube, row, day) ?? 0, most, TALLEST * rem);
		const reach = Math.max(foot, EASY_TO_HIT) * rem;
		if (
			Math.abs(x - at.x) <= reach &&
			y >= Math.min(at.y, top) - reach &&
			y <= Math.max(at.y, top) + reach &&
			at.y > (nearest?.y ?? Number.NEGATIVE_INFINITY)
		)
			nearest = { area, y: at.y };
	}
	return nearest?.area ?? null;
}
