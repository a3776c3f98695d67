import { createPrivateKey, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
	type Head,
	MOST_SUCCESSIONS,
	type SignedHead,
	type StatedDigest,
} from "../../core/feed/publication.ts";
import {
	createFile,
	removeSecondNames,
	removeWhenFree,
	renameWhenFree,
	replaceFile,
} from "../../machine/files/durable-file.ts";
import {
	nameSuccessor,
	newestKey,
} from "../../machine/signing/key-succession.ts";
import {
	type GivenKey,
	givenKey,
	newSigningKey,
	publicHalf,
	type SignedText,
	signText,
} from "../../machine/signing/signing-key.ts";
import {
	readRemembered,
	readSealed,
	UnreadableFile,
	writeSealed,
} from "../store/remembered-file.ts";
import { TOLD_FILE } from "./epoch.ts";

/** The key with which this hub signs its heads. */
export interface SigningKey {
	readonly privateKey: KeyObject;
	/** The 32 bytes in base64: what a workstation is given. */
	readonly publicKey: string;
	/** First 16 hexadecimal digits of the SHA-256 of the public key: what people compare. */
	readonly id: string;
	/** How the keys before led to this one. */
	readonly successions: readonly SignedText[];
}

const PRIVATE = "signing-key.pem";
/** The key that follows, from the moment it is made until it has taken the other's place. */
const NEXT = "signing-key.next.pem";
const SUCCESSIONS = "key-successions.json";
const Successions = z.object({
	successions: z.object({ payload: z.string(), signature: z.string() }).array(),
});
/** Beside the private key, for whoever sets up a workstation. */
export const PUBLIC_KEY_FILE = "public-key.txt";
/** 32 bytes in base64. */
const PUBLIC_KEY = /^[A-Za-z0-9+/]{43}=\n$/;

/**
 * Reads the hub's key, made at first use and readable by its owner alone.
 * @throws UnreadableFile also when the key is gone from a hub that has published: workstations trust no other
 */
export function signingKey(dataFolder: string): SigningKey {
	mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
	const path = join(dataFolder, PRIVATE);
	removeSecondNames(path);
	const successions = readSuccessions(dataFolder);
	finishSuccession(dataFolder, successions);
	const existing = existingKey(path);
	const privateKey = existing ?? newKey(path, dataFolder);
	const publicKey = publicHalf(privateKey);
	const publicPath = join(dataFolder, PUBLIC_KEY_FILE);
	const text = `${publicKey}\n`;
	const noted = existsSync(publicPath) ? readFileSync(publicPath, "utf8") : "";
	if (existing === null || !PUBLIC_KEY.test(noted))
		replaceFile(publicPath, text);
	// One flipped bit makes another key of it, which no workstation believes.
	else if (noted !== text)
		throw new UnreadableFile(
			`${path} and ${publicPath} are not of one pair: one of them is damaged or another hub's. Put it back from a backup; workstations trust the public key they were given. Is it the public one, remove it: it is written anew.`,
		);
	const own = keyOf(privateKey);
	const { id } = own;
	if (newestKey(own, successions).id !== id)
		throw new UnreadableFile(
			`${path} is of a key that was replaced (${id}): workstations believe it no more. Put the newest back from a backup.`,
		);
	return { privateKey, publicKey, id, successions };
}

const keyOf = (privateKey: KeyObject): GivenKey =>
	givenKey(publicHalf(privateKey)) as GivenKey;

/**
 * Replaces the hub's key by a new one, which the old one signs. Cut off at any point, either the old one is still the hub's and nobody was
 * told of another, or the next look at the key finishes it.
 * @throws Error where it was replaced as often as workstations follow
 * @returns the key from now on; a hub that serves goes on signing with the one before until it is started anew
 */
export function replaceSigningKey(dataFolder: string): SigningKey {
	const old = signingKey(dataFolder);
	if (old.successions.length >= MOST_SUCCESSIONS)
		throw new Error(
			`the key was replaced ${old.successions.length} times, and workstations follow no further: found a new hub and give them its key`,
		);
	const { privateKey, pem } = newSigningKey();
	replaceFile(join(dataFolder, NEXT), pem);
	const word = nameSuccessor(
		keyOf(old.privateKey),
		old.privateKey,
		keyOf(privateKey),
	);
	writeSealed(join(dataFolder, SUCCESSIONS), {
		successions: [...old.successions, word],
	});
	return signingKey(dataFolder);
}

const readSuccessions = (dataFolder: string): readonly SignedText[] =>
	readSealed(
		join(dataFolder, SUCCESSIONS),
		Successions,
		"It says how the keys of this hub followed each other; put it back from a backup. Workstations that were given an older key believe the newest by it alone.",
	)?.successions ?? [];

/** Puts the key that was named last in the place of the one before, where that was cut off. */
function finishSuccession(
	dataFolder: string,
	successions: readonly SignedText[],
): void {
	const path = join(dataFolder, PRIVATE);
	const next = existingKey(join(dataFolder, NEXT));
	const old = next && existingKey(path);
	if (!next || !old) return;
	const named = newestKey(keyOf(old), successions);
	// Made, and never named: nobody knows of it.
	if (named.id !== keyOf(next).id) return;
	// The public one first: it is written anew where it is missing, and stops the hub where it is another's.
	removeWhenFree(join(dataFolder, PUBLIC_KEY_FILE));
	renameWhenFree(join(dataFolder, NEXT), path);
}

const existingKey = (path: string): KeyObject | null =>
	readRemembered(
		path,
		(text) => createPrivateKey(text),
		"It is the key with which this hub signs; put it back from a backup. Workstations believe no other.",
	);

function newKey(path: string, dataFolder: string): KeyObject {
	const told = join(dataFolder, TOLD_FILE);
	if (existsSync(told))
		throw new UnreadableFile(
			`${path} is missing, though this hub has published. Put it back from a backup; or, to go on with a new key that every workstation must then be given, remove ${told} too.`,
		);
	const { privateKey, pem } = newSigningKey();
	const made = createFile(path, pem);
	if (made) return privateKey;
	// Another process that started at the same moment was first: its key is the hub's.
	const first = existingKey(path);
	if (first === null)
		throw new UnreadableFile(
			`${path} is there and cannot be read: a link that leads nowhere? Remove it, or put the key back from a backup.`,
		);
	return first;
}

/** Signs what workstations shall believe. */
export function signed(
	statement: Head | StatedDigest,
	key: SigningKey,
): SignedText {
	return signText(JSON.stringify(statement), key.privateKey);
}

/** A head, with how the keys before led to the one that signed it. */
export function signedHead(head: Head, key: SigningKey): SignedHead {
	const { successions } = key;
	return {
		...signed(head, key),
		...(successions.length > 0 && { successions: [...successions] }),
	};
}
