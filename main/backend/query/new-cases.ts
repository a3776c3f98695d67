import type Database from "better-sqlite3";
import type { Day } from "../../../core/series/day.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { countsOf, daysOf, spotAt } from "./figures.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";

/** What a model is given of an area. */
export interface NewCases {
	firstDay: Day;
	/**
	 * New confirmed cases of each day, like for like, a report after silence shared out evenly over the days it covers; NaN where it cannot be
	 * told, also where a sum is of so few areas that it is not the area's figure.
	 */
	cases: Float64Array<ArrayBuffer>;
	/** Marks of `cases`. */
	marks: Uint16Array<ArrayBuffer>;
}

/** New confirmed cases of an area on all days of the dataset. */
export function newCases(
	db: Database.Database,
	{ area, asKnownOn }: { area: number; asKnownOn: Day | null },
): NewCases {
	const spot = spotAt(
		db,
		"confirmed",
		knownDay(db, asKnownOn),
		knownArea(db, area),
	);
	const { share, marks } = countsOf(spot);
	const reported = daysOf(spot, spot.branch.marks);
	return {
		firstDay: spot.tree.firstDay,
		cases: Float64Array.from(share, (value, day) =>
			(reported[day] ?? 0) & MARKS.fewAreas ? Number.NaN : value,
		),
		marks: Uint16Array.from(marks),
	};
}
