import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { zstdDecompressSync } from "node:zlib";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
	CHAIN_START,
	chainInput,
	type Digest,
	Segment,
} from "../../core/feed/publication.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { publishChanges } from "../../hub/publish/publish.ts";
import { sequence } from "../../hub/publish/sequencer.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import { readCursor } from "../../main/backend/replica/replica-database.ts";
import {
	changing,
	digestOf,
	type FeedHub,
	FIRST_DAY,
	fact,
	headOf,
	openFeedHub,
	publishDays,
	replicaIsSound,
	temporaryFolder,
} from "../integration/feed-fixture.ts";

/** How often a process is killed in each test; more for the long run: `npm run soak -- kill`. */
const KILLS = Number(process.env.FAULT_KILLS ?? 16);
const INSTALL_KILLS = Math.ceil(KILLS / 2);
const APPLY_KILLS = Math.floor(KILLS / 2);
const HUB_KILLS = Math.ceil(KILLS / 5);
/** Generous: a test that stands still must fail, a slow machine must not. */
const PATIENCE = 120_000 + KILLS * 20_000;

let hub: FeedHub;
let folder: ReturnType<typeof temporaryFolder>;
const children = new Set<ChildProcess>();

beforeAll(async () => {
	hub = await openFeedHub();
	folder = temporaryFolder("fault");
	await publishChanges(
		hub.db,
		changing(
			{ geography: [["regencies", 0, "tes", "CC0", "é".repeat(4e6)]] },
			{},
			true,
		),
	);
	await publishDays(hub, [0, 1, 2, 3, 4, 5, 6, 7], 7, true);
	await sequence({ pool: hub.db.pool, dataFolder: hub.dataFolder });
});

afterAll(async () => {
	for (const child of children) child.kill("SIGKILL");
	await hub?.remove();
	folder?.remove();
});

function serve(): Promise<FeedServer> {
	return serveFeed(
		{ pool: hub.db.pool, dataFolder: hub.dataFolder },
		{ port: 0 },
	);
}

function start(script: string, args: string[]): ChildProcess {
	const child = fork(join(import.meta.dirname, script), args, {
		execArgv: [],
		stdio: ["ignore", "ignore", "inherit", "ipc"],
	});
	children.add(child);
	child.once("exit", () => children.delete(child));
	return child;
}

function ended(child: ChildProcess): Promise<void> {
	return child.exitCode !== null || child.signalCode !== null
		? Promise.resolve()
		: new Promise((resolve) => child.once("exit", () => resolve()));
}

interface Told {
	kind: string;
	seq?: number | null;
	state?: { kind: string; what?: string };
	digest?: Digest | null;
}

/** Runs a workstation until it is idle at a publication, ends it in good order and gives its digest. */
async function undisturbed(
	path: string,
	server: { url: string; publicKey: string },
	seq: number,
): Promise<Digest | null> {
	const child = start("workstation-process.ts", [
		path,
		server.url,
		server.publicKey,
	]);
	let at = -1;
	const digest = await new Promise<Digest | null>((resolve, reject) => {
		child.on("message", (told: Told) => {
			if (told.kind === "switched" || told.kind === "changed")
				at = told.seq ?? -1;
			if (told.kind === "state" && told.state?.kind === "idle" && at === seq)
				child.send("stop", () => {});
			if (told.kind === "digest") resolve(told.digest ?? null);
		});
		child.once("exit", () => reject(new Error("the workstation ended")));
	});
	await ended(child);
	return digest;
}

/** Starts a workstation and kills it some ms after it told what `when` waits for. Returns what it told last. */
async function killedRun(
	path: string,
	server: { url: string; publicKey: string },
	when: (last: string, messages: number) => boolean,
	delay: number,
): Promise<string> {
	const child = start("workstation-process.ts", [
		path,
		server.url,
		server.publicKey,
	]);
	let messages = 0;
	let last = "";
	await new Promise<void>((resolve, reject) => {
		child.on("message", (told: Told) => {
			const { state } = told;
			last =
				told.kind === "state" && state
					? `${state.kind} ${state.what ?? ""}`.trim()
					: told.kind;
			if (when(last, ++messages)) resolve();
		});
		child.once("exit", () => reject(new Error("the workstation ended")));
	});
	await sleep(delay);
	child.kill("SIGKILL");
	await ended(child);
	return last;
}

