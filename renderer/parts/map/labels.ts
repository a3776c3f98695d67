import type { AreaRow } from "../../../core/api/areas.ts";
import { found } from "../../../core/series/found.ts";
import { abbreviated, mapName, shortAreaName } from "../ui/area-name.ts";
import { type Box, overlaps } from "./land-raster.ts";

/** An area to name, and the place deepest inside it, in pixels of the picture. */
export interface Named {
	readonly id: number;
	/** The name, and shorter forms of it for where it does not fit. */
	readonly texts: readonly string[];
	readonly x: number;
	readonly y: number;
	/** Who keeps its name when there is no room for all. */
	readonly weight: number;
}

export interface PlacedLabel {
	readonly id: number;
	readonly text: string;
	readonly box: Box;
	/** From the area to its name, where the name does not stand on it or beside it. */
	readonly leader: Leader | null;
}

type Leader = readonly [x1: number, y1: number, x2: number, y2: number];

export interface LabelRoom {
	readonly width: number;
	readonly height: number;
	/** Boxes over the map: no label and no leader goes below them. */
	readonly covered: readonly Box[];
	/** What else is read on the map (letters of zones): names rather stand beside it. */
	readonly texts: readonly Box[];
	/** Heights of the letters in pixels, the preferred first; a smaller one is taken when not all names fit. */
	readonly sizes: readonly number[];
	/** Longest leader, in heights of the letters. */
	readonly reach: number;
	/** Width of a text in pixels at a height of letters. */
	readonly measure: (text: string, size: number) => number;
	/** How much of a box (0 to 1) lies on the land of others than the area; names rather stand at sea. */
	readonly foreignLand: (box: Box, id: number) => number;
}

export interface Placement {
	readonly size: number;
	readonly labels: readonly PlacedLabel[];
	readonly leftOut: readonly number[];
}

/** The name of an area and its shorter forms, as they stand on maps in Indonesia: Sulawesi Tenggara, Sultra. */
export function labelTexts(area: AreaRow): string[] {
	// The five of Jakarta are the only ones of that kind, and no kabupaten has their names.
	const name = shortAreaName(area).replace(/^Kota Administrasi /, "");
	const texts = [name];
	const shorter = abbreviated(name);
	if (shorter.length < name.length) texts.push(shorter);
	const shortest = mapName(area, name);
	if (shortest.length < (texts.at(-1) as string).length) texts.push(shortest);
	return texts;
}

/**
 * Places the names of areas: on the area, beside it, or apart from it with a line that leads there. No name touches another, a box or a
 * line, and lines do not cross. A shorter form is taken where the whole name would have to go far; letters get smaller when not all
 * names fit or one would have to go too far to be taken for its area's; what still does not fit is left out, the least populous first.
 */
export function placeLabels(
	areas: readonly Named[],
	room: LabelRoom,
): Placement {
	const inside = areas.filter(
		({ x, y }) => x >= 0 && y >= 0 && x <= room.width && y <= room.height,
	);
	let best: Placed | null = null;
	for (const size of room.sizes) {
		const placed = placeAll(inside, room, size);
		const missing = placed.leftOut.length - (best?.leftOut.length ?? 0);
		if (
			!best ||
			missing < 0 ||
			(missing === 0 && placed.dearest < best.dearest)
		)
			best = placed;
		if (placed.leftOut.length === 0 && placed.dearest <= TOO_FAR) break;
	}
	return best ?? { size: 0, labels: [], leftOut: inside.map(({ id }) => id) };
}

/** Where one name could stand, and what it costs. */
interface Place extends PlacedLabel {
	readonly cost: number;
}

/** Directions in which a name is tried around its area. */
const DIRECTIONS = 24;
/** Costs in heights of letters: how far a name would rather go than … */
const OVER_OTHERS_LAND = 9;
const OVER_OTHERS_PLACE = 6;
const OVER_A_TEXT = 7;
const LEADS_OVER_OTHERS_LAND = 6;
const NEEDS_A_LEADER = 2;
const IS_SHORTER = 2;
const TAKES_ANOTHERS_PLACE = 3;
/** What the place of a name may cost before smaller letters are better. */
const TOO_FAR = 8;
/** Names taken away again to make room, for each name to place. */
const PATIENCE = 12;

interface Placed extends Placement {
	/** What the place costs that costs most. */
	readonly dearest: number;
}

