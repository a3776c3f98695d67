import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { OutboxEntry } from "../../core/api/outbox.ts";
import type { State } from "../../core/api/state.ts";
import { addPerson } from "../../hub/access/persons.ts";
import { openHubDatabase } from "../../hub/store/database.ts";
import {
	BackendMessage,
	OPTIONS_VARIABLE,
} from "../../main/backend/options.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import { FIRST_DAY, temporaryFolder } from "./feed-fixture.ts";

const PATIENCE = 120_000;
const ROOT = join(import.meta.dirname, "../..");
const TLS = join(ROOT, "tests/fixtures/tls");
const CREDENTIAL = "a credential of more than 32 characters";
const RINA = { name: "rina", password: "sandi yang panjang" };

const folder = temporaryFolder("tls-hub");
const homes: ReturnType<typeof temporaryFolder>[] = [];
const children = new Set<ChildProcess>();
const credentialFile = join(folder.path, "credential.txt");
let hub: ChildProcess;
let port = 0;
let publicKey = "";

beforeAll(async () => {
	const db = await openHubDatabase({ dataFolder: folder.path });
	await addPerson(
		db.pool,
		{ name: RINA.name, display: "Rina", role: "data-manager", scope: "ID" },
		RINA.password,
		Date.now(),
	);
	await db.stop();
	writeFileSync(credentialFile, `${CREDENTIAL}\n`, { mode: 0o600 });
	await startHub("--port", "0");
}, PATIENCE);

/** @param further of the command line */
async function startHub(...further: string[]): Promise<void> {
	const args = [
		...["hub/cli.ts", "serve", "--data", folder.path, ...further],
		...["--host", "0.0.0.0", "--credential-file", credentialFile],
		...["--tls-cert", join(TLS, "hub.crt"), "--tls-key", join(TLS, "hub.key")],
	];
	hub = spawn(process.execPath, args, {
		cwd: ROOT,
		stdio: ["ignore", "pipe", "ignore"],
	});
	let said = "";
	hub.stdout?.on("data", (piece) => {
		said += piece;
	});
	while (!/key \S+\n/.test(said)) {
		if (hub.exitCode !== null) throw new Error(`the hub ended: ${said}`);
		await sleep(20);
	}
	port = Number(/serving \S+:(\d+)/.exec(said)?.[1]);
	publicKey = /key (\S+)/.exec(said)?.[1] ?? "";
}

afterAll(async () => {
	for (const child of [...children, hub]) await ended(child);
	for (const { remove } of [...homes, folder]) remove();
});

async function ended(child: ChildProcess | undefined): Promise<void> {
	if (!child || child.exitCode !== null) return;
	const gone = new Promise((resolve) => child.once("exit", resolve));
	child.kill("SIGTERM");
	await gone;
}

interface Station {
	ask<T>(path: string): Promise<T>;
	order(name: string, request: unknown): Promise<[number, unknown]>;
	/** Waits for a state of synchronisation of which this is part. */
	until(sync: object): Promise<void>;
}

async function startStation(
	url: string,
	authorities: string | undefined,
	credential = CREDENTIAL,
): Promise<Station> {
	const home = temporaryFolder("tls-station");
	homes.push(home);
	const child = fork(join(ROOT, "main/backend/backend.ts"), [], {
		execArgv: [],
		stdio: ["ignore", "ignore", "inherit", "ipc"],
		env: {
			...process.env,
			...(authorities ? { NODE_EXTRA_CA_CERTS: authorities } : {}),
			[OPTIONS_VARIABLE]: JSON.stringify({
				data: home.path,
				hub: { url, publicKey, credential },
				...{ port: 0, otherPortIfTaken: false, secret: newSecret() },
				...{ screens: home.path, geography: null, parent: process.pid },
			}),
		},
	});
	children.add(child);
	const { origin, token } = await new Promise<{
		origin: string;
		token: string;
	}>((resolve, reject) => {
		child.once("exit", () => reject(new Error("the backend ended")));
		child.on("message", (message) => {
			const told = BackendMessage.parse(message);
			if ("ready" in told) resolve(told);
		});
	});
	const entered = await fetch(`${origin}/enter?token=${token}`, {
		redirect: "manual",
	});
	const cookie = String(entered.headers.get("set-cookie")).split(";")[0];
	const ask = async <T>(path: string): Promise<T> =>
		(await fetch(origin + path, { headers: { cookie } })).json() as Promise<T>;
	return {
		ask,
		async order(name, request) {
			const answer = await fetch(`${origin}/api/command`, {
				method: "POST",
				headers: { cookie, origin, "content-type": "application/json" },
				body: JSON.stringify({
					id: randomUUID(),
					name,
					basedOn: null,
					request,
				}),
			});
			return [answer.status, await answer.json()];
		},
		until: (sync) =>
			expect
				.poll(async () => (await ask<State>("/api/state")).sync, {
					timeout: PATIENCE,
					interval: 50,
				})
				.toMatchObject(sync),
	};
}

