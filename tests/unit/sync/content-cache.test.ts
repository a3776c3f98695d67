import { createHash } from "node:crypto";
import type fs from "node:fs";
import {
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createContentCache } from "../../../main/backend/sync/content-cache.ts";

/** What Windows lets nobody remove. */
let held = "none";
vi.mock("node:fs", async (original) => {
	const real = await original<typeof fs>();
	return {
		...real,
		rmSync(path: string, options: object) {
			if (path.endsWith(held))
				throw Object.assign(new Error("EPERM"), { code: "EPERM" });
			real.rmSync(path, options);
		},
	};
});

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "blc-cache-"));
});
afterEach(() => {
	held = "none";
	rmSync(folder, { recursive: true, force: true });
});

it("is cleared past a file that Windows holds, which is not believed any more and is fetched again", async () => {
	const cache = createContentCache(folder);
	const bytes = Buffer.from("chunk");
	const name = createHash("sha256").update(bytes).digest("hex");
	let fetched = 0;
	const get = () =>
		cache.get(name, bytes.length, async () => {
			fetched++;
			return bytes;
		});
	await get();
	await get();
	expect(fetched).toBe(1);
	writeFileSync(join(folder, "f".repeat(64)), "other");
	// One flipped bit, of the same size.
	writeFileSync(join(folder, name), "chunq");
	held = name;
	cache.clear();
	expect(readdirSync(folder)).toEqual([name]);
	expect(readFileSync(await get(), "utf8")).toBe("chunk");
	expect(fetched).toBe(2);
	await get();
	expect(fetched).toBe(2);
});
