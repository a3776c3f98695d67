import { describe, expect, it } from "vitest";
import { FairQueue, type Waiting } from "../../../hub/roads/fair-queue.ts";

let next = 0;
const file = (
	source: string,
	sender = source,
	bytes = 1000,
	content = `c${next++}`,
): Waiting => ({ source, sender, bytes, content });

const queueOf = (...all: Waiting[]) => {
	const queue = new FairQueue<Waiting>();
	for (const one of all) queue.add(one);
	return queue;
};

const sourcesOf = (all: readonly Waiting[]) => all.map(({ source }) => source);

describe("turns of sources", () => {
	it("go to a source that sends little before the second file of one that sends much", () => {
		const loud = Array.from({ length: 100 }, (_, n) => file("loud", `l${n}`));
		const queue = queueOf(...loud, file("calm"));
		expect(sourcesOf(queue.take(3, Infinity))).toEqual([
			"loud",
			"calm",
			"loud",
		]);
	});

	it("are shared by bytes: large files of one cost the others no turns", () => {
		const large = Array.from({ length: 5 }, (_, n) =>
			file("large", `g${n}`, 1_000_000),
		);
		const small = Array.from({ length: 50 }, (_, n) => file("small", `s${n}`));
		const taken = sourcesOf(queueOf(...large, ...small).take(51, Infinity));
		expect(taken.filter((one) => one === "large")).toHaveLength(1);
	});

	it("are not saved up by a source that was silent", () => {
		const queue = queueOf(
			...Array.from({ length: 60 }, (_, n) => file("a", `a${n}`)),
		);
		queue.take(20, Infinity);
		for (let n = 0; n < 40; n++) queue.add(file("b", `b${n}`));
		const taken = sourcesOf(queue.take(20, Infinity));
		expect(taken.filter((one) => one === "b").length).toBeLessThanOrEqual(11);
	});

	it("take one file of a sender at a time, in the order in which it sent them, and no content twice", () => {
		const queue = queueOf(
			file("a", "x", 1, "1"),
			file("a", "x", 1, "2"),
			file("a", "y", 1, "1"),
			file("b", "z", 1, "3"),
		);
		const contents = () =>
			queue.take(9, Infinity).map(({ content }) => content);
		expect(contents().sort()).toEqual(["1", "3"]);
		expect(contents().sort()).toEqual(["1", "2"]);
		expect(contents()).toEqual([]);
		expect(queue.size).toBe(0);
	});

	it("end where a batch is full, but take a file that is larger than a batch alone", () => {
		const queue = queueOf(
			file("a", "a", 500),
			file("b", "b", 10),
			file("c", "c", 90),
		);
		expect(queue.take(9, 100).map(({ bytes }) => bytes)).toEqual([500]);
		expect(queue.take(9, 100).map(({ bytes }) => bytes)).toEqual([10, 90]);
	});
});
