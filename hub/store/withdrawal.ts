import type pg from "pg";
import type { TakenBack } from "../../core/quality/taken-back.ts";
import { INDICATORS } from "../../core/series/indicator.ts";

/** A file as a person names it. */
export interface FoundFile {
	id: number;
	name: string;
	connector: string;
	sha256: string;
	/** Milliseconds since 1970 UTC. */
	receivedAt: number;
	lines: number;
	accepted: number;
	quarantined: number;
	/** The day from which on it is not known any more. */
	withdrawn: number | null;
}

/** Files by id (`#12`), by the beginning of their hash (eight characters or more), or by name, newest first. */
export async function findFiles(
	client: pg.Pool | pg.PoolClient,
	named: string,
): Promise<FoundFile[]> {
	const { rows } = await client.query(
		`SELECT id, name, connector, sha256, received_at::float8 AS "receivedAt", lines, accepted, quarantined, withdrawn FROM file
		 WHERE '#' || id = $1 OR name = $1 OR name LIKE '%/' || $2 OR (length($1) >= 8 AND sha256 LIKE $2 || '%')
		 ORDER BY received_at DESC, id DESC`,
		[named, named.replace(/[\\%_]/g, "\\$&")],
	);
	return rows;
}

export async function fileOf(
	client: pg.PoolClient,
	id: number,
): Promise<FoundFile | undefined> {
	return (await findFiles(client, `#${id}`))[0];
}

/** When the files that were ever withdrawn were not known. */
export async function readWithdrawals(
	client: pg.PoolClient,
): Promise<Map<number, TakenBack[]>> {
	const { rows } = await client.query<{
		file: number;
		from: number;
		to: number | null;
	}>(
		`SELECT file, from_day AS "from", to_day AS "to" FROM withdrawal ORDER BY file, id`,
	);
	const found = new Map<number, TakenBack[]>();
	for (const { file, from, to } of rows) {
		const list = found.get(file);
		if (list) list.push({ from, to });
		else found.set(file, [{ from, to }]);
	}
	return found;
}

/**
 * Notes that a file is not known from a day on.
 * @param repeats the file that says the same; null where a person withdraws it
 */
export async function beginWithdrawal(
	client: pg.PoolClient,
	file: number,
	day: number,
	reason: string,
	repeats: number | null = null,
): Promise<void> {
	await client.query(
		"INSERT INTO withdrawal (file, from_day, reason, repeats) VALUES ($1, $2, $3, $4)",
		[file, day, reason, repeats],
	);
	await noteWithdrawals(client, file);
	await setSpansApart(client, file);
	await noteChange(client, file);
}

/** Notes that a withdrawn file is known again from a day on. */
export async function endWithdrawal(
	client: pg.PoolClient,
	file: number,
	day: number,
): Promise<void> {
	await client.query(
		"UPDATE withdrawal SET to_day = greatest($2, from_day) WHERE file = $1 AND to_day IS NULL",
		[file, day],
	);
	await noteWithdrawals(client, file);
	await noteChange(client, file);
}

/** Repeats at the file itself since when it is withdrawn, and for the feed each time during which it was. */
async function noteWithdrawals(
	client: pg.PoolClient,
	file: number,
): Promise<void> {
	await client.query(
		`UPDATE file SET withdrawn = (SELECT from_day FROM withdrawal WHERE file = $1 AND to_day IS NULL),
			withdrawals = (
				SELECT coalesce(jsonb_agg(jsonb_build_object('from', from_day, 'to', to_day) ORDER BY id), '[]')::text
				FROM withdrawal WHERE file = $1 AND from_day IS DISTINCT FROM to_day
			)
		 WHERE id = $1`,
		[file],
	);
}

/** Parts what rests on the file from what is known of the source without it. */
async function setSpansApart(
	client: pg.PoolClient,
	file: number,
): Promise<void> {
	const stored = INDICATORS.filter(({ derived }) => !derived);
	const stated = `SELECT report.file, report.source, indicator, report.as_of, min(day) AS first_day, max(day) AS last_day
		FROM report JOIN unnest($2::integer[], $3::text[]) AS known (indicator, key) ON stated ? key`;
	const parameters = [
		file,
		stored.map(({ id }) => id),
		stored.map(({ key }) => key),
	];
	const { rowCount } = await client.query(
		`INSERT INTO withdrawn_span (file, source, indicator, as_of, first_day, last_day)
		 ${stated} WHERE report.file = $1 GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING`,
		parameters,
	);
	if (rowCount === 0) return;
	await client.query(
		`DELETE FROM source_span USING withdrawn_span AS gone WHERE gone.file = $1
			AND source_span.source = gone.source AND source_span.indicator = gone.indicator AND source_span.as_of = gone.as_of`,
		[file],
	);
	await client.query(
		`INSERT INTO source_span (source, indicator, as_of, first_day, last_day)
		 SELECT rest.source, rest.indicator, rest.as_of, min(rest.first_day), max(rest.last_day)
		 FROM (${stated} WHERE report.file NOT IN (SELECT file FROM withdrawn_span)
			AND (report.source, report.as_of) IN (SELECT source, as_of FROM withdrawn_span WHERE file = $1)
			GROUP BY 1, 2, 3, 4) AS rest
		 JOIN withdrawn_span AS gone ON gone.file = $1 AND gone.source = rest.source AND gone.indicator = rest.indicator
			AND gone.as_of = rest.as_of
		 GROUP BY 1, 2, 3`,
		parameters,
	);
}

/** What has to be reconciled and published again: the areas the file speaks of, and those that its source is expected to speak of. */
async function noteChange(client: pg.PoolClient, file: number): Promise<void> {
	await client.query(
		"INSERT INTO dirty VALUES ('file', $1::text) ON CONFLICT DO NOTHING",
		[file],
	);
	await client.query(
		`INSERT INTO touched SELECT area FROM report WHERE file = $1
		 UNION SELECT area FROM source_area JOIN file ON file.source = source_area.source WHERE file.id = $1
		 ON CONFLICT DO NOTHING`,
		[file],
	);
}

/** Codes of the areas that a file speaks of, facilities by where they lie. */
export async function areasOfFile(
	client: pg.PoolClient,
	file: number,
): Promise<string[]> {
	const { rows } = await client.query<{ code: string }>(
		`SELECT code FROM area WHERE id IN (
			SELECT area FROM report WHERE file = $1
			UNION SELECT area FROM area_position WHERE file = $1
			UNION SELECT facility.area FROM facility_report JOIN facility ON facility.id = facility WHERE file = $1
			UNION SELECT facility.area FROM stock_line JOIN facility ON facility.id = facility WHERE file = $1
			UNION SELECT area FROM facility_entry WHERE file = $1
		 ) ORDER BY code`,
		[file],
	);
	return rows.map(({ code }) => code);
}
