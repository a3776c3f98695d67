import type pg from "pg";
import { feedTable } from "../../core/feed/table.ts";
import type { Cadence } from "../../core/quality/cadence.ts";
import { CopyRows } from "./copy.ts";

/** The tables that reconciliation computes; all their columns are numbers. */
export const COMPUTED = ["fact", "fact_revision", "claim"] as const;
export type ComputedTable = (typeof COMPUTED)[number];

/** A row of a computed table, in the order of the columns of core/feed/table.ts. */
export type ComputedRow = (number | null)[];

/** A month of a series: what is hashed, read and written as one. */
export interface Partition {
	area: number;
	indicator: number;
	month: number;
	hash: string;
}

export function partitionKey(
	area: number,
	indicator: number,
	month: number,
): string {
	return `${area} ${indicator} ${month}`;
}

export interface StoredSource {
	id: number;
	rank: number;
	cadence: Cadence;
}

export interface StoredSpan {
	source: number;
	indicator: number;
	asOf: number;
	firstDay: number;
	lastDay: number;
	/** The file it rests on, where that was ever withdrawn. */
	file: number | null;
}

/** The areas to reconcile, and forgets that they are. */
export async function takeTouched(client: pg.PoolClient): Promise<number[]> {
	const { rows } = await client.query("DELETE FROM touched RETURNING area");
	return rows.map((row) => row.area);
}

export async function readSources(
	client: pg.PoolClient,
): Promise<StoredSource[]> {
	const { rows } = await client.query(
		"SELECT id, rank, cadence FROM source ORDER BY id",
	);
	return rows;
}

export async function readSpans(client: pg.PoolClient): Promise<StoredSpan[]> {
	const { rows } = await client.query(
		`SELECT source, indicator, as_of AS "asOf", first_day AS "firstDay", last_day AS "lastDay", file FROM (
			SELECT source, indicator, as_of, first_day, last_day, NULL::integer AS file FROM source_span
			UNION ALL SELECT source, indicator, as_of, first_day, last_day, file FROM withdrawn_span
		 ) AS span ORDER BY source, indicator, as_of, file`,
	);
	return rows;
}

/** Each file's place in an order that depends on what is in the files, not on when they came. */
export async function readFileOrder(
	client: pg.PoolClient,
): Promise<Map<number, number>> {
	const { rows } = await client.query(
		"SELECT id FROM file ORDER BY sha256, connector, name",
	);
	return new Map(rows.map((row, place) => [row.id, place]));
}

/** province, area, source, day, as_of, file, line, stated */
export type StoredReport = [
	number,
	number,
	number,
	number,
	number,
	number,
	number,
	string,
];

const BATCH = 20_000;

/**
 * Reads the reports of these areas (of all areas when null), one province after the other: those of the province itself and of all areas
 * in it. The nation's own reports come as a province with the nation's id.
 */
export async function* readReports(
	client: pg.PoolClient,
	areas: readonly number[] | null,
): AsyncGenerator<{ province: number; reports: StoredReport[] }> {
	await client.query({
		text: `DECLARE reports NO SCROLL CURSOR FOR
			SELECT placed.province, area, report.source, day, as_of, file, line, stated::text
			FROM report JOIN (
				WITH RECURSIVE below AS (
					SELECT id, level, id AS province FROM area WHERE level <= 1
					UNION ALL SELECT area.id, area.level, below.province FROM area JOIN below ON area.parent = below.id WHERE below.level >= 1
				)
				SELECT id, province FROM below
			) AS placed ON placed.id = area
			${areas ? `WHERE area IN (${areas.map(Number).join(", ")})` : ""} ORDER BY province`,
	});
	let reports: StoredReport[] = [];
	for (let left = true; left; ) {
		const { rows } = await client.query<StoredReport>({
			text: `FETCH ${BATCH} FROM reports`,
			rowMode: "array",
		});
		left = rows.length === BATCH;
		for (const row of rows) {
			if (reports.length > 0 && row[0] !== reports[0][0]) {
				yield { province: reports[0][0], reports };
				reports = [];
			}
			reports.push(row);
		}
	}
	await client.query("CLOSE reports");
	if (reports.length > 0) yield { province: reports[0][0], reports };
}

/** Facts and their earlier values of some areas. */
export async function readHistories(
	client: pg.PoolClient,
	areas: readonly number[],
): Promise<
	{
		area: number;
		indicator: number;
		day: number;
		as_of: number;
		value: number | null;
		source: number | null;
		rule: number;
		marks: number;
		reporting: number | null;
		expected: number | null;
	}[]
> {
	const columns =
		"area, indicator, day, as_of, value, source, rule, marks, reporting, expected";
	const { rows } = await client.query(
		`SELECT ${columns} FROM fact WHERE area = ANY ($1)
		 UNION ALL SELECT ${columns} FROM fact_revision WHERE area = ANY ($1)`,
		[areas],
	);
	return rows;
}

