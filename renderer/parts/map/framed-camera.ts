import {
	fromMercator,
	movedBy,
	toMercator,
	WORLD_AT_ZOOM_0,
	zoomOf,
} from "./mercator.ts";

/** An area with its islets far off, which else do not set the frame. */
export const WHOLE = "whole";

/** The part of the land that a camera shows, in degrees. */
export interface Frame {
	readonly west: number;
	readonly south: number;
	readonly east: number;
	readonly north: number;
}

/** Ten metres: less than anybody sees move. */
const DECIMALS = 4;

/** A frame as it stands in an address. */
export function textOfFrame({ west, south, east, north }: Frame): string {
	return [west, south, east, north]
		.map((side) => Number(side.toFixed(DECIMALS)))
		.join("_");
}

/** @returns null where a text is no frame of this world */
export function frameFromText(text: string): Frame | null {
	const sides = text.split("_").map(Number);
	const [west = 0, south = 0, east = 0, north = 0] = sides;
	if (sides.length !== 4) return null;
	// A wide window shows more than the world.
	const isThere = -360 <= west && east <= 360 && -85 <= south && north <= 85;
	return isThere && west < east && south < north
		? { west, south, east, north }
		: null;
}

interface Size {
	readonly width: number;
	readonly height: number;
}

interface Camera {
	readonly center: readonly [lng: number, lat: number];
	readonly zoom: number;
}

/** What a camera shows in a box of a size (px), were it looking straight down. */
export function frameOf(
	{ center, zoom }: Camera,
	{ width, height }: Size,
): Frame {
	const [west, north] = movedBy(center, zoom, -width / 2, -height / 2);
	const [east, south] = movedBy(center, zoom, width / 2, height / 2);
	return { west, south, east, north };
}

/** The nearest camera that shows all of a frame in a box of another size (px). */
export function cameraOn(
	{ west, south, east, north }: Frame,
	{ width, height }: Size,
): Camera {
	const [left, top] = toMercator(west, north);
	const [right, bottom] = toMercator(east, south);
	const world = Math.min(width / (right - left), height / (bottom - top));
	return {
		center: fromMercator([(left + right) / 2, (top + bottom) / 2]),
		zoom: zoomOf(Math.max(world, WORLD_AT_ZOOM_0)),
	};
}
