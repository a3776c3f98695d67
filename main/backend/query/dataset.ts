import type Database from "better-sqlite3";
import type { State } from "../../../core/api/state.ts";
import type { Detail } from "../../../core/feed/details.ts";
import { stillToFollow } from "../../../core/feed/still-to-follow.ts";
import { type Day, dayFromIso } from "../../../core/series/day.ts";
import { knownFrom } from "./known-day.ts";
import { position } from "./position.ts";
import { statement } from "./statement.ts";

/** What the replica holds: its label, span of days and the publication it stands at. */
export function dataset(db: Database.Database): NonNullable<State["dataset"]> {
	const entries = entriesOf(db);
	const text = (key: string): string => {
		const value = entries[key];
		return typeof value === "string" ? value : "";
	};
	const { epoch, seq, committedAt, scope, stamp } = position(db);
	return {
		exercise: entries.exercise === true,
		label: text("label"),
		title: text("title"),
		knownFrom: knownFrom(db),
		...daysOfDataset(db, entries),
		epoch,
		seq,
		scope,
		stamp,
		follow: stillToFollow(entries),
		committedAt,
	};
}

/** First and last day of the dataset; those of the facts when the hub does not state them. */
export function daysOfDataset(
	db: Database.Database,
	entries = entriesOf(db),
): { firstDay: Day; lastDay: Day } {
	return span(db, entries.first_day, entries.last_day);
}

/** What the dataset has yet to be published with. */
export function detailsToFollow(db: Database.Database): readonly Detail[] {
	return stillToFollow(entriesOf(db));
}

function entriesOf(db: Database.Database): Record<string, unknown> {
	const rows = statement(db, "SELECT key, value FROM dataset").all() as {
		key: string;
		value: string;
	}[];
	return Object.fromEntries(
		rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]),
	);
}

function span(
	db: Database.Database,
	first: unknown,
	last: unknown,
): { firstDay: Day; lastDay: Day } {
	const firstDay = asDay(first);
	const lastDay = asDay(last);
	if (firstDay !== undefined && lastDay !== undefined)
		return { firstDay, lastDay };
	const facts = statement(
		db,
		`SELECT min(first_day) AS firstDay, max(first_day + days - 1) AS lastDay FROM cube`,
	).get() as { firstDay: Day | null; lastDay: Day | null };
	return {
		firstDay: firstDay ?? facts.firstDay ?? 0,
		lastDay: lastDay ?? facts.lastDay ?? 0,
	};
}

function asDay(value: unknown): Day | undefined {
	if (typeof value === "number") return value;
	return typeof value === "string" ? dayFromIso(value) : undefined;
}
