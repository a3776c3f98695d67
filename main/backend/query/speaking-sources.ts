import type Database from "better-sqlite3";
import { type Day, monthOf } from "../../../core/series/day.ts";
import { indicatorByKey } from "../../../core/series/indicator.ts";
import { ACTIVE_OF } from "./active.ts";
import { daysOf, type Spot, spotsBelow } from "./figures.ts";
import { statement } from "./statement.ts";
import { sourceOf } from "./voice.ts";
import { withdrawnFiles } from "./withdrawn.ts";

/**
 * The sources that speak of an area, as known on a day: of itself, or of an area directly below; of those further down, the ones whose
 * values are shown.
 */
export function sourcesOf(
	db: Database.Database,
	spot: Spot,
	asKnownOn: Day | null,
): Set<number> {
	const { indicator, firstDay, days } = spot.tree;
	const stored = indicator === "active" ? ACTIVE_OF : [indicator];
	const found = new Set<number>();
	const withdrawn = withdrawnFiles(db, asKnownOn);
	const near = [spot, ...spotsBelow(spot)];
	for (const { area } of near)
		for (const key of stored)
			for (
				let month = monthOf(firstDay);
				month <= monthOf(firstDay + days - 1);
				month++
			)
				for (const source of statement(
					db,
					`SELECT DISTINCT source FROM claim WHERE indicator = ? AND month = ? AND area = ? AND as_of <= ?
					   AND file NOT IN (SELECT value FROM json_each(?))`,
				)
					.pluck()
					.all(
						indicatorByKey(key).id,
						month,
						area.id,
						asKnownOn ?? Number.MAX_SAFE_INTEGER,
						withdrawn,
					) as number[])
					found.add(source);
	for (const part of near.flatMap(spotsBelow))
		for (const voice of new Set(daysOf(part, part.branch.voice))) {
			const source = sourceOf(voice);
			if (source !== null) found.add(source);
		}
	return found;
}
