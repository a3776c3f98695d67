import { writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { day } from "../../core/series/day.ts";
import { registerTables } from "../../hub/command/tables.ts";
import { dhis2 } from "../../hub/connectors/dhis2.ts";
import { laboratories } from "../../hub/connectors/laboratories.ts";
import {
	importDhis2,
	type PutBy,
	putReadingTable,
	type ReadingChange,
	restoreReadingTable,
} from "../../hub/intake/import-reading.ts";
import {
	ImportError,
	importPopulation,
} from "../../hub/intake/import-reference.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { restoreFile } from "../../hub/intake/withdraw.ts";
import { reconcile } from "../../hub/reconcile/reconcile.ts";
import { READ_BY, readKnownReading } from "../../hub/reports/known-reading.ts";
import type { ReadingTableName } from "../../hub/reports/reading-tables.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import {
	outdatedReadings,
	readingTableVersions,
} from "../../hub/store/reading-tables.ts";
import { fileOf } from "../../hub/store/withdrawal.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import {
	asXml,
	DEATHS,
	PACKAGE,
	UNIT_TABLE,
	value,
} from "../fixtures/dhis2.ts";
import { temporaryFolder } from "./feed-fixture.ts";

const tree = loadAreaTree();
const folder = temporaryFolder("reading-tables");
let db: HubDatabase;
let changes: ReadingChange[] = [];
beforeAll(async () => {
	db = await openHubDatabase({ dataFolder: folder.path });
	await importDhis2(db, written("metadata.json", JSON.stringify(PACKAGE)), by);
	await put("dhis2-units", UNIT_TABLE);
}, 120_000);
beforeEach(() => {
	changes = [];
});
afterAll(async () => {
	await db.stop();
	folder.remove();
});

const by: PutBy = {
	at: Date.parse("2020-06-01T05:00:00Z"),
	person: "rini",
	reason: "a test",
	record: async (_, change) => {
		changes.push(change);
	},
};
const HEADER = "dataElement,categoryOptionCombo,indicator,counts,since\n";
const AS_DEATHS = `${HEADER}${DEATHS},*,deaths,total,\n`;
const NOT_READ = `${HEADER}${DEATHS},*,not-read,,\n`;
const OTHERS = `${HEADER}OtherElem01,*,deaths,total,\n`;

function written(name: string, text: string): string {
	const file = path.join(folder.path, name);
	writeFileSync(file, text);
	return file;
}
const put = (name: ReadingTableName, text: string, mayBeEmpty = false) =>
	putReadingTable(db, tree, name, written(`${name}.csv`, text), by, mayBeEmpty);
const take = (
	name: string,
	on: string,
	asOf = "2020-06-01",
	more: Record<string, unknown> = {},
) =>
	ingest(db, dhis2, tree, {
		path: path.join(folder.path, name),
		bytes: new TextEncoder().encode(asXml([value(DEATHS, on, "7", more)])),
		receivedAt: Date.parse("2020-06-01T05:00:00Z"),
		asOf: day(asOf),
	});
const isKnown = async (id: number) =>
	(await inTransaction(db.pool, (client) => fileOf(client, id)))?.withdrawn ===
	null;
const deathsOn = async (on: string) => {
	await inTransaction(db.pool, reconcile);
	const { rows } = await db.pool.query(
		"SELECT value FROM fact JOIN area ON area.id = fact.area WHERE code = '35.07' AND day = $1 AND indicator = 3 AND value IS NOT NULL",
		[day(on)],
	);
	return rows.map((row) => row.value);
};
const versions = async (name: string) =>
	(await readingTableVersions(db.pool, name)).map(({ version }) => version);

