import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { openHubDatabase } from "../../hub/store/database.ts";
import {
	family,
	freeze,
	NO_FREEZING,
	NO_SIGNALS,
	thaw,
} from "../fixtures/processes.ts";
import {
	type FeedHub,
	headOf,
	openFeedHub,
	publishDays,
	startWorkstation,
	temporaryFolder,
	type Workstation,
} from "../integration/feed-fixture.ts";

const PATIENCE = 180_000;
const CLI = join(import.meta.dirname, "../../hub/cli.ts");

interface Serving {
	readonly child: ChildProcess;
	readonly url: string;
	readonly publicKey: string;
	readonly said: () => string;
}

let hub: FeedHub | undefined;
let serving: Serving | undefined;
let station: Workstation | undefined;
const folders: ReturnType<typeof temporaryFolder>[] = [];

afterEach(async () => {
	await station?.close();
	if (serving) await ended(serving.child, "SIGTERM");
	await hub?.remove();
	for (const folder of folders.splice(0)) folder.remove();
	hub = serving = station = undefined;
});

async function ended(
	child: ChildProcess,
	signal?: NodeJS.Signals,
): Promise<number | null> {
	const exited = new Promise<void>((resolve) =>
		child.once("exit", () => resolve()),
	);
	if (child.exitCode === null && child.signalCode === null) {
		if (signal) child.kill(signal);
		await exited;
	}
	return child.exitCode;
}

