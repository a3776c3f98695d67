import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SignedHead } from "../../core/feed/publication.ts";
import { startNewEpoch } from "../../hub/publish/epoch.ts";
import { publishChanges } from "../../hub/publish/publish.ts";
import { sequence } from "../../hub/publish/sequencer.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import { signingKey } from "../../hub/publish/signing.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import {
	changing,
	digestOf,
	type FeedHub,
	FIRST_DAY,
	fact,
	type HubProxy,
	headOf,
	openFeedHub,
	publishDays,
	replicaIsSound,
	startProxy,
	startWorkstation,
	temporaryFolder,
	type Workstation,
	withBitFlipped,
} from "./feed-fixture.ts";

let hub: FeedHub;
let server: FeedServer;
let proxy: HubProxy;
let folder: ReturnType<typeof temporaryFolder>;
let open: Workstation[] = [];

beforeAll(async () => {
	hub = await openFeedHub();
	server = await serveFeed(
		{ pool: hub.db.pool, dataFolder: hub.dataFolder },
		{ port: 0 },
	);
	proxy = await startProxy(server.url);
	folder = temporaryFolder("workstations");
	await publishChanges(
		hub.db,
		changing(
			{
				dataset: [["title", '"BLC: uji\\coba\tbaris\nbaru"']],
				geography: [["regencies", 0, "tes", "CC0", "é".repeat(25e5)]],
			},
			{},
			true,
		),
	);
	await publishDays(hub, [0, 1, 2, 3, 4], 7, true);
	await settled();
});

afterEach(async () => {
	for (const workstation of open) await workstation.close();
	open = [];
	proxy.interfere = () => undefined;
	proxy.asked.length = 0;
});

afterAll(async () => {
	await proxy?.close();
	await server?.close();
	await hub?.remove();
	folder?.remove();
});

/** Waits until the hub shows everything that is committed. */
async function settled(): Promise<number> {
	const seq = await sequence({
		pool: hub.db.pool,
		dataFolder: hub.dataFolder,
	});
	return seq;
}

let stations = 0;
function newFolder(): string {
	return join(folder.path, String(++stations));
}

function start(
	path: string,
	options: Parameters<typeof startWorkstation>[2] = {},
	publicKey = server.publicKey,
): Workstation {
	const workstation = startWorkstation(
		path,
		{ url: proxy.url, publicKey },
		options,
	);
	open.push(workstation);
	return workstation;
}

async function stop(workstation: Workstation): Promise<void> {
	open = open.filter((entry) => entry !== workstation);
	await workstation.close();
}

/** The digest that the replica should have, and that it is sound. */
async function expectSameAsHub(workstation: Workstation): Promise<void> {
	expect(await workstation.writer.digest()).toEqual(await digestOf(server.url));
	expect(replicaIsSound(workstation.folder)).toEqual({
		check: "ok",
		cubesEqual: true,
	});
}

describe("a workstation and its hub", () => {
	it("hold the same rows after a snapshot, after segments, and after rows were removed", async () => {
		const workstation = start(newFolder());
		await workstation.untilAt((await headOf(server.url)).seq);
		await expectSameAsHub(workstation);

		await publishDays(hub, [4, 5], 11);
		await publishChanges(
			hub.db,
			changing(
				{ dataset: [["title", '"Judul baru"']] },
				{ fact: [fact(hub.areas[3], FIRST_DAY, 0).slice(0, 4)] },
			),
		);
		await workstation.untilAt(await settled());
		await expectSameAsHub(workstation);
		expect(proxy.asked.filter((path) => path.includes("/snap/"))).toHaveLength(
			1,
		);
	});

	it("agree on the cubes when an area appears and when the last day is withdrawn", async () => {
		const workstation = start(newFolder());
		await workstation.untilAt((await headOf(server.url)).seq);
		const id = Math.max(...hub.areas) + 1;
		const last = FIRST_DAY + 9;
		await publishChanges(
			hub.db,
			changing({
				area: [
					[
						...[id, "99.99", 2, "Kabupaten Uji", hub.areas[1]],
						...[null, null, null, null, "[]", null, null, null, null],
					],
				],
				fact: [fact(id, last, 5), fact(hub.areas[0], last, 6, 3)],
			}),
		);
		await workstation.untilAt(await settled());
		await expectSameAsHub(workstation);
		await publishChanges(
			hub.db,
			changing(
				{},
				{
					fact: [
						fact(id, last, 0).slice(0, 4),
						fact(hub.areas[0], last, 0, 3).slice(0, 4),
					],
				},
			),
		);
		await workstation.untilAt(await settled());
		await expectSameAsHub(workstation);
	});

	it("learn of a publication at once, by the live connection", async () => {
		const workstation = start(newFolder());
		const { seq } = await headOf(server.url);
		await workstation.untilAt(seq);
		await expect
			.poll(() => proxy.asked.some((path) => path.startsWith("/v1/live")), {
				timeout: 30_000,
			})
			.toBe(true);
		const heads = proxy.asked.filter((path) => path === "/v1/head").length;
		await publishDays(hub, [5], 13);
		await workstation.untilAt(seq + 1);
		expect(proxy.asked.filter((path) => path === "/v1/head")).toHaveLength(
			heads,
		);
	});
});

