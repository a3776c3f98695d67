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
import { type Month, type PackedRows, WIDTH } from "./months.ts";

/** Writes months of series: only those whose hash changed are read, and only their changed rows are written. */
export class MonthWriter {
	private readonly client: pg.PoolClient;
	private readonly hashes: ReadonlyMap<string, string>;
	private readonly changes: ChangeList;
	/** Keys of the hashes by area. */
	private readonly stored = new Map<number, string[]>();

	/** @param hashes what was last written, of every area that will be written. */
	constructor(
		client: pg.PoolClient,
		hashes: ReadonlyMap<string, string>,
		changes: ChangeList,
	) {
		this.client = client;
		this.hashes = hashes;
		this.changes = changes;
		for (const key of hashes.keys()) {
			const area = Number(key.split(" ")[0]);
			const keys = this.stored.get(area);
			if (keys) keys.push(key);
			else this.stored.set(area, [key]);
		}
	}

	/** @param months everything there is to store of these areas: a month that is missing is removed. */
	async write(
		months: readonly Month[],
		areas: readonly number[],
	): Promise<void> {
		const given = new Set(months.map(keyOf));
		const gone = areas
			.flatMap((area) => this.stored.get(area) ?? [])
			.filter((key) => !given.has(key))
			.map(emptyMonth);
		const changed = [...months, ...gone].filter(
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
		wanted: readonly PackedRows[],
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
		const width = WIDTH[table];
		for (const packed of wanted) {
			const isNew = before.size === 0 && this.changes.isBulk;
			if (isNew) this.changes.note(table, packed.length / width);
			for (let at = 0; at < packed.length; at += width) {
				if (!isNew) {
					const row = unpack(packed, at, width);
					const id = keyOfRow(row).join();
					const was = before.get(id);
					before.delete(id);
					if (was === row.join()) continue;
					if (was !== undefined) rewritten.push(keyOfRow(row));
					this.changes.write(table, row);
				}
				added.add(packed, at);
			}
		}
		const removed = [...before.keys()].map((id) => id.split(",").map(Number));
		for (const id of removed) this.changes.remove(table, id);
		await deleteRows(this.client, table, [...rewritten, ...removed]);
		await added.into(this.client);
	}
}

/** A month of which nothing is left. */
function emptyMonth(key: string): Month {
	const [area, indicator, month] = key.split(" ").map(Number);
	const none = new Float64Array();
	return {
		area,
		indicator,
		month,
		hash: "",
		rows: { fact: none, fact_revision: none, claim: none },
	};
}

function unpack(packed: PackedRows, at: number, width: number): ComputedRow {
	const row: ComputedRow = new Array(width);
	for (let place = 0; place < width; place++) {
		const value = packed[at + place];
		row[place] = Number.isNaN(value) ? null : value;
	}
	return row;
}

function keyOf(month: Month): string {
	return partitionKey(month.area, month.indicator, month.month);
}
