import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import { arcWidth } from "../../../renderer/parts/map/arc-marks.ts";
import { seatOf } from "../../../renderer/parts/map/boundaries.ts";
import {
	facilityAt,
	facilityMarks,
	placedFacilities,
} from "../../../renderer/parts/map/facility-marks.ts";
import { stateOf } from "../../../renderer/parts/map/facility-state.ts";
import { facilityTexels } from "../../../renderer/parts/map/facility-value-extension.ts";
import { flowArcs } from "../../../renderer/parts/map/flow-arcs.ts";
import { cellColours } from "../../../renderer/parts/map/hexagon-marks.ts";
import { leanedView } from "../../../renderer/parts/map/leaned-view.ts";
import {
	greatest,
	heightOf,
	radiusOf,
	roundValues,
} from "../../../renderer/parts/map/mark-size.ts";
import type { Point } from "../../../renderer/parts/map/mercator.ts";
import { MAP_COLOURS } from "../../../renderer/parts/map/palettes.ts";
import { referralMarks } from "../../../renderer/parts/map/referral-marks.ts";
import {
	circleAt,
	columnAt,
	marked,
} from "../../../renderer/parts/map/value-marks.ts";
import {
	MARK_KINDS,
	MOST_MARKS,
	marksFromText,
	withMark,
} from "../../../renderer/screens/sebaran/mark-kinds.ts";
import { spreadSearch } from "../../../renderer/screens/sebaran/search.ts";
import { filled } from "../../../renderer/screens/sebaran/use-facilities.ts";
import {
	decodeFacilityCube,
	statedOn,
} from "../../../renderer/state/facility-cube.ts";
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
	expect(marksFromText("arcs.columns.circles.hexagons")).toEqual([
		"arcs",
		"columns",
		"circles",
	]);
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
	seatOf,
);
const project = (lng: number, lat: number) => ({ x: lng, y: -lat });

