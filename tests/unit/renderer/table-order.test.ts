import { expect, test } from "vitest";
import { formatFor } from "../../../renderer/i18n/format.ts";
import type { AreaTableRow } from "../../../renderer/parts/table/area-rows.ts";
import { figureText } from "../../../renderer/parts/table/figure-columns.ts";
import { gridTexts } from "../../../renderer/parts/table/grid-texts.ts";
import { knownFirst } from "../../../renderer/parts/table/known-first.ts";
import {
	filterWords,
	silentFirst,
} from "../../../renderer/parts/table/table-order.ts";

test("a filter is said in words on paper, in the language of the screen, with both of its conditions", () => {
	const model = {
		total: {
			operator: "AND",
			conditions: [
				{ type: "greaterThan", filter: 5 },
				{ type: "inRange", filter: 1, filterTo: 9 },
			],
		},
		name: { type: "contains", filter: "Kota" },
		new7: { type: "blank" },
	};
	expect(filterWords(model, gridTexts("id"))).toEqual([
		{ column: "total", words: "lebih dari 5 DAN antara 1 – 9" },
		{ column: "name", words: "memuat Kota" },
		{ column: "new7", words: "kosong" },
	]);
	expect(filterWords(model, gridTexts("en"))[0]?.words).toBe(
		"more than 5 AND between 1 – 9",
	);
});

test("a column has one precision: people are whole, also a share of several days; rates have two decimals, or one where they are large", () => {
	const row = (value: number | null) =>
		({ new7: value, per100k: value }) as AreaTableRow;
	const format = formatFor("id");
	expect(figureText(format, "new7", 96, [row(96), row(63.64)])).toBe("96");
	expect(figureText(format, "new7", 63.64, [row(96), row(63.64)])).toBe("64");
	expect(figureText(format, "per100k", 12, [row(12), row(null)])).toBe("12,00");
	expect(figureText(format, "per100k", 4.547, [row(4.547)])).toBe("4,55");
	const large = [row(2086.21), row(4.547)];
	expect(figureText(format, "per100k", 2086.21, large)).toBe("2.086,2");
	expect(figureText(format, "per100k", 4.547, large)).toBe("4,5");
	expect(format.figure("change7", 63.64)).toBe("+64");
	// Where it is proved how a figure comes about it has its fraction.
	expect(format.figure("new7", 63.64, 1)).toBe("63,6");
});

test("the silent come to the top in the order they had, and nothing else moves", () => {
	const nodes = [7, null, 3, null, 0, null].map((total, at) => ({
		// The last is the row of cases without a place, of which nobody reports.
		data: { total, unknownPlace: at === 5 },
		at,
	}));
	silentFirst(nodes);
	expect(nodes.map(({ at }) => at)).toEqual([1, 3, 0, 2, 4, 5]);
});

test("in every table what is not known stands last, whichever way a column is sorted, and what never ends is larger than any number", () => {
	const values = [3, null, Number.POSITIVE_INFINITY, 1, null];
	const sorted = (descending: boolean) =>
		[...values].sort(
			(a, b) =>
				// A grid turns the order round where it is sorted downwards.
				(descending ? -1 : 1) *
				knownFirst(a, b, undefined, undefined, descending),
		);
	expect(sorted(false)).toEqual([1, 3, Number.POSITIVE_INFINITY, null, null]);
	expect(sorted(true)).toEqual([Number.POSITIVE_INFINITY, 3, 1, null, null]);
});
