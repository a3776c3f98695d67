import type { MultiPolygon, Position } from "geojson";
import { excerpt } from "../reading/fault.ts";
import { type Ring, relateRings } from "./ring-overlap.ts";

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

/** Two rings are one when they differ by less than this part of their area. */
const SAME = 1e-9;

/** Rings that contradict each other, and the land in doubt, in square degrees. */
interface Slip {
	ring: string;
	found: string;
	expected: string;
	area: number;
}

interface NamedRing extends Ring {
	name: string;
	/** Whether the file calls it the outer ring of a polygon. */
	first: boolean;
	/** Without sign, in square degrees. */
	area: number;
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
	const rings: NamedRing[] = [];
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
	const relations = relateRings(rings);
	if (!relations)
		return {
			ring: null,
			found: `rings so entangled that they cannot be told apart (${rings.length} with ${cornersIn(rings)} corners)`,
			expected: "rings that do not cross",
		};
	const slips: Slip[] = relations.crossings.map(({ ring, at, area }) => ({
		ring: ring.name,
		found: `it crosses itself at ${at.map((degree) => degree.toFixed(4)).join(", ")}`,
		expected: "a ring that does not cross itself",
		area,
	}));
	for (const { inner, outer, shared, doubtful } of relations.overlaps) {
		const share = shared / inner.area;
		if (share > 1 - SAME && inner.area > (1 - SAME) * outer.area)
			return {
				ring: inner.name,
				found: `the same ring as ${outer.name}`,
				expected: "each ring once",
			};
		slips.push({
			ring: inner.name,
			found: `it overlaps ${outer.name}: ${Math.ceil(100 * share)} % of it lies within`,
			expected: "rings that lie wholly within or outside one another",
			area: doubtful,
		});
	}
	const polygons = new Map<NamedRing, Position[][]>();
	for (const ring of rings) {
		const { depth = 0, nearest } = relations.around.get(ring) ?? {};
		const within = depth % 2 === 1;
		if (ring.first || !within) polygons.set(ring, [ring.corners]);
		if (ring.first && within)
			slips.push({
				ring: ring.name,
				found: `an outer ring within ${nearest?.name}`,
				expected: "polygons beside one another, or in a hole of another",
				area: ring.area,
			});
		if (!ring.first && !within)
			remarks.push({
				kind: "island",
				ring: ring.name,
				found: "a further ring that lies outside the first",
			});
	}
	for (const ring of rings) {
		const { depth = 0, nearest } = relations.around.get(ring) ?? {};
		if (!ring.first && depth % 2 === 1 && nearest)
			polygons.get(nearest)?.push(ring.corners);
	}
	const shape: MultiPolygon = {
		type: "MultiPolygon",
		coordinates: [...polygons.values()],
	};
	const area = areaOfShape(shape.coordinates);
	const doubtful = slips.reduce((sum, slip) => sum + slip.area, 0);
	const [worst] = slips.sort((a, b) => b.area - a.area);
	if (worst && doubtful > SLIP * area)
		return { ring: worst.ring, found: worst.found, expected: worst.expected };
	if (!(area > 0))
		return { ring: null, found: "polygons without area", expected: "land" };
	for (const { ring, found } of slips)
		remarks.push({ kind: "slip", ring, found });
	return { shape, remarks };
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
): { ring: NamedRing; open: boolean } | RingFault {
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
			signedArea: signedArea(corners),
			area: Math.abs(signedArea(corners)),
			box: boxOf(corners),
		},
	};
}

function cornersOf(ring: readonly Position[]): string {
	return `a ring of ${Math.max(1, ring.length - 1)} corners`;
}

function cornersIn(rings: readonly Ring[]): number {
	return rings.reduce((sum, { corners }) => sum + corners.length - 1, 0);
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

/** Whatever a file held, short enough for a message; what is nested in it is not looked at, however deep it goes. */
export function inShort(value: unknown): string {
	if (value === undefined) return "nothing";
	if (typeof value === "string") return excerpt(value);
	if (typeof value !== "object" || value === null) return String(value);
	const parts = Array.isArray(value)
		? value.slice(0, SHOWN).map(partInShort)
		: Object.keys(value)
				.slice(0, SHOWN)
				.map((key) => JSON.stringify(excerpt(key)));
	const size = Array.isArray(value) ? value.length : Object.keys(value).length;
	const more = size > SHOWN ? `,… (${size})` : "";
	return excerpt(
		Array.isArray(value)
			? `[${parts.join(",")}${more}]`
			: `an object of ${parts.join(",")}${more}`,
	);
}

/** Parts of a list, or names of an object, that a message repeats. */
const SHOWN = 4;

function partInShort(part: unknown): string {
	if (typeof part === "string") return JSON.stringify(excerpt(part));
	if (Array.isArray(part)) return "[…]";
	return typeof part === "object" && part !== null ? "{…}" : String(part);
}

function signedArea(ring: readonly Position[]): number {
	const [[x0 = 0, y0 = 0] = []] = ring;
	let [sum, px, py] = [0, x0, y0];
	for (const [x = 0, y = 0] of ring) {
		// From the first corner, so that a small island far from the origin keeps its digits.
		sum += (px - x0) * (y - y0) - (x - x0) * (py - y0);
		[px, py] = [x, y];
	}
	return sum / 2;
}

function boxOf(ring: readonly Position[]): [number, number, number, number] {
	let [west, south, east, north] = [180, 90, -180, -90];
	for (const [x = 0, y = 0] of ring) {
		west = Math.min(west, x);
		south = Math.min(south, y);
		east = Math.max(east, x);
		north = Math.max(north, y);
	}
	return [west, south, east, north];
}
