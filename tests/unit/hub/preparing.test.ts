import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import {
	endPreparing,
	notePreparing,
	readPreparing,
} from "../../../hub/store/preparing.ts";

/** Somebody looks at what is to be removed. */
const fs = vi.hoisted(() => ({ isHeld: false }));
vi.mock("node:fs", async (original) => {
	const real = await original<typeof import("node:fs")>();
	return {
		...real,
		rmSync(...given: Parameters<typeof rmSync>) {
			if (fs.isHeld) throw Object.assign(new Error("held"), { code: "EBUSY" });
			real.rmSync(...given);
		},
	};
});

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "blc-preparing-"));
});
afterEach(() => {
	fs.isHeld = false;
	rmSync(folder, { recursive: true, force: true });
});

it("hands the day of the exercise that is being made from the process that makes it to the one that answers", async () => {
	expect(await readPreparing(folder)).toBeNull();
	notePreparing(folder, { what: "exercise", done: 120, total: 300 });
	expect(await readPreparing(folder)).toEqual({
		what: "exercise",
		done: 120,
		total: 300,
	});
});

it("ends what is made with its own result, or its own fault, also where Windows lets nobody remove the note", async () => {
	notePreparing(folder, { what: "details", done: 299, total: 300 });
	fs.isHeld = true;
	expect(() => endPreparing(folder)).not.toThrow();
	fs.isHeld = false;
	endPreparing(folder);
	expect(await readPreparing(folder)).toBeNull();
});

it("says nothing of what is made, nor of what a crash left behind", async () => {
	notePreparing(folder, { what: "details", done: 299, total: 300 });
	endPreparing(folder);
	expect(await readPreparing(folder)).toBeNull();
	notePreparing(folder, { what: "details", done: 299, total: 300 });
	const old = new Date(Date.now() - 121_000);
	utimesSync(join(folder, "preparing.json"), old, old);
	expect(await readPreparing(folder)).toBeNull();
});

it("goes on making what it cannot note", () => {
	expect(() =>
		notePreparing(join(folder, "gone"), {
			what: "publishing",
			done: 0,
			total: 0,
		}),
	).not.toThrow();
});

it("says nothing rather than something wrong while the note is being written or is damaged", async () => {
	for (const text of ["", '{"what":"exercise"', '{"what":"tea","done":1}']) {
		writeFileSync(join(folder, "preparing.json"), text);
		expect(await readPreparing(folder), text).toBeNull();
	}
});