describe("what is not exactly what the hub signed", () => {
	/** Starts from a replica at the head, publishes once more behind a damaging proxy, and expects an error and an untouched replica. */
	async function refusesSegment(
		damage: HubProxy["interfere"],
		code: string,
	): Promise<void> {
		const path = newFolder();
		const before = start(path);
		await before.untilAt(await settled());
		const digest = await before.writer.digest();
		await stop(before);
		proxy.interfere = damage;
		await publishDays(hub, [2, 3], ++stations);
		await publishDays(hub, [3], ++stations);
		const seq = await settled();
		const workstation = start(path);
		const state = await workstation.until((now) => now.kind === "error");
		expect(state).toMatchObject({ kind: "error", code });
		expect(await workstation.writer.digest()).toEqual(digest);
		// And it recovers by itself once the way is clean.
		proxy.interfere = () => undefined;
		await workstation.untilAt(seq);
		await expectSameAsHub(workstation);
	}

	it("is refused when a bit of the head flipped", () =>
		refusesSegment(
			(path) =>
				path === "/v1/head"
					? {
							body: (body) => {
								const signed = SignedHead.parse(JSON.parse(body.toString()));
								const payload = signed.payload.replace(
									/"last_seq":(\d)/,
									(_, digit) => `"last_seq":${Number(digit) ^ 1}`,
								);
								expect(payload).not.toBe(signed.payload);
								return Buffer.from(JSON.stringify({ ...signed, payload }));
							},
						}
					: undefined,
			"signature",
		));

	it("is refused when a bit of a segment flipped", () =>
		refusesSegment(
			(path) => (path.includes("/seg/") ? { body: withBitFlipped } : undefined),
			"chain",
		));

	it("is refused when a genuine segment stands in the place of another", () =>
		refusesSegment(
			(path) =>
				path.includes("/segments?")
					? {
							body: (body) => {
								const entries = JSON.parse(body.toString());
								entries[0] = { ...entries[1], seq: entries[0].seq };
								return Buffer.from(JSON.stringify(entries));
							},
						}
					: undefined,
			"chain",
		));

	it("is refused when a segment is left out", () =>
		refusesSegment(
			(path) =>
				path.includes("/segments?")
					? {
							body: (body) =>
								Buffer.from(
									JSON.stringify(JSON.parse(body.toString()).slice(1)),
								),
						}
					: undefined,
			"chain",
		));

	it.each([
		["the manifest", /\/manifest$/, "signature"],
		["a chunk", /\/v1\/chunk\//, "chain"],
	])(
		"is refused when a bit of %s flipped, and nothing is installed",
		async (_, pattern, code) => {
			proxy.interfere = (path) =>
				pattern.test(path) ? { body: withBitFlipped } : undefined;
			const workstation = start(newFolder());
			const state = await workstation.until((now) => now.kind === "error");
			expect(state).toMatchObject({ kind: "error", code });
			expect(currentReplica(join(workstation.folder, "replica"))).toBeNull();
			expect(await workstation.writer.digest()).toBeNull();
		},
	);

	it("is refused when another key signed it", async () => {
		const other = temporaryFolder("key");
		const { publicKey } = signingKey(other.path);
		other.remove();
		const workstation = start(newFolder(), {}, publicKey);
		const state = await workstation.until((now) => now.kind === "error");
		expect(state).toMatchObject({ kind: "error", code: "signature" });
		expect(proxy.asked.every((path) => path === "/v1/head")).toBe(true);
	});

	it("is refused when it is a genuine head of the past", async () => {
		const path = newFolder();
		const old = await (await fetch(`${server.url}/v1/head`)).text();
		await publishDays(hub, [1], ++stations);
		const seq = await settled();
		const before = start(path);
		await before.untilAt(seq);
		await stop(before);
		proxy.interfere = (asked) =>
			asked === "/v1/head" ? { body: () => Buffer.from(old) } : undefined;
		const workstation = start(path);
		const state = await workstation.until((now) => now.kind === "error");
		expect(state).toMatchObject({ kind: "error", code: "rollback" });
		expect((await workstation.writer.open())?.seq).toBe(seq);
	});
});

describe("an interrupted or unlucky workstation", () => {
	it("does not fetch again the chunks it has", async () => {
		const path = newFolder();
		const head = await headOf(server.url);
		let passing = 1;
		proxy.interfere = (asked) =>
			asked.startsWith("/v1/chunk/") && passing-- <= 0
				? { cut: true }
				: undefined;
		const first = start(path, { retryLeast: 60_000, retryMost: 60_000 });
		await first.until(
			(state) => state.kind === "offline" && proxy.asked.length > 2,
		);
		await stop(first);
		const kept = readdirSync(join(path, "cache")).filter(
			(name) => !name.endsWith(".part"),
		);
		expect(kept).toHaveLength(1);
		proxy.asked.length = 0;
		proxy.interfere = () => undefined;
		const second = start(path);
		await second.untilAt(head.seq);
		const chunks = proxy.asked.filter((asked) =>
			asked.startsWith("/v1/chunk/"),
		);
		expect(chunks.length).toBeGreaterThan(0);
		expect(chunks).not.toContain(`/v1/chunk/${kept[0]}`);
		expect(new Set(chunks).size).toBe(chunks.length);
		await expectSameAsHub(second);
	});

	it("fetches again what its own disk damaged", async () => {
		const path = newFolder();
		const head = await headOf(server.url);
		proxy.interfere = (asked) =>
			asked.startsWith("/v1/chunk/") &&
			proxy.asked.filter((name) => name.startsWith("/v1/chunk/")).length > 1
				? { cut: true }
				: undefined;
		const first = start(path, { retryLeast: 60_000, retryMost: 60_000 });
		await first.until(
			(state) => state.kind === "offline" && proxy.asked.length > 2,
		);
		await stop(first);
		const [kept] = readdirSync(join(path, "cache"));
		const { chunks } = await (
			await fetch(
				`${server.url}/v1/${head.epoch}/snap/${head.snapshot?.id}/manifest`,
			)
		).json();
		const { bytes } = chunks.find(
			(chunk: { sha256: string }) => chunk.sha256 === kept,
		);
		writeFileSync(join(path, "cache", kept), Buffer.alloc(bytes, 7));
		proxy.interfere = () => undefined;
		const second = start(path);
		await second.untilAt(head.seq);
		expect(second.states.some((state) => state.kind === "error")).toBe(true);
		await expectSameAsHub(second);
	});

	it("shows its replica without the hub and goes on when the hub is back", async () => {
		const path = newFolder();
		const first = start(path);
		await first.untilAt(await settled());
		const digest = await first.writer.digest();
		await stop(first);
		proxy.interfere = () => ({ cut: true });
		const workstation = start(path);
		await workstation.until(
			(state) => state.kind === "offline" && proxy.asked.length > 3,
		);
		expect(await workstation.writer.digest()).toEqual(digest);
		await publishDays(hub, [2], ++stations);
		const seq = await settled();
		proxy.interfere = () => undefined;
		await workstation.untilAt(seq);
		await expectSameAsHub(workstation);
	});

	it("notices a live connection that went silent", async () => {
		const { seq } = await headOf(server.url);
		proxy.interfere = (path) =>
			path.startsWith("/v1/live") ? { silence: true } : undefined;
		const workstation = start(newFolder(), { stall: 100 });
		await workstation.untilAt(seq);
		await publishDays(hub, [3], ++stations);
		await workstation.untilAt(seq + 1);
	});

	it("goes on with the hub where its writer died, without the whole dataset again", async () => {
		const writers: Worker[] = [];
		const heard = (worker: Worker) => writers.push(worker);
		process.on("worker", heard);
		try {
			const workstation = start(newFolder());
			await workstation.untilAt((await headOf(server.url)).seq);
			const [writer] = writers;
			await writer?.terminate();
			await publishDays(hub, [3], 29);
			await workstation.untilAt(await settled());
			await expectSameAsHub(workstation);
			expect(
				proxy.asked.filter((path) => path.includes("/snap/")),
			).toHaveLength(1);
			// Ended for good all the same.
			await stop(workstation);
			await expect(workstation.writer.open()).rejects.toThrow("was closed");
		} finally {
			process.off("worker", heard);
		}
	});

	it("keeps a damaged replica aside and starts anew from a snapshot", async () => {
		const path = newFolder();
		const first = start(path);
		const seq = await settled();
		await first.untilAt(seq);
		await stop(first);
		const file = currentReplica(join(path, "replica")) as string;
		writeFileSync(file, "not a database");
		rmSync(`${file}-wal`, { force: true });
		const workstation = start(path);
		await workstation.untilAt(seq);
		await expectSameAsHub(workstation);
		expect(
			readdirSync(join(path, "replica")).some((name) =>
				name.includes(".aside-"),
			),
		).toBe(true);
	});

	it("takes a snapshot when the log no longer reaches back to it", async () => {
		const path = newFolder();
		const first = start(path);
		await first.untilAt(await settled());
		await stop(first);
		await publishDays(hub, [0, 1], ++stations);
		await publishDays(hub, [6], ++stations, true);
		await publishDays(hub, [7], ++stations);
		const seq = await settled();
		proxy.asked.length = 0;
		const workstation = start(path);
		await workstation.untilAt(seq);
		expect(proxy.asked.some((asked) => asked.includes("/snap/"))).toBe(true);
		await expectSameAsHub(workstation);
	});
});

describe("a hub", () => {
	it("gives concurrent publications numbers without gaps, also when some fail", async () => {
		const { seq } = await headOf(server.url);
		const attempts = Array.from({ length: 12 }, (_, i) =>
			publishChanges(hub.db, async (client) => {
				const change = await changing({
					dataset: [[`concurrent ${i}`, String(i)]],
				})(client);
				if (i % 3 === 0) throw new Error("failed on purpose");
				return change;
			}),
		);
		const ended = await Promise.allSettled(attempts);
		const numbers = ended
			.flatMap((end) =>
				end.status === "fulfilled" && end.value ? [end.value.seq] : [],
			)
			.sort((a, b) => a - b);
		expect(numbers).toEqual(Array.from({ length: 8 }, (_, i) => seq + 1 + i));
		const workstation = start(newFolder());
		await workstation.untilAt(await settled());
		await expectSameAsHub(workstation);
	});

	it("publishes nothing when nothing changed", async () => {
		const { seq } = await headOf(server.url);
		expect(
			await publishChanges(hub.db, async () => ({ rows: 0, blocks: [] })),
		).toBeNull();
		expect(await settled()).toBe(seq);
	});

	it("never lets an error, or anything that may change, be cached", async () => {
		const { epoch, seq, snapshot } = await headOf(server.url);
		const other = "00000000-0000-4000-8000-000000000000";
		const answers: [string, number][] = [
			["/v1/head", 200],
			[`/v1/${epoch}/all/segments?after=${seq}`, 200],
			[`/v1/${other}/all/segments?after=0`, 409],
			[`/v1/${epoch}/all/segments?after=0`, 410],
			[`/v1/${epoch}/all/segments?after=x`, 400],
			[`/v1/${epoch}/all/seg/${seq}-${"0".repeat(64)}`, 404],
			[`/v1/${epoch}/snap/none/manifest`, 404],
			[`/v1/chunk/${"0".repeat(64)}`, 404],
			["/v1/chunk/..%2Fsigning-key.pem", 404],
			[`/v1/${epoch}/digest?at=1`, 404],
			["/elsewhere", 404],
		];
		for (const [path, status] of answers) {
			const response = await fetch(server.url + path);
			expect([path, response.status]).toEqual([path, status]);
			expect(response.headers.get("cache-control")).toBe("no-store");
			if (status === 409)
				expect(SignedHead.safeParse(await response.json()).success).toBe(true);
		}
		const manifest = await fetch(
			`${server.url}/v1/${epoch}/snap/${snapshot?.id}/manifest`,
		);
		expect(manifest.headers.get("cache-control")).toContain("immutable");
		const [{ sha256 }] = (await manifest.json()).chunks;
		const whole = Buffer.from(
			await (await fetch(`${server.url}/v1/chunk/${sha256}`)).arrayBuffer(),
		);
		const part = await fetch(`${server.url}/v1/chunk/${sha256}`, {
			headers: { range: "bytes=10-19" },
		});
		expect(part.status).toBe(206);
		expect(Buffer.from(await part.arrayBuffer())).toEqual(
			whole.subarray(10, 20),
		);
	});

	it("gives of segments and chunks the part that is asked for, and says what there is beyond it", async () => {
		await publishDays(hub, [1], ++stations);
		const seq = await settled();
		const { epoch } = await headOf(server.url);
		const base = `${server.url}/v1/${epoch}`;
		const [entry] = await (
			await fetch(`${base}/all/segments?after=${seq - 1}`)
		).json();
		const { snapshot } = await headOf(server.url);
		const manifest = await (
			await fetch(`${base}/snap/${snapshot?.id}/manifest`)
		).json();
		for (const { url, bytes } of [
			{ url: `${base}/all/seg/${seq}-${entry.sha256}`, bytes: entry.bytes },
			{
				url: `${server.url}/v1/chunk/${manifest.chunks[0].sha256}`,
				bytes: manifest.chunks[0].bytes,
			},
		]) {
			const part = async (range?: string) => {
				const answer = await fetch(url, { headers: range ? { range } : {} });
				const body = Buffer.from(await answer.arrayBuffer());
				return {
					...{ body, status: answer.status },
					range: answer.headers.get("content-range"),
				};
			};
			const whole = await part();
			expect([whole.status, whole.body.length]).toEqual([200, bytes]);
			for (const [asked, from, to] of [
				["bytes=0-9", 0, 9],
				["bytes=10-", 10, bytes - 1],
				["bytes=-7", bytes - 7, bytes - 1],
				[`bytes=5-${bytes + 99}`, 5, bytes - 1],
			] as const) {
				const found = await part(asked);
				expect([asked, found.status, found.range]).toEqual([
					...[asked, 206, `bytes ${from}-${to}/${bytes}`],
				]);
				expect(found.body).toEqual(whole.body.subarray(from, to + 1));
			}
			expect(await part(`bytes=${bytes}-`)).toMatchObject({
				...{ status: 416, range: `bytes */${bytes}` },
			});
		}
	});

	it("begins a new epoch when its database went back behind what it told, and workstations follow", async () => {
		const path = newFolder();
		const first = start(path);
		const seq = await settled();
		await first.untilAt(seq);
		const { epoch } = await headOf(server.url);
		await hub.db.pool.query("DELETE FROM publication WHERE seq = $1", [seq]);
		await hub.db.pool.query("UPDATE sync_head SET seq = seq - 1");
		// Asked before the sequencer looks: the answer must not make the hub forget what it told.
		expect((await headOf(server.url)).epoch).not.toBe(epoch);
		await settled();
		const after = await headOf(server.url);
		expect(after.epoch).not.toBe(epoch);
		await first.untilAt(after.seq);
		await expectSameAsHub(first);
	});

	it("is not followed back into an epoch that was left", async () => {
		const path = newFolder();
		const workstation = start(path);
		await workstation.untilAt(await settled());
		const old = await (await fetch(`${server.url}/v1/head`)).text();
		await startNewEpoch({ pool: hub.db.pool, dataFolder: hub.dataFolder });
		const seq = await settled();
		await workstation.until(() =>
			workstation.states.some((state) => state.kind === "receiving"),
		);
		await expect
			.poll(async () => (await workstation.writer.open())?.epoch, {
				timeout: 30_000,
			})
			.toBe((await headOf(server.url)).epoch);
		await workstation.untilAt(seq);
		proxy.interfere = (asked) =>
			asked === "/v1/head" ? { body: () => Buffer.from(old) } : undefined;
		await stop(workstation);
		const again = start(path);
		const state = await again.until((now) => now.kind === "error");
		expect(state).toMatchObject({ kind: "error", code: "rollback" });
	});

	it("ends live connections when it closes", async () => {
		const other = await serveFeed(
			{ pool: hub.db.pool, dataFolder: hub.dataFolder },
			{ port: 0 },
		);
		const response = await fetch(`${other.url}/v1/live?after=0`);
		const reader = response.body?.getReader();
		await reader?.read();
		await other.close();
		// Ends, in good order or by a broken connection, instead of waiting for ever.
		for (;;) {
			const piece = await reader?.read().catch(() => ({ done: true }));
			if (piece?.done) break;
		}
	});
});
