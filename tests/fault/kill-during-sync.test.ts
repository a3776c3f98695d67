import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { zstdDecompressSync } from "node:zlib";
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

/** How often a process is killed in each test; more for a long soak: `FAULT_KILLS=1000 npx vitest run tests/fault`. */
const KILLS = Number(process.env.FAULT_KILLS ?? 30);
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
	state?: { kind: string };
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

it(
	`a backend killed ${KILLS} times during snapshot and segments ends as an undisturbed one`,
	async () => {
		const server: FeedServer = await serveFeed(
			{ pool: hub.db.pool, dataFolder: hub.dataFolder },
			{ port: 0 },
		);
		try {
			const random = createRandom(20_200_412);
			const path = join(folder.path, "killed");
			const moments = new Set<string>();
			for (let kill = 0; kill < KILLS; kill++) {
				// Every few kills from the beginning, so that installing is met as often as applying.
				if (kill % 3 === 0) rmSync(path, { recursive: true, force: true });
				else
					for (let i = 0; i < 3; i++)
						await publishDays(hub, [kill % 8, 8 + (kill % 5)], kill * 3 + i);
				await sequence({ pool: hub.db.pool, dataFolder: hub.dataFolder });
				const child = start("workstation-process.ts", [
					path,
					server.url,
					server.publicKey,
				]);
				// Between two of the things it tells: nothing in the program knows of this test.
				const afterMessages = 1 + Math.floor(random.uniform() * 6);
				const delay = random.uniform() * 40;
				let messages = 0;
				let last = "start";
				await new Promise<void>((resolve) => {
					child.on("message", (told: Told) => {
						last =
							told.kind === "state" && told.state
								? `${told.state.kind} ${"what" in told.state ? told.state.what : ""}`
								: told.kind;
						messages++;
						if (messages === afterMessages || last.startsWith("idle"))
							resolve();
					});
				});
				await sleep(delay);
				child.kill("SIGKILL");
				await ended(child);
				moments.add(last);
			}
			const seq = await sequence({
				pool: hub.db.pool,
				dataFolder: hub.dataFolder,
			});
			const killed = await undisturbed(path, server, seq);
			const fresh = await undisturbed(
				join(folder.path, "undisturbed"),
				server,
				seq,
			);
			expect(killed).toEqual(await digestOf(server.url));
			expect(fresh).toEqual(killed);
			expect(replicaIsSound(path)).toEqual({ check: "ok", cubesEqual: true });
			// The kills met the work and not only the waiting.
			expect(
				[...moments].some((moment) => moment.startsWith("receiving")),
			).toBe(true);
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
