/** Builds the SQLite file of a snapshot from the rows sent to it, and cuts it into compressed chunks. */
import { createHash } from "node:crypto";
import {
	closeSync,
	existsSync,
	openSync,
	readFileSync,
	readSync,
} from "node:fs";
import { join } from "node:path";
import { constants, zstdCompressSync } from "node:zlib";
import Database from "better-sqlite3";
import { sqliteWrite } from "../../core/feed/block.ts";
import {
	CUBE_TABLE,
	type CubeBuilder,
	cubeBuilder,
} from "../../core/feed/cube-table.ts";
import type { FeedValue } from "../../core/feed/digest.ts";
import {
	FEED_SCHEMA_VERSION,
	FEED_TABLES,
	type FeedTable,
	feedTable,
	sqliteIndexes,
	sqliteTable,
} from "../../core/feed/table.ts";
import {
	removeUnlessHeld,
	removeWhenFree,
	replaceFile,
} from "../../machine/files/durable-file.ts";
import "../../machine/thread/load-sqlite.ts";
import { given, serve } from "../../machine/thread/serve.ts";
import { copyTextReader } from "./copy-text.ts";
import type { SnapshotContent, SnapshotMethods } from "./snapshot-methods.ts";

const ROWS_PER_STATEMENT = 128;
const CHUNK = 4 * 1024 * 1024;

const folder = given<string>();
const path = join(folder, "building.db");
removeWhenFree(path);
removeWhenFree(`${path}-journal`);

const database = new Database(path);
// Nobody reads the file before it is finished, and an unfinished one is thrown away: no journal, no waiting for the disk.
database.pragma("page_size = 8192");
database.pragma("journal_mode = OFF");
database.pragma("synchronous = OFF");
database.pragma("locking_mode = EXCLUSIVE");
database.pragma("cache_size = -131072");
database.pragma(`user_version = ${FEED_SCHEMA_VERSION}`);
for (const table of FEED_TABLES) database.exec(sqliteTable(table));
database.exec(CUBE_TABLE);
database.exec("BEGIN");

let seq = 0;
let builder: CubeBuilder = cubeBuilder([]);
const rows: Record<string, number> = {};

/** Takes the rows of one table. They come in key order, so that the pages of the file are filled one after the other. */
interface TableWriter {
	read(piece: Buffer): void;
	end(): void;
}

function tableWriter(table: FeedTable): TableWriter {
	const write = database.prepare(sqliteWrite(table, ROWS_PER_STATEMENT));
	const width = table.columns.length;
	const parameters: FeedValue[] = new Array(ROWS_PER_STATEMENT * width);
	const areas: { id: number; level: number }[] = [];
	let filled = 0;
	let count = 0;
	const read = copyTextReader(table, (values) => {
		for (let i = 0; i < width; i++) parameters[filled++] = values[i];
		count++;
		if (table.name === "fact") intoCubes(values);
		if (table.name === "area")
			areas.push({ id: values[0] as number, level: values[2] as number });
		if (filled === parameters.length) {
			// Spread: better-sqlite3 takes arguments twice as fast as the elements of an array.
			write.run(...parameters);
			filled = 0;
		}
	});
	return {
		read,
		end() {
			const one = database.prepare(sqliteWrite(table, 1));
			for (let at = 0; at < filled; at += width)
				one.run(parameters.slice(at, at + width));
			rows[table.name] = count;
			if (table.name === "area") builder = cubeBuilder(areas);
		},
	};
}

const factColumns = feedTable("fact").columns.map(({ name }) => name);
const [INDICATOR, AREA, DAY, VALUE, MARKS] = [
	"indicator",
	"area",
	"day",
	"value",
	"marks",
].map((name) => factColumns.indexOf(name));

function intoCubes(fact: readonly FeedValue[]): void {
	builder.add(
		fact[INDICATOR] as number,
		fact[AREA] as number,
		fact[DAY] as number,
		fact[VALUE] as number | null,
		fact[MARKS] as number,
	);
}

function finish(): SnapshotContent {
	const cubes = builder.finish();
	const write = database.prepare(
		`INSERT INTO "cube" VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
	);
	for (const { indicator, level, areas, value, marks } of cubes.cubes.values())
		write.run(
			indicator,
			level,
			cubes.firstDay,
			cubes.days,
			areas,
			Buffer.from(value.buffer),
			Buffer.from(marks.buffer),
			seq,
		);
	for (const table of FEED_TABLES)
		for (const index of sqliteIndexes(table)) database.exec(index);
	database.exec("COMMIT");
	const answer = database.pragma("quick_check(1)", { simple: true });
	if (answer !== "ok") throw new Error(`the snapshot is damaged: ${answer}`);
	database.close();
	const cut = cutIntoChunks();
	// The next snapshot removes what stays.
	removeUnlessHeld(path);
	return { ...cut, rows };
}

function cutIntoChunks(): Pick<SnapshotContent, "file" | "chunks"> {
	const whole = createHash("sha256");
	const chunks: SnapshotContent["chunks"] = [];
	const file = openSync(path, "r");
	const buffer = Buffer.allocUnsafe(CHUNK);
	let bytes = 0;
	try {
		for (;;) {
			const length = readSync(file, buffer, 0, CHUNK, null);
			if (length === 0) break;
			const raw = buffer.subarray(0, length);
			whole.update(raw);
			bytes += length;
			const packed = zstdCompressSync(raw, {
				params: {
					[constants.ZSTD_c_compressionLevel]: 2,
					// Whoever unpacks it compares what comes out, at a tenth of the cost of a SHA-256 over the whole file.
					[constants.ZSTD_c_checksumFlag]: 1,
				},
			});
			const sha256 = createHash("sha256").update(packed).digest("hex");
			store(sha256, packed);
			chunks.push({ sha256, bytes: packed.length, raw_bytes: length });
		}
	} finally {
		closeSync(file);
	}
	return { file: { bytes, sha256: whole.digest("hex") }, chunks };
}

function store(sha256: string, packed: Buffer): void {
	const target = join(folder, sha256);
	// The same rows make the same chunk again; one that the disk has damaged is replaced.
	if (existsSync(target) && readFileSync(target).equals(packed)) return;
	replaceFile(target, packed);
}

let current: TableWriter | null = null;
serve<SnapshotMethods>({
	begin(of) {
		seq = of;
	},
	table(name) {
		current?.end();
		current = tableWriter(feedTable(name));
	},
	rows: (bytes) =>
		current?.read(
			Buffer.from(
				bytes.buffer as ArrayBuffer,
				bytes.byteOffset,
				bytes.byteLength,
			),
		),
	finish() {
		current?.end();
		return finish();
	},
});