it(
	"is followed, signed in to and given orders by a workstation that knows its authority",
	async () => {
		const station = await startStation(
			`https://localhost:${port}`,
			join(TLS, "hub.crt"),
		);
		await station.until({ kind: "idle" });
		const [, session] = await station.order("sign-in", RINA);
		expect(session).toMatchObject({ kind: "signed-in" });
		const [status] = await station.order("override-value", {
			...{ indicator: "confirmed", area: "32.73", day: FIRST_DAY, value: 12 },
			...{ until: null, source: "a letter", reason: "a fault of the list" },
		});
		expect(status).toBe(202);
		await expect
			.poll(() => station.ask<OutboxEntry[]>("/api/outbox"), {
				timeout: PATIENCE,
				interval: 100,
			})
			.toMatchObject([{ state: "done", seq: 1 }]);
		await expect
			.poll(async () => (await station.ask<State>("/api/state")).dataset?.seq, {
				timeout: PATIENCE,
				interval: 100,
			})
			.toBe(1);
	},
	PATIENCE,
);

it(
	"is not followed, and the state says why, without its authority, over plain HTTP, or with another credential",
	async () => {
		const secure = `https://127.0.0.1:${port}`;
		const stranger = await startStation(secure, undefined);
		await stranger.until({
			...{ kind: "error", code: "secure-line" },
			message: expect.stringContaining("does not know the authority"),
		});
		const [, refused] = await stranger.order("sign-in", RINA);
		expect(refused).toMatchObject({ kind: "unknown-offline" });
		const clear = await startStation(
			secure.replace("https", "http"),
			join(TLS, "hub.crt"),
		);
		await clear.until({
			...{ kind: "error", code: "secure-line" },
			message: expect.stringContaining("https"),
		});
		const wrong = await startStation(
			secure,
			join(TLS, "hub.crt"),
			"another credential of more than 32 characters",
		);
		await wrong.until({ kind: "error", code: "refused" });
	},
	PATIENCE,
);

it("is not begun with a credential that no workstation could send", () => {
	const file = join(folder.path, "unsendable.txt");
	writeFileSync(file, "rahasia é€ ".repeat(5));
	const { status, stderr } = spawnSync(
		process.execPath,
		[
			...["hub/cli.ts", "serve", "--data", folder.path, "--host", "0.0.0.0"],
			...["--credential-file", file, "--tls-cert", file, "--tls-key", file],
		],
		{ cwd: ROOT, encoding: "utf8" },
	);
	expect(status).not.toBe(0);
	expect(stderr).toContain(`${file}: expected letters, digits and signs`);
	expect(stderr).not.toContain("rahasia");
});

it(
	"is too new for a workstation that is told so, goes on showing what it has, and keeps what waits until it is updated",
	async () => {
		const station = await startStation(
			`https://localhost:${port}`,
			join(TLS, "hub.crt"),
		);
		await station.until({ kind: "idle" });
		await station.order("sign-in", RINA);
		await ended(hub);
		await startHub("--port", String(port), "--least-version", "9.0.0");
		await station.until({
			...{ kind: "error", code: "update" },
			message: expect.stringContaining("9.0.0"),
		});
		expect((await station.ask<State>("/api/state")).dataset?.seq).toBe(1);
		const [status] = await station.order("override-value", {
			...{ indicator: "confirmed", area: "32.73", day: FIRST_DAY, value: 13 },
			...{ until: null, source: "a letter", reason: "another fault" },
		});
		expect(status).toBe(202);
		await expect
			.poll(() => station.ask<OutboxEntry[]>("/api/outbox"), {
				timeout: PATIENCE,
				interval: 100,
			})
			.toMatchObject([{ state: "waiting", problem: "hub-away" }]);
	},
	PATIENCE,
);
