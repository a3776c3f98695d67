import Flatbush from "flatbush";
import type { Position } from "geojson";

/** A closed ring: its last corner is its first, and no corner follows itself. */
export interface Ring {
	corners: Position[];
	/** In square degrees, positive where it runs counter-clockwise. */
	signedArea: number;
	/** West, south, east, north. */
	box: [number, number, number, number];
}

export interface RingRelations<R extends Ring> {
	/** How many rings each ring lies within, and the smallest of them. */
	around: Map<R, { depth: number; nearest: R | null }>;
	/**
	 * Pairs that share ground of which the smaller is not a part: what they share, and how much of that or of the rest is on the
	 * wrong side, in square degrees.
	 */
	overlaps: { inner: R; outer: R; shared: number; doubtful: number }[];
	/** Rings that go around ground twice or the wrong way, where, and how much of it, in square degrees. */
	crossings: { ring: R; at: Position; area: number }[];
}

/** Pairs of sides or rings that are looked at before giving up: a second or two. An official area of 16,000 corners takes 27,000. */
const EFFORT = 4_000_000;
/** Shared ground below this part of the box around a ring is a rounding error. */
const ROUNDING = 1e-10;

/**
 * How rings lie to one another and to themselves: beside, within, across. Touching in corners or along sides is none of
 * these: what counts is the ground that is shared.
 *
 * Whether a corner lies on a side cannot be told exactly in floating point, so nothing is decided by that. Rings that surely
 * have no point in common are told apart by one corner. For all others the shared ground is an integral over pairs of sides,
 * which changes by a rounding error when a corner does.
 * @returns null when the rings are so entangled that telling them apart could take minutes.
 */
export function relateRings<R extends Ring>(
	rings: readonly R[],
): RingRelations<R> | null {
	const sides = new Sides(rings);
	const contacts = sides.contacts();
	const around: RingRelations<R>["around"] = new Map();
	for (const ring of rings) around.set(ring, { depth: 0, nearest: null });
	const put = (inner: R, outer: R) => {
		const place = around.get(inner);
		if (!place) return;
		place.depth++;
		if (!place.nearest || areaOf(outer) < areaOf(place.nearest))
			place.nearest = outer;
	};
	const crossings: RingRelations<R>["crossings"] = [];
	for (const [ring, at] of contacts.self) {
		const area = sides.sharedGround(ring, ring) - areaOf(ring);
		if (area > ROUNDING * sizeOf(ring)) crossings.push({ ring, at, area });
	}
	const overlaps: RingRelations<R>["overlaps"] = [];
	for (const [one, others] of contacts.pairs)
		for (const other of others) {
			const [inner, outer] =
				areaOf(one) >= areaOf(other) ? [other, one] : [one, other];
			const shared = sides.sharedGround(inner, outer);
			const whole = areaOf(inner);
			const within = shared > whole / 2 && whole < areaOf(outer);
			if (within) put(inner, outer);
			const doubtful = within ? whole - shared : shared;
			if (doubtful > ROUNDING * sizeOf(inner))
				overlaps.push({ inner, outer, shared, doubtful });
		}
	for (const ring of rings)
		for (const outer of sides.around(ring))
			if (
				!contacts.pairs.get(ring)?.has(outer) &&
				!contacts.pairs.get(outer)?.has(ring)
			)
				put(ring, outer);
	return sides.exhausted ? null : { around, overlaps, crossings };
}

interface Side<R> {
	ring: R;
	/** Its place in the ring, from 0. */
	order: number;
	ax: number;
	ay: number;
	bx: number;
	by: number;
}

/** The sides of all rings, found by place. */
class Sides<R extends Ring> {
	private readonly all: Side<R>[] = [];
	private readonly ofRing = new Map<R, Side<R>[]>();
	private readonly rings: readonly R[];
	private readonly sideAt: Flatbush;
	private readonly ringAt: Flatbush;
	private effort = EFFORT;

	constructor(rings: readonly R[]) {
		this.rings = rings;
		for (const ring of rings) {
			const own = sidesOf(ring);
			this.ofRing.set(ring, own);
			for (const side of own) this.all.push(side);
		}
		this.sideAt = indexOf(this.all.map(boxOfSide));
		this.ringAt = indexOf(rings.map(({ box }) => box));
	}

