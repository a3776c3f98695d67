import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { createTurns, NoTurn } from "../../../hub/write/turns.ts";

it("works one after the other, in the order of asking, also past one that fails", async () => {
	const turns = createTurns(10_000);
	const done: string[] = [];
	const work = (name: string) => async () => {
		done.push(`${name} begins`);
		await sleep(5);
		done.push(`${name} ends`);
		if (name === "b") throw new Error("b failed");
	};
	await Promise.allSettled(["a", "b", "c"].map((n) => turns.take(work(n))));
	expect(done).toEqual(
		["a", "b", "c"].flatMap((n) => [`${n} begins`, `${n} ends`]),
	);
	await sleep(0);
	expect(turns.busy).toBe(false);
});

it("never begins what waited too long, and lets the next one wait for what still works", async () => {
	const turns = createTurns(20);
	let end = (): void => {};
	const first = turns.take(
		() =>
			new Promise<void>((resolve) => {
				end = resolve;
			}),
	);
	let begun = false;
	await expect(
		turns.take(async () => {
			begun = true;
		}),
	).rejects.toThrow(NoTurn);
	const next = turns.take(async () => "done");
	end();
	await first;
	expect(await next).toBe("done");
	expect(begun).toBe(false);
});
