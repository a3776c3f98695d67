import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import type pg from "pg";
import { excerpt } from "../../core/reading/fault.ts";
import { dayFromIso } from "../../core/series/day.ts";
import type { PushedRoad } from "../store/roads.ts";
import { plainName } from "./plain-name.ts";
import { LARGEST_FILE, refusal, type Taker } from "./taker.ts";
import { tokenReader } from "./tokens.ts";

/** The one path that a token of a road opens; it asks for nothing else. */
export const PUSH_PATH = "/v1/push";

/** Seconds after which whoever was refused for want of room may come again. */
const COME_AGAIN = 5;

/** All of a body has come within this (ms): until then it holds room that others of its source may want. */
const BODY_WITHIN = 60_000;

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 *   POST /v1/push?name=&as_of=    Authorization: Bearer TOKEN, Idempotency-Key: KEY; the body is a file of the format of the token, or
 *                                 NDJSON where that is a table
 *     200  {file, lines, accepted, quarantined, skipped, duplicate, …, faults}: committed
 *     422  the same, of a file of which nothing could be used: in quarantine, committed
 *     400 401 408 409 413 415  {error}: refused, nothing was stored
 *     429  {error} with retry-after: too much of this sender or source waits
 */
export function pushRoutes(
	store: { pool: pg.Pool },
	taker: Taker,
	bodyWithin = BODY_WITHIN,
): Hono {
	const app = new Hono<{ Variables: { road: PushedRoad } }>();
	const roadOf = tokenReader(store.pool);
	app.post(
		PUSH_PATH,
		async (c, next) => {
			c.header("cache-control", "no-store");
			const road = await roadOf(c.req.header("authorization"));
			if (!road) {
				c.header("www-authenticate", "Bearer");
				return say(c, 401, "this token is not valid, or not any more");
			}
			c.set("road", road);
			const wrong = wrongWith(c);
			if (wrong) return say(c, wrong.status, wrong.error);
			// As long as it says to be; one that does not say may be as long as is allowed.
			const length = c.req.header("content-length");
			const bytes =
				length !== undefined && /^\d{1,12}$/.test(length)
					? Number(length)
					: LARGEST_FILE;
			if (bytes > LARGEST_FILE) return tooLarge(c);
			const room = taker.admit(road, bytes);
			if (room.isFull) {
				c.header("retry-after", String(COME_AGAIN));
				return say(
					c,
					429,
					`too many files of ${road.name} or of its source wait to be taken in; come again in ${COME_AGAIN} seconds, with the same key`,
				);
			}
			try {
				await next();
			} finally {
				room.leave();
			}
		},
		async (c) => {
			const road = c.get("road");
			const bytes = await bodyOf(c.req.raw, bodyWithin);
			if (bytes === "late") {
				c.header("connection", "close");
				return say(
					c,
					408,
					`body: expected all of it within ${bodyWithin / 1000} seconds`,
				);
			}
			if (bytes === "too large") return tooLarge(c);
			if (bytes.length === 0)
				return say(c, 400, "body: expected a file, found nothing");
			const name = plainName(c.req.query("name") ?? "") || road.name;
			const asOf = c.req.query("as_of") ?? "";
			const sha256 = createHash("sha256").update(bytes).digest("hex");
			const { status, answer } = await taker.take({
				...{ road, name, bytes, sha256 },
				asOf: dayFromIso(asOf) ?? null,
				push: {
					// Somebody may have put a name into it.
					key: digestOf(c.req.header("idempotency-key") ?? ""),
					sent: digestOf(JSON.stringify([name, asOf, sha256])),
					token: road.token,
				},
			});
			return c.body(answer, status as 200, {
				"content-type": "application/json",
			});
		},
	);
	app.all(PUSH_PATH, (c) => {
		c.header("allow", "POST");
		return say(c, 405, "files are sent here by POST");
	});
	return app as unknown as Hono;
}

/** The bytes of a body; of one that does not come in time, or is too large, the rest is not read. */
async function bodyOf(
	{ body }: Request,
	inTime: number,
): Promise<Uint8Array | "late" | "too large"> {
	if (!body) return new Uint8Array();
	const reader = body.getReader();
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<"late">((resolve) => {
		timer = setTimeout(resolve, inTime, "late");
	});
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for (;;) {
			const reading = reader.read();
			const read = await Promise.race([reading, late]);
			if (read === "late") {
				reading.catch(() => {});
				return read;
			}
			if (read.done) return Buffer.concat(chunks);
			chunks.push(read.value);
			size += read.value.length;
			if (size > LARGEST_FILE) return "too large";
		}
	} finally {
		clearTimeout(timer);
	}
}

function tooLarge(c: Context): Response {
	c.header("connection", "close");
	return say(
		c,
		413,
		`expected at most ${LARGEST_FILE / 1024 / 1024} MB; larger files are taken in at the hub itself`,
	);
}

/** What keeps a push from being read. */
function wrongWith(c: Context): { status: number; error: string } | null {
	if (!KEY.test(c.req.header("idempotency-key") ?? ""))
		return {
			status: 400,
			error:
				"idempotency-key: expected a header of 1 to 200 visible ASCII characters, another one for each file and the same where it is sent again",
		};
	const encoding = c.req.header("content-encoding") ?? "identity";
	if (encoding !== "identity")
		return {
			status: 415,
			error: `content-encoding: found ${excerpt(encoding)}, expected none`,
		};
	const asOf = c.req.query("as_of");
	if (asOf !== undefined && dayFromIso(asOf) === undefined)
		return {
			status: 400,
			error: "as_of: expected a day such as 2020-06-08",
		};
	return null;
}

function say(c: Context, status: number, error: string): Response {
	return c.body(refusal(status, error).answer, status as 400, {
		"content-type": "application/json",
	});
}

function digestOf(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}
