import type Database from "better-sqlite3";
import type { Mobility } from "../../../core/api/mobility.ts";
import {
	simulatedMobility,
	strongestPairs,
} from "../../../core/areas/simulated-mobility.ts";
import { areasAt } from "./areas.ts";
import { perPublication } from "./per-publication.ts";

/** How many pairs of each area: of the provinces, which are few, more. */
const PER_AREA = { province: 3, regency: 2 };

/** Simulated mobility between the areas of a level that have a place and people. */
export function mobility(
	db: Database.Database,
	{ level }: { level: "province" | "regency" },
): Mobility {
	return kept(db, level);
}

const kept = perPublication(
	(level: "province" | "regency") => level,
	(db, level): Mobility => {
		const places = areasAt(db, level).flatMap(
			({ id, lat, lng, population, unknownPlace }) =>
				unknownPlace || lat === null || lng === null || population === null
					? []
					: [{ id, lat, lng, people: population }],
		);
		return {
			simulated: true,
			level,
			areas: places.length,
			pairs: strongestPairs(
				simulatedMobility(places),
				places.length,
				PER_AREA[level],
			).map(({ a, b, share }) => ({
				a: places[a].id,
				b: places[b].id,
				share,
			})),
		};
	},
);
