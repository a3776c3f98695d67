import { expect, test } from "vitest";
import { lastReports, SHOWN_DAYS } from "../../../core/quality/last-report.ts";
import { MARKS } from "../../../core/series/mark.ts";

const none = Number.NaN;
const days = (length: number, reports: Record<number, number>) =>
	Float64Array.from({ length }, (_, day) => reports[day] ?? none);
const always = () => true;

test("a report stands for seven days, its own included, and for no day before it", () => {
	const value = days(12, { 2: 5 });
	const shown = lastReports(value, new Uint16Array(12), always);
	expect(SHOWN_DAYS).toBe(7);
	expect([...(shown ?? [])]).toEqual([
		...[-1, -1, -1],
		...[2, 2, 2, 2, 2, 2],
		...[-1, -1, -1],
	]);
});

test("weekly reports leave no day between them without one, and each day shows the newest", () => {
	const value = days(16, { 0: 1, 7: 3, 9: 4 });
	const shown = lastReports(value, new Uint16Array(16), always);
	expect([...(shown ?? [])]).toEqual([
		...[-1, 0, 0, 0, 0, 0, 0],
		...[-1, 7],
		...[-1, 9, 9, 9, 9, 9, 9],
	]);
});

test("only reports of sources that choose their days stand for others, and not where a day is known to be silent or not yet known", () => {
	const value = days(6, { 0: 1, 2: 0 });
	const marks = new Uint16Array(6);
	marks[4] = MARKS.silent;
	marks[5] = MARKS.notYetKnown;
	expect([...(lastReports(value, marks, (day) => day === 2) ?? [])]).toEqual([
		-1, -1, -1, 2, -1, -1,
	]);
	expect(lastReports(value, marks, () => false)).toBeNull();
	expect(lastReports(days(5, {}), new Uint16Array(5), always)).toBeNull();
});
