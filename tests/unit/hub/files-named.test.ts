import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { filesNamed } from "../../../hub/command/ingest.ts";

const folder = mkdtempSync(join(tmpdir(), "blc-named-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const name of ["b.csv", "a.csv", "c.txt"])
	writeFileSync(join(folder, name), "");

test("a pattern that no shell has replaced, as on Windows, names its files in their order", () => {
	expect(filesNamed(join(folder, "*.csv"))).toEqual([
		join(folder, "a.csv"),
		join(folder, "b.csv"),
	]);
});

test("a name, and a pattern that nothing fits, stay as they are, so that they are said to be missing", () => {
	expect(filesNamed("one.csv")).toEqual(["one.csv"]);
	expect(filesNamed(join(folder, "*.xlsx"))).toEqual([join(folder, "*.xlsx")]);
});
