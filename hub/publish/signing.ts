import { createPrivateKey, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type {
	Head,
	SignedHead,
	StatedDigest,
} from "../../core/feed/publication.ts";
import {
	createFile,
	removeSecondNames,
	replaceFile,
} from "../../machine/files/durable-file.ts";
import {
	type GivenKey,
	givenKey,
	newSigningKey,
	publicHalf,
	signText,
} from "../../machine/signing/signing-key.ts";
import { readRemembered, UnreadableFile } from "../store/remembered-file.ts";
import { TOLD_FILE } from "./epoch.ts";

/** The key with which this hub signs its heads. */
export interface SigningKey {
	readonly privateKey: KeyObject;
	/** The 32 bytes in base64: what a workstation is given. */
	readonly publicKey: string;
	/** First 16 hexadecimal digits of the SHA-256 of the public key: what people compare. */
	readonly id: string;
}

const PRIVATE = "signing-key.pem";
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
	return { privateKey, publicKey, id: (givenKey(publicKey) as GivenKey).id };
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
): SignedHead {
	return signText(JSON.stringify(statement), key.privateKey);
}
