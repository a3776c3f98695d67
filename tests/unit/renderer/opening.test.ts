import { expect, test } from "vitest";
import type { Cube } from "../../../renderer/state/cube.ts";
import { openingOf } from "../../../renderer/state/opening.ts";

const FIRST = 18_353;

/** Rows of days; "-" is not reported. */
function cube(...rows: string[]): Cube {
	const days = rows[0]?.length ?? 0;
	return {
		header: { firstDay: FIRST, days, areas: rows.length } as Cube["header"],
		values: Float64Array.from(rows.join(""), (sign) =>
			sign === "-" ? Number.NaN : Number(sign),
		),
		marks: new Uint16Array(days * rows.length),
	};
}

const all = { regency: [0, 1], province: [0, 1] };

test("the first picture is of provinces where kabupaten/kota ended before them", () => {
	const cubes = {
		regency: cube("12--", "----"),
		province: cube("1234", "--1-"),
	};
	expect(openingOf(cubes, all, FIRST + 3)).toEqual({
		day: FIRST + 3,
		level: "province",
	});
});

test("it is of kabupaten/kota where they report on the last day, and of the last day on which anything does", () => {
	const cubes = {
		regency: cube("12--", "-1--"),
		province: cube("12--", "----"),
	};
	expect(openingOf(cubes, all, FIRST + 3)).toEqual({
		day: FIRST + 1,
		level: "regency",
	});
});

test("only the areas looked at count, and nothing ever reported is no picture to go to", () => {
	const cubes = {
		regency: cube("----", "1234"),
		province: cube("1---", "1234"),
	};
	expect(openingOf(cubes, { regency: [0], province: [0] }, FIRST + 3)).toEqual({
		day: FIRST,
		level: "province",
	});
	expect(openingOf(cubes, { regency: [0], province: [] }, FIRST + 3)).toBe(
		null,
	);
});
