import { blockOf } from "../../core/feed/block.ts";
import type { FeedValue } from "../../core/feed/digest.ts";
import type { Block } from "../../core/feed/publication.ts";
import {
	FEED_TABLES,
	type FeedTableName,
	feedTable,
} from "../../core/feed/table.ts";

/** A publication with more rows is carried by the snapshot alone. */
export const BULK_FROM = 200_000;

/** What a publication changes. */
export interface Changes {
	rows: number;
	/** Names of the tables with a changed row. */
	tables: string[];
	/** null when there are more than `BULK_FROM` rows. */
	blocks: Block[] | null;
}

/** Gathers changed rows; forgets them once they are more than a segment carries. */
export class ChangeList {
	rows = 0;
	private readonly written = new Map<FeedTableName, FeedValue[][]>();
	private readonly removed = new Map<FeedTableName, FeedValue[][]>();
	private readonly tables = new Set<FeedTableName>();

	get isBulk(): boolean {
		return this.rows > BULK_FROM;
	}

	write(table: FeedTableName, row: FeedValue[]): void {
		this.note(table, 1);
		if (!this.isBulk) append(this.written, table, row);
	}

	remove(table: FeedTableName, key: FeedValue[]): void {
		this.note(table, 1);
		if (!this.isBulk) append(this.removed, table, key);
	}

	/** Counts rows that are not at hand: the list is then a bulk. */
	note(table: FeedTableName, rows: number): void {
		if (rows === 0) return;
		this.tables.add(table);
		this.rows += rows;
		if (!this.isBulk) return;
		this.written.clear();
		this.removed.clear();
	}

	/** Removals first, then rows in the order of the tables, so that what is referred to stands before what refers to it. */
	result(): Changes {
		const blocks: Block[] = [];
		for (const op of ["D", "U"] as const)
			for (const { name } of FEED_TABLES) {
				const rows = (op === "D" ? this.removed : this.written).get(name);
				if (rows) blocks.push(blockOf(feedTable(name), op, rows));
			}
		return {
			rows: this.rows,
			tables: FEED_TABLES.map(({ name }) => name).filter((name) =>
				this.tables.has(name),
			),
			blocks: this.isBulk ? null : blocks,
		};
	}
}

function append(
	lists: Map<FeedTableName, FeedValue[][]>,
	table: FeedTableName,
	row: FeedValue[],
): void {
	const list = lists.get(table);
	if (list) list.push(row);
	else lists.set(table, [row]);
}
