import type { MultiPolygon, Position } from "geojson";

/** What is wrong with the geometry of one feature, and in which ring; polygons and rings count from 1 as in the file. */
export interface RingFault {
	/** Such as `polygon 2, ring 3`; null when it is the geometry as a whole. */
	ring: string | null;
	found: string;
	expected: string;
}

export interface RingReading {
	/** Closed rings of two coordinates: of each polygon its outer ring first, then its holes. */
	shape: MultiPolygon;
	remarks: RingRemark[];
}

/** What was written in another way than GeoJSON asks and was read all the same. */
export interface RingRemark {
	/**
	 * An open ring, closed; an islet that the grid of the file made a line or a point, left out; a further ring that is no hole
	 * but an island; rings that cross or overlap by very little.
	 */
	kind: "open" | "flat" | "island" | "slip";
	ring: string;
	found: string;
}

/** Longitudes and latitudes that Indonesia lies within; far from the antimeridian, so no ring can cross it. */
const INDONESIA = { west: 94, east: 142, south: -12, north: 7 };
const DEGREES =
	"degrees of WGS 84, longitude first, within Indonesia (94 to 142, -12 to 7)";
/**
 * The part of an area's land that may be in doubt where lines cross or polygons overlap. Official files have such places by the
 * hundred, of a few square metres; above this the drawn land would be another.
 */
const SLIP = 0.01;

/** Rings that contradict each other, and the land in doubt, in square degrees. */
interface Slip {
	ring: string;
	found: string;
	expected: string;
	area: number;
}

interface Ring {
	name: string;
	/** Whether the file calls it the outer ring of a polygon. */
	first: boolean;
	corners: Position[];
	/** Without sign, in square degrees. */
	area: number;
	/** West, south, east, north. */
	box: [number, number, number, number];
}

/**
 * Reads the rings of a polygon or multipolygon by where they lie, not by the order in which a converter wrote them: a ring
 * within an odd number of others is a hole of the smallest around it, any other is a polygon of its own. So islands written as
 * further rings of one polygon stay islands, and an island in a lake stays one. Direction of rings is not looked at; open rings
 * are closed; a third coordinate is dropped.
 * @returns the polygons, or the first fault: coordinates that are none or lie elsewhere, fewer than three corners, no area, a
 * ring twice, rings that cross, an outer ring that lies where only a hole can.
 */
export function readRings(geometry: unknown): RingReading | RingFault {
	const written = polygonsOf(geometry);
	if ("found" in written) return written;
	const rings: Ring[] = [];
	const remarks: RingRemark[] = [];
	for (const [at, polygon] of written.polygons.entries()) {
		if (!Array.isArray(polygon) || polygon.length === 0)
			return {
				ring: `polygon ${at + 1}`,
				found: Array.isArray(polygon) ? "no ring" : inShort(polygon),
				expected: "a list of rings",
			};
		for (const [k, positions] of polygon.entries()) {
			const name = `polygon ${at + 1}, ring ${k + 1}`;
			const ring = readRing(positions, name, k === 0);
			if ("found" in ring) return ring;
			if (ring.ring.corners.length < 4) {
				const found = cornersOf(ring.ring.corners);
				remarks.push({ kind: "flat", ring: name, found });
				continue;
			}
			rings.push(ring.ring);
			if (ring.open)
				remarks.push({ kind: "open", ring: name, found: "an open ring" });
		}
	}
	const polygons = new Map<Ring, Position[][]>();
	const slips: Slip[] = [];
	const around = rings.map((ring) => outside(ring, rings, slips));
	for (const [at, ring] of rings.entries()) {
		const twice = rings
			.slice(0, at)
			.find((other) => sameBox(ring, other) && isSame(ring, other));
		if (twice)
			return {
				ring: ring.name,
				found: `the same ring as ${twice.name}`,
				expected: "each ring once",
			};
		const outer = around[at] as Ring[];
		if (ring.first || outer.length % 2 === 0)
			polygons.set(ring, [ring.corners]);
		if (ring.first && outer.length % 2 === 1)
			slips.push({
				ring: ring.name,
				found: `an outer ring within ${smallest(outer).name}`,
				expected: "polygons beside one another, or in a hole of another",
				area: ring.area,
			});
		if (!ring.first && outer.length % 2 === 0)
			remarks.push({
				kind: "island",
				ring: ring.name,
				found: "a further ring that lies outside the first",
			});
	}
	for (const [at, ring] of rings.entries()) {
		const outer = around[at] as Ring[];
		if (!ring.first && outer.length % 2 === 1)
			polygons.get(smallest(outer))?.push(ring.corners);
	}
	const shape: MultiPolygon = {
		type: "MultiPolygon",
		coordinates: [...polygons.values()],
	};
	const area = areaOfShape(shape.coordinates);
	if (!(area > 0))
		return { ring: null, found: "polygons without area", expected: "land" };
	const doubtful = slips.reduce((sum, slip) => sum + slip.area, 0);
	const [worst] = slips.sort((a, b) => b.area - a.area);
	if (worst && doubtful > SLIP * area)
		return { ring: worst.ring, found: worst.found, expected: worst.expected };
	for (const { ring, found } of slips)
		remarks.push({ kind: "slip", ring, found });
	return { shape, remarks };
}

