import fc from "fast-check";
import { expect, it } from "vitest";
import { readCount, readNumber } from "../../../core/reading/cell.ts";
import { readTable } from "../../../core/reading/table.ts";

it("takes every line of any file for a row, a fault or a blank, each once and under its own number", () => {
	const cell = fc.string({
		unit: fc.constantFrom("a", "1", '"', ",", ";", " ", "é"),
		maxLength: 6,
	});
	fc.assert(
		fc.property(
			fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), {
				maxLength: 12,
			}),
			(lines) => {
				const text = ["kode,n", ...lines.map((cells) => cells.join(","))];
				const {
					rows,
					errors,
					lines: counted,
					skipped,
					unread,
				} = readTable(new TextEncoder().encode(`${text.join("\n")}\n`));
				expect(counted).toBe(text.length);
				const silent = Object.values(skipped).reduce((sum, n) => sum + n, 0);
				const told = [
					...rows.map(({ line }) => line),
					...errors.flatMap(({ line }) =>
						line === null || line === 1 ? [] : [line],
					),
				].sort((a, b) => a - b);
				expect(told.length + silent + unread).toBe(text.length);
				expect(new Set(told).size).toBe(told.length);
				for (const { line, cells } of rows)
					for (const value of Object.values(cells))
						expect(text[line - 1]?.replaceAll('""', '"')).toContain(value);
			},
		),
	);
});

it("reads back what Indonesian and English formats write, or refuses it, and never reads another number", () => {
	const formats = ["id-ID", "en-US"].flatMap((locale) =>
		[0, 1, 2, 3, 4].map(
			(digits) =>
				new Intl.NumberFormat(locale, {
					minimumFractionDigits: digits,
					maximumFractionDigits: digits,
				}),
		),
	);
	fc.assert(
		fc.property(
			fc.double({ min: -1e9, max: 1e9, noNaN: true }),
			fc.constantFrom(...formats),
			(value, format) => {
				const text = format.format(value);
				const { maximumFractionDigits } = format.resolvedOptions();
				const written = Number(value.toFixed(maximumFractionDigits));
				const reading = readNumber(text);
				if (reading.ok) expect(reading.value).toBeCloseTo(written, 3);
				const count = readCount(text);
				if (count.ok) expect(count.value).toBeCloseTo(written, 3);
			},
		),
	);
});
