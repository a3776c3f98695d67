import type { Position } from "geojson";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Boundaries } from "./boundaries.ts";
import { type Box, overlaps } from "./land-raster.ts";
import { mainBody } from "./main-body.ts";
import { type Point, toMercator } from "./mercator.ts";

/** One area of an inset, as it is drawn. */
export interface InsetShape {
	readonly area: AreaRow;
	/** Row of the area, or of one of its kabupaten/kota, in a cube of kabupaten/kota. */
	readonly row: number;
	/** Outline in units of the inset. */
	readonly path: string;
	readonly centre: Point;
}

/** Units over the longer side of what an inset shows. */
const UNITS = 1000;
const MARGIN = 12;

/**
 * The shapes of some provinces, filling a picture of their own. Islets far off do not set its frame; an area that has nothing but such
 * islets (Kepulauan Seribu) stands as a square at the edge nearest to it, so that its colour is not missing.
 */
export function insetShapes(
	boundaries: Boundaries,
	areas: AreaIndex,
	provinces: readonly string[],
	level: "regency" | "province",
): { viewBox: string; shapes: InsetShape[] } {
	const rows = provinces.flatMap((code) => areas.byCode(code) ?? []);
	const parts = rows.flatMap((row) => [...boundaries.partsOf(row)]);
	if (parts.length === 0) return { viewBox: "0 0 1 1", shapes: [] };
	const { box } = mainBody(parts);
	const scale = UNITS / Math.max(box.right - box.left, box.bottom - box.top);
	const width = (box.right - box.left) * scale;
	const height = (box.bottom - box.top) * scale;
	const place = (position: Position): Point => {
		const [x, y] = toMercator(...(position as [number, number]));
		return [
			Math.round((x - box.left) * scale),
			Math.round((y - box.top) * scale),
		];
	};
	const frame: Box = { left: 0, top: 0, right: width, bottom: height };
	const owners =
		level === "province"
			? rows
			: rows.flatMap((row) => [...areas.children(row)]);
	const shapes: InsetShape[] = [];
	for (const area of owners) {
		const own = parts.filter((part) =>
			level === "province"
				? part.province === area.id
				: part.area.id === area.id,
		);
		const first = own[0];
		if (!first) continue;
		const rings = own.map((part) =>
			part.polygon.map((ring) => ring.map(place)),
		);
		const inside = rings.filter((polygon) =>
			overlaps(boxAround(polygon), frame),
		);
		const shown = inside.length > 0 ? inside : [square(rings, frame)];
		const around = boxAround(shown.flat());
		shapes.push({
			area,
			row: first.row,
			path: shown.map(pathOf).join(""),
			centre: [
				(around.left + around.right) / 2,
				(around.top + around.bottom) / 2,
			],
		});
	}
	return {
		viewBox: `${-MARGIN} ${-MARGIN} ${Math.round(width) + 2 * MARGIN} ${Math.round(height) + 2 * MARGIN}`,
		shapes,
	};
}

/** The shape whose middle lies nearest in a direction; null at the edge. */
export function nearestTowards(
	shapes: readonly InsetShape[],
	from: InsetShape,
	[towardsX, towardsY]: readonly [number, number],
): InsetShape | null {
	let best: InsetShape | null = null;
	let least = Number.POSITIVE_INFINITY;
	for (const shape of shapes) {
		const dx = shape.centre[0] - from.centre[0];
		const dy = shape.centre[1] - from.centre[1];
		const along = dx * towardsX + dy * towardsY;
		if (shape === from || along <= 0) continue;
		const aside = Math.abs(dx * towardsY) + Math.abs(dy * towardsX);
		const distance = along + 2 * aside;
		if (distance < least) {
			least = distance;
			best = shape;
		}
	}
	return best;
}

type Ring = readonly Point[];

function pathOf(polygon: readonly Ring[]): string {
	return polygon
		.map((ring) => {
			// Corners closer than a unit fall together.
			const corners = ring.filter(
				([x, y], at) =>
					at === 0 || x !== ring[at - 1]?.[0] || y !== ring[at - 1]?.[1],
			);
			return `M${corners.map(([x, y]) => `${x} ${y}`).join("L")}Z`;
		})
		.join("");
}

function boxAround(polygon: readonly Ring[]): Box {
	const box = {
		left: Infinity,
		top: Infinity,
		right: -Infinity,
		bottom: -Infinity,
	};
	for (const ring of polygon)
		for (const [x, y] of ring) {
			box.left = Math.min(box.left, x);
			box.top = Math.min(box.top, y);
			box.right = Math.max(box.right, x);
			box.bottom = Math.max(box.bottom, y);
		}
	return box;
}

/** Stands at the edge for what lies beyond it. */
function square(beyond: readonly (readonly Ring[])[], frame: Box): Ring[] {
	const { left, right, top, bottom } = boxAround(beyond.flat());
	const half = UNITS / 28;
	const between = (value: number, least: number, most: number) =>
		Math.round(Math.min(Math.max(value, least + half), most - half));
	const x = between((left + right) / 2, frame.left, frame.right);
	const y = between((top + bottom) / 2, frame.top, frame.bottom);
	return [
		[
			[x - half, y - half],
			[x + half, y - half],
			[x + half, y + half],
			[x - half, y + half],
		],
	];
}
