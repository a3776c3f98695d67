import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { expect, it } from "vitest";
import {
	CHAIN_START,
	type Head,
	type SignedHead,
} from "../../../core/feed/publication.ts";
import { FEED_SCHEMA_VERSION } from "../../../core/feed/table.ts";
import { checkHead, pinKey } from "../../../main/backend/sync/head.ts";
import { afterFollowing } from "../../../main/backend/sync/seen.ts";

const OLD = "11111111-2222-4333-8444-555555555555";
const NEW = "99999999-2222-4333-8444-555555555555";
const NOW = Date.parse("2020-04-12T12:00:00Z");

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
const pinned = pinKey(raw.toString("base64"));

function head(change: Partial<Head> = {}): Head {
	return {
		epoch: OLD,
		seq: 7,
		issued: "2020-04-12T10:00:00.000Z",
		expires: "2020-04-13T10:00:00.000Z",
		schema_ver: FEED_SCHEMA_VERSION,
		key_id: createHash("sha256").update(raw).digest("hex").slice(0, 16),
		streams: { all: { last_seq: 7, chain: CHAIN_START, min_seq: 1 } },
		snapshot: null,
		...change,
	};
}

function signed(value: Head): SignedHead {
	const payload = JSON.stringify(value);
	return {
		payload,
		signature: sign(null, Buffer.from(payload), privateKey).toString("base64"),
	};
}

const check = (value: Head, seen: Head | null = null): Head =>
	checkHead(signed(value), pinned, seen && afterFollowing(null, seen), NOW)
		.head;

it("is followed when signed by the pinned key and not older than what was seen", () => {
	expect(check(head())).toEqual(head());
	expect(check(head(), head())).toEqual(head());
	expect(check(head({ seq: 8 }), head())).toMatchObject({ seq: 8 });
});

it("is refused when any letter of it was changed", () => {
	const genuine = signed(head());
	for (let i = 0; i < genuine.payload.length; i += 7) {
		const letters = [...genuine.payload];
		letters[i] = letters[i] === "1" ? "2" : "1";
		expect(() =>
			checkHead({ ...genuine, payload: letters.join("") }, pinned, null, NOW),
		).toThrow(/not signed/);
	}
});

it("is refused when it goes back: an older publication, an epoch that was left, an expired signature", () => {
	expect(() => check(head({ seq: 6 }), head())).toThrow(/was seen before/);
	const moved = head({
		epoch: NEW,
		seq: 1,
		issued: "2020-04-12T11:00:00.000Z",
	});
	expect(check(moved, head())).toEqual(moved);
	const seen = afterFollowing(afterFollowing(null, head()), moved);
	expect(() =>
		checkHead(
			signed(head({ seq: 90, issued: "2020-04-12T11:59:00.000Z" })),
			pinned,
			seen,
			NOW,
		),
	).toThrow(/was seen before/);
	expect(() => check(head({ expires: "2020-04-12T11:59:59.000Z" }))).toThrow(
		/expired/,
	);
});

it("is refused as of another schema before its shape is looked at", () => {
	const other = { schema_ver: FEED_SCHEMA_VERSION + 1 } as Head;
	expect(() => check(other)).toThrow(
		`feed schema ${FEED_SCHEMA_VERSION + 1}, this program reads ${FEED_SCHEMA_VERSION}`,
	);
});

it("needs a key of 32 bytes", () => {
	expect(() => pinKey("c2hvcnQ=")).toThrow("5 bytes found");
});
