import {
	Head,
	provinceOfHead,
	type SignedDigest,
	type SignedHead,
	STREAM,
	StatedDigest,
} from "../../../core/feed/publication.ts";
import { FEED_SCHEMA_VERSION } from "../../../core/feed/table.ts";
import {
	type GivenKey,
	givenKey,
	isSignedBy,
	type SignedText,
} from "../../../machine/signing/signing-key.ts";
import { SyncFailure } from "../replica/failure.ts";
import type { Seen } from "./seen.ts";

/**
 * Reads the public key of the hub as this workstation was given it: nothing signed by another is believed.
 * @param text the 32 bytes in base64
 * @throws when it is not one
 */
export function pinKey(text: string): GivenKey {
	const pinned = givenKey(text);
	if (pinned === null)
		throw new Error(
			`the hub's public key must be 32 bytes in base64; ${Buffer.from(text.trim(), "base64").length} bytes found`,
		);
	return pinned;
}

export interface CheckedHead {
	readonly head: Head;
	/** The log of the one stream. */
	readonly log: Head["streams"][string];
	/** Code of the province whose workstation this is to the hub; null: it is given the whole country. */
	readonly province: string | null;
}

/**
 * Decides whether a head may be followed: signed by the pinned key, of a schema this program knows, not expired, and not older than what
 * was seen before.
 * @param pinned the key that is believed now
 * @param seen the newest head ever followed, null on a new workstation
 * @param now ms since 1970 UTC; null: it did not come over a line just now, and may be as old as it likes
 * @throws SyncFailure "signature", "schema", "update", "expired" or "rollback"
 */
export function checkHead(
	signed: SignedHead,
	pinned: GivenKey,
	seen: Seen | null,
	now: number | null,
): CheckedHead {
	const value = verified("head", signed, pinned);
	const version = (value as { schema_ver?: unknown } | null)?.schema_ver;
	if (version !== FEED_SCHEMA_VERSION)
		throw new SyncFailure(
			Number(version) > FEED_SCHEMA_VERSION ? "update" : "schema",
			`the hub publishes feed schema ${version}, this program reads ${FEED_SCHEMA_VERSION}`,
		);
	const parsed = Head.safeParse(value);
	if (!parsed.success)
		throw new SyncFailure("schema", `head: ${parsed.error.message}`);
	const head = parsed.data;
	const province = provinceOfHead(head);
	const log = head.streams[province ?? STREAM];
	if (!log || head.key_id !== pinned.id)
		throw new SyncFailure(
			"schema",
			log ? `head of key ${head.key_id}` : `head without stream ${STREAM}`,
		);
	if (now !== null && Date.parse(head.expires) <= now)
		throw new SyncFailure(
			"expired",
			`the hub's head expired at ${head.expires}: the hub is stopped in the past, or this computer's clock is wrong`,
		);
	// Another key begins anew: whoever had the one before may have signed the year 2099 with it.
	if (seen?.key === pinned.id) refuseOlder(head, seen);
	return { head, log, province };
}

/** What was signed, once the signature is found to be that of the pinned key. */
function verified(what: string, signed: SignedText, pinned: GivenKey): unknown {
	if (!isSignedBy(signed, pinned))
		throw new SyncFailure(
			"signature",
			`the hub's ${what} is not signed by the key ${pinned.id}`,
		);
	return JSON.parse(signed.payload);
}

/**
 * Decides whether a digest may be believed: signed by the pinned key, of this schema, and of the publication and the part of the country
 * it was asked for.
 * @throws SyncFailure "signature" or "schema"
 */
export function checkDigest(
	signed: SignedDigest,
	pinned: GivenKey,
	of: {
		readonly epoch: string;
		readonly seq: number;
		readonly province: string | null;
	},
): StatedDigest {
	const parsed = StatedDigest.safeParse(verified("digest", signed, pinned));
	if (!parsed.success)
		throw new SyncFailure("schema", `digest: ${parsed.error.message}`);
	const digest = parsed.data;
	if (
		digest.epoch !== of.epoch ||
		digest.seq !== of.seq ||
		(digest.province ?? null) !== of.province ||
		digest.schema_ver !== FEED_SCHEMA_VERSION ||
		digest.key_id !== pinned.id
	)
		throw new SyncFailure(
			"schema",
			`digest of publication ${digest.seq} of ${digest.epoch}, ${digest.province ?? "whole"}; ${of.seq} of ${of.epoch}, ${of.province ?? "whole"} was asked for`,
		);
	return digest;
}

function refuseOlder(head: Head, seen: Seen): void {
	const older =
		head.epoch === seen.epoch
			? head.seq < seen.seq
			: seen.retired.includes(head.epoch) ||
				Date.parse(head.issued) <= Date.parse(seen.issued);
	if (older)
		throw new SyncFailure(
			"rollback",
			`the hub shows publication ${head.seq} of epoch ${head.epoch} (issued ${head.issued}); publication ${seen.seq} of ${seen.epoch} (issued ${seen.issued}) was seen before`,
		);
}
