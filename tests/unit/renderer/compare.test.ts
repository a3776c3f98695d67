import fc from "fast-check";
import { expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import {
	differenceColours,
	differenceRank,
} from "../../../renderer/parts/map/difference-colouring.ts";
import { MAP_COLOURS } from "../../../renderer/parts/map/palettes.ts";
import {
	BYS,
	GRIDS,
	MODES,
	WEEKS,
} from "../../../renderer/screens/sebaran/compare-search.ts";
import { spreadSearch } from "../../../renderer/screens/sebaran/search.ts";
import { lineByKey } from "../../../renderer/screens/sebaran/swipe-line.tsx";
import {
	areaBeside,
	indicatorBeside,
} from "../../../renderer/screens/sebaran/use-compared.ts";
import { writtenDifference } from "../../../renderer/screens/sebaran/written-figure.ts";
import { indexAreas } from "../../../renderer/state/area-index.ts";
import { searchFrom } from "../../../renderer/state/search.ts";

test("an address tells whichever comparison is shown, and what makes no sense in it is as if it were not there", () => {
	fc.assert(
		fc.property(
			fc.record({
				compare: fc.constantFrom(...MODES),
				by: fc.constantFrom(...BYS),
				against: fc.constantFrom("2020-06-01", "7d", "999d"),
				with: fc.constantFrom("", "deaths" as const),
				beside: fc.constantFrom("", "35", "35.78"),
				grid: fc.constantFrom(...GRIDS),
				weeks: fc.constantFrom(...WEEKS),
				own: fc.boolean(),
				at: fc.integer({ min: 0, max: 100 }).map(String),
			}),
			(chosen) => {
				const whole = { ...spreadSearch.parse({}), ...chosen };
				const address = spreadSearch.encode(whole);
				expect(searchFrom(spreadSearch, address as never)).toMatchObject({
					...chosen,
					own: chosen.own || undefined,
				});
			},
		),
	);
	const nonsense = searchFrom(spreadSearch, {
		compare: "mirror",
		against: "tomorrow",
		beside: "x",
		at: "101",
		with: "flu",
	});
	expect(nonsense).toMatchObject({
		compare: "off",
		against: "28d",
		beside: "",
		at: "50",
		with: "",
	});
});

test("the line between two maps is moved by keys within the picture, and other keys are left to others", () => {
	const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });
	expect(lineByKey(key("ArrowLeft"), 50)).toBe(48);
	expect(lineByKey(key("ArrowRight", true), 50)).toBe(60);
	expect(lineByKey(key("ArrowRight", true), 95)).toBe(100);
	expect(lineByKey(key("Home"), 50)).toBe(0);
	expect(lineByKey(key("End"), 50)).toBe(100);
	expect(lineByKey(key(" "), 50)).toBeNull();
	expect(lineByKey(key("]"), 50)).toBeNull();
});

test("a difference has the class of its size on its own side; none is none, and what is not known is no class", () => {
	const bounds = [1, 10, 100];
	expect(
		[-500, -10, -9, -0.2, 0, 0.2, 9, 10, 500].map((value) =>
			differenceRank(value, bounds),
		),
	).toEqual([1, 2, 3, 3, 0, 4, 4, 5, 6]);
	expect(differenceRank(Number.NaN, bounds)).toBeNaN();
	fc.assert(
		fc.property(fc.double({ noNaN: true, min: 0.01, max: 1e6 }), (value) => {
			const rise = differenceRank(value, bounds);
			expect(differenceRank(-value, bounds)).toBe(2 * bounds.length + 1 - rise);
		}),
	);
	for (const classes of [1, 2, 3, 4])
		for (const ground of Object.values(MAP_COLOURS)) {
			const colours = differenceColours(classes, ground);
			expect(new Set(colours.map(String)).size).toBe(2 * classes);
			// The ends stand out most, however few classes there are.
			expect(colours[0]).toEqual(differenceColours(4, ground)[0]);
			expect(colours.at(-1)).toEqual(differenceColours(4, ground)[7]);
		}
});

const area = (id: number, code: string, level: AreaRow["level"]): AreaRow => ({
	id,
	code,
	level,
	name: code,
	parent: level === "nation" ? null : 1,
	lat: null,
	lng: null,
	population: 1_000,
	populationYear: null,
	populationSource: null,
	unknownPlace: code === "00",
});
const areas = indexAreas([
	area(1, "ID", "nation"),
	area(2, "00", "province"),
	area(3, "31", "province"),
	area(4, "35", "province"),
]);

test("beside an area stands the one that is chosen, else another of its level that is a place", () => {
	const [jakarta, jatim] = [areas.byCode("31"), areas.byCode("35")] as [
		AreaRow,
		AreaRow,
	];
	expect(areaBeside(areas, jakarta, "")).toBe(jatim);
	expect(areaBeside(areas, areas.nation, "")).toBe(jakarta);
	expect(areaBeside(areas, jatim, "31")).toBe(jakarta);
	expect(areaBeside(areas, jatim, "00")).toBe(jakarta);
	// A kecamatan, where none are drawn, is what it lies in.
	expect(areaBeside(areas, jakarta, "35.78.09")).toBe(jatim);
	expect(indicatorBeside("deaths")).toBe("confirmed");
	expect(indicatorBeside("confirmed")).toBe("deaths");
});

test("a difference is written with its sign, no change as zero, and where there is none it is said why", () => {
	const language = {
		t: ((key: string) => key) as never,
		format: formatFor("id"),
	};
	const written = (value: number | null, marks: number, rate = false) =>
		writtenDifference(language, [areas.nation], value, marks, rate);
	expect(written(1_234, 0)).toBe("+1.234");
	expect(written(-5, 0)).toBe("−5");
	expect(written(0, 0)).toBe("0");
	expect(written(-1.5, 0, true)).toBe("−1,50");
	expect(written(null, 0)).toBe("compare.notBoth");
	expect(written(null, MARKS.sourceChanged)).toBe("compare.otherSource");
});