/** How far the replica of a workstation that does not run is. */
function cursorOf(path: string): { seq: number; snapshot: string } {
	const database = new Database(
		currentReplica(join(path, "replica")) as string,
		{ readonly: true },
	);
	try {
		return readCursor(database);
	} finally {
		database.close();
	}
}

/** Expects that a workstation that was killed now ends as one that never was, and as the hub is. */
async function expectUndisturbed(
	path: string,
	server: FeedServer,
): Promise<void> {
	const seq = await sequence({
		pool: hub.db.pool,
		dataFolder: hub.dataFolder,
	});
	const killed = await undisturbed(path, server, seq);
	const other = temporaryFolder("undisturbed");
	try {
		expect(await undisturbed(other.path, server, seq)).toEqual(killed);
	} finally {
		other.remove();
	}
	expect(killed).toEqual(await digestOf(server.url));
	expect(replicaIsSound(path)).toEqual({ check: "ok", cubesEqual: true });
}

it(
	`a backend killed ${INSTALL_KILLS} times during a snapshot ends as an undisturbed one`,
	async () => {
		const server = await serve();
		try {
			const random = createRandom(20_200_412);
			const path = join(folder.path, "installing");
			const moments: string[] = [];
			for (let kill = 0; kill < INSTALL_KILLS; kill++) {
				const message = 1 + random.integer(5);
				const last = await killedRun(
					path,
					server,
					(now, messages) => messages === message || now.startsWith("idle"),
					random.uniform() * 60,
				);
				moments.push(last);
				// Installed after all: begin again. Otherwise what the killed one left is what the next one finds.
				if (/idle|switched|changed/.test(last))
					rmSync(path, { recursive: true, force: true });
			}
			// The kills met the work and not only the waiting.
			expect(
				moments.filter((last) => last.startsWith("receiving")),
			).not.toEqual([]);
			await expectUndisturbed(path, server);
		} finally {
			await server.close();
		}
	},
	PATIENCE,
);

it(
	`a backend killed ${APPLY_KILLS} times while it applies publications ends as an undisturbed one`,
	async () => {
		const server = await serve();
		try {
			const random = createRandom(29);
			const path = join(folder.path, "applying");
			await expectUndisturbed(path, server);
			let row = 0;
			let killedWithin = 0;
			const before = cursorOf(path);
			let { seq } = before;
			for (let kill = 0; kill < APPLY_KILLS; kill++) {
				// Each row is published once and never again: what is lost once stays lost.
				for (let i = 0; seq - cursorOf(path).seq < 60; i = (i + 1) % 60, seq++)
					await publishChanges(
						hub.db,
						changing({
							fact: [fact(hub.areas[i], FIRST_DAY + 40 + kill, row)],
							fact_revision: hub.areas
								.slice(0, 40)
								.map((area) => [
									...[1, 602, area, FIRST_DAY, row, row++],
									...[1, 1, 0, null, null],
								]),
						}),
					);
				await sequence({ pool: hub.db.pool, dataFolder: hub.dataFolder });
				await killedRun(
					path,
					server,
					(last) => last === "applied" || last.startsWith("idle"),
					random.uniform() * 60,
				);
				killedWithin += cursorOf(path).seq < seq ? 1 : 0;
			}
			expect(killedWithin).toBeGreaterThan(0);
			await expectUndisturbed(path, server);
			// By the log alone: a snapshot would have hidden what was lost.
			expect(cursorOf(path).snapshot).toBe(before.snapshot);
		} finally {
			await server.close();
		}
	},
	PATIENCE,
);

