import type pg from "pg";

/** A decision about one cell, kept as a file of its own. */
export interface StoredDecision {
	file: number;
	subject: string;
	/** Last day (WIB) on which it holds; null: until it is taken back. */
	until: number | null;
}

export async function storeDecision(
	client: pg.PoolClient,
	decision: StoredDecision,
): Promise<void> {
	await client.query(
		"INSERT INTO decision (file, subject, until_day) VALUES ($1, $2, $3)",
		[decision.file, decision.subject, decision.until],
	);
}

/** The decision that holds for a subject, with what it states. */
export async function standingDecision(
	client: pg.PoolClient,
	subject: string,
): Promise<(StoredDecision & { name: string; value: number }) | undefined> {
	const { rows } = await client.query(
		`SELECT decision.file, subject, until_day AS until, name,
			(SELECT value::float8 FROM report, jsonb_each_text(stated) WHERE report.file = decision.file LIMIT 1) AS value
		 FROM decision JOIN file ON file.id = decision.file
		 WHERE subject = $1 AND withdrawn IS NULL ORDER BY decision.file DESC LIMIT 1`,
		[subject],
	);
	return rows[0];
}

/** Decisions whose last day is before a day, and which still hold. */
export async function expiredDecisions(
	client: Pick<pg.Pool, "query">,
	today: number,
): Promise<StoredDecision[]> {
	const { rows } = await client.query(
		`SELECT decision.file, subject, until_day AS until FROM decision JOIN file ON file.id = decision.file
		 WHERE until_day < $1 AND withdrawn IS NULL ORDER BY decision.file`,
		[today],
	);
	return rows;
}

/** The value shown for a cell; null: none. */
export async function shownValue(
	client: pg.PoolClient,
	cell: { indicator: number; month: number; area: string; day: number },
): Promise<number | null> {
	const { rows } = await client.query(
		`SELECT value FROM fact WHERE indicator = $1 AND month = $2 AND day = $4
			AND area = (SELECT id FROM area WHERE code = $3)`,
		[cell.indicator, cell.month, cell.area, cell.day],
	);
	return rows[0]?.value ?? null;
}

/** What the decision was about that a file is; null for a file of reports. */
export async function subjectOfDecision(
	client: pg.PoolClient,
	file: number,
): Promise<string | null> {
	const { rows } = await client.query(
		"SELECT subject FROM decision WHERE file = $1",
		[file],
	);
	return rows[0]?.subject ?? null;
}
