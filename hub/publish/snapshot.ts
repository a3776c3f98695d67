import { createHash } from "node:crypto";
import {
	createReadStream,
	existsSync,
	mkdirSync,
	readdirSync,
	statSync,
} from "node:fs";
import { join } from "node:path";
import { to as copyTo } from "pg-copy-streams";
import { SnapshotManifest } from "../../core/feed/publication.ts";
import { FEED_SCHEMA_VERSION, FEED_TABLES } from "../../core/feed/table.ts";
import {
	removeFilesUnlessHeld,
	removeWhenFree,
} from "../../machine/files/durable-file.ts";
import { inTransaction } from "../store/database.ts";
import {
	chainAt,
	copyOfTable,
	exclusively,
	forgetSegments,
	holdEpoch,
	keepSnapshots,
	logHead,
	logSince,
	type Queryable,
	snapshots,
	storeSnapshot,
	uncutPublication,
} from "../store/publication.ts";
import type { FeedStore } from "./feed-store.ts";
import { reading } from "./reading.ts";
import { cutSegments } from "./segments.ts";
import { startSnapshotFile } from "./snapshot-file.ts";

/** Snapshots kept: the newest, and the one a workstation may still be fetching. */
const KEPT = 2;

/** The folder of the chunks, each named by its SHA-256. */
export function chunkFolder(dataFolder: string): string {
	return join(dataFolder, "snapshots");
}

/**
 * Whether a snapshot is due: there is none; or a bulk publication came after it, which only a snapshot carries; or the log since then
 * has become long, more than 200 publications or more than a quarter of the snapshot's rows (and at least 100,000), so that a new
 * workstation would rather fetch than apply.
 */
export async function isSnapshotDue(
	client: Queryable,
	newest: { seq: number; rows: number } | undefined,
): Promise<boolean> {
	const since = await logSince(client, newest?.seq ?? 0);
	if (since.publications === 0) return false;
	return (
		!newest ||
		since.bulk ||
		since.publications > 200 ||
		since.rows > Math.max(100_000, newest.rows / 4)
	);
}

/** Makes a snapshot when one is due, then drops what is no longer needed. */
export async function refreshSnapshot(store: FeedStore): Promise<void> {
	const { pool } = store;
	if (!(await mustMake(store))) return;
	await exclusively(pool, "snapshot", async () => {
		// Another process may have made it while this one waited.
		if (!(await mustMake(store))) return;
		await makeSnapshot(store);
		await dropOld(store);
	});
}

async function mustMake(store: FeedStore): Promise<boolean> {
	const [newest] = await snapshots(store.pool);
	if (await isSnapshotDue(store.pool, newest)) return true;
	if (newest === undefined) return false;
	const manifest = SnapshotManifest.parse(JSON.parse(newest.manifest));
	// One made before the feed changed is read by no workstation of this version. The data folder was lost or swapped: a head that names
	// chunks nobody has would lead nowhere.
	return (
		manifest.schema_ver !== FEED_SCHEMA_VERSION ||
		!hasChunks(store.dataFolder, manifest)
	);
}

function hasChunks(dataFolder: string, { chunks }: SnapshotManifest): boolean {
	return chunks.every(({ sha256, bytes }) => {
		const path = join(chunkFolder(dataFolder), sha256);
		return existsSync(path) && statSync(path).size === bytes;
	});
}

/** How long a chunk that was compared with its name is believed to be whole (ms). */
const WHOLE_FOR = 300_000;

/** Looks whether chunks are what their names say, before workstations are given them. */
export interface ChunkCheck {
	/**
	 * Path of a chunk that is whole. A damaged one is removed, and with it the snapshot of which it is a part: the next look makes another.
	 * @returns null when there is none
	 */
	whole(sha256: string): Promise<string | null>;
}

/** However many ask for a chunk at once, it is read once in five minutes. */
export function createChunkCheck(
	dataFolder: string,
	onDamaged: (message: string) => void,
): ChunkCheck {
	const checked = new Map<string, { at: number; whole: Promise<boolean> }>();
	async function check(path: string, sha256: string): Promise<boolean> {
		const hash = createHash("sha256");
		try {
			for await (const piece of createReadStream(path)) hash.update(piece);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
			throw error;
		}
		if (hash.digest("hex") === sha256) return true;
		removeWhenFree(path);
		onDamaged(
			`chunk ${sha256} of a snapshot is damaged on this disk and is made anew`,
		);
		return false;
	}
	return {
		async whole(sha256) {
			const path = join(chunkFolder(dataFolder), sha256);
			const now = Date.now();
			for (const [name, { at }] of checked)
				if (Math.abs(now - at) >= WHOLE_FOR) checked.delete(name);
			let known = checked.get(sha256);
			if (!known) {
				known = { at: now, whole: check(path, sha256) };
				checked.set(sha256, known);
			}
			const found = await known.whole.catch((error) => {
				checked.delete(sha256);
				throw error;
			});
			// One that is missing or removed may be there again at the next question.
			if (!found) checked.delete(sha256);
			return found ? path : null;
		},
	};
}

async function makeSnapshot(store: FeedStore): Promise<void> {
	const folder = chunkFolder(store.dataFolder);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const file = startSnapshotFile(folder);
	try {
		const { epoch, seq } = await reading(store.pool, async (client) => {
			const head = await logHead(client);
			await file.begin(head.seq);
			for (const table of FEED_TABLES) {
				await file.table(table.name);
				for await (const piece of client.query(copyTo(copyOfTable(table))))
					await file.rows(piece);
			}
			return head;
		});
		const content = await file.finish();
		// Everything that was read is committed, so its segments can be cut by now.
		await cutSegments(store.pool);
		await inTransaction(store.pool, async (client) => {
			// A new epoch began while this was being made: what was read is of a log that nobody follows any more.
			if ((await holdEpoch(client)).epoch !== epoch) return;
			const chain = await chainAt(client, seq);
			const publication = await uncutPublication(client, seq);
			if (chain === null || publication === null)
				throw new Error(`publication ${seq} has no segment`);
			const manifest: SnapshotManifest = {
				id: `${seq}-${content.file.sha256.slice(0, 12)}`,
				epoch,
				seq,
				chain,
				schema_ver: FEED_SCHEMA_VERSION,
				committed_at: publication.committedAt.toISOString(),
				...content,
			};
			const text = JSON.stringify(manifest);
			await storeSnapshot(client, {
				id: manifest.id,
				epoch,
				seq,
				rows: Object.values(content.rows).reduce((sum, rows) => sum + rows, 0),
				manifest: text,
				manifestSha256: createHash("sha256").update(text).digest("hex"),
			});
		});
	} finally {
		await file.close();
	}
}

async function dropOld(store: FeedStore): Promise<void> {
	const kept = await inTransaction(store.pool, async (client) => {
		// The numbers below are of this epoch.
		await holdEpoch(client);
		const newest = (await snapshots(client)).slice(0, KEPT);
		await keepSnapshots(
			client,
			newest.map(({ id }) => id),
		);
		// Who is behind the older snapshot is better off with the newer one.
		if (newest.length === KEPT)
			await forgetSegments(client, newest[KEPT - 1].seq);
		return newest;
	});
	const needed = new Set(
		kept.flatMap(({ manifest }) =>
			SnapshotManifest.parse(JSON.parse(manifest)).chunks.map(
				({ sha256 }) => sha256,
			),
		),
	);
	const folder = chunkFolder(store.dataFolder);
	removeFilesUnlessHeld(
		folder,
		readdirSync(folder).filter((name) => !needed.has(name)),
	);
}
