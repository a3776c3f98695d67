import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import type Database from "better-sqlite3";
import { z } from "zod";
import {
	rowsIn,
	sqliteDelete,
	sqliteWrite,
	tableOf,
} from "../../../core/feed/block.ts";
import type { Cubes } from "../../../core/feed/cube-table.ts";
import type { FeedValue } from "../../../core/feed/digest.ts";
import { Block, chainInput, Segment } from "../../../core/feed/publication.ts";
import {
	FEED_SCHEMA_VERSION,
	type FeedTable,
} from "../../../core/feed/table.ts";
import { loadCubes, storeCubes, updateCubes } from "./cubes.ts";
import { SyncFailure } from "./failure.ts";
import {
	provinceOf,
	readCursor,
	timed,
	writeCursor,
} from "./replica-database.ts";

/** Rows written by one statement: more is no faster, and the statement's text grows with it. */
const ROWS_PER_STATEMENT = 128;
/** A segment is at most 200,000 rows of some 30 columns; whatever unpacks to more is not one. */
const LARGEST_SEGMENT = 512 * 1024 * 1024;

/**
 * A segment without a look at each of its values: those are checked by the STRICT tables they go into, and looking at them here costs as
 * much as writing them.
 */
const Outline = Segment.extend({
	blocks: z.array(
		Block.extend({
			values: z.array(z.custom<FeedValue[]>((column) => Array.isArray(column))),
		}),
	),
});

/** A segment fetched and lying in a file, not yet trusted. */
export interface FetchedSegment {
	readonly seq: number;
	readonly sha256: string;
	readonly path: string;
}

/** Where the signed head says the log stands; the segments must lead there. */
export interface LogTarget {
	readonly epoch: string;
	readonly seq: number;
	readonly chain: string;
}

/**
 * Checks that the segments lead from the replica's cursor to the target: nothing is written unless all of them are what was signed.
 * @returns the chain hash after each segment
 */
export function verifyChain(
	database: Database.Database,
	target: LogTarget,
	segments: readonly FetchedSegment[],
): string[] {
	const cursor = readCursor(database);
	// The log of the country would go into what holds only a part of it.
	if (provinceOf(cursor) !== null)
		throw new SyncFailure("snapshot-needed", "the replica is of one province");
	if (cursor.epoch !== target.epoch)
		throw new SyncFailure("snapshot-needed", "the replica is of another epoch");
	if (cursor.seq + segments.length !== target.seq)
		throw new SyncFailure(
			"chain",
			`${segments.length} segments do not lead from publication ${cursor.seq} to ${target.seq}`,
		);
	let { chain } = cursor;
	const chains = segments.map((segment, i) => {
		if (segment.seq !== cursor.seq + 1 + i)
			throw new SyncFailure(
				"chain",
				`segment ${segment.seq} found, ${cursor.seq + 1 + i} expected`,
			);
		chain = nextChain(chain, readSegment(segment));
		return chain;
	});
	if (chain !== target.chain)
		throw new SyncFailure(
			"chain",
			`the log up to publication ${target.seq} is not the one that was signed`,
		);
	return chains;
}

/** What the writer keeps between publications. */
export interface OpenReplica {
	readonly database: Database.Database;
	/** Read from the replica when the first publication comes; null until then. */
	cubes: Cubes | null;
	readonly report: (message: string) => void;
}

/**
 * Applies one segment: rows, cubes, cursor and chain hash in one transaction.
 * @param chain the verified chain hash after this segment
 * @returns the tables it changed
 */
