import type fs from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { holdFolder } from "../../../main/backend/held-folder.ts";

/** Why nothing can be removed. */
const refused = vi.hoisted(() => ({ code: "" }));
vi.mock("node:fs", async (original) => {
	const real = await original<typeof fs>();
	return {
		...real,
		rmSync(...given: Parameters<typeof fs.rmSync>) {
			if (refused.code !== "")
				throw Object.assign(new Error(refused.code), refused);
			real.rmSync(...given);
		},
	};
});

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "blc-held-"));
});
afterEach(() => {
	refused.code = "";
	rmSync(folder, { recursive: true, force: true });
});

test("a workstation's folder is free for the next as soon as it is let go, also where what it wrote there cannot be removed", () => {
	const first = holdFolder(folder, 0);
	refused.code = "EBUSY";
	first.release();
	const second = holdFolder(folder, 0);
	refused.code = "EIO";
	expect(() => second.release()).toThrow("EIO");
	refused.code = "";
	holdFolder(folder, 0).release();
});
