/**
 * Installing a snapshot beside copying the same bytes, and applying publications beside `sqlite3 .import` of the same rows. Installing is
 * everything from verified chunks on: hash, unpack, write, compare with the manifest, bring to the disk, open, switch. Applying is
 * everything from segments on: chain, unpack, check, rows, cubes, cursor. Budgets: 0.8 of `cp` with fsync; twice `.import`; a day within
 * 50 ms.
 */
import { spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
	appendFileSync,
	closeSync,
	fsyncSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import Database from "better-sqlite3";
import { blockOf } from "../../core/feed/block.ts";
import type { FeedValue } from "../../core/feed/digest.ts";
import {
	CHAIN_START,
	chainInput,
	type Segment,
	type SnapshotManifest,
	STREAM,
} from "../../core/feed/publication.ts";
import {
	FEED_SCHEMA_VERSION,
	FEED_TABLES,
	feedTable,
} from "../../core/feed/table.ts";
import { monthOf } from "../../core/series/day.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { startSnapshotFile } from "../../hub/publish/snapshot-file.ts";
import type { FetchedSegment } from "../../main/backend/replica/apply.ts";
import { createWriter } from "../../main/backend/replica/writer.ts";

const AREAS = 584;
const DAYS = 400;
const INDICATORS = [1, 2, 3, 5, 6, 7, 8];
const FIRST = 18_323;
const ROUNDS = 5;
const DAYS_PER_ROUND = 48; // just below the 200,000 rows of the largest segment
const EPOCH = randomUUID();

const home = mkdtempSync(join(tmpdir(), "blc-bench-"));
const random = createRandom("bench");

/** Facts in key order, growing like cumulative counts. */
function* facts(
	indicators: readonly number[],
	firstDay: number,
	days: number,
): Generator<FeedValue[]> {
	const months = new Map<number, number[]>();
	for (let day = firstDay; day < firstDay + days; day++)
		months.set(monthOf(day), [...(months.get(monthOf(day)) ?? []), day]);
	for (const indicator of indicators)
		for (const [month, inMonth] of months)
			for (let area = 0; area < AREAS; area++)
				for (const day of inMonth)
					yield [
						...[indicator, month, area, day],
						(day - FIRST) * (area + 1) + random.integer(50),
						...[1, 1, 0, day + random.integer(3), 1, 1],
					];
}

function timed(work: () => void): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

const median = (values: number[]): number =>
	values.toSorted((a, b) => a - b)[values.length >> 1];

/** A snapshot made by the hub's own builder. */
async function snapshot(): Promise<{
	manifest: SnapshotManifest;
	chunks: string[];
}> {
	const folder = join(home, "snapshots");
	mkdirSync(folder);
	const file = startSnapshotFile(folder);
	await file.begin(1);
	for (const { name } of FEED_TABLES) {
		await file.table(name);
		if (name === "area")
			for (let id = 0; id < AREAS; id++) {
				const level = id === 0 ? 0 : id < 36 ? 1 : 2;
				await file.rows(
					Buffer.from(
						`${id}\tcode ${id}\t${level}\tArea ${id}\t\\N\t\\N\t\\N\t\\N\t\\N\t[]\t\\N\t\\N\t\\N\t\\N\n`,
					),
				);
			}
		if (name !== "fact") continue;
		let lines: string[] = [];
		for (const row of facts(INDICATORS, FIRST, DAYS)) {
			lines.push(row.join("\t"));
			if (lines.length === 20_000) {
				await file.rows(Buffer.from(`${lines.join("\n")}\n`));
				lines = [];
			}
		}
		if (lines.length > 0) await file.rows(Buffer.from(`${lines.join("\n")}\n`));
	}
	const content = await file.finish();
	await file.close();
	return {
		manifest: {
			id: "bench",
			epoch: EPOCH,
			seq: 1,
			chain: CHAIN_START,
			schema_ver: FEED_SCHEMA_VERSION,
			committed_at: "2021-04-06T00:00:00.000Z",
			...content,
		},
		chunks: content.chunks.map(({ sha256 }) => join(folder, sha256)),
	};
}

let seq = 1;
let chain = CHAIN_START;
/** A segment as the hub cuts it, following the one before. */
function segment(rows: FeedValue[][]): FetchedSegment {
	const body: Segment = {
		epoch: EPOCH,
		stream: STREAM,
		seq: seq + 1,
		prev_seq: seq,
		committed_at: "2021-04-06T00:00:00.000Z",
		schema_ver: FEED_SCHEMA_VERSION,
		snapshot_only: false,
		blocks: [blockOf(feedTable("fact"), "U", rows)],
	};
	const bytes = zstdCompressSync(JSON.stringify(body));
	chain = createHash("sha256").update(chainInput(chain, bytes)).digest("hex");
	seq++;
	const sha256 = createHash("sha256").update(bytes).digest("hex");
	const path = join(home, sha256);
	writeFileSync(path, bytes);
	return { seq, sha256, path };
}

function copyDurably(from: string, to: string): void {
	spawnSync("cp", [from, to]);
	const file = openSync(to, "r+");
	fsyncSync(file);
	closeSync(file);
}

function importCsv(database: string, csv: string): void {
	const { status, stderr } = spawnSync(
		"sqlite3",
		[
			database,
			"PRAGMA synchronous = NORMAL",
			".mode csv",
			`.import ${csv} fact`,
		],
		{ encoding: "utf8" },
	);
	if (status !== 0) throw new Error(stderr || "sqlite3 is not installed");
}

try {
	const { manifest, chunks } = await snapshot();
	const rows = manifest.rows.fact;
	const raw = join(home, "raw.db");
	for (const chunk of chunks)
		appendFileSync(raw, zstdDecompressSync(readFileSync(chunk)));
	const megabytes = statSync(raw).size / 1e6;
	const packed = chunks.reduce((sum, path) => sum + statSync(path).size, 0);
	console.log(
		`snapshot: ${rows} facts, ${megabytes.toFixed(0)} MB, ${(packed / 1e6).toFixed(0)} MB packed`,
	);

	const folder = join(home, "replica");
	const writer = createWriter({ folder });
	await writer.open();
	const installs: number[] = [];
	const copies: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		copies.push(timed(() => copyDurably(raw, join(home, "copy.db"))));
		rmSync(join(home, "copy.db"));
		const start = performance.now();
		await writer.install({ manifest, chunks });
		installs.push(performance.now() - start);
		await writer.removeOld();
	}
	const install = median(installs);
	const copy = median(copies);
	console.log(
		`install ${install.toFixed(0)} ms, cp + fsync ${copy.toFixed(0)} ms: ${(copy / install).toFixed(2)} x cp (budget 0.8)`,
	);

	// In turns, so that whatever else the machine does falls on both alike.
	const imported = join(home, "import.db");
	copyDurably(raw, imported);
	const target = new Database(imported);
	target.pragma("journal_mode = WAL");
	target.close();
	const csv = join(home, "facts.csv");
	const applies: number[] = [];
	const imports: number[] = [];
	let rowsPerRound = 0;
	for (let round = 0; round < ROUNDS; round++) {
		const first = FIRST + DAYS + round * DAYS_PER_ROUND;
		const later = [...facts(INDICATORS, first, DAYS_PER_ROUND)];
		rowsPerRound = later.length;
		const one = segment(later);
		writeFileSync(csv, later.map((row) => row.join(",")).join("\n"));
		const start = performance.now();
		await writer.apply({
			target: { epoch: EPOCH, seq, chain },
			segments: [one],
		});
		applies.push(performance.now() - start);
		imports.push(timed(() => importCsv(imported, csv)));
	}
	const apply = median(applies);
	const importTime = median(imports);
	console.log(
		`bulk apply of ${rowsPerRound} rows ${apply.toFixed(0)} ms (${((rowsPerRound / apply) * 1000).toFixed(0)} rows/s), sqlite3 .import ${importTime.toFixed(0)} ms: ${(importTime / apply).toFixed(2)} x .import (budget 2)`,
	);

	const days: number[] = [];
	for (let day = 0; day < 15; day++) {
		const one = segment([
			...facts(INDICATORS, FIRST + DAYS + ROUNDS * DAYS_PER_ROUND + day, 1),
		]);
		const start = performance.now();
		await writer.apply({
			target: { epoch: EPOCH, seq, chain },
			segments: [one],
		});
		days.push(performance.now() - start);
	}
	console.log(
		`apply a day of ${AREAS * INDICATORS.length} rows: p50 ${median(days).toFixed(0)} ms (budget 50 for 7,300 rows)`,
	);
	await writer.close();
} finally {
	rmSync(home, { recursive: true, force: true });
}
