import { type Context, Hono } from "hono";
import { compress } from "hono/compress";
import { getCookie, setCookie } from "hono/cookie";
import { mayAs, type Person } from "../../../core/access/person.ts";
import { QUERIES, type Queries } from "../../../core/api/all.ts";
import {
	type ApiError,
	isBytes,
	type Query,
	type Reads,
} from "../../../core/api/route.ts";
import type { SignInAnswer } from "../../../core/api/session.ts";
import type { Change, State, SyncState } from "../../../core/api/state.ts";
import { NATION } from "../../../core/areas/codes.ts";
import type { SignInResult, SignIns } from "../hub/sign-in.ts";
import type { ReaderPool } from "../query/reader-pool.ts";
import { Refusal, unlessEmpty } from "../query/refusal.ts";
import type { Preferences } from "../workspace/preferences.ts";
import { type Answer, type Asker, createAnswers } from "./answers.ts";
import { createBoundaries } from "./boundaries.ts";
import { createEvents } from "./events.ts";
import { judge } from "./guard.ts";
import { type HereCommands, take } from "./orders.ts";
import { readParameters } from "./parameters.ts";
import { askHub, type People, personAt, sessionAt } from "./people.ts";
import { securityPolicy } from "./policy.ts";
import { narrowing } from "./scope.ts";
import type { Sessions } from "./session.ts";
import { staticFiles } from "./static-files.ts";

export interface AppOptions {
	readers: ReaderPool;
	sessions: Sessions;
	sync: { state(): SyncState; retry(): void };
	people: People;
	preferences: Preferences;
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
	/** Tells every screen that something of this workstation changed. */
	hereChanged(reads: Reads[]): void;
	close(): void;
}

const MISDIRECTED = 421;

/** Who asks where nobody has to have signed in. */
const NOBODY: Person = { name: "", display: "", role: "wall", scope: NATION };

/** The whole of what a screen may ask, as core/api/all states it. */
export function createApp(options: AppOptions): App {
	const { readers, sessions, sync, people, preferences } = options;
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
		if (sessions.idOf(getCookie(c, cookie())) !== null) return next();
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

	const dataset = async () => (await currentState()).dataset;
	const idOf = (c: Context) => sessions.idOf(getCookie(c, cookie())) as string;

	/** Who asks. @throws Refusal 401 when nobody has signed in and somebody has to have */
	async function asker(c: Context, anyone: boolean): Promise<Asker> {
		const session = idOf(c);
		const found = personAt(people, session, await dataset());
		if (!found && !anyone)
			throw new Refusal(
				401,
				"no-person",
				"Expected a person who has signed in at this window.",
			);
		const person = found ?? NOBODY;
		return { session, person, narrow: narrowing(readers, person) };
	}

	const answers = createAnswers({
		readers,
		boundaries,
		state: currentState,
		session: async ({ session }) => sessionAt(people, session, await dataset()),
		outbox: () => people.outbox?.entries(Date.now()) ?? [],
		preferences,
		fromHub: ({ session }, path) => askHub(people, session, path),
	});

	const packed = compress({ encoding: "gzip", threshold: 16_384 });
	for (const [name, query] of Object.entries(QUERIES) as [
		keyof Queries,
		Query,
	][]) {
		const raw = isBytes(query.answer);
		const handle = async (c: Context) => {
			const who = await asker(c, query.role === "anyone");
			if (query.role !== "anyone" && !mayAs(who.person, query.role))
				throw new Refusal(
					403,
					"not-allowed",
					`${query.path} is for ${query.role.join(", ")}; found ${who.person.role}`,
				);
			const asked = readParameters(query.request, c.req.queries());
			if (query.keeps === "area")
				await who.narrow.admit((asked as { area: number }).area);
			const { seq, answer } = await (
				answers[name] as (
					asked: unknown,
					asker: Asker,
				) => Promise<Answer<unknown>>
			)(asked, who);
			if (seq !== null) c.header("x-blc-seq", String(seq));
			if (!raw) return c.json(answer);
			const { header, body } = answer as { header: unknown; body: ArrayBuffer };
			c.header("x-blc-header", JSON.stringify(header));
			c.header("content-type", "application/octet-stream");
			return c.body(body);
		};
		// Raw bytes are not compressed: they go to this machine or over its network faster than they pack.
		if (raw) app.get(query.path, handle);
		else app.get(query.path, packed, handle);
	}

	app.post("/api/command", async (c) => {
		const who = await asker(c, true);
		const signedIn = people.signIns.of(who.session) !== null;
		const { status, answer } = await take(
			await c.req.json().catch(() => null),
			who,
			signedIn,
			here,
			people.outbox,
			Date.now(),
		);
		if (status === 202) people.wake();
		return c.json(answer, status);
	});

	const here: HereCommands = {
		async retrySync() {
			sync.retry();
			people.wake();
			return null;
		},
		signIn: ({ name, password }, { session }) =>
			signedInAt(session, (signIns) => signIns.signIn(session, name, password)),
		takeRole: ({ role, scope }, { session }) =>
			signedInAt(session, (signIns) => signIns.takeRole(session, role, scope)),
		async signOut(_, { session }) {
			await people.signIns.signOut(session);
			return sessionAt(people, session, await dataset());
		},
		removeFromOutbox: async ({ id }, { person }) => {
			const entry = people.outbox
				?.entries(Date.now())
				.find((one) => one.id === id);
			const own =
				entry?.person.name === person.name || person.role === "administrator";
			return { removed: (own && people.outbox?.remove(id)) ?? false };
		},
		changeSettings: async (chosen, { person }) =>
			kept(() => preferences.changeSettings(person.name, chosen)),
		changeWorkspace: async (change, { person }) =>
			kept(() => preferences.changeWorkspace(person.name, change)),
		importSettings: async ({ text }, { person }) => ({
			became: kept(() => preferences.import(person.name, text)),
		}),
		takeBackImport: async (_, { person }) => ({
			takenBack: kept(() => preferences.takeBack(person.name)),
		}),
	};

	/** A full disk is said, and is no fault of this program. */
	function kept<T>(change: () => T): T {
		try {
			return change();
		} catch (error) {
			throw new Refusal(
				503,
				"not-kept",
				`this workstation cannot keep it: ${(error as Error).message}`,
			);
		}
	}

	async function signedInAt(
		session: string,
		ask: (signIns: SignIns) => Promise<SignInResult>,
	): Promise<SignInAnswer> {
		const result = await ask(people.signIns);
		if (result.kind !== "signed-in") return result;
		people.wake();
		return {
			kind: "signed-in",
			session: sessionAt(people, session, await dataset()),
		};
	}

	app.get("/api/events", (c) => {
		if (c.req.method === "HEAD")
			return c.body(null, 200, { "content-type": "text/event-stream" });
		return events.open(c, async () => [["state", await currentState()]]);
	});

	app.get("/api/geography.topojson", async (c) => {
		await asker(c, false);
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
				`found ${c.req.method} ${c.req.path}, expected a route of docs/api.md`,
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
		hereChanged: (reads) => events.send("here", { reads }),
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
