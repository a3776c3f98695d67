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

/** From this width on (px of the style sheet) a display is drawn finer: its letters have twice the pixels of those of a display half as wide. */
export const FINE_WIDTH = 2_560;
/** Least height of a line of a list in sizes of type, at who sits farthest and on a fine display. */
const LINE = { coarse: 1.9, fine: 1.35 };
const FEWEST_LINES = 10;

/**
 * How many lines of a list a panel shows: as many as can be told apart, on a fine display more.
 * @param height of the list (px), as is `type`, the size of type of the room, and `width`, that of the display
 */
export function linesThatFit({
	height,
	type,
	width,
}: {
	height: number;
	type: number;
	width: number;
}): number {
	const line = type * (width >= FINE_WIDTH ? LINE.fine : LINE.coarse);
	return Math.max(FEWEST_LINES, Math.floor(height / line));
}
