import type Database from "better-sqlite3";
import { statement } from "./statement.ts";

/** Which publication the replica stands at. */
export interface Position {
	epoch: string;
	seq: number;
	/** ms since 1970 UTC: when the hub committed that publication. */
	committedAt: number;
}

export function position(db: Database.Database): Position {
	return statement(
		db,
		"SELECT epoch, seq, committed_at AS committedAt FROM _sync",
	).get() as Position;
}
