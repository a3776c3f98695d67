import { createHash } from "node:crypto";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import {
	chainInput,
	Head,
	type Segment,
	SignedHead,
} from "../../core/feed/publication.ts";
import { sequence } from "../../hub/publish/sequencer.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import {
	replaceSigningKey,
	signedHead,
	signingKey,
} from "../../hub/publish/signing.ts";
import { writeSnapshotFolder } from "../../hub/publish/snapshot-folder.ts";
import { addWorkstation, newCredential } from "../../hub/store/province.ts";
import {
	type FeedHub,
	type HubProxy,
	openFeedHub,
	publishDays,
	startProxy,
	startWorkstation,
	temporaryFolder,
	type Workstation,
} from "./feed-fixture.ts";

let hub: FeedHub;
let server: FeedServer;
let proxy: HubProxy;
let folder: ReturnType<typeof temporaryFolder>;
let open: Workstation[] = [];

const sha256 = (bytes: Uint8Array): string =>
	createHash("sha256").update(bytes).digest("hex");
const store = () => ({ pool: hub.db.pool, dataFolder: hub.dataFolder });

beforeAll(async () => {
	hub = await openFeedHub();
	folder = temporaryFolder("keys");
	await publishDays(hub, [0, 1], 3, true);
	server = await serveFeed(store(), { port: 0 });
	proxy = await startProxy(server.url);
	await sequence(store());
}, 120_000);

afterEach(async () => {
	for (const workstation of open) await workstation.close();
	open = [];
});

afterAll(async () => {
	await proxy?.close();
	await server?.close();
	await hub?.remove();
	folder?.remove();
});

it("workstations of the country and of a province, there and new ones, follow the hub over to another key and never back", {
	timeout: 120_000,
}, async () => {
	const given = server.publicKey;
	const first = signingKey(hub.dataFolder);
	const credential = newCredential("dinkes");
	await addWorkstation(hub.db.pool, {
		...{ name: "dinkes", province: "35", credential, at: 1 },
	});
	const start = (name: string, more = {}): Workstation => {
		const workstation = startWorkstation(
			join(folder.path, name),
			{ url: proxy.url, publicKey: given, ...more },
			// Compared at once: the digest too is signed by the newest key.
			{ compareFetched: 0, compareAgain: 0 },
		);
		open.push(workstation);
		return workstation;
	};
	const country = start("country");
	const province = start("province", { credential });
	const seq = await sequence(store());
	for (const one of open) await one.untilAt(seq);

	await server.close();
	const second = replaceSigningKey(hub.dataFolder);
	server = await serveFeed(store(), { port: 0 });
	expect(server.keyId).toBe(second.id);
	proxy.target = server.url;
	await publishDays(hub, [2], 5);
	const next = await sequence(store());
	const carried = join(folder.path, "stick");
	await writeSnapshotFolder(store(), carried);
	const late = start("late");
	const brought = start("brought", { snapshotFolder: carried });
	for (const one of [country, province, late, brought]) await one.untilAt(next);
	expect(country.logs.join("\n")).toContain(
		`key ${first.id} was replaced by ${second.id}`,
	);
	expect(late.sync.state.kind).toBe("idle");
	// What came on a stick tells of the new key before there is a line.
	proxy.interfere = () => ({ cut: true });
	const apart = start("apart", { snapshotFolder: carried });
	await expect
		.poll(() => apart.logs.join("\n"), { timeout: 20_000 })
		.toContain(`came from ${carried}`);
	expect(apart.logs.join("\n")).toContain(`was replaced by ${second.id}`);

	// Somebody has the old key and goes on as the hub.
	const head = await (await fetch(`${server.url}/v1/head`)).json();
	const forged = signedHead(
		{
			...Head.parse(JSON.parse(SignedHead.parse(head).payload)),
			key_id: first.id,
			issued: new Date(Date.now() + 1000).toISOString(),
		},
		first,
	);
	proxy.interfere = (path) =>
		path === "/v1/head"
			? { body: () => Buffer.from(JSON.stringify(forged)) }
			: undefined;
	await country.close();
	open = open.filter((one) => one !== country);
	const again = start("country");
	const state = await again.until(({ kind }) => kind === "error");
	expect(state).toMatchObject({ kind: "error", code: "signature" });
	// What is here goes on being shown, and all is well when the hub answers itself.
	expect((await again.writer.open())?.seq).toBe(next);
	proxy.interfere = () => undefined;
	await again.untilAt(next);
});

