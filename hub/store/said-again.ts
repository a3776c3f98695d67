import type pg from "pg";

/** A file that says the same as others of its source. */
export interface Alike {
	id: number;
	name: string;
	asOf: number;
	/** Not known now: since a person withdrew it, or since it says again what another one says. */
	silenced: "by-person" | "as-repetition" | null;
}

/** So many facilities do not all state the same twice by chance. */
export const ENOUGH_FACILITIES = 20;

/** Keeps with a file what it says, its day left out, so that it is found among others. Of few facilities nothing is kept. */
export async function noteWhatIsSaid(
	client: pg.PoolClient,
	file: number,
): Promise<void> {
	await client.query(
		`UPDATE file SET says = coalesce(
			(SELECT md5(string_agg(area || ' ' || stated, E'\\n' ORDER BY area, stated::text)) FROM report WHERE report.file = file.id),
			(SELECT md5(string_agg(said, E'\\n' ORDER BY said)) FROM (
				SELECT jsonb_strip_nulls(to_jsonb(report) - '{month,day,as_of,file}'::text[])::text AS said
				FROM facility_report AS report WHERE report.file = file.id
			) AS rows HAVING count(*) >= ${ENOUGH_FACILITIES})
		 ) WHERE id = $1 AND as_of IS NOT NULL`,
		[file],
	);
}

/** The files that say what a file says, itself included, the earliest day first; none where it is no table of one moment. */
export async function filesAlike(
	client: pg.PoolClient,
	file: number,
): Promise<Alike[]> {
	const { rows } = await client.query<Alike>(
		`SELECT file.id, file.name, file.as_of AS "asOf",
			CASE WHEN open.id IS NULL THEN NULL WHEN open.repeats IS NULL THEN 'by-person' ELSE 'as-repetition' END AS silenced
		 FROM file AS one JOIN file ON file.source = one.source AND file.says = one.says
		 LEFT JOIN withdrawal AS open ON open.file = file.id AND open.to_day IS NULL
		 WHERE one.id = $1 ORDER BY file.as_of, file.sha256, file.connector, file.name`,
		[file],
	);
	return rows;
}

/** Lets a file be heard whatever others say. */
export async function forgetWhatIsSaid(
	client: pg.PoolClient,
	file: number,
): Promise<void> {
	await client.query("UPDATE file SET says = NULL WHERE id = $1", [file]);
}
