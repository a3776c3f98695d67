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
	};
});

describe("a replica that somebody has open, on Windows", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "blc-held-"));
		refusals = 0;
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
});
