import fc from "fast-check";
import { expect, test } from "vitest";
import { areasInShape, rectangle } from "../../../core/areas/areas-in-shape.ts";
import { AREA_GROUPS, codesOfGroup } from "../../../core/areas/groups.ts";
import { loadAreas } from "../../../resources/areas/load.ts";

const seat = (
	lng: number | null,
	lat: number | null,
	unknownPlace = false,
) => ({
	lng,
	lat,
	unknownPlace,
});
const asItIs = (lng: number, lat: number) => [lng, lat];

test("an area is in a shape when its seat is: not by its land, and nothing without a place or a seat", () => {
	const inside = seat(106.8, -6.2);
	const outside = seat(112.7, -7.3);
	const box = rectangle([106, -7], [108, -6]);
	expect(
		areasInShape(
			box,
			[inside, outside, seat(null, null), seat(107, -6.5, true)],
			asItIs,
		),
	).toEqual([inside]);
	expect(areasInShape([[106, -7]], [inside], asItIs)).toEqual([]);
	// A lasso that goes round a bay leaves out what lies in it.
	const around = [
		[0, 0],
		[10, 0],
		[10, 10],
		[6, 10],
		[6, 4],
		[4, 4],
		[4, 10],
		[0, 10],
	];
	expect(
		areasInShape(around, [seat(5, 8), seat(2, 8), seat(8, 8)], asItIs),
	).toHaveLength(2);
});

test("a seat is in one of two halves of a rectangle and not in the other, whichever way it was drawn", () => {
	const at = fc.double({ min: 0.01, max: 0.99, noNaN: true });
	fc.assert(
		fc.property(at, at, at, (x, y, cut) => {
			fc.pre(x !== cut);
			const one = areasInShape(
				rectangle([cut, 1], [0, 0]),
				[seat(x, y)],
				asItIs,
			);
			const other = areasInShape(
				rectangle([cut, 0], [1, 1]),
				[seat(x, y)],
				asItIs,
			);
			expect(one.length + other.length).toBe(1);
		}),
	);
});

test("the named groups hold kabupaten/kota that there are: Jabodetabek is fourteen, Java all of its six provinces", () => {
	const areas = loadAreas()
		.filter(({ validFrom }) => validFrom === null)
		.map((area) => ({ ...area, unknownPlace: false }));
	const of = (key: string) =>
		codesOfGroup(
			AREA_GROUPS.find((group) => group.key === key) ?? { codes: [] },
			areas,
		);
	expect(of("jabodetabek")).toHaveLength(14);
	expect(of("jawa")).toHaveLength(119);
	for (const { key, codes } of AREA_GROUPS)
		if (codes.every((code) => code.length === 5))
			expect(of(key), key).toHaveLength(codes.length);
	// Every kabupaten/kota lies on one of the islands.
	const islands = AREA_GROUPS.slice(4).flatMap(({ key }) => of(key));
	expect(new Set(islands).size).toBe(islands.length);
	expect(islands).toHaveLength(514);
});

test("a lasso that crosses itself holds what its loops go round, also where they lie over one another, as it is filled on the screen", () => {
	// Twice round the same square, and an eight.
	const square = [
		[0, 0],
		[4, 0],
		[4, 4],
		[0, 4],
	];
	const twice = [...square, ...square.map(([x = 0, y = 0]) => [x + 1, y + 1])];
	expect(
		areasInShape(twice, [seat(2, 2), seat(4.5, 4.5)], asItIs),
	).toHaveLength(2);
	const eight = [
		[0, 0],
		[4, 4],
		[4, 0],
		[0, 4],
	];
	expect(
		areasInShape(eight, [seat(1, 2), seat(3, 2), seat(2, 1)], asItIs),
	).toEqual([seat(1, 2), seat(3, 2)]);
});

test("a lasso without a surface, with corners that are nowhere, or beyond the date line holds no area that it does not go round", () => {
	const all = [seat(106.8, -6.2), seat(140.7, -2.5), seat(0, 0)];
	const nowhere = [
		[Number.NaN, Number.NaN],
		[Number.NaN, 3],
		[Number.POSITIVE_INFINITY, 1],
	];
	expect(areasInShape(nowhere, all, asItIs)).toEqual([]);
	for (const line of [
		[
			[0, 0],
			[200, 0],
			[100, 0],
		],
		[
			[1, 1],
			[1, 1],
			[1, 1],
			[1, 1],
		],
	])
		expect(areasInShape(line, all, asItIs)).toEqual([]);
	// Of a corner that is nowhere the others are joined.
	const box = rectangle([106, -7], [108, -6]);
	expect(areasInShape([...box, [Number.NaN, -6.5]], all, asItIs)).toEqual([
		all[0],
	]);
	expect(areasInShape(rectangle([139, -10], [400, 10]), all, asItIs)).toEqual([
		all[1],
	]);
	// A hand that drew for a minute.
	const circle = Array.from({ length: 50_000 }, (_, at) => [
		107 + 2 * Math.cos(at / 7957.7),
		-6 + 2 * Math.sin(at / 7957.7),
	]);
	expect(areasInShape(circle, all, asItIs)).toEqual([all[0]]);
	// A place that the map cannot say lies in no shape.
	expect(areasInShape(box, all, () => [Number.NaN, Number.NaN])).toEqual([]);
});
