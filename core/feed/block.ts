import type { FeedValue } from "./digest.ts";
import type { Block } from "./publication.ts";
import { FEED_TABLES, type FeedTable } from "./table.ts";

/**
 * Turns rows into a block.
 * @param rows values in the order of `columns`; for "D" the columns are those of the table's key
 */
export function blockOf(
	table: FeedTable,
	op: Block["op"],
	rows: readonly (readonly FeedValue[])[],
): Block {
	const columns =
		op === "U" ? table.columns.map((column) => column.name) : [...table.key];
	return {
		table: table.name,
		op,
		columns,
		values: columns.map((_, c) => rows.map((row) => row[c])),
	};
}

/** Number of rows of a block. */
export function rowsIn(block: Block): number {
	return block.values[0]?.length ?? 0;
}

/**
 * The table a block speaks of, when the block has the shape of that table: the columns of the table (or of its key for "D") in their
 * order, and as many values in each.
 * @throws when this workstation does not know the table or the columns: the feed is of another schema.
 */
export function tableOf(block: Block): FeedTable {
	const table = FEED_TABLES.find((entry) => entry.name === block.table);
	if (!table) throw new Error(`unknown table ${block.table}`);
	const expected =
		block.op === "U" ? table.columns.map((column) => column.name) : table.key;
	if (block.columns.join() !== expected.join())
		throw new Error(
			`table ${block.table}: columns ${block.columns.join()} found, ${expected.join()} expected`,
		);
	const rows = rowsIn(block);
	if (
		block.values.length !== expected.length ||
		block.values.some((column) => column.length !== rows)
	)
		throw new Error(`table ${block.table}: columns of different lengths`);
	return table;
}

/**
 * SQLite statement that writes `rows` whole rows, replacing those of the same key. Several rows in one statement are two to three times
 * as fast as one by one.
 */
export function sqliteWrite(table: FeedTable, rows: number): string {
	const tuple = `(${table.columns.map(() => "?").join(", ")})`;
	return `REPLACE INTO "${table.name}" VALUES ${Array(rows).fill(tuple).join(", ")}`;
}

/** SQLite statement that removes one row by its key. */
export function sqliteDelete(table: FeedTable): string {
	return `DELETE FROM "${table.name}" WHERE ${table.key.map((name) => `"${name}" = ?`).join(" AND ")}`;
}
