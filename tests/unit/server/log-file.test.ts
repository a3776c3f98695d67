import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { logFile } from "../../../main/backend/log-file.ts";

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "blc-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a log of a program that runs for weeks begins anew when it is large, and the one before is kept", () => {
	const log = logFile(folder, "desktop", 200);
	for (let line = 1; line <= 20; line++) log(`line ${line}`);
	const path = join(folder, "desktop.log");
	const kept = readFileSync(`${path}.old`, "utf8");
	const newest = readFileSync(path, "utf8");
	expect(kept.length).toBeLessThan(300);
	expect(newest.length).toBeLessThan(300);
	expect(kept + newest).toMatch(/line 19\n.* line 20\n$/s);
});
test("a log that is there is gone on with", () => {
	logFile(folder, "backend")("one");
	logFile(folder, "backend")("two");
	expect(readFileSync(join(folder, "backend.log"), "utf8")).toMatch(
		/ one\n.* two\n$/,
	);
	expect(existsSync(join(folder, "backend.log.old"))).toBe(false);
});
