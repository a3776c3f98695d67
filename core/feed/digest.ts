import type { FeedTable } from "./table.ts";

/** A value of a published row: integers and reals are numbers, empty is null. */
export type FeedValue = number | string | null;

/**
 * The line that stands for a row in a digest: its values in the order of the table's columns as a JSON array, and a newline. A whole
 * real and an integer read the same (`386`), whichever database they come from.
 */
export function digestLine(row: readonly FeedValue[]): string {
	return `${JSON.stringify(row)}\n`;
}

/**
 * The ORDER BY list of a table in key order. Text is compared byte by byte in both databases: SQLite does so by itself, PostgreSQL when
 * told the collation "C".
 */
export function keyOrder(
	table: FeedTable,
	database: "sqlite" | "postgresql",
): string {
	return table.key
		.map((name) => {
			const column = table.columns.find((entry) => entry.name === name);
			return database === "postgresql" && column?.type === "text"
				? `"${name}" COLLATE "C"`
				: `"${name}"`;
		})
		.join(", ");
}
