import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FEED_TABLES } from "../../../core/feed/table.ts";
import {
	type SnapshotFile,
	startSnapshotFile,
} from "../../../hub/publish/snapshot-file.ts";

describe("the file of a snapshot, made in a thread of its own", () => {
	let folder: string;
	let file: SnapshotFile;
	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), "blc-snapshot-"));
		file = startSnapshotFile(folder);
		await file.begin(3);
	});
	afterEach(async () => {
		await file.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const area = (id: number, name: string) =>
		Buffer.from(
			`${id}\t${id}\t1\t${name}${"\t\\N".repeat(5)}\t[]${"\t\\N".repeat(4)}\n`,
		);

	test("holds every row, in whatever pieces they came, in chunks by the names that it tells", async () => {
		const rows = Buffer.concat(
			Array.from({ length: 40_000 }, (_, id) => area(id, "x".repeat(40))),
		);
		await file.table("area");
		for (let at = 0; at < rows.length; at += 70_001)
			await file.rows(rows.subarray(at, at + 70_001));
		for (const { name } of FEED_TABLES)
			if (name !== "area") await file.table(name);
		const { rows: counted, chunks } = await file.finish();
		expect(counted).toMatchObject({ area: 40_000, fact: 0 });
		expect(readdirSync(folder).sort()).toEqual(
			chunks.map(({ sha256 }) => sha256).sort(),
		);
	});

	test("is none when a row cannot be read: whoever makes it is told why, and waits for nothing", async () => {
		await file.table("area");
		await file.rows(Buffer.from("only one column\n"));
		await expect(file.finish()).rejects.toThrow(
			"COPY of area: fewer columns than expected",
		);
	});

	test("is none when the thread was ended over it", async () => {
		await file.table("area");
		await file.rows(area(1, "Aceh"));
		const finished = file.finish();
		finished.catch(() => {});
		await file.close();
		await expect(finished).rejects.toThrow(/the snapshot thread/);
	});
});
