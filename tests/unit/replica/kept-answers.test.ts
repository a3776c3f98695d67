import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { perPublication } from "../../../main/backend/query/per-publication.ts";

let folder: string;
let writer: Database.Database;
let reader: Database.Database;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "blc-kept-"));
	const path = join(folder, "replica.db");
	writer = new Database(path);
	writer.pragma("journal_mode = WAL");
	writer.exec(
		"CREATE TABLE _sync (epoch, seq, committed_at, snapshot); INSERT INTO _sync VALUES ('one', 7, 0, ''); CREATE TABLE fact (value); INSERT INTO fact VALUES (1)",
	);
	reader = new Database(path, { readonly: true });
});
afterEach(() => {
	reader.close();
	writer.close();
	rmSync(folder, { recursive: true, force: true });
});

it("what is kept for a publication is read anew once a part of it was put right, and not before", () => {
	let read = 0;
	const value = perPublication(
		() => "",
		(db) => {
			read++;
			return db.prepare("SELECT value FROM fact").pluck().get();
		},
	);
	expect([value(reader), value(reader), read]).toEqual([1, 1, 1]);
	// As a part that differs from what the hub signed is fetched again (replica/repair): no other publication.
	writer.exec("PRAGMA application_id = 5; UPDATE fact SET value = 2");
	expect([value(reader), value(reader), read]).toEqual([2, 2, 2]);
	writer.exec("UPDATE _sync SET seq = 8; UPDATE fact SET value = 3");
	expect([value(reader), value(reader), read]).toEqual([3, 3, 3]);
	writer.pragma("wal_checkpoint(PASSIVE)");
	expect([value(reader), read]).toEqual([3, 3]);
});
