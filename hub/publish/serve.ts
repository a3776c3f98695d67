import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Readable, type Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { matchedRoutes } from "hono/route";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import pg from "pg";
import type { Needed } from "../../core/feed/client.ts";
import { type SignedHead, STREAM } from "../../core/feed/publication.ts";
import { FEED_SCHEMA_VERSION, FEED_TABLES } from "../../core/feed/table.ts";
import { isDatabaseLost } from "../store/database.ts";
import { isDiskFull } from "../store/disk-full.ts";
import { readPreparing } from "../store/preparing.ts";
import {
	type Province,
	provinceOfCredential,
	REVOKED,
	revocations,
	saysProvince,
} from "../store/province.ts";
import {
	type LogHead,
	PUBLISHED,
	segmentBytes,
	segmentEntries,
	snapshots,
} from "../store/publication.ts";
import { partContent } from "./digest.ts";
import { createDigests } from "./digests.ts";
import { readTold } from "./epoch.ts";
import type { FeedStore } from "./feed-store.ts";
import {
	createGuard,
	type Guarded,
	isLoopback,
	type Refused,
} from "./guard.ts";
import { type CurrentHead, createHeads, headOfProvince } from "./heads.ts";
import { provincePart } from "./province-digest.ts";
import { sequence } from "./sequencer.ts";
import { signingKey } from "./signing.ts";
import { createChunkCheck } from "./snapshot.ts";
import { standingFault } from "./standing-fault.ts";

/** Entries of the log in one answer. */
const PAGE = 500;
/** Sign of life on live connections (ms). */
const HEARTBEAT = 15_000;
/** A publication whose announcement was lost with a connection is found after this long (ms). */
const LOOK_AGAIN = 5_000;
/** How long a workstation is kept waiting for a digest that is being made (ms); it gives up after 15 s. */
const PATIENCE = 8_000;
/** How long answers under way may take when the server closes (ms). */
const LAST_ANSWERS = 1_000;

/** Of others there is one count: whoever asks could make up any number of them. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "DELETE"]);

interface Listener {
	readonly stream: SSEStreamingApi;
	/** Whose workstation listens; null: the whole country's. */
	readonly province: Province | null;
	/** By what it was let in; null: not asked again. */
	readonly credential: string | null;
	/** Epoch and publication of the last head sent. */
	told: string;
}

/** Another program listens where this one should. */
export class PortTaken extends Error {
	override readonly name = "PortTaken";
}

/** What a person can do about a port that is not to be had; any other error as it is. */
export function whyNotListening(
	error: NodeJS.ErrnoException,
	host: string,
	port: number,
): Error {
	if (error.code === "EADDRINUSE")
		return new PortTaken(
			`port ${port} of ${host} is taken by another program; name another with --port`,
		);
	// Below 1024 without the right to it; or one that Windows keeps for its virtual machines, other ones after each restart.
	if (error.code === "EACCES")
		return new PortTaken(
			`port ${port} of ${host} may not be used by this account, or is kept by Windows (netsh int ipv4 show excludedportrange tcp); name another with --port`,
		);
	return error;
}

/** How many workstations hold a live connection. */
export interface Following {
	readonly nation: number;
	readonly province: number;
}

/** An answer that was given: the form of its path and no path, and the time to its first byte. */
export interface Answered {
	readonly method: string;
	readonly route: string;
	readonly status: number;
	readonly seconds: number;
}

export interface FeedServer {
	readonly url: string;
	readonly publicKey: string;
	/** Fingerprint of the public key. */
	readonly keyId: string;
	following(): Following;
	/** Ends every connection, live ones too, within two seconds. */
	close(): Promise<void>;
}

export interface ServeOptions {
	/** 0 takes a free one. */
	readonly port: number;
	/** Address to serve on; 127.0.0.1 when left out. Any other needs `guarded`. */
	readonly host?: string;
	/** What a hub that others can reach has: its certificate and key (PEM), and what every workstation must say to be answered. */
	readonly guarded?: Guarded;
	/** The oldest workstation that is answered; when left out, any that reads what is published. */
	readonly needed?: Needed;
	/** What else is answered at the same address, behind the same doors. */
	readonly routes?: readonly Hono[];
	/** Paths of these routes that ask for a credential of their own, in the place of the hub's: whoever has that one has no other. */
	readonly ownDoors?: readonly string[];
	/** Hears of every answer. */
	answered?(answer: Answered): void;
}

