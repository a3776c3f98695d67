import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdFolder } from "../../main/backend/held-folder.ts";
import type { BackendOptions } from "../../main/backend/options.ts";
import { makePrivate } from "../../main/backend/private-folder.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import { startWorkstation } from "../../main/backend/workstation.ts";
import { twoProvinces, writeReplica } from "../integration/backend-fixture.ts";

let data: string;
const children = new Set<ChildProcess>();
beforeEach(() => {
	data = mkdtempSync(join(tmpdir(), "blc-folder-"));
	mkdirSync(join(data, "replica"));
	writeReplica(join(data, "replica"), twoProvinces(), 5);
});
afterEach(() => {
	for (const child of children) child.kill("SIGKILL");
	children.clear();
	chmodSync(data, 0o700);
	rmSync(data, { recursive: true, force: true });
});

const RINA = { name: "rina", password: "sandi yang panjang" };
const ASEP = { name: "asep", password: "sandi yang lain" };

const start = (reports: string[] = [], hub: BackendOptions["hub"] = null) =>
	startWorkstation(
		{
			data,
			hub,
			port: 0,
			otherPortIfTaken: false,
			secret: newSecret(),
			screens: data,
			geography: null,
			parent: null,
		},
		(message) => reports.push(message),
	);

/** Asks and orders at a workstation as a screen does. */
async function asking(workstation: Awaited<ReturnType<typeof start>>): Promise<{
	ask: (path: string) => Promise<Response>;
	order: (
		name: string,
		request: unknown,
	) => Promise<{ status: number; answer: unknown }>;
}> {
	const { origin } = workstation;
	const entered = await fetch(
		`${origin}/enter?token=${workstation.newToken()}`,
		{ redirect: "manual" },
	);
	const cookie = String(entered.headers.get("set-cookie")).split(";")[0];
	return {
		ask: (path) => fetch(origin + path, { headers: { cookie } }),
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
			return { status: answer.status, answer: await answer.json() };
		},
	};
}

/** Holds the folder in another process; resolves with it once it does. */
function holder(): Promise<ChildProcess> {
	const script = join(data, "hold.ts");
	const module = join(import.meta.dirname, "../../main/backend/held-folder.ts");
	writeFileSync(
		script,
		`import { holdFolder } from ${JSON.stringify(module)};
		holdFolder(${JSON.stringify(data)});
		process.send("held");
		setInterval(() => {}, 1000);`,
	);
	const child = fork(script, [], { execArgv: [] });
	children.add(child);
	return new Promise((resolve, reject) => {
		child.once("message", () => resolve(child));
		child.once("exit", () => reject(new Error("the holder ended")));
	});
}

describe("one workstation for one folder", () => {
	it("the second is told who has it, and may have it when that process was killed", async () => {
		const child = await holder();
		expect(() => holdFolder(data, 0)).toThrow(
			new RegExp(
				`in use by another workstation \\(process ${child.pid} on .+, since 20`,
			),
		);
		await expect(start()).rejects.toThrow(`process ${child.pid} on `);
		const ended = new Promise((resolve) => child.once("exit", resolve));
		child.kill("SIGKILL");
		await ended;
		// Its note is still there; a process of that number may be again.
		expect(existsSync(join(data, "workstation.json"))).toBe(true);
		const workstation = await start();
		await workstation.close();
		expect(existsSync(join(data, "workstation.json"))).toBe(false);
	});

	it("a note about a living process does not keep the folder when nobody holds it", () => {
		writeFileSync(
			join(data, "workstation.json"),
			JSON.stringify({ pid: process.pid, host: "x", since: "2020-04-12" }),
		);
		holdFolder(data, 0).release();
	});
});

