import type { Change } from "../../../core/api/state.ts";
import type {
	Digest,
	SnapshotManifest,
} from "../../../core/feed/publication.ts";
import type { FetchedSegment, LogTarget } from "./apply.ts";
import type { ProvinceStep } from "./province.ts";
import type { RepairedPart } from "./repair.ts";
import type { Cursor } from "./replica-database.ts";

/** A replica in use: where it is and how far. */
export interface ReplicaState extends Cursor {
	readonly path: string;
}

/** What the main thread asks of the writer thread, by the name of the method, and what it gets. Progress: bytes of a snapshot written, or segments applied. */
export type WriterMethods = {
	/** Opens the replica in use, when it is not open yet; one that is damaged is set aside. Null: there is none. */
	open(): ReplicaState | null;
	/** Replaces the replica by a snapshot. */
	install(request: {
		manifest: SnapshotManifest;
		/** Paths of the chunks in the order of the manifest. */
		chunks: readonly string[];
	}): ReplicaState;
	/** Checks the segments against the signed target as a whole, then applies them one by one. */
	apply(request: {
		target: LogTarget;
		segments: readonly FetchedSegment[];
	}): ReplicaState;
	/** Whether the replica is whole (PRAGMA quick_check); a damaged one is set aside. */
	check(): boolean;
	/**
	 * Puts parts of the replica back to what the hub says they are at this publication, and makes the cubes anew from the facts.
	 * @returns false when the replica has moved on: then the parts are of another publication
	 */
	repair(request: {
		readonly epoch: string;
		readonly seq: number;
		readonly parts: readonly RepairedPart[];
	}): boolean;
	/** Brings the replica of a province to a publication; one that is of anything else is replaced. */
	takeProvince(
		request: ProvinceStep & { readonly anew: boolean },
	): ReplicaState;
	digest(): Digest | null;
	/** Removes replicas no longer in use, once every reader has moved to the new one. */
	removeOld(): void;
	close(): void;
};

/** What the writer thread says without being asked. */
export type WriterEvent =
	/** Another file is the replica now (null: none). */
	| { readonly kind: "switched"; readonly replica: ReplicaState | null }
	| { readonly kind: "changed"; readonly change: Change }
	| { readonly kind: "log"; readonly message: string };
