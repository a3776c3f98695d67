import {
	createHash,
	createPublicKey,
	generateKeyPairSync,
	type KeyObject,
	sign,
	verify,
} from "node:crypto";

/*
 * The one way in which something is signed here and a signature is believed: ed25519 (RFC 8032) over the UTF-8 bytes of a text. The hub signs
 * its heads, whoever makes the application its updates; workstations are given the public keys.
 */

/** DER of an ed25519 public key up to the key itself (RFC 8410). */
const ED25519_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** A new private key, as PEM: for its owner alone. */
export function newSigningKey(): { privateKey: KeyObject; pem: string } {
	const { privateKey } = generateKeyPairSync("ed25519");
	return {
		privateKey,
		pem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
	};
}

/** The public half of a private key as workstations are given it: 32 bytes in base64. */
export function publicHalf(privateKey: KeyObject): string {
	return createPublicKey(privateKey)
		.export({ type: "spki", format: "der" })
		.subarray(-32)
		.toString("base64");
}

/** A public key that somebody was given, and what it is known by. */
export interface GivenKey {
	readonly key: KeyObject;
	/** The 32 bytes in base64. */
	readonly text: string;
	/** First 16 hexadecimal digits of the SHA-256 of its 32 bytes: what people compare. */
	readonly id: string;
}

/**
 * Reads a public key.
 * @param text the 32 bytes in base64
 * @returns null when it is of another length
 */
export function givenKey(text: string): GivenKey | null {
	const raw = Buffer.from(text.trim(), "base64");
	if (raw.length !== 32) return null;
	return {
		key: createPublicKey({
			key: Buffer.concat([ED25519_PREFIX, raw]),
			format: "der",
			type: "spki",
		}),
		text: raw.toString("base64"),
		id: createHash("sha256").update(raw).digest("hex").slice(0, 16),
	};
}

/** A text and its signature (base64). */
export interface SignedText {
	readonly payload: string;
	readonly signature: string;
}

export function signText(payload: string, privateKey: KeyObject): SignedText {
	return {
		payload,
		signature: sign(null, Buffer.from(payload), privateKey).toString("base64"),
	};
}

export function isSignedBy(
	{ payload, signature }: SignedText,
	{ key }: GivenKey,
): boolean {
	return verify(
		null,
		Buffer.from(payload, "utf8"),
		key,
		Buffer.from(signature, "base64"),
	);
}