describe("a folder that cannot be written", () => {
	/** As root permissions stop nobody: these tests then run as somebody else. */
	const root = process.getuid?.() === 0;
	const NOBODY = 65_534;

	function everything(folder: string): string[] {
		return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
			const path = join(folder, entry.name);
			return entry.isDirectory() ? [...everything(path), path] : [path];
		});
	}
	function close(): void {
		for (const path of [...everything(data), data]) {
			chmodSync(path, statSync(path).isDirectory() ? 0o500 : 0o400);
			if (root) chownSync(path, NOBODY, NOBODY);
		}
		if (root) process.seteuid?.(NOBODY);
	}
	function open(): void {
		if (root) process.seteuid?.(0);
		chmodSync(data, 0o700);
		for (const path of everything(data))
			chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
	}

	/** The sign-in of a hub that knows everybody, and nothing else of it. */
	let away = false;
	const server = createServer((request, answer) => {
		let text = "";
		request.on("data", (piece) => {
			text += piece;
		});
		request.on("end", () => {
			const found = !away && request.url === "/v1/session";
			answer.writeHead(found ? 200 : 503, {
				"content-type": "application/json",
			});
			const name = found ? JSON.parse(text).name : "";
			answer.end(
				JSON.stringify({
					token: `token-of-${name}-0123456789`,
					person: { name, display: name, role: "data-manager", scope: "ID" },
					endsAt: Date.now() + 3_600_000,
				}),
			);
		});
	});
	beforeEach(async () => {
		away = false;
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	});
	afterEach(() => {
		server.closeAllConnections();
		server.close();
	});
	const hub = () => ({
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		publicKey: Buffer.alloc(32, 1).toString("base64"),
	});

	it("shows its replica to whoever signs in, says what is wrong, keeps no command, and is whole again once it can be written", async () => {
		const before = await start([], hub());
		const kept = await asking(before);
		expect(await kept.order("sign-in", RINA)).toMatchObject({ status: 200 });
		await before.close();
		const reports: string[] = [];
		close();
		let opened = false;
		try {
			const workstation = await start(reports, hub());
			const { ask, order } = await asking(workstation);
			const state = await (await ask("/api/state")).json();
			expect(state).toMatchObject({
				dataset: { seq: 5 },
				sync: { kind: "error", code: "disk" },
			});
			expect((await ask("/api/areas")).status).toBe(401);
			// Remembered here, and the hub is away; then somebody new whom the hub knows.
			away = true;
			expect((await order("sign-in", ASEP)).answer).toEqual({
				kind: "unknown-offline",
			});
			for (const person of [RINA, ASEP]) {
				expect((await order("sign-in", person)).answer).toMatchObject({
					kind: "signed-in",
					session: { outbox: { kind: "none" }, offline: away },
				});
				for (const path of [
					"/api/areas",
					"/api/kpis?area=2&day=2020-04-12",
					"/api/cube?indicator=confirmed&measure=total&level=province",
				])
					expect([path, (await ask(path)).status]).toEqual([path, 200]);
				away = false;
			}
			expect(
				await order("withdraw-file", { file: 1, reason: "wrong year" }),
			).toMatchObject({ status: 503, answer: { code: "no-outbox" } });
			expect(reports.join()).toContain("shown from a copy");
			open();
			opened = true;
			await order("retry-sync", {});
			await expect
				.poll(async () => (await (await ask("/api/state")).json()).sync.kind, {
					timeout: 30_000,
				})
				.toBe("offline");
			expect((await (await ask("/api/state")).json()).dataset.seq).toBe(5);
			// Nobody has to start it anew: whoever is signed in orders, and the command is kept.
			expect((await (await ask("/api/session")).json()).outbox.kind).toBe(
				"kept",
			);
			expect(
				await order("withdraw-file", { file: 1, reason: "wrong year" }),
			).toMatchObject({ status: 202 });
			expect((await order("change-settings", { theme: "light" })).status).toBe(
				200,
			);
			await workstation.close();
			expect(existsSync(join(data, "settings.json"))).toBe(true);
			const later = await start([], hub());
			const next = await asking(later);
			away = true;
			expect((await next.order("sign-in", ASEP)).answer).toMatchObject({
				kind: "signed-in",
			});
			expect(await (await next.ask("/api/outbox")).json()).toMatchObject([
				{ name: "withdraw-file", state: "waiting" },
			]);
			await later.close();
		} finally {
			if (!opened) open();
		}
	});
});

