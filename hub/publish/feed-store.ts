import type pg from "pg";

/** Where the log of this hub is kept: its database, and the folder with its key, its snapshots and its memory of the epoch. */
export interface FeedStore {
	readonly pool: pg.Pool;
	readonly dataFolder: string;
	readonly log?: (line: string) => void;
}