/** The rings that a ring lies within; where it crosses itself or another, that is a slip. */
function outside(inner: Ring, rings: Ring[], slips: Slip[]): Ring[] {
	const crossed = crossingWithin(inner);
	if (crossed)
		slips.push({
			ring: inner.name,
			found: `it crosses itself at ${crossed.at.map((degree) => degree.toFixed(4)).join(", ")}`,
			expected: "a ring that does not cross itself",
			area: crossed.lost,
		});
	return rings.filter((outer) => {
		if (inner === outer || !boxesMeet(inner.box, outer.box)) return false;
		const share = shareWithin(inner, outer);
		if (share > 0 && share < 1 && inner.area <= outer.area)
			slips.push({
				ring: inner.name,
				found: `it crosses ${outer.name}: ${Math.ceil(100 * share)} % of its corners lie within`,
				expected: "rings that lie wholly within or outside one another",
				area: Math.min(share, 1 - share) * inner.area,
			});
		return share > 0.5 && inner.area < outer.area;
	});
}

/** Area of a polygon or multipolygon without its holes, in square degrees. */
export function areaOfShape(shape: MultiPolygon["coordinates"]): number {
	return shape.reduce(
		(sum, [outer = [], ...holes]) =>
			sum +
			Math.abs(signedArea(outer)) -
			holes.reduce((holed, ring) => holed + Math.abs(signedArea(ring)), 0),
		0,
	);
}

function smallest(rings: Ring[]): Ring {
	return rings.reduce((least, ring) => (ring.area < least.area ? ring : least));
}

function polygonsOf(geometry: unknown): { polygons: unknown[] } | RingFault {
	const expected = "a Polygon or MultiPolygon";
	if (geometry === null || geometry === undefined)
		return { ring: null, found: "no geometry", expected };
	const { type, coordinates } = geometry as {
		type?: unknown;
		coordinates?: unknown;
	};
	if (type !== "Polygon" && type !== "MultiPolygon")
		return {
			ring: null,
			found: typeof type === "string" ? inShort(type) : inShort(geometry),
			expected,
		};
	if (!Array.isArray(coordinates))
		return {
			ring: null,
			found: `${type} with coordinates ${inShort(coordinates)}`,
			expected: "a list of rings",
		};
	const polygons = type === "Polygon" ? [coordinates] : coordinates;
	return polygons.length === 0
		? { ring: null, found: `${type} without polygons`, expected }
		: { polygons };
}

