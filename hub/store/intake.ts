import type pg from "pg";
import { REPORT_COLUMNS } from "../../core/facilities/report.ts";
import type { FileRemark } from "../../core/quality/file-remark.ts";
import { CopyRows } from "./copy.ts";

/** Any number of this database's own; intake and reconciliation take turns. */
const LOCK = 20_200_303;

/** Until the end of the transaction no other process takes in files or reconciles. */
export async function lockDataset(client: pg.PoolClient): Promise<void> {
	await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
}

export interface FileRow {
	id: number;
	source: number;
	connector: string;
	name: string;
	sha256: string;
	bytes: number;
	receivedAt: number;
	asOf: number | null;
	lines: number;
	accepted: number;
	quarantined: number;
	skipped: number;
	/** Skipped lines by reason. */
	skippedFor: Partial<Record<string, number>>;
	/** What was noticed of the file as a whole. */
	remarks: readonly FileRemark[];
}

export interface QuarantineRow {
	file: number;
	line: number | null;
	column: string | null;
	reason: string;
	found: string;
	expected: string;
	/** Errors of the file with this reason in this column, of which only the first are kept. */
	alike: number;
}

export interface ReportRow {
	file: number;
	line: number;
	source: number;
	area: number;
	day: number;
	asOf: number;
	/** JSON of the values by indicator key. */
	stated: string;
	/** JSON of the row as the source wrote it. */
	raw: string;
}

export interface FacilityReportRow {
	file: number;
	facility: number;
	month: number;
	day: number;
	asOf: number;
	values: Record<string, number>;
}

export interface SpanRow {
	source: number;
	indicator: number;
	asOf: number;
	firstDay: number;
	lastDay: number;
}

/** What intake needs to know before it stores anything. */
export interface IntakeReference extends Numbers {
	sources: Map<string, number>;
	nextFile: number;
}

/** The ids of areas and of facilities, by code. */
export interface Numbers {
	areas: ReadonlyMap<string, number>;
	facilities: ReadonlyMap<string, number>;
}

export async function readNumbers(client: pg.PoolClient): Promise<Numbers> {
	return {
		areas: await byKey(client, "SELECT code AS key, id FROM area"),
		facilities: await byKey(client, "SELECT code AS key, id FROM facility"),
	};
}

export async function readIntakeReference(
	client: pg.PoolClient,
	numbers: Numbers,
): Promise<IntakeReference> {
	const { rows } = await client.query(
		"SELECT coalesce(max(id), 0) + 1 AS next FROM file",
	);
	return {
		...numbers,
		sources: await byKey(client, "SELECT key, id FROM source"),
		nextFile: rows[0].next,
	};
}

async function byKey(
	client: pg.PoolClient,
	sql: string,
): Promise<Map<string, number>> {
	const { rows } = await client.query<{ key: string; id: number }>(sql);
	return new Map(rows.map(({ key, id }) => [key, id]));
}

/** A file that was taken in before. */
export interface KnownFile
	extends Pick<
		FileRow,
		"id" | "lines" | "accepted" | "quarantined" | "skipped" | "skippedFor"
	> {
	withdrawn: number | null;
	everWithdrawn: boolean;
}

/** The files with these bytes under these names that these connectors have taken in before, in the order of what is asked. */
export async function knownFiles(
	client: pg.PoolClient,
	files: readonly { sha256: string; connector: string; name: string }[],
): Promise<(KnownFile | undefined)[]> {
	const { rows } = await client.query<KnownFile & { place: number }>({
		name: "known-files",
		text: `SELECT place::integer, id, lines, accepted, quarantined, skipped, skipped_for AS "skippedFor", withdrawn,
				EXISTS (SELECT FROM withdrawal WHERE withdrawal.file = file.id) AS "everWithdrawn"
			FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (sha256, connector, name, place)
			JOIN file USING (sha256, connector, name)`,
		values: columnsOf(files),
	});
	const known: (KnownFile | undefined)[] = files.map(() => undefined);
	for (const { place, ...file } of rows) known[place - 1] = file;
	return known;
}

function columnsOf(
	files: readonly { sha256: string; connector: string; name: string }[],
): string[][] {
	return [
		files.map(({ sha256 }) => sha256),
		files.map(({ connector }) => connector),
		files.map(({ name }) => name),
	];
}

/**
 * When the same bytes of the same name first came, in whatever reading, by `sha256 connector name`; those that never came are not in it.
 * @returns milliseconds since 1970 UTC
 */
