import { expect, test } from "vitest";
import type { AreaCell, PlaceCell } from "../../../core/api/logistics.ts";
import {
	outDay,
	sortedBy,
} from "../../../renderer/screens/logistik/matrix-rows.ts";

test("a stock that does not run out as far as is looked ahead is told apart from one of which that is not known, and stands after all days", () => {
	const place = (of: Partial<PlaceCell>) =>
		({ onHand: 900, use: 1, stockOut: null, ...of }) as PlaceCell;
	const area = (of: Partial<AreaCell>) =>
		({ facilities: 3, both: 3, firstOut: null, ...of }) as AreaCell;
	for (const [cell, day] of [
		[place({ stockOut: 18_630 }), 18_630],
		[place({}), Number.POSITIVE_INFINITY],
		[place({ use: 0 }), Number.POSITIVE_INFINITY],
		[place({ use: null }), null],
		[place({ onHand: null }), null],
		[area({ firstOut: 18_630 }), 18_630],
		[area({}), Number.POSITIVE_INFINITY],
		[area({ both: 2 }), null],
		[area({ both: 2, firstOut: 18_630 }), 18_630],
		[area({ facilities: 0, both: 0 }), null],
	] as const) {
		expect(outDay(cell)).toBe(day);
		expect(sortedBy(cell, "out")).toBe(day);
	}
});
