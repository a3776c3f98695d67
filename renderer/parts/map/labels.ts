import type { AreaRow } from "../../../core/api/areas.ts";
import { shortAreaName } from "../ui/area-name.ts";

export interface PlacedLabel {
	readonly text: string;
	readonly position: [lng: number, lat: number];
}

export interface Covered {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/**
 * Chooses the labels that fit without touching each other, the more populous areas first.
 * @param project from degrees to pixels of the screen.
 * @param size height of the letters in pixels.
 * @param covered what lies over the map (the legend), in pixels of the screen: no label goes below it.
 */
export function placeLabels(
	areas: readonly AreaRow[],
	project: (position: [number, number]) => { x: number; y: number },
	size: number,
	width: number,
	height: number,
	covered: Covered | null = null,
): PlacedLabel[] {
	const taken: { x: number; y: number; halfWidth: number }[] = [];
	const placed: PlacedLabel[] = [];
	const byWeight = [...areas].sort(
		(a, b) => (b.population ?? 0) - (a.population ?? 0),
	);
	for (const area of byWeight) {
		if (area.lat === null || area.lng === null || area.unknownPlace) continue;
		const position: [number, number] = [area.lng, area.lat];
		const { x, y } = project(position);
		if (x < 0 || y < 0 || x > width || y > height) continue;
		const text = shortAreaName(area);
		const halfWidth = text.length * size * 0.3 + size * 0.4;
		const clash = taken.some(
			(other) =>
				Math.abs(other.x - x) < other.halfWidth + halfWidth &&
				Math.abs(other.y - y) < size * 1.5,
		);
		const hidden =
			covered !== null &&
			x + halfWidth > covered.left &&
			x - halfWidth < covered.right &&
			y + size > covered.top &&
			y - size < covered.bottom;
		if (clash || hidden) continue;
		taken.push({ x, y, halfWidth });
		placed.push({ text, position });
	}
	return placed;
}
