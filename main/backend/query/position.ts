import { basename } from "node:path";
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
	/** The same for as long as its rows change by publications alone: another where it was fetched anew, or a part of it put right. */
	stamp: string;
}

export function position(db: Database.Database): Position {
	const { snapshot, ...at } = statement(
		db,
		"SELECT epoch, seq, committed_at AS committedAt, snapshot FROM _sync",
	).get() as Omit<Position, "scope" | "stamp"> & { snapshot: string };
	const { application_id: repair } = statement(
		db,
		"PRAGMA application_id",
	).get() as { application_id: number };
	return {
		...at,
		scope: (provinceOf({ snapshot }) as Scope | null) ?? NATION,
		stamp: `${at.epoch} ${basename(db.name)} ${repair}`,
	};
}