function placeAll(
	areas: readonly Named[],
	room: LabelRoom,
	size: number,
): Placed {
	const placesOf = new Map(
		areas.map((area) => [
			area.id,
			area.texts
				.flatMap((text, form) =>
					placesFor(area, text, form * IS_SHORTER, areas, room, size),
				)
				.sort((a, b) => a.cost - b.cost),
		]),
	);
	const byId = new Map(areas.map((area) => [area.id, area]));
	const placed = new Map<number, Place>();
	const tries = new Map<number, number>();
	// Who has the fewest free places chooses first.
	const waiting = [...areas].sort(
		(a, b) =>
			(placesOf.get(a.id)?.length ?? 0) - (placesOf.get(b.id)?.length ?? 0) ||
			b.weight - a.weight,
	);
	let patience = areas.length * PATIENCE;
	const leftOut: number[] = [];
	for (let area = waiting.shift(); area; area = waiting.shift()) {
		// The best place, were it not for others: those give way where they are fewest and have given way least.
		let choice: { place: Place; others: Place[]; price: number } | null = null;
		for (const place of placesOf.get(area.id) ?? []) {
			if (choice && place.cost >= choice.price) break;
			const others = clashes(place, placed);
			if (others.length > 0 && patience <= 0) continue;
			const price =
				place.cost +
				others.reduce(
					(sum, { id }) =>
						sum + TAKES_ANOTHERS_PLACE * (1 + (tries.get(id) ?? 0)),
					0,
				);
			if (!choice || price < choice.price) choice = { place, others, price };
		}
		patience--;
		if (!choice) {
			leftOut.push(area.id);
			continue;
		}
		for (const { id } of choice.others) {
			placed.delete(id);
			tries.set(id, (tries.get(id) ?? 0) + 1);
			waiting.push(found(byId.get(id), `area ${id}`));
		}
		placed.set(area.id, choice.place);
	}
	const unnamed = nameTheMany(leftOut, byId, placesOf, placed);
	improve(areas, placesOf, placed);
	const labels = [...placed.values()];
	const dearest = Math.max(0, ...labels.map(({ cost }) => cost));
	return { size, labels, leftOut: unnamed, dearest };
}

/**
 * Where there is no room for all, those of more people are named: one that was left out takes the place of others when it has more
 * people than they have together.
 * @returns who has no name in the end
 */
function nameTheMany(
	leftOut: readonly number[],
	byId: ReadonlyMap<number, Named>,
	placesOf: ReadonlyMap<number, readonly Place[]>,
	placed: Map<number, Place>,
): number[] {
	const people = (id: number) => byId.get(id)?.weight ?? 0;
	const unnamed = new Set(leftOut);
	// The people who are named grow with each exchange, so that it ends.
	for (let changed = true; changed; ) {
		changed = false;
		for (const id of [...unnamed].sort((a, b) => people(b) - people(a))) {
			for (const place of placesOf.get(id) ?? []) {
				const others = clashes(place, placed);
				const lost = others.reduce((sum, other) => sum + people(other.id), 0);
				if (others.length > 0 && lost >= people(id)) continue;
				for (const other of others) {
					placed.delete(other.id);
					unnamed.add(other.id);
				}
				placed.set(id, place);
				unnamed.delete(id);
				changed = true;
				break;
			}
		}
	}
	return [...unnamed];
}

/** Each name moves to the best place that the others leave free, until none moves. */
function improve(
	areas: readonly Named[],
	placesOf: ReadonlyMap<number, readonly Place[]>,
	placed: Map<number, Place>,
): void {
	for (let round = 0, moved = true; moved && round < 6; round++) {
		moved = false;
		for (const { id } of areas) {
			const now = placed.get(id);
			if (!now) continue;
			placed.delete(id);
			const better = (placesOf.get(id) ?? []).find(
				(place) =>
					place.cost >= now.cost || clashes(place, placed).length === 0,
			);
			const next = better && better.cost < now.cost ? better : now;
			placed.set(id, next);
			moved ||= next !== now;
		}
	}
}

