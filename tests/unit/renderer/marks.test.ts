import fc from "fast-check";
import { expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import { leanedView } from "../../../renderer/parts/map/leaned-view.ts";
import {
	MARK_KINDS,
	MOST_MARKS,
	marksFromText,
	withMark,
} from "../../../renderer/parts/map/mark-kinds.ts";
import {
	greatest,
	heightOf,
	radiusOf,
	roundValues,
} from "../../../renderer/parts/map/mark-size.ts";
import type { Point } from "../../../renderer/parts/map/mercator.ts";
import { MAP_COLOURS } from "../../../renderer/parts/map/palettes.ts";
import {
	circleAt,
	columnAt,
	marked,
} from "../../../renderer/parts/map/value-marks.ts";
import { spreadSearch } from "../../../renderer/screens/sebaran/search.ts";
import { searchFrom } from "../../../renderer/state/search.ts";

test("the surface of a circle stands for its value: four times the value is twice the radius, and below zero its size counts", () => {
	expect(radiusOf(100, 100, 30)).toBe(30);
	expect(radiusOf(25, 100, 30)).toBe(15);
	expect(radiusOf(-25, 100, 30)).toBe(15);
	expect(radiusOf(5, 0, 30)).toBe(0);
	fc.assert(
		fc.property(
			fc.double({ min: 0.01, max: 1e6, noNaN: true }),
			fc.double({ min: 0.01, max: 1e6, noNaN: true }),
			(a, b) => {
				const most = Math.max(a, b);
				const surface = (value: number) => radiusOf(value, most, 30) ** 2;
				expect(surface(a) / surface(b)).toBeCloseTo(a / b, 6);
			},
		),
	);
});

test("the height of a column stands for its value, and goes down below zero", () => {
	expect(heightOf(50, 100, 90)).toBe(45);
	expect(heightOf(-50, 100, 90)).toBe(-45);
});

test("what sizes are held against is the greatest of the rows on any day; what nobody reported counts for nothing", () => {
	const values = Float64Array.of(3, Number.NaN, -9, 2, 100, 1);
	expect(greatest(values, 2, [0, 1])).toBe(9);
	expect(greatest(values, 2, [0])).toBe(3);
	expect(greatest(Float64Array.of(Number.NaN), 1, [0])).toBe(0);
});

test("a legend names round values, none above the greatest, each once, and no part of a person", () => {
	expect(roundValues(7340, true)).toEqual([5000, 1000, 200]);
	expect(roundValues(3, true)).toEqual([2]);
	expect(roundValues(0.42, false)).toEqual([0.2, 0.05, 0.01]);
	expect(roundValues(0, true)).toEqual([]);
	fc.assert(
		fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (most) => {
			const values = roundValues(most, false);
			expect(values[0]).toBeLessThanOrEqual(most);
			expect(values).toEqual([...new Set(values)].sort((a, b) => b - a));
		}),
	);
});

test("three kinds at a time: one more is refused and takes nothing away", () => {
	const three = MARK_KINDS.slice(0, MOST_MARKS);
	for (const kind of MARK_KINDS.slice(MOST_MARKS))
		expect(withMark(three, kind, true)).toBeNull();
	expect(withMark(["columns"], "circles", true)).toEqual([
		"columns",
		"circles",
	]);
	expect(withMark(["columns", "circles"], "columns", false)).toEqual([
		"circles",
	]);
	expect(withMark(["circles"], "circles", true)).toEqual(["circles"]);
});

test("an address names marks once each and leaves out what is none", () => {
	expect(marksFromText("circles.nothing.circles")).toEqual(["circles"]);
	expect(marksFromText(undefined)).toEqual([]);
	expect(marksFromText([...MARK_KINDS].join(".")).length).toBeLessThanOrEqual(
		MOST_MARKS,
	);
	expect(searchFrom(spreadSearch, { marks: "columns" }).marks).toEqual([
		"columns",
	]);
	expect(searchFrom(spreadSearch, {}).marks).toEqual([]);
});

const area = (id: number, lng: number | null): AreaRow => ({
	id,
	code: `1${id}`,
	level: "province",
	name: `Area ${id}`,
	parent: 1,
	lat: lng === null ? null : 0,
	lng,
	population: 1000,
	populationYear: 2020,
	populationSource: null,
	unknownPlace: lng === null,
});

/** A great one, one beside it within its circle, one that did not report, and one without a place. */
const of = marked(
	{
		header: {
			indicator: "confirmed",
			level: "province",
			firstDay: 10,
			days: 2,
			areas: 4,
			seq: 1,
			pending: [],
		},
		values: Float64Array.of(100, 25, 4, 4, Number.NaN, Number.NaN, 9, 9),
		marks: new Uint16Array(8),
	},
	[area(2, 0), area(3, 20), area(4, 100), area(5, null)],
	({ id }) => id - 2,
	MAP_COLOURS.dark,
);
const project = (lng: number, lat: number) => ({ x: lng, y: -lat });

test("at a place of the picture the smallest circle is hit, as large as it is on the day; what did not report has its ring", () => {
	// 2.6 rem of 10 pixels: 26 pixels for 100.
	expect(circleAt(of, 10, 0, 10, project, 10)?.id).toBe(2);
	expect(circleAt(of, 18, 0, 10, project, 10)?.id).toBe(3);
	expect(circleAt(of, 14, 0, 11, project, 10)).toBeNull();
	expect(circleAt(of, 100, 1, 10, project, 10)?.id).toBe(4);
});

test("a column is hit from its foot to its top, as tall as it looks on the day", () => {
	const at = (x: number, y: number, day: number) =>
		columnAt(of, 48, 0.24, x, y, day, project, 10)?.id ?? null;
	// 9 rem of 10 pixels seen under 48 degrees: 67 pixels for 100, 17 for 25.
	expect(at(0, -60, 10)).toBe(2);
	expect(at(0, -60, 11)).toBeNull();
	expect(at(0, -15, 11)).toBe(2);
});

test("of a map that leans back each place of the picture leads to its place on the map and back", () => {
	const corners: [Point, Point, Point, Point] = [
		[0.7, 0.45],
		[0.95, 0.45],
		[0.88, 0.55],
		[0.77, 0.55],
	];
	const view = leanedView(1200, 600, corners);
	for (const [at, [x, y]] of [
		[0, 0],
		[1200, 0],
		[1200, 600],
		[0, 600],
	].entries()) {
		const found = view.toMap(x as number, y as number);
		expect(found[0]).toBeCloseTo(corners[at]?.[0] as number, 12);
		expect(found[1]).toBeCloseTo(corners[at]?.[1] as number, 12);
	}
	fc.assert(
		fc.property(
			fc.double({ min: 0, max: 1200, noNaN: true }),
			fc.double({ min: 0, max: 600, noNaN: true }),
			(x, y) => {
				const back = view.toPicture(...view.toMap(x, y));
				expect(back[0]).toBeCloseTo(x, 6);
				expect(back[1]).toBeCloseTo(y, 6);
			},
		),
	);
	// Seen flat it is what it was: the middle is the middle.
	const flat = leanedView(200, 100, [
		[0, 0],
		[2, 0],
		[2, 1],
		[0, 1],
	]);
	expect(flat.toMap(100, 50)).toEqual([1, 0.5]);
});
