import { z } from "zod";

/**
 * Contract 1: what the hub publishes. A publication is one committed transaction of the hub with a gapless sequence number; its
 * segment is immutable and chained to the one before by hash; a head, signed with ed25519, says how far the log goes; a snapshot is
 * the whole dataset at one sequence number as a SQLite file (feed tables, and the table `cube` of cube-table.ts) cut into compressed
 * chunks. An epoch is never reused: it changes when the
 * hub's database is restored, reset or reseeded, and then every workstation starts anew from a snapshot.
 *
 * Endpoints (JSON unless said otherwise; errors are never cached):
 *   GET /v1/head                              SignedHead, no-store
 *   GET /v1/preparing                         Preparing or null (feed/preparing), no-store
 *   GET /v1/{epoch}/{stream}/segments?after=N SegmentEntry[] for seq > N, at most 500
 *   GET /v1/{epoch}/{stream}/seg/{seq}-{hash} zstd(JSON Segment), immutable, Range
 *   GET /v1/{epoch}/snap/{id}/manifest        SnapshotManifest (text whose sha256 is in the head), immutable
 *   GET /v1/chunk/{sha256}                    zstd bytes of one chunk, immutable, Range
 *   GET /v1/live?after=N                      server-sent events: "head" with a SignedHead, at once and at each change; comment
 *                                             heartbeat every 15 s
 *   GET /v1/{epoch}/digest?at=N               SignedDigest of the dataset at N (only for the newest N), no-store
 *   GET /v1/{epoch}/part/{table}/{month}/{province}?at=N
 *                                             zstd(JSON Block "U") of all rows of one part of the digest at N, "-" for null, no-store
 *   errors: 404, 409 another epoch (body: SignedHead), 410 below min_seq, 426 who asks is too old (feed/client), 503 being made (Retry-After)
 */
export const STREAM = "all";

/*
 * A workstation of one province (a credential of its own) is given nothing of another, and no log: its head names the one stream that is
 * called as the code of the province, its digest speaks of what it may hold, and it fetches the parts in which it differs. Of the rest of
 * the feed it is answered 403.
 */

