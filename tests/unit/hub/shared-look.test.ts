import { expect, it } from "vitest";
import { sharedLook } from "../../../hub/publish/shared-look.ts";

it("looks twice for any number who ask while it looks, and tells nobody what was read before they asked", async () => {
	let published = 1;
	let looks = 0;
	const ends: (() => void)[] = [];
	const look = sharedLook(async () => {
		looks++;
		const seen = published;
		await new Promise<void>((end) => ends.push(end));
		return seen;
	});
	const first = look();
	published = 2;
	const meanwhile = Array.from({ length: 1000 }, () => look());
	ends.shift()?.();
	expect(await first).toBe(1);
	await expect.poll(() => ends.length).toBe(1);
	published = 3;
	const later = look();
	ends.shift()?.();
	expect(new Set(await Promise.all(meanwhile))).toEqual(new Set([2]));
	await expect.poll(() => ends.length).toBe(1);
	ends.shift()?.();
	expect(await later).toBe(3);
	expect(looks).toBe(3);
});

it("looks again for those who come after a look that failed", async () => {
	let fails = true;
	const look = sharedLook(async () => {
		if (fails) throw new Error("no database");
		return 1;
	});
	const [first, second] = [look(), look()];
	await expect(first).rejects.toThrow("no database");
	await expect(second).rejects.toThrow("no database");
	fails = false;
	expect(await look()).toBe(1);
});
