import type { Map as MapLibre } from "maplibre-gl";
import { type RefObject, useCallback, useEffect, useState } from "react";

/** A driver that was just restarted is given this long (ms), and twice as long after each try that failed. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/**
 * Tells when a map must be made anew: the graphics card gave its context up (a driver crashed or was updated, a laptop changed its card),
 * and nothing that was given to it is there any more. A wall has nobody to reload it.
 * @param box what the canvases of the map lie in
 * @returns another function each time; to be called when none could be made, which is then tried again unless none ever could
 */
export function useLostContexts(
	box: RefObject<HTMLElement | null>,
): () => void {
	const [made, setMade] = useState(0);
	const [failures, setFailures] = useState(0);
	const [waits, setWaits] = useState(false);
	useEffect(() => {
		const container = box.current;
		if (!container) return;
		const lost = (): void => setWaits(true);
		// Caught on its way down: it does not come up from the canvas.
		container.addEventListener("webglcontextlost", lost, true);
		return () => container.removeEventListener("webglcontextlost", lost, true);
	}, [box]);
	useEffect(() => {
		if (!waits) return;
		const again = setTimeout(
			() => {
				setWaits(false);
				setMade((before) => before + 1);
			},
			Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures),
		);
		return () => clearTimeout(again);
	}, [waits, failures]);
	return useCallback(() => {
		if (made === 0) return;
		setFailures((before) => before + 1);
		setWaits(true);
	}, [made]);
}

/**
 * Lets go of what a map keeps for good of a style whose context was lost: it destroys the style and goes on listening for it, and with it the page
 * keeps canvas, labels and everything that the map knew of (maplibre-gl 5.24, `Style.destroy`; `Style._remove` ends that too).
 */
export function releaseLostStyles(map: MapLibre): void {
	let lost: MapLibre["style"] | null = null;
	// On its way down, while the map still has it.
	const keep = (): void => {
		lost = map.style;
	};
	map.getCanvasContainer().addEventListener("webglcontextlost", keep, true);
	map.on("webglcontextlost", () => {
		lost?._remove(false);
		lost = null;
	});
}
