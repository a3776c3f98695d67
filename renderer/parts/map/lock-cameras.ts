import type { SituationMap } from "./situation-map.ts";

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
			if (following) return;
			following = true;
			const { map } = both ? one : other;
			const isMoving = one.map.isMoving();
			other.goWith(
				{ center: map.getCenter(), zoom: one.map.getZoom() },
				isMoving,
			);
			if (isMoving) other.drawNow();
			following = false;
		};
		one.map.on("move", move);
		one.map.on("moveend", move);
		return () => {
			one.map.off("move", move);
			one.map.off("moveend", move);
		};
	};
	const free = [lead(first, second), lead(second, first)];
	return () => {
		for (const one of free) one();
	};
}
