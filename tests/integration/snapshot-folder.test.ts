import { execFile } from "node:child_process";
import {
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sequence } from "../../hub/publish/sequencer.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import { signed, signingKey } from "../../hub/publish/signing.ts";
import { writeSnapshotFolder } from "../../hub/publish/snapshot-folder.ts";
import { chosenHub } from "../../main/backend/hub-file.ts";
import { createInstallation } from "../../main/backend/installation.ts";
import type { BackendOptions } from "../../main/backend/options.ts";
import {
	type FeedHub,
	type HubProxy,
	openFeedHub,
	publishDays,
	replicaIsSound,
	startProxy,
	startWorkstation,
	temporaryFolder,
	type Workstation,
	withBitFlipped,
} from "./feed-fixture.ts";

/** Where nobody answers. */
const AWAY = "http://127.0.0.1:9";

let hub: FeedHub;
let server: FeedServer;
let proxy: HubProxy;
let folder: ReturnType<typeof temporaryFolder>;
/** As the hub's administrator wrote it. */
let stick: string;
let open: Workstation[] = [];

beforeAll(async () => {
	hub = await openFeedHub();
	folder = temporaryFolder("stick");
	stick = join(folder.path, "stick");
	await publishDays(hub, [0, 1], 7, true);
	const { stdout } = await promisify(execFile)(process.execPath, [
		...["hub/cli.ts", "snapshot", stick, "--data", hub.dataFolder],
	]);
	const { id, publicKey } = signingKey(hub.dataFolder);
	expect(stdout).toContain(`fingerprint ${id.match(/.{4}/g)?.join(" ")}`);
	expect(publicKey).toHaveLength(44);
	// What came after it was brought.
	await publishDays(hub, [2], 11);
	await sequence({ pool: hub.db.pool, dataFolder: hub.dataFolder });
	server = await serveFeed(
		{ pool: hub.db.pool, dataFolder: hub.dataFolder },
		{ port: 0 },
	);
	proxy = await startProxy(server.url);
}, 120_000);

afterEach(async () => {
	for (const workstation of open) await workstation.close();
	open = [];
	proxy.asked.length = 0;
});

afterAll(async () => {
	await proxy?.close();
	await server?.close();
	await hub?.remove();
	folder?.remove();
});

function station(name: string, url: string, snapshotFolder = stick) {
	const workstation = startWorkstation(join(folder.path, name), {
		url,
		publicKey: server.publicKey,
		snapshotFolder,
	});
	open.push(workstation);
	return workstation;
}

/** A copy of the stick that something happened to. */
function damaged(name: string, damage: (copy: string) => void): string {
	const copy = join(folder.path, `stick-${name}`);
	cpSync(stick, copy, { recursive: true });
	damage(copy);
	return copy;
}

const firstChunk = (of: string): string => {
	const [name] = readdirSync(join(of, "chunks")).sort();
	return join(of, "chunks", name as string);
};

