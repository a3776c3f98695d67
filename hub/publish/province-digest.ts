import type pg from "pg";
import type { PartName } from "../../core/feed/digest.ts";
import {
	type FeedValue,
	partKey,
	partsReader,
	placesOf,
} from "../../core/feed/digest.ts";
import type { Digest, SignedDigest } from "../../core/feed/publication.ts";
import {
	FEED_SCHEMA_VERSION,
	FEED_TABLES,
	type FeedTable,
} from "../../core/feed/table.ts";
import { digestParts, digestState, holdsUnpublished } from "../store/digest.ts";
import {
	type Province,
	readBy,
	readingProvince,
	SOME_ROWS,
} from "../store/province.ts";
import { type LogHead, uncutPublication } from "../store/publication.ts";
import { newHash, packed, readRows, speaksOf } from "./digest.ts";
import { type SigningKey, signed } from "./signing.ts";

/** What a workstation of a province may hold at a publication, and the same as it is told. */
export interface ProvinceDigest {
	readonly of: LogHead;
	readonly tables: Digest["tables"];
	readonly signed: SignedDigest;
}

/** No table that is read here is divided by its places: of those that are, the hub keeps the parts. */
const NO_PLACES = placesOf([], []);

/**
 * Makes the digest of what a province may hold: of tables of months the parts of the province as the hub keeps them, of the others what
 * PostgreSQL lets it read.
 * @returns null when the hub's own digest is of another publication, or rows are stored that are not published yet
 */
export async function provinceDigest(
	pool: pg.Pool,
	of: LogHead,
	province: Province,
	key: SigningKey,
): Promise<ProvinceDigest | null> {
	const made = await readingProvince(
		pool,
		province,
		async (client) => {
			if (
				!speaksOf(await digestState(client), of) ||
				(await holdsUnpublished(client))
			)
				return null;
			const publication = await uncutPublication(client, of.seq);
			return (
				publication && {
					parts: await digestParts(client),
					committedAt: publication.committedAt,
				}
			);
		},
		async (client, { parts, committedAt }) => {
			const tables: Digest["tables"] = {};
			for (const table of FEED_TABLES)
				tables[table.name] = SOME_ROWS.includes(table.name)
					? await wholeAsRead(client, table)
					: (parts[table.name] ?? []).filter(
							([month, place]) => month === null || place === province.id,
						);
			return { tables, committedAt };
		},
	);
	return (
		made && {
			of,
			tables: made.tables,
			signed: signed(
				{
					kind: "digest",
					epoch: of.epoch,
					seq: of.seq,
					schema_ver: FEED_SCHEMA_VERSION,
					key_id: key.id,
					province: province.code,
					committed_at: made.committedAt.toISOString(),
					tables: made.tables,
				},
				key,
			),
		}
	);
}

async function wholeAsRead(
	client: pg.PoolClient,
	table: FeedTable,
): Promise<Digest["tables"][string]> {
	const reader = partsReader(table, NO_PLACES, newHash);
	await readRows(
		client,
		table,
		null,
		(row) => reader.add(row),
		readBy(table.name),
	);
	return reader.finish();
}

/**
 * The rows of a part as the digest of the province says they are.
 * @returns null when it names no such part, or its rows are others by now
 */
export function provincePart(
	pool: pg.Pool,
	{ of, tables }: ProvinceDigest,
	province: Province,
	table: FeedTable,
	name: PartName,
): Promise<Buffer | null> {
	const key = partKey(name);
	const stated = tables[table.name]?.find(
		([month, place]) => partKey({ month, province: place }) === key,
	);
	if (!stated) return Promise.resolve(null);
	return readingProvince(
		pool,
		province,
		async (client) => (speaksOf(await digestState(client), of) ? true : null),
		async (client) => {
			// As one part: PostgreSQL gives the rows of no other province.
			const whole = partsReader({ ...table, columns: [] }, NO_PLACES, newHash);
			const rows: FeedValue[][] = [];
			await readRows(
				client,
				table,
				name.month,
				(row) => {
					whole.add(row);
					rows.push([...row]);
				},
				readBy(table.name),
			);
			return whole.finish()[0]?.[3] === stated[3] ? packed(table, rows) : null;
		},
	);
}