it("what a wrong table stored is taken back once the corrected one leaves it out, and known again as the table says again", async () => {
	await put("dhis2-elements", AS_DEATHS);
	const wrong = await take("left-out.xml", "20200401");
	expect(wrong).toMatchObject({ accepted: 1 });
	expect(await deathsOn("2020-04-01")).toEqual([7]);
	await put("dhis2-elements", NOT_READ);
	expect(await take("left-out.xml", "20200401")).toMatchObject({
		...{ accepted: 0, skippedFor: { "left out": 1 } },
		replaced: [{ id: wrong.fileId }],
	});
	expect(await isKnown(wrong.fileId)).toBe(false);
	expect(await deathsOn("2020-04-01")).toEqual([]);
	await put("dhis2-elements", AS_DEATHS);
	expect(await take("left-out.xml", "20200401")).toMatchObject({ accepted: 1 });
	expect(await deathsOn("2020-04-01")).toEqual([7]);
});

it("where nothing can be read by the corrected table the older reading is not trusted either, nothing stays in quarantine that is left out since, and what a person brings back stays", async () => {
	await put("dhis2-elements", AS_DEATHS);
	const wrong = await take("refused.xml", "20200402");
	await put("dhis2-elements", OTHERS);
	const refused = await take("refused.xml", "20200402");
	expect(refused).toMatchObject({
		...{ accepted: 0, quarantined: 1 },
		replaced: [{ id: wrong.fileId }],
	});
	expect(await isKnown(wrong.fileId)).toBe(false);
	await put("dhis2-elements", NOT_READ);
	expect(await take("refused.xml", "20200402")).toMatchObject({
		...{ fileId: refused.fileId, quarantined: 0, skipped: 1 },
		duplicate: false,
	});
	const { rows } = await db.pool.query(
		"SELECT FROM quarantine WHERE file = $1",
		[refused.fileId],
	);
	expect(rows).toEqual([]);
	await inTransaction(db.pool, (client) =>
		restoreFile(client, wrong.fileId, { day: day("2020-06-02") }),
	);
	expect(await take("refused.xml", "20200402")).toMatchObject({
		...{ duplicate: true, replaced: [] },
	});
	expect(await isKnown(wrong.fileId)).toBe(true);
});

it("a table by which no file can be read takes an older reading back too, and what it held waits no more once a table says again", async () => {
	await put("dhis2-elements", AS_DEATHS);
	const wrong = await take("twice.xml", "20200405");
	await put("dhis2-elements", `${AS_DEATHS}COVID_19_NEW_DEATHS,*,not-read,,\n`);
	const refused = await take("twice.xml", "20200405");
	expect(refused).toMatchObject({
		...{ accepted: 0, faults: [{ kept: [{ reason: "no-table" }] }] },
		replaced: [{ id: wrong.fileId }],
	});
	expect(await isKnown(wrong.fileId)).toBe(false);
	await put("dhis2-elements", NOT_READ);
	expect(await take("twice.xml", "20200405")).toMatchObject({
		...{ fileId: refused.fileId, quarantined: 0, skipped: 1 },
	});
});

it("a file that waits is held for what is wrong with it by the tables of today, and told so", async () => {
	const nobody = () =>
		take("held.xml", "20200406", "2020-06-01", { orgUnit: "Nobody00001" });
	await put("dhis2-elements", OTHERS);
	const held = await nobody();
	expect(held.faults).toMatchObject([{ kept: [{ reason: "no-table" }] }]);
	await put("dhis2-elements", AS_DEATHS);
	expect(await nobody()).toMatchObject({
		...{ fileId: held.fileId, duplicate: false, accepted: 0 },
		faults: [{ kept: [{ reason: "unknown-area" }] }],
	});
	const { rows } = await db.pool.query(
		"SELECT reason, alike FROM quarantine WHERE file = $1",
		[held.fileId],
	);
	expect(rows).toEqual([{ reason: "unknown-area", alike: 1 }]);
	expect(await nobody()).toMatchObject({ duplicate: true });
});

it("a reading by the same tables is not given up for one of which nothing is taken in as of a wrong day", async () => {
	await put("dhis2-elements", AS_DEATHS);
	const right = await take("day.xml", "20200403");
	expect(right).toMatchObject({ accepted: 1 });
	expect(await take("day.xml", "20200403", "2020-03-01")).toMatchObject({
		...{ accepted: 0, replaced: [] },
	});
	expect(await isKnown(right.fileId)).toBe(true);
});

