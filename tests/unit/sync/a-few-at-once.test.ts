import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { aFewAtOnce } from "../../../main/backend/sync/a-few-at-once.ts";

const NUMBERS = Array.from({ length: 12 }, (_, at) => at);

describe("what is fetched, a few at once", () => {
	test("comes in the order in which it was asked for, with four under way", async () => {
		let underWay = 0;
		let most = 0;
		const results = await aFewAtOnce(NUMBERS, async (number) => {
			most = Math.max(most, ++underWay);
			await pause(12 - number);
			underWay--;
			return number * 2;
		});
		expect(results).toEqual(NUMBERS.map((number) => number * 2));
		expect(most).toBe(4);
	});

	test("ends with the failure when the last under way has ended, and begins no other", async () => {
		const begun: number[] = [];
		let underWay = 0;
		const failed = aFewAtOnce(NUMBERS, async (number) => {
			begun.push(number);
			underWay++;
			await pause(number === 1 ? 1 : 30);
			underWay--;
			if (number === 1) throw new Error("the hub moved on");
		});
		await expect(failed).rejects.toThrow("the hub moved on");
		expect(underWay).toBe(0);
		expect(begun).toEqual([0, 1, 2, 3]);
	});
});
