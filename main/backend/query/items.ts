import type Database from "better-sqlite3";
import type { ItemVersion } from "../../../core/api/items.ts";
import { Item, unverifiedFacts } from "../../../core/logistics/item.ts";
import { perPublication } from "./per-publication.ts";
import { statement } from "./statement.ts";

/** The version of each item that applies, in order of id; of one item all its versions, newest first. */
export function items(
	db: Database.Database,
	{ item }: { item: string | null },
): ItemVersion[] {
	if (item === null) return itemsNow(db);
	const rows = statement(
		db,
		"SELECT * FROM item WHERE id = ? ORDER BY version DESC",
	).all(item) as ItemRow[];
	return rows.map(versionOf);
}

/** The version of each item that applies, in order of id. */
export const itemsNow = perPublication(
	() => "",
	(db) =>
		// With a single max(), SQLite takes the other columns from the row that has it.
		(
			statement(
				db,
				"SELECT *, max(version) AS version FROM item GROUP BY id ORDER BY id",
			).all() as ItemRow[]
		).map(versionOf),
);

interface ItemRow {
	version: number;
	at: number | null;
	person: string | null;
	reason: string;
	body: string;
}

function versionOf({
	version,
	at,
	person,
	reason,
	body,
}: ItemRow): ItemVersion {
	const item = Item.parse(JSON.parse(body));
	return {
		...item,
		version,
		changed: at === null || person === null ? null : { at, person, reason },
		unverified: unverifiedFacts(item),
	};
}
