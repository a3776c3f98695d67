import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { publishChanges } from "../../hub/publish/publish.ts";
import { sequence } from "../../hub/publish/sequencer.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import { inTransaction } from "../../hub/store/database.ts";
import {
	changing,
	digestOf,
	type FeedHub,
	FIRST_DAY,
	fact,
	headOf,
	openFeedHub,
	publishDays,
	startProxy,
	startWorkstation,
	temporaryFolder,
	type Workstation,
} from "../integration/feed-fixture.ts";

/** More for the long run: `npm run soak -- restore`. */
const RESTORES = Number(process.env.FAULT_RESTORES ?? 8);
const PATIENCE = 60_000 + RESTORES * 15_000;

let hub: FeedHub;
let folder: ReturnType<typeof temporaryFolder>;
const logs: string[] = [];

beforeAll(async () => {
	hub = await openFeedHub();
	folder = temporaryFolder("restore");
	await publishDays(hub, [0], 7, true);
	// Every epoch that ever begins, whoever begins it.
	await hub.db.pool.query(`
		CREATE TABLE begun (epoch uuid);
		CREATE FUNCTION note_epoch() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN INSERT INTO begun VALUES (new.epoch); RETURN new; END $$;
		CREATE TRIGGER note_epoch AFTER UPDATE OF epoch ON sync_head FOR EACH ROW
			WHEN (old.epoch <> new.epoch AND current_setting('test.restoring', true) IS DISTINCT FROM 'on')
			EXECUTE FUNCTION note_epoch();`);
});

afterAll(async () => {
	await hub?.remove();
	folder?.remove();
});

function serve(): Promise<FeedServer> {
	return serveFeed(
		{
			pool: hub.db.pool,
			dataFolder: hub.dataFolder,
			log: (line) => logs.push(line),
		},
		{ port: 0 },
	);
}

const LOG = ["publication", "snapshot", "sync_head"];

/** Keeps a copy of the log, as a backup of the database does. */
async function backUp(): Promise<void> {
	for (const table of LOG)
		await hub.db.pool.query(
			`DROP TABLE IF EXISTS kept_${table}; CREATE TABLE kept_${table} AS TABLE ${table}`,
		);
}

/** Puts the log back to what it was, all at once. */
async function restore(): Promise<void> {
	await inTransaction(hub.db.pool, async (client) => {
		await client.query("SET LOCAL test.restoring = 'on'");
		await client.query("SELECT FROM sync_head FOR UPDATE");
		for (const table of LOG.slice(0, 2))
			await client.query(
				`DELETE FROM ${table}; INSERT INTO ${table} OVERRIDING SYSTEM VALUE TABLE kept_${table}`,
			);
		await client.query(
			"UPDATE sync_head SET epoch = kept.epoch, seq = kept.seq FROM kept_sync_head AS kept",
		);
	});
}

const epochsBegun = async (): Promise<string[]> =>
	(await hub.db.pool.query("SELECT epoch FROM begun")).rows.map(
		({ epoch }) => epoch,
	);

let value = 1;
const publishOne = () =>
	publishChanges(
		hub.db,
		changing({ fact: [fact(hub.areas[5], FIRST_DAY, ++value)] }),
	);

it(
	`begins exactly one epoch for each of ${RESTORES} restores under load, answers everyone, and every workstation comes back`,
	async () => {
		const store = { pool: hub.db.pool, dataFolder: hub.dataFolder };
		// Two servers of one hub, each with its own timers.
		const servers = [await serve(), await serve()];
		const proxies = await Promise.all(
			servers.map(({ url }) => startProxy(url)),
		);
		const stations: Workstation[] = [0, 1, 2].map((i) =>
			startWorkstation(join(folder.path, String(i)), {
				url: proxies[i % 2].url,
				publicKey: servers[0].publicKey,
			}),
		);
		const wrong: string[] = [];
		let asking = true;
		const ask = async (url: string): Promise<void> => {
			while (asking) {
				const answer = await fetch(`${url}/v1/head`);
				if (!answer.ok) wrong.push(`${answer.status} ${await answer.text()}`);
				else await answer.body?.cancel();
				await sleep(5);
			}
		};
		const look = async (): Promise<void> => {
			while (asking) {
				await sequence(store).catch((error) => wrong.push(String(error)));
				await sleep(20);
			}
		};
		const load = [
			...servers.flatMap(({ url }) => [ask(url), ask(url), ask(url)]),
			look(),
			look(),
			look(),
		];
		try {
			for (let round = 0; round < RESTORES; round++) {
				await backUp();
				await publishOne();
				if (round % 3 === 0) await publishOne();
				await sequence(store);
				const told = await headOf(servers[round % 2].url);
				const begun = (await epochsBegun()).length;
				await restore();
				// Also while the epoch changes and its snapshot is being made.
				if (round % 4 === 1) await publishOne();
				await expect
					.poll(async () => (await headOf(servers[0].url)).epoch, {
						timeout: PATIENCE,
					})
					.not.toBe(told.epoch);
				await sequence(store);
				for (const { url } of servers) {
					const head = await headOf(url);
					// Never an empty epoch with a full database.
					expect(head.seq).toBeGreaterThan(0);
					expect(head.snapshot).not.toBeNull();
				}
				expect(await epochsBegun()).toHaveLength(begun + 1);
				if (round % 8 === 7) await allAreBack();
			}
			await allAreBack();
			expect(wrong, logs.join("\n")).toEqual([]);
			expect(logs.filter((line) => !line.includes("new epoch"))).toEqual([]);
			expect(new Set(await epochsBegun()).size).toBe(RESTORES);
		} finally {
			asking = false;
			await Promise.all(load);
			for (const station of stations) await station.close();
			for (const proxy of proxies) await proxy.close();
			for (const server of servers) await server.close();
		}

		async function allAreBack(): Promise<void> {
			await sequence(store);
			const { epoch, seq } = await headOf(servers[0].url);
			const expected = await digestOf(servers[0].url);
			for (const station of stations) {
				await expect
					.poll(async () => (await station.writer.open())?.epoch, {
						timeout: PATIENCE,
					})
					.toBe(epoch);
				await station.untilAt(seq);
				expect(await station.writer.digest()).toEqual(expected);
			}
		}
	},
	PATIENCE,
);

it("begins a new epoch when the restored database has published as far again", async () => {
	const store = { pool: hub.db.pool, dataFolder: hub.dataFolder };
	const server = await serve();
	try {
		await backUp();
		await publishOne();
		await sequence(store);
		const told = await headOf(server.url);
		await server.close();
		await restore();
		await publishOne();
		await publishOne();
		const again = await serve();
		try {
			const head = await headOf(again.url);
			expect(head.epoch).not.toBe(told.epoch);
		} finally {
			await again.close();
		}
	} finally {
		await server.close();
	}
});

it("never goes back into an epoch that was left", async () => {
	const store = { pool: hub.db.pool, dataFolder: hub.dataFolder };
	const server = await serve();
	try {
		await backUp();
		const first = await headOf(server.url);
		await publishOne();
		await sequence(store);
		await headOf(server.url);
		await restore();
		await sequence(store);
		const second = await headOf(server.url);
		expect(second.epoch).not.toBe(first.epoch);
		await restore();
		await sequence(store);
		const third = await headOf(server.url);
		expect([first.epoch, second.epoch]).not.toContain(third.epoch);
		expect(third.seq).toBeGreaterThan(0);
	} finally {
		await server.close();
	}
});
