import { createHash } from "node:crypto";
import { SnapshotManifest } from "../../../core/feed/publication.ts";
import { FEED_SCHEMA_VERSION } from "../../../core/feed/table.ts";
import { SyncFailure } from "../replica/failure.ts";
import type { ReplicaState } from "../replica/writer.ts";
import { aFewAtOnce } from "./a-few-at-once.ts";
import type { Bringing } from "./bringing.ts";
import type { CheckedHead } from "./head.ts";
import { type HubClient, HubMovedOn, Unreachable } from "./hub-client.ts";
import type { CirclingDetector } from "./retry.ts";

/** Replaces the replica by the hub's snapshot. */
export type TakeSnapshot = (to: CheckedHead) => Promise<ReplicaState>;

/** @param from the hub, or a folder in which somebody brought its snapshot */
export function createSnapshotTaker(
	{ cache, writer, standing, gaining }: Bringing,
	hub: Pick<HubClient, "manifest" | "chunk">,
	circling: CirclingDetector,
): TakeSnapshot {
	/** The snapshot whose chunks are being collected, so that a newer one does not make them useless before they are all here. */
	let collecting: SnapshotManifest | null = null;

	return async ({ head, log: published }) => {
		const manifest = await manifestFor(head, published);
		const total = manifest.chunks.reduce((sum, { bytes }) => sum + bytes, 0);
		let done = 0;
		standing.progress("snapshot", 0, total, true);
		const chunks = await aFewAtOnce(manifest.chunks, async (chunk) => {
			const path = await cache.get(chunk.sha256, chunk.bytes, () =>
				gaining(hub.chunk(chunk.sha256, chunk.bytes)),
			);
			done += chunk.bytes;
			standing.progress("snapshot", done, total);
			return path;
		}).catch((error) => {
			// The hub has dropped this snapshot: its next manifest names another.
			if (error instanceof HubMovedOn) collecting = null;
			throw error;
		});
		collecting = null;
		const { bytes } = manifest.file;
		standing.progress("installing", 0, bytes, true);
		const installed = await writer
			.install({ manifest, chunks }, (written) =>
				standing.progress("installing", written, bytes),
			)
			.catch((error) => {
				// Damaged on this disk. On a full disk fetching again would not help: the chunks stay for when there is room.
				if (!(error instanceof SyncFailure && error.code === "disk")) {
					cache.clear();
					circling.snapshotTaken();
				}
				throw error;
			});
		cache.clear();
		circling.snapshotTaken();
		return installed;
	};

	/** The manifest of the snapshot to fetch: the one under way as long as the log goes on from it, else the one the head names. */
	async function manifestFor(
		head: CheckedHead["head"],
		published: CheckedHead["log"],
	): Promise<SnapshotManifest> {
		if (
			collecting?.epoch === head.epoch &&
			collecting.seq + 1 >= published.min_seq &&
			collecting.seq <= published.last_seq
		)
			return collecting;
		const { snapshot } = head;
		if (!snapshot || snapshot.seq + 1 < published.min_seq)
			throw new Unreachable("the hub has no snapshot yet");
		const manifest = readManifest(
			await hub.manifest(head.epoch, snapshot.id),
			head,
			published,
		);
		collecting = manifest;
		return manifest;
	}
}

/**
 * Reads a manifest, once it is found to be the one that a checked head names.
 * @throws SyncFailure "signature", "schema" or "chain"; Unreachable when it was cut off
 */
export function readManifest(
	bytes: Uint8Array,
	{ epoch, snapshot }: CheckedHead["head"],
	published: CheckedHead["log"],
): SnapshotManifest {
	if (snapshot === null) throw new Unreachable("the hub has no snapshot yet");
	const text = Buffer.from(bytes);
	if (sha256(text) !== snapshot.manifest_sha256) {
		// JSON that does not end is a line that was cut, not a signature that is wrong.
		if (text.at(-1) !== "}".charCodeAt(0))
			throw new Unreachable(`manifest of ${snapshot.id}: cut off`);
		throw new SyncFailure(
			"signature",
			`the manifest of snapshot ${snapshot.id} is not the one signed`,
		);
	}
	const parsed = SnapshotManifest.safeParse(JSON.parse(text.toString()));
	if (!parsed.success)
		throw new SyncFailure(
			"schema",
			`snapshot ${snapshot.id}: ${parsed.error.message}`,
		);
	const manifest = parsed.data;
	if (manifest.schema_ver !== FEED_SCHEMA_VERSION)
		throw new SyncFailure(
			"schema",
			`snapshot ${snapshot.id} is of feed schema ${manifest.schema_ver}`,
		);
	if (
		manifest.epoch !== epoch ||
		manifest.seq !== snapshot.seq ||
		(manifest.seq === published.last_seq && manifest.chain !== published.chain)
	)
		throw new SyncFailure(
			"chain",
			`snapshot ${snapshot.id} is not of this log`,
		);
	return manifest;
}

function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}
