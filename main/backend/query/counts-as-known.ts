import type Database from "better-sqlite3";
import type { NowcastIndicator } from "../../../core/api/nowcast.ts";
import { type Day, dayInWib } from "../../../core/series/day.ts";
import { newByDay, spotWithin } from "./figures.ts";
import { knownArea } from "./known-area.ts";
import { knownDay, knownFrom } from "./known-day.ts";
import { position } from "./position.ts";

/** Days before those asked for that are read too, so that a report after silence is shared out as in the whole series. */
const BEFORE = 28;

/** New counts of an area on some days, as known on a day: those that the whole series of that day of knowledge has. */
export function countsAsKnown(
	db: Database.Database,
	{
		area,
		indicator,
		from,
		to,
		asKnownOn,
	}: {
		area: number;
		indicator: NowcastIndicator;
		from: Day;
		to: Day;
		asKnownOn: Day;
	},
): Float64Array {
	const spot = spotWithin(
		db,
		indicator,
		{ firstDay: from - BEFORE, days: BEFORE + to - from + 1 },
		asKnownOn,
		knownArea(db, area),
	);
	return newByDay(spot).slice(BEFORE);
}

/** The day of knowledge, and since when it is known on which day something became known. */
export function knowledge(
	db: Database.Database,
	{ asKnownOn }: { asKnownOn: Day | null },
): { known: Day; from: Day } {
	return {
		known: knownDay(db, asKnownOn) ?? dayInWib(position(db).committedAt),
		from: knownFrom(db),
	};
}