test("a workstation without a line shows what was brought on a stick, and fetches over the line only what came after it", async () => {
	const before = station("first", AWAY);
	await before.until(({ kind }) => kind === "offline" && before.isAt(1));
	expect(replicaIsSound(before.folder)).toEqual({
		check: "ok",
		cubesEqual: true,
	});
	await before.close();
	open = [];
	const after = station("first", proxy.url);
	await after.untilAt(2);
	expect(proxy.asked.some((path) => path.includes("/seg/2-"))).toBe(true);
	expect(proxy.asked.filter((path) => /\/(chunk|snap)\//.test(path))).toEqual(
		[],
	);
});

test("an old stick leads nobody back who has followed the hub", async () => {
	const first = station("followed", proxy.url);
	await first.untilAt(2);
	await first.close();
	open = [];
	rmSync(join(first.folder, "replica"), { recursive: true });
	const again = station("followed", AWAY);
	await again.until(({ kind }) => kind === "offline");
	expect(again.logs.join()).not.toContain("came from");
	expect(again.isAt(0)).toBe(true);
});

const WRONG = [
	[
		"is signed by another key",
		"signature",
		(copy: string) => {
			const other = temporaryFolder("other-key");
			const path = join(copy, "head.json");
			const { payload } = JSON.parse(readFileSync(path, "utf8"));
			const key = signingKey(other.path);
			writeFileSync(path, JSON.stringify(signed(JSON.parse(payload), key)));
			other.remove();
		},
	],
	[
		"has another manifest than was signed",
		"signature",
		(copy: string) => {
			const path = join(copy, "manifest.json");
			writeFileSync(
				path,
				readFileSync(path, "utf8").replace(/"rows":\{/, '"rows":{"x":1,'),
			);
		},
	],
	[
		"has a flipped bit in a chunk",
		"chain",
		(copy: string) =>
			writeFileSync(
				firstChunk(copy),
				withBitFlipped(readFileSync(firstChunk(copy))),
			),
	],
] as const;

test.each(WRONG)(
	"a snapshot that %s is not taken: the fault is said where there is no line, and the line brings it where there is one",
	async (name, code, damage) => {
		const copy = damaged(name.replaceAll(" ", "-"), damage);
		const alone = station(`alone-${code}-${name.length}`, AWAY, copy);
		const state = await alone.until(({ kind }) => kind === "error");
		expect(state).toMatchObject({ kind: "error", code });
		expect((state as { message: string }).message).toContain(copy);
		expect(alone.isAt(0)).toBe(true);
		const online = station(`online-${code}-${name.length}`, proxy.url, copy);
		await online.untilAt(2);
		expect(replicaIsSound(online.folder)).toMatchObject({ cubesEqual: true });
	},
);

test("a stick that was pulled out too early, or out before it is read, is no fault: the hub is asked", async () => {
	const copy = damaged("half", (of) => rmSync(firstChunk(of)));
	const half = station("half", proxy.url, copy);
	await half.untilAt(2);
	expect(half.logs.join()).toContain("ENOENT");
});

test("the first screen says what is wrong with a stick before anything is kept, and keeps a good one with the hub", async () => {
	const data = join(folder.path, "screen");
	mkdirSync(data);
	const { publicKey } = server;
	let restarts = 0;
	const { choose } = createInstallation(
		{ data, hub: null } as BackendOptions,
		() => null,
		() => ({ kind: "none" }),
		() => restarts++,
	);
	const asked = (snapshot: string) =>
		choose({ url: server.url, publicKey, credential: null, snapshot });
	for (const [path, words] of [
		[join(folder.path, "nowhere"), "head.json"],
		["blc-snapshot", "whole path"],
		[damaged("gone", (of) => rmSync(firstChunk(of))), "ENOENT"],
		[damaged("cut", (of) => writeFileSync(firstChunk(of), "half")), "4 of "],
		[
			damaged("text", (of) => writeFileSync(join(of, "head.json"), "{")),
			"no head",
		],
	] as const)
		expect(await asked(path)).toEqual({
			snapshot: expect.stringContaining(words),
		});
	expect(existsSync(join(data, "hub.json"))).toBe(false);
	// As somebody looked into it with Notepad, and saved.
	const saved = damaged("saved", (of) => {
		const head = join(of, "head.json");
		writeFileSync(head, `\uFEFF${readFileSync(head, "utf8")}`);
	});
	expect(await asked(saved)).toEqual({
		keyId: signingKey(hub.dataFolder).id,
	});
	expect(chosenHub(data)).toMatchObject({ snapshot: saved });
	expect(restarts).toBe(1);
});

test("writing it again leaves one snapshot in the folder, and nothing that is not of it", async () => {
	const again = join(folder.path, "again");
	const write = () =>
		writeSnapshotFolder(
			{ pool: hub.db.pool, dataFolder: hub.dataFolder },
			again,
		);
	await write();
	const [chunk] = readdirSync(join(again, "chunks"));
	copyFileSync(
		join(again, "chunks", chunk as string),
		join(again, "chunks", "old"),
	);
	await write();
	const { chunks } = JSON.parse(
		readFileSync(join(again, "manifest.json"), "utf8"),
	) as { chunks: { sha256: string }[] };
	expect(readdirSync(join(again, "chunks")).sort()).toEqual(
		[...new Set(chunks.map(({ sha256 }) => sha256))].sort(),
	);
});
