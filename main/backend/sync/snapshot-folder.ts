import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import {
	SignedHead,
	type SnapshotManifest,
} from "../../../core/feed/publication.ts";
import { SNAPSHOT_FOLDER } from "../../../core/feed/snapshot-folder.ts";
import { parseSilently } from "../../../core/reading/broken-json.ts";
import { newestKey } from "../../../machine/signing/key-succession.ts";
import type { GivenKey } from "../../../machine/signing/signing-key.ts";
import { SyncFailure } from "../replica/failure.ts";
import { type CheckedHead, checkHead } from "./head.ts";
import { type HubClient, LARGEST_MANIFEST, SMALL } from "./hub-client.ts";
import { readManifest } from "./snapshot.ts";

/** A snapshot that somebody brought in a folder (core/feed/snapshot-folder), in the place of the hub that would give it. */
export interface SnapshotFolder extends Pick<HubClient, "manifest" | "chunk"> {
	/** Signed by the hub's key, however long ago. @throws SyncFailure */
	head(): Promise<CheckedHead>;
}

/**
 * @param believed the hub's key, once it was heard how keys followed each other: what another has signed is believed here as little as over a
 * line
 */
export function openSnapshotFolder(
	folder: string,
	believed: (heard: SignedHead) => GivenKey,
): SnapshotFolder {
	/** What is longer than it may be is not read. */
	const bytesOf = async (path: string, most: number): Promise<Buffer> => {
		const { size } = await stat(path);
		if (size > most)
			throw new SyncFailure("chain", `${path}: longer than ${most} bytes`);
		return readFile(path);
	};
	return {
		async head() {
			const path = join(folder, SNAPSHOT_FOLDER.head);
			const text = (await bytesOf(path, SMALL)).toString("utf8");
			const read = SignedHead.safeParse(parsed(text));
			if (!read.success)
				throw new SyncFailure("schema", `${path} is no head of a hub`);
			const checked = checkHead(read.data, believed(read.data), null, null);
			if (checked.head.snapshot === null)
				throw new SyncFailure("schema", `${path} names no snapshot`);
			return checked;
		},
		manifest: () =>
			bytesOf(join(folder, SNAPSHOT_FOLDER.manifest), LARGEST_MANIFEST),
		chunk: (sha256, bytes) =>
			bytesOf(join(folder, SNAPSHOT_FOLDER.chunks, sha256), bytes),
	};
}

/**
 * Looks whether a folder holds a whole snapshot of a hub, before a person relies on it. Of each chunk the length is looked at; its bytes are
 * compared when it is taken in.
 * @returns the publication it is of
 * @throws SyncFailure, or an error of the file system, that names the file
 */
export async function lookAtSnapshotFolder(
	folder: string,
	pinned: GivenKey,
): Promise<number> {
	const carried = openSnapshotFolder(folder, ({ successions = [] }) =>
		newestKey(pinned, successions),
	);
	const { head, log } = await carried.head();
	const text = await carried.manifest(head.epoch, head.snapshot?.id ?? "");
	const manifest: SnapshotManifest = readManifest(text, head, log);
	for (const { sha256, bytes } of manifest.chunks) {
		const path = join(folder, SNAPSHOT_FOLDER.chunks, sha256);
		const { size } = await stat(path);
		if (size !== bytes)
			throw new SyncFailure(
				"chain",
				`${path}: ${size} of ${bytes} bytes are here`,
			);
	}
	return manifest.seq;
}

function parsed(text: string): unknown {
	try {
		return parseSilently(text);
	} catch {
		return null;
	}
}
