import {
	copyFileSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
	CHAIN_START,
	type Head,
	MOST_SUCCESSIONS,
	type SignedHead,
} from "../../../core/feed/publication.ts";
import { FEED_SCHEMA_VERSION } from "../../../core/feed/table.ts";
import {
	replaceSigningKey,
	type SigningKey,
	signedHead,
	signingKey,
} from "../../../hub/publish/signing.ts";
import {
	nameSuccessor,
	newestKey,
} from "../../../machine/signing/key-succession.ts";
import { givenKey } from "../../../machine/signing/signing-key.ts";
import { checkHead, pinKey } from "../../../main/backend/sync/head.ts";
import { afterFollowing } from "../../../main/backend/sync/seen.ts";
import { openTrust } from "../../../main/backend/sync/trust.ts";

/*
 * What whoever stands between hub and workstation, or has a key of before, can try: each is refused in words that say what it is.
 */
const EPOCH = "11111111-2222-4333-8444-555555555555";
const OTHER = "99999999-2222-4333-8444-555555555555";
const NOW = Date.parse("2020-04-12T12:00:00Z");
const HOUR = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

let home: string;
let hub: string;
let path: string;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), "blc-trust-"));
	hub = join(home, "hub");
	path = join(home, "trust.json");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const head = (key: SigningKey, change: Partial<Head> = {}): SignedHead =>
	signedHead(
		{
			...{ epoch: EPOCH, seq: 7, schema_ver: FEED_SCHEMA_VERSION },
			...{ issued: iso(NOW - HOUR), expires: iso(NOW + 23 * HOUR) },
			key_id: key.id,
			streams: { all: { last_seq: 7, chain: CHAIN_START, min_seq: 1 } },
			snapshot: null,
			...change,
		},
		key,
	);
const trustIn = (given: SigningKey) =>
	openTrust(path, pinKey(given.publicKey), () => {});

/** As a workstation does with each head that comes. */
function follow(
	given: SigningKey,
	signed: SignedHead,
	seen: Parameters<typeof checkHead>[2] = null,
	now = NOW,
) {
	const trust = trustIn(given);
	trust.hear(signed);
	return checkHead(signed, trust.key, seen, now).head;
}

describe("a key that follows another", () => {
	it("is not made where workstations would follow no further", () => {
		for (let at = 0; at < MOST_SUCCESSIONS; at++) replaceSigningKey(hub);
		expect(() => replaceSigningKey(hub)).toThrow(/replaced 100 times/);
	});

	it("is followed from any of those before, and none of them is believed any more, also after a restart", () => {
		const first = signingKey(hub);
		const second = replaceSigningKey(hub);
		const third = replaceSigningKey(hub);
		expect(new Set([first.id, second.id, third.id]).size).toBe(3);
		expect(signingKey(hub)).toMatchObject({ id: third.id });
		expect(follow(first, head(third)).key_id).toBe(third.id);
		for (const old of [first, second]) {
			expect(() => follow(first, head(old))).toThrow(/not signed by the key/);
			// Nor with the words of the later ones beside it.
			const { successions } = third;
			expect(() => follow(first, head({ ...old, successions }))).toThrow(
				/not signed by the key/,
			);
		}
		rmSync(path);
		rmSync(`${path}.copy`);
		expect(follow(second, head(third)).key_id).toBe(third.id);
		expect(follow(third, head(third)).key_id).toBe(third.id);
	});

	it("is believed on the word of the one before alone", () => {
		const first = signingKey(hub);
		const thief = signingKey(join(home, "thief"));
		const theirs = givenKey(thief.publicKey) as never;
		const ours = givenKey(first.publicKey) as never;
		const words = [
			// Signed by themselves; in our name; a head of ours in the place of a word; a word on nothing.
			nameSuccessor(theirs, thief.privateKey, theirs),
			nameSuccessor(ours, thief.privateKey, theirs),
			head(first),
			nameSuccessor(theirs, first.privateKey, theirs),
			{
				...nameSuccessor(ours, first.privateKey, theirs),
				payload: `{"kind":"key-succession","from":"${first.id}","to":"${thief.publicKey}" }`,
			},
		];
		for (const word of words) {
			expect(newestKey(ours, [word])).toMatchObject({ id: first.id });
			expect(() =>
				follow(first, head({ ...thief, successions: [word] })),
			).toThrow(/not signed by the key/);
		}
		expect(follow(first, head(first)).key_id).toBe(first.id);
	});

	it("is no word for a head: it is refused as one", () => {
		const first = signingKey(hub);
		const [word] = replaceSigningKey(hub).successions;
		expect(() =>
			checkHead(word as SignedHead, pinKey(first.publicKey), null, NOW),
		).toThrow(/schema/);
	});

	it("begins anew: what the one before was made to sign of the far future holds nobody fast", () => {
		const first = signingKey(hub);
		const stolen = head(first, {
			...{ epoch: OTHER, seq: 9_000_000, issued: "2099-01-01T00:00:00.000Z" },
			expires: "2099-01-02T00:00:00.000Z",
		});
		const seen = afterFollowing(null, follow(first, stolen));
		expect(() => follow(first, head(first), seen)).toThrow(/was seen before/);
		const second = replaceSigningKey(hub);
		const now = follow(first, head(second), seen);
		const after = afterFollowing(seen, now);
		expect(after).toMatchObject({ epoch: EPOCH, seq: 7, key: second.id });
		// And from there on nothing of the new key goes back.
		expect(() => follow(first, head(second, { seq: 6 }), after)).toThrow(
			/was seen before/,
		);
		expect(() => follow(first, stolen, after)).toThrow(/not signed/);
	});

	it("given by hand begins anew as well", () => {
		const first = signingKey(hub);
		const stolen = head(first, { issued: "2099-01-01T00:00:00.000Z", seq: 9 });
		const seen = afterFollowing(null, follow(first, stolen));
		const second = replaceSigningKey(hub);
		expect(follow(second, head(second), seen).seq).toBe(7);
	});

	it("is forgotten where the workstation is given another key, and never by damage", () => {
		const first = signingKey(hub);
		const second = replaceSigningKey(hub);
		follow(first, head(second));
		const whole = readFileSync(path);
		for (const copy of [path, `${path}.copy`]) {
			for (let bit = 0; bit < whole.length * 8; bit += 5) {
				const bytes = Buffer.from(whole);
				bytes[bit >> 3] ^= 1 << (bit & 7);
				writeFileSync(copy, bytes);
				expect(trustIn(first).key.id).toBe(second.id);
			}
			writeFileSync(copy, whole);
		}
		for (const copy of [path, `${path}.copy`]) writeFileSync(copy, "{");
		expect(() => trustIn(first)).toThrow(/cannot be read.*not followed/s);
		for (const copy of [path, `${path}.copy`]) writeFileSync(copy, whole);
		const elsewhere = signingKey(join(home, "elsewhere"));
		expect(trustIn(elsewhere).key.id).toBe(elsewhere.id);
		expect(trustIn(second).key.id).toBe(second.id);
	});
});

