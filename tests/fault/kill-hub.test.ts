import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Digest } from "../../core/feed/publication.ts";
import { isoFromDay } from "../../core/series/day.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { openHubDatabase } from "../../hub/store/database.ts";
import { cutOff } from "../fixtures/processes.ts";
import {
	digestOf,
	FIRST_DAY,
	type HubProxy,
	headOf,
	startProxy,
	startWorkstation,
	temporaryFolder,
	type Workstation,
} from "../integration/feed-fixture.ts";

/** Rounds; more for the long run: `npm run soak -- hub`. */
const KILLS = Number(process.env.HUB_KILLS ?? 4);
const PATIENCE = 120_000;
const CLI = join(import.meta.dirname, "../../hub/cli.ts");
const DAYS = 20;

const hub = temporaryFolder("kill-hub");
const files = temporaryFolder("kill-files");
const homes = [1, 2, 3].map((n) => temporaryFolder(`kill-station-${n}`));
const children = new Set<ChildProcess>();
let codes: string[] = [];
let serving: ChildProcess;
let proxy: HubProxy;
let stations: Workstation[] = [];

beforeAll(async () => {
	const db = await openHubDatabase({ dataFolder: hub.path });
	const { rows } = await db.pool.query(
		"SELECT code FROM area WHERE level = 2 ORDER BY id LIMIT 60",
	);
	codes = rows.map(({ code }) => code);
	await db.stop();
	const { url, publicKey } = await serve();
	proxy = await startProxy(url);
	stations = homes.map(({ path }) =>
		startWorkstation(path, { url: proxy.url, publicKey }),
	);
}, PATIENCE);

afterAll(async () => {
	for (const station of stations) await station.close();
	await proxy?.close();
	// In good order, so that it ends the database.
	if (serving) await ended(serving, "SIGTERM");
	for (const child of children) await ended(child, "SIGKILL");
	for (const folder of [hub, files, ...homes]) folder.remove();
});

function run(...args: string[]): { child: ChildProcess; said: () => string } {
	const child = spawn(process.execPath, [CLI, ...args, "--data", hub.path], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	children.add(child);
	child.once("exit", () => children.delete(child));
	let text = "";
	const add = (piece: Buffer): void => {
		text += piece;
	};
	child.stdout.on("data", add);
	child.stderr.on("data", add);
	return { child, said: () => text };
}

async function ended(
	child: ChildProcess,
	signal?: NodeJS.Signals,
): Promise<number | null> {
	if (child.exitCode === null && child.signalCode === null) {
		const exited = new Promise((resolve) => child.once("exit", resolve));
		if (signal) child.kill(signal);
		await exited;
	}
	return child.exitCode;
}

async function serve(): Promise<{ url: string; publicKey: string }> {
	const { child, said } = run("serve", "--port", "0");
	serving = child;
	while (!/key \S+\n/.test(said())) {
		if (child.exitCode !== null) throw new Error(`serve ended: ${said()}`);
		await sleep(20);
	}
	return {
		url: /serving (\S+)/.exec(said())?.[1] ?? "",
		publicKey: /key (\S+)/.exec(said())?.[1] ?? "",
	};
}

/** Runs a command until it has ended in good order, as somebody does who sees that it did not. */
async function insist(...args: string[]): Promise<void> {
	const all: string[] = [];
	for (let i = 0; i < 5; i++) {
		const { child, said } = run(...args);
		if ((await ended(child)) === 0) return;
		all.push(said());
		await sleep(500);
	}
	throw new Error(`${args.join(" ")}: ${all.join("\n")}`);
}

/** What the health offices know on the day of a round: other values for every area and day. */
function write(round: number): string {
	const path = join(
		files.path,
		`dinkes_${isoFromDay(FIRST_DAY + 100 + round)}.csv`,
	);
	const lines = codes.flatMap((kode, i) =>
		Array.from(
			{ length: DAYS },
			(_, day) =>
				`${kode},${isoFromDay(FIRST_DAY + day)},${toldIn(round, i, day)}`,
		),
	);
	writeFileSync(path, ["kode,tanggal,konfirmasi", ...lines, ""].join("\n"));
	return path;
}

const toldIn = (round: number, area: number, day: number): number =>
	10 * day + ((area * 7 + round * 3 + day) % 9);

function killPostgres(): void {
	const { cluster } = JSON.parse(
		readFileSync(join(hub.path, "postgres.json"), "utf8"),
	);
	try {
		const file = readFileSync(join(cluster, "postmaster.pid"), "utf8");
		cutOff(Number.parseInt(file, 10));
	} catch {
		// Not running at this moment.
	}
}

/** Every workstation holds what the hub says it published, and the hub what the last file says. */
async function expectEqual(round: number): Promise<void> {
	let digest: Digest | undefined;
	await expect
		.poll(
			async () => {
				digest = await digestOf(proxy.target).catch(() => undefined);
				return digest && (await headOf(proxy.target)).seq === digest.seq;
			},
			{ timeout: PATIENCE, interval: 100 },
		)
		.toBe(true);
	for (const station of stations) {
		await station.untilAt(digest?.seq as number);
		expect(await station.writer.digest()).toEqual(digest);
	}
	const db = await openHubDatabase({ dataFolder: hub.path });
	try {
		const { rows } = await db.pool.query(
			"SELECT code, day, value FROM fact JOIN area ON area.id = fact.area WHERE indicator = 1 AND level = 2 AND day < $1",
			[FIRST_DAY + DAYS],
		);
		const held = rows.filter(({ code }) => codes.includes(code));
		expect(held).toHaveLength(codes.length * DAYS);
		for (const { code, day, value } of held)
			expect(value).toBe(toldIn(round, codes.indexOf(code), day - FIRST_DAY));
	} finally {
		await db.stop();
	}
}

it(
	`leads three workstations to its digest after each of ${KILLS} kills of ingest, publish, serve and PostgreSQL at random moments`,
	async () => {
		const random = createRandom(Number(process.env.HUB_SEED ?? 11));
		for (let round = 0; round < KILLS; round++) {
			const file = write(round);
			const victim = round % 4;
			const ingest = run("ingest", "kabkota-csv", file);
			if (victim !== 0) await ended(ingest.child);
			const publish = victim === 0 ? null : run("publish");
			await sleep(random.uniform() * 2500);
			if (victim === 0) await ended(ingest.child, "SIGKILL");
			if (victim === 1 && publish) await ended(publish.child, "SIGKILL");
			if (victim === 2) {
				await ended(serving, "SIGKILL");
				proxy.target = (await serve()).url;
			}
			if (victim === 3) killPostgres();
			if (publish) await ended(publish.child);
			await insist("ingest", "kabkota-csv", file);
			await insist("publish");
			await expectEqual(round);
		}
	},
	PATIENCE + KILLS * 60_000,
);
