import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvText, harmlessText } from "../../../core/writing/csv.ts";

test("a text that a spreadsheet would run, in half or full width or behind spaces, begins with an apostrophe", () => {
	for (const text of [
		"=1+1",
		"+1+1",
		"-1+1",
		"@SUM(A1)",
		"\t=1+1",
		"\r=1+1",
		"\n=1+1",
		"\tx",
		"  =1+1",
		"\ufeff=1+1",
		"＝1+1",
		"=HYPERLINK(1)",
		"-",
		"-2+3+cmd|' /C calc'!A0",
	])
		expect(harmlessText(text)).toBe(`'${text}`);
});

test("numbers stay numbers, whether they come as numbers or as text, and names stay as they are", () => {
	for (const text of ["-5", "+62", "-0.25", "1e-7", "-1,5", "Kota Malang", ""])
		expect(harmlessText(text)).toBe(text);
	expect(csvText([[-5, 0.1 + 0.2, 2 ** 53 - 1, -0.5e-9]])).toBe(
		"-5,0.30000000000000004,9007199254740991,-5e-10\n",
	);
});

test("nothing is written for what is not known, in the header too a formula is none", () => {
	expect(
		csvText([
			["=a", "b"],
			[undefined, null],
			[Number.NaN, 0],
		]),
	).toBe("'=a,b\n,\n,0\n");
});

test("whatever the cells hold, a reader finds the same rows again", () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.tuple(
					fc.string(),
					fc.string({ unit: fc.constantFrom(..."=,\"'\n\r\t;-1") }),
				),
				{ minLength: 1 },
			),
			(rows) => {
				const found = parse(csvText(rows.map((row) => ["x", ...row])), {
					record_delimiter: "\n",
				}) as string[][];
				expect(found).toEqual(
					rows.map((row) => ["x", ...row.map(harmlessText)]),
				);
			},
		),
	);
});
