import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { publishChanges } from "../../hub/publish/publish.ts";
import { sequence } from "../../hub/publish/sequencer.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import {
	changing,
	digestOf,
	type FeedHub,
	type HubProxy,
	headOf,
	type Interference,
	openFeedHub,
	publishDays,
	replicaIsSound,
	startProxy,
	startWorkstation,
	temporaryFolder,
	type Workstation,
} from "../integration/feed-fixture.ts";

let hub: FeedHub;
let server: FeedServer;
let proxy: HubProxy;
let folder: ReturnType<typeof temporaryFolder>;
let open: Workstation[] = [];
let stations = 0;

beforeAll(async () => {
	hub = await openFeedHub();
	server = await serveFeed(
		{ pool: hub.db.pool, dataFolder: hub.dataFolder },
		{ port: 0 },
	);
	proxy = await startProxy(server.url);
	folder = temporaryFolder("bad-line");
	// A snapshot of a dozen chunks.
	await publishChanges(
		hub.db,
		changing(
			{ geography: [["regencies", 0, "tes", "CC0", "é".repeat(24e6)]] },
			{},
			true,
		),
	);
	await publishDays(hub, [0, 1, 2], 7, true);
	await sequence({ pool: hub.db.pool, dataFolder: hub.dataFolder });
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

function start(
	timing: Parameters<typeof startWorkstation>[2] = {},
): Workstation {
	const workstation = startWorkstation(
		join(folder.path, String(++stations)),
		{ url: proxy.url, publicKey: server.publicKey },
		timing,
	);
	open.push(workstation);
	return workstation;
}

const isChunk = (path: string): boolean => path.startsWith("/v1/chunk/");

/** Damages every other chunk that is asked for and counts how often each got through whole. */
function everyOther(damage: Interference): Map<string, number> {
	const whole = new Map<string, number>();
	let asked = 0;
	proxy.interfere = (path) => {
		if (!isChunk(path)) return undefined;
		if (asked++ % 2 === 0) return damage;
		whole.set(path, (whole.get(path) ?? 0) + 1);
		return undefined;
	};
	return whole;
}

async function expectArrival(workstation: Workstation): Promise<void> {
	await workstation.untilAt((await headOf(server.url)).seq);
	expect(await workstation.writer.digest()).toEqual(await digestOf(server.url));
	expect(replicaIsSound(workstation.folder)).toEqual({
		check: "ok",
		cubesEqual: true,
	});
}

describe("a line that is bad but carries is waited out", () => {
	// How long a silent line is believed (ms): a machine at work with other things must not call a chunk stalled that is on its way.
	const PATIENT = 30_000;
	it.each<[string, Interference, number]>([
		["cut off in the middle", { firstBytes: 100 }, PATIENT],
		["stalled in the middle", { firstBytes: 100, thenSilence: true }, 2_000],
		[
			"cut short as if it were whole",
			{ body: (body) => body.subarray(0, body.length >> 1) },
			PATIENT,
		],
		[
			"answered by the proxy itself",
			{ status: 502, body: () => Buffer.of() },
			PATIENT,
		],
	])(
		"every other chunk %s: the snapshot arrives, no chunk is fetched twice, and nobody is told that the hub is at fault",
		{ timeout: 180_000 },
		async (_, damage, request) => {
			const whole = everyOther(damage);
			const workstation = start({ request });
			await expectArrival(workstation);
			expect(whole.size).toBeGreaterThan(8);
			expect([...whole.values()].every((times) => times === 1)).toBe(true);
			expect(
				workstation.states.filter((state) => state.kind === "error"),
			).toEqual([]);
		},
	);

	it("thirty cut downloads in a row are no snapshots in a circle, and the next whole one arrives", async () => {
		let cuts = 0;
		proxy.interfere = (path) =>
			isChunk(path) && cuts < 30 && ++cuts > 0 ? { firstBytes: 10 } : undefined;
		const workstation = start({ retryLeast: 5, retryMost: 20 });
		await expectArrival(workstation);
		expect(cuts).toBe(30);
		expect(
			workstation.states.filter((state) => state.kind === "error"),
		).toEqual([]);
	});

	it("trying again helps at once, however long the pause was to be", async () => {
		proxy.interfere = (path) => (isChunk(path) ? { cut: true } : undefined);
		const workstation = start({ retryLeast: 3_600_000, retryMost: 3_600_000 });
		await workstation.until(
			(state) => state.kind === "offline" && proxy.asked.some(isChunk),
		);
		proxy.interfere = () => undefined;
		workstation.sync.retry();
		await expectArrival(workstation);
	});

	it("trying again while an attempt is still failing leaves out the pause after it", async () => {
		let asked: (path: string) => void = () => {};
		const stalled = new Promise<string>((resolve) => {
			asked = resolve;
		});
		proxy.interfere = (path) => {
			if (!isChunk(path)) return undefined;
			asked(path);
			return { firstBytes: 10, thenSilence: true };
		};
		const workstation = start({
			request: 500,
			retryLeast: 3_600_000,
			retryMost: 3_600_000,
		});
		await stalled;
		workstation.sync.retry();
		proxy.interfere = () => undefined;
		await expectArrival(workstation);
	});

	it("a snapshot under way is finished although the hub has made a newer one meanwhile", async () => {
		let passing = 3;
		proxy.interfere = (path) =>
			isChunk(path) && passing-- <= 0 ? { cut: true } : undefined;
		const workstation = start({ retryLeast: 3_600_000, retryMost: 3_600_000 });
		await workstation.until(
			(state) => state.kind === "offline" && proxy.asked.some(isChunk),
		);
		const before = await headOf(server.url);
		// So many rows that a snapshot is due, and all of them in the log.
		await publishDays(
			hub,
			Array.from({ length: 200 }, (_, day) => day),
			8,
		);
		await sequence({ pool: hub.db.pool, dataFolder: hub.dataFolder });
		expect((await headOf(server.url)).snapshot?.id).not.toBe(
			before.snapshot?.id,
		);
		proxy.interfere = () => undefined;
		const manifests = (): string[] =>
			proxy.asked.filter((path) => path.endsWith("/manifest"));
		expect(manifests()).toHaveLength(1);
		let firstInstalled = "";
		workstation.sync.retry();
		await workstation.until((state) => {
			if (state.kind === "receiving" && state.what === "installing")
				firstInstalled ||= manifests().at(-1) ?? "";
			return state.kind === "idle";
		});
		expect(firstInstalled).toContain(before.snapshot?.id);
		await expectArrival(workstation);
	});
});
