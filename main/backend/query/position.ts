import type Database from "better-sqlite3";
import type { Scope } from "../../../core/access/scope.ts";
import { NATION } from "../../../core/areas/codes.ts";
import { provinceOf } from "../replica/replica-database.ts";
import { statement } from "./statement.ts";

/** Which publication the replica stands at. */
export interface Position {
	epoch: string;
	seq: number;
	/** ms since 1970 UTC: when the hub committed that publication. */
	committedAt: number;
	/** The part of the country that it holds. */
	scope: Scope;
}

export function position(db: Database.Database): Position {
	const { snapshot, ...at } = statement(
		db,
		"SELECT epoch, seq, committed_at AS committedAt, snapshot FROM _sync",
	).get() as Omit<Position, "scope"> & { snapshot: string };
	return { ...at, scope: (provinceOf({ snapshot }) as Scope | null) ?? NATION };
}
