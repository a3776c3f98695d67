import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** Cost of a new hash: 32 MiB and about 0.1 s on a workstation (OWASP's recommendation for scrypt: N = 2^15, r = 8, p = 3). */
const COST = { N: 1 << 15, r: 8, p: 3 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const MEMORY = 128 << 20;

/** Shortest password taken. */
export const SHORTEST_PASSWORD = 10;

/** Hashes a password as `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(SALT_BYTES);
	const key = await derive(password, salt, COST);
	return ["scrypt", COST.N, COST.r, COST.p, encode(salt), encode(key)].join(
		"$",
	);
}

/** Whether a password is the one that was hashed. Takes as long when `hashed` is null as when the password is wrong. */
export async function isPassword(
	password: string,
	hashed: string | null,
): Promise<boolean> {
	if (hashed === null) {
		await derive(password, randomBytes(SALT_BYTES), COST);
		return false;
	}
	const [scheme, N, r, p, salt, key] = hashed.split("$");
	if (scheme !== "scrypt" || !key)
		throw new Error("a stored password is of an unknown kind");
	const expected = Buffer.from(key, "base64url");
	const found = await derive(password, Buffer.from(salt, "base64url"), {
		N: Number(N),
		r: Number(r),
		p: Number(p),
	});
	return timingSafeEqual(expected, found);
}

/** The same text typed on another keyboard is the same password (RFC 8265 asks for NFC). */
function derive(
	password: string,
	salt: Buffer,
	cost: { N: number; r: number; p: number },
): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		scrypt(
			password.normalize("NFC"),
			salt,
			KEY_BYTES,
			{ ...cost, maxmem: MEMORY },
			(error, key) => (error ? reject(error) : resolve(key)),
		);
	});
}

function encode(bytes: Buffer): string {
	return bytes.toString("base64url");
}
