/**
 * A snapshot as a folder, on a USB stick or in the office's network, for workstations whose line would take hours over the first one
 * (`npm run hub -- snapshot FOLDER`). It holds what the hub would answer, so that it is checked as an answer of the hub is:
 *
 *   head.json           SignedHead that names the snapshot; written last: without it there is no snapshot here
 *   manifest.json       SnapshotManifest (text whose sha256 is in the head)
 *   chunks/{sha256}     zstd bytes of one chunk
 */
export const SNAPSHOT_FOLDER = {
	head: "head.json",
	manifest: "manifest.json",
	chunks: "chunks",
} as const;