export async function firstReceived(
	client: pg.PoolClient,
	files: readonly { sha256: string; connector: string; name: string }[],
): Promise<Map<string, number>> {
	const { rows } = await client.query<{ place: number; at: number }>({
		name: "first-received",
		text: `SELECT asked.place::integer AS place, min(received_at) AS at
			FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (sha256, connector, name, place)
			JOIN file USING (sha256, connector)
			WHERE file.name = asked.name OR starts_with(file.name, asked.name || ' (') GROUP BY asked.place`,
		values: columnsOf(files),
	});
	return new Map(
		rows.map(({ place, at }) => {
			const { sha256, connector, name } = files[place - 1];
			return [`${sha256} ${connector} ${name}`, Number(at)];
		}),
	);
}

/** Why lines of a file are held, and how many of them for it. */
export type HeldFault = Pick<QuarantineRow, "reason" | "column" | "alike">;

export async function heldFaults(
	client: pg.PoolClient,
	file: number,
): Promise<HeldFault[]> {
	const { rows } = await client.query<HeldFault>(
		'SELECT DISTINCT reason, "column", alike FROM quarantine WHERE file = $1',
		[file],
	);
	return rows;
}

/** Another reading of the same bytes. */
export interface OlderReading {
	id: number;
	name: string;
	accepted: number;
	/** It was withdrawn once, and is known all the same. */
	everWithdrawn: boolean;
}

/** The other readings of a file that one source has and that are known, by the name that the file was given with. */
export async function olderReadings(
	client: pg.PoolClient,
	file: { sha256: string; connector: string; source: string; name: string },
	given: string,
): Promise<OlderReading[]> {
	const { rows } = await client.query(
		`SELECT file.id, name, accepted, EXISTS (SELECT FROM withdrawal WHERE withdrawal.file = file.id) AS "everWithdrawn" FROM file JOIN source ON source.id = file.source
		 WHERE sha256 = $1 AND connector = $2 AND source.key = $3 AND name <> $4 AND starts_with(name, $5) AND withdrawn IS NULL
		 ORDER BY file.id`,
		[
			...[file.sha256, file.connector, file.source, file.name],
			`${given} (${file.source} `,
		],
	);
	return rows;
}

/** Calls a file otherwise, unless another one has that name. */
export async function renameFile(
	client: pg.PoolClient,
	id: number,
	name: string,
): Promise<void> {
	const { rowCount } = await client.query(
		`UPDATE file SET name = $2 WHERE id = $1 AND NOT EXISTS (
			SELECT FROM file AS other WHERE (other.sha256, other.connector, other.name) = (file.sha256, file.connector, $2)
		 )`,
		[id, name],
	);
	if (rowCount)
		await client.query(
			"INSERT INTO dirty VALUES ('file', $1::text) ON CONFLICT DO NOTHING",
			[id],
		);
}

/** What a source states of an area and day, by indicator key. */
interface Stated {
	area: string;
	day: number;
	values: Record<string, number>;
}

/**
 * What a source is known to have stated for the areas of some days (of all when none are given), as it said it last: the rows of an area
 * and day in the newest file.
 */
export async function readStated(
	client: pg.PoolClient,
	source: string,
	firstDay = 0,
	lastDay = 99_999,
): Promise<Stated[]> {
	const { rows } = await client.query<Stated>(
		`SELECT code AS area, day, stated AS values FROM (
			SELECT code, day, stated, line, rank() OVER (PARTITION BY report.area, day ORDER BY report.as_of DESC, sha256 DESC) AS place
			FROM report JOIN source ON source.id = report.source JOIN area ON area.id = report.area JOIN file ON file.id = report.file
			WHERE source.key = $1 AND day BETWEEN $2 AND $3 AND withdrawn IS NULL
		 ) AS known WHERE place = 1 ORDER BY code, day, line`,
		[source, firstDay, lastDay],
	);
	const stated: Stated[] = [];
	for (const row of rows) {
		const last = stated.at(-1);
		if (last && last.area === row.area && last.day === row.day)
			Object.assign(last.values, row.values);
		else stated.push(row);
	}
	return stated;
}

/**
 * Forgets a file of which no row was used, or of which only rows of facilities were, all of which are about to be stored again, so that it can be
 * taken in under its id now that the hub can read more of it.
 */
export async function removeFileTakenAgain(
	client: pg.PoolClient,
	id: number,
): Promise<void> {
	await client.query(
		`WITH gone AS (DELETE FROM quarantine WHERE file = $1 RETURNING id)
		 INSERT INTO dirty SELECT 'removed-quarantine', id::text FROM gone ON CONFLICT DO NOTHING`,
		[id],
	);
	for (const table of [
		...["facility_report", "laboratory_count"],
		...["stock_line", "stock_lot"],
	])
		await client.query(`DELETE FROM ${table} WHERE file = $1`, [id]);
	await client.query("DELETE FROM file WHERE id = $1", [id]);
}

