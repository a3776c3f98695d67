import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { zstdDecompressSync } from "node:zlib";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { day } from "../../core/series/day.ts";
import { covid19goidJson } from "../../hub/connectors/covid19goid-json.ts";
import { fhirLab } from "../../hub/connectors/fhir-lab.ts";
import { laboratories } from "../../hub/connectors/laboratories.ts";
import { putReadingTable } from "../../hub/intake/import-reading.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import {
	restoreFile,
	WithdrawalError,
	withdrawFile,
} from "../../hub/intake/withdraw.ts";
import { publish } from "../../hub/publish/publish.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import type { Connector } from "../../hub/reports/connector.ts";
import { READ_BY } from "../../hub/reports/known-reading.ts";
import type { ReadingTableName } from "../../hub/reports/reading-tables.ts";
import { inTransaction } from "../../hub/store/database.ts";
import { laboratoryCounts } from "../../hub/store/laboratory-counts.ts";
import { outdatedReadings } from "../../hub/store/reading-tables.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import {
	bundle,
	DETECTED,
	LAB_CODES,
	LAB_PLACES,
	LOCAL_NEGATIVE,
	PLANTED,
	REGISTER,
} from "../fixtures/fhir-lab.ts";
import {
	type FeedHub,
	openFeedHub,
	startWorkstation,
	temporaryFolder,
	type Workstation,
} from "./feed-fixture.ts";

const tree = loadAreaTree();
const folder = temporaryFolder("fhir");
let hub: FeedHub;
let server: FeedServer;
let workstation: Workstation;
beforeAll(async () => {
	hub = await openFeedHub();
	server = await serveFeed(
		{ pool: hub.db.pool, dataFolder: hub.dataFolder },
		{ port: 0 },
	);
	await take(laboratories, REGISTER, "lab.csv");
}, 120_000);
afterAll(async () => {
	await workstation?.close();
	await server?.close();
	await hub?.remove();
	folder.remove();
});

const take = (connector: Connector, text: string, name: string) =>
	ingest(hub.db, connector, tree, {
		path: `/in/${name}`,
		bytes: new TextEncoder().encode(text),
		receivedAt: Date.parse("2020-09-30T05:00:00Z"),
	});
const put = (name: ReadingTableName, text: string) => {
	const file = path.join(folder.path, `${name}.csv`);
	writeFileSync(file, text);
	return putReadingTable(hub.db, tree, name, file, {
		...{ at: Date.now(), person: "rini", reason: "codes of the laboratory" },
	});
};
const MONDAY = JSON.stringify(
	bundle([
		{ n: 1, result: DETECTED },
		{ n: 2, result: LOCAL_NEGATIVE },
		{ n: 3, city: "3573" },
	]),
);

it("a bundle waits whole until its laboratory and codes are known, and is then counts that a workstation is given", async () => {
	expect(await take(fhirLab, MONDAY, "Siti Rahasia.json")).toMatchObject({
		...{ accepted: 0, quarantined: 3 },
		skippedFor: { "no result": 8 },
	});
	await put("lab-places", LAB_PLACES);
	// The laboratory is known now, and what is left to be said is told in the place of it.
	const held = await take(fhirLab, MONDAY, "Siti Rahasia.json");
	expect(held).toMatchObject({ duplicate: false, accepted: 0 });
	expect(held.faults.map(({ kept: [{ reason }] }) => reason)).toEqual([
		"unknown-code",
		"missing-part",
	]);
	const { rows: reasons } = await hub.db.pool.query(
		"SELECT DISTINCT reason FROM quarantine WHERE file = $1 ORDER BY reason",
		[held.fileId],
	);
	expect(reasons).toEqual([
		{ reason: "missing-part" },
		{ reason: "unknown-code" },
	]);
	await put("lab-codes", LAB_CODES);
	const taken = await take(fhirLab, MONDAY, "Siti Rahasia.json");
	expect(taken).toMatchObject({ accepted: 3, quarantined: 0, skipped: 8 });
	const done = await publish(hub.db);
	if (!done) throw new Error("nothing was published");
	workstation = startWorkstation(folder.path, server);
	await workstation.untilAt(done.seq);
	const replica = new Database(
		currentReplica(path.join(folder.path, "replica")) as string,
		{ readonly: true },
	);
	expect(
		replica
			.prepare(
				"SELECT code, day, tests_done AS tests, positives FROM facility_report JOIN facility ON facility.id = facility",
			)
			.all(),
	).toEqual([
		{ code: "LAB3507", day: day("2020-09-07"), tests: 3, positives: 1 },
	]);
	replica.close();
	expect(await laboratoryCounts(hub.db.pool)).toMatchObject([
		{ area: "35.07", tested: 2, positive: 1, negative: 1, inconclusive: 0 },
		{ area: "35.73", tested: 1, positive: 0, negative: 1, inconclusive: 0 },
	]);
});

