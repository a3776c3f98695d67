import type fs from "node:fs";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
	currentReplica,
	removeLeftovers,
	setAside,
	switchTo,
} from "../../../main/backend/replica/location.ts";

/** How often Windows still refuses, as it does while somebody has the file open. */
let refusals = 0;
/** The same of reading. */
let unread = 0;
vi.mock("node:fs", async (original) => {
	const real = await original<typeof fs>();
	return {
		...real,
		renameSync(from: string, to: string) {
			if (refusals-- > 0)
				throw Object.assign(new Error("EBUSY: resource busy or locked"), {
					code: "EBUSY",
				});
			real.renameSync(from, to);
		},
		readFileSync(path: string, as: "utf8") {
			if (unread-- > 0)
				throw Object.assign(new Error("EBUSY: resource busy or locked"), {
					code: "EBUSY",
				});
			return real.readFileSync(path, as);
		},
	};
});

describe("a replica that somebody has open, on Windows", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "blc-held-"));
		refusals = 0;
		unread = 0;
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	test("is not kept in use when it is damaged: without its other name it goes with the leftovers", () => {
		const path = join(folder, "replica.12345678.1-ab.1.db");
		writeFileSync(path, "damaged");
		switchTo(folder, path);
		expect(currentReplica(folder)).toBe(path);
		refusals = Number.POSITIVE_INFINITY;
		setAside(folder, path);
		expect(currentReplica(folder)).toBeNull();
		removeLeftovers(folder, null);
		expect(existsSync(path)).toBe(false);
	});

	test("is never taken for leftovers while it cannot be read which one is in use", () => {
		const path = join(folder, "replica.12345678.1-ab.1.db");
		writeFileSync(path, "hours of a download");
		switchTo(folder, path);
		unread = Number.POSITIVE_INFINITY;
		expect(() => currentReplica(folder)).toThrow(/EBUSY/);
		expect(() => removeLeftovers(folder, null)).toThrow(/EBUSY/);
		expect(existsSync(path)).toBe(true);
	});

	test("is still known after somebody has looked at its pointer for moments", () => {
		const path = join(folder, "replica.12345678.1-ab.1.db");
		writeFileSync(path, "whole");
		switchTo(folder, path);
		unread = 3;
		expect(currentReplica(folder)).toBe(path);
	});
});
