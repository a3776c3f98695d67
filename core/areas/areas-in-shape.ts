import type { Position } from "geojson";

/** What of an area says whether it lies in a shape. */
interface Seated {
	readonly lng: number | null;
	readonly lat: number | null;
	readonly unknownPlace: boolean;
}

/**
 * The areas that a shape drawn on a map holds: those whose seat lies in it. One place of each area decides, so that of two shapes with nothing
 * in common none holds an area of the other, and a border drawn roughly gives what was meant. Cases without a place are in no shape.
 * @param shape corners of the drawing in its own units, as pixels of the screen, in their order; it is closed from the last to the first and may
 *   cross itself. Corners that are nowhere (NaN) are none. Fewer than three, or three on one line, hold nothing.
 * @param place where on the drawing a seat is
 */
export function areasInShape<Area extends Seated>(
	shape: readonly Position[],
	areas: readonly Area[],
	place: (lng: number, lat: number) => Position,
): Area[] {
	const corners = shape.filter((corner) => corner.every(Number.isFinite));
	if (corners.length < 3) return [];
	return areas.filter(({ lng, lat, unknownPlace }) => {
		if (unknownPlace || lng === null || lat === null) return false;
		const [x = Number.NaN, y = Number.NaN] = place(lng, lat);
		return isWithin(corners, x, y);
	});
}

/**
 * Whether a drawn line goes round a place at all, whichever way and however often: a lasso that crosses itself holds what its loops hold, as
 * it is filled on the screen (SVG fill-rule nonzero).
 */
function isWithin(shape: readonly Position[], x: number, y: number): boolean {
	let around = 0;
	let [xj = 0, yj = 0] = shape.at(-1) ?? [];
	for (const [xi = 0, yi = 0] of shape) {
		const rises = yj <= y && yi > y;
		const falls = yj > y && yi <= y;
		if ((rises || falls) && x < xj + ((xi - xj) * (y - yj)) / (yi - yj))
			around += rises ? 1 : -1;
		[xj, yj] = [xi, yi];
	}
	return around !== 0;
}

/** The four corners of a rectangle between two of them that lie across. */
export function rectangle(
	[x1 = 0, y1 = 0]: Position,
	[x2 = 0, y2 = 0]: Position,
): Position[] {
	return [
		[x1, y1],
		[x2, y1],
		[x2, y2],
		[x1, y2],
	];
}