function readRing(
	positions: unknown,
	name: string,
	first: boolean,
): { ring: Ring; open: boolean } | RingFault {
	const fault = (found: string, expected: string): RingFault => ({
		ring: name,
		found,
		expected,
	});
	if (!Array.isArray(positions))
		return fault(inShort(positions), "a list of positions");
	const corners: Position[] = [];
	for (const [at, position] of positions.entries()) {
		const [lng, lat] = Array.isArray(position) ? position : [];
		if (!Number.isFinite(lng) || !Number.isFinite(lat))
			return fault(
				`position ${at + 1}: ${inShort(position)}`,
				"two numbers, longitude and latitude",
			);
		if (!inIndonesia(lng, lat))
			return fault(
				`position ${at + 1}: ${lng}, ${lat}${kindOfPosition(lng, lat)}`,
				DEGREES,
			);
		const last = corners.at(-1);
		if (last?.[0] !== lng || last?.[1] !== lat) corners.push([lng, lat]);
	}
	const [start] = corners;
	const end = corners.at(-1);
	const open = start?.[0] !== end?.[0] || start?.[1] !== end?.[1];
	if (start && open) corners.push([...start]);
	if (corners.length < 4 && positions.length < 4)
		return fault(cornersOf(corners), "three corners or more");
	return {
		open,
		ring: {
			name,
			first,
			corners,
			area: Math.abs(signedArea(corners)),
			box: boxOf(corners),
		},
	};
}

function cornersOf(ring: readonly Position[]): string {
	return `a ring of ${Math.max(1, ring.length - 1)} corners`;
}

function inIndonesia(lng: number, lat: number): boolean {
	return (
		lng >= INDONESIA.west &&
		lng <= INDONESIA.east &&
		lat >= INDONESIA.south &&
		lat <= INDONESIA.north
	);
}

/** What a position outside Indonesia looks like, for the message. */
function kindOfPosition(lng: number, lat: number): string {
	if (inIndonesia(lat, lng)) return " (latitude first)";
	if (Math.abs(lng) > 180 || Math.abs(lat) > 90)
		return " (no degrees: projected coordinates)";
	return "";
}

/** Whatever a file held, short enough for a message. */
export function inShort(value: unknown): string {
	const text =
		value === undefined
			? "nothing"
			: typeof value === "string"
				? value
				: (JSON.stringify(value) ?? String(value));
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function signedArea(ring: readonly Position[]): number {
	let sum = 0;
	const [x0, y0] = at(ring, 0);
	for (let i = 0; i + 1 < ring.length; i++) {
		const [ax, ay] = at(ring, i);
		const [bx, by] = at(ring, i + 1);
		// From the first corner, so that a small island far from the origin keeps its digits.
		sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
	}
	return sum / 2;
}

function at(ring: readonly Position[], index: number): [number, number] {
	return ring[index] as [number, number];
}

function boxOf(ring: readonly Position[]): [number, number, number, number] {
	let [west, south, east, north] = [180, 90, -180, -90];
	for (const [x, y] of ring as [number, number][]) {
		west = Math.min(west, x);
		south = Math.min(south, y);
		east = Math.max(east, x);
		north = Math.max(north, y);
	}
	return [west, south, east, north];
}

function boxesMeet(a: Ring["box"], b: Ring["box"]): boolean {
	return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}

function sameBox(a: Ring, b: Ring): boolean {
	return a.box.every((side, k) => side === b.box[k]);
}

/** Whether two rings have the same corners, wherever they begin and whichever way they run. */
function isSame(a: Ring, b: Ring): boolean {
	const corners = new Set(b.corners.map(String));
	return (
		a.corners.length === b.corners.length &&
		a.corners.every((corner) => corners.has(String(corner)))
	);
}

/** The share of a ring's corners (else of the middles of its sides) that lie within another, those on its line not counted. */
function shareWithin(inner: Ring, outer: Ring): number {
	const corners = inner.corners.slice(1);
	const middles = corners.map(([x = 0, y = 0], i): Position => {
		const [px, py] = at(inner.corners, i);
		return [(px + x) / 2, (py + y) / 2];
	});
	for (const points of [corners, middles]) {
		const sides = points
			.map(([x = 0, y = 0]) => sideOf(outer, x, y))
			.filter((side) => side !== 0);
		if (sides.length > 0)
			return sides.filter((side) => side > 0).length / sides.length;
	}
	return 0;
}

/** 1 within, -1 outside, 0 on the line of a ring. */
function sideOf({ corners, box }: Ring, x: number, y: number): 1 | 0 | -1 {
	if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) return -1;
	let inside = false;
	for (let i = 0; i + 1 < corners.length; i++) {
		const [ax, ay] = at(corners, i);
		const [bx, by] = at(corners, i + 1);
		const turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
		if (
			turn === 0 &&
			x >= Math.min(ax, bx) &&
			x <= Math.max(ax, bx) &&
			y >= Math.min(ay, by) &&
			y <= Math.max(ay, by)
		)
			return 0;
		if (ay > y !== by > y && turn > 0 === by > ay) inside = !inside;
	}
	return inside ? 1 : -1;
}