test("at a place of the picture the smallest circle is hit, as large as it is on the day; what did not report has its ring", () => {
	// 2.6 rem of 10 pixels: 26 pixels for 100.
	expect(circleAt(of, "circles", 10, 0, 10, project, 10)?.id).toBe(2);
	expect(circleAt(of, "circles", 18, 0, 10, project, 10)?.id).toBe(3);
	expect(circleAt(of, "circles", 14, 0, 11, project, 10)).toBeNull();
	expect(circleAt(of, "circles", 100, 1, 10, project, 10)?.id).toBe(4);
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

test("an arc is as wide as the root of its share, and the faintest can still be seen", () => {
	expect(arcWidth(0.04, 0.04, 8)).toBe(8);
	expect(arcWidth(0.01, 0.04, 8)).toBe(4);
	expect(arcWidth(0, 0.04, 8)).toBeGreaterThan(0.5);
});

test("cells have as many colours as classes, the top one the strongest of the room", () => {
	for (const ground of Object.values(MAP_COLOURS)) {
		const seven = cellColours(7, ground);
		expect(new Set(seven.map(String)).size).toBe(7);
		expect(cellColours(3, ground).at(-1)).toEqual(seven.at(-1));
		expect(cellColours(1, ground)).toEqual([seven.at(-1)]);
	}
});

/** Of two hospitals on two days: 50 % and, a day old, the same; nothing, and a report that tells no share. */
const body = new ArrayBuffer(4 * 5);
new Float32Array(body, 0, 4).set([0.5, 0.5, Number.NaN, Number.NaN]);
new Uint8Array(body, 16, 4).set([0, 1, 255, 0]);
const told = decodeFacilityCube(
	{
		kind: "hospital",
		measure: "bed-occupancy",
		unit: "share",
		firstDay: 10,
		days: 2,
		facilities: 2,
		seq: 1,
	},
	body,
);

test("of a facility it is told what it stated last and how old that is; nothing is no zero, and a cut answer is not drawn", () => {
	expect(statedOn(told, 0, 10)).toEqual({ value: 0.5, age: 0 });
	expect(statedOn(told, 0, 11)).toEqual({ value: 0.5, age: 1 });
	expect(statedOn(told, 1, 10)).toBeNull();
	expect(statedOn(told, 1, 11)).toEqual({ value: null, age: 0 });
	expect(statedOn(told, 0, 12)).toBeNull();
	expect([...facilityTexels(told.values, told.ages).slice(0, 8)]).toEqual([
		0.5, 0, 0.5, 1, -1, 255, -1, 0,
	]);
	expect(() => decodeFacilityCube(told.header, body.slice(1))).toThrow(
		"expected 20 bytes, found 19",
	);
});

test("where only free beds of emergency rooms are told, one without any is full, another open, and none that told nothing is either", () => {
	const values = Float32Array.from([0, 3, 1, Number.NaN]);
	const free = {
		...told,
		header: { ...told.header, measure: "emergency-free", unit: "count" },
		values,
	} as typeof told;
	const drawn = filled(free);
	expect(
		[...drawn.values].map((one) => (one > 0 ? stateOf(one) : one)),
	).toEqual([2, 0, 0, Number.NaN]);
	// What is read in words stays what was told.
	expect([...values]).toEqual([0, 3, 1, Number.NaN]);
	expect(filled(told)).toBe(told);
});

test("the states of a facility begin at their bounds", () => {
	expect([0, 0.59, 0.6, 0.79, 0.8, 1.2].map(stateOf)).toEqual([
		0, 0, 1, 1, 2, 2,
	]);
});

test("facilities for which the seat of their area stands are laid around it and each can be hit; who has no place is left out", () => {
	const facility = (id: number, placed: "area" | "facility" | null) => ({
		id,
		code: `RS-${id}`,
		kind: "hospital" as const,
		name: `RS ${id}`,
		class: null,
		referral: false,
		area: 2,
		lat: placed ? 0 : null,
		lng: placed ? (placed === "area" ? 0 : 200) : null,
		placed,
		positionSource: null,
		beds: {},
	});
	const placed = placedFacilities(
		[
			facility(1, "area"),
			facility(2, "area"),
			facility(3, null),
			facility(4, "facility"),
		],
		() => area(2, 0),
		() => true,
	);
	expect(placed.map(({ row }) => row)).toEqual([0, 1, 3]);
	for (const one of placed) {
		const x = one.lng + one.beside[0] * 10;
		const y = -one.lat - one.beside[1] * 10;
		expect(facilityAt(placed, x, y, project, 10)?.row).toBe(one.row);
	}
	expect(facilityAt(placed, 100, 0, project, 10)).toBeNull();
});

test("marks grow with the letters of a window by their uniforms alone: what each was placed with stays", () => {
	const marks = [
		facilityMarks("hospital", told, [], MAP_COLOURS.dark, () => {}),
		referralMarks(
			[],
			{ lat: 0, lng: 0 },
			null,
			MAP_COLOURS.dark,
			"dark",
			() => {},
		),
		flowArcs("", [], MAP_COLOURS.dark),
	];
	/** What is seen of each layer of a window whose letters are so high (px), and what is computed once for each mark. */
	const drawnAt = (rem: number) => {
		vi.stubGlobal("document", { documentElement: null });
		vi.stubGlobal("getComputedStyle", () => ({ fontSize: `${rem}px` }));
		const layers = marks.flatMap((one) =>
			one.layers({ at: 0 }, null as never, 1),
		);
		vi.unstubAllGlobals();
		return layers.map(({ props }) => {
			const sizes = props as unknown as Record<string, number>;
			const scale =
				sizes.facilityRadius ?? (sizes.widthScale || sizes.radiusScale);
			const one = { beside: [1, 1], state: "free", amount: 1 };
			const placed = ["getPixelOffset", "getRadius", "getWidth"].map((name) => {
				const accessor = sizes[name] as unknown;
				return typeof accessor === "function" ? accessor(one) : accessor;
			});
			return { scale, placed };
		});
	};
	const small = drawnAt(16);
	const large = drawnAt(32);
	expect(small.length).toBeGreaterThanOrEqual(4);
	for (const [at, { scale, placed }] of small.entries()) {
		expect(large[at]?.scale).toBeCloseTo(2 * (scale as number), 9);
		expect(large[at]?.placed).toEqual(placed);
	}
});
