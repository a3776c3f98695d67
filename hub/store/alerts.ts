import type pg from "pg";
import {
	AlertRuleBody,
	type AlertRuleVersion,
	SHIPPED_RULES,
} from "../../core/epidemic/alert-rule.ts";
import {
	type AlertChange,
	AlertStanding,
	NEW_STANDING,
} from "../../core/epidemic/alert-standing.ts";

/** What stands as the reason of rules that the product brought. */
const SHIPPED = "shipped";

/** Puts in the rules that the product brings and that are not there yet; one that is there keeps what was decided of it. */
export async function seedAlertRules(client: pg.PoolClient): Promise<void> {
	await client.query(
		`WITH added AS (
			INSERT INTO alert_rule (rule, version, from_day, at, person, reason, body)
			SELECT rule, 1, NULL, NULL, NULL, $3, body FROM unnest($1::text[], $2::text[]) AS shipped (rule, body)
			WHERE NOT EXISTS (SELECT FROM alert_rule WHERE alert_rule.rule = shipped.rule)
			RETURNING rule
		 )
		 INSERT INTO dirty SELECT 'alert-rule', rule FROM added ON CONFLICT DO NOTHING`,
		[
			SHIPPED_RULES.map(({ rule }) => rule),
			SHIPPED_RULES.map(({ body }) => JSON.stringify(body)),
			SHIPPED,
		],
	);
}

/** Whether every rule that the product brings is there. */
export async function areAlertRulesSeeded(
	client: pg.PoolClient,
): Promise<boolean> {
	const { rows } = await client.query<{ count: number }>(
		"SELECT count(DISTINCT rule)::integer AS count FROM alert_rule WHERE rule = ANY ($1)",
		[SHIPPED_RULES.map(({ rule }) => rule)],
	);
	return rows[0]?.count === SHIPPED_RULES.length;
}

/** The newest version of a rule. */
export async function storedAlertRule(
	client: pg.PoolClient,
	rule: string,
): Promise<AlertRuleVersion | undefined> {
	const { rows } = await client.query<{
		version: number;
		from_day: number | null;
		body: string;
	}>(
		"SELECT version, from_day, body FROM alert_rule WHERE rule = $1 ORDER BY version DESC LIMIT 1",
		[rule],
	);
	const [row] = rows;
	return (
		row && {
			rule,
			version: row.version,
			from: row.from_day,
			body: AlertRuleBody.parse(JSON.parse(row.body)),
		}
	);
}

export async function addAlertRuleVersion(
	client: pg.PoolClient,
	{ rule, version, from, body }: AlertRuleVersion,
	by: { at: number; person: string; reason: string },
): Promise<void> {
	await client.query(
		"INSERT INTO alert_rule (rule, version, from_day, at, person, reason, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		[
			...[rule, version, from, by.at, by.person, by.reason],
			JSON.stringify(body),
		],
	);
	await client.query(
		"INSERT INTO dirty VALUES ('alert-rule', $1) ON CONFLICT DO NOTHING",
		[rule],
	);
}

/** An alert: there is one of a rule, an area and the day on which it was raised. */
export interface StoredAlert {
	rule: string;
	/** Number of the area. */
	area: number;
	day: number;
}

/** How an alert stands; new where nobody has done anything with it. */
export async function alertStanding(
	client: pg.PoolClient,
	{ rule, area, day }: StoredAlert,
): Promise<AlertStanding> {
	const { rows } = await client.query<{ standing: string }>(
		"SELECT standing FROM alert_state WHERE rule = $1 AND area = $2 AND day = $3 ORDER BY number DESC LIMIT 1",
		[rule, area, day],
	);
	return rows[0]
		? AlertStanding.parse(JSON.parse(rows[0].standing))
		: NEW_STANDING;
}

export async function storeAlertStep(
	client: pg.PoolClient,
	{ rule, area, day }: StoredAlert,
	step: { change: AlertChange; standing: AlertStanding; seen: unknown },
	by: { at: number; person: string; reason: string },
): Promise<void> {
	const { rows } = await client.query<{ number: number }>(
		`INSERT INTO alert_state (rule, area, day, number, at, person, reason, change, standing, seen)
		 SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, $6, $7, $8, $9 FROM alert_state RETURNING number`,
		[
			...[rule, area, day, by.at, by.person, by.reason],
			JSON.stringify(step.change),
			JSON.stringify(step.standing),
			JSON.stringify(step.seen),
		],
	);
	await client.query(
		"INSERT INTO dirty VALUES ('alert-state', $1::text) ON CONFLICT DO NOTHING",
		[rows[0]?.number],
	);
}

/** The number of the area of a code. */
export async function areaOfCode(
	client: pg.PoolClient,
	code: string,
): Promise<number | undefined> {
	const { rows } = await client.query<{ id: number }>(
		"SELECT id FROM area WHERE code = $1",
		[code],
	);
	return rows[0]?.id;
}
