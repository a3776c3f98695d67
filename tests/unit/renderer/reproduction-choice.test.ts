import { expect, test } from "vitest";
import {
	epidemicSearch,
	ofTheChoice,
} from "../../../renderer/screens/epidemi/search.ts";

const answer = {
	level: "province",
	window: 7,
	serialInterval: { key: "nishiura", mean: 4.7, sd: 2.9, uncertain: false },
} as const;

test("no R of another interval, window or level stands under the words of the one that is chosen", () => {
	const choice = epidemicSearch.parse({});
	expect(ofTheChoice(answer, choice)).toBe(answer);
	expect(ofTheChoice(undefined, choice)).toBeNull();
	for (const other of [
		{ interval: "li" },
		{ window: "14" },
		{ level: "regency" },
	])
		expect(
			ofTheChoice(answer, epidemicSearch.parse({ ...choice, ...other })),
		).toBeNull();
});
