import { type ChildProcess, fork, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { OutboxEntry } from "../../core/api/outbox.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { addPerson } from "../../hub/access/persons.ts";
import { type HubDatabase, openHubDatabase } from "../../hub/store/database.ts";
import { verifyAudit } from "../../hub/write/audit.ts";
import { auditHead } from "../../hub/write/audit-head.ts";
import {
	BackendMessage,
	OPTIONS_VARIABLE,
} from "../../main/backend/options.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import { cutOff } from "../fixtures/processes.ts";
import { FIRST_DAY, temporaryFolder } from "../integration/feed-fixture.ts";

/** Rounds of killing at random; more for the long run: `npm run soak -- commands`. */
const KILLS = Number(process.env.COMMAND_KILLS ?? 4);
const PATIENCE = 120_000;
const ROOT = join(import.meta.dirname, "../..");
const RINA = { name: "rina", password: "sandi yang panjang" };
const AREA = "32.73";

const dataFolder = temporaryFolder("command-hub");
const home = temporaryFolder("command-station");
const secret = newSecret();
const children = new Set<ChildProcess>();
let db: HubDatabase;
let hub: ChildProcess;
let publicKey = "";
let backend: ChildProcess;
let origin = "";
let cookie = "";

/** What the line does to a command: passes it, keeps it, or breaks once the hub has answered. */
let line: "good" | "holds" | "cuts-the-answer" = "good";
let target = 0;
let proxy: Server;

/** Every command that this workstation promised to send: id to the day it is about and its value. */
const given = new Map<string, { day: number; value: number }>();

beforeAll(async () => {
	db = await openHubDatabase({ dataFolder: dataFolder.path, keep: true });
	await addPerson(
		db.pool,
		{ name: RINA.name, display: "Rina", role: "data-manager", scope: "ID" },
		RINA.password,
		Date.now(),
	);
	proxy = createServer((station) => {
		const toHub = connect(target, "127.0.0.1");
		let command = false;
		const end = (): void => {
			station.destroy();
			toHub.destroy();
		};
		for (const socket of [station, toHub])
			socket.on("error", end).on("close", end);
		station.on("data", (piece) => {
			if (piece.toString("latin1").startsWith("POST /v1/command"))
				command = line !== "good";
			if (!command || line !== "holds") toHub.write(piece);
		});
		toHub.on("data", (piece) => {
			if (command && line === "cuts-the-answer") end();
			else station.write(piece);
		});
	});
	await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
	await startHub();
	await startStation();
	const [, session] = await order("sign-in", RINA);
	expect(session).toMatchObject({ kind: "signed-in" });
}, PATIENCE);

afterAll(async () => {
	for (const child of children) await killed(child);
	proxy?.close();
	await db?.stop();
	home.remove();
	dataFolder.remove();
});

async function killed(child: ChildProcess): Promise<void> {
	children.delete(child);
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once("exit", resolve));
	child.kill("SIGKILL");
	await ended;
}

async function startHub(): Promise<void> {
	const args = ["hub/cli.ts", "serve", "--port", "0"];
	hub = spawn(process.execPath, [...args, "--data", dataFolder.path], {
		cwd: ROOT,
		stdio: ["ignore", "pipe", "ignore"],
	});
	children.add(hub);
	let said = "";
	hub.stdout?.on("data", (piece) => {
		said += piece;
	});
	while (!/key \S+\n/.test(said)) {
		if (hub.exitCode !== null) throw new Error(`the hub ended: ${said}`);
		await sleep(20);
	}
	target = Number(/serving \S+:(\d+)/.exec(said)?.[1]);
	publicKey = /key (\S+)/.exec(said)?.[1] ?? "";
}

async function startStation(): Promise<void> {
	const { port } = proxy.address() as AddressInfo;
	const child = fork(join(ROOT, "main/backend/backend.ts"), [], {
		execArgv: [],
		stdio: ["ignore", "ignore", "inherit", "ipc"],
		env: {
			...process.env,
			[OPTIONS_VARIABLE]: JSON.stringify({
				data: home.path,
				hub: { url: `http://127.0.0.1:${port}`, publicKey },
				// The same again: a window is known by it.
				port: origin === "" ? 0 : Number(new URL(origin).port),
				otherPortIfTaken: false,
				secret,
				screens: home.path,
				geography: null,
				parent: process.pid,
			}),
		},
	});
	backend = child;
	children.add(child);
	const ready = await new Promise<{ origin: string; token: string }>(
		(resolve, reject) => {
			child.once("exit", () => reject(new Error("the backend ended")));
			child.on("message", (message) => {
				const told = BackendMessage.parse(message);
				if ("ready" in told) resolve(told);
			});
		},
	);
	if (origin !== "") return;
	origin = ready.origin;
	const entered = await fetch(`${origin}/enter?token=${ready.token}`, {
		redirect: "manual",
	});
	cookie = String(entered.headers.get("set-cookie")).split(";")[0];
}

async function order(
	name: string,
	request: unknown,
	id: string = randomUUID(),
): Promise<[number, unknown]> {
	const answer = await fetch(`${origin}/api/command`, {
		method: "POST",
		headers: { cookie, origin, "content-type": "application/json" },
		body: JSON.stringify({ id, name, basedOn: null, request }),
	});
	return [answer.status, await answer.json()];
}

