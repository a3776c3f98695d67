import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { newToken } from "../../hub/roads/tokens.ts";
import { openHubDatabase } from "../../hub/store/database.ts";
import { addRoad } from "../../hub/store/roads.ts";
import { temporaryFolder } from "../integration/feed-fixture.ts";

const CLI = join(import.meta.dirname, "../../hub/cli.ts");
/** Each starts the hub twice. */
const ROUNDS = 1;

const folder = temporaryFolder("kill-push");
let serving: ChildProcess | undefined;

afterAll(async () => {
	await ended("SIGTERM");
	folder.remove();
});

async function ended(signal: NodeJS.Signals): Promise<void> {
	const child = serving;
	if (!child || child.exitCode !== null || child.signalCode !== null) return;
	const exited = new Promise((resolve) => child.once("exit", resolve));
	child.kill(signal);
	await exited;
}

async function serve(): Promise<string> {
	const child = spawn(
		process.execPath,
		[CLI, "serve", "--port", "0", "--data", folder.path],
		{ stdio: ["ignore", "pipe", "ignore"] },
	);
	serving = child;
	let said = "";
	child.stdout.on("data", (piece) => {
		said += piece;
	});
	while (!/key \S+\n/.test(said)) {
		if (child.exitCode !== null) throw new Error(`serve ended: ${said}`);
		await sleep(20);
	}
	return /serving (\S+)/.exec(said)?.[1] ?? "";
}

it("keeps all that was answered where the hub is killed at the first answer, and takes the rest once when it is sent again", async () => {
	const senders = Array.from({ length: 20 }, (_, n) => newToken(`kirim-${n}`));
	let db = await openHubDatabase({ dataFolder: folder.path });
	for (const [n, { digest }] of senders.entries())
		await addRoad(db.pool, {
			...{ name: `kirim-${n}`, kind: "push", connector: "kabkota-csv" },
			...{ source: "dinkes", token: digest, address: null, every: null },
			...{ hosts: [], at: 0 },
		});
	const { rows: areas } = await db.pool.query<{ code: string }>(
		"SELECT code FROM area WHERE level = 2 ORDER BY id LIMIT 20",
	);
	await db.stop();
	const sent = (n: number, round: number) =>
		JSON.stringify({
			...{ kode: areas[n]?.code, tanggal: `2020-04-1${round}` },
			konfirmasi: 100 * round + n,
		});
	for (let round = 0; round < ROUNDS; round++) {
		const url = await serve();
		const push = (at: string, n: number) =>
			fetch(`${at}/v1/push?name=${round}`, {
				method: "POST",
				headers: {
					authorization: `Bearer ${senders[n]?.token}`,
					"idempotency-key": `${round}`,
				},
				body: sent(n, round),
			});
		const answered = new Set<number>();
		const all = senders.map((_, n) =>
			push(url, n).then(
				({ status }) => {
					if (status === 200) answered.add(n);
					if (answered.size === 1) serving?.kill("SIGKILL");
				},
				() => {},
			),
		);
		await Promise.all(all);
		await ended("SIGKILL");
		expect(answered.size).toBeGreaterThan(0);
		db = await openHubDatabase({ dataFolder: folder.path });
		const held = async () =>
			(
				await db.pool.query<{ said: string }>(
					"SELECT code || ' ' || (stated ->> 'confirmed') AS said FROM report JOIN area ON area.id = report.area JOIN file ON file.id = file WHERE file.name = $1 ORDER BY said",
					[`${round}`],
				)
			).rows.map(({ said }) => said);
		const stored = await held();
		for (const n of answered)
			expect(stored).toContain(`${areas[n]?.code} ${100 * round + n}`);
		await db.stop();
		const again = await serve();
		for (const n of senders.keys())
			expect((await push(again, n)).status).toBe(200);
		await ended("SIGTERM");
		db = await openHubDatabase({ dataFolder: folder.path });
		expect(await held()).toEqual(
			areas.map(({ code }, n) => `${code} ${100 * round + n}`).sort(),
		);
		await db.stop();
	}
}, 180_000);
