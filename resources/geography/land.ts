import { difference, union } from "polyclip-ts";
import { contains, distanceTo } from "../../core/areas/position-in-land.ts";
import type { Division, Shape } from "./divisions.ts";
import { divisionOf } from "./divisions.ts";
import { boxesTouch, boxOf, disc, KILOMETRES } from "./plane.ts";
import type { Point } from "./points.ts";

/** One connected piece of land of a division. */
export interface Part {
	division: string;
	shape: Shape;
	box: [number, number, number, number];
}

/** Land drawn for an inhabited island that Natural Earth leaves out: about a kilometre around its position. */
const ISLET = 1 / KILOMETRES;
/** A seat that the coarse coast leaves in the water gets at least this much ground. */
const GROUND = 1.2 / KILOMETRES;
/** A seat further out than this stands on an island of its own. */
const OFFSHORE = 5 / KILOMETRES;

/**
 * The land to divide: Natural Earth's, with ground under every seat and with the inhabited islands it leaves out.
 * Seats lie up to 1.6 km off its coast; one (18.11) lies across its border, which moves around it.
 */
export function makeLand(
	divisions: Division[],
	seats: Point[],
	inhabited: Point[],
): Part[] {
	const parts = divisions.flatMap(({ code, shapes }) =>
		shapes.map((shape) => part(code, shape)),
	);
	for (const seat of seats) groundSeat(parts, seat);
	addIslets(parts, inhabited);
	return parts;
}

function part(division: string, shape: Shape): Part {
	return { division, shape, box: boxOf(shape) };
}

function groundSeat(parts: Part[], { owner, x, y }: Point): void {
	const home = divisionOf(owner);
	const own = parts.filter(({ division }) => division === home);
	if (own.some(({ shape }) => contains(shape, x, y))) return;
	const nearest = own.reduce((a, b) =>
		distanceTo(a.shape, x, y) <= distanceTo(b.shape, x, y) ? a : b,
	);
	const distance = distanceTo(nearest.shape, x, y);
	if (distance > OFFSHORE) {
		parts.push(part(home, [disc(x, y, GROUND, 8)]));
		return;
	}
	const ground: Shape = [disc(x, y, Math.max(GROUND, distance * 1.6))];
	for (const other of [...parts]) {
		if (other.division === home || !boxesTouch(other.box, boxOf(ground)))
			continue;
		const left = difference(other.shape, ground) as Shape[];
		parts.splice(
			parts.indexOf(other),
			1,
			...left.map((shape) => part(other.division, shape)),
		);
	}
	// the ground may join pieces that were apart
	const near = parts.filter(
		({ division, box }) =>
			division === home && boxesTouch(box, boxOf(ground), 0.001),
	);
	const joined = union(ground, ...near.map(({ shape }) => shape)) as Shape[];
	for (const old of near) parts.splice(parts.indexOf(old), 1);
	parts.push(...joined.map((shape) => part(home, shape)));
}

function addIslets(parts: Part[], inhabited: Point[]): void {
	const mainland = [...parts];
	const placed: Point[] = [];
	for (const island of inhabited) {
		const { owner, x, y } = island;
		const near = mainland.filter(({ box }) =>
			boxesTouch(box, [x, y, x, y], 2 * ISLET),
		);
		const taken =
			near.some(
				({ shape }) =>
					contains(shape, x, y) || distanceTo(shape, x, y) < 1.3 * ISLET,
			) || placed.some((o) => Math.hypot(o.x - x, o.y - y) < 2.1 * ISLET);
		if (taken) continue;
		placed.push(island);
		parts.push(part(divisionOf(owner), [disc(x, y, ISLET, 8)]));
	}
}
