import { describe, expect, it } from "vitest";
import {
	repeatedDays,
	type StatedRow,
} from "../../../core/quality/repeated-day.ts";

/** Six areas that grow by 10 a day, in days 1 to 10. */
function table(change: (row: StatedRow) => StatedRow | undefined): StatedRow[] {
	const rows: StatedRow[] = [];
	for (let day = 1; day <= 10; day++)
		for (let area = 1; area <= 6; area++) {
			const row = change({
				area: `35.0${area}`,
				day,
				values: { confirmed: 100 * area + 10 * day, deaths: area },
			});
			if (row) rows.push(row);
		}
	return rows;
}

const as = (row: StatedRow, day: number): StatedRow => ({
	...row,
	values: {
		...row.values,
		confirmed: Number(row.values.confirmed) - 10 * (row.day - day),
	},
});

describe("yesterday's table again", () => {
	it("is remarked on the day on which all growing areas stand still, and not on the day of the double step", () => {
		expect(
			repeatedDays(table((row) => (row.day === 8 ? as(row, 7) : row))),
		).toEqual([{ day: 8, areas: 6 }]);
		expect(repeatedDays(table((row) => row))).toEqual([]);
	});

	it("is not remarked when one area moves, in whatever indicator", () => {
		expect(
			repeatedDays(
				table((row) =>
					row.day !== 8
						? row
						: row.area === "35.03"
							? { ...as(row, 7), values: { ...as(row, 7).values, deaths: 9 } }
							: as(row, 7),
				),
			),
		).toEqual([]);
	});

	it("is not remarked when silent areas are the others, or nothing grew before, or only few areas are known", () => {
		expect(
			repeatedDays(table((row) => ({ ...row, values: { confirmed: 7 } }))),
		).toEqual([]);
		expect(
			repeatedDays(
				table((row) =>
					row.area > "35.04" ? undefined : row.day === 8 ? as(row, 7) : row,
				),
			),
		).toEqual([]);
		expect(
			repeatedDays(
				table((row) =>
					row.area === "35.06" && row.day === 8
						? undefined
						: row.day === 8
							? as(row, 7)
							: row,
				),
			),
		).toEqual([{ day: 8, areas: 5 }]);
	});
});