/**
 * Where a ring crosses itself so that most area is lost: of the two parts between the crossing the smaller counts. Touching in a
 * corner, or along a side, is no crossing.
 */
function crossingWithin({
	corners,
}: Ring): { at: Position; lost: number } | null {
	const sides = corners.length - 1;
	const order = Array.from({ length: sides }, (_, i) => i).sort(
		(a, b) => west(corners, a) - west(corners, b),
	);
	let active: number[] = [];
	let swept: Float64Array | undefined;
	let worst: { at: Position; lost: number } | null = null;
	for (const i of order) {
		const from = west(corners, i);
		active = active.filter((j) => east(corners, j) >= from);
		for (const j of active) {
			const crossed = crossing(corners, i, j);
			if (!crossed) continue;
			swept ??= sweptAreas(corners);
			const lost = smallerLoop(
				corners,
				swept,
				Math.min(i, j),
				Math.max(i, j),
				crossed,
			);
			if (!worst || lost > worst.lost) worst = { at: crossed, lost };
		}
		active.push(i);
	}
	return worst;
}

function west(corners: readonly Position[], side: number): number {
	return Math.min(at(corners, side)[0], at(corners, side + 1)[0]);
}

function east(corners: readonly Position[], side: number): number {
	return Math.max(at(corners, side)[0], at(corners, side + 1)[0]);
}

/** Where two sides cross, each beyond the ends of the other. */
function crossing(
	corners: readonly Position[],
	i: number,
	j: number,
): [number, number] | null {
	const [ax, ay] = at(corners, i);
	const [bx, by] = at(corners, i + 1);
	const [cx, cy] = at(corners, j);
	const [dx, dy] = at(corners, j + 1);
	if (Math.max(ay, by) < Math.min(cy, dy)) return null;
	if (Math.max(cy, dy) < Math.min(ay, by)) return null;
	const ofC = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
	const ofD = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax);
	const ofA = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx);
	const ofB = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx);
	if (ofC * ofD >= 0 || ofA * ofB >= 0) return null;
	const along = ofA / (ofA - ofB);
	return [ax + along * (bx - ax), ay + along * (by - ay)];
}

/** Twice the area swept from the first corner to each. */
function sweptAreas(corners: readonly Position[]): Float64Array {
	const [x0, y0] = at(corners, 0);
	const swept = new Float64Array(corners.length);
	for (let i = 1; i < corners.length; i++) {
		const [ax, ay] = at(corners, i - 1);
		const [bx, by] = at(corners, i);
		swept[i] =
			(swept[i - 1] as number) + (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
	}
	return swept;
}

/** Area of the smaller of the two loops that a crossing of the sides `i` < `j` makes. */
function smallerLoop(
	corners: readonly Position[],
	swept: Float64Array,
	i: number,
	j: number,
	[px, py]: [number, number],
): number {
	const [x0, y0] = at(corners, 0);
	const cross = (ax: number, ay: number, bx: number, by: number) =>
		(ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
	const [ax, ay] = at(corners, i + 1);
	const [bx, by] = at(corners, j);
	const loop =
		cross(px, py, ax, ay) +
		(swept[j] as number) -
		(swept[i + 1] as number) +
		cross(bx, by, px, py);
	const whole = swept[corners.length - 1] as number;
	return Math.min(Math.abs(loop), Math.abs(whole - loop)) / 2;
}
