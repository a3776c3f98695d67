import type { Position } from "geojson";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Part } from "./area-at.ts";
import { boxOf, landRaster } from "./land-raster.ts";
import { fromMercator, type Point, toMercator } from "./mercator.ts";

/** A kecamatan of which no boundaries were imported, drawn as a disc. */
export interface DistrictMark {
	readonly area: AreaRow;
	/** One ring, in degrees. */
	readonly polygon: Position[][];
	/** It stands where it lies; else its place is one among its neighbours and says nothing. */
	readonly placed: boolean;
}

/** Cells over the longer side of a kabupaten/kota: enough to tell land from sea for a hundred marks. */
const CELLS_ACROSS = 64;
/** Corners of a disc. */
const CORNERS = 16;
/** Radius of a disc as a share of what lies between two. */
const FILLS = 0.4;
/** Marks stand wholly on their land where that leaves them at least this much of the size that they would have without. */
const WORTH = 0.62;

/**
 * Marks for the kecamatan of one kabupaten/kota. Those whose own position is known stand there; the others, of which only the seat of the
 * kabupaten/kota is known, stand in rows over its land, in order of code. None covers another.
 * @param land the pieces of land of the kabupaten/kota
 * @returns marks, and the kecamatan of which nothing says where to draw them
 */
export function districtMarks(
	regency: AreaRow,
	districts: readonly AreaRow[],
	land: readonly Part[],
): { marks: DistrictMark[]; unplaced: AreaRow[] } {
	const known = districts.filter((area) => hasOwnPosition(area, regency));
	const unknown = districts.filter((area) => !hasOwnPosition(area, regency));
	if (land.length === 0 && unknown.length > 0)
		return {
			marks: discs(known, known.map(pointOf), SMALLEST, true),
			unplaced: unknown,
		};
	const { places, spacing } = rowsOver(land, unknown.length);
	const even = Math.min(
		spacing,
		land.length === 0 ? SMALLEST : evenSpacing(land, districts.length),
	);
	return {
		marks: [
			...discs(unknown, places, spacing * FILLS, false),
			...discs(known, known.map(pointOf), even * FILLS, true),
		],
		unplaced: [],
	};
}

/** Radius where there is no land to take it from: about two kilometres, in units of the projection. */
const SMALLEST = 5e-5;

/** Before positions of their own were known kecamatan had that of the seat above them. */
function hasOwnPosition(area: AreaRow, regency: AreaRow): boolean {
	return (
		area.lat !== null &&
		area.lng !== null &&
		(area.lat !== regency.lat || area.lng !== regency.lng)
	);
}

function pointOf({ lng, lat }: AreaRow): Point {
	return toMercator(lng as number, lat as number);
}

/** Discs of one size, smaller where two would meet. */
function discs(
	areas: readonly AreaRow[],
	places: readonly Point[],
	most: number,
	placed: boolean,
): DistrictMark[] {
	return areas.map((area, at) => {
		const [x, y] = places[at] as Point;
		let nearest = Number.POSITIVE_INFINITY;
		places.forEach(([otherX, otherY], other) => {
			if (other !== at)
				nearest = Math.min(nearest, Math.hypot(otherX - x, otherY - y));
		});
		// Two offices in one street are still two kecamatan.
		const radius = Math.max(Math.min(most, nearest * 0.48), most / 5);
		const ring = Array.from({ length: CORNERS + 1 }, (_, corner) => {
			const turn = ((corner % CORNERS) / CORNERS) * 2 * Math.PI;
			return fromMercator([
				x + radius * Math.cos(turn),
				y + radius * Math.sin(turn),
			]) as Position;
		});
		return { area, polygon: [ring], placed };
	});
}

/** Distance of points that lie evenly over some land. */
function evenSpacing(land: readonly Part[], count: number): number {
	const { cell, owner } = landRaster(land, boxOf(land), CELLS_ACROSS);
	const cells = owner.reduce((sum, id) => sum + (id === 0 ? 0 : 1), 0);
	return cell * Math.sqrt(Math.max(1, cells) / Math.max(1, count));
}

/** So many places on some land in rows, every other row shifted by half, as far from one another as they fit. */
function rowsOver(
	land: readonly Part[],
	count: number,
): { places: Point[]; spacing: number } {
	if (count === 0) return { places: [], spacing: Number.POSITIVE_INFINITY };
	const { box, cell, columns, rows, owner } = landRaster(
		land,
		boxOf(land),
		CELLS_ACROSS,
	);
	const isLand = (x: number, y: number): boolean =>
		x >= 0 &&
		y >= 0 &&
		x < columns * cell &&
		y < rows * cell &&
		owner[Math.floor(y / cell) * columns + Math.floor(x / cell)] !== 0;
	const widest = evenSpacing(land, count) * 1.15;
	let spacing = widest;
	for (;;) {
		const reach = spacing > widest * WORTH ? spacing * FILLS * 0.8 : 0;
		const places: Point[] = [];
		const height = spacing * Math.sqrt(0.75);
		for (let row = 0; (row + 0.5) * height < rows * cell; row++)
			for (
				let x = spacing * (row % 2 === 0 ? 0.25 : 0.75);
				x < columns * cell;
				x += spacing
			) {
				const y = (row + 0.5) * height;
				if (
					isLand(x, y) &&
					isLand(x - reach, y) &&
					isLand(x + reach, y) &&
					isLand(x, y - reach) &&
					isLand(x, y + reach)
				)
					places.push([box.left + x, box.top + y]);
			}
		if (places.length >= count) {
			// Too many are left out evenly, not all at the southern end.
			return {
				spacing,
				places: Array.from(
					{ length: count },
					(_, at) => places[Math.floor((at * places.length) / count)] as Point,
				),
			};
		}
		spacing *= 0.96;
	}
}