it("the files that were read by an older version are named until they are given again, and not where the version says the same", async () => {
	const named = async () =>
		(await outdatedReadings(db.pool, READ_BY)).filter(({ name }) =>
			name.startsWith("older.xml"),
		);
	await put("dhis2-elements", AS_DEATHS);
	const [newest] = await versions("dhis2-elements");
	const { fileId } = await take("older.xml", "20200404");
	expect(await named()).toEqual([]);
	const { notes } = await put("dhis2-elements", NOT_READ);
	expect(notes.join()).toMatch(/stored files were read by an older version/);
	expect(await named()).toMatchObject([
		{ id: fileId, accepted: 1, readBy: new Map([["dhis2-elements", newest]]) },
	]);
	await restoreReadingTable(db, tree, "dhis2-elements", newest as number, by);
	expect(await named()).toEqual([]);
	await put("dhis2-elements", NOT_READ);
	await take("older.xml", "20200404");
	expect(await named()).toEqual([]);
});

it("the same table and the same metadata are no new version, and no row of the trail", async () => {
	await put("dhis2-elements", NOT_READ);
	const before = await versions("dhis2-elements");
	const metadata = await versions("dhis2-metadata");
	changes = [];
	expect((await put("dhis2-elements", NOT_READ)).done).toContain("unchanged");
	const file = written("again.json", JSON.stringify(PACKAGE));
	expect((await importDhis2(db, file, by)).done).toContain("unchanged");
	expect(await versions("dhis2-elements")).toEqual(before);
	expect(await versions("dhis2-metadata")).toEqual(metadata);
	expect(changes).toEqual([]);
});

it("a table of nothing but its header is refused, unless it is said to be meant", async () => {
	const before = await versions("dhis2-elements");
	await expect(put("dhis2-elements", HEADER)).rejects.toThrow(ImportError);
	expect(await versions("dhis2-elements")).toEqual(before);
	await put("dhis2-elements", HEADER, true);
	expect((await readKnownReading(db.pool)).tables["dhis2-elements"]).toEqual(
		[],
	);
});

it("an older table is put again as a newer version, with its row of the trail", async () => {
	await put("dhis2-elements", AS_DEATHS);
	const [older] = await versions("dhis2-elements");
	await put("dhis2-elements", NOT_READ);
	changes = [];
	await restoreReadingTable(db, tree, "dhis2-elements", older as number, by);
	const [newest, before, first] = await readingTableVersions(
		db.pool,
		"dhis2-elements",
	);
	expect(newest?.content).toBe(first?.content);
	expect(changes).toEqual([
		{
			...{ table: "dhis2-elements", version: newest?.version, before: 1 },
			...{ after: 1, restored: older },
		},
	]);
	expect(before?.version).toBe((newest?.version ?? 0) - 1);
	await expect(
		restoreReadingTable(db, tree, "dhis2-elements", 999, by),
	).rejects.toThrow(/no version 999/);
});

it("a version whose rows are no table by the rules of today is not put again", async () => {
	await db.pool.query(
		"INSERT INTO reading_table (name, version, at, person, reason, content) VALUES ('lab-codes', 1, 0, 'rini', 'old', $1), ('lab-codes', 2, 0, 'rini', 'new', '[]')",
		[JSON.stringify([{ use: "test", system: "s", code: "c", means: "gone" }])],
	);
	await expect(
		restoreReadingTable(db, tree, "lab-codes", 1, by),
	).rejects.toThrow(/found gone/);
	expect(await versions("lab-codes")).toEqual([2, 1]);
});

