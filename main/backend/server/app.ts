import { Hono } from "hono";
import { compress } from "hono/compress";
import { getCookie, setCookie } from "hono/cookie";
import type { z } from "zod";
import type {
	ApiError,
	Change,
	State,
	SyncState,
} from "../../../core/api/situation.ts";
import type { ReaderPool } from "../query/reader-pool.ts";
import { Refusal, unlessEmpty } from "../query/refusal.ts";
import { createBoundaries } from "./boundaries.ts";
import { createEvents } from "./events.ts";
import { judge } from "./guard.ts";
import { securityPolicy } from "./policy.ts";
import { PARAMETERS, readParameters } from "./request.ts";
import type { Sessions } from "./session.ts";
import { staticFiles } from "./static-files.ts";

export interface AppOptions {
	readers: ReaderPool;
	sessions: Sessions;
	sync: { state(): SyncState; retry(): void };
	/** The port listened on; known once the server listens. */
	port: () => number;
	/** Folder of the built screens. */
	screens: string;
	/** The built-in boundaries, or null. */
	geography: string | null;
	report: (message: string) => void;
	/** Milliseconds between heartbeats of the event stream. */
	heartbeat?: number;
}

export interface App {
	fetch: Hono["fetch"];
	/** Tells every screen what synchronisation is doing. */
	stateChanged(): void;
	/** Tells every screen that the replica moved on. */
	replicaChanged(change: Change): void;
	close(): void;
}

const MISDIRECTED = 421;

