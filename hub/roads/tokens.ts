import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type pg from "pg";
import { pushedRoad, type Road } from "../store/roads.ts";

/** What a road may be called. */
export const ROAD_NAME = /^[a-z0-9][a-z0-9-]{1,59}$/;

/** A token says whose it is: `NAME.SECRET`, 256 random bits. */
const TOKEN = /^Bearer ([a-z0-9][a-z0-9-]{1,59})\.([\w-]{43})$/;

export function newToken(name: string): { token: string; digest: Buffer } {
	const token = `${name}.${randomBytes(32).toString("base64url")}`;
	return { token, digest: digestOf(token) };
}

/** The road whose token a request carries; null: it carries none that is valid. */
export async function roadOfToken(
	pool: pg.Pool,
	authorization: string | undefined,
): Promise<Road | null> {
	const read = TOKEN.exec(authorization ?? "");
	if (!read) return null;
	const [, name, secret] = read;
	const found = await pushedRoad(pool, name);
	const given = digestOf(`${name}.${secret}`);
	// Of a name that nobody has as much is compared as of any other.
	const isOwn = timingSafeEqual(given, found?.token ?? NOBODY);
	if (!found || !isOwn) return null;
	const { token: _, ...road } = found;
	return road;
}

const NOBODY = randomBytes(32);

function digestOf(token: string): Buffer {
	return createHash("sha256").update(token).digest();
}