/** What was last written for the months of these areas. */
export async function readHashes(
	client: pg.PoolClient,
	areas: readonly number[],
): Promise<Map<string, string>> {
	const { rows } = await client.query({
		text: "SELECT area, indicator, month, hash FROM reconciled WHERE area = ANY ($1)",
		values: [areas],
		rowMode: "array",
	});
	return new Map(
		rows.map(([area, indicator, month, hash]) => [
			partitionKey(area, indicator, month),
			hash,
		]),
	);
}

export async function writeHashes(
	client: pg.PoolClient,
	partitions: readonly Partition[],
): Promise<void> {
	if (partitions.length === 0) return;
	await client.query(
		`INSERT INTO reconciled SELECT * FROM unnest($1::integer[], $2::integer[], $3::integer[], $4::text[])
		 ON CONFLICT (area, indicator, month) DO UPDATE SET hash = excluded.hash`,
		[
			partitions.map((entry) => entry.area),
			partitions.map((entry) => entry.indicator),
			partitions.map((entry) => entry.month),
			partitions.map((entry) => entry.hash),
		],
	);
}

/** The rows of a computed table in some months of series. */
export async function readPartitions(
	client: pg.PoolClient,
	table: ComputedTable,
	partitions: readonly Omit<Partition, "hash">[],
): Promise<ComputedRow[]> {
	if (partitions.length === 0) return [];
	const columns = feedTable(table).columns.map(
		({ name }) => `stored."${name}"`,
	);
	const { rows } = await client.query<ComputedRow>({
		text: `SELECT ${columns.join(", ")} FROM ${table} AS stored
			JOIN unnest($1::integer[], $2::integer[], $3::integer[]) AS wanted (area, indicator, month) USING (area, indicator, month)`,
		values: [
			partitions.map((entry) => entry.area),
			partitions.map((entry) => entry.indicator),
			partitions.map((entry) => entry.month),
		],
		rowMode: "array",
	});
	return rows;
}

/** Removes rows by key. */
export async function deleteRows(
	client: pg.PoolClient,
	table: ComputedTable,
	keys: readonly ComputedRow[],
): Promise<void> {
	if (keys.length === 0) return;
	const { key } = feedTable(table);
	await client.query(
		`DELETE FROM ${table} USING unnest(${key.map((_, place) => `$${place + 1}::integer[]`).join(", ")})
			AS gone (${key.join(", ")}) WHERE ${key.map((name) => `${table}.${name} = gone.${name}`).join(" AND ")}`,
		key.map((_, place) => keys.map((row) => row[place])),
	);
}

/** Rows on their way into a computed table. */
export class ComputedRows {
	private readonly copy: CopyRows;
	private readonly isReal: boolean[];

	constructor(table: ComputedTable) {
		const { columns } = feedTable(table);
		this.copy = new CopyRows(
			table,
			columns.map(({ name }) => name),
		);
		this.isReal = columns.map(({ type }) => type === "real");
	}

	get rows(): number {
		return this.copy.rows;
	}

	/** Adds the row that begins at `at` of packed rows; NaN is null. */
	add(packed: Float64Array, at: number): void {
		this.copy.row();
		for (let place = 0; place < this.isReal.length; place++) {
			const value = packed[at + place];
			if (Number.isNaN(value)) this.copy.empty();
			else if (this.isReal[place]) this.copy.real(value);
			else this.copy.integer(value);
		}
	}

	into(client: pg.PoolClient): Promise<void> {
		return this.copy.into(client);
	}
}

/** Before the first load: without keys to keep, the rows go in twice as fast. Only for empty tables. */
export async function dropKeys(client: pg.PoolClient): Promise<void> {
	for (const table of COMPUTED) {
		await client.query(`TRUNCATE ${table}`);
		await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_pkey`);
	}
}

export async function restoreKeys(client: pg.PoolClient): Promise<void> {
	for (const table of COMPUTED)
		await client.query(
			`ALTER TABLE ${table} ADD PRIMARY KEY (${feedTable(table).key.join(", ")})`,
		);
	await client.query(`ANALYZE ${COMPUTED.join(", ")}`);
}

/** First and last day that any source speaks of, of areas or of facilities; null while none does. */
export async function reportedDays(
	client: pg.PoolClient,
): Promise<{ first: number; last: number } | null> {
	const { rows } = await client.query(
		`WITH facilities AS NOT MATERIALIZED (
			SELECT month, day FROM facility_report JOIN file ON file.id = file WHERE withdrawn IS NULL
		 )
		 SELECT min(first) AS first, max(last) AS last FROM (
			SELECT min(first_day) AS first, max(last_day) AS last FROM known_span
			UNION ALL SELECT (SELECT day FROM facilities ORDER BY month, day LIMIT 1),
				(SELECT day FROM facilities ORDER BY month DESC, day DESC LIMIT 1)
			UNION ALL SELECT min(day), max(day) FROM stock_line JOIN file ON file.id = file WHERE withdrawn IS NULL
		 ) AS spoken`,
	);
	return rows[0].first === null ? null : rows[0];
}

/** Whether reconciliation has written nothing yet. */
export async function isUnreconciled(client: pg.PoolClient): Promise<boolean> {
	const { rows } = await client.query(
		"SELECT NOT EXISTS (SELECT FROM reconciled) AS empty",
	);
	return rows[0].empty;
}
