import { publishedState } from "../store/publication.ts";
import { noticeRestore } from "./epoch.ts";
import type { FeedStore } from "./feed-store.ts";
import { cutSegments } from "./segments.ts";
import { refreshSnapshot } from "./snapshot.ts";

/**
 * Brings what workstations may see up to what is committed: cuts missing segments, makes a snapshot when one is due. Safe to call at any
 * time and from several processes; each step repairs what a crash left.
 * @returns the highest publication that workstations can now follow
 */
export async function sequence(store: FeedStore): Promise<number> {
	await noticeRestore(store);
	await cutSegments(store.pool);
	await refreshSnapshot(store);
	return (await publishedState(store.pool)).seq;
}
