import { type Context, Hono } from "hono";
import { compress } from "hono/compress";
import { z } from "zod";
import { mayAs } from "../../../core/access/person.ts";
import { QUERIES, type Queries } from "../../../core/api/all.ts";
import { DATA_MANAGERS } from "../../../core/api/data-managers.ts";
import { areaId } from "../../../core/api/parameter.ts";
import type { Progress } from "../../../core/api/progress.ts";
import {
	BYTES_HEADER,
	isBytes,
	type Query,
	type Reads,
	SEQ_HEADER,
} from "../../../core/api/route.ts";
import type { Change, State, SyncState } from "../../../core/api/state.ts";
import { LARGEST_TABLE } from "../../../core/api/tables.ts";
import type { Show } from "../../../core/wall/show.ts";
import { wallOf } from "../../../core/wall/together.ts";
import { CallStopped } from "../../../machine/thread/thread.ts";
import { createDemandProjector } from "../analysis/demand.ts";
import { createDispatchPlanner } from "../analysis/dispatch-plan.ts";
import { createNowcaster } from "../analysis/nowcast.ts";
import { createCaseProjector } from "../analysis/projection.ts";
import { createReproductionEstimator } from "../analysis/reproduction.ts";
import { createSpecimenRouter } from "../analysis/specimens.ts";
import type { KeptDevices } from "../lan/kept-devices.ts";
import { createPairingCodes } from "../lan/pairing-codes.ts";
import type { Geography } from "../query/geography.ts";
import type { ReaderPool } from "../query/reader-pool.ts";
import { NO_REPLICA, Refusal, unlessEmpty } from "../query/refusal.ts";
import type { KeptShow } from "../workspace/kept-show.ts";
import type { Preferences } from "../workspace/preferences.ts";
import { createAlertDesk } from "./alerts.ts";
import { type Answer, type Asker, createAnswers } from "./answers.ts";
import { apiError } from "./api-error.ts";
import { bytesOf, rangeOf, readArchive } from "./basemap-archive.ts";
import { createBoundaries } from "./boundaries.ts";
import {
	admitToPanels,
	deviceAsPerson,
	isOfWalls,
	scenesFor,
	sessionOfDevice,
	showFor,
} from "./device-account.ts";
import { letIn } from "./entry.ts";
import { createEvents } from "./events.ts";
import { createHere } from "./here.ts";
import type { ThisInstallation } from "./installation.ts";
import { letDevicesIn } from "./lan-door.ts";
import type { LanListener } from "./lan-listener.ts";
import type { Fetch } from "./listen.ts";
import { take } from "./orders.ts";
import { readParameters } from "./parameters.ts";
import {
	isOfHere,
	NO_NAME,
	nobodyAt,
	type PartHere,
	partHere,
} from "./part-of-country.ts";
import {
	askHub,
	type People,
	personAt,
	sessionAt,
	signedInHere,
} from "./people.ts";
import { watchTriggers } from "./raised-triggers.ts";
import { narrowing } from "./scope.ts";
import type { Sessions } from "./session.ts";
import { staticFiles } from "./static-files.ts";
import { deviceSession, sessionOf, type Visit } from "./visitor.ts";
import { watchWalls } from "./wall-windows.ts";

export interface AppOptions {
	readers: ReaderPool;
	/** Whether the hub gives this workstation what one province may have. */
	ofProvince: boolean;
	sessions: Sessions;
	sync: { state(): SyncState; retry(): void };
	people: People;
	preferences: Preferences;
	/** Tells what a presenter ordered, until this is closed. */
	openShow(changed: (show: Show) => void): KeptShow;
	installation: ThisInstallation;
	devices: KeptDevices;
	lan: () => LanListener;
	/** The port listened on; known once the server listens. */
	port: () => number;
	/** Folder of the built screens. */
	screens: string;
	/** The built-in boundaries, or null. */
	geography: string | null;
	/** A PMTiles file given at the start, before any that is chosen. */
	basemap?: string | undefined;
	report: (message: string) => void;
	/** Milliseconds between heartbeats of the event stream. */
	heartbeat?: number;
}