/** The names that are in the way of a place. */
function clashes(place: Place, placed: ReadonlyMap<number, Place>): Place[] {
	const found: Place[] = [];
	for (const other of placed.values())
		if (
			overlaps(place.box, other.box) ||
			(place.leader && crossesBox(place.leader, other.box)) ||
			(other.leader && crossesBox(other.leader, place.box)) ||
			(place.leader && other.leader && crosses(place.leader, other.leader))
		)
			found.push(other);
	return found;
}

/** All places of a name that lie in the picture and below no box, the best first. */
function placesFor(
	area: Named,
	text: string,
	price: number,
	areas: readonly Named[],
	room: LabelRoom,
	size: number,
): Place[] {
	// A little air around the letters, so that names side by side can be told apart.
	const halfWidth = room.measure(text, size) / 2 + size * 0.25;
	const halfHeight = size * 0.62;
	const found: Place[] = [];
	/** How much of a line lies on the land of others. */
	const landUnder = ([x1, y1, x2, y2]: Leader, id: number): number => {
		const length = Math.hypot(x2 - x1, y2 - y1);
		const points = Math.max(2, Math.ceil((length / size) * 2));
		let sum = 0;
		for (let at = 0; at < points; at++) {
			const x = x1 + ((x2 - x1) * at) / points;
			const y = y1 + ((y2 - y1) * at) / points;
			sum += room.foreignLand(
				{ left: x, top: y, right: x + 1, bottom: y + 1 },
				id,
			);
		}
		return sum / points;
	};
	const add = (
		x: number,
		y: number,
		distance: number,
		leads: boolean,
		cost: number,
	): void => {
		const box = {
			left: x - halfWidth,
			top: y - halfHeight,
			right: x + halfWidth,
			bottom: y + halfHeight,
		};
		if (
			box.left < 0 ||
			box.top < 0 ||
			box.right > room.width ||
			box.bottom > room.height ||
			room.covered.some((over) => overlaps(box, over, 1))
		)
			return;
		const leader: Leader | null = leads
			? [
					area.x,
					area.y,
					Math.min(Math.max(area.x, box.left), box.right),
					Math.min(Math.max(area.y, box.top), box.bottom),
				]
			: null;
		if (leader && room.covered.some((over) => crossesBox(leader, over))) return;
		const hidden = areas.filter(
			(other) =>
				other.id !== area.id &&
				other.x > box.left &&
				other.x < box.right &&
				other.y > box.top &&
				other.y < box.bottom,
		).length;
		const over = room.texts.filter((one) => overlaps(box, one)).length;
		found.push({
			id: area.id,
			text,
			box,
			leader,
			cost:
				price +
				cost +
				over * OVER_A_TEXT +
				distance / size +
				(leader ? landUnder(leader, area.id) * LEADS_OVER_OTHERS_LAND : 0) +
				hidden * OVER_OTHERS_PLACE +
				room.foreignLand(box, area.id) * OVER_OTHERS_LAND,
		});
	};
	add(area.x, area.y, 0, false, 0);
	for (let ring = 0; ring <= room.reach; ring++) {
		const distance = size * (0.5 + ring);
		for (let at = 0; at < DIRECTIONS; at++) {
			const angle = (at / DIRECTIONS) * 2 * Math.PI;
			const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
			add(
				area.x + dx * (distance + halfWidth),
				area.y + dy * (distance + halfHeight),
				distance,
				ring > 0,
				ring > 0 ? NEEDS_A_LEADER : 0.5,
			);
		}
	}
	return found;
}

function crosses(a: Leader, b: Leader): boolean {
	const side = ([x1, y1, x2, y2]: Leader, x: number, y: number): number =>
		Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1));
	return (
		side(a, b[0], b[1]) !== side(a, b[2], b[3]) &&
		side(b, a[0], a[1]) !== side(b, a[2], a[3])
	);
}

/** Whether a line passes through a box (Liang and Barsky's clipping). */
export function crossesBox([x1, y1, x2, y2]: Leader, box: Box): boolean {
	let from = 0;
	let to = 1;
	const clip = (towards: number, distance: number): boolean => {
		if (towards === 0) return distance > 0;
		const at = distance / towards;
		if (towards < 0) from = Math.max(from, at);
		else to = Math.min(to, at);
		return from < to;
	};
	return (
		clip(x1 - x2, x1 - box.left) &&
		clip(x2 - x1, box.right - x1) &&
		clip(y1 - y2, y1 - box.top) &&
		clip(y2 - y1, box.bottom - y1)
	);
}
