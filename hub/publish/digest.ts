import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { blockOf } from "../../core/feed/block.ts";
import {
	divisionOf,
	type FeedValue,
	type PartName,
	type Places,
	partKey,
	partsOf,
	partsReader,
	placesOf,
} from "../../core/feed/digest.ts";
import type {
	Block,
	Digest,
	Segment,
	SignedDigest,
} from "../../core/feed/publication.ts";
import {
	FEED_SCHEMA_VERSION,
	FEED_TABLES,
	type FeedTable,
} from "../../core/feed/table.ts";
import { inTransaction } from "../store/database.ts";
import {
	type DigestState,
	digestParts,
	digestState,
	holdsUnpublished,
	monthCondition,
	placeRows,
	publishedChange,
	storeDigest,
} from "../store/digest.ts";
import {
	copyOfTable,
	exclusively,
	type LogHead,
	logHead,
	type Queryable,
} from "../store/publication.ts";
import { copyTextReader } from "./copy-text.ts";
import { reading } from "./reading.ts";
import { type SigningKey, signed } from "./signing.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export const newHash = () => createHash("sha256");

/** The rows of a part as they are sent. */
export const packed = (
	table: FeedTable,
	rows: readonly FeedValue[][],
): Promise<Buffer> =>
	compress(Buffer.from(JSON.stringify(blockOf(table, "U", rows))));

/** The parts to make again, by table; null: all of every table. */
type Touched = Map<string, Map<string, PartName>> | null;

/**
 * Brings the stored digest up to the newest publication. Only the parts that publications touched since are read again; all of them
 * after a bulk publication, a change of epoch, or when an area or facility moved to another province.
 * @returns the publication that the stored digest speaks of; null when there is none: rows are stored that are not published yet
 */
export function refreshDigest(pool: pg.Pool): Promise<LogHead | null> {
	return exclusively(pool, "digest", async () => {
		const made = await reading(pool, makeDigest);
		if (made === null) return null;
		const { state, removed, tables } = made;
		if (tables === null) return state;
		const stored = await inTransaction(pool, (client) =>
			storeDigest(client, state, removed, tables),
		);
		return stored ? state : null;
	});
}

interface MadeDigest {
	readonly state: DigestState;
	readonly removed: Record<string, readonly PartName[]> | null;
	/** Null: what is stored is what would be made. */
	readonly tables: Digest["tables"] | null;
}

async function makeDigest(client: pg.PoolClient): Promise<MadeDigest | null> {
	const { epoch, seq } = await logHead(client);
	const known = await digestState(client);
	const { areas, facilities } = await placeRows(client);
	const places = placesOf(areas, facilities);
	const state: DigestState = {
		epoch,
		seq,
		places: newHash()
			.update(JSON.stringify([areas, facilities]))
			.digest("hex"),
	};
	if (known?.epoch === epoch && known.seq === seq)
		return { state: known, removed: {}, tables: null };
	if (await holdsUnpublished(client)) return null;
	const touched =
		known?.epoch === epoch && known.places === state.places && known.seq < seq
			? await touchedSince(client, known.seq, seq, places)
			: null;
	const tables: Digest["tables"] = {};
	for (const table of FEED_TABLES) {
		if (touched === null) {
			tables[table.name] = await partsRead(client, table, places);
			continue;
		}
		const parts = touched.get(table.name);
		if (!parts) continue;
		const months = new Set([...parts.values()].map(({ month }) => month));
		const wanted = new Set(parts.keys());
		tables[table.name] = [];
		for (const month of months)
			tables[table.name].push(
				...(await partsRead(client, table, places, { month, wanted })),
			);
	}
	return {
		state,
		removed:
			touched &&
			Object.fromEntries(
				[...touched].map(([table, parts]) => [table, [...parts.values()]]),
			),
		tables,
	};
}

async function touchedSince(
	client: Queryable,
	after: number,
	upTo: number,
	places: Places,
): Promise<Touched> {
	const touched = new Map<string, Map<string, PartName>>();
	for (let seq = after + 1; seq <= upTo; seq++) {
		const change = await publishedChange(client, seq);
		if (change === null) return null;
		for (const block of await blocksOf(change)) {
			const parts = touched.get(block.table) ?? new Map<string, PartName>();
			touched.set(block.table, parts);
			for (const part of partsOf(block, places)) parts.set(partKey(part), part);
		}
	}
	return touched;
}

async function blocksOf(
	change: { body: Buffer } | { segment: Buffer },
): Promise<Block[]> {
	if ("body" in change)
		return JSON.parse((await decompress(change.body)).toString("utf8"));
	const segment: Segment = JSON.parse(
		(await decompress(change.segment)).toString("utf8"),
	);
	return segment.blocks;
}

/** The parts of a table as it is, or those wanted of one month. */
async function partsRead(
	client: pg.PoolClient,
	table: FeedTable,
	places: Places,
	only?: { month: number | null; wanted: ReadonlySet<string> },
): Promise<Digest["tables"][string]> {
	const reader = partsReader(table, places, newHash, only?.wanted);
	await readRows(client, table, only?.month ?? null, (row) => reader.add(row));
	return reader.finish();
}

/** @param from another relation with the columns of the table */
export async function readRows(
	client: pg.PoolClient,
	table: FeedTable,
	month: number | null,
	row: (values: FeedValue[]) => void,
	from?: string,
): Promise<void> {
	const where =
		month === null ? "" : await monthCondition(client, table, month);
	const read = copyTextReader(table, row);
	for await (const piece of client.query(
		copyTo(copyOfTable(table, where, from)),
	))
		read(piece);
}

/** Signs the stored digest when it speaks of this publication. */
export async function signedDigest(
	pool: pg.Pool,
	of: LogHead,
	key: SigningKey,
): Promise<SignedDigest | null> {
	const tables = await reading(pool, async (client) =>
		speaksOf(await digestState(client), of) ? digestParts(client) : null,
	);
	return (
		tables &&
		signed(
			{
				kind: "digest",
				epoch: of.epoch,
				seq: of.seq,
				schema_ver: FEED_SCHEMA_VERSION,
				key_id: key.id,
				tables,
			},
			key,
		)
	);
}

export function speaksOf(state: DigestState | null, of: LogHead): boolean {
	return state?.epoch === of.epoch && state.seq === of.seq;
}

/**
 * The rows of a part as the digest of this publication says they are, as a compressed block.
 * @returns null when there is no such part, or its rows are others by now
 */
export function partContent(
	pool: pg.Pool,
	of: LogHead,
	table: FeedTable,
	name: PartName,
): Promise<Buffer | null> {
	return reading(pool, async (client) => {
		if (!speaksOf(await digestState(client), of)) return null;
		const key = partKey(name);
		const stated = (await digestParts(client))[table.name]?.find(
			([month, province]) => partKey({ month, province }) === key,
		);
		if (!stated) return null;
		const { areas, facilities } = await placeRows(client);
		const places = placesOf(areas, facilities);
		const division = divisionOf(
			table.columns.map((column) => column.name),
			places,
		);
		const reader = partsReader(table, places, newHash, new Set([key]));
		const rows: FeedValue[][] = [];
		await readRows(client, table, name.month, (row) => {
			if (division && partKey(division(row)) !== key) return;
			reader.add(row);
			rows.push([...row]);
		});
		// Taken in and not published yet: the next publication will say so.
		if (reader.finish()[0]?.[3] !== stated[3]) return null;
		return packed(table, rows);
	});
}
