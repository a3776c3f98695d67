import type { Day } from "../series/day.ts";
import { dayFromIso } from "../series/day.ts";
import {
	type AreaCode,
	isUnknownPlace,
	type Level,
	levelOf,
	NATION,
	parentOf,
	UNKNOWN_PROVINCE,
} from "./codes.ts";

/** One area of the administrative order. */
export interface Area {
	code: AreaCode;
	level: Level;
	/** In full and in ordinary letters: "Kabupaten Malang", "Kota Malang", "Jawa Timur". */
	name: string;
	/** null for the nation. */
	parent: AreaCode | null;
	/** Latitude of the seat in degrees (WGS 84). */
	lat: number;
	/** Longitude of the seat in degrees (WGS 84). */
	lng: number;
	/** First day of this code (ISO date); null when it was there before the epidemic. */
	validFrom: string | null;
	/** First day on which this code no longer held (ISO date); null while it holds. */
	validTo: string | null;
	/** The areas that took the place of this one, or received parts of it; empty while nothing changed. */
	successors: AreaCode[];
}

/** The administrative order as a tree: nation, provinces, kabupaten/kota, kecamatan, and the kelurahan of Jakarta. */
export interface AreaTree {
	/** Every area, parents before children, in order of code. Without the pseudo areas. */
	readonly all: readonly Area[];
	/** The area of a code; also answers for the pseudo areas `00` and `35.00`. */
	get(code: AreaCode): Area | undefined;
	/** The areas directly below, in order of code, of the administrative order of 2020. Without pseudo areas. */
	children(code: AreaCode): readonly Area[];
	/** Every area of a level in order of code, of the administrative order of 2020: 1, 34, 514. */
	at(level: Level): readonly Area[];
	/** From the nation down to the area itself; empty for an unknown code. */
	path(code: AreaCode): readonly Area[];
}

/** The order of areas that this system counts in: the one in force on this day (34 provinces, 514 kabupaten/kota). */
export const ORDER_OF = "2020-03-02";

/**
 * Builds the tree.
 * @param rows areas of all times; those not in force on `ORDER_OF` are found by `get` and `all`, not below a parent.
 * @throws when a code occurs twice, a parent is missing, or a parent is not one level up: the table itself is broken.
 */
export function buildAreaTree(rows: readonly Area[]): AreaTree {
	const byCode = new Map<AreaCode, Area>();
	for (const area of rows) {
		if (byCode.has(area.code))
			throw new Error(`area ${area.code} occurs twice`);
		byCode.set(area.code, area);
	}
	const all = [...rows].sort((a, b) => compareCodes(a.code, b.code));
	const below = new Map<AreaCode, Area[]>();
	const levels = new Map<Level, Area[]>();
	for (const area of all) {
		if (levelOf(area.code) !== area.level)
			throw new Error(`area ${area.code} is given as ${area.level}`);
		if (area.parent !== null && !byCode.has(area.parent))
			throw new Error(`area ${area.code} lies in unknown ${area.parent}`);
		if (
			area.parent !== null &&
			parentLevel(area.level) !== levelOf(area.parent)
		)
			throw new Error(`area ${area.code} lies in ${area.parent}`);
		if (!inForce(area, ORDER_OF)) continue;
		append(levels, area.level, area);
		if (area.parent !== null) append(below, area.parent, area);
	}
	const get = (code: AreaCode): Area | undefined =>
		byCode.get(code) ?? unknownPlace(code, byCode);
	return {
		all,
		get,
		children: (code) => below.get(code) ?? [],
		at: (level) => levels.get(level) ?? [],
		path(code) {
			const found: Area[] = [];
			let area = get(code);
			while (area) {
				found.unshift(area);
				area = area.parent === null ? undefined : get(area.parent);
			}
			return found;
		},
	};
}

/** Whether an area's code held on a day (ISO date). */
export function inForce(area: Area, iso: string): boolean {
	return (
		(area.validFrom === null || area.validFrom <= iso) &&
		(area.validTo === null || iso < area.validTo)
	);
}

/** Where the land of an area belonged on a day. */
export interface Belonging {
	/** The code under which that land was kept on that day; the code asked for when it held then. */
	area: Area;
	/** Nation first, the area itself last. */
	path: readonly Area[];
}

/**
 * Answers "what was this area called on that day, and to which province did it belong".
 * A code of another time is followed through the recodings (91.01 Merauke is 93.01 in Papua Selatan from 2022-07-25,
 * and 93.01 was 91.01 in Papua before).
 * @returns undefined for an unknown code, and for a province that did not exist on that day: the land of a province
 * that was divided or newly formed is a set of kabupaten/kota, not another province.
 */
export function belongsTo(
	tree: AreaTree,
	code: AreaCode,
	day: Day,
): Belonging | undefined {
	const start = tree.get(code);
	if (!start) return undefined;
	const holds = (area: Area): boolean =>
		(area.validFrom === null || (dayFromIso(area.validFrom) ?? 0) <= day) &&
		(area.validTo === null || day < (dayFromIso(area.validTo) ?? 0));
	if (holds(start)) return { area: start, path: tree.path(start.code) };
	if (start.level === "province") return undefined;
	const later = start.successors
		.map((next) => tree.get(next))
		.find((area) => area !== undefined && holds(area));
	const earlier = tree.all.find(
		(area) => area.successors.includes(code) && holds(area),
	);
	const area = later ?? earlier;
	return area && { area, path: tree.path(area.code) };
}

/** Order of codes: the nation, then by text, so that a parent stands before its children. */
export function compareCodes(a: AreaCode, b: AreaCode): number {
	if (a === b) return 0;
	if (a === NATION) return -1;
	if (b === NATION) return 1;
	return a < b ? -1 : 1;
}

function append<K>(map: Map<K, Area[]>, key: K, area: Area): void {
	const list = map.get(key);
	if (list) list.push(area);
	else map.set(key, [area]);
}

function parentLevel(level: Level): Level | null {
	if (level === "nation") return null;
	if (level === "province") return "nation";
	if (level === "regency") return "province";
	return level === "district" ? "regency" : "district";
}

function unknownPlace(
	code: AreaCode,
	byCode: Map<AreaCode, Area>,
): Area | undefined {
	if (!isUnknownPlace(code)) return undefined;
	const parent = parentOf(code);
	const home = parent === null ? undefined : byCode.get(parent);
	if (!home) return undefined;
	return {
		code,
		level: levelOf(code),
		name:
			code === UNKNOWN_PROVINCE
				? "Tanpa provinsi"
				: `${home.name}: kab/kota tidak diketahui`,
		parent,
		lat: home.lat,
		lng: home.lng,
		validFrom: null,
		validTo: null,
		successors: [],
	};
}