	/** Whether looking was given up, so that nothing that was found is the whole. */
	get exhausted(): boolean {
		return this.effort < 0;
	}

	/**
	 * Rings that may have a point in common with another, each pair once, and those that may with themselves, with the point that
	 * divides them into the largest loops.
	 */
	contacts(): { pairs: Map<R, Set<R>>; self: Map<R, Position> } {
		const pairs = new Map<R, Set<R>>();
		const self = new Map<R, Position>();
		const loops = new Map<R, { swept: number[]; largest: number }>();
		const meet = (one: Side<R>, other: Side<R>, at: Position) => {
			const { ring } = one;
			if (other.ring !== ring) {
				const known = pairs.get(ring);
				if (known) known.add(other.ring);
				else pairs.set(ring, new Set([other.ring]));
				return;
			}
			const own = loops.get(ring) ?? { swept: sweep(ring), largest: -1 };
			loops.set(ring, own);
			const loop = smallerLoop(own.swept, one, other, at);
			if (loop <= own.largest) return;
			own.largest = loop;
			self.set(ring, at);
		};
		let [number, side] = [0, this.all[0]];
		const look = (index: number): boolean => {
			const other = index > number ? this.all[index] : undefined;
			if (side && other && !follow(side, other)) {
				this.effort--;
				const at = meeting(side, other);
				if (at) meet(side, other, at);
			}
			return this.exhausted;
		};
		for (; side && !this.exhausted; side = this.all[++number])
			this.sideAt.collides(...boxOfSide(side), look);
		return { pairs, self };
	}

	/** The rings around the first corner of a ring, itself left out. */
	around(ring: R): R[] {
		const [x = 0, y = 0] = ring.corners[0] ?? [];
		const inside = new Map<R, boolean>();
		let east = x;
		this.ringAt.collides(x, y, x, y, (index) => {
			const outer = this.rings[index];
			if (outer && outer !== ring) {
				inside.set(outer, false);
				east = Math.max(east, outer.box[2]);
			}
			return --this.effort < 0;
		});
		if (inside.size > 0)
			this.sideAt.collides(x, y, east, y, (index) => {
				const side = this.all[index];
				if (!side || --this.effort < 0) return true;
				const { ax, ay, bx, by } = side;
				if (ay > y !== by > y && turn(ax, ay, bx, by, x, y) > 0 === by > ay) {
					const before = inside.get(side.ring);
					if (before !== undefined) inside.set(side.ring, !before);
				}
				return false;
			});
		return [...inside].flatMap(([outer, is]) => (is ? outer : []));
	}

	/**
	 * Ground within both rings, in square degrees; of a ring with itself its area, plus what it goes around twice or the wrong
	 * way. A ring is the sum of the ground below its sides, each with the sign of its direction, so the integral of the product
	 * of two rings is a sum over pairs of sides of the ground below both.
	 */
	sharedGround(one: R, other: R): number {
		const west = Math.max(one.box[0], other.box[0]);
		const south = Math.max(one.box[1], other.box[1]);
		const east = Math.min(one.box[2], other.box[2]);
		const north = Math.min(one.box[3], other.box[3]);
		// Ground to the left of the sides comes to the same; of a ring of long flat sides fewer lie beside one another.
		const [tops, otherTops] = this.isFlat(
			one.corners.length > other.corners.length ? one : other,
		)
			? [one, other].map((ring) =>
					this.reaching(ring, [ring.box[0], south, ring.box[2], north])
						.map(({ ax, ay, bx, by }) => topOf(ay, ax, by, bx, west))
						.map((top) => clipped(top, south, north)),
				)
			: [one, other].map((ring) =>
					this.reaching(ring, [west, ring.box[1], east, ring.box[3]])
						.map(({ ax, ay, bx, by }) => topOf(ax, ay, bx, by, south))
						.map((top) => clipped(top, west, east)),
				);
		const ground = this.belowBoth(tops ?? [], otherTops ?? []);
		return one.signedArea > 0 === other.signedArea > 0 ? ground : -ground;
	}

