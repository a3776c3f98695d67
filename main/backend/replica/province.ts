import { mkdirSync } from "node:fs";
import Database from "better-sqlite3";
import { CUBE_TABLE } from "../../../core/feed/cube-table.ts";
import { differences } from "../../../core/feed/digest.ts";
import type { Digest } from "../../../core/feed/publication.ts";
import {
	FEED_SCHEMA_VERSION,
	FEED_TABLES,
	type FeedTableName,
	sqliteIndexes,
	sqliteTable,
} from "../../../core/feed/table.ts";
import {
	removeWhenFree,
	renameWhenFree,
	syncFile,
} from "../../../machine/files/durable-file.ts";
import type { OpenReplica } from "./apply.ts";
import { replicaDigest } from "./digest.ts";
import { SyncFailure } from "./failure.ts";
import { newReplicaPath, switchTo } from "./location.ts";
import { makeCubes, type RepairedPart, replaceParts } from "./repair.ts";
import {
	ofProvince,
	openReplica,
	provinceOf,
	readCursor,
	writeCursor,
} from "./replica-database.ts";

/** What brings the replica of a province to a publication. */
export interface ProvinceStep {
	readonly epoch: string;
	readonly seq: number;
	readonly chain: string;
	/** ms since 1970 UTC. */
	readonly committedAt: number;
	/** Code of the province. */
	readonly province: string;
	/** The parts in which the replica differs. */
	readonly parts: readonly RepairedPart[];
	/** What all of it is afterwards, as the hub has signed it. */
	readonly tables: Digest["tables"];
}

/**
 * Takes the parts into the replica: rows, cubes and cursor in one transaction, which is committed only where everything is then what the hub
 * has signed.
 * @throws SyncFailure "chain" when it is not, or the replica is of another log or province
 */
export function takeParts(replica: OpenReplica, step: ProvinceStep): void {
	const { database } = replica;
	database
		.transaction(() => {
			const cursor = readCursor(database);
			if (cursor.epoch !== step.epoch || provinceOf(cursor) !== step.province)
				throw new SyncFailure(
					"chain",
					`the replica is not that of the province ${step.province}`,
				);
			fill(replica, step);
		})
		.immediate();
}

/**
 * Makes a replica of nothing but these parts, beside the one in use, and takes it into use.
 * @returns its path
 */
export function installParts(folder: string, step: ProvinceStep): string {
	mkdirSync(folder, { recursive: true });
	const path = newReplicaPath(
		folder,
		step.epoch,
		`${ofProvince(step.province)}-${step.seq}`,
	);
	const temporary = path.replace(/\.db$/, ".tmp");
	for (const suffix of ["", "-wal", "-shm", "-journal"])
		removeWhenFree(temporary + suffix);
	const empty = new Database(temporary);
	try {
		empty.pragma("page_size = 8192");
		empty.pragma(`user_version = ${FEED_SCHEMA_VERSION}`);
		empty.exec(CUBE_TABLE);
		for (const table of FEED_TABLES) {
			empty.exec(sqliteTable(table));
			for (const index of sqliteIndexes(table)) empty.exec(index);
		}
	} finally {
		empty.close();
	}
	const database = openReplica(temporary, false);
	try {
		const replica: OpenReplica = { database, cubes: null, report: () => {} };
		database.transaction(() => fill(replica, step)).immediate();
	} finally {
		database.close();
	}
	syncFile(temporary);
	renameWhenFree(temporary, path);
	switchTo(folder, path);
	return path;
}

function fill(replica: OpenReplica, step: ProvinceStep): void {
	const { database } = replica;
	const { epoch, seq, chain, committedAt, tables } = step;
	replaceParts(replica, step.parts);
	writeCursor(database, {
		...{ epoch, seq, chain, committedAt, snapshot: ofProvince(step.province) },
	});
	const left = differences(replicaDigest(database).tables, tables);
	if (left.length > 0) {
		// Rows of an area that lies in another province from now on: nobody names their part any more.
		replaceParts(
			replica,
			left.map(({ table, month, province }) => {
				const name = table as FeedTableName;
				return { table: name, month, province, block: null };
			}),
		);
		const [wrong] = differences(replicaDigest(database).tables, tables);
		if (wrong)
			throw new SyncFailure(
				"chain",
				`${wrong.table} ${wrong.month ?? "-"}/${wrong.province ?? "-"} of publication ${seq} is not what was signed`,
			);
	}
	makeCubes(replica, seq);
}