/**
 * Serves the feed (endpoints: core/feed/publication) and sequences what other processes publish.
 * @throws when it would leave this machine without TLS and a credential
 */
export async function serveFeed(
	store: FeedStore,
	options: ServeOptions,
): Promise<FeedServer> {
	const { host = "127.0.0.1", guarded } = options;
	if (!isLoopback(host) && !guarded)
		throw new Error(
			`${host} can be reached from other machines: serving there needs a certificate, its key and a credential`,
		);
	const log = store.log ?? (() => {});
	const key = signingKey(store.dataFolder);
	// Said now, and not at every answer.
	readTold(store.dataFolder);
	const currentHead = createHeads(store, key);
	const live = new Set<Listener>();
	let closing = false;

	const needed = options.needed ?? {
		version: null,
		schema: FEED_SCHEMA_VERSION,
	};
	const refuse = createGuard(guarded, needed);
	const app = new Hono<{ Variables: { province: Province | null } }>();
	app.use(async (c, next) => {
		const begun = performance.now();
		await next();
		options.answered?.({
			method: METHODS.has(c.req.method) ? c.req.method : "other",
			// Of a path that nobody knows, or that was refused: whoever asks could write anything there.
			route: matchedRoutes(c).findLast(({ path }) => path !== "/*")?.path ?? "",
			status: c.res.status,
			seconds: (performance.now() - begun) / 1000,
		});
	});
	app.use(async (c, next) => {
		const isOwnDoor = options.ownDoors?.includes(c.req.path) ?? false;
		const authorization = c.req.header("authorization");
		const isProvince = !isOwnDoor && saysProvince(authorization);
		let refused: Refused | null = refuse(
			(name) => c.req.header(name),
			isOwnDoor || isProvince,
		);
		if (isProvince && !refused) {
			const province = await provinceOfCredential(store.pool, authorization);
			c.set("province", province);
			if (province === null)
				refused = {
					status: 401,
					error: "the credential is not valid, or not any more",
				};
			else if (!FOR_PROVINCES.some((path) => path.test(c.req.path)))
				refused = {
					status: 403,
					error: "not for the workstation of one province",
				};
		}
		if (refused) {
			c.res = c.json({ error: refused.error }, refused.status);
			// What is to be spoken here instead: 426 must say it.
			if (refused.status === 426)
				c.res.headers.set("upgrade", `blc-feed/${needed.schema}`);
		} else await next();
		// Whatever is not content addressed may be another answer next time; errors above all.
		if (!c.res.headers.has("cache-control"))
			c.res.headers.set("cache-control", "no-store");
		c.res.headers.set("x-content-type-options", "nosniff");
	});
	app.onError((error, c) => {
		log(`${c.req.path}: ${error}`);
		c.header("cache-control", "no-store");
		if (isDatabaseLost(error))
			return unavailable(c, 5, "the hub waits for its database");
		if (isDiskFull(error)) return unavailable(c, 30, "the hub's disk is full");
		return c.json({ error: "the hub failed to answer" }, 500);
	});
	app.notFound((c) => c.json({ error: "not found" }, 404));
	for (const routes of options.routes ?? []) app.route("/", routes);

	app.get("/v1/head", async (c) =>
		c.json(headFor(await currentHead(), asking(c))),
	);

	const headFor = (
		current: CurrentHead,
		province: Province | null,
	): SignedHead =>
		province === null
			? current.signed
			: headOfProvince(current, province.code, key);

	app.get("/v1/preparing", async (c) =>
		c.json(await readPreparing(store.dataFolder)),
	);

	/** Answers only for the epoch that is current; who asks for another gets the signed head that says so. */
	async function inEpoch(
		c: Context,
		answer: (current: CurrentHead) => Promise<Response>,
	): Promise<Response> {
		const current = await currentHead();
		const stream = c.req.param("stream");
		if (stream !== undefined && stream !== STREAM) return c.notFound();
		return c.req.param("epoch") === current.state.epoch
			? answer(current)
			: c.json(headFor(current, asking(c)), 409);
	}

	app.get("/v1/:epoch/:stream/segments", (c) =>
		inEpoch(c, async ({ state }) => {
			const after = number(c.req.query("after"));
			if (after === null)
				return c.json({ error: "after: a sequence number expected" }, 400);
			if (after + 1 < state.minSeq)
				return c.json({ error: `the log begins at ${state.minSeq}` }, 410);
			const entries = await segmentEntries(
				store.pool,
				state.epoch,
				after,
				PAGE,
			);
			return c.json(entries.filter(({ seq }) => seq <= state.seq));
		}),
	);

	app.get("/v1/:epoch/:stream/seg/:name", (c) =>
		inEpoch(c, async ({ state }) => {
			const name = /^(\d{1,15})-([0-9a-f]{64})$/.exec(
				c.req.param("name") ?? "",
			);
			if (!name) return c.notFound();
			if (Number(name[1]) < state.minSeq)
				return c.json({ error: `the log begins at ${state.minSeq}` }, 410);
			const bytes = await segmentBytes(store.pool, Number(name[1]), name[2]);
			return bytes
				? partly(
						c,
						bytes.length,
						(start, end) => new Uint8Array(bytes.subarray(start, end + 1)),
					)
				: c.notFound();
		}),
	);

	app.get("/v1/:epoch/snap/:id/manifest", (c) =>
		inEpoch(c, async () => {
			const found = (await snapshots(store.pool)).find(
				({ id }) => id === c.req.param("id"),
			);
			return found
				? content(c, Buffer.from(found.manifest), "application/json")
				: c.notFound();
		}),
	);

	const chunks = createChunkCheck(store.dataFolder, (message) => {
		log(message);
		void sequenceSoon();
	});
	app.get("/v1/chunk/:sha256", async (c) => {
		const name = c.req.param("sha256");
		if (!/^[0-9a-f]{64}$/.test(name)) return c.notFound();
		const path = await chunks.whole(name);
		return path === null ? c.notFound() : chunk(c, path);
	});

	const digests = createDigests(store, key);
	/** The publication that `at` asks for, when it is the newest; null when it is not. */
	const newest = (c: Context, { state }: CurrentHead): LogHead | null =>
		number(c.req.query("at")) === state.seq
			? { epoch: state.epoch, seq: state.seq }
			: null;

	app.get("/v1/:epoch/digest", (c) =>
		inEpoch(c, async (current) => {
			const of = newest(c, current);
			const province = asking(c);
			const found =
				of &&
				(await soon(
					province === null
						? digests.of(of)
						: digests.ofProvince(of, province).then((made) => made?.signed),
				));
			if (found === BEING_MADE) return busy(c);
			return found
				? c.json(found)
				: c.json({ error: "no digest of this publication" }, 404);
		}),
	);

	app.get("/v1/:epoch/part/:table/:month/:province", (c) =>
		inEpoch(c, async (current) => {
			const of = newest(c, current);
			const { table: name, month, province } = c.req.param();
			const table = FEED_TABLES.find((entry) => entry.name === name);
			if (!of || !table || !isPartNumber(month) || !isPartNumber(province))
				return c.notFound();
			const part = { month: number(month), province: number(province) };
			const reader = asking(c);
			const may = reader && (await digests.ofProvince(of, reader));
			const found =
				reader === null
					? await partContent(store.pool, of, table, part)
					: may && (await provincePart(store.pool, may, reader, table, part));
			return found
				? c.body(new Uint8Array(found), 200, {
						"content-type": "application/octet-stream",
						"content-length": String(found.length),
					})
				: c.json({ error: "no such part of this publication" }, 404);
		}),
	);

	app.get("/v1/live", async (c) => {
		// Before the answer begins: without a database it is an error, not a silent connection.
		const current = await currentHead();
		c.header("cache-control", "no-store");
		return streamSSE(c, async (stream) => {
			const province = asking(c);
			const credential = province && (c.req.header("authorization") ?? null);
			const listener: Listener = { stream, province, credential, told: "" };
			live.add(listener);
			stream.onAbort(() => {
				live.delete(listener);
			});
			// Always, whatever `after` says: publication 1 of a new epoch is news to someone at 100 of the old one.
			await tell(listener, current);
			while (live.has(listener) && !stream.aborted && !closing)
				await stream.sleep(1000);
			live.delete(listener);
		});
	});

	/** Ends the live connections: who asks again hears that the hub waits for its database, instead of a sign of life. */
	function endLive(): void {
		for (const { stream } of live) void stream.close();
		live.clear();
	}

	async function tell(listener: Listener, current: CurrentHead): Promise<void> {
		const { state } = current;
		const news = `${state.epoch} ${state.seq}`;
		if (listener.told === news) return;
		listener.told = news;
		// It may have been revoked since it began to listen.
		if (await isTurnedAway(listener)) return;
		// Newer news overtook it while that was asked.
		if (listener.told !== news) return;
		const head = headFor(current, listener.province);
		await send(listener.stream, state.seq, head);
	}

	/** Ends what stands open to a workstation that was revoked. */
	async function isTurnedAway(listener: Listener): Promise<boolean> {
		const { credential, province, stream } = listener;
		if (credential === null) return false;
		const now = await provinceOfCredential(store.pool, credential).catch(
			() => null,
		);
		if (now !== null && now.id === province?.id) return false;
		live.delete(listener);
		await stream.close();
		return true;
	}

	let revoked: number | null = null;
	/** At once when it is said, and at the next look when nobody heard it. */
	async function turnAway(): Promise<void> {
		const count = await revocations(store.pool);
		if (count === revoked) return;
		revoked = count;
		for (const listener of live) void isTurnedAway(listener);
	}

	/** Sequences again whenever it was asked to while it was sequencing, never twice at the same time. */
	let asked = false;
	let sequencing: Promise<void> | null = null;
	const fault = standingFault("sequencing", log);
	function sequenceSoon(): Promise<void> {
		asked = true;
		sequencing ??= (async () => {
			while (asked && !closing) {
				asked = false;
				try {
					await turnAway();
					await sequence(store);
					// Also what another process sequenced.
					const current = await currentHead();
					for (const listener of live) void tell(listener, current);
					digests.refresh(current.state.snapshot?.id ?? null);
					fault.works();
				} catch (error) {
					if (closing) return;
					fault.failed(error);
					if (isDatabaseLost(error)) endLive();
				}
			}
			sequencing = null;
		})();
		return sequencing;
	}

	// Before anything that goes on by itself: a port that is taken ends the process.
	const listener = getRequestListener(app.fetch);
	const server = guarded
		? createSecureServer({ cert: guarded.cert, key: guarded.key }, listener)
		: createServer(listener);
	server.on("tlsClientError", answerInTheClear);
	await new Promise<void>((resolve, reject) => {
		server.once("error", (error: NodeJS.ErrnoException) =>
			reject(whyNotListening(error, host, options.port)),
		);
		server.listen(options.port, host, resolve);
	});
	const stopListening = listenTo(store.pool, () => void sequenceSoon());
	const again = setInterval(async () => {
		await sequenceSoon();
	}, LOOK_AGAIN);
	const heartbeat = setInterval(() => {
		for (const { stream } of live) void stream.write(": alive\n\n");
	}, HEARTBEAT);

	await sequenceSoon();
	const { port } = server.address() as AddressInfo;

	return {
		following() {
			const ofProvince = [...live].filter(({ province }) => province).length;
			return { nation: live.size - ofProvince, province: ofProvince };
		},
		url: `${guarded ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`,
		publicKey: key.publicKey,
		keyId: key.id,
		async close() {
			closing = true;
			digests.close();
			clearInterval(again);
			clearInterval(heartbeat);
			const closed = new Promise<void>((resolve) =>
				server.close(() => resolve()),
			);
			endLive();
			const end = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS);
			server.closeIdleConnections();
			await stopListening();
			await closed;
			clearTimeout(end);
			await sequencing;
		},
	};
}

