import type { SnapshotManifest } from "../../core/feed/publication.ts";
import type { FeedTableName } from "../../core/feed/table.ts";

/** What a finished snapshot file is. */
export type SnapshotContent = Pick<
	SnapshotManifest,
	"file" | "chunks" | "rows"
>;

/** What the thread that builds it is asked to do; it answers each: the last with the content, the others with null. */
export type SnapshotRequest =
	| { readonly kind: "begin"; readonly seq: number }
	| { readonly kind: "table"; readonly table: FeedTableName }
	| { readonly kind: "rows"; readonly bytes: Uint8Array }
	| { readonly kind: "finish" };