it("a second bundle of the same laboratory and day is neither added nor put in the place of the first, until that is withdrawn", async () => {
	const more = JSON.stringify(
		bundle([{ n: 4 }, { n: 5, issued: "2020-09-08T09:00:00+07:00" }]),
	);
	const refused = await take(fhirLab, more, "more.json");
	expect(refused).toMatchObject({
		...{ accepted: 1, quarantined: 1 },
		faults: [{ kept: [{ reason: "duplicate-row" }] }],
	});
	const first = await hub.db.pool.query(
		"SELECT id FROM file WHERE connector = 'fhir-lab' AND accepted = 3",
	);
	await inTransaction(hub.db.pool, async (client) => {
		for (const { id } of [...first.rows, { id: refused.fileId }])
			await withdrawFile(client, id, {
				...{ day: day("2020-09-30"), reason: "one bundle instead" },
			});
	});
	const whole = JSON.stringify(bundle([1, 2, 3, 4].map((n) => ({ n }))));
	expect(await take(fhirLab, whole, "whole.json")).toMatchObject({
		...{ accepted: 4, quarantined: 0 },
	});
	expect(
		(await laboratoryCounts(hub.db.pool)).map(({ tested }) => tested),
	).toEqual([4]);
	// Brought back it would count the day twice.
	await expect(
		inTransaction(hub.db.pool, (client) =>
			restoreFile(client, first.rows[0].id, { day: day("2020-09-30") }),
		),
	).rejects.toThrow(WithdrawalError);
});

it("nobody of a bundle is stored, named or published: not in a table, a file of the hub or of the workstation, not even by the name of the file", async () => {
	// Given as another format, broken, or of another type, nothing of it is repeated either.
	const lines = JSON.stringify(JSON.parse(MONDAY), null, 1);
	await take(
		covid19goidJson,
		lines.slice(0, lines.indexOf('"Siti Rahasia"') + 14),
		"Siti Rahasia 2.json",
	);
	await take(fhirLab, MONDAY.slice(0, -40), "Siti Rahasia 3.json");
	await take(
		fhirLab,
		MONDAY.replace("collection", "searchset"),
		"Siti Rahasia 4.json",
	);
	await take(
		fhirLab,
		JSON.stringify(
			bundle([
				{ n: 8, status: "Siti Rahasia" },
				{ n: 9, result: null },
			]),
		),
		"Siti Rahasia 5.json",
	);
	const done = await publish(hub.db);
	if (done) await workstation.untilAt(done.seq);
	const { rows: tables } = await hub.db.pool.query<{ name: string }>(
		"SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
	);
	expect(tables.length).toBeGreaterThan(20);
	const forms = PLANTED.flatMap((text) => [
		text,
		Buffer.from(text).toString("hex"),
	]);
	for (const { name } of tables) {
		const { rows } = await hub.db.pool.query(
			`SELECT form FROM "${name}" AS one, unnest($1::text[]) AS form WHERE strpos(one::text, form) > 0 LIMIT 1`,
			[forms],
		);
		expect([name, rows]).toEqual([name, []]);
	}
	await hub.db.pool.query("CHECKPOINT");
	let files = 0;
	for (const root of [hub.dataFolder, path.join(folder.path, "replica")])
		for (const entry of readdirSync(root, {
			recursive: true,
			withFileTypes: true,
		})) {
			if (!entry.isFile()) continue;
			const file = path.join(entry.parentPath, entry.name);
			const bytes = readFileSync(file);
			const contents = [bytes];
			// Segments and chunks are packed.
			if (bytes.length > 4 && bytes.readUInt32LE(0) === 0xfd2fb528)
				contents.push(zstdDecompressSync(bytes));
			for (const content of contents)
				for (const text of PLANTED)
					expect([file, content.includes(text) ? text : ""]).toEqual([
						file,
						"",
					]);
			files++;
		}
	expect(files).toBeGreaterThan(100);
});

it("counts of a laboratory that the corrected table does not name any more are taken back with the same bundle, which is named until then", async () => {
	const whole = JSON.stringify(bundle([1, 2, 3, 4].map((n) => ({ n }))));
	const counted = async () =>
		(await laboratoryCounts(hub.db.pool)).map(({ tested }) => tested);
	const outdated = async () =>
		(await outdatedReadings(hub.db.pool, READ_BY))
			.filter(({ accepted }) => accepted === 4)
			.map(({ readBy }) => [...readBy.keys()]);
	expect(await counted()).toContain(4);
	expect(await outdated()).toEqual([]);
	await put("lab-places", "system,value,kode_lab\nurn:labs,OTHER,LAB3507\n");
	expect(await outdated()).toEqual([["lab-places"]]);
	expect(await take(fhirLab, whole, "whole.json")).toMatchObject({
		...{ accepted: 0, replaced: [{ accepted: 4 }] },
	});
	expect(await counted()).not.toContain(4);
	expect(await outdated()).toEqual([]);
	await put("lab-places", LAB_PLACES);
	expect(await take(fhirLab, whole, "whole.json")).toMatchObject({
		accepted: 4,
	});
	expect(await counted()).toContain(4);
});
