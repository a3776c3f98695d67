import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { open, readFile, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import type { SnapshotManifest } from "../../../core/feed/publication.ts";
import {
	renameWhenFree,
	syncFile,
} from "../../../machine/files/durable-file.ts";
import { SyncFailure } from "./failure.ts";
import { newReplicaPath, switchTo } from "./location.ts";
import { openReplica, writeCursor } from "./replica-database.ts";

const decompress = promisify(zstdDecompress);

/** Bytes written between two requests to bring them to the disk, so that the disk works while the next chunks are unpacked. */
const FLUSH_EVERY = 32 * 1024 * 1024;

/** Chunks being unpacked at a time: one for each core of the smallest workstation. */
const AHEAD = 2;

/**
 * Makes a replica from the chunks of a snapshot and takes it into use. Every chunk is compared with the signed manifest, and its
 * content with the checksum inside it, before the file gets a name under which it could be used.
 * @param chunks paths of the chunks in the order of the manifest
 * @param progress called with bytes written
 * @returns path of the new replica
 */
export async function installSnapshot(
	folder: string,
	manifest: SnapshotManifest,
	chunks: readonly string[],
	progress: (done: number) => void,
): Promise<string> {
	mkdirSync(folder, { recursive: true });
	const path = newReplicaPath(folder, manifest.epoch, manifest.id);
	const temporary = path.replace(/\.db$/, ".tmp");
	for (const suffix of ["", "-wal", "-shm", "-journal"])
		await rm(temporary + suffix, { force: true });
	await unpack(temporary, manifest, chunks, progress);
	const database = openReplica(temporary, false);
	try {
		writeCursor(database, {
			epoch: manifest.epoch,
			seq: manifest.seq,
			chain: manifest.chain,
			committedAt: Date.parse(manifest.committed_at),
			snapshot: manifest.id,
		});
	} finally {
		database.close();
	}
	syncFile(temporary);
	renameWhenFree(temporary, path);
	// Also brings the new name to the disk: it is in the same folder.
	switchTo(folder, path);
	return path;
}

/** The content of a chunk, as the manifest says it is; empty after the last. */
async function unpacked(
	manifest: SnapshotManifest,
	chunks: readonly string[],
	i: number,
): Promise<Buffer> {
	const chunk = manifest.chunks[i];
	if (!chunk) return Buffer.alloc(0);
	const packed = await readFile(chunks[i]);
	if (createHash("sha256").update(packed).digest("hex") !== chunk.sha256)
		throw new SyncFailure("corrupt", `chunk ${i} of the snapshot differs`);
	const raw = await decompress(packed, {
		// All at once: pieces would be copied together again.
		chunkSize: chunk.raw_bytes,
		maxOutputLength: chunk.raw_bytes,
	});
	if (raw.length !== chunk.raw_bytes)
		throw new SyncFailure(
			"corrupt",
			`chunk ${i}: ${raw.length} bytes found, ${chunk.raw_bytes} expected`,
		);
	return raw;
}

async function unpack(
	path: string,
	manifest: SnapshotManifest,
	chunks: readonly string[],
	progress: (done: number) => void,
): Promise<void> {
	const file = await open(path, "w");
	try {
		let done = 0;
		let flushed = 0;
		let writing: Promise<unknown> = Promise.resolve();
		let flushing: Promise<void> = Promise.resolve();
		const coming: Promise<Buffer>[] = [];
		const ask = (i: number): void => {
			const next = unpacked(manifest, chunks, i);
			next.catch(() => {}); // awaited in its round
			coming.push(next);
		};
		// Unpacked in threads of the pool while this one writes.
		for (let i = 0; i < AHEAD; i++) ask(i);
		for (let i = 0; i < manifest.chunks.length; i++) {
			const raw = (await coming.shift()) as Buffer;
			ask(i + AHEAD);
			await writing;
			writing = file.write(raw, 0, raw.length, done);
			writing.catch(() => {}); // awaited at the next chunk
			done += raw.length;
			progress(done);
			if (done - flushed >= FLUSH_EVERY) {
				await writing;
				await flushing;
				flushed = done;
				flushing = file.datasync();
				flushing.catch(() => {}); // awaited at the next flush
			}
		}
		await writing;
		await flushing;
		if (done !== manifest.file.bytes)
			throw new SyncFailure(
				"corrupt",
				`snapshot of ${done} bytes found, ${manifest.file.bytes} expected`,
			);
	} finally {
		await file.close();
	}
}
