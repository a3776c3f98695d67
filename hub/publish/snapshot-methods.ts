import type { SnapshotManifest } from "../../core/feed/publication.ts";
import type { FeedTableName } from "../../core/feed/table.ts";

/** What a finished snapshot file is. */
export type SnapshotContent = Pick<
	SnapshotManifest,
	"file" | "chunks" | "rows"
>;

/** What the thread that builds it does, in this order. It is given the folder of the chunks. */
export type SnapshotMethods = {
	/** @param seq publication that the snapshot is of */
	begin(seq: number): void;
	/** The rows that follow are of this table; they come in key order. */
	table(name: FeedTableName): void;
	/** The next piece of COPY's text format. */
	rows(bytes: Uint8Array): void;
	finish(): SnapshotContent;
};
