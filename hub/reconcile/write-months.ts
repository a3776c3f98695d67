import type pg from "pg";
import { feedTable } from "../../core/feed/table.ts";
import {
	COMPUTED,
	type ComputedRow,
	ComputedRows,
	type ComputedTable,
	deleteRows,
	partitionKey,
	readPartitions,
	writeHashes,
} from "../store/reconciled.ts";
import type { ChangeList } from "./changes.ts";
import type { Month } from "./months.ts";

/** Writes months of series: only those whose hash changed are read, and only their changed rows are written. */
export class MonthWriter {
	private readonly client: pg.PoolClient;
	private readonly hashes: ReadonlyMap<string, string>;
	private readonly changes: ChangeList;

	/** @param hashes what was last written, of every area that will be written. */
	constructor(
		client: pg.PoolClient,
		hashes: ReadonlyMap<string, string>,
		changes: ChangeList,
	) {
		this.client = client;
		this.hashes = hashes;
		this.changes = changes;
	}

	async write(months: readonly Month[]): Promise<void> {
		const changed = months.filter(
			(month) => this.hashes.get(keyOf(month)) !== month.hash,
		);
		if (changed.length === 0) return;
		const known = changed.filter((month) => this.hashes.has(keyOf(month)));
		for (const table of COMPUTED) {
			const stored = await readPartitions(this.client, table, known);
			await this.replace(
				table,
				stored,
				changed.map((month) => month.rows[table]),
			);
		}
		await writeHashes(this.client, changed);
	}

	private async replace(
		table: ComputedTable,
		stored: readonly ComputedRow[],
		wanted: readonly (readonly ComputedRow[])[],
	): Promise<void> {
		const { columns, key } = feedTable(table);
		const places = key.map((name) =>
			columns.findIndex((column) => column.name === name),
		);
		const keyOfRow = (row: ComputedRow) => places.map((place) => row[place]);
		const before = new Map(
			stored.map((row) => [keyOfRow(row).join(), row.join()]),
		);
		const added = new ComputedRows(table);
		const rewritten: ComputedRow[] = [];
		for (const rows of wanted)
			for (const row of rows) {
				if (before.size > 0) {
					const id = keyOfRow(row).join();
					const was = before.get(id);
					before.delete(id);
					if (was === row.join()) continue;
					if (was !== undefined) rewritten.push(keyOfRow(row));
				}
				added.add(row);
				this.changes.write(table, row);
			}
		const removed = [...before.keys()].map((id) => id.split(",").map(Number));
		for (const id of removed) this.changes.remove(table, id);
		await deleteRows(this.client, table, [...rewritten, ...removed]);
		await added.into(this.client);
	}
}

function keyOf(month: Month): string {
	return partitionKey(month.area, month.indicator, month.month);
}