describe("the hub that replaces its key", () => {
	const file = (name: string): string => join(hub, name);

	it("goes on with the old one, or finishes, wherever it was cut off", () => {
		const first = signingKey(hub);
		const kept = readFileSync(file("signing-key.pem"));
		const second = replaceSigningKey(hub);
		const made = readFileSync(file("signing-key.pem"));
		const named = readFileSync(file("key-successions.json"));
		const standAt = (steps: number): void => {
			rmSync(hub, { recursive: true });
			signingKey(hub);
			writeFileSync(file("signing-key.pem"), kept);
			writeFileSync(file("public-key.txt"), `${first.publicKey}\n`);
			if (steps > 0) writeFileSync(file("signing-key.next.pem"), made);
			if (steps > 1) writeFileSync(file("key-successions.json"), named);
			if (steps > 2) rmSync(file("public-key.txt"));
			if (steps > 3)
				renameSync(file("signing-key.next.pem"), file("signing-key.pem"));
		};
		for (const steps of [0, 1, 2, 3, 4]) {
			standAt(steps);
			const now = signingKey(hub);
			expect([steps, now.id]).toEqual([
				steps,
				steps < 2 ? first.id : second.id,
			]);
			expect(signingKey(hub).id).toBe(now.id);
			expect(readFileSync(file("public-key.txt"), "utf8").trim()).toBe(
				now.publicKey,
			);
			expect(existsSync(file("signing-key.next.pem"))).toBe(steps === 1);
			// Whatever lay there, it can be replaced again.
			expect(replaceSigningKey(hub).id).not.toBe(now.id);
		}
	});

	it("says so when the key of before was put back", () => {
		signingKey(hub);
		copyFileSync(file("signing-key.pem"), file("before.pem"));
		copyFileSync(file("public-key.txt"), file("before.txt"));
		replaceSigningKey(hub);
		copyFileSync(file("before.pem"), file("signing-key.pem"));
		copyFileSync(file("before.txt"), file("public-key.txt"));
		expect(() => signingKey(hub)).toThrow(/was replaced/);
	});
});

describe("what a line can do to heads", () => {
	it("is refused as what it is: replay, rollback, freeze, mix and match, another key", () => {
		const key = signingKey(hub);
		const seen = afterFollowing(null, follow(key, head(key)));
		const at =
			(now: number, signed = head(key)) =>
			() =>
				follow(key, signed, seen, now);
		// The same again is no harm.
		expect(at(NOW)().seq).toBe(7);
		expect(at(NOW, head(key, { seq: 6 }))).toThrow(/was seen before/);
		expect(
			at(NOW, head(key, { epoch: OTHER, issued: iso(NOW - 2 * HOUR) })),
		).toThrow(/was seen before/);
		const frozen = (now: number): unknown => {
			try {
				return at(now)();
			} catch (error) {
				return (error as { code?: unknown }).code;
			}
		};
		expect(frozen(NOW + 24 * HOUR)).toBe("expired");
		// A clock ten years ahead says the same, and one ten years behind follows.
		expect(frozen(NOW + 87_660 * HOUR)).toBe("expired");
		expect(frozen(NOW - 87_660 * HOUR)).toMatchObject({ seq: 7 });
		const newer = head(key, { seq: 8 });
		const mixed = { ...newer, signature: head(key).signature };
		expect(at(NOW, mixed)).toThrow(/not signed/);
		expect(at(NOW, head(signingKey(join(home, "other"))))).toThrow(
			/not signed/,
		);
	});
});
