import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
	forgetUnreadable,
	noticeRestore,
	readTold,
	startNewEpoch,
	TOLD_FILE,
} from "../../hub/publish/epoch.ts";
import { serveFeed } from "../../hub/publish/serve.ts";
import { signingKey } from "../../hub/publish/signing.ts";
import { openHubDatabase } from "../../hub/store/database.ts";
import { auditHead } from "../../hub/write/audit-head.ts";
import {
	type FeedHub,
	openFeedHub,
	publishDays,
	temporaryFolder,
} from "./feed-fixture.ts";

let hub: FeedHub;
let store: { pool: FeedHub["db"]["pool"]; dataFolder: string };

beforeAll(async () => {
	hub = await openFeedHub();
	store = { pool: hub.db.pool, dataFolder: hub.dataFolder };
	await publishDays(hub, [0], 7, true);
	await (await serveFeed(store, { port: 0 })).close();
});

afterAll(() => hub?.remove());

it.each(["", "{", '{"epoch":"x"}', "\0\0\0\0"])(
	"does not take a memory of epochs that reads %j for a hub that never told anything",
	async (torn) => {
		const path = join(hub.dataFolder, TOLD_FILE);
		const good = readFileSync(path);
		writeFileSync(path, torn);
		try {
			expect(() => readTold(hub.dataFolder)).toThrow(/new-epoch --yes/);
			await expect(noticeRestore(store)).rejects.toThrow(/cannot be read/);
			await expect(serveFeed(store, { port: 0 })).rejects.toThrow(
				/cannot be read/,
			);
		} finally {
			writeFileSync(path, good);
		}
		expect(readTold(hub.dataFolder)?.seq).toBe(1);
	},
);

it("goes on after a new epoch was begun for a memory that cannot be read", async () => {
	const path = join(hub.dataFolder, TOLD_FILE);
	const { epoch } = readTold(hub.dataFolder) ?? {};
	writeFileSync(path, "torn");
	await startNewEpoch(store);
	forgetUnreadable(hub.dataFolder);
	await (await serveFeed(store, { port: 0 })).close();
	const told = readTold(hub.dataFolder);
	expect(told).toMatchObject({ seq: 1 });
	expect(told?.epoch).not.toBe(epoch);
	expect(readFileSync(`${path}.unreadable`, "utf8")).toBe("torn");
});

it("keeps one key, and never signs with a new one in the place of one that is gone or torn", () => {
	const path = join(hub.dataFolder, "signing-key.pem");
	const { publicKey } = signingKey(hub.dataFolder);
	const pem = readFileSync(path);
	writeFileSync(path, pem.subarray(0, 40));
	expect(() => signingKey(hub.dataFolder)).toThrow(/put it back/);
	rmSync(path);
	expect(() => signingKey(hub.dataFolder)).toThrow(/has published/);
	expect(existsSync(path)).toBe(false);
	writeFileSync(path, pem);
	writeFileSync(join(hub.dataFolder, "public-key.txt"), "");
	expect(signingKey(hub.dataFolder).publicKey).toBe(publicKey);
	expect(
		readFileSync(join(hub.dataFolder, "public-key.txt"), "utf8").trim(),
	).toBe(publicKey);
});

it("says what to do when the file with the database's password cannot be read", async () => {
	const folder = temporaryFolder("torn");
	writeFileSync(join(folder.path, "postgres.json"), '{"passw');
	try {
		await expect(openHubDatabase({ dataFolder: folder.path })).rejects.toThrow(
			/password.*put it back/s,
		);
	} finally {
		folder.remove();
	}
});

it.each(["", "{", '{"number":3}', "\0\0\0\0"])(
	"does not take a note of the audit trail that reads %j for a trail that never began",
	(torn) => {
		const folder = temporaryFolder("torn");
		try {
			expect(auditHead(folder.path)).toBeNull();
			writeFileSync(join(folder.path, "audit-head.json"), torn);
			expect(() => auditHead(folder.path)).toThrow(/cannot be read.*backup/s);
		} finally {
			folder.remove();
		}
	},
);
