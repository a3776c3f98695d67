import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Database from "better-sqlite3";
import { afterEach, describe, expect, test } from "vitest";
import {
	type BackendOptions,
	OPTIONS_VARIABLE,
} from "../../main/backend/options.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import { family, NO_SIGNALS } from "../fixtures/processes.ts";
import {
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

interface Run {
	child: ChildProcess;
	ready: Promise<{ origin: string; token: string }>;
	exit: Promise<number | null>;
	errors: () => string;
}

const running = new Set<ChildProcess>();
const homes: { remove: () => void }[] = [];
afterEach(() => {
	for (const child of running) child.kill("SIGKILL");
	for (const home of homes.splice(0)) home.remove();
});

function home(): string {
	const made = temporaryFolder();
	homes.push(made);
	return made.folder;
}

/** Starts a backend as a shell would: its options in the environment, its answer on standard output. */
function run(change: Partial<BackendOptions>): Run {
	const options: BackendOptions = {
		data: home(),
		hub: null,
		port: 0,
		otherPortIfTaken: false,
		secret: newSecret(),
		screens: "out/renderer",
		geography: null,
		parent: null,
		...change,
	};
	const child = spawn(process.execPath, ["main/backend/backend.ts"], {
		env: { ...process.env, [OPTIONS_VARIABLE]: JSON.stringify(options) },
		stdio: ["pipe", "pipe", "pipe"],
	});
	running.add(child);
	let errors = "";
	child.stderr?.on("data", (text) => {
		errors += text;
	});
	const lines = createInterface({ input: child.stdout as never });
	return {
		child,
		ready: new Promise((resolve) => {
			lines.once("line", (line) => resolve(JSON.parse(line)));
		}),
		exit: new Promise((resolve) => {
			child.once("exit", (code) => {
				running.delete(child);
				resolve(code);
			});
		}),
		errors: () => errors,
	};
}

describe("the backend as a process", () => {
	test.skipIf(NO_SIGNALS)(
		"says where it listens, lets the bearer of its token in, and ends in good order on SIGTERM with an open screen",
		async () => {
			const data = home();
			const folder = join(data, "replica");
			mkdirSync(folder);
			const path = writeReplica(folder, twoProvinces(), 5);
			const { child, ready, exit } = run({ data });
			const { origin, token } = await ready;
			const entered = await fetch(`${origin}/enter?token=${token}`, {
				redirect: "manual",
			});
			const headers = {
				cookie: String(entered.headers.get("set-cookie")).split(";")[0],
			};
			const state = await fetch(`${origin}/api/state`, { headers });
			expect(await state.json()).toMatchObject({ dataset: { seq: 5 } });
			const events = await fetch(`${origin}/api/events`, { headers });
			const reader = (events.body as ReadableStream<Uint8Array>).getReader();
			const first = await reader.read();
			expect(new TextDecoder().decode(first.value)).toContain("event: state");
			child.kill("SIGTERM");
			expect(await exit).toBe(0);
			while (!(await reader.read()).done);
			// Nothing is left in the log: the replica was closed, not dropped.
			expect(
				readdirSync(folder).filter((name) => /-(wal|shm)$/.test(name)),
			).toEqual([]);
			const db = new Database(path, { readonly: true });
			expect(db.pragma("quick_check", { simple: true })).toBe("ok");
			db.close();
		},
	);

	test("gives another token when its host asks for one", async () => {
		const { child, ready } = run({});
		const first = await ready;
		const lines = createInterface({ input: child.stdout as never });
		const line = new Promise<string>((resolve) => lines.once("line", resolve));
		child.stdin?.write("token\n");
		const { token } = JSON.parse(await line);
		expect(token).not.toBe(first.token);
		for (const given of [token, first.token]) {
			const entered = await fetch(`${first.origin}/enter?token=${given}`, {
				redirect: "manual",
			});
			expect(entered.status).toBe(303);
		}
	});

	test("ends when its host closes its standard input", async () => {
		const { child, ready, exit } = run({});
		await ready;
		child.stdin?.end();
		expect(await exit).toBe(0);
	});

	test("ends when its host vanishes without a word", async () => {
		const parent = spawn(process.execPath, [
			"-e",
			"setInterval(() => {}, 1000)",
		]);
		running.add(parent);
		const { ready, exit } = run({ parent: parent.pid as number });
		await ready;
		parent.kill("SIGKILL");
		expect(await exit).toBe(0);
	});

	test("a port that is taken is an error with the port in it, unless another may be used", async () => {
		const holder = createServer().listen(0, "127.0.0.1");
		await new Promise((resolve) => holder.once("listening", resolve));
		const { port } = holder.address() as { port: number };
		try {
			const refused = run({ port });
			expect(await refused.exit).toBe(1);
			expect(refused.errors()).toContain(`127.0.0.1:${port}`);
			const { ready } = run({ port, otherPortIfTaken: true });
			expect((await ready).origin).not.toContain(`:${port}`);
		} finally {
			holder.close();
		}
	});

	test("options that are wrong end it with what was wrong", async () => {
		const { exit, errors } = run({ port: 70_000 });
		expect(await exit).toBe(1);
		expect(errors()).toContain("port");
	});

	test("its secret does not stand among the arguments, where every user can read it", async () => {
		const secret = newSecret();
		const { child, ready } = run({ secret });
		await ready;
		const [{ command }] = family(child.pid as number);
		expect(command).toContain("backend.ts");
		expect(command).not.toContain(secret);
	});
});
