import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { SignedHead } from "../../../core/feed/publication.ts";
import { parseSilently } from "../../../core/reading/broken-json.ts";
import { newestKey } from "../../../machine/signing/key-succession.ts";
import {
	type GivenKey,
	givenKey,
} from "../../../machine/signing/signing-key.ts";
import { readTwoCopies, writeTwoCopies } from "./two-copies.ts";

/** Which key is believed, after how many others. It outlives replicas: a key that was replaced is never believed again. */
const Kept = z.object({
	/** Id of the key that this workstation was given: with another one given nothing of this holds. */
	given: z.string(),
	key: z.base64(),
	turn: z.int().positive(),
});
type Kept = z.infer<typeof Kept>;
const File = z.object({ trust: Kept, sha256: z.string() });

/** The key of the hub that is believed now. */
export interface Trust {
	readonly key: GivenKey;
	/** Hears how keys followed each other. @throws when a newer key cannot be kept: then it is not believed yet either */
	hear(head: Pick<SignedHead, "successions">): void;
}

/** @throws SyncFailure "disk" when what is kept cannot be read */
export function openTrust(
	path: string,
	given: GivenKey,
	log: (message: string) => void,
): Trust {
	const kept = readTwoCopies(
		path,
		"the hub's newest key",
		readCopy,
		(one, other) => one.turn > other.turn,
	);
	const holds = kept?.given === given.id ? kept : null;
	let turn = holds?.turn ?? 0;
	let key = (holds && givenKey(holds.key)) ?? given;
	return {
		get key() {
			return key;
		},
		hear({ successions = [] }) {
			const next = newestKey(key, successions);
			if (next.id === key.id) return;
			const trust = { given: given.id, key: next.text, turn: turn + 1 };
			mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
			writeTwoCopies(path, JSON.stringify({ trust, sha256: digestOf(trust) }));
			log(`sync: the hub's key ${key.id} was replaced by ${next.id}`);
			[key, turn] = [next, turn + 1];
		},
	};
}

function readCopy(text: string): Kept {
	const { trust, sha256 } = File.parse(parseSilently(text));
	if (sha256 !== digestOf(trust)) throw new Error("it is damaged");
	return trust;
}

const digestOf = ({ given, key, turn }: Kept): string =>
	createHash("sha256")
		.update(JSON.stringify([given, key, turn]))
		.digest("hex");
