import type pg from "pg";

type Queryable = pg.Pool | pg.PoolClient;

export interface SourceStatus {
	key: string;
	files: number;
	/** The sum of the next three. */
	lines: number;
	accepted: number;
	quarantined: number;
	skipped: number;
	/** Skipped lines by reason. */
	skippedFor: Record<string, number>;
	first_day: number | null;
	last_day: number | null;
	last_as_of: number | null;
}

/** What each source has given so far. */
export async function sourceStatus(client: Queryable): Promise<SourceStatus[]> {
	const { rows } = await client.query(`
		SELECT key, coalesce(files, 0)::integer AS files, coalesce(lines, 0)::integer AS lines,
			coalesce(accepted, 0)::integer AS accepted, coalesce(quarantined, 0)::integer AS quarantined,
			coalesce(skipped, 0)::integer AS skipped, first_day, last_day, last_as_of,
			(SELECT coalesce(json_object_agg(reason, lines), '{}') FROM (
				SELECT reason, sum(count::integer)::integer AS lines FROM file, jsonb_each_text(skipped_for) AS skip (reason, count)
				WHERE file.source = source.id GROUP BY reason
			) AS reasons) AS "skippedFor"
		FROM source
		LEFT JOIN (
			SELECT source, count(*) AS files, sum(lines) AS lines, sum(accepted) AS accepted, sum(quarantined) AS quarantined,
				sum(skipped) AS skipped FROM file GROUP BY source
		) AS files ON files.source = id
		LEFT JOIN (
			SELECT source, min(first_day) AS first_day, max(last_day) AS last_day, max(as_of) AS last_as_of FROM known_span GROUP BY source
		) AS span ON span.source = id
		ORDER BY rank, key`);
	return rows;
}

export interface HubStatus {
	/** Areas to reconcile, and reference rows to publish: what `publish` would look at. */
	waiting: number;
	facts: number;
	conflicts: number;
	/** What is wrong, with how often; of each kind of error of a file the first rows are kept. */
	quarantine: { reason: string; errors: number }[];
	withdrawn: { id: number; name: string; day: number; reason: string }[];
	bridge: number;
	boundaries: string | null;
}

/** @param conflict the bit of the mark `conflict` */
export async function hubStatus(
	client: Queryable,
	conflict: number,
): Promise<HubStatus> {
	const { rows } = await client.query(
		`SELECT (SELECT count(*) FROM fact)::integer AS facts,
			(SELECT count(*) FROM fact WHERE marks & $1 > 0)::integer AS conflicts,
			(SELECT count(*) FROM code_bridge)::integer AS bridge,
			(SELECT source FROM geography WHERE id = 'regencies') AS boundaries`,
		[conflict],
	);
	const { rows: withdrawn } = await client.query(
		`SELECT file.id, name, withdrawn AS day, reason FROM file JOIN withdrawal ON withdrawal.file = file.id AND to_day IS NULL
		 ORDER BY file.id`,
	);
	return {
		...rows[0],
		waiting: await waitingChanges(client),
		quarantine: await quarantined(client),
		withdrawn,
	};
}

/** Areas to reconcile, and reference rows to publish. */
export async function waitingChanges(client: Queryable): Promise<number> {
	const { rows } = await client.query<{ waiting: number }>(
		"SELECT ((SELECT count(*) FROM touched) + (SELECT count(*) FROM dirty))::integer AS waiting",
	);
	return rows[0]?.waiting ?? 0;
}

/** What is wrong in files, by reason. */
export async function quarantined(
	client: Queryable,
): Promise<HubStatus["quarantine"]> {
	const { rows } = await client.query(
		`SELECT reason, sum(alike)::integer AS errors FROM (
			SELECT DISTINCT file, reason, "column", alike FROM quarantine
		 ) AS kind GROUP BY reason ORDER BY reason`,
	);
	return rows;
}