function run(...args: string[]): { child: ChildProcess; said: () => string } {
	const child = spawn(process.execPath, [CLI, ...args], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	let text = "";
	child.stdout.on("data", (piece) => {
		text += piece;
	});
	child.stderr.on("data", (piece) => {
		text += piece;
	});
	return { child, said: () => text };
}

async function serve(dataFolder: string): Promise<Serving> {
	const { child, said } = run("serve", "--port", "0", "--data", dataFolder);
	await expect.poll(said, { timeout: PATIENCE }).toMatch(/key .+\n/);
	return {
		child,
		said,
		url: /serving (\S+)/.exec(said())?.[1] ?? "",
		publicKey: /key (\S+)/.exec(said())?.[1] ?? "",
	};
}

/** Asks for the head until it is given again after it was not; everything else the hub answered meanwhile. */
async function outage(url: string): Promise<number[]> {
	const answers: number[] = [];
	for (let lost = false; ; await sleep(50)) {
		const { status } = await fetch(`${url}/v1/head`);
		if (status !== 200) answers.push(status);
		if (status !== 200) lost = true;
		else if (lost) return answers;
	}
}

/** The server of a hub's database. */
function postmasterOf(dataFolder: string): number {
	const { cluster } = JSON.parse(
		readFileSync(join(dataFolder, "postgres.json"), "utf8"),
	);
	return Number.parseInt(
		readFileSync(join(cluster, "postmaster.pid"), "utf8"),
		10,
	);
}

/** A hub with a publication, its database owned by this process, and a server and a workstation that joined it. */
async function begin(): Promise<{ dataFolder: string; hub: FeedHub }> {
	hub = await openFeedHub();
	await publishDays(hub, [0, 1], 7, true);
	serving = await serve(hub.dataFolder);
	const folder = temporaryFolder("outage");
	folders.push(folder);
	station = startWorkstation(folder.path, serving);
	await station.untilAt(1);
	return { dataFolder: hub.dataFolder, hub };
}

/** Publishes once more, in a process of its own, and expects the workstation to follow. */
async function expectComesBack(dataFolder: string): Promise<void> {
	const db = await openHubDatabase({ dataFolder });
	try {
		const { rows } = await db.pool.query("SELECT id FROM area WHERE level < 3");
		await publishDays(
			{ db, areas: rows.map(({ id }) => id) } as unknown as FeedHub,
			[1],
			11,
		);
	} finally {
		await db.stop();
	}
	await station?.untilAt(2);
	expect(serving?.child.exitCode).toBeNull();
	expect(station?.states.some(({ kind }) => kind === "offline")).toBe(true);
}

/** How PostgreSQL ends: by default the one way that leaves a log to recover from, and the one that waits for its clients. */
const WAYS = {
	SIGKILL: "killed",
	SIGQUIT: "stopped at once",
	SIGINT: "stopped",
	SIGTERM: "told to end with its last client",
} as const;
const SIGNALS = (
	NO_SIGNALS
		? ["SIGKILL"]
		: (process.env.DATABASE_SIGNALS ?? "SIGKILL,SIGTERM").split(",")
) as (keyof typeof WAYS)[];

it.each(SIGNALS.map((signal) => [WAYS[signal], signal] as const))(
	"serves on when PostgreSQL is %s: workstations see it offline and come back",
	async (_, signal) => {
		const { dataFolder } = await begin();
		const watched = outage(serving?.url ?? "");
		process.kill(postmasterOf(dataFolder), signal);
		// Not when it happens to need another connection: what is connected keeps a server from ending.
		await expect
			.poll(() => serving?.said(), { timeout: 45_000 })
			.toContain("starting the database");
		const answers = await watched;
		expect(new Set(answers), serving?.said()).toEqual(new Set([503]));
		await expectComesBack(dataFolder);
	},
	PATIENCE,
);

it.skipIf(NO_FREEZING)(
	"says 503 while PostgreSQL is frozen, also to who waited already, and goes on with it",
	async () => {
		const { dataFolder } = await begin();
		const url = serving?.url ?? "";
		const postmaster = postmasterOf(dataFolder);
		const all = family(postmaster).map(({ pid }) => pid);
		freeze(all);
		try {
			const answers = await Promise.all(
				Array.from({ length: 20 }, () =>
					fetch(`${url}/v1/head`, { signal: AbortSignal.timeout(30_000) }),
				),
			);
			for (const answer of answers) {
				expect(answer.status).toBe(503);
				expect(await answer.json()).toEqual({
					error: "the hub waits for its database",
				});
			}
			await station?.until(({ kind }) => kind === "offline");
			// Whoever comes to the same folder meanwhile is told, and starts no second server on its files.
			const { child, said } = run("publish", "--data", dataFolder);
			expect(await ended(child), said()).toBe(3);
			expect(said()).toMatch(
				/^PostgreSQL of \S+ runs \(\d+\) and does not answer\n$/,
			);
		} finally {
			thaw(all);
		}
		await expect
			.poll(() => serving?.said(), { timeout: PATIENCE })
			.toContain("the database is back");
		expect(postmasterOf(dataFolder)).toBe(postmaster);
		await expectComesBack(dataFolder);
	},
	PATIENCE,
);

it(
	"takes the database over when the process that owned it ends first",
	async () => {
		const { dataFolder, hub: owner } = await begin();
		const watched = outage(serving?.url ?? "");
		await owner.db.stop();
		expect(new Set(await watched), serving?.said()).toEqual(new Set([503]));
		await expectComesBack(dataFolder);
		expect((await headOf(serving?.url ?? "")).seq).toBe(2);
	},
	PATIENCE,
);

it.skipIf(NO_SIGNALS)(
	"ends the database with it when the process that owned it was killed before",
	async () => {
		const folder = temporaryFolder("orphan");
		folders.push(folder);
		const owner = await serve(folder.path);
		serving = await serve(folder.path);
		const ownerOf = (): number =>
			JSON.parse(readFileSync(join(folder.path, "postgres.json"), "utf8"))
				.owner;
		expect(ownerOf()).toBe(owner.child.pid);
		await ended(owner.child, "SIGKILL");
		await expect
			.poll(ownerOf, { timeout: 60_000, interval: 200 })
			.toBe(serving.child.pid);
		expect((await headOf(serving.url)).seq).toBe(0);
		expect(await ended(serving.child, "SIGTERM")).toBe(0);
		expect(() => postmasterOf(folder.path)).toThrow(/ENOENT/);
	},
	PATIENCE,
);

it(
	"ends with 3 and the reason when its port is taken",
	async () => {
		hub = await openFeedHub();
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
		const { port } = other.address() as { port: number };
		const { child, said } = run(
			...["serve", "--port", String(port), "--data", hub.dataFolder],
		);
		expect(await ended(child)).toBe(3);
		expect(said()).toContain(`port ${port} of 127.0.0.1 is taken`);
		other.close();
	},
	PATIENCE,
);