it("what somebody with the old key led astray comes back with the new one", {
	timeout: 60_000,
}, async () => {
	const stolen = signingKey(hub.dataFolder);
	const workstation = startWorkstation(join(folder.path, "astray"), {
		url: proxy.url,
		publicKey: stolen.publicKey,
	});
	open.push(workstation);
	const seq = await sequence(store());
	await workstation.untilAt(seq);
	const head = Head.parse(
		JSON.parse((await (await fetch(`${server.url}/v1/head`)).json()).payload),
	);
	const segment: Segment = {
		...{ epoch: head.epoch, stream: "all", seq: seq + 1, prev_seq: seq },
		...{ committed_at: head.issued, schema_ver: head.schema_ver },
		...{ snapshot_only: false, blocks: [] },
	};
	const bytes = zstdCompressSync(Buffer.from(JSON.stringify(segment)));
	const before = head.streams.all?.chain ?? "";
	const chain = sha256(chainInput(before, bytes));
	const entry = { seq: seq + 1, sha256: sha256(bytes), bytes: bytes.length };
	const forged = signedHead(
		{
			...{ ...head, seq: seq + 1, issued: "2099-01-01T00:00:00.000Z" },
			streams: { all: { last_seq: seq + 1, chain, min_seq: 1 } },
			expires: "2099-01-02T00:00:00.000Z",
		},
		stolen,
	);
	proxy.interfere = (path) =>
		path === "/v1/head"
			? { body: () => Buffer.from(JSON.stringify(forged)) }
			: path.includes("/segments")
				? { status: 200, body: () => Buffer.from(JSON.stringify([entry])) }
				: path.includes("/seg/")
					? { status: 200, body: () => bytes }
					: path.startsWith("/v1/live")
						? { cut: true }
						: undefined;
	proxy.breakAll();
	await workstation.untilAt(seq + 1);
	expect((await workstation.writer.open())?.chain).toBe(chain);

	await server.close();
	replaceSigningKey(hub.dataFolder);
	server = await serveFeed(store(), { port: 0 });
	proxy.target = server.url;
	proxy.interfere = () => undefined;
	// The same number, another publication.
	await publishDays(hub, [3], 6);
	const next = await sequence(store());
	expect(next).toBe(seq + 1);
	const now = Head.parse(
		JSON.parse((await (await fetch(`${server.url}/v1/head`)).json()).payload),
	);
	await expect
		.poll(() => workstation.writer.open(), { timeout: 20_000 })
		.toMatchObject({ seq: next, chain: now.streams.all?.chain });
	await workstation.until(({ kind }) => kind === "idle");
});

it("a hub that stands still is a banner over what is here, and no lock: all is well when it signs again", {
	timeout: 60_000,
}, async () => {
	const key = signingKey(hub.dataFolder);
	const workstation = startWorkstation(join(folder.path, "frozen"), {
		url: proxy.url,
		publicKey: key.publicKey,
	});
	open.push(workstation);
	const seq = await sequence(store());
	await workstation.untilAt(seq);
	const head = Head.parse(
		JSON.parse((await (await fetch(`${server.url}/v1/head`)).json()).payload),
	);
	const expired = signedHead(
		{ ...head, expires: new Date(Date.now() - 1000).toISOString() },
		key,
	);
	proxy.interfere = (path) =>
		path === "/v1/head"
			? { body: () => Buffer.from(JSON.stringify(expired)) }
			: path.startsWith("/v1/live")
				? { cut: true }
				: undefined;
	await workstation.close();
	const again = startWorkstation(join(folder.path, "frozen"), {
		url: proxy.url,
		publicKey: key.publicKey,
	});
	open = [again];
	expect(await again.until(({ kind }) => kind === "error")).toMatchObject({
		code: "expired",
	});
	expect((await again.writer.open())?.seq).toBe(seq);
	proxy.interfere = () => undefined;
	await again.untilAt(seq);
});