	/** Sum over pairs of the ground below both, with the signs of both. */
	private belowBoth(one: Top[], other: Top[]): number {
		for (const tops of [one, other]) tops.sort((a, b) => a.start - b.start);
		const [openOne, openOther]: [Top[], Top[]] = [[], []];
		let ground = 0;
		let [i, j] = [0, 0];
		for (;;) {
			const [nextOne, nextOther] = [one[i], other[j]];
			const isOne =
				nextOne !== undefined &&
				!(nextOther && nextOther.start < nextOne.start);
			const next = isOne ? nextOne : nextOther;
			const open = isOne ? openOther : openOne;
			this.effort -= open.length;
			if (!next || this.exhausted) return ground;
			let kept = 0;
			for (const top of open) {
				if (top.end <= next.start) continue;
				open[kept++] = top;
				ground += next.sign * top.sign * below(next, top);
			}
			open.length = kept;
			(isOne ? openOne : openOther).push(next);
			if (isOne) i++;
			else j++;
		}
	}

	/** Whether the sides of a ring run more across its box than up and down. */
	private isFlat(ring: R): boolean {
		const [west, south, east, north] = ring.box;
		let [across, up] = [0, 0];
		for (const { ax, ay, bx, by } of this.ofRing.get(ring) ?? []) {
			across += Math.abs(bx - ax);
			up += Math.abs(by - ay);
		}
		return across * (north - south) > up * (east - west);
	}

	/** The sides of a ring that reach into a box. */
	private reaching(ring: R, box: Ring["box"]): Side<R>[] {
		const own = this.ofRing.get(ring) ?? [];
		if (ring.box.every((side, k) => side === box[k])) return own;
		const found: Side<R>[] = [];
		this.sideAt.collides(...box, (index) => {
			const side = this.all[index];
			if (side?.ring === ring) found.push(side);
			return --this.effort < 0;
		});
		return found;
	}
}

function indexOf(boxes: readonly Ring["box"][]): Flatbush {
	// An index of nothing cannot be built.
	const index = new Flatbush(Math.max(1, boxes.length));
	for (const box of boxes) index.add(...box);
	if (boxes.length === 0) index.add(0, 0);
	index.finish();
	return index;
}

function sidesOf<R extends Ring>(ring: R): Side<R>[] {
	return ring.corners.slice(1).map(([bx = 0, by = 0], order) => {
		const [ax = 0, ay = 0] = ring.corners[order] ?? [];
		return { ring, order, ax, ay, bx, by };
	});
}

function boxOfSide({ ax, ay, bx, by }: Side<Ring>): Ring["box"] {
	return [
		Math.min(ax, bx),
		Math.min(ay, by),
		Math.max(ax, bx),
		Math.max(ay, by),
	];
}

function areaOf({ signedArea }: Ring): number {
	return Math.abs(signedArea);
}

/** Area of the box around a ring. */
function sizeOf({ box: [west, south, east, north] }: Ring): number {
	return (east - west) * (north - south);
}

/** Whether two sides of a ring have a corner in common because one follows the other. */
function follow(one: Side<Ring>, other: Side<Ring>): boolean {
	if (one.ring !== other.ring) return false;
	const apart = Math.abs(one.order - other.order);
	return apart === 1 || apart === one.ring.corners.length - 2;
}

/** Twice the area of a triangle, positive where it runs counter-clockwise. */
function turn(
	ax: number,
	ay: number,
	bx: number,
	by: number,
	x: number,
	y: number,
): number {
	return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
}

/** The same, and 0 where rounding may have made its sign (the bound is that of Shewchuk, 1997). */
function sureTurn(
	ax: number,
	ay: number,
	bx: number,
	by: number,
	x: number,
	y: number,
): number {
	const left = (bx - ax) * (y - ay);
	const right = (by - ay) * (x - ax);
	const bound = 3.3306690738754716e-16 * (Math.abs(left) + Math.abs(right));
	return Math.abs(left - right) > bound ? left - right : 0;
}

