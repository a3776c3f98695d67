import type Database from "better-sqlite3";
import type { NowcastIndicator } from "../../../core/api/nowcast.ts";
import { isApart, LEVELS } from "../../../core/areas/codes.ts";
import { type Day, dayInWib, monthOf } from "../../../core/series/day.ts";
import { indicatorByKey } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { areas } from "./areas.ts";
import { daysOfDataset } from "./dataset.ts";
import {
	countsOf,
	daysOf,
	newByDay,
	type Spot,
	spotsOf,
	treeWithin,
} from "./figures.ts";
import { knownArea } from "./known-area.ts";
import { knownDay, knownFrom } from "./known-day.ts";
import { perPublication } from "./per-publication.ts";
import { position } from "./position.ts";
import { statement } from "./statement.ts";

/** Days before those asked for that are read too, so that a report after silence is shared out as in the whole series. */
const BEFORE = 28;

/** New counts of some areas on some days. */
export interface CountsOfAreas {
	areas: number[];
	/** Area by area; NaN where it cannot be told. */
	counts: Float64Array<ArrayBuffer>;
	/** Likewise how the day itself was told (DAY_TOLD). */
	told: Uint8Array<ArrayBuffer>;
}

/** How a day was told: reported by itself; not at all, or by so few areas that it is not the figure of the whole; or with silent days before it, of which it has an even share. */
export const DAY_TOLD = { itself: 0, not: 1, withSilent: 2 } as const;

/**
 * New counts as known on a day, of all areas that hang together with one: those that the whole series of that day of knowledge has. Reading
 * the one costs as much as reading all.
 */
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
		/** Not before the day of knowledge: a report is shared out over the silent days before it, also from after them. */
		to: Day;
		asKnownOn: Day;
	},
): CountsOfAreas {
	const days = to - from + 1;
	const tree = treeWithin(
		db,
		indicator,
		{ firstDay: from - BEFORE, days: BEFORE + days },
		asKnownOn,
		knownArea(db, area),
	);
	const spots = LEVELS.flatMap((level) =>
		tree.branches[level] ? spotsOf(tree, level) : [],
	);
	const counts = new Float64Array(spots.length * days);
	const told = new Uint8Array(spots.length * days);
	for (const [at, spot] of spots.entries()) {
		counts.set(newByDay(spot).subarray(BEFORE), at * days);
		told.set(dayTold(spot).subarray(BEFORE), at * days);
	}
	return { areas: spots.map(({ area }) => area.id), counts, told };
}

/** Of a sum: whether the whole was silent. Some area or other nearly always is. */
function dayTold(spot: Spot): Uint8Array<ArrayBuffer> {
	const value = daysOf(spot, spot.branch.value);
	const reported = daysOf(spot, spot.branch.marks);
	const { marks } = countsOf(spot);
	const isSilent = (day: number) =>
		day >= 0 &&
		(Number.isNaN(value[day]) || ((reported[day] ?? 0) & MARKS.fewAreas) !== 0);
	return Uint8Array.from(value, (_, day) =>
		isSilent(day)
			? DAY_TOLD.not
			: (marks[day] ?? 0) & MARKS.spread && isSilent(day - 1)
				? DAY_TOLD.withSilent
				: DAY_TOLD.itself,
	);
}

/** What can be said of knowledge itself. */
export interface Knowledge {
	/** The day of knowledge. */
	known: Day;
	/** Since when it is known on which day something became known. */
	from: Day;
	/** Areas of one name are read together. */
	together: string;
	/** The areas directly below that are places. */
	below: number[];
}

export function knowledge(
	db: Database.Database,
	{
		asKnownOn,
		area,
		indicator,
	}: { asKnownOn: Day | null; area: number; indicator: NowcastIndicator },
): Knowledge {
	const { level, parent } = knownArea(db, area);
	return {
		known: knownDay(db, asKnownOn) ?? lastKnown(db, indicator),
		from: knownFrom(db),
		together: isApart(level) ? `${parent}` : "",
		below: areas(db)
			.filter((one) => one.parent === area && !one.unknownPlace)
			.map(({ id }) => id),
	};
}

/** The last day on which anything became known of an indicator; that of the publication where nothing is. Older months become known beside it. */
const lastKnown = perPublication(
	(indicator: NowcastIndicator) => indicator,
	(db, indicator) => {
		const { lastDay } = daysOfDataset(db);
		const last = Math.max(
			...[monthOf(lastDay) - 1, monthOf(lastDay)].map(
				(month) =>
					statement(
						db,
						`SELECT max(f.as_of) FROM area a CROSS JOIN fact f
						 WHERE a.level <= 2 AND f.indicator = ? AND f.month = ? AND f.area = a.id`,
					)
						.pluck()
						.get(indicatorByKey(indicator).id, month) as Day,
			),
		);
		return last || dayInWib(position(db).committedAt);
	},
);