/** When a file of each source last came (milliseconds since 1970 UTC), whatever day it speaks of; a source of which none came is not among them. */
export async function lastReceived(
	client: Queryable,
): Promise<{ source: string; cadence: string; receivedAt: number }[]> {
	const { rows } = await client.query(
		`SELECT key AS source, cadence, max(received_at)::float8 AS "receivedAt"
		 FROM source JOIN file ON file.source = source.id GROUP BY key, cadence ORDER BY key`,
	);
	return rows;
}

export interface FileStatus {
	id: number;
	source: string;
	name: string;
	/** Milliseconds since 1970 UTC. */
	receivedAt: number;
	lines: number;
	accepted: number;
	quarantined: number;
	skipped: number;
	skippedFor: Record<string, number>;
	remarks: string;
	withdrawn: number | null;
}

/** Every file with what became of its lines, in the order in which they were taken in. */
export async function fileStatus(client: Queryable): Promise<FileStatus[]> {
	const { rows } = await client.query(
		`SELECT file.id, source.key AS source, name, received_at::float8 AS "receivedAt", lines, accepted, quarantined, skipped,
			skipped_for AS "skippedFor", remarks, withdrawn
		 FROM file JOIN source ON source.id = file.source ORDER BY file.id`,
	);
	return rows;
}

export interface ConflictValue {
	source: string;
	value: number;
	/** Areas in the sum, when the value is one. */
	reporting: number | null;
}

export interface Conflict {
	code: string;
	name: string;
	indicator: number;
	day: number;
	shown: ConflictValue;
	others: ConflictValue[];
}

/**
 * Cells on which sources differ, newest day first: the value shown, and what each other source said of the cell or, where it said
 * nothing of the cell itself, the sum of what it said of the areas below.
 */
export async function conflicts(
	client: Queryable,
	options: { conflict: number; area?: string; day?: number; limit: number },
): Promise<Conflict[]> {
	const { rows } = await client.query(
		`WITH cell AS (
			SELECT fact.*, area.code, area.name FROM fact JOIN area ON area.id = fact.area
			WHERE marks & $1 > 0 AND ($2::text IS NULL OR code = $2) AND ($3::integer IS NULL OR day = $3)
			ORDER BY day DESC, code, indicator LIMIT $4
		), said AS (
			SELECT DISTINCT ON (cell.indicator, cell.area, cell.day, claim.area, claim.source)
				cell.indicator, cell.area, cell.day, claim.area AS of, claim.source, claim.value
			FROM cell JOIN area AS below ON below.id = cell.area OR below.parent = cell.area
			JOIN claim ON claim.indicator = cell.indicator AND claim.month = cell.month AND claim.area = below.id AND claim.day = cell.day
			JOIN file ON file.id = claim.file AND file.withdrawn IS NULL
			ORDER BY cell.indicator, cell.area, cell.day, claim.area, claim.source, claim.as_of DESC,
				file.sha256 DESC, file.connector DESC, file.name DESC
		), by_source AS (
			SELECT indicator, area, day, source, (array_agg(value) FILTER (WHERE of = area))[1] AS own,
				sum(value) FILTER (WHERE of <> area) AS sum, count(*) FILTER (WHERE of <> area)::integer AS areas
			FROM said GROUP BY indicator, area, day, source
		)
		SELECT cell.code, cell.name, cell.indicator, cell.day, cell.value, shown.key AS source, cell.reporting,
			(SELECT json_agg(json_build_object('source', other.key, 'value', coalesce(own, sum),
				'reporting', CASE WHEN own IS NULL THEN areas END) ORDER BY other.rank, other.key)
			 FROM by_source JOIN source AS other ON other.id = by_source.source
			 WHERE by_source.indicator = cell.indicator AND by_source.area = cell.area AND by_source.day = cell.day
				AND by_source.source IS DISTINCT FROM cell.source) AS others
		FROM cell LEFT JOIN source AS shown ON shown.id = cell.source ORDER BY cell.day DESC, cell.code, cell.indicator`,
		[
			options.conflict,
			options.area ?? null,
			options.day ?? null,
			options.limit,
		],
	);
	return rows.map(({ value, source, reporting, others, ...cell }) => ({
		...cell,
		shown: { source: source ?? "-", value, reporting },
		others: others ?? [],
	}));
}
