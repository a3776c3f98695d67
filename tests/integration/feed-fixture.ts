import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import {
	createServer,
	type IncomingMessage,
	request,
	type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type pg from "pg";
import type { SyncState } from "../../core/api/state.ts";
import { blockOf } from "../../core/feed/block.ts";
import type { FeedValue } from "../../core/feed/digest.ts";
import {
	type Block,
	Digest,
	Head,
	SignedDigest,
	SignedHead,
} from "../../core/feed/publication.ts";
import { type FeedTableName, feedTable } from "../../core/feed/table.ts";
import { monthOf } from "../../core/series/day.ts";
import { type Published, publishChanges } from "../../hub/publish/publish.ts";
import { type HubDatabase, openHubDatabase } from "../../hub/store/database.ts";
import { buildCubes, loadCubes } from "../../main/backend/replica/cubes.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import {
	createWriter,
	type Writer,
} from "../../main/backend/replica/writer.ts";
import {
	createSync,
	type Sync,
	type SyncOptions,
} from "../../main/backend/sync/sync.ts";

/** First day of the facts written here. */
export const FIRST_DAY = 18_323; // 2020-03-02

/** A folder that also the account of the database may pass through. */
export function temporaryFolder(name: string): {
	path: string;
	remove: () => void;
} {
	const path = mkdtempSync(join(tmpdir(), `blc-${name}-`));
	chmodSync(path, 0o755);
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface FeedHub {
	readonly db: HubDatabase;
	readonly dataFolder: string;
	/** Regencies and provinces by id. */
	readonly areas: readonly number[];
	remove(): Promise<void>;
}

/** A hub's database and data folder, with areas and no reports. */
export async function openFeedHub(): Promise<FeedHub> {
	const folder = temporaryFolder("feed");
	const dataFolder = folder.path;
	const db = await openHubDatabase({ dataFolder });
	// The rows every hub begins with are published by the first publication here, which is a bulk one.
	await db.pool.query("DELETE FROM dirty");
	const { rows } = await db.pool.query(
		"SELECT id FROM area WHERE level < 3 ORDER BY id",
	);
	return {
		db,
		dataFolder,
		areas: rows.map(({ id }) => id),
		async remove() {
			await db.stop();
			folder.remove();
		},
	};
}

export type FactRow = FeedValue[];

/** A fact in the order of the table's columns. */
export function fact(
	area: number,
	day: number,
	value: number | null,
	indicator = 1,
): FactRow {
	return [
		indicator,
		monthOf(day),
		area,
		day,
		value,
		1,
		value === null ? 4 : 1,
		value === null ? 1 : 0,
		day,
		null,
		null,
	];
}

/** Writes and removes rows in the hub's tables and says so, as reconciliation does. */
export function changing(
	written: Partial<Record<FeedTableName, readonly FeedValue[][]>>,
	removed: Partial<Record<FeedTableName, readonly FeedValue[][]>> = {},
	bulk = false,
): (
	client: pg.PoolClient,
) => Promise<{ rows: number; blocks: Block[] | null }> {
	return async (client) => {
		const blocks: Block[] = [];
		let rows = 0;
		for (const [name, keys] of Object.entries(removed)) {
			const table = feedTable(name as FeedTableName);
			for (const key of keys)
				await client.query(
					`DELETE FROM "${name}" WHERE ${table.key.map((column, i) => `"${column}" = $${i + 1}`).join(" AND ")}`,
					key,
				);
			blocks.push(blockOf(table, "D", keys));
			rows += keys.length;
		}
		for (const [name, values] of Object.entries(written)) {
			const table = feedTable(name as FeedTableName);
			const columns = table.columns.map((column) => `"${column.name}"`);
			// One statement, from JSON: these are thousands of rows.
			await client.query(
				`INSERT INTO "${name}" (${columns.join(", ")})
				 SELECT ${columns.join(", ")} FROM json_populate_recordset(NULL::"${name}", $1)
				 ON CONFLICT (${table.key.map((column) => `"${column}"`).join(", ")})
				 DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}`,
				[
					JSON.stringify(
						values.map((row) =>
							Object.fromEntries(
								table.columns.map((column, i) => [column.name, row[i]]),
							),
						),
					),
				],
			);
			blocks.push(blockOf(table, "U", values));
			rows += values.length;
		}
		return { rows, blocks: bulk ? null : blocks };
	};
}

/** Publishes facts of every area for some days; `seed` makes other values. */
export function publishDays(
	hub: FeedHub,
	days: readonly number[],
	seed: number,
	bulk = false,
): Promise<Published | null> {
	const rows = days.flatMap((day) =>
		hub.areas.map((area) =>
			fact(
				area,
				FIRST_DAY + day,
				(area + day) % 17 === 0 ? null : ((area * 31 + day * seed) % 1000) / 2,
			),
		),
	);
	return publishChanges(hub.db, changing({ fact: rows }, {}, bulk));
}

export interface Workstation {
	readonly folder: string;
	readonly writer: Writer;
	readonly sync: Sync;
	readonly states: SyncState[];
	readonly logs: string[];
	/** Resolves when a state is as asked for; at once when the present one is. */
	until(wanted: (state: SyncState) => boolean): Promise<SyncState>;
	/** Resolves when the replica is at a publication and idle. */
	untilAt(seq: number): Promise<void>;
	/** Whether the replica is at a publication; 0: there is none. */
	isAt(seq: number): boolean;
	close(): Promise<void>;
}

/** The part of a workstation's backend that follows a hub, without its screens. */
export function startWorkstation(
	folder: string,
	hub: {
		url: string;
		publicKey: string;
		snapshotFolder?: string;
		credential?: string;
	},
	timing: SyncOptions["timing"] = {},
): Workstation {
	const states: SyncState[] = [];
	const logs: string[] = [];
	let seq = 0;
	let listeners: (() => void)[] = [];
	const happened = (): void => {
		for (const listener of listeners) listener();
	};
	const writer = createWriter({
		folder: join(folder, "replica"),
		onSwitched: (replica) => {
			seq = replica?.seq ?? 0;
		},
		onChanged: (change) => {
			seq = change.seq;
			happened();
		},
		log: (message) => logs.push(message),
	});
	const sync = createSync({
		hubUrl: hub.url,
		publicKey: hub.publicKey,
		snapshotFolder: hub.snapshotFolder,
		credential: hub.credential,
		writer,
		folder,
		timing: { retryLeast: 20, retryMost: 200, request: 10_000, ...timing },
		onState: (state) => {
			states.push(state);
			happened();
		},
		log: (message) => logs.push(message),
	});
	async function until(
		wanted: (state: SyncState) => boolean,
	): Promise<SyncState> {
		while (!wanted(sync.state))
			await new Promise<void>((resolve) => {
				const listener = (): void => {
					listeners = listeners.filter((entry) => entry !== listener);
					resolve();
				};
				listeners.push(listener);
			});
		return sync.state;
	}
	return {
		folder,
		writer,
		sync,
		states,
		logs,
		until,
		isAt: (wanted) => seq === wanted,
		async untilAt(wanted) {
			await until((state) => state.kind === "idle" && seq === wanted);
		},
		async close() {
			await sync.close();
			await writer.close();
		},
	};
}

/** Asks a hub over HTTP for its head, unverified. */
export async function headOf(url: string): Promise<Head> {
	const response = await fetch(`${url}/v1/head`);
	const signed = SignedHead.parse(await response.json());
	return Head.parse(JSON.parse(signed.payload));
}

/** Asks a hub over HTTP for the digest of its newest publication. */
export async function digestOf(url: string): Promise<Digest> {
	const { epoch, seq } = await headOf(url);
	const response = await fetch(`${url}/v1/${epoch}/digest?at=${seq}`);
	if (!response.ok) throw new Error(`digest: ${response.status}`);
	const { payload } = SignedDigest.parse(await response.json());
	return Digest.parse(JSON.parse(payload));
}

/** Whether the cubes that a replica keeps are those of its facts, and its file is whole. */
export function replicaIsSound(folder: string): {
	check: unknown;
	cubesEqual: boolean;
} {
	const path = currentReplica(join(folder, "replica"));
	if (!path) throw new Error("no replica");
	const database = new Database(path, { readonly: true });
	try {
		const kept = loadCubes(database);
		const built = buildCubes(database);
		const cubesEqual =
			kept.changed.size === 0 &&
			kept.firstDay === built.firstDay &&
			kept.days === built.days &&
			[...built.cubes].every(([key, cube]) => {
				const other = kept.cubes.get(key);
				return (
					other !== undefined &&
					Buffer.from(other.value.buffer).equals(
						Buffer.from(cube.value.buffer),
					) &&
					Buffer.from(other.marks.buffer).equals(Buffer.from(cube.marks.buffer))
				);
			});
		return {
			check: database.pragma("integrity_check", { simple: true }),
			cubesEqual,
		};
	} finally {
		database.close();
	}
}

/** What a proxy does with one answer. */
export interface Interference {
	/** Changes the body. */
	body?: (body: Buffer) => Buffer;
	status?: number;
	/** Breaks the connection instead of answering. */
	cut?: boolean;
	/** Never answers, nor ends. */
	silence?: boolean;
	/** Passes so many bytes of the body as if they were all; with `thenSilence` the connection stays open, without it breaks. */
	firstBytes?: number;
	thenSilence?: boolean;
}

export interface HubProxy {
	readonly url: string;
	/** Paths asked for, in order. */
	readonly asked: string[];
	/** Decides about each request; undefined lets it pass. */
	interfere: (path: string) => Interference | undefined;
	/** Where requests go: a hub that was restarted has another address. */
	target: string;
	/** Breaks all connections under way. */
	breakAll(): void;
	close(): Promise<void>;
}

/** A proxy between workstation and hub through which a test damages, delays and counts. */
export async function startProxy(target: string): Promise<HubProxy> {
	const server = createServer((incoming, answer) => {
		const path = incoming.url ?? "";
		proxy.asked.push(path);
		pass(proxy.target, incoming, answer, proxy.interfere(path) ?? {});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const proxy: HubProxy = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked: [],
		interfere: () => undefined,
		target,
		breakAll: () => server.closeAllConnections(),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
	return proxy;
}

function pass(
	target: string,
	incoming: IncomingMessage,
	answer: ServerResponse,
	interference: Interference,
): void {
	if (interference.silence) return;
	if (interference.cut) {
		incoming.socket.destroy();
		return;
	}
	const outgoing = request(
		target + incoming.url,
		{
			agent: false,
			headers: incoming.headers.authorization
				? { authorization: incoming.headers.authorization }
				: {},
		},
		(source) => {
			const status = interference.status ?? source.statusCode ?? 502;
			if (interference.firstBytes !== undefined) {
				const { firstBytes, thenSilence } = interference;
				answer.writeHead(status, source.headers);
				source.once("data", (part: Buffer) => {
					answer.write(part.subarray(0, firstBytes), () => {
						if (!thenSilence) answer.destroy();
					});
					source.destroy();
				});
				return;
			}
			if (!interference.body) {
				answer.writeHead(status, source.headers);
				source.pipe(answer);
				source.on("error", () => answer.destroy());
				return;
			}
			const parts: Buffer[] = [];
			source.on("data", (part) => parts.push(part));
			source.on("end", () => {
				const body = interference.body?.(Buffer.concat(parts));
				answer.writeHead(status, { "content-type": "application/json" });
				answer.end(body);
			});
		},
	);
	outgoing.on("error", () => incoming.socket.destroy());
	answer.on("close", () => outgoing.destroy());
	outgoing.end();
}

/** A copy with one bit changed, in the middle. */
export function withBitFlipped(bytes: Buffer): Buffer {
	const copy = Buffer.from(bytes);
	copy[copy.length >> 1] ^= 0x04;
	return copy;
}
