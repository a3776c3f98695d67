import { type ChildProcess, fork, spawnSync } from "node:child_process";
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
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdFolder } from "../../main/backend/held-folder.ts";
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

const start = (reports: string[] = []) =>
	startWorkstation(
		{
			data,
			hub: null,
			port: 0,
			otherPortIfTaken: false,
			secret: newSecret(),
			screens: "out/renderer",
			geography: null,
			parent: null,
		},
		(message) => reports.push(message),
	);

/** Asks a workstation as a screen does. */
async function asking(
	workstation: Awaited<ReturnType<typeof start>>,
): Promise<(path: string) => Promise<Response>> {
	const entered = await fetch(
		`${workstation.origin}/enter?token=${workstation.newToken()}`,
		{ redirect: "manual" },
	);
	const cookie = String(entered.headers.get("set-cookie")).split(";")[0];
	return (path) => fetch(workstation.origin + path, { headers: { cookie } });
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

	function close(): void {
		for (const name of readdirSync(join(data, "replica"))) {
			chmodSync(join(data, "replica", name), 0o400);
			if (root) chownSync(join(data, "replica", name), NOBODY, NOBODY);
		}
		for (const folder of [join(data, "replica"), data]) {
			chmodSync(folder, 0o500);
			if (root) chownSync(folder, NOBODY, NOBODY);
		}
		if (root) process.seteuid?.(NOBODY);
	}
	function open(): void {
		if (root) process.seteuid?.(0);
		chmodSync(data, 0o700);
		chmodSync(join(data, "replica"), 0o700);
		for (const name of readdirSync(join(data, "replica")))
			chmodSync(join(data, "replica", name), 0o600);
	}

	it("shows its replica, says what is wrong, and is whole again once it can be written", async () => {
		const reports: string[] = [];
		close();
		let opened = false;
		try {
			const workstation = await start(reports);
			const ask = await asking(workstation);
			const state = await (await ask("/api/state")).json();
			expect(state).toMatchObject({
				dataset: { seq: 5 },
				sync: { kind: "error", code: "disk" },
			});
			for (const path of [
				"/api/areas",
				"/api/kpis?area=2&day=2020-04-12",
				"/api/cube?indicator=confirmed&measure=total&level=province",
			])
				expect([path, (await ask(path)).status]).toEqual([path, 200]);
			expect(reports.join()).toContain("shown from a copy");
			open();
			opened = true;
			const { origin } = workstation;
			const entered = await fetch(
				`${origin}/enter?token=${workstation.newToken()}`,
				{ redirect: "manual" },
			);
			const cookie = String(entered.headers.get("set-cookie")).split(";")[0];
			await fetch(`${origin}/api/sync/retry`, {
				method: "POST",
				headers: { cookie, origin },
			});
			await expect
				.poll(async () => (await (await ask("/api/state")).json()).sync.kind, {
					timeout: 30_000,
				})
				.toBe("none");
			expect((await (await ask("/api/state")).json()).dataset.seq).toBe(5);
			await workstation.close();
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
