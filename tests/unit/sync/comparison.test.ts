import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createComparison } from "../../../main/backend/sync/comparison.ts";
import type { HubClient } from "../../../main/backend/sync/hub-client.ts";

type Options = Parameters<typeof createComparison>[0];

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "blc-comparison-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const replica = { path: "", epoch: "e", seq: 1 } as Parameters<
	ReturnType<typeof createComparison>["atHead"]
>[0];

it("leaves the processors to the first window: a replica just fetched is compared later, one that looks damaged at once", async () => {
	let asked = 0;
	const hub = {
		digest: () => {
			asked++;
			return Promise.reject(new Error("busy"));
		},
	} as unknown as HubClient;
	const comparison = createComparison({
		hub,
		folder,
		every: 86_400_000,
		fetched: 60_000,
		again: 60_000,
		log: () => {},
		onDamage: () => {},
	} as unknown as Options);
	comparison.fetched();
	comparison.atHead(replica);
	expect(asked).toBe(0);
	comparison.suspect();
	comparison.atHead(replica);
	expect(asked).toBe(1);
	await comparison.close();
});