export interface App {
	/** Answers the windows of this machine. */
	fetch: Fetch;
	/** Answers devices of the network. */
	fetchForDevices: Fetch;
	/** Tells every screen what synchronisation is doing. */
	stateChanged(): void;
	/** Tells every screen that the replica moved on. */
	replicaChanged(change: Change): void;
	/** Tells every screen that something of this workstation changed. */
	hereChanged(reads: Reads[]): void;
	close(): Promise<void>;
}

/** Of kecamatan one province at a time. `v` only makes the address of another version another one. */
const GEOGRAPHY_FILE = z.object({
	province: areaId.optional(),
	v: z.string().optional(),
});

/** The name of a table that is given. */
const GIVEN_TABLE = z.strictObject({ name: z.string().min(1).max(200) });

const BASEMAP_FILE = GEOGRAPHY_FILE.omit({ province: true });

/** The whole of what a screen may ask, as core/api/all states it. */
export function createApp(options: AppOptions): App {
	const { readers, sync, people, preferences, installation, devices } = options;
	const codes = createPairingCodes();
	const events = createEvents(options.heartbeat);
	const reproduction = createReproductionEstimator();
	const dispatch = createDispatchPlanner();
	const demand = createDemandProjector();
	const nowcast = createNowcaster();
	const projection = createCaseProjector();
	const specimens = createSpecimenRouter();
	let led: string | undefined;
	const show = options.openShow((now) => {
		const devicesBySession = new Map(
			devices.list.map((device) => [deviceSession(device.id), device]),
		);
		events.sendEach("show", (session) =>
			showFor(devicesBySession.get(session) ?? null, now),
		);
		// A display is given what it may come to show: with another playlist that is led something else.
		if (now.run?.playlist === led) return;
		led = now.run?.playlist;
		events.send("here", { reads: ["workspace"] satisfies Reads[] });
	});
	const wallWatch = watchWalls(
		options.report,
		() => events.send("here", { reads: ["wall-windows"] }),
		{
			wallOf: (asked) => wallOf(preferences.walls.value.grids, asked),
			tell(change, sessions) {
				for (const session of sessions) events.send("scene", change, session);
			},
		},
	);
	const boundaries = createBoundaries(readers, options.geography);
	const alerts = createAlertDesk(readers);
	const triggers = watchTriggers(
		readers,
		() => preferences.walls.value.playlists,
		() => events.send("here", { reads: ["workspace"] satisfies Reads[] }),
	);
	const app = new Hono<Visit>();

	app.use("/api/*", async (c, next) => {
		c.header("cache-control", "no-store");
		await next();
	});

	/**
	 * Who asks.
	 * @throws Refusal 401 when nobody has signed in and somebody has to have, or a device was paired for another part of the country; 503
	 * where nothing may be given yet
	 */
	async function asker(c: Context<Visit>, anyone: boolean): Promise<Asker> {
		const visitor = c.get("visitor");
		const session = sessionOf(visitor);
		const device = visitor.kind === "device" ? visitor.device : null;
		const part = await here();
		if (device && !isOfHere(device, part))
			throw new Refusal(
				401,
				"no-device",
				`Expected a device that was paired for ${part.scope}; found one for ${device.scope}.`,
			);
		if (part.isHeldBack && !anyone)
			throw new Refusal(
				503,
				NO_REPLICA,
				"Expected what the province may have; found the whole country's, which is not given here.",
			);
		const found = device
			? deviceAsPerson(device)
			: personAt(people, session, part);
		if (!found && !anyone)
			throw new Refusal(
				401,
				"no-person",
				"Expected a person who has signed in at this window.",
			);
		const person = found ?? nobodyAt(part);
		return {
			session,
			person,
			part,
			device,
			narrow: narrowing(readers, person),
			signal: c.req.raw.signal,
			progress(done, of) {
				const { pathname, search } = new URL(c.req.url);
				const told: Progress = { address: pathname + search, done, of };
				events.send("progress", told, session);
			},
		};
	}

	/** A device is given what its panels need, whatever anybody may ask; so is whoever took the role of one at a window. */
	function admitToWalls(name: keyof Queries, path: string, who: Asker): void {
		if (isOfWalls(who.person))
			admitToPanels(
				name,
				path,
				scenesFor(
					who.device,
					preferences.walls.value,
					show.value.run?.playlist ?? null,
				),
			);
	}

	/** Where the map below the figures lies, given at the start or chosen; it is the room's, not a person's. */
	const archivePath = (): string | null =>
		options.basemap ?? preferences.current(NO_NAME).settings.basemap;

	const answers = createAnswers({
		readers,
		boundaries,
		async archive() {
			const path = archivePath();
			return {
				archive: path === null ? null : await readArchive(path),
				given: options.basemap != null,
			};
		},
		state: currentState,
		session: async ({ session, device, part }) =>
			device
				? sessionOfDevice(device, part.dataset)
				: sessionAt(people, session, part),
		devices,
		lan: options.lan,
		outbox: () => people.outbox?.entries(Date.now()) ?? [],
		preferences,
		show,
		wallWatch,
		installation,
		reproduction,
		dispatch,
		demand,
		nowcast,
		projection,
		specimens,
		triggers,
		alerts,
		fromHub: (who, path) => askHub(people, who, path),
	});

	const packed = compress({ encoding: "gzip", threshold: 16_384 });
	for (const [name, query] of Object.entries(QUERIES) as [
		keyof Queries,
		Query,
	][]) {
		const raw = isBytes(query.answer);
		const handle = async (c: Context<Visit>) => {
			const who = await asker(c, query.role === "anyone");
			if (who.device !== null || query.role !== "anyone")
				admitToWalls(name, query.path, who);
			if (query.role !== "anyone" && !mayAs(who.person, query.role))
				throw new Refusal(
					403,
					"not-allowed",
					`${query.path} is for ${query.role.join(", ")}; found ${who.person.role}`,
				);
			const asked = readParameters(query.request, c.req.queries());
			if (query.keeps === "area") {
				const { area, areas, beside } = asked as {
					area: number;
					areas?: number[];
					beside?: number;
				};
				await who.narrow.admit(
					areas ?? (beside === undefined ? [area] : [area, beside]),
				);
			}
			const { seq, answer } = await (
				answers[name] as (
					asked: unknown,
					asker: Asker,
				) => Promise<Answer<unknown>>
			)(asked, who);
			if (seq !== null) c.header(SEQ_HEADER, String(seq));
			if (!raw) return c.json(answer);
			const { header, body } = answer as { header: unknown; body: ArrayBuffer };
			c.header(BYTES_HEADER, JSON.stringify(header));
			c.header("content-type", "application/octet-stream");
			return c.body(body);
		};
		// Raw bytes are not compressed: they go to this machine or over its network faster than they pack.
		if (raw) app.get(query.path, handle);
		else app.get(query.path, packed, handle);
	}

	const commandsHere = createHere({
		sync,
		people,
		preferences,
		installation,
		devices: {
			kept: devices,
			codes,
			get lan() {
				return options.lan();
			},
			leave: (id) => events.end(deviceSession(id)),
		},
		triggers,
		part: here,
		show,
		walls: wallWatch,
	});
	app.post("/api/command", async (c) => {
		const who = await asker(c, true);
		const signedIn = signedInHere(people, who.session, who.part) !== null;
		const { status, answer } = await take(
			await c.req.json().catch(() => null),
			who,
			signedIn,
			commandsHere,
			people.outbox,
			Date.now(),
		);
		if (status === 202) people.wake();
		return c.json(answer, status);
	});

	app.post("/api/given-table", async (c) => {
		const who = await asker(c, false);
		if (who.device !== null || !mayAs(who.person, DATA_MANAGERS))
			throw new Refusal(
				403,
				"not-allowed",
				`tables are given by ${DATA_MANAGERS.join(", ")}; found ${who.person.role}`,
			);
		const { name } = readParameters(GIVEN_TABLE, c.req.queries());
		// What is larger is told from its length before any of it is read.
		const length = Number(c.req.header("content-length") ?? Number.NaN);
		if (!(length > 0 && length <= LARGEST_TABLE))
			throw new Refusal(
				422,
				"too-large",
				`found ${c.req.header("content-length") ?? "no"} bytes, expected 1 to ${LARGEST_TABLE}`,
			);
		const bytes = new Uint8Array(await c.req.arrayBuffer());
		return c.json(
			(await askHub(
				people,
				who,
				`/v1/table?${new URLSearchParams({ name })}`,
				bytes,
			)) as object,
		);
	});

	app.get("/api/events", async (c) => {
		await asker(c, true);
		if (c.req.method === "HEAD")
			return c.body(null, 200, { "content-type": "text/event-stream" });
		const visitor = c.get("visitor");
		return events.open(c, sessionOf(visitor), async () => [
			["state", await currentState()],
			[
				"show",
				showFor(visitor.kind === "device" ? visitor.device : null, show.value),
			],
		]);
	});

	app.get("/api/geography.topojson", async (c) => {
		await asker(c, false);
		const { province } = readParameters(GEOGRAPHY_FILE, c.req.queries());
		return sendTopology(
			c,
			await (province === undefined
				? boundaries.current()
				: boundaries.ofProvince(province)),
		);
	});

	app.get("/api/basemap.topojson", async (c) => {
		await asker(c, false);
		readParameters(BASEMAP_FILE, c.req.queries());
		const land = await boundaries.land();
		if (!land)
			throw new Refusal(404, "no-basemap", "No land around: its file is gone.");
		return sendTopology(c, land);
	});

	app.get("/api/basemap.pmtiles", async (c) => {
		await asker(c, false);
		readParameters(BASEMAP_FILE, c.req.queries());
		const path = archivePath();
		// Only of a file that is such an archive: whoever chooses a path is not given any other file of this machine.
		const archive = path === null ? null : await readArchive(path);
		if (!archive || archive.kind === "unusable")
			throw new Refusal(
				404,
				"no-basemap",
				archive
					? `${archive.path}: ${archive.why}, found ${archive.found}`
					: "No file is chosen.",
			);
		const range = rangeOf(c.req.header("range"));
		if (!range)
			throw new Refusal(
				400,
				"bad-range",
				`found Range: ${c.req.header("range") ?? "none"}, expected bytes=FROM-TO of at most 16 MiB`,
			);
		const { offset, length } = range;
		const bytes = await bytesOf(archive.path, offset, length);
		if (bytes.length === 0)
			throw new Refusal(
				400,
				"bad-range",
				`found Range: ${c.req.header("range")}, expected one that begins within the file`,
			);
		c.header("etag", `"${archive.version}"`);
		c.header("content-type", "application/octet-stream");
		c.header("content-range", `bytes ${offset}-${offset + bytes.length - 1}/*`);
		return c.body(bytes, 206);
	});

	async function sendTopology(c: Context<Visit>, geography: Geography) {
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
	}

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

	app.onError((error, c) => {
		c.header("cache-control", "no-store");
		if (error instanceof Refusal)
			return c.json(apiError(error.code, error.message), error.status);
		// Nobody is there any more who would be told.
		if (error instanceof CallStopped) return c.body(null);
		options.report(
			`${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`,
		);
		return c.json(apiError("internal", error.message), 500);
	});

	// Two doors lead to the same rooms.
	const window = new Hono<Visit>();
	letIn(window, options);
	const lan = new Hono<Visit>();
	letDevicesIn(lan, {
		devices,
		codes,
		names: () => options.lan().names(),
		report: options.report,
	});
	for (const door of [window, lan]) {
		door.route("/", app);
		door.notFound((c) => {
			c.header("cache-control", "no-store");
			return c.text(NOT_HERE, 404);
		});
	}

	async function here(): Promise<PartHere> {
		const answer = await unlessEmpty(readers.ask("dataset", undefined));
		return partHere(answer?.answer ?? null, options.ofProvince);
	}

	async function currentState(): Promise<State> {
		const { dataset } = await here();
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
		fetch: window.fetch,
		fetchForDevices: lan.fetch,
		stateChanged: tellState,
		replicaChanged(change) {
			events.send("change", change);
			tellState();
		},
		hereChanged: (reads) => events.send("here", { reads }),
		async close() {
			events.close();
			wallWatch.close();
			await reproduction.close();
			await dispatch.close();
			await demand.close();
			await projection.close();
			await specimens.close();
		},
	};
}

const NOT_HERE = `Tidak ada di sini. / Not here.
`;
