import type Database from "better-sqlite3";
import type { AlertRuleVersion } from "../../../core/api/alerts.ts";
import type {
	AlertChange,
	AlertStanding,
} from "../../../core/epidemic/alert-standing.ts";
import type { Day } from "../../../core/series/day.ts";
import { statement } from "./statement.ts";

/** The rules of alerts with all their versions, in order of key, the newest version first. */
export function alertRules(db: Database.Database): AlertRuleVersion[] {
	const rows = statement(
		db,
		`SELECT rule, version, from_day AS "from", at, person, reason, body FROM alert_rule ORDER BY rule, version DESC`,
	).all() as {
		rule: string;
		version: number;
		from: Day | null;
		at: number | null;
		person: string | null;
		reason: string;
		body: string;
	}[];
	return rows.map(({ rule, version, from, at, person, reason, body }) => ({
		...{ rule, version, from },
		body: JSON.parse(body) as AlertRuleVersion["body"],
		changed: at === null || person === null ? null : { at, person, reason },
	}));
}

/** One step of a person with an alert. */
export interface StoredAlertStep {
	rule: string;
	area: number;
	day: Day;
	at: number;
	person: string;
	reason: string;
	change: AlertChange;
	standing: AlertStanding;
	seen: { version: number; value: number; threshold: number };
}

/** What persons did with alerts, the oldest first. */
export function alertSteps(db: Database.Database): StoredAlertStep[] {
	const rows = statement(
		db,
		"SELECT rule, area, day, at, person, reason, change, standing, seen FROM alert_state ORDER BY number",
	).all() as (Omit<StoredAlertStep, "change" | "standing" | "seen"> &
		Record<"change" | "standing" | "seen", string>)[];
	return rows.map(({ change, standing, seen, ...row }) => ({
		...row,
		change: JSON.parse(change),
		standing: JSON.parse(standing),
		seen: JSON.parse(seen),
	}));
}
