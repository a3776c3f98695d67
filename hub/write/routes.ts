import { type Context, Hono } from "hono";
import type pg from "pg";
import { mayAs, type Person } from "../../core/access/person.ts";
import { AUDITORS } from "../../core/api/audit.ts";
import {
	type CommandRefusal,
	OutcomesAsked,
	refusalOf,
} from "../../core/api/command-message.ts";
import { shortBody, whoAsks } from "../access/routes.ts";
import { publish } from "../publish/publish.ts";
import { PERFORMERS } from "./all.ts";
import { type AuditRow, auditRows, maySee, readBy } from "./audit.ts";
import { noteAuditHead } from "./audit-head.ts";
import { expireDecisions } from "./expire.ts";
import {
	doneCommand,
	doneCommands,
	type Performer,
	perform,
	Refused,
	readMessage,
} from "./perform.ts";
import { createTurns, NoTurn } from "./turns.ts";

const STATUS = {
	command: 400,
	"no-session": 401,
	"not-allowed": 403,
	"not-found": 404,
	conflict: 409,
	impossible: 422,
} as const satisfies Record<CommandRefusal["code"], number>;

const PAGE = 200;
/** So often (ms) decisions are ended whose last day has passed, and commands are published whose publication failed. */
const LOOK_AGAIN = 10_000;
/** Workstations give a request up after 15 s (ms). */
const PATIENCE = 10_000;
/** What PostgreSQL says when a lock was not free in time. */
const LOCKED = "55P03";

export interface WriteRoutes {
	app: Hono;
	close(): void;
}

/**
 *   POST /v1/command              CommandMessage -> CommandDone; refusals are a CommandRefusal (400, 401, 403, 404, 409, 422); 503 with
 *                                 retry-after while the dataset is taken by an intake
 *   GET  /v1/command/{id}         CommandDone; 404 when it was never carried out
 *   POST /v1/command/outcomes     OutcomesAsked -> Outcomes: those that were carried out, as far as this hub knows
 *   GET  /v1/audit?before=N       AuditRow[], newest first, at most 200
 * All of them ask for a signed-in person.
 */
export function writeRoutes(
	store: {
		pool: pg.Pool;
		dataFolder: string;
		log: (line: string) => void;
	},
	performers: readonly Performer[] = PERFORMERS,
	clock: () => number = Date.now,
): WriteRoutes {
	const app = new Hono();
	// They take turns in the database anyway. Waiting there, each would hold a connection, and soon there were none for the feed.
	const turns = createTurns(PATIENCE);

	app.post("/v1/command", shortBody, async (c) => {
		const session = await whoAsks(store.pool, c, clock());
		if (!session) return refuse(c, noSession());
		try {
			const message = readMessage(await c.req.json().catch(() => null));
			return await turns.take(async () => {
				await perform(store, performers, message, {
					person: session.person,
					now: clock(),
				});
				// What was carried out stands, whatever becomes of the rest: the next look publishes it.
				await noteAuditHead(store.pool, store.dataFolder).catch(
					report("audit"),
				);
				await publish(store).catch(report("publication"));
				return c.json(await doneCommand(store.pool, message.id));
			});
		} catch (error) {
			if (error instanceof Refused) return refuse(c, error.refusal);
			if (
				error instanceof NoTurn ||
				(error as { code?: unknown }).code === LOCKED
			) {
				c.header("retry-after", "5");
				return c.json({ error: "files are being taken in; ask again" }, 503);
			}
			throw error;
		}
	});

	app.post("/v1/command/outcomes", shortBody, async (c) => {
		if (!(await whoAsks(store.pool, c, clock()))) return refuse(c, noSession());
		const read = OutcomesAsked.safeParse(await c.req.json().catch(() => null));
		if (!read.success) return refuse(c, refusalOf("form", { fields: "ids" }));
		return c.json({ done: await doneCommands(store.pool, read.data.ids) });
	});

	app.get("/v1/command/:id", async (c) => {
		if (!(await whoAsks(store.pool, c, clock()))) return refuse(c, noSession());
		const id = c.req.param("id");
		const done = /^[0-9a-f-]{36}$/.test(id)
			? await doneCommand(store.pool, id)
			: null;
		return done ? c.json(done) : refuse(c, refusalOf("never-performed", {}));
	});

	app.get("/v1/audit", async (c) => {
		const session = await whoAsks(store.pool, c, clock());
		if (!session) return refuse(c, noSession());
		if (!mayAs(session.person, AUDITORS))
			return refuse(c, refusalOf("audit-role", { roles: AUDITORS.join(", ") }));
		const text = c.req.query("before");
		const before = text === undefined ? undefined : Number(text);
		if (before !== undefined && !Number.isSafeInteger(before))
			return refuse(c, refusalOf("form", { fields: "before" }));
		return c.json(await pageFor(store.pool, session.person, before));
	});

	function report(what: string): (error: unknown) => void {
		return (error) => store.log(`${what} after a command: ${error}`);
	}

	const again = setInterval(async () => {
		// Whoever is at it publishes what there is; and one look waiting for the dataset is enough.
		if (turns.busy) return;
		await turns
			.take(async () => {
				await expireDecisions(store, clock());
				const { rows } = await store.pool.query(
					"SELECT 1 FROM command WHERE seq IS NULL LIMIT 1",
				);
				if (rows.length > 0) await publish(store);
			})
			.catch(report("publication"));
	}, LOOK_AGAIN);
	again.unref();

	return { app, close: () => clearInterval(again) };
}

/** The next rows that a person may see: fewer than a page only where the trail ends. */
async function pageFor(
	db: pg.Pool,
	person: Person,
	before: number | undefined,
): Promise<AuditRow[]> {
	const seen: AuditRow[] = [];
	let from = before;
	while (seen.length < PAGE) {
		const rows = await auditRows(db, { before: from, limit: PAGE });
		seen.push(...rows.filter((row) => maySee(person, row)));
		if (rows.length < PAGE) break;
		from = rows.at(-1)?.number;
	}
	return seen.slice(0, PAGE).map((row) => readBy(person, row));
}

function refuse(c: Context, refusal: CommandRefusal): Response {
	return c.json(refusal, STATUS[refusal.code]);
}

function noSession(): CommandRefusal {
	return refusalOf("no-session", {});
}
