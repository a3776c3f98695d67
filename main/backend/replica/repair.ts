import { randomInt } from "node:crypto";
import {
	rowsIn,
	sqliteDelete,
	sqliteWrite,
	tableOf,
} from "../../../core/feed/block.ts";
import {
	divisionOf,
	type FeedValue,
	type PartName,
} from "../../../core/feed/digest.ts";
import type { Block } from "../../../core/feed/publication.ts";
import {
	type FeedTable,
	type FeedTableName,
	feedTable,
} from "../../../core/feed/table.ts";
import type { OpenReplica } from "./apply.ts";
import { buildCubes, storeCubes } from "./cubes.ts";
import { replicaPlaces } from "./digest.ts";
import { readCursor } from "./replica-database.ts";

/** A part of the replica and what the hub says its rows are. */
export interface RepairedPart extends PartName {
	readonly table: FeedTableName;
	/** Null: the hub has no such part. */
	readonly block: Block | null;
}

/**
 * Replaces the rows of parts and makes the cubes anew, in one transaction.
 * @param at the publication the parts are of
 * @returns false, with nothing written, when the replica is at another publication
 */
export function repairParts(
	replica: OpenReplica,
	at: { readonly epoch: string; readonly seq: number },
	parts: readonly RepairedPart[],
): boolean {
	const { database } = replica;
	return database
		.transaction(() => {
			const cursor = readCursor(database);
			if (cursor.epoch !== at.epoch || cursor.seq !== at.seq) return false;
			replaceParts(replica, parts);
			makeCubes(replica, cursor.seq);
			return true;
		})
		.immediate();
}

/** Replaces the rows of parts, in the caller's transaction. */
export function replaceParts(
	replica: OpenReplica,
	parts: readonly RepairedPart[],
): void {
	const { database } = replica;
	// Whoever keeps what was read of the damaged rows knows by another number that these are others (query/position).
	database.pragma(`application_id = ${randomInt(1, 2 ** 31)}`);
	// Areas and facilities first: they say in which part the other rows are.
	const whole = parts.filter(({ month }) => month === null);
	const divided = parts.filter(({ month }) => month !== null);
	for (const part of whole) {
		database.exec(`DELETE FROM "${feedTable(part.table).name}"`);
		write(replica, part);
	}
	const places = replicaPlaces(database);
	for (const part of divided) {
		const table = feedTable(part.table);
		const division = divisionOf(table.key, places);
		const keys = database
			.prepare(
				`SELECT ${names(table.key)} FROM "${table.name}" WHERE "month" = ?`,
			)
			.raw()
			.all(part.month) as FeedValue[][];
		const remove = database.prepare(sqliteDelete(table));
		for (const key of keys)
			if (division?.(key).province === part.province) remove.run(key);
		write(replica, part);
	}
}

/** Makes all cubes anew from the facts, in the caller's transaction. */
export function makeCubes(replica: OpenReplica, seq: number): void {
	const { database } = replica;
	database.exec(`DELETE FROM "cube"`);
	replica.cubes = buildCubes(database);
	storeCubes(database, replica.cubes, seq);
}

function write({ database }: OpenReplica, { block }: RepairedPart): void {
	if (block === null) return;
	const table: FeedTable = tableOf(block);
	const insert = database.prepare(sqliteWrite(table, 1));
	for (let row = 0; row < rowsIn(block); row++)
		insert.run(block.values.map((column) => column[row]));
}

function names(columns: readonly string[]): string {
	return columns.map((name) => `"${name}"`).join(", ");
}
