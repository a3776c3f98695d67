/** Height of a capital letter as it is seen, in minutes of arc: the least that ISO 9241-303 (2011) asks for; it prefers 20 to 22. */
const MINUTES_OF_ARC = 16;
/** Height of a capital of a sans-serif typeface by its size. */
const CAPITAL = 0.7;
const INCH = 0.0254;

/**
 * The size of type that can be read from the back of a room.
 * @param distance metres from the screen to who sits farthest
 * @param diagonal of the screen in inches
 * @param width in pixels of the style sheet, as is `height`
 * @returns pixels of the style sheet
 */
export function typeSize({
	distance,
	diagonal,
	width,
	height,
}: {
	distance: number;
	diagonal: number;
	width: number;
	height: number;
}): number {
	const pixel = (diagonal * INCH) / Math.hypot(width, height);
	const capital =
		2 * distance * Math.tan((MINUTES_OF_ARC / 120) * (Math.PI / 180));
	return capital / CAPITAL / pixel;
}
