import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	describe,
	expect,
	it,
	vi,
} from "vitest";
import type { OutboxEntry } from "../../core/api/outbox.ts";
import { addPerson, revokePerson } from "../../hub/access/persons.ts";
import { accessRoutes } from "../../hub/access/routes.ts";
import { type HubDatabase, openHubDatabase } from "../../hub/store/database.ts";
import { lockDataset } from "../../hub/store/intake.ts";
import { auditRows } from "../../hub/write/audit.ts";
import { type WriteRoutes, writeRoutes } from "../../hub/write/routes.ts";
import { createHubAccess } from "../../main/backend/hub/hub-access.ts";
import {
	createSignIns,
	REMEMBERED_FOR,
	type SignIns,
} from "../../main/backend/hub/sign-in.ts";
import { createOutbox, type Outbox } from "../../main/backend/outbox/outbox.ts";
import {
	type OpenedOutbox,
	openOutbox,
} from "../../main/backend/outbox/outbox-database.ts";
import { createSender, type Sender } from "../../main/backend/outbox/sender.ts";
import { NOTE_TABLE, NOTES } from "../fixtures/note-command.ts";
import { temporaryFolder } from "./feed-fixture.ts";

const PASSWORD = "sandi yang panjang";
const SESSION = "a window";

describe("commands given on a workstation", { timeout: 120_000 }, () => {
	const folder = temporaryFolder("outbox");
	let db: HubDatabase;
	let writes: WriteRoutes;
	let server: Server;
	let url: string;
	/** What the line does to a request: nothing, no connection, the answer is lost after the hub did its work, or is that of before. */
	let line: "good" | "down" | "loses-answers" | "repeats" = "good";
	let answered = "";
	let clock = Date.UTC(2020, 3, 12);
	/** Of the hub's log: another one after each restore. */
	let epoch: string | null = "first";

	let opened: OpenedOutbox;
	let outbox: Outbox;
	let signIns: SignIns;
	let sender: Sender;
	let path: string;

	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: folder.path });
		await db.pool.query(NOTE_TABLE);
		for (const [name, scope] of [
			["rina", "ID"],
			["asep", "32"],
		] as const)
			await addPerson(
				db.pool,
				{ name, display: name, role: "data-manager", scope },
				PASSWORD,
				clock,
			);
		writes = writeRoutes(
			{ pool: db.pool, dataFolder: folder.path, log: () => {} },
			NOTES,
			() => clock,
		);
		const app = new Hono();
		app.route(
			"/",
			accessRoutes(db, () => clock),
		);
		app.route("/", writes.app);
		server = createServer(getRequestListener(app.fetch));
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		writes.close();
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
		await db.stop();
		rmSync(folder.path, { recursive: true, force: true });
	});

	beforeEach(() => {
		line = "good";
		path = join(folder.path, randomUUID(), "outbox.db");
		start();
	});
	afterEach(stop);

	/** The workstation's part, as after a start of its backend. */
	function start(): void {
		opened = openOutbox(path);
		const hub = createHubAccess(async (at, init) => {
			if (line === "down")
				throw Object.assign(new Error("no route to the hub"), {
					code: "EHOSTUNREACH",
				});
			if (line === "repeats" && at === "/v1/command")
				return new Response(answered);
			const response = await fetch(url + at, init);
			if (at === "/v1/command") answered = await response.clone().text();
			if (line === "loses-answers" && at === "/v1/command") {
				await response.arrayBuffer();
				throw new Error("the line was cut");
			}
			return response;
		});
		outbox = createOutbox(opened.database, () => {});
		signIns = createSignIns(
			opened.database,
			hub,
			() => {},
			() => clock,
		);
		sender = createSender({
			outbox,
			hub,
			signIns,
			report: () => {},
			epoch: () => epoch,
			clock: () => clock,
			random: () => 0,
		});
	}
	async function stop(): Promise<void> {
		await sender.close();
		opened.database.close();
	}

	async function signedIn(name = "rina", password = PASSWORD) {
		const result = await signIns.signIn(SESSION, name, password);
		if (result.kind === "signed-in") sender.wake();
		return result;
	}
	/** Gives a command as whoever sits at the window. */
	function give(area: string, word: string, id: string = randomUUID()): string {
		const who = signIns.of(SESSION);
		if (!who) throw new Error("nobody is signed in");
		outbox.add(
			{
				id,
				name: "note",
				basedOn: null,
				request: { area, word, reason: "a letter" },
			},
			who.person,
			clock,
		);
		sender.wake();
		return id;
	}
	const entry = (id: string) =>
		outbox.entries(clock).find((one) => one.id === id) as OutboxEntry;
	const until = (id: string, wanted: Partial<OutboxEntry>) =>
		vi.waitFor(() => expect(entry(id)).toMatchObject(wanted), {
			timeout: 20_000,
			interval: 50,
		});
	const times = async (area: string): Promise<number> =>
		(await db.pool.query("SELECT times FROM note WHERE area = $1", [area]))
			.rows[0]?.times ?? 0;

	it("are sent, carried out, and say which publication shows them", async () => {
		await signedIn();
		const id = give("32.73", "satu");
		await until(id, { state: "done", seq: expect.any(Number) });
		expect(await times("32.73")).toBe(1);
		const [row] = await auditRows(db.pool, { limit: 1 });
		expect(row).toMatchObject({ command: id, person: { name: "rina" } });
	});

	it("wait while the hub is away, over a restart of the workstation too, and are sent in their order", async () => {
		await signedIn();
		line = "down";
		const first = give("32.01", "a");
		const second = give("32.01", "b");
		await until(first, { state: "waiting", problem: "hub-away" });
		await stop();
		start();
		expect(entry(second)).toMatchObject({ state: "waiting" });
		line = "good";
		sender.wake();
		await until(second, { state: "done" });
		const rows = await auditRows(db.pool, { limit: 2, subject: "note:32.01" });
		expect(rows.map(({ command }) => command)).toEqual([second, first]);
	});

	it("are carried out once when the line cuts after the hub has done its work", async () => {
		await signedIn();
		line = "loses-answers";
		const id = give("32.02", "sekali");
		await until(id, { state: "waiting", problem: "hub-away" });
		expect(await times("32.02")).toBe(1);
		line = "good";
		sender.wake();
		await until(id, { state: "done" });
		expect(await times("32.02")).toBe(1);
	});

	it("are refused with the hub's reason, and the next one is sent all the same", async () => {
		await signedIn("asep");
		const outside = give("31.71", "x");
		const inside = give("32.04", "y");
		await until(inside, { state: "done" });
		expect(entry(outside)).toMatchObject({
			state: "refused",
			refusal: {
				code: "not-allowed",
				message: expect.stringContaining("31.71"),
			},
		});
		expect(outbox.remove(outside)).toBe(true);
		expect(outbox.remove(inside)).toBe(false);
	});

	it("wait for the person to sign in again when the sign-in has ended", async () => {
		await signedIn();
		clock += 13 * 3_600_000;
		// The workstation's own limit passed too: it does not even ask.
		expect(signIns.of(SESSION)).toBeNull();
		await signedIn();
		line = "down";
		const id = give("32.05", "nanti");
		await until(id, { problem: "hub-away" });
		clock += 13 * 3_600_000;
		line = "good";
		sender.wake();
		await until(id, { state: "waiting", problem: "sign-in" });
		await signedIn();
		await until(id, { state: "done" });
	});

	it("of somebody signed in offline wait until the hub has confirmed the person", async () => {
		await signedIn();
		await signIns.signOut(SESSION);
		line = "down";
		expect(await signedIn()).toMatchObject({
			kind: "signed-in",
			signedIn: { person: { name: "rina" }, token: null },
		});
		const id = give("32.06", "luring");
		await until(id, { state: "waiting", problem: "sign-in" });
		line = "good";
		await signedIn();
		await until(id, { state: "done" });
	});

	it("offline, only who signed in here lately is known, and a wrong password waits longer each time", async () => {
		await signedIn();
		line = "down";
		expect(await signedIn("asep")).toEqual({ kind: "unknown-offline" });
		for (let i = 0; i < 3; i++)
			expect(await signedIn("rina", "salah salah")).toEqual({
				kind: "refused",
			});
		expect(await signedIn()).toEqual({ kind: "wait", milliseconds: 1000 });
		clock += 1000;
		expect((await signedIn()).kind).toBe("signed-in");
		clock += REMEMBERED_FOR;
		expect(await signedIn()).toEqual({ kind: "unknown-offline" });
		// Nor does a clock put back help.
		clock -= 2 * REMEMBERED_FOR;
		expect(await signedIn()).toEqual({ kind: "unknown-offline" });
		clock += REMEMBERED_FOR;
	});

	it("of somebody revoked are not carried out, and the workstation forgets the person", async () => {
		await addPerson(
			db.pool,
			{ name: "dedi", display: "d", role: "data-manager", scope: "ID" },
			PASSWORD,
			clock,
		);
		await signedIn("dedi");
		await revokePerson(db.pool, "dedi", clock);
		const id = give("32.07", "x");
		await until(id, { state: "waiting", problem: "sign-in" });
		expect(await signedIn("dedi")).toEqual({ kind: "refused" });
		line = "down";
		expect(await signedIn("dedi")).toEqual({ kind: "unknown-offline" });
		expect(await times("32.07")).toBe(0);
	});

	it("of somebody whose sign-in the hub ended need the hub again: the password remembered here opens nothing while it is away", async () => {
		await addPerson(
			db.pool,
			{ name: "gita", display: "g", role: "data-manager", scope: "ID" },
			PASSWORD,
			clock,
		);
		await signedIn("gita");
		await revokePerson(db.pool, "gita", clock);
		await until(give("32.08", "x"), { state: "waiting", problem: "sign-in" });
		line = "down";
		expect(await signedIn("gita")).toEqual({ kind: "unknown-offline" });
	});

	it("can be taken back only as long as the hub cannot have them", async () => {
		await signedIn();
		line = "down";
		const here = give("32.09", "a");
		await until(here, { state: "waiting", problem: "hub-away" });
		expect(outbox.remove(here)).toBe(true);
		line = "loses-answers";
		const there = give("32.09", "b");
		await until(there, { state: "waiting", problem: "hub-away" });
		expect(outbox.remove(there)).toBe(false);
		// Nor after a restart, nor once the hub is away.
		await stop();
		line = "down";
		start();
		expect(outbox.remove(there)).toBe(false);
		line = "good";
		sender.wake();
		await until(there, { state: "done" });
		expect(await times("32.09")).toBe(1);
	});

	it("are not taken for done by the answer about another one", async () => {
		await signedIn();
		const first = give("32.10", "a");
		await until(first, { state: "done" });
		line = "repeats";
		const second = give("32.10", "b");
		await until(second, { state: "waiting", problem: "hub-away" });
		line = "good";
		sender.wake();
		await until(second, { state: "done" });
		expect(entry(second).audit).not.toBe(entry(first).audit);
	});

	it("of one person do not wait for another to sign in", async () => {
		await signedIn();
		line = "down";
		const hers = give("32.11", "a");
		await until(hers, { problem: "hub-away" });
		line = "good";
		await signIns.signOut(SESSION);
		await signedIn("asep");
		const his = give("32.12", "b");
		await until(his, { state: "done" });
		expect(entry(hers)).toMatchObject({ state: "waiting", problem: "sign-in" });
		await signIns.signOut(SESSION);
		await signedIn();
		await until(hers, { state: "done" });
	});

	it("wait, and stop nothing, while the disk is full, and are carried out once", async () => {
		await signedIn();
		const full = (on: string): void => {
			opened.database.exec(
				`DROP TRIGGER IF EXISTS full; ${on && `CREATE TRIGGER full BEFORE UPDATE OF ${on} ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END`}`,
			);
		};
		for (const [area, column] of [
			["32.13", "sent"],
			["32.14", "state"],
		] as const) {
			full(column);
			const id = give(area, "penuh");
			if (column === "state")
				await vi.waitFor(async () => expect(await times(area)).toBe(1), 20_000);
			expect(entry(id)).toMatchObject({ state: "waiting" });
			full("");
			await until(id, { state: "done" });
			expect(await times(area)).toBe(1);
		}
	});

	it("stand in the trail for somebody of a province when they are of it, whichever rows are asked for", async () => {
		const trail = async (before?: number) => {
			const token = signIns.of(SESSION)?.token as string;
			const answer = await fetch(
				`${url}/v1/audit${before === undefined ? "" : `?before=${before}`}`,
				{ headers: { "x-blc-person": token } },
			);
			expect(answer.status).toBe(200);
			return (await answer.json()) as { number: number; areas: string }[];
		};
		const areasOf = (rows: { areas: string }[]) =>
			rows.flatMap(({ areas }) => JSON.parse(areas) as string[]);
		await signedIn();
		for (const area of ["32.41", "33.41", "51.41"])
			await until(give(area, "jejak"), { state: "done" });
		const all = await trail();
		expect(areasOf(all)).toEqual(
			expect.arrayContaining(["32.41", "33.41", "51.41"]),
		);
		await signIns.signOut(SESSION);
		await signedIn("asep");
		for (const before of [undefined, all[0]?.number, all[1]?.number]) {
			const his = areasOf(await trail(before));
			expect(his.length).toBeGreaterThan(0);
			expect(his.filter((area) => !area.startsWith("32."))).toEqual([]);
		}
	});

	it("keep no connection from the feed while an intake has the dataset", async () => {
		await signedIn();
		const intake = await db.pool.connect();
		await intake.query("BEGIN");
		await lockDataset(intake);
		const token = signIns.of(SESSION)?.token as string;
		const asked = Array.from({ length: 12 }, (_, i) =>
			fetch(`${url}/v1/command`, {
				method: "POST",
				headers: { "x-blc-person": token, "content-type": "application/json" },
				body: JSON.stringify({
					id: randomUUID(),
					name: "note",
					basedOn: null,
					request: { area: `33.${10 + i}`, word: "x", reason: "a letter" },
				}),
			}),
		);
		const waiting = async (): Promise<number> =>
			(
				await intake.query(
					"SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
				)
			).rows[0].n;
		try {
			await vi.waitFor(async () => expect(await waiting()).toBe(1), 10_000);
			await Promise.all(
				Array.from({ length: 20 }, () => db.pool.query("SELECT 1")),
			);
			expect(await waiting()).toBe(1);
		} finally {
			await intake.query("COMMIT");
			intake.release();
		}
		for (const answer of await Promise.all(asked))
			expect(answer.status).toBe(200);
	});

	it("that a restored hub has no more are said to be recalled, once it can be asked, and can be sent again", async () => {
		await signedIn();
		const before = give("32.20", "sebelum");
		await until(before, { state: "done", seq: expect.any(Number) });
		// The backup is made here.
		const { rows } = await db.pool.query("SELECT id FROM command");
		const after = give("32.21", "sesudah");
		await until(after, { state: "done" });
		await db.pool.query("DELETE FROM command WHERE NOT id = ANY ($1)", [
			rows.map(({ id }) => id),
		]);
		// Nobody asks as long as the log goes on, over a restart of the workstation too.
		await stop();
		start();
		sender.wake();
		await until(after, { state: "done" });
		// The line is down, and nobody is signed in: the question waits.
		line = "down";
		epoch = "second";
		sender.wake();
		await new Promise((done) => setTimeout(done, 200));
		expect(entry(after)).toMatchObject({ state: "done" });
		await signIns.signOut(SESSION);
		line = "good";
		await signedIn();
		await until(after, { state: "recalled" });
		expect(entry(before)).toMatchObject({ state: "done" });
		// In the tray until somebody has read it, however long ago it was ordered.
		clock += 60 * 24 * 3_600_000;
		expect(entry(after)).toMatchObject({ state: "recalled" });
		await signedIn();
		const again = give("32.21", "sesudah");
		await until(again, { state: "done" });
		expect(outbox.remove(after)).toBe(true);
		expect(outbox.remove(before)).toBe(false);
		// A later backup may have it again.
		const third = give("32.22", "kembali");
		await until(third, { state: "done" });
		const { rows: kept } = await db.pool.query(
			"DELETE FROM command WHERE id = $1 RETURNING *",
			[third],
		);
		epoch = "third";
		sender.wake();
		await until(third, { state: "recalled" });
		await db.pool.query(
			"INSERT INTO command (id, audit, seq) VALUES ($1, $2, $3)",
			[kept[0].id, kept[0].audit, kept[0].seq],
		);
		epoch = "fourth";
		sender.wake();
		await until(third, { state: "done" });
		expect(await times("32.20")).toBe(1);
	});

	it("keeps a damaged file aside, says where, and works on", async () => {
		await stop();
		writeFileSync(
			path,
			"this was a database once, then the disk failed".repeat(99),
		);
		start();
		expect(opened.setAside).toBe(`${path}.damaged-1`);
		await signedIn();
		const id = give("32.08", "baru");
		await until(id, { state: "done" });
	});
});
