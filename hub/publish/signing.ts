import {
	createHash,
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	type KeyObject,
	sign,
} from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type {
	Head,
	SignedHead,
	StatedDigest,
} from "../../core/feed/publication.ts";
import { writeDurably } from "./durable-file.ts";

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

/** Reads the hub's key, made at first use and readable by its owner alone. */
export function signingKey(dataFolder: string): SigningKey {
	mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
	const path = join(dataFolder, PRIVATE);
	if (!existsSync(path)) {
		const { privateKey } = generateKeyPairSync("ed25519");
		writeDurably(
			path,
			privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
			0o600,
		);
	}
	const privateKey = createPrivateKey(readFileSync(path));
	const spki = createPublicKey(privateKey).export({
		type: "spki",
		format: "der",
	});
	const raw = spki.subarray(spki.length - 32);
	const publicKey = raw.toString("base64");
	const publicPath = join(dataFolder, PUBLIC_KEY_FILE);
	if (!existsSync(publicPath))
		writeDurably(publicPath, `${publicKey}\n`, 0o644);
	return {
		privateKey,
		publicKey,
		id: createHash("sha256").update(raw).digest("hex").slice(0, 16),
	};
}

/** Signs what workstations shall believe. */
export function signed(
	statement: Head | StatedDigest,
	key: SigningKey,
): SignedHead {
	const payload = JSON.stringify(statement);
	return {
		payload,
		signature: sign(null, Buffer.from(payload), key.privateKey).toString(
			"base64",
		),
	};
}
