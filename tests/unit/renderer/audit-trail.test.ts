import { expect, test, vi } from "vitest";
import type { AuditRow } from "../../../core/api/audit.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import { decisionWords } from "../../../renderer/parts/decision/decision-words.tsx";
import {
	auditCsv,
	auditLines,
	filtered,
} from "../../../renderer/screens/jejak-audit/audit-lines.ts";
import { auditSearch } from "../../../renderer/screens/jejak-audit/search.ts";
import {
	readTrail,
	type Trail,
} from "../../../renderer/screens/jejak-audit/trail.ts";
import { withStanding } from "../../../renderer/screens/jejak-audit/trail-words.ts";

const words = withStanding(
	decisionWords(
		((key: string, gaps: object = {}) =>
			`${key}${Object.values(gaps).length > 0 ? ` ${Object.values(gaps).join(" ")}` : ""}`) as never,
		formatFor("id"),
		null,
	),
	((key: string, gaps: object = {}) =>
		`${key}${Object.values(gaps).length > 0 ? ` ${Object.values(gaps).join(" ")}` : ""}`) as never,
	formatFor("id"),
);

function row(number: number, part: Partial<AuditRow> = {}): AuditRow {
	return {
		number,
		at: Date.UTC(2026, 10, 25, 3),
		command: "00000000-0000-4000-8000-000000000000",
		name: "override-value",
		person: {
			name: "dian",
			display: "Dian",
			role: "data-manager",
			scope: "ID",
		},
		subject: `cell:confirmed/32.73/2020-04-${10 + (number % 10)}`,
		areas: '["32.73"]',
		reason: "surat",
		request: "{}",
		before: '{"file":"","value":386,"until":null}',
		after: '{"file":"x","value":400,"until":18400}',
		inverse: "{}",
		undoes: null,
		previous: "",
		hash: "",
		...part,
	} as AuditRow;
}
const lines = (rows: AuditRow[]) => auditLines(rows, words, () => "Bandung");
const noPages = () => {};

test("a row is offered to be taken back only while it has an inverse, was not taken back, and nothing later changed the same", () => {
	const told = lines([
		row(5, { subject: "file:1", undoes: 4 }),
		row(4, { subject: "file:1" }),
		row(3, { subject: "file:2" }),
		row(2, { subject: "file:2" }),
		row(1, { subject: "file:3", inverse: null }),
	]);
	expect(told.map(({ undoable }) => undoable)).toEqual([
		true,
		false,
		true,
		false,
		false,
	]);
});

test("what stood before and after is said in words, with the last day of a decision", () => {
	const [line] = lines([row(2)]);
	expect(line).toMatchObject({
		before: "386",
		after: "decision.valueUntil 400 18 Mei 2020",
		subject: "indicator.confirmed · 32.73 · 12 Apr 2020",
	});
	const [file] = lines([
		row(1, {
			subject: "file:7",
			before: '{"file":"jatim.csv","withdrawn":false}',
			after: '{"file":"jatim.csv","withdrawn":true}',
		}),
	]);
	expect(file).toMatchObject({
		subject: "decision.fileNamed jatim.csv 7",
		before: "decision.inForce",
		after: "decision.withdrawn",
	});
});

test("a value that was not reported is never written as zero", () => {
	const [line] = lines([
		row(1, { before: '{"file":"","value":null,"until":null}' }),
	]);
	expect(line?.before).toBe("value.notReported");
});

test("the filter keeps what has the person, the deed, the area and the words", () => {
	const all = lines([
		row(2, { name: "withdraw-file", reason: "Salah kirim" }),
		row(1, { areas: '["35.78"]' }),
	]);
	const numbers = (part: object) =>
		filtered(all, auditSearch.parse(part)).map(({ number }) => number);
	expect(numbers({})).toEqual([2, 1]);
	expect(numbers({ what: "withdraw-file" })).toEqual([2]);
	expect(numbers({ place: "35.78" })).toEqual([1]);
	expect(numbers({ text: "salah KIRIM" })).toEqual([2]);
	expect(numbers({ who: "Orang lain" })).toEqual([]);
});

test("a reason that a spreadsheet would run is exported as text", () => {
	const csv = auditCsv(lines([row(1, { reason: "=1+1" })]), ["h"], String);
	expect(csv).toContain(",'=1+1,");
});

/** A hub with rows 1 to `newest`, that answers 200 at a time. */
function hub(newest: number) {
	return vi.fn(async (before: number | null) => {
		const from = Math.min(newest, (before ?? newest + 1) - 1);
		return Array.from({ length: Math.min(200, from) }, (_, i) => row(from - i));
	});
}
const empty: Trail = { rows: [], whole: false };
const numbersOf = ({ rows }: Trail) => rows.map(({ number }) => number);
const down = (from: number) => Array.from({ length: from }, (_, i) => from - i);

test("a trail of many pages is read to its first row, each row once, and told as it comes", async () => {
	const told: number[] = [];
	const trail = await readTrail(empty, hub(1000), ({ rows }) =>
		told.push(rows.length),
	);
	expect(numbersOf(trail)).toEqual(down(1000));
	expect(trail.whole).toBe(true);
	expect(told[0]).toBe(200);
});

test("of a trail that is known only what is newer is asked for", async () => {
	const known = await readTrail(empty, hub(1000), noPages);
	const page = hub(1003);
	const trail = await readTrail(known, page, noPages);
	expect(numbersOf(trail)).toEqual(down(1003));
	expect(page).toHaveBeenCalledTimes(1);
});

test("a reading that was broken off is taken up where it ended", async () => {
	const whole = await readTrail(empty, hub(900), noPages);
	const begun: Trail = { rows: whole.rows.slice(0, 400), whole: false };
	const page = hub(900);
	expect(numbersOf(await readTrail(begun, page, noPages))).toEqual(down(900));
	expect(page).toHaveBeenCalledTimes(4);
});

test("an empty trail, and one that ends with a page, are whole", async () => {
	expect(await readTrail(empty, hub(0), noPages)).toEqual({
		rows: [],
		whole: true,
	});
	expect(await readTrail(empty, hub(200), noPages)).toMatchObject({
		whole: true,
	});
});
