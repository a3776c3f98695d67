import { createContext, useContext } from "react";

/** A strip around what is seen (px) that is drawn too: what lies over it moves by a few pixels. */
const MARGIN = 24;

const Seen = createContext(false);

/** Maps within draw only what of them lies in the window: a wall of several displays is larger than any canvas. */
export const SeenPartOnly = Seen.Provider;

export function useSeenPartOnly(): boolean {
	return useContext(Seen);
}

/** A part of a box, in pixels from its upper left corner. */
export interface Part {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/** From where to where a side that begins at `start` lies in a window of such a size; one pixel where nothing of it does. */
function side(start: number, length: number, window: number): [number, number] {
	const from = Math.max(0, Math.floor(-start - MARGIN));
	const to = Math.min(length, Math.ceil(window - start + MARGIN));
	return to - from >= 1
		? [from, to - from]
		: [Math.min(Math.max(0, from), Math.max(0, length - 1)), 1];
}

/**
 * The part of a box that is seen.
 * @param box where it lies in the window (px)
 */
export function seenPart(
	box: Part,
	window: { width: number; height: number },
): Part {
	const [left, width] = side(box.left, box.width, window.width);
	const [top, height] = side(box.top, box.height, window.height);
	return { left, top, width, height };
}

/** How far the middle of a part lies to the right of the middle of its box, and below it (px). */
export function middleOf(
	{ left, top, width, height }: Part,
	box: { width: number; height: number },
): readonly [x: number, y: number] {
	return [left + (width - box.width) / 2, top + (height - box.height) / 2];
}
