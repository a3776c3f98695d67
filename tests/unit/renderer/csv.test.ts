import { expect, test } from "vitest";
import { csvCell, csvName } from "../../../renderer/tables/csv.ts";

test("numbers are written as Indonesian spreadsheets read them: comma, no thousands sign", () => {
	expect(csvCell(1234567, "number", "plain")).toBe("1234567");
	expect(csvCell(12.5, "number", "excel")).toBe("12,5");
	expect(csvCell(0, "number", "plain")).toBe("0");
});

test("what was not reported is an empty cell, not a zero", () => {
	expect(csvCell(null, "number", "plain")).toBe("");
});

test("a code survives Excel as text: 35.10 does not become 3510 or 35.1", () => {
	expect(csvCell("35.10", "code", "excel")).toBe('="35.10"');
	expect(csvCell("35.10", "code", "plain")).toBe("35.10");
});

test("a name that looks like a formula is not run by the program that opens the file", () => {
	expect(csvCell("=HYPERLINK(1)", "text", "excel")).toBe("'=HYPERLINK(1)");
	expect(csvCell("Kota Malang", "text", "excel")).toBe("Kota Malang");
});

test("a file of an exercise says so in its name", () => {
	const parts = { area: "35", indicator: "confirmed", day: "2020-04-12" };
	expect(csvName({ ...parts, exercise: true })).toBe(
		"LATIHAN_blc-situasi_35_confirmed_2020-04-12.csv",
	);
	expect(csvName({ ...parts, exercise: false })).not.toContain("LATIHAN");
});
