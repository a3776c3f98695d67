import { expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { SpreadHeader } from "../../../core/api/spread.ts";
import { fixedClasses } from "../../../core/epidemic/fixed-classes.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { MAP_COLOURS } from "../../../renderer/parts/map/palettes.ts";
import { coloured } from "../../../renderer/screens/sebaran/many-colouring.ts";
import { indexAreas } from "../../../renderer/state/area-index.ts";

const WEEK = { kind: "last", days: 7 } as const;
const areas = indexAreas(
	[
		["ID", "nation", null],
		["35", "province", 1],
		["35.01", "regency", 2],
		["35.02", "regency", 2],
	].map(([code, level, parent], at) => ({
		...({ id: at + 1, code, level, parent, name: code } as AreaRow),
		unknownPlace: false,
	})),
);

/** The rates of two areas on two days, in the classes that were given for them. */
function ratesOf(indicator: IndicatorKey, ...values: number[]) {
	const header = {
		...{ indicator, level: "regency", firstDay: 0, days: 2, areas: 2 },
		...{ period: "7d", rate: true, within: null, seq: 1, pending: [] },
		scale: "fixed",
		classes: { bounds: fixedClasses(indicator, WEEK, true) ?? [], values: 4 },
	} satisfies SpreadHeader;
	return {
		cube: {
			header,
			values: Float64Array.from(values),
			marks: new Uint16Array(4),
		},
		rows: [0, 1],
	};
}

test("classes that an authority gave for cases colour no map of deaths: many indicators share classes of their values, or each has its own", () => {
	const ones = [
		ratesOf("confirmed", 10, 30, 100, 200),
		ratesOf("deaths", 0.5, 1, 3, 8),
	];
	const ground = MAP_COLOURS.dark;
	const shared = coloured(ones, areas, ground, false);
	expect(shared[0]?.bounds).toEqual(shared[1]?.bounds);
	expect(shared[0]?.bounds).not.toEqual(
		fixedClasses("confirmed", WEEK, true) ?? [],
	);
	// The lowest class of cases would hold all of the deaths.
	expect(
		shared[1]?.bounds.filter((bound) => bound <= 8).length,
	).toBeGreaterThan(1);
	const own = coloured(ones, areas, ground, true);
	expect(own.map(({ bounds }) => bounds)).toEqual([
		fixedClasses("confirmed", WEEK, true),
		fixedClasses("deaths", WEEK, true),
	]);
	// Maps of one indicator are compared by the classes that were given for it.
	const weeks = coloured(
		[ones[1] as never, ones[1] as never],
		areas,
		ground,
		false,
	);
	expect(weeks[0]?.bounds).toEqual(fixedClasses("deaths", WEEK, true));
});