/** Tells whoever speaks plain HTTP to a hub with TLS what is wrong, instead of breaking off as a bad line does. */
function answerInTheClear(error: Error, socket: unknown): void {
	if ((error as { code?: string }).code !== "ERR_SSL_HTTP_REQUEST") return;
	// Node has given the TLS socket up; what lies under it is not among its types.
	const under = (socket as { _parent?: Writable })._parent;
	const body = JSON.stringify({ error: "this hub is spoken to by https" });
	under?.end(
		`HTTP/1.1 421 Misdirected Request\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
	);
}

async function send(
	stream: SSEStreamingApi,
	seq: number,
	head: SignedHead,
): Promise<void> {
	try {
		await stream.writeSSE({
			event: "head",
			id: String(seq),
			data: JSON.stringify(head),
		});
	} catch {
		// The other end has gone; its abort is on the way.
	}
}

/** Calls back for every announced publication, and when the connection breaks; connects again by itself. Returns what ends it. */
function listenTo(pool: pg.Pool, announced: () => void): () => Promise<void> {
	let client: pg.Client | null = null;
	let timer: NodeJS.Timeout | undefined;
	let ended = false;
	async function connect(): Promise<void> {
		const next = new pg.Client(pool.options as pg.ClientConfig);
		let lost = false;
		const again = (): void => {
			// Heard twice when connecting fails: as an event and as a rejection.
			if (lost || ended) return;
			lost = true;
			client = null;
			timer = setTimeout(connect, 1000);
			announced();
			next.end().catch(() => {});
		};
		next.on("error", again);
		next.on("end", again);
		next.on("notification", announced);
		try {
			await next.connect();
			await next.query(`LISTEN ${PUBLISHED}; LISTEN ${REVOKED}`);
			client = next;
			if (ended) await next.end();
		} catch {
			again();
		}
	}
	void connect();
	return async () => {
		ended = true;
		clearTimeout(timer);
		await client?.end().catch(() => {});
	};
}

/** Whose workstation asks; null: the whole country's. */
const asking = (c: Context): Province | null => c.get("province") ?? null;

/** All that the workstation of one province may ask for. What persons ask for is answered to those of that province alone (hub/access). */
const FOR_PROVINCES = [
	/^\/v1\/(head|preparing|live)$/,
	/^\/v1\/[^/]+\/(digest|part\/[^/]+\/[^/]+\/[^/]+)$/,
	/^\/v1\/(session|session\/exercise|command|command\/[^/]+|audit)$/,
	/^\/v1\/(table|tables|table\/[^/]+|mappings)$/,
];

const IMMUTABLE = "public, max-age=31536000, immutable";

function content(
	c: Context,
	bytes: Uint8Array,
	type = "application/octet-stream",
): Response {
	return c.body(new Uint8Array(bytes), 200, {
		"content-type": type,
		"content-length": String(bytes.length),
		"cache-control": IMMUTABLE,
	});
}

async function chunk(c: Context, path: string): Promise<Response> {
	let size: number;
	try {
		({ size } = await stat(path));
	} catch {
		return c.notFound();
	}
	return partly(
		c,
		size,
		(start, end) =>
			Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream,
	);
}

/**
 * What never changes, or the part of it that one Range asks for (RFC 9110, section 14).
 * @param read the bytes from one place to another, both included
 */
function partly(
	c: Context,
	size: number,
	read: (
		start: number,
		end: number,
	) => ReadableStream | Uint8Array<ArrayBuffer>,
): Response {
	const headers = {
		"content-type": "application/octet-stream",
		"accept-ranges": "bytes",
		"cache-control": IMMUTABLE,
	};
	const range = /^bytes=(\d*)-(\d*)$/.exec(c.req.header("range") ?? "");
	if (!range || (range[1] === "" && range[2] === ""))
		return c.body(read(0, size - 1), 200, {
			...headers,
			"content-length": String(size),
		});
	const start =
		range[1] === "" ? Math.max(0, size - Number(range[2])) : Number(range[1]);
	const end =
		range[1] === "" || range[2] === ""
			? size - 1
			: Math.min(Number(range[2]), size - 1);
	if (start > end || start >= size)
		return c.body(null, 416, { "content-range": `bytes */${size}` });
	return c.body(read(start, end), 206, {
		...headers,
		"content-length": String(end - start + 1),
		"content-range": `bytes ${start}-${end}/${size}`,
	});
}

/** A month or province in the path of a part. */
const isPartNumber = (text: string): boolean =>
	text === "-" || number(text) !== null;

const BEING_MADE = Symbol("being made");

/** What is being made, if it is ready soon enough for the one who waits. */
function soon<T>(value: Promise<T>): Promise<T | typeof BEING_MADE> {
	return Promise.race([value, sleep(PATIENCE, BEING_MADE, { ref: false })]);
}

const busy = (c: Context): Response =>
	unavailable(c, 10, "being made; ask again");

/** @param after seconds after which it is worth asking again */
function unavailable(c: Context, after: number, error: string): Response {
	c.header("retry-after", String(after));
	return c.json({ error }, 503);
}

function number(text: string | undefined): number | null {
	return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