it(
	`a hub killed ${HUB_KILLS} times while it publishes leaves a log without gaps, and workstations arrive`,
	async () => {
		const path = join(folder.path, "follower");
		let port = 0;
		let follower: ChildProcess | null = null;
		const random = createRandom(7);
		const acknowledged: number[] = [];
		for (let kill = 0; kill < HUB_KILLS; kill++) {
			const child = start("hub-process.ts", [hub.dataFolder, String(port)]);
			const wanted = 2 + Math.floor(random.uniform() * 6);
			await new Promise<void>((resolve, reject) => {
				let published = 0;
				child.once("exit", (code) => reject(new Error(`hub ended: ${code}`)));
				child.on(
					"message",
					(told: { url?: string; publicKey?: string; seq?: number }) => {
						if (told.url && told.publicKey) {
							port = Number(new URL(told.url).port);
							follower ??= start("workstation-process.ts", [
								path,
								told.url,
								told.publicKey,
							]);
						}
						if (told.seq !== undefined) {
							acknowledged.push(told.seq);
							if (++published === wanted) resolve();
						}
					},
				);
			});
			await sleep(random.uniform() * 30);
			child.kill("SIGKILL");
			await ended(child);
		}
		(follower as ChildProcess | null)?.kill("SIGKILL");
		const server = await serveFeed(
			{ pool: hub.db.pool, dataFolder: hub.dataFolder },
			{ port },
		);
		try {
			const head = await headOf(server.url);
			// What was said to be published is published, once, and nothing is between.
			expect(acknowledged).toEqual([...new Set(acknowledged)]);
			expect(Math.max(...acknowledged)).toBeLessThanOrEqual(head.seq);
			const { rows } = await hub.db.pool.query(
				"SELECT seq::int, segment, chain FROM publication ORDER BY seq",
			);
			expect(rows.map(({ seq }) => seq)).toEqual(
				Array.from({ length: head.seq }, (_, i) => i + 1),
			);
			let previous = CHAIN_START;
			for (const { seq, segment, chain } of rows) {
				if (segment) {
					expect(
						createHash("sha256")
							.update(chainInput(previous, segment))
							.digest("hex"),
					).toBe(chain);
					expect(
						Segment.parse(JSON.parse(zstdDecompressSync(segment).toString())),
					).toMatchObject({ seq, prev_seq: seq - 1 });
				}
				previous = chain;
			}
			expect(previous).toBe(head.streams.all.chain);
			const followed = await undisturbed(path, server, head.seq);
			expect(followed).toEqual(await digestOf(server.url));
			expect(replicaIsSound(path)).toEqual({ check: "ok", cubesEqual: true });
		} finally {
			await server.close();
		}
	},
	PATIENCE,
);

it(
	"a backend killed while nothing is connected still shows what it had",
	async () => {
		const server = await serveFeed(
			{ pool: hub.db.pool, dataFolder: hub.dataFolder },
			{ port: 0 },
		);
		const path = join(folder.path, "offline");
		const { seq } = await headOf(server.url);
		const before = await undisturbed(path, server, seq);
		await server.close();
		const child = start("workstation-process.ts", [
			path,
			server.url,
			server.publicKey,
		]);
		await new Promise<void>((resolve) =>
			child.on("message", (told: Told) => {
				if (told.kind === "switched") resolve();
			}),
		);
		child.kill("SIGKILL");
		await ended(child);
		const again = start("workstation-process.ts", [
			path,
			server.url,
			server.publicKey,
		]);
		const after = await new Promise<Digest | null>((resolve) =>
			again.on("message", (told: Told) => {
				if (told.kind === "switched") again.send("stop", () => {});
				if (told.kind === "digest") resolve(told.digest ?? null);
			}),
		);
		await ended(again);
		expect(after).toEqual(before);
		expect(
			await publishChanges(
				hub.db,
				changing({ fact: [fact(hub.areas[0], FIRST_DAY, 1)] }),
			),
		).toMatchObject({ seq: seq + 1 });
	},
	PATIENCE,
);
