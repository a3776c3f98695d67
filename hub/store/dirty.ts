import type pg from "pg";
import type { FeedValue } from "../../core/feed/digest.ts";
import { type FeedTableName, feedTable } from "../../core/feed/table.ts";

/** Which rows of which tables an entry of `dirty` stands for. */
const MEANING: Record<string, { table: FeedTableName; where: string }[]> = {
	dataset: [{ table: "dataset", where: "key = ANY ($1)" }],
	area: [{ table: "area", where: "id = ANY ($1::integer[])" }],
	source: [{ table: "source", where: "id = ANY ($1::integer[])" }],
	file: [
		{ table: "file", where: "id = ANY ($1::integer[])" },
		{ table: "quarantine", where: "file = ANY ($1::integer[])" },
		{ table: "facility_report", where: "file = ANY ($1::integer[])" },
		{ table: "stock_line", where: "file = ANY ($1::integer[])" },
		{ table: "stock_lot", where: "file = ANY ($1::integer[])" },
	],
	geography: [{ table: "geography", where: "id = ANY ($1)" }],
	facility: [{ table: "facility", where: "id = ANY ($1::integer[])" }],
	order: [
		{ table: "dispatch_order", where: "id = ANY ($1)" },
		{ table: "dispatch_step", where: "order_id = ANY ($1)" },
	],
	"alert-rule": [{ table: "alert_rule", where: "rule = ANY ($1)" }],
	"alert-state": [
		{ table: "alert_state", where: "number = ANY ($1::integer[])" },
	],
	item: [{ table: "item", where: "id = ANY ($1)" }],
	"stock-decision": [
		{ table: "stock_decision", where: "number = ANY ($1::integer[])" },
	],
};

/** Kinds that stand for rows that were removed, by key: its columns, parted by spaces. */
const REMOVED: Record<string, FeedTableName> = {
	"removed-quarantine": "quarantine",
	"removed-facility": "facility",
	"removed-geography": "geography",
};

export interface ReferenceChange {
	table: FeedTableName;
	count: number;
	/** null when there are more than the limit. */
	rows: FeedValue[][] | null;
	/** Keys of rows that are no more. */
	removed: FeedValue[][];
}

/**
 * The rows, written by intake and import and not by reconciliation, that changed since the last publication; forgets that they did.
 * @param limit more rows of a table than this are counted and not read.
 */
export async function takeDirty(
	client: pg.PoolClient,
	limit: number,
): Promise<ReferenceChange[]> {
	const { rows: entries } = await client.query<{ kind: string; ids: string[] }>(
		`WITH gone AS (DELETE FROM dirty RETURNING kind, id)
		 SELECT kind, array_agg(id) AS ids FROM gone GROUP BY kind ORDER BY kind`,
	);
	const changes: ReferenceChange[] = [];
	for (const { kind, ids } of entries) {
		if (kind in REMOVED) {
			const removed = await missingKeys(client, REMOVED[kind], ids);
			changes.push({
				table: REMOVED[kind],
				count: removed.length,
				rows: [],
				removed,
			});
			continue;
		}
		const meaning = MEANING[kind];
		if (!meaning) throw new Error(`unknown kind of change ${kind}`);
		for (const { table, where } of meaning) {
			const { rows: counted } = await client.query(
				`SELECT count(*) AS count FROM ${table} WHERE ${where}`,
				[ids],
			);
			const count: number = counted[0].count;
			if (count === 0) continue;
			const { columns, key } = feedTable(table);
			const rows =
				count > limit
					? null
					: (
							await client.query<FeedValue[]>({
								text: `SELECT ${columns.map(({ name }) => `"${name}"`).join(", ")} FROM ${table} WHERE ${where} ORDER BY ${key.join(", ")}`,
								values: [ids],
								rowMode: "array",
							})
						).rows;
			changes.push({ table, count, rows, removed: [] });
		}
	}
	return changes;
}

/** Those of the keys of which the table has no row. */
async function missingKeys(
	client: pg.PoolClient,
	table: FeedTableName,
	keys: readonly string[],
): Promise<FeedValue[][]> {
	const { key, columns } = feedTable(table);
	const named = key.map((name, at) => {
		const type = columns.find((column) => column.name === name)?.type;
		return `part[${at + 1}]::${type} AS "${name}"`;
	});
	const { rows } = await client.query<FeedValue[]>({
		text: `WITH gone AS (
				SELECT ${named.join(", ")} FROM (SELECT string_to_array(text, ' ') AS part FROM unnest($1::text[]) AS text) AS parts
			)
			SELECT * FROM gone WHERE NOT EXISTS (
				SELECT FROM ${table} WHERE ${key.map((name) => `${table}."${name}" = gone."${name}"`).join(" AND ")}
			) ORDER BY ${key.map((_, at) => at + 1).join(", ")}`,
		values: [keys],
		rowMode: "array",
	});
	return rows;
}
