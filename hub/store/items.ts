import type pg from "pg";
import { Item } from "../../core/logistics/item.ts";

/** A version of an item: the newest one applies. */
export interface StoredItem {
	version: number;
	item: Item;
}

/** What stands as the reason of versions that the product brought. */
const SHIPPED = "catalogue ";

/** Whether the items of this version of the catalogue were put in. */
export async function areItemsSeeded(
	client: pg.PoolClient,
	version: string,
): Promise<boolean> {
	const { rows } = await client.query<{ some: boolean }>(
		"SELECT EXISTS (SELECT FROM item WHERE person IS NULL AND reason = $1) AS some",
		[`${SHIPPED}${version}`],
	);
	return rows[0]?.some ?? false;
}

/**
 * Puts in the items of a catalogue. One that a person has changed keeps what they decided; of the others the shipped version becomes the
 * newest.
 */
export async function seedItems(
	client: pg.PoolClient,
	{ items, version }: { items: readonly Item[]; version: string },
): Promise<void> {
	await client.query(
		`WITH shipped AS (SELECT id, body FROM unnest($1::text[], $2::text[]) AS shipped (id, body)), added AS (
			INSERT INTO item (id, version, at, person, reason, body)
			SELECT shipped.id, coalesce((SELECT max(version) FROM item WHERE item.id = shipped.id), 0) + 1, NULL, NULL, $3, body
			FROM shipped WHERE NOT EXISTS (SELECT FROM item WHERE item.id = shipped.id AND person IS NOT NULL)
			RETURNING id
		 )
		 INSERT INTO dirty SELECT 'item', id FROM added ON CONFLICT DO NOTHING`,
		[
			items.map(({ id }) => id),
			items.map((item) => JSON.stringify(item)),
			`${SHIPPED}${version}`,
		],
	);
}

/** The version of an item that applies, or one by its number. */
export async function storedItem(
	client: pg.PoolClient,
	id: string,
	version?: number,
): Promise<StoredItem | undefined> {
	const { rows } = await client.query<{ version: number; body: string }>(
		`SELECT version, body FROM item WHERE id = $1 AND version = coalesce($2, version) ORDER BY version DESC LIMIT 1`,
		[id, version ?? null],
	);
	const [row] = rows;
	return (
		row && { version: row.version, item: Item.parse(JSON.parse(row.body)) }
	);
}

/** The items that apply, as far as a sheet of stock needs them. */
export async function readItems(client: pg.PoolClient): Promise<
	{
		id: string;
		unit: string;
		pack: { size: number; name: string } | null;
	}[]
> {
	const { rows } = await client.query<{ body: string }>(
		"SELECT DISTINCT ON (id) body FROM item ORDER BY id, version DESC",
	);
	return rows.map(({ body }) => {
		const { id, unit, pack } = Item.parse(JSON.parse(body));
		return { id, unit, pack: pack?.value ?? null };
	});
}

/** Adds a version of an item, which applies from now on. @returns its number */
export async function addItemVersion(
	client: pg.PoolClient,
	item: Item,
	by: { at: number; person: string; reason: string },
): Promise<number> {
	const { rows } = await client.query<{ version: number }>(
		`INSERT INTO item (id, version, at, person, reason, body)
		 SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM item WHERE id = $1 RETURNING version`,
		[item.id, by.at, by.person, by.reason, JSON.stringify(item)],
	);
	await client.query(
		"INSERT INTO dirty VALUES ('item', $1) ON CONFLICT DO NOTHING",
		[item.id],
	);
	return rows[0]?.version ?? 1;
}
