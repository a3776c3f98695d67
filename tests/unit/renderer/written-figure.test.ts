import { expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import {
	whyNone,
	writtenFigure,
} from "../../../renderer/screens/sebaran/written-figure.ts";
import { decodeCube, marksAt } from "../../../renderer/state/cube.ts";

test("a rate over people that are an estimate carries its sign wherever the spread writes it, a count and a missing value do not", () => {
	const language = {
		t: (key: string) => key,
		format: formatFor("id"),
	} as never;
	const area = (populationSource: string) => ({ populationSource }) as AreaRow;
	const estimated = area("census-2020-divided");
	expect(writtenFigure(language, estimated, 12.5, 0, true)).toMatch(/^≈12,5/);
	expect(writtenFigure(language, area("census-2020"), 12.5, 0, true)).toMatch(
		/^12,5/,
	);
	expect(writtenFigure(language, estimated, 12, 0, false)).toBe("12");
	expect(writtenFigure(language, estimated, null, 0, true)).toBe(
		"value.notReported",
	);
});

test("a list says why an area or a cell has no figure by the marks of that very day of the cube, as the card beside it does", () => {
	const body = new ArrayBuffer(4 * 10);
	new Float64Array(body, 0, 4).fill(Number.NaN);
	new Uint16Array(body, 32).set([
		0,
		MARKS.notYetKnown,
		MARKS.sourceChanged | MARKS.partial,
		MARKS.silent,
	]);
	const cube = decodeCube(
		{
			indicator: "confirmed",
			measure: "new7",
			level: "regency",
			firstDay: 100,
			days: 2,
			areas: 2,
			seq: 1,
			pending: [],
		},
		body,
	);
	const why = (row: number, day: number) =>
		whyNone(((key: string) => key) as never, marksAt(cube, row, day));
	expect([why(0, 100), why(0, 101), why(1, 100), why(1, 101)]).toEqual([
		"value.notReported",
		"value.notYetKnown",
		"value.notKnown",
		"value.notReported",
	]);
	// Beyond the cube nothing is known of anybody: no mark of the next area.
	expect(marksAt(cube, 0, 102)).toBe(0);
});
