import type fs from "node:fs";
import {
	existsSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { renameWhenFree } from "../../../main/backend/files/rename.ts";
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

describe("a file that somebody has open, on Windows", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "blc-held-"));
		refusals = 0;
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	test("is renamed as soon as it is let go", () => {
		writeFileSync(join(folder, "a"), "new");
		refusals = 3;
		renameWhenFree(join(folder, "a"), join(folder, "b"));
		expect(readdirSync(folder)).toEqual(["b"]);
	});

	test("is not waited for without end", () => {
		writeFileSync(join(folder, "a"), "new");
		refusals = Number.POSITIVE_INFINITY;
		expect(() => renameWhenFree(join(folder, "a"), join(folder, "b"))).toThrow(
			"EBUSY",
		);
	});

	test("does not keep a damaged replica in use: without its other name it goes with the leftovers", () => {
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