export function applySegment(
	replica: OpenReplica,
	fetched: FetchedSegment,
	chain: string,
): string[] {
	const { database, report } = replica;
	const cursor = readCursor(database);
	const bytes = readSegment(fetched);
	if (nextChain(cursor.chain, bytes) !== chain)
		throw new SyncFailure("chain", `segment ${fetched.seq} has changed`);
	const segment = parseSegment(bytes, fetched.seq);
	if (segment.epoch !== cursor.epoch)
		throw new SyncFailure("chain", `segment ${fetched.seq} of another epoch`);
	if (segment.prev_seq !== cursor.seq || segment.seq !== fetched.seq)
		throw new SyncFailure(
			"chain",
			`segment ${segment.seq} follows ${segment.prev_seq}; the replica is at ${cursor.seq}`,
		);
	if (segment.snapshot_only)
		throw new SyncFailure(
			"snapshot-needed",
			`publication ${segment.seq} is only in a snapshot`,
		);
	const run = database.transaction(() => {
		const cubes = replica.cubes ?? loadCubes(database);
		for (const block of segment.blocks)
			timed(`${block.op} ${block.table} (${rowsIn(block)} rows)`, report, () =>
				applyBlock(database, block),
			);
		timed("cubes", report, () => {
			replica.cubes = updateCubes(database, cubes, segment.blocks);
			storeCubes(database, replica.cubes, segment.seq);
		});
		// Read again, inside the transaction.
		const now = readCursor(database);
		if (now.epoch !== segment.epoch || now.seq !== segment.prev_seq)
			throw new SyncFailure("chain", "another process moved the replica");
		writeCursor(database, {
			...now,
			seq: segment.seq,
			chain,
			committedAt: Date.parse(segment.committed_at),
		});
	});
	run.immediate();
	return [...new Set(segment.blocks.map((block) => block.table))];
}

function applyBlock(database: Database.Database, block: Block): void {
	let table: FeedTable;
	try {
		table = tableOf(block);
	} catch (error) {
		throw new SyncFailure("schema", (error as Error).message);
	}
	const rows = rowsIn(block);
	if (block.op === "D") {
		const remove = database.prepare(sqliteDelete(table));
		for (let row = 0; row < rows; row++)
			remove.run(block.values.map((column) => column[row]));
		return;
	}
	let row = 0;
	for (const perStatement of [ROWS_PER_STATEMENT, 1]) {
		const write = database.prepare(sqliteWrite(table, perStatement));
		const width = table.columns.length;
		const parameters: FeedValue[] = new Array(perStatement * width);
		for (; row + perStatement <= rows; row += perStatement) {
			for (let c = 0; c < width; c++) {
				const column = block.values[c];
				for (let r = 0; r < perStatement; r++)
					parameters[r * width + c] = column[row + r];
			}
			// Spread: better-sqlite3 takes arguments twice as fast as the elements of an array.
			write.run(...parameters);
		}
	}
}

function readSegment({ path, sha256, seq }: FetchedSegment): Buffer {
	const bytes = readFileSync(path);
	if (createHash("sha256").update(bytes).digest("hex") !== sha256)
		throw new SyncFailure("chain", `segment ${seq} is damaged`);
	return bytes;
}

function nextChain(previous: string, bytes: Uint8Array): string {
	return createHash("sha256").update(chainInput(previous, bytes)).digest("hex");
}

function parseSegment(bytes: Buffer, seq: number): Segment {
	let value: unknown;
	try {
		value = JSON.parse(
			zstdDecompressSync(bytes, {
				maxOutputLength: LARGEST_SEGMENT,
			}).toString("utf8"),
		);
	} catch (error) {
		throw new SyncFailure(
			"chain",
			`segment ${seq} cannot be read: ${(error as Error).message}`,
		);
	}
	const version = (value as { schema_ver?: unknown } | null)?.schema_ver;
	if (version !== FEED_SCHEMA_VERSION)
		throw new SyncFailure(
			"schema",
			`segment ${seq}: feed schema ${version} found, ${FEED_SCHEMA_VERSION} expected`,
		);
	const result = Outline.safeParse(value);
	if (!result.success)
		throw new SyncFailure("schema", `segment ${seq}: ${result.error.message}`);
	return result.data;
}