it("imported metadata is taken back, to an older version or to nothing", async () => {
	const [older] = await versions("dhis2-metadata");
	const more = {
		organisationUnits: [{ id: "UnitWrong01", name: "Salah", code: "35.07" }],
	};
	const imported = await importDhis2(
		db,
		written("more.json", JSON.stringify(more)),
		by,
	);
	expect(imported.done).toContain("1 organisation units");
	const units = async () =>
		(await readKnownReading(db.pool)).metadata.units.map(({ id }) => id);
	expect(await units()).toContain("UnitWrong01");
	changes = [];
	await restoreReadingTable(db, tree, "dhis2-metadata", older as number, by);
	expect(await units()).not.toContain("UnitWrong01");
	expect(await units()).not.toEqual([]);
	await restoreReadingTable(db, tree, "dhis2-metadata", 0, by);
	expect(await units()).toEqual([]);
	expect(changes.map(({ restored, after }) => [restored, after])).toEqual([
		[older, 12],
		[0, 0],
	]);
});

it("of two packages of metadata that are imported at once both are kept, and the trail counts the one beside the other", async () => {
	await restoreReadingTable(db, tree, "dhis2-metadata", 0, by);
	changes = [];
	const holder = await db.pool.connect();
	await holder.query("BEGIN");
	await holder.query("LOCK TABLE reading_table IN SHARE ROW EXCLUSIVE MODE");
	const both = Promise.all(
		["UnitOneOne1", "UnitTwoTwo2"].map((id) =>
			importDhis2(
				db,
				written(`${id}.json`, JSON.stringify({ organisationUnits: [{ id }] })),
				by,
			),
		),
	);
	await expect
		.poll(
			async () =>
				(
					await holder.query(
						"SELECT FROM pg_locks WHERE relation = 'reading_table'::regclass AND NOT granted",
					)
				).rows.length,
			{ timeout: 60_000 },
		)
		.toBe(2);
	await holder.query("COMMIT");
	holder.release();
	await both;
	expect(
		(await readKnownReading(db.pool)).metadata.units.map(({ id }) => id).sort(),
	).toEqual(["UnitOneOne1", "UnitTwoTwo2"]);
	expect(changes.map(({ before, after }) => [before, after])).toEqual([
		[0, 1],
		[1, 2],
	]);
});

it("a file that is not there or is a folder is refused with words, whatever it was to be", async () => {
	for (const file of [path.join(folder.path, "none.json"), folder.path])
		for (const refused of [
			importDhis2(db, file, by),
			putReadingTable(db, tree, "dhis2-units", file, by),
			importPopulation(db, tree, file),
		]) {
			await expect(refused).rejects.toThrow(ImportError);
			await expect(refused).rejects.toThrow(/found no file/);
		}
});

it("of a table with many wrong lines the first are told, and how many there are", async () => {
	const lines = Array.from({ length: 30 }, (_, at) => `unit${at},3507`);
	await expect(
		put("dhis2-units", `orgUnit,kode\n${lines.join("\n")}\n`),
	).rejects.toThrow(/line 21, kode(?!.*line 22,)[\s\S]*… 30 lines in all/);
});

it("the tables are read for the files of the connectors that read by them, and for no others", async () => {
	const given: [string, boolean][] = [];
	for (const connector of [dhis2, laboratories])
		await ingest(
			db,
			{
				...connector,
				parse(bytes, context) {
					given.push([connector.key, context.reading !== undefined]);
					return connector.parse(bytes, context);
				},
			},
			tree,
			{
				path: path.join(folder.path, `${connector.key}.txt`),
				bytes: new TextEncoder().encode("of no format\n"),
				receivedAt: Date.parse("2020-06-01T05:00:00Z"),
			},
		);
	expect(given).toEqual([
		["dhis2", true],
		["laboratories", false],
	]);
});

it("nothing is opened but the tables of which the imported metadata names what is left to say", async () => {
	const program = new Command()
		.exitOverride()
		.configureOutput({ writeErr: () => undefined });
	registerTables(program);
	await expect(
		program.parseAsync(["tables", "open", "lab-codes"], { from: "user" }),
	).rejects.toThrow(/There is dhis2-units, dhis2-elements/);
});
