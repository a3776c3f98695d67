import type { SituationMap } from "./situation-map.ts";

/** Metres: what two computations of one place differ by. */
const NEAR = 0.01;

/** What a hand begins with. */
const BEGUN = ["wheel", "mousedown", "touchstart"] as const;

/**
 * Two maps that a hand moves together, drawn in one frame. @returns what sets them free
 * @param both place and scale; else the scale alone: each stays with what it shows
 */
export function lockCameras(
	first: SituationMap,
	second: SituationMap,
	both: boolean,
): () => void {
	let following = false;
	const lead = (one: SituationMap, other: SituationMap) => {
		const move = () => {
			if (following || one.isTaken || other.isTaken) return;
			const { center } = (both ? one : other).camera;
			const isMoving = one.map.isMoving();
			// A map that only took another size moves nobody, and its camera is still where it was sent.
			if (
				!isMoving &&
				!other.isLed &&
				other.map.getZoom() === one.map.getZoom() &&
				center.distanceTo(other.camera.center) < NEAR
			)
				return;
			following = true;
			other.goWith({ center, zoom: one.map.getZoom() }, isMoving);
			if (isMoving) other.drawNow();
			following = false;
		};
		one.map.on("move", move);
		one.map.on("moveend", move);
		// Led any further, it would drop what a hand begins on it.
		const hand = one.map.getCanvasContainer();
		const halt = () => other.halt();
		for (const began of BEGUN) hand.addEventListener(began, halt, true);
		return () => {
			one.map.off("move", move);
			one.map.off("moveend", move);
			for (const began of BEGUN) hand.removeEventListener(began, halt, true);
		};
	};
	const free = [lead(first, second), lead(second, first)];
	return () => {
		for (const one of free) one();
	};
}