export async function storeFiles(
	client: pg.PoolClient,
	files: readonly FileRow[],
): Promise<void> {
	const rows = new CopyRows("file", [
		"id",
		"source",
		"connector",
		"name",
		"sha256",
		"bytes",
		"received_at",
		"as_of",
		"lines",
		"accepted",
		"quarantined",
		"skipped",
		"skipped_for",
		"remarks",
	]);
	for (const file of files)
		rows
			.row()
			.integer(file.id)
			.integer(file.source)
			.text(file.connector)
			.text(file.name)
			.text(file.sha256)
			.bigint(file.bytes)
			.bigint(file.receivedAt)
			.integer(file.asOf)
			.integer(file.lines)
			.integer(file.accepted)
			.integer(file.quarantined)
			.integer(file.skipped)
			.jsonb(JSON.stringify(file.skippedFor))
			.text(JSON.stringify(file.remarks));
	await rows.into(client);
	await client.query(
		"INSERT INTO dirty SELECT 'file', unnest($1::text[]) ON CONFLICT DO NOTHING",
		[files.map((file) => String(file.id))],
	);
}

export async function storeQuarantine(
	client: pg.PoolClient,
	entries: readonly QuarantineRow[],
): Promise<void> {
	if (entries.length === 0) return;
	const { rows: last } = await client.query(
		"SELECT coalesce(max(id), 0) AS id FROM quarantine",
	);
	let id: number = last[0].id;
	const rows = new CopyRows("quarantine", [
		"id",
		"file",
		"line",
		"column",
		"reason",
		"found",
		"expected",
		"alike",
	]);
	for (const entry of entries)
		rows
			.row()
			.integer(++id)
			.integer(entry.file)
			.integer(entry.line)
			.text(entry.column)
			.text(entry.reason)
			.text(entry.found)
			.text(entry.expected)
			.integer(entry.alike);
	await rows.into(client);
}

export function reportRows(): CopyRows {
	return new CopyRows("report", [
		"file",
		"line",
		"source",
		"area",
		"day",
		"as_of",
		"stated",
		"raw",
	]);
}

export function addReport(rows: CopyRows, report: ReportRow): void {
	rows
		.row()
		.integer(report.file)
		.integer(report.line)
		.integer(report.source)
		.integer(report.area)
		.integer(report.day)
		.integer(report.asOf)
		.jsonb(report.stated)
		.jsonb(report.raw);
}

/** Notes which days and areas the sources now speak of, and what has to be reconciled. */
export async function storeCoverage(
	client: pg.PoolClient,
	spans: readonly SpanRow[],
	areas: readonly { source: number; area: number }[],
): Promise<void> {
	if (areas.length === 0) return;
	const sources = areas.map((entry) => entry.source);
	const places = areas.map((entry) => entry.area);
	await client.query(
		`INSERT INTO source_span SELECT * FROM unnest($1::integer[], $2::integer[], $3::integer[], $4::integer[], $5::integer[])
		 ON CONFLICT (source, indicator, as_of) DO UPDATE SET first_day = least(source_span.first_day, excluded.first_day),
			last_day = greatest(source_span.last_day, excluded.last_day)`,
		[
			spans.map((span) => span.source),
			spans.map((span) => span.indicator),
			spans.map((span) => span.asOf),
			spans.map((span) => span.firstDay),
			spans.map((span) => span.lastDay),
		],
	);
	await client.query(
		"INSERT INTO source_area SELECT * FROM unnest($1::integer[], $2::integer[]) ON CONFLICT DO NOTHING",
		[sources, places],
	);
	await client.query(
		"INSERT INTO touched SELECT DISTINCT unnest($1::integer[]) ON CONFLICT DO NOTHING",
		[places],
	);
	// The areas that a daily source does not mention today are silent: that too is news.
	await client.query(
		`INSERT INTO touched SELECT DISTINCT area FROM source_area JOIN source ON source.id = source_area.source
		 WHERE source.id = ANY ($1::integer[]) AND cadence = 'daily' ON CONFLICT DO NOTHING`,
		[sources],
	);
}

/** Adds what files say of facilities and days; nothing that was said before is changed or removed. */
export async function storeFacilityReports(
	client: pg.PoolClient,
	reports: readonly FacilityReportRow[],
): Promise<void> {
	if (reports.length === 0) return;
	const rows = new CopyRows("facility_report", [
		"month",
		"day",
		"facility",
		"as_of",
		"file",
		...REPORT_COLUMNS,
	]);
	// In the order of the primary key, which is then appended to page by page.
	for (const report of reports.toSorted(
		(a, b) => a.day - b.day || a.facility - b.facility || a.asOf - b.asOf,
	)) {
		rows
			.row()
			.integer(report.month)
			.integer(report.day)
			.integer(report.facility)
			.integer(report.asOf)
			.integer(report.file);
		for (const column of REPORT_COLUMNS)
			rows.integer(report.values[column] ?? null);
	}
	await rows.into(client);
}
