import type fs from "node:fs";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { logFile } from "../../../main/backend/log-file.ts";

/** Whether Windows refuses to rename, as it does while an editor has the file open. */
let held = false;
vi.mock("node:fs", async (original) => {
	const real = await original<typeof fs>();
	return {
		...real,
		renameSync(from: string, to: string) {
			if (held) throw Object.assign(new Error("EBUSY"), { code: "EBUSY" });
			real.renameSync(from, to);
		},
	};
});

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
test("a log whose earlier half somebody holds open goes on, and begins anew once it is let go", () => {
	const log = logFile(folder, "desktop", 100);
	log("a".repeat(120));
	held = true;
	log("while it is held");
	held = false;
	log("after it");
	expect(readFileSync(join(folder, "desktop.log.old"), "utf8")).toMatch(
		/aaa\n.*while it is held\n$/,
	);
	expect(readFileSync(join(folder, "desktop.log"), "utf8")).toMatch(
		/^[^\n]*after it\n$/,
	);
});
test("a log that is there is gone on with", () => {
	logFile(folder, "backend")("one");
	logFile(folder, "backend")("two");
	expect(readFileSync(join(folder, "backend.log"), "utf8")).toMatch(
		/ one\n.* two\n$/,
	);
	expect(existsSync(join(folder, "backend.log.old"))).toBe(false);
});