/** A point that two sides whose boxes meet have in common; null where they surely have none. */
function meeting(one: Side<Ring>, other: Side<Ring>): Position | null {
	const { ax, ay, bx, by } = one;
	const { ax: cx, ay: cy, bx: dx, by: dy } = other;
	const ofC = sureTurn(ax, ay, bx, by, cx, cy);
	const ofD = sureTurn(ax, ay, bx, by, dx, dy);
	if (ofC * ofD > 0) return null;
	const ofA = sureTurn(cx, cy, dx, dy, ax, ay);
	const ofB = sureTurn(cx, cy, dx, dy, bx, by);
	if (ofA * ofB > 0) return null;
	const along = ofA === ofB ? 0 : ofA / (ofA - ofB);
	return [ax + along * (bx - ax), ay + along * (by - ay)];
}

/** Twice the area swept from the first corner of a ring to each. */
function sweep({ corners }: Ring): number[] {
	const [x0 = 0, y0 = 0] = corners[0] ?? [];
	let [sum, px, py] = [0, x0, y0];
	return corners.map(([x = 0, y = 0]) => {
		sum += turn(x0, y0, px, py, x, y);
		[px, py] = [x, y];
		return sum;
	});
}

/** Area of the smaller of the two loops into which a point on two of its sides divides a ring. */
function smallerLoop(
	swept: readonly number[],
	one: Side<Ring>,
	other: Side<Ring>,
	[x = 0, y = 0]: Position,
): number {
	const [first, second] = one.order < other.order ? [one, other] : [other, one];
	const [x0 = 0, y0 = 0] = first.ring.corners[0] ?? [];
	const loop =
		turn(x0, y0, x, y, first.bx, first.by) +
		(swept[second.order] ?? 0) -
		(swept[first.order + 1] ?? 0) +
		turn(x0, y0, second.ax, second.ay, x, y);
	return Math.min(Math.abs(loop), Math.abs((swept.at(-1) ?? 0) - loop)) / 2;
}

/** A side as a height above a floor, from a start to an end along it. */
interface Top {
	start: number;
	end: number;
	atStart: number;
	atEnd: number;
	/** 1 where the side ran backwards, so that ground below it counts; 0 for a side straight up, which has none below. */
	sign: number;
}

function topOf(
	ax: number,
	ay: number,
	bx: number,
	by: number,
	floor: number,
): Top {
	return ax < bx
		? { start: ax, end: bx, atStart: ay - floor, atEnd: by - floor, sign: -1 }
		: {
				start: bx,
				end: ax,
				atStart: by - floor,
				atEnd: ay - floor,
				sign: ax === bx ? 0 : 1,
			};
}

function clipped(top: Top, from: number, to: number): Top {
	const start = Math.max(from, top.start);
	const end = Math.min(to, top.end);
	return {
		start,
		end,
		atStart: height(top, start),
		atEnd: height(top, end),
		sign: start < end ? top.sign : 0,
	};
}

function height({ start, end, atStart, atEnd }: Top, at: number): number {
	if (at <= start) return atStart;
	return at >= end
		? atEnd
		: atStart + ((at - start) / (end - start)) * (atEnd - atStart);
}

/** Ground between the floor and the lower of two sides, where both are. */
function below(a: Top, b: Top): number {
	const start = Math.max(a.start, b.start);
	const end = Math.min(a.end, b.end);
	if (!(start < end)) return 0;
	const [aStart, aEnd] = [height(a, start), height(a, end)];
	const [bStart, bEnd] = [height(b, start), height(b, end)];
	const [apartStart, apartEnd] = [aStart - bStart, aEnd - bEnd];
	const lowStart = Math.min(aStart, bStart);
	const lowEnd = Math.min(aEnd, bEnd);
	if (apartStart * apartEnd >= 0)
		return ((lowStart + lowEnd) / 2) * (end - start);
	const share = apartStart / (apartStart - apartEnd);
	const cross = aStart + share * (aEnd - aStart);
	return (
		(end - start) *
		(((lowStart + cross) / 2) * share + ((cross + lowEnd) / 2) * (1 - share))
	);
}
