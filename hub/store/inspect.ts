import type pg from "pg";

type Queryable = pg.Pool | pg.PoolClient;

export interface SourceStatus {
	key: string;
	files: number;
	accepted: number;
	quarantined: number;
	first_day: number | null;
	last_day: number | null;
	last_as_of: number | null;
}

/** What each source has given so far. */
export async function sourceStatus(client: Queryable): Promise<SourceStatus[]> {
	const { rows } = await client.query(`
		SELECT key, coalesce(files, 0)::integer AS files, coalesce(accepted, 0)::integer AS accepted,
			coalesce(quarantined, 0)::integer AS quarantined, first_day, last_day, last_as_of
		FROM source
		LEFT JOIN (
			SELECT source, count(*) AS files, sum(accepted) AS accepted, sum(quarantined) AS quarantined FROM file GROUP BY source
		) AS files ON files.source = id
		LEFT JOIN (
			SELECT source, min(first_day) AS first_day, max(last_day) AS last_day, max(as_of) AS last_as_of FROM source_span GROUP BY source
		) AS span ON span.source = id
		ORDER BY rank, key`);
	return rows;
}

export interface HubStatus {
	/** Areas to reconcile, and reference rows to publish: what `publish` would look at. */
	waiting: number;
	facts: number;
	conflicts: number;
	quarantine: { reason: string; rows: number }[];
	bridge: number;
	boundaries: string | null;
}

/** @param conflict the bit of the mark `conflict` */
export async function hubStatus(
	client: Queryable,
	conflict: number,
): Promise<HubStatus> {
	const { rows } = await client.query(
		`SELECT (SELECT count(*) FROM touched)::integer + (SELECT count(*) FROM dirty)::integer AS waiting,
			(SELECT count(*) FROM fact)::integer AS facts,
			(SELECT count(*) FROM fact WHERE marks & $1 > 0)::integer AS conflicts,
			(SELECT count(*) FROM code_bridge)::integer AS bridge,
			(SELECT source FROM geography WHERE id = 'regencies') AS boundaries`,
		[conflict],
	);
	const { rows: quarantine } = await client.query(
		"SELECT reason, count(*)::integer AS rows FROM quarantine GROUP BY reason ORDER BY reason",
	);
	return { ...rows[0], quarantine };
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
			ORDER BY cell.indicator, cell.area, cell.day, claim.area, claim.source, claim.as_of DESC, claim.file DESC
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
