/** A place in the projection of the map: both from 0 to 1 over the whole world, `y` growing southwards. */
export type Point = readonly [x: number, y: number];

export function toMercator(lng: number, lat: number): Point {
	const slope = Math.tan(Math.PI / 4 + (lat * Math.PI) / 360);
	return [(lng + 180) / 360, (1 - Math.log(slope) / Math.PI) / 2];
}

export function fromMercator([x, y]: Point): [lng: number, lat: number] {
	const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * (180 / Math.PI);
	return [x * 360 - 180, lat];
}

/** Pixels of the world's whole width at zoom 0 of the map's library. */
export const WORLD_AT_ZOOM_0 = 512;

/** Zoom at which the whole world would be `pixels` wide. */
export function zoomOf(pixels: number): number {
	return Math.log2(pixels / WORLD_AT_ZOOM_0);
}

/** The place that lies so many pixels to the right of another and below it, on the flat map of a zoom. */
export function movedBy(
	[lng, lat]: readonly [lng: number, lat: number],
	zoom: number,
	x: number,
	y: number,
): [lng: number, lat: number] {
	const [east, south] = toMercator(lng, lat);
	const world = WORLD_AT_ZOOM_0 * 2 ** zoom;
	return fromMercator([east + x / world, south + y / world]);
}
