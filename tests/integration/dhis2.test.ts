import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { day, isoFromDay } from "../../core/series/day.ts";
import { dhis2 } from "../../hub/connectors/dhis2.ts";
import {
	importDhis2,
	type PutBy,
	putReadingTable,
} from "../../hub/intake/import-reading.ts";
import { ImportError } from "../../hub/intake/import-reference.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { publish } from "../../hub/publish/publish.ts";
import { reconcile } from "../../hub/reconcile/reconcile.ts";
import type { ReadingTableName } from "../../hub/reports/reading-tables.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { readingTableVersions } from "../../hub/store/reading-tables.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import {
	asXml,
	DEATHS,
	ELEMENT_TABLE,
	FEMALE,
	MALE,
	NEW_CASES,
	PACKAGE,
	UNIT_TABLE,
	value,
} from "../fixtures/dhis2.ts";

const tree = loadAreaTree();
const folder = mkdtempSync(path.join(os.tmpdir(), "blc-dhis2-"));
const by = {
	at: Date.parse("2020-06-01T05:00:00Z"),
	person: "rini",
	reason: "first table",
};
let db: HubDatabase;
beforeAll(async () => {
	db = await openHubDatabase({ dataFolder: folder });
}, 120_000);
afterAll(async () => {
	await db.stop();
	rmSync(folder, { recursive: true, force: true });
});

const written = (name: string, text: string) => {
	const file = path.join(folder, name);
	writeFileSync(file, text);
	return file;
};
const put = (name: ReadingTableName, text: string, of: PutBy) =>
	putReadingTable(db, tree, name, written(`${name}.csv`, text), of);
const take = (text: string) =>
	ingest(db, dhis2, tree, {
		path: path.join(folder, "dataValueSets.xml"),
		bytes: new TextEncoder().encode(text),
		receivedAt: Date.parse("2020-06-01T05:00:00Z"),
	});
const VALUES = asXml([
	value(NEW_CASES, "20200401", "2", { categoryOptionCombo: FEMALE }),
	value(NEW_CASES, "20200401", "3", { categoryOptionCombo: MALE }),
	value(NEW_CASES, "20200402", "4", { categoryOptionCombo: MALE }),
	value(DEATHS, "20200402", "1"),
	value(DEATHS, "20200402", "7", { orgUnit: "UnitNoCode1" }),
]);

it("values of DHIS2 wait whole until somebody has said what their elements are", async () => {
	expect(await take(VALUES)).toMatchObject({
		...{ lines: 5, accepted: 0, quarantined: 5 },
		faults: [{ kept: [{ reason: "no-table" }] }],
	});
});

it("the same file is claims of areas and days once the metadata and the tables are there, up to what is published", async () => {
	const { done, notes } = await importDhis2(
		db,
		written("metadata.json", JSON.stringify(PACKAGE)),
		by,
	);
	expect(done).toContain("3 organisation units, 4 data elements");
	// The file that waits, and the elements of which nobody has said what they are.
	expect(notes).toHaveLength(1 + 4);
	await put("dhis2-elements", ELEMENT_TABLE, by);
	await put("dhis2-units", UNIT_TABLE, by);
	expect(await take(VALUES)).toMatchObject({
		...{ lines: 5, accepted: 5, quarantined: 0, duplicate: false },
	});
	await inTransaction(db.pool, reconcile);
	await publish(db);
	const { rows } = await db.pool.query(
		`SELECT code, indicator, day, value FROM fact JOIN area ON area.id = fact.area JOIN source ON source.id = fact.source
		 WHERE source.key = 'dhis2' AND value IS NOT NULL AND level >= 2 ORDER BY code, indicator, day`,
	);
	expect(
		rows.map((row) => [
			row.code,
			row.indicator,
			isoFromDay(row.day),
			row.value,
		]),
	).toEqual([
		["35.07", 1, "2020-04-01", 5],
		["35.07", 1, "2020-04-02", 9],
		["35.07", 3, "2020-04-02", 1],
		["35.07.13", 3, "2020-04-02", 7],
	]);
	const { rows: dirty } = await db.pool.query("SELECT FROM dirty");
	expect(dirty).toEqual([]);
});

it("a file of which a part could not be read is read anew once a table says more, and stands in the place of its older reading", async () => {
	const text = asXml([
		value(DEATHS, "20200405", "2"),
		value(DEATHS, "20200405", "9", { orgUnit: "UnitElse001" }),
	]);
	expect(await take(text)).toMatchObject({ accepted: 1, quarantined: 1 });
	expect(await take(text)).toMatchObject({ duplicate: true });
	await put("dhis2-units", `${UNIT_TABLE}UnitElse001,35.79\n`, by);
	expect(await take(text)).toMatchObject({
		...{ duplicate: false, accepted: 2, quarantined: 0 },
		replaced: [{ name: "dataValueSets.xml (dhis2 1.1.1)" }],
	});
	await inTransaction(db.pool, reconcile);
	const { rows } = await db.pool.query(
		"SELECT code, value FROM fact JOIN area ON area.id = fact.area WHERE day = $1 AND value IS NOT NULL AND level = 2 ORDER BY code",
		[day("2020-04-05")],
	);
	expect(rows).toEqual([
		{ code: "35.07", value: 2 },
		{ code: "35.79", value: 9 },
	]);
});

it("nothing that was stored names who entered a value, what they remarked or whom a unit gives as its contact", async () => {
	const { rows: tables } = await db.pool.query<{ name: string }>(
		"SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
	);
	expect(tables.length).toBeGreaterThan(20);
	for (const { name } of tables) {
		const { rows } = await db.pool.query(
			`SELECT FROM "${name}" AS one WHERE one::text ~* 'rahasia|0812' LIMIT 1`,
		);
		expect([name, rows.length]).toEqual([name, 0]);
	}
});

it("a table with a wrong line changes nothing, and a newer one leaves the older to be looked at", async () => {
	await expect(
		put("dhis2-units", "orgUnit,kode\na,3507\n", by),
	).rejects.toThrow(ImportError);
	await put("dhis2-units", "orgUnit,kode\na,35.07\n", {
		...by,
		at: day("2020-06-02") * 86_400_000,
		reason: "unit a",
	});
	expect(
		(await readingTableVersions(db.pool, "dhis2-units")).map(
			({ version, reason }) => [version, reason],
		),
	).toEqual([
		[3, "unit a"],
		[2, "first table"],
		[1, "first table"],
	]);
});