describe("what a workstation keeps is for its account alone", () => {
	const mode = (...path: string[]): string =>
		(statSync(join(data, ...path)).mode & 0o777).toString(8);

	it("also what an earlier version left open, and not what belongs to others in the folder", () => {
		mkdirSync(join(data, "sync", "cache"), { recursive: true });
		mkdirSync(join(data, "hub"));
		for (const path of [
			"backend.log",
			"backend.log.old",
			"sync/seen.json",
			"sync/cache/a",
			"hub/key",
		])
			writeFileSync(join(data, path), "");
		for (const path of [".", "replica", "sync", "sync/cache", "hub"])
			chmodSync(join(data, path), 0o755);
		const replica = currentReplica(join(data, "replica")) as string;
		chmodSync(replica, 0o644);
		makePrivate(data);
		if (process.platform === "win32") return;
		for (const folder of ["replica", "sync", "sync/cache"])
			expect([folder, mode(folder)]).toEqual([folder, "700"]);
		// Through it goes the account of the hub's database, which sees nothing on its way.
		expect(mode(".")).toBe("711");
		for (const file of [
			"backend.log",
			"backend.log.old",
			"sync/seen.json",
			"sync/cache/a",
		])
			expect([file, mode(file)]).toEqual([file, "600"]);
		expect((statSync(replica).mode & 0o777).toString(8)).toBe("600");
		expect(mode("hub")).toBe("755");
		rmSync(join(data, "hub"), { recursive: true });
		makePrivate(data);
		expect(mode(".")).toBe("700");
	});

	it("whatever the mask it was started with", () => {
		if (process.platform === "win32") return;
		const backend = join(import.meta.dirname, "../../main/backend/backend.ts");
		const fresh = join(data, "fresh");
		const options = {
			data: fresh,
			hub: {
				url: "http://127.0.0.1:9",
				publicKey: Buffer.alloc(32, 1).toString("base64"),
			},
			port: 0,
			otherPortIfTaken: false,
			secret: newSecret(),
			screens: data,
			geography: null,
			parent: null,
		};
		// Its standard input ends at once, and so does it.
		const { status, stderr } = spawnSync(
			"/bin/sh",
			["-c", 'umask 000; exec "$0" "$1" </dev/null', process.execPath, backend],
			{
				env: { ...process.env, BLC_BACKEND: JSON.stringify(options) },
				encoding: "utf8",
			},
		);
		expect([status, stderr]).toEqual([0, ""]);
		const open: string[] = [];
		const look = (path: string): void => {
			const found = statSync(path);
			if ((found.mode & 0o077) !== 0) open.push(path);
			if (found.isDirectory())
				for (const name of readdirSync(path)) look(join(path, name));
		};
		look(fresh);
		expect(open).toEqual([]);
		expect(readdirSync(fresh)).toContain("replica");
	});
});

it("no token stands among the arguments of the browser, nor in a file that others can read", async () => {
	const { writeEntryPage } = await import("../../main/browser/entry-page.ts");
	const { windowArguments } = await import("../../main/browser/open-window.ts");
	const token = newSecret();
	const page = writeEntryPage(data, `http://127.0.0.1:1/enter?token=${token}`);
	expect(
		windowArguments(page.address, join(data, "browser")).join(" "),
	).not.toContain(token);
	const file = join(data, "enter.html");
	expect(readFileSync(file, "utf8")).toContain(token);
	if (process.platform !== "win32") expect(statSync(file).mode & 0o077).toBe(0);
	page.remove();
	expect(existsSync(file)).toBe(false);
});
