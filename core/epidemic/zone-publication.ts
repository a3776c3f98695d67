import type { Day } from "../series/day.ts";
import { found } from "../series/found.ts";
import { ZONES, type Zone } from "./zone-transition.ts";

/**
 * Which publication of zones speaks on a day. Zones are published once a week and hold until the next publication; a week without one stays
 * without one. House rule, not from a published source: two weeks after it a publication is old (one week was left out at least), and is shown as
 * such.
 */
export const ZONES_OLD_AFTER = 14;

/** The place of the last publication on or before a day, -1 before the first. @param days of the publications, the earliest first */
export function publicationOn(days: readonly Day[], day: Day): number {
	return days.findLastIndex((published) => published <= day);
}

/** Whether a publication is old on a day. */
export function isOldZone(published: Day, day: Day): boolean {
	return day - published > ZONES_OLD_AFTER;
}

export interface ZoneCounts {
	/** Areas of each zone, in the order of ZONES. */
	readonly areas: readonly number[];
	/** Areas of which no zone was published. */
	readonly none: number;
}

/** How many areas are of each zone in one publication. @param zones of each area; undefined where none was published */
export function countZones(zones: Iterable<Zone | undefined>): ZoneCounts {
	const areas = ZONES.map(() => 0);
	let none = 0;
	for (const zone of zones) {
		if (zone === undefined) none++;
		else {
			const at = ZONES.indexOf(zone);
			areas[at] = found(areas[at], `zone ${zone}`) + 1;
		}
	}
	return { areas, none };
}
