import { expect, test } from "vitest";
import {
	clipboardForm,
	csvCell,
	csvTable,
	EXCEL,
	exportName,
	PLAIN,
} from "../../../renderer/parts/ui/csv.ts";

test("the plain form is read without settings: decimal point, comma between cells, no thousands sign, no byte order mark", () => {
	expect(csvCell(1234567, "number", PLAIN)).toBe("1234567");
	expect(csvCell(3.756, "number", PLAIN)).toBe("3.756");
	expect(csvCell(0, "number", PLAIN)).toBe("0");
	expect(PLAIN).toMatchObject({ separator: ",", mark: false });
});

test("the Excel form is that of Indonesian settings: decimal comma, semicolon, byte order mark", () => {
	expect(csvCell(12.5, "number", EXCEL)).toBe("12,5");
	expect(csvCell(-12.5, "number", EXCEL)).toBe("-12,5");
	expect(EXCEL).toMatchObject({ separator: ";", mark: true });
});

test("a count above 16,777,216 leaves as it is", () => {
	expect(csvCell(20000001, "number", PLAIN)).toBe("20000001");
	expect(csvCell(2 ** 53 - 1, "number", PLAIN)).toBe("9007199254740991");
});

test("what is pasted has the decimal sign of the language, so that 3,756 per 100,000 does not become 3756", () => {
	expect(csvCell(3.756, "number", clipboardForm("id"))).toBe("3,756");
	expect(csvCell(3.756, "number", clipboardForm("en"))).toBe("3.756");
});

test("what was not reported is an empty cell, not a zero", () => {
	for (const form of [PLAIN, EXCEL])
		expect(csvCell(null, "number", form)).toBe("");
});

test("a code survives Excel as text: 35.10 does not become 3510 or 35.1", () => {
	expect(csvCell("35.10", "code", EXCEL)).toBe('="35.10"');
	expect(csvCell("35.10", "code", PLAIN)).toBe("35.10");
});

test("a text that looks like a formula is run by no program that opens the file, in no column and no form", () => {
	for (const form of [PLAIN, EXCEL, clipboardForm("id")])
		for (const column of ["text", "code", "number"] as const)
			for (const first of ["=", "+", "-", "@", "\t=", "\r=", "\n="])
				expect(csvCell(`${first}1+1`, column, form), first).toMatch(/^'/);
	expect(csvCell('1";=HYPERLINK("x")', "code", EXCEL)).not.toMatch(/^=/);
	expect(csvCell("Kota Malang", "text", EXCEL)).toBe("Kota Malang");
});

test("a name with a tab or a line end stays in its cell of the clipboard", () => {
	expect(csvCell("Kota\tMalang\r\n2", "text", clipboardForm("id"))).toBe(
		"Kota Malang 2",
	);
});

test("the name of a file says what it is of: an exercise, indicator, area, day, and the day of knowledge where there is one", () => {
	const of = {
		part: "situasi",
		area: "35",
		indicator: "confirmed",
		day: "2020-04-12",
		asKnown: null,
	};
	expect(exportName({ ...of, exercise: true }, "csv")).toBe(
		"LATIHAN_blc-situasi_35_confirmed_2020-04-12.csv",
	);
	expect(
		exportName({ ...of, exercise: false, asKnown: "2020-06-08" }, "png"),
	).toBe("blc-situasi_35_confirmed_2020-04-12_diketahui-2020-06-08.png");
});

test("a table has its head first and every cell in quotes, so that names with a comma or a quote stay one cell", () => {
	const rows = [
		[
			{ value: 'Kab. "A", B', kind: "text" },
			{ value: "35.10", kind: "code" },
			{ value: 1.5, kind: "number" },
			{ value: null, kind: "number" },
		],
	] as const;
	expect(csvTable(["Wilayah", "Kode", "x", "y"], rows, PLAIN)).toBe(
		'"Wilayah","Kode","x","y"\r\n"Kab. ""A"", B","35.10","1.5",""\r\n',
	);
	expect(csvTable(["Wilayah"], rows, EXCEL)).toBe(
		'\uFEFF"Wilayah"\r\n"Kab. ""A"", B";"=""35.10""";"1,5";""\r\n',
	);
	expect(csvTable(["Wilayah"], rows, clipboardForm("id"))).toBe(
		'Wilayah\r\nKab. "A", B\t35.10\t1,5\t\r\n',
	);
});
