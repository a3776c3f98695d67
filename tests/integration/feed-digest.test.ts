import { createHash, verify } from "node:crypto";
import { zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { differences, digestLine } from "../../core/feed/digest.ts";
import {
	Block,
	SignedDigest,
	StatedDigest,
} from "../../core/feed/publication.ts";
import { refreshDigest } from "../../hub/publish/digest.ts";
import { publishChanges } from "../../hub/publish/publish.ts";
import { sequence } from "../../hub/publish/sequencer.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import { digestParts } from "../../hub/store/digest.ts";
import { pinKey } from "../../main/backend/sync/head.ts";
import {
	changing,
	type FeedHub,
	FIRST_DAY,
	fact,
	headOf,
	openFeedHub,
	publishDays,
} from "./feed-fixture.ts";

let hub: FeedHub;
let server: FeedServer;

beforeAll(async () => {
	hub = await openFeedHub();
	await publishDays(hub, [0, 1, 40], 7, true);
	server = await serveFeed(
		{ pool: hub.db.pool, dataFolder: hub.dataFolder },
		{ port: 0 },
	);
});

afterAll(async () => {
	await server?.close();
	await hub?.remove();
});

/** Waits until everything committed is shown, and gives the digest with the publication it was asked for. */
async function stated(): Promise<StatedDigest> {
	await sequence({ pool: hub.db.pool, dataFolder: hub.dataFolder });
	const { epoch, seq } = await headOf(server.url);
	const answer = await fetch(`${server.url}/v1/${epoch}/digest?at=${seq}`);
	expect(answer.status).toBe(200);
	const { payload, signature } = SignedDigest.parse(await answer.json());
	expect(
		verify(
			null,
			Buffer.from(payload),
			pinKey(server.publicKey).key,
			Buffer.from(signature, "base64"),
		),
	).toBe(true);
	const digest = StatedDigest.parse(JSON.parse(payload));
	expect(digest).toMatchObject({ kind: "digest", epoch, seq });
	return digest;
}

const province = async (code: string): Promise<number> =>
	(await hub.db.pool.query("SELECT id FROM area WHERE code = $1", [code]))
		.rows[0].id;

it("is told as signed, by month and province, and after a publication only what it touched is other", async () => {
	const before = await stated();
	const java = await province("35");
	expect(before.tables.fact.some(([, place]) => place === java)).toBe(true);
	const { rows } = await hub.db.pool.query(
		"SELECT id FROM area WHERE code = '35.07'",
	);
	await publishChanges(
		hub.db,
		changing(
			{ fact: [fact(rows[0].id, FIRST_DAY + 40, 987_654)] },
			{ fact: [fact(await province("12"), FIRST_DAY, 0).slice(0, 4)] },
		),
	);
	const after = await stated();
	expect(differences(before.tables, after.tables)).toEqual(
		expect.arrayContaining([
			{ table: "fact", month: before.tables.fact.at(-1)?.[0], province: java },
			{
				table: "fact",
				month: before.tables.fact[0][0],
				province: await province("12"),
			},
		]),
	);
	expect(differences(before.tables, after.tables)).toHaveLength(2);
});

it("is the same whether it was kept up or made anew, also when an area moves to another province", async () => {
	await stated();
	for (const [seed, move] of [
		[3, false],
		[5, true],
	] as const) {
		await publishDays(hub, [1, 41], seed);
		if (move)
			await publishChanges(hub.db, async (client) => {
				const { rows } = await client.query({
					text: "UPDATE area SET parent = (SELECT id FROM area WHERE code = '12') WHERE code = '35.07' RETURNING *",
					rowMode: "array",
				});
				return changing({ area: rows })(client);
			});
		const kept = await stated();
		await hub.db.pool.query("DELETE FROM digest_state");
		await refreshDigest(hub.db.pool);
		expect(await digestParts(hub.db.pool)).toEqual(kept.tables);
	}
});

it("lets a part be fetched again, and what comes has the hash that was signed", async () => {
	const digest = await stated();
	for (const table of ["fact", "area", "source"]) {
		const [month, place, count, sha256] = digest.tables[table][0];
		const answer = await fetch(
			`${server.url}/v1/${digest.epoch}/part/${table}/${month ?? "-"}/${place ?? "-"}?at=${digest.seq}`,
		);
		expect(answer.status).toBe(200);
		expect(answer.headers.get("cache-control")).toBe("no-store");
		const block = Block.parse(
			JSON.parse(
				zstdDecompressSync(Buffer.from(await answer.arrayBuffer())).toString(),
			),
		);
		const hash = createHash("sha256");
		for (let r = 0; r < count; r++)
			hash.update(digestLine(block.values.map((column) => column[r])));
		expect([block.table, block.op, hash.digest("hex")]).toEqual([
			table,
			"U",
			sha256,
		]);
	}
});

it("says nothing of what is taken in and not published: neither a digest made now nor a part that has changed", async () => {
	const digest = await stated();
	await hub.db.pool.query(
		"INSERT INTO dirty VALUES ('dataset', 'title') ON CONFLICT DO NOTHING",
	);
	await hub.db.pool.query(
		`UPDATE dataset SET value = '"Belum terbit"' WHERE key = 'title'`,
	);
	const part = await fetch(
		`${server.url}/v1/${digest.epoch}/part/dataset/-/-?at=${digest.seq}`,
	);
	expect(part.status).toBe(404);
	expect(differences(digest.tables, (await stated()).tables)).toEqual([]);
	await hub.db.pool.query("DELETE FROM digest_state");
	expect(await refreshDigest(hub.db.pool)).toBeNull();
	await hub.db.pool.query("DELETE FROM dirty");
	expect((await stated()).seq).toBe(digest.seq);
});

it.each([
	"fact/1/2?at=SEQ",
	"fact/x/2?at=SEQ",
	"pg_authid/-/-?at=SEQ",
	"source/-/-?at=0",
	"source/-/-",
])("has no part %s", async (path) => {
	const { epoch, seq } = await headOf(server.url);
	const answer = await fetch(
		`${server.url}/v1/${epoch}/part/${path.replace("SEQ", String(seq))}`,
	);
	expect(answer.status).toBe(404);
});
