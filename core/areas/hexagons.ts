import type { Place } from "./great-circle.ts";

/** A six-sided cell and the areas whose seat lies in it. */
export interface Hexagon<Area> {
	/** Of its middle. */
	readonly lng: number;
	readonly lat: number;
	/** Its six corners, in degrees, around. */
	readonly corners: readonly (readonly [lng: number, lat: number])[];
	readonly areas: readonly Area[];
}

/** Widths of cells, in kilometres at the equator: of the whole country, and of a province. */
export const HEXAGON_WIDTHS = ["120", "60", "24"] as const;
export type HexagonWidth = (typeof HEXAGON_WIDTHS)[number];

/** Radius of the earth of the projection, in kilometres. */
const RADIUS = 6378.137;
const DEGREES = 180 / Math.PI;

/**
 * Cells of a fixed grid over a Mercator map, a corner to the north, that hold a seat at least; areas without a place are in none. The grid
 * depends on nothing but the width, so that whoever knows the areas knows the cells and their order: from south to north, in a row from west
 * to east, and the areas within as they were given. In Indonesia, at most 11 degrees from the equator, cells differ by 2 % in width.
 * @param width from side to side, in kilometres at the equator
 * Source: axial coordinates and their rounding, A. Patel, Hexagonal Grids (redblobgames.com, 2013).
 */
export function hexagonsOver<
	Area extends { readonly lng: number | null; readonly lat: number | null },
>(areas: readonly Area[], width: number): Hexagon<Area>[] {
	const size = width / Math.sqrt(3);
	const cells = new Map<string, { q: number; r: number; areas: Area[] }>();
	for (const area of areas) {
		if (area.lng === null || area.lat === null) continue;
		const [x, y] = onMap({ lng: area.lng, lat: area.lat });
		const [q, r] = rounded(
			((Math.sqrt(3) / 3) * x - y / 3) / size,
			((2 / 3) * y) / size,
		);
		const key = `${q} ${r}`;
		const cell = cells.get(key) ?? { q, r, areas: [] };
		cell.areas.push(area);
		cells.set(key, cell);
	}
	return [...cells.values()]
		.sort((one, two) => one.r - two.r || one.q - two.q)
		.map(({ q, r, areas: inside }) => {
			const x = size * Math.sqrt(3) * (q + r / 2);
			const y = size * 1.5 * r;
			const [lng, lat] = onEarth(x, y);
			const corners = Array.from({ length: 6 }, (_, corner) => {
				const angle = ((corner * 60 + 30) * Math.PI) / 180;
				return onEarth(x + size * Math.cos(angle), y + size * Math.sin(angle));
			});
			return { lng, lat, corners, areas: inside };
		});
}

function onMap({ lng, lat }: Place): [x: number, y: number] {
	return [
		(RADIUS * lng) / DEGREES,
		RADIUS * Math.log(Math.tan(Math.PI / 4 + lat / DEGREES / 2)),
	];
}

function onEarth(x: number, y: number): [lng: number, lat: number] {
	return [(x / RADIUS) * DEGREES, Math.atan(Math.sinh(y / RADIUS)) * DEGREES];
}

/** The cell in which fractional axial coordinates lie. */
function rounded(q: number, r: number): [q: number, r: number] {
	const s = -q - r;
	let [wholeQ, wholeR] = [Math.round(q), Math.round(r)];
	const wholeS = Math.round(s);
	const [offQ, offR, offS] = [
		Math.abs(wholeQ - q),
		Math.abs(wholeR - r),
		Math.abs(wholeS - s),
	];
	if (offQ > offR && offQ > offS) wholeQ = -wholeR - wholeS;
	else if (offR > offS) wholeR = -wholeQ - wholeS;
	// Minus zero is no other cell.
	return [wholeQ + 0, wholeR + 0];
}