/** The whole of what a screen may ask, as api/situation states it. */
export function createApp(options: AppOptions): App {
	const { readers, sessions, sync } = options;
	const events = createEvents(options.heartbeat);
	const boundaries = createBoundaries(readers, options.geography);
	const app = new Hono();

	app.use(securityPolicy);
	app.use(async (c, next) => {
		const verdict = judge(
			{
				method: c.req.method,
				host: c.req.header("host"),
				origin: c.req.header("origin"),
				site: c.req.header("sec-fetch-site"),
				navigation: c.req.header("sec-fetch-mode") === "navigate",
			},
			options.port(),
		);
		if (verdict === "wrong-host")
			return c.json(
				apiError("wrong-host", "This server answers on 127.0.0.1 only."),
				MISDIRECTED,
			);
		if (verdict === "wrong-origin")
			return c.json(
				apiError("wrong-origin", "Only this server's own pages may ask."),
				403,
			);
		return next();
	});

	const cookie = () => `blc-session-${options.port()}`;

	app.get("/enter", (c) => {
		c.header("cache-control", "no-store");
		// Looking at an address must not use it up.
		if (c.req.method !== "GET") return c.body(null, 405, { allow: "GET" });
		const session = sessions.enter(c.req.query("token") ?? "");
		if (session === null) return c.text(USED_UP, 401);
		// The port is part of the name: cookies of one machine are shared by all its ports.
		setCookie(c, cookie(), session, {
			httpOnly: true,
			sameSite: "Strict",
			path: "/",
		});
		// A browser that was led here from a file does not send a cookie of this site along a redirect; a page of our own goes on by itself.
		if (c.req.header("sec-fetch-site") === "cross-site") return c.html(GO_ON);
		return c.redirect("/", 303);
	});

	app.use(async (c, next) => {
		if (sessions.holds(getCookie(c, cookie()))) return next();
		c.header("cache-control", "no-store");
		if (c.req.path.startsWith("/api/"))
			return c.json(
				apiError("no-session", "Expected the session cookie of this server."),
				401,
			);
		return c.text(NO_SESSION, 401);
	});

	app.use("/api/*", async (c, next) => {
		c.header("cache-control", "no-store");
		await next();
	});

	/** What a route was asked, checked. */
	const asked = <T>(
		c: { req: { queries(): Record<string, string[]> } },
		schema: z.ZodType<T>,
	): T => readParameters(schema, c.req.queries());

	app.get("/api/state", async (c) => {
		asked(c, PARAMETERS.none);
		const state = await currentState();
		if (state.dataset) c.header("x-blc-seq", String(state.dataset.seq));
		return c.json(state);
	});

	app.get("/api/events", (c) => {
		if (c.req.method === "HEAD")
			return c.body(null, 200, { "content-type": "text/event-stream" });
		return events.open(c, async () => [["state", await currentState()]]);
	});

	app.post("/api/sync/retry", (c) => {
		sync.retry();
		return c.body(null, 204);
	});

	// A cube is not compressed: its bytes go to this machine or over its network faster than they pack.
	app.get("/api/cube", async (c) => {
		const { as_known, ...request } = asked(c, PARAMETERS.cube);
		const { seq, answer } = await readers.ask("cube", {
			...request,
			asKnownOn: as_known,
		});
		c.header("x-blc-seq", String(seq));
		c.header("x-blc-cube", JSON.stringify(answer.header));
		c.header("content-type", "application/octet-stream");
		return c.body(answer.body);
	});

	const packed = compress({ encoding: "gzip", threshold: 16_384 });

	app.get("/api/areas", packed, async (c) => {
		asked(c, PARAMETERS.none);
		const { seq, answer } = await readers.ask("areas", undefined);
		c.header("x-blc-seq", String(seq));
		return c.json(answer);
	});

	app.get("/api/series", packed, async (c) => {
		const { as_known, ...request } = asked(c, PARAMETERS.series);
		const { seq, answer } = await readers.ask("series", {
			...request,
			asKnownOn: as_known,
		});
		c.header("x-blc-seq", String(seq));
		return c.json(answer);
	});

	app.get("/api/kpis", async (c) => {
		const { as_known, ...request } = asked(c, PARAMETERS.kpis);
		const { seq, answer } = await readers.ask("kpis", {
			...request,
			asKnownOn: as_known,
		});
		c.header("x-blc-seq", String(seq));
		return c.json(answer);
	});

	app.get("/api/figures", async (c) => {
		const { as_known, ...request } = asked(c, PARAMETERS.figures);
		const { seq, answer } = await readers.ask("figures", {
			...request,
			asKnownOn: as_known,
		});
		c.header("x-blc-seq", String(seq));
		return c.json(answer);
	});

	app.get("/api/table", packed, async (c) => {
		const { as_known, ...request } = asked(c, PARAMETERS.table);
		const { seq, answer } = await readers.ask("table", {
			...request,
			asKnownOn: as_known,
		});
		c.header("x-blc-seq", String(seq));
		return c.json(answer);
	});

	app.get("/api/explain", async (c) => {
		const { as_known, ...request } = asked(c, PARAMETERS.explain);
		const { seq, answer } = await readers.ask("explain", {
			...request,
			asKnownOn: as_known,
		});
		c.header("x-blc-seq", String(seq));
		return c.json(answer);
	});

	app.get("/api/freshness", async (c) => {
		asked(c, PARAMETERS.none);
		const { seq, answer } = await readers.ask("freshness", undefined);
		c.header("x-blc-seq", String(seq));
		return c.json(answer);
	});

	app.get("/api/quarantine", packed, async (c) => {
		const { seq, answer } = await readers.ask(
			"quarantine",
			asked(c, PARAMETERS.quarantine),
		);
		c.header("x-blc-seq", String(seq));
		return c.json(answer);
	});

	app.get("/api/digest", async (c) => {
		asked(c, PARAMETERS.none);
		const { seq, answer } = await readers.ask("digest", undefined);
		c.header("x-blc-seq", String(seq));
		return c.json(answer);
	});

	app.get("/api/geography", async (c) => {
		asked(c, PARAMETERS.none);
		return c.json((await boundaries.current()).info);
	});

	app.get("/api/geography.topojson", async (c) => {
		const geography = await boundaries.current();
		const tag = `"${geography.info.version}"`;
		// The one large answer that seldom changes: kept by the browser, and asked about each time.
		c.header("cache-control", "private, no-cache");
		c.header("etag", tag);
		c.header("vary", "accept-encoding");
		if (c.req.header("if-none-match") === tag) return c.body(null, 304);
		c.header("content-type", "application/json");
		if (!/\bgzip\b/.test(c.req.header("accept-encoding") ?? ""))
			return c.body(geography.topojson);
		c.header("content-encoding", "gzip");
		return c.body(await boundaries.packed(geography));
	});

	app.all("/api/*", (c) =>
		c.json(
			apiError(
				"no-route",
				`found ${c.req.method} ${c.req.path}, expected a route of core/api/situation`,
			),
			404,
		),
	);

	app.get("*", staticFiles(options.screens));
	app.notFound((c) => {
		c.header("cache-control", "no-store");
		return c.text(NOT_HERE, 404);
	});

	app.onError((error, c) => {
		c.header("cache-control", "no-store");
		if (error instanceof Refusal)
			return c.json(apiError(error.code, error.message), error.status);
		options.report(
			`${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`,
		);
		return c.json(apiError("internal", error.message), 500);
	});

	async function currentState(): Promise<State> {
		const answer = await unlessEmpty(readers.ask("dataset", undefined));
		const dataset = answer?.answer ?? null;
		return { dataset, sync: sync.state() };
	}

	// One at a time, so that the last one told is the last one true.
	let telling = false;
	let again = false;
	function tellState(): void {
		again = true;
		if (telling) return;
		telling = true;
		void (async () => {
			while (again) {
				again = false;
				try {
					events.send("state", await currentState());
				} catch (error) {
					options.report(`state: ${String(error)}`);
				}
			}
			telling = false;
		})();
	}

	return {
		fetch: app.fetch,
		stateChanged: tellState,
		replicaChanged(change) {
			events.send("change", change);
			tellState();
		},
		close: events.close,
	};
}

function apiError(code: string, message: string): ApiError {
	return { code, message };
}

const USED_UP = `Alamat ini sudah dipakai atau tidak berlaku. Mintalah alamat baru dari program yang menjalankan BLC Command.
This address has been used or is not valid. Ask the program that runs BLC Command for a new one.
`;
const GO_ON = `<!doctype html>
<meta charset="utf-8">
<title>BLC Command</title>
<meta http-equiv="refresh" content="0;url=/">
`;
const NO_SESSION = `Buka BLC Command dengan alamat yang ditampilkan saat program dimulai.
Open BLC Command with the address shown when the program started.
`;
const NOT_HERE = `Tidak ada di sini. / Not here.
`;