/** The province whose stream a head names; null: it is the whole country's. */
export function provinceOfHead({
	streams,
}: Pick<Head, "streams">): string | null {
	const [name, ...others] = Object.keys(streams);
	return name !== undefined && others.length === 0 && /^\d{2}$/.test(name)
		? name
		: null;
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const Head = z.object({
	epoch: z.uuid(),
	/** Highest publication. 0: nothing published yet. */
	seq: z.int().nonnegative(),
	issued: z.iso.datetime(),
	expires: z.iso.datetime(),
	schema_ver: z.int(),
	key_id: z.string(),
	streams: z.record(
		z.string(),
		z.object({
			last_seq: z.int().nonnegative(),
			/** Chain hash after last_seq. */
			chain: sha256,
			/** First sequence number still served as a segment. */
			min_seq: z.int().positive(),
		}),
	),
	snapshot: z
		.object({
			id: z.string(),
			seq: z.int().positive(),
			manifest_sha256: sha256,
		})
		.nullable(),
});
export type Head = z.infer<typeof Head>;

const signedText = z.object({ payload: z.string(), signature: z.base64() });

/** So many times a hub can replace its key: workstations read no more words of keys than that. */
export const MOST_SUCCESSIONS = 100;

/** The signature is over the UTF-8 bytes of `payload`, which parses to a Head: what was signed is what is read. */
export const SignedHead = signedText.extend({
	/**
	 * Where the hub's key was replaced: of each key before, in their order, its word on the one that followed
	 * (machine/signing/key-succession). Whoever was given one of them believes the newest from then on, and no other.
	 */
	successions: signedText.array().max(MOST_SUCCESSIONS).optional(),
});
export type SignedHead = z.infer<typeof SignedHead>;

export const SegmentEntry = z.object({
	seq: z.int().positive(),
	sha256,
	bytes: z.int().positive(),
});
export type SegmentEntry = z.infer<typeof SegmentEntry>;

const cellValue = z.union([z.number(), z.string(), z.null()]);

/** Rows of one table, column by column: `values[c][r]`. "U" writes whole rows by key, "D" removes the rows with the keys given. */
export const Block = z.object({
	table: z.string(),
	op: z.enum(["U", "D"]),
	columns: z.array(z.string()),
	values: z.array(z.array(cellValue)),
});
export type Block = z.infer<typeof Block>;

export const Segment = z.object({
	epoch: z.uuid(),
	stream: z.string(),
	seq: z.int().positive(),
	prev_seq: z.int().nonnegative(),
	committed_at: z.iso.datetime(),
	schema_ver: z.int(),
	/** True for a bulk publication (more rows than a segment should carry): its rows are only in the snapshot of this seq or later. */
	snapshot_only: z.boolean(),
	blocks: z.array(Block),
});
export type Segment = z.infer<typeof Segment>;

export const SnapshotManifest = z.object({
	id: z.string(),
	epoch: z.uuid(),
	seq: z.int().positive(),
	/** Chain hash of the stream after seq, from which the next segment continues. */
	chain: sha256,
	schema_ver: z.int(),
	committed_at: z.iso.datetime(),
	file: z.object({ bytes: z.int().positive(), sha256 }),
	/** In file order; each is zstd of `raw_bytes` of the file. */
	chunks: z.array(
		z.object({
			sha256,
			bytes: z.int().positive(),
			raw_bytes: z.int().positive(),
		}),
	),
	rows: z.record(z.string(), z.int().nonnegative()),
});
export type SnapshotManifest = z.infer<typeof SnapshotManifest>;

/**
 * A part of a table: month, province (id of its area), number of rows, and the sha256 over the rows in key order, each row as JSON array
 * and a newline. Tables of months and areas or facilities have one part for each month and province that has rows (core/feed/digest
 * says which province a row belongs to); any other table is one part with null and null.
 */
export const DigestPart = z.tuple([
	z.int().nullable(),
	z.int().nullable(),
	z.int().nonnegative(),
	sha256,
]);
export type DigestPart = z.infer<typeof DigestPart>;

/** What the rows of a dataset are at a publication: for each table of the feed its parts, by month and province. */
export const Digest = z.object({
	seq: z.int().nonnegative(),
	tables: z.record(z.string(), z.array(DigestPart)),
});
export type Digest = z.infer<typeof Digest>;

/** A digest as the hub states it. */
export const StatedDigest = Digest.extend({
	/** Tells it from a head, which the same key signs. */
	kind: z.literal("digest"),
	epoch: z.uuid(),
	schema_ver: z.int(),
	key_id: z.string(),
	/** Of what a workstation of this province may hold, by its code; left out: of everything. */
	province: z.string().optional(),
	/** When the publication was committed, where no log says so. */
	committed_at: z.iso.datetime().optional(),
});
export type StatedDigest = z.infer<typeof StatedDigest>;

/** Signed like a head; `payload` parses to a StatedDigest. */
export const SignedDigest = signedText;
export type SignedDigest = z.infer<typeof SignedDigest>;

/** The chain hash before the first segment of an epoch. */
export const CHAIN_START = "0".repeat(64);

/**
 * The input of the next chain hash: previous chain hash (32 bytes), length of the segment as 8 bytes big-endian, the segment's bytes
 * as served. The caller hashes it with SHA-256.
 */
export function chainInput(
	previousChain: string,
	segment: Uint8Array,
): Uint8Array {
	const input = new Uint8Array(40 + segment.length);
	for (let i = 0; i < 32; i++)
		input[i] = Number.parseInt(previousChain.slice(2 * i, 2 * i + 2), 16);
	new DataView(input.buffer).setBigUint64(32, BigInt(segment.length));
	input.set(segment, 40);
	return input;
}
