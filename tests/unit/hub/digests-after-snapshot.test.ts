import type pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDigests } from "../../../hub/publish/digests.ts";
import type { SigningKey } from "../../../hub/publish/signing.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Digests over a database that cannot be reached: each attempt to make one is counted. */
function counted() {
	let attempts = 0;
	const pool = {
		connect: async () => {
			attempts++;
			throw new Error("no database");
		},
	} as unknown as pg.Pool;
	const digests = createDigests(
		{ pool, dataFolder: "" },
		{} as unknown as SigningKey,
	);
	return {
		digests,
		attempts: async () => {
			await vi.advanceTimersByTimeAsync(0);
			return attempts;
		},
	};
}

test("while workstations fetch a new snapshot the hub hashes nothing; afterwards it makes the digest once", async () => {
	const { digests, attempts } = counted();
	digests.refresh(null);
	expect(await attempts()).toBe(1);
	digests.refresh("1-aaa");
	await vi.advanceTimersByTimeAsync(15_000);
	digests.refresh("1-aaa");
	expect(await attempts()).toBe(1);
	await vi.advanceTimersByTimeAsync(5_000);
	expect(await attempts()).toBe(2);
});

test("the digest of a publication that made no snapshot, and of the first look, is made at once", async () => {
	const { digests, attempts } = counted();
	digests.refresh("1-aaa");
	expect(await attempts()).toBe(1);
	digests.refresh("1-aaa");
	expect(await attempts()).toBe(2);
});

test("a hub that ends begins no digest that was to come later", async () => {
	const { digests, attempts } = counted();
	digests.refresh(null);
	await attempts();
	digests.refresh("1-aaa");
	digests.close();
	await vi.advanceTimersByTimeAsync(60_000);
	expect(await attempts()).toBe(1);
});