/** Orders a value for a day of its own, again under the same id until the workstation has promised it, as a screen does. */
async function give(): Promise<string> {
	const id = randomUUID();
	const value = 100 + given.size;
	const day = FIRST_DAY + given.size;
	given.set(id, { day, value });
	const request = {
		...{ indicator: "confirmed", area: AREA, day, value, until: null },
		...{ source: "a letter", reason: "a fault of the list" },
	};
	for (;;) {
		const answer = await order("override-value", request, id).catch(() => null);
		if (answer) {
			expect(answer).toEqual([202, { id }]);
			return id;
		}
		await sleep(50);
	}
}

/** How many rows of the trail a command has; null while the database is away. */
const carriedOut = (id: string): Promise<number | null> =>
	db.pool
		.query("SELECT count(*)::int AS n FROM audit WHERE command = $1", [id])
		.then(
			({ rows }) => rows[0].n,
			() => null,
		);

/** Everything is up again: what was promised was carried out, each once, is published, and this workstation knows it. */
async function expectAllOnce(): Promise<void> {
	line = "good";
	const left = async (): Promise<unknown> => {
		await order("retry-sync", {});
		const answer = await fetch(`${origin}/api/outbox`, { headers: { cookie } });
		const entries = (await answer.json()) as OutboxEntry[];
		return [...given.keys()]
			.map((id) => entries.find((entry) => entry.id === id) ?? "lost")
			.filter(
				(entry) =>
					entry === "lost" || entry.state !== "done" || entry.seq === null,
			);
	};
	await expect
		.poll(() => left().catch(String), { timeout: PATIENCE, interval: 300 })
		.toEqual([]);
	// All may have been done and known before PostgreSQL was killed: then it is on its way back only now.
	await expect
		.poll(
			() =>
				db.pool.query("SELECT 1").then(
					() => true,
					() => false,
				),
			{ timeout: PATIENCE, interval: 300 },
		)
		.toBe(true);
	const { rows: trail } = await db.pool.query(
		"SELECT command FROM audit WHERE name = 'override-value'",
	);
	expect(trail.map(({ command }) => command).sort()).toEqual(
		[...given.keys()].sort(),
	);
	const { rows: shown } = await db.pool.query(
		`SELECT day, value FROM fact WHERE indicator = 1 AND area = (SELECT id FROM area WHERE code = $1) AND value IS NOT NULL
		 ORDER BY day`,
		[AREA],
	);
	expect(shown).toEqual([...given.values()]);
	const { faults } = await verifyAudit(db.pool, auditHead(dataFolder.path));
	expect(faults).toEqual([]);
}

it(
	"is published once when the hub is killed between carrying it out and publishing it",
	async () => {
		const holder = await db.pool.connect();
		await holder.query("BEGIN");
		await holder.query("SELECT FROM sync_head FOR UPDATE");
		const id = await give();
		await expect
			.poll(() => carriedOut(id), { timeout: PATIENCE, interval: 20 })
			.toBe(1);
		await killed(hub);
		await holder.query("ROLLBACK");
		holder.release();
		await startHub();
		await expectAllOnce();
	},
	PATIENCE,
);

it(
	"is sent after all when the workstation is killed before sending what it promised",
	async () => {
		line = "holds";
		const id = await give();
		await killed(backend);
		expect(await carriedOut(id)).toBe(0);
		line = "good";
		await startStation();
		await expectAllOnce();
	},
	PATIENCE,
);

it(
	"is not done twice when the answer is cut off and the workstation killed over it",
	async () => {
		line = "cuts-the-answer";
		const id = await give();
		await expect
			.poll(() => carriedOut(id), { timeout: PATIENCE, interval: 20 })
			.toBe(1);
		await killed(backend);
		line = "good";
		await startStation();
		await expectAllOnce();
	},
	PATIENCE,
);

it(
	`loses and doubles nothing over ${KILLS} kills of hub, workstation and PostgreSQL at random moments`,
	async () => {
		const random = createRandom(Number(process.env.COMMAND_SEED ?? 7));
		const lines = ["good", "good", "cuts-the-answer"] as const;
		for (let round = 0; round < KILLS; round++) {
			line = lines[Math.floor(random.uniform() * lines.length)];
			const giving = (async () => {
				for (let i = 0; i < 3; i++) {
					await give();
					await sleep(random.uniform() * 100);
				}
			})();
			await sleep(random.uniform() * 500);
			const victim = round % 3;
			if (victim === 0) {
				await killed(hub);
				await startHub();
			} else if (victim === 1) {
				await killed(backend);
				await startStation();
			} else {
				const { cluster } = JSON.parse(
					readFileSync(join(dataFolder.path, "postgres.json"), "utf8"),
				);
				const pid = readFileSync(join(cluster, "postmaster.pid"), "utf8");
				cutOff(Number.parseInt(pid, 10));
			}
			await giving;
			await expectAllOnce();
		}
	},
	PATIENCE + KILLS * 60_000,
);
