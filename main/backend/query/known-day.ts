import type Database from "better-sqlite3";
import { type Day, dayInWib, isoFromDay } from "../../../core/series/day.ts";
import { perPublication } from "./per-publication.ts";
import { position } from "./position.ts";
import { Refusal } from "./refusal.ts";
import { statement } from "./statement.ts";

/** The first day on which anything was known; that of the publication when nothing is. Reads every fact. */
export const knownFrom = perPublication(() => "", readKnownFrom);

function readKnownFrom(db: Database.Database): Day {
	const { first } = statement(
		db,
		`SELECT min(first) AS first FROM (
		   SELECT min(as_of) AS first FROM fact UNION ALL SELECT min(as_of) FROM fact_revision
		 )`,
	).get() as { first: Day | null };
	const ofFacilities = facilitiesKnownFrom(db);
	if (first === null && ofFacilities === null)
		return dayInWib(position(db).committedAt);
	return Math.min(first ?? Infinity, ofFacilities ?? Infinity);
}

/** The first day on which anything of a facility was known. No report is known before its day, so that months that begin later are not read. */
function facilitiesKnownFrom(db: Database.Database): Day | null {
	const one = (sql: string, month: number) =>
		statement(db, sql).pluck().get(month) as number | null;
	let known: Day | null = null;
	for (
		let month = one(
			"SELECT min(month) FROM facility_report WHERE month > ?",
			0,
		);
		month !== null;
		month = one("SELECT min(month) FROM facility_report WHERE month > ?", month)
	) {
		const begins = one(
			"SELECT min(day) FROM facility_report WHERE month = ?",
			month,
		);
		if (known !== null && begins !== null && known <= begins) break;
		const found = one(
			"SELECT min(as_of) FROM facility_report WHERE month = ?",
			month,
		);
		known = Math.min(known ?? Infinity, found ?? Infinity);
	}
	return known;
}

/**
 * A day "as known on" as it was asked for.
 * @throws Refusal 400 before anything was known, and after today
 */
export function knownDay(
	db: Database.Database,
	asKnownOn: Day | null,
): Day | null {
	if (asKnownOn === null) return null;
	const first = knownFrom(db);
	// What is told today of a day is not yet told of it tomorrow. Of a clock that is behind, the day of the publication counts.
	const today = dayInWib(Math.max(Date.now(), position(db).committedAt));
	if (asKnownOn < first || asKnownOn > today)
		throw new Refusal(
			400,
			"as_known",
			`as_known: found ${isoFromDay(asKnownOn)}, expected a day from ${isoFromDay(first)}, when the first report was known, to today`,
		);
	return asKnownOn;
}
