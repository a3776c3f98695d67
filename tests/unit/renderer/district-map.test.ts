import { describe, expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import { readBoundaries } from "../../../renderer/parts/map/boundaries.ts";
import { readDistrictBoundaries } from "../../../renderer/parts/map/district-boundaries.ts";
import {
	districtsWithin,
	indexAreas,
} from "../../../renderer/state/area-index.ts";

const area = (
	id: number,
	code: string,
	level: AreaRow["level"],
	parent: number | null,
	at: readonly [lng: number, lat: number] | null = null,
): AreaRow => ({
	id,
	code,
	level,
	name: code,
	parent,
	lat: at?.[1] ?? null,
	lng: at?.[0] ?? null,
	population: null,
	populationYear: null,
	populationSource: null,
	unknownPlace: false,
});

const SEAT = [112.5, -7.5] as const;
const upper = [
	area(1, "ID", "nation", null),
	area(2, "35", "province", 1),
	area(3, "36", "province", 1),
	area(4, "35.01", "regency", 2, SEAT),
	area(5, "35.02", "regency", 2, [113.5, -7.5]),
	// Not on the map.
	area(6, "36.01", "regency", 3, [106, -6]),
];
const districts = [
	area(7, "35.01.01", "district", 4, SEAT),
	area(8, "35.01.02", "district", 4, SEAT),
	area(9, "35.01.03", "district", 4, [112.2, -7.8]),
	area(10, "35.02.01", "district", 5, [113.5, -7.5]),
	area(11, "36.01.01", "district", 6, [106, -6]),
];
const square = (code: string, west: number) => ({
	type: "Polygon",
	properties: { code },
	arcs: [[west]],
});
const ring = (west: number) => [
	[west, -8],
	[west + 1, -8],
	[west + 1, -7],
	[west, -7],
	[west, -8],
];
const base = readBoundaries(
	{
		type: "Topology",
		objects: {
			regencies: {
				type: "GeometryCollection",
				geometries: [square("35.01", 0), square("35.02", 1)],
			},
		},
		arcs: [ring(112), ring(113)],
	},
	indexAreas(upper),
);
const all = indexAreas([...upper, ...districts]);

describe("kecamatan on a map", () => {
	test("have the rows that they have in a cube of the areas they were asked in", () => {
		const some = districtsWithin(all, [5]);
		expect(some.at("district").map(({ code }) => code)).toEqual(["35.02.01"]);
		expect(some.row(some.byId(10) as AreaRow)).toBe(0);
		expect(some.at("regency")).toHaveLength(3);
		expect(districtsWithin(all, [5])).toBe(some);
		expect(districtsWithin(all, null).at("district")).toEqual(districts);
	});

	test("have their shapes where these were imported, over land that has no row", () => {
		const areas = districtsWithin(all, [5]);
		const read = readDistrictBoundaries(
			base,
			[
				{
					type: "Topology",
					objects: {
						districts: {
							type: "GeometryCollection",
							geometries: [square("35.02.01", 0)],
						},
					},
					arcs: [ring(113)],
				},
			],
			areas,
		);
		expect(read.areaAt(113.2, -7.2)?.code).toBe("35.02.01");
		expect(read.parts.map(({ area, row }) => [area.code, row])).toEqual([
			["35.01", -1],
			["35.02", -1],
			["35.02.01", 0],
		]);
		expect(read.districts).toMatchObject({ marks: 0, unplaced: [] });
		// A click beside them still finds the kabupaten/kota.
		expect(read.areaAt(112.5, -7.5)?.code).toBe("35.01");
		expect(base.parts.map(({ row }) => row)).toEqual([0, 1]);
	});

	test("outline what they lie in by their own shapes, where each of them has one: the map of kabupaten/kota may be another", () => {
		const moved = ring(113.2);
		const file = {
			type: "Topology",
			objects: {
				districts: {
					type: "GeometryCollection",
					geometries: [square("35.02.01", 0)],
				},
			},
			arcs: [moved],
		};
		const read = readDistrictBoundaries(base, [file], all);
		const [first, second] = [4, 5].map((id) => all.byId(id) as AreaRow);
		expect(read.outline(second as AreaRow).coordinates).toEqual([moved]);
		// Of the first a part in the middle is the second's, and another nobody's.
		const small = (west: number) =>
			[
				[west, -7.6],
				[west, -7.4],
				[west + 0.1, -7.4],
				[west + 0.1, -7.6],
				[west, -7.6],
			] as [number, number][];
		const holed = {
			type: "Topology",
			objects: {
				districts: {
					type: "GeometryCollection",
					geometries: [
						...["35.01.01", "35.01.02", "35.01.03"].map((code, at) => ({
							type: "Polygon",
							properties: { code },
							arcs: at === 0 ? [[0], [1], [2]] : [[at + 2]],
						})),
						{ type: "Polygon", properties: { code: "35.02.01" }, arcs: [[~1]] },
					],
				},
			},
			arcs: [ring(112), small(112.2), small(112.6), ring(110), ring(108)],
		};
		expect(
			readDistrictBoundaries(base, [holed], all).outline(first as AreaRow)
				.coordinates,
		).toHaveLength(4);
		for (const area of [first, all.byId(2)] as AreaRow[])
			expect(read.outline(area)).toEqual(base.outline(area));
	});

	test("are marks without boundaries: in their kabupaten/kota, none over another, the placed where they lie, the others told to be in rows", () => {
		const read = readDistrictBoundaries(base, [], districtsWithin(all, [4]));
		expect(read.districts).toMatchObject({ marks: 3, placed: 1, unplaced: [] });
		const middles = districts.slice(0, 3).map((one) => {
			const [{ polygon } = { polygon: [] }] = read.partsOf(one);
			const corners = (polygon[0] ?? []) as [number, number][];
			const [lng, lat] = [0, 1].map(
				(axis) =>
					(Math.min(...corners.map((at) => at[axis] as number)) +
						Math.max(...corners.map((at) => at[axis] as number))) /
					2,
			) as [number, number];
			expect(base.areaAt(lng, lat)?.code).toBe("35.01");
			expect(read.drawnAs(one)?.noShape).toBe(
				one.code === "35.01.03" ? "placed" : "in-rows",
			);
			return [lng, lat] as const;
		});
		expect(middles[2]?.[0]).toBeCloseTo(112.2, 3);
		expect(middles[2]?.[1]).toBeCloseTo(-7.8, 3);
		expect(read.areaAt(...(middles[0] as [number, number]))?.id).toBe(7);
		expect(read.areaAt(...(middles[1] as [number, number]))?.id).toBe(8);
	});

	test("stand each inside its own shape or mark and not all at the seat of their kabupaten/kota, which stands at its own", () => {
		const read = readDistrictBoundaries(
			base,
			[
				{
					type: "Topology",
					objects: {
						districts: {
							type: "GeometryCollection",
							geometries: [square("35.02.01", 0)],
						},
					},
					arcs: [
						[
							[113, -8],
							[113.4, -8],
							[113.4, -7],
							[113, -7],
							[113, -8],
						],
					],
				},
			],
			all,
		);
		// Not at the seat of 35.02, which lies in nothing of it.
		const inside = read.placeOf(districts[3] as AreaRow);
		expect(inside?.lng).toBeCloseTo(113.2, 1);
		for (const one of districts.slice(0, 4)) {
			const { lng, lat } = read.placeOf(one) ?? { lng: 0, lat: 0 };
			expect(read.areaAt(lng, lat)?.code).toBe(one.code);
		}
		// Of one that nothing says where to draw nobody knows where it stands.
		expect(read.placeOf(districts[4] as AreaRow)).toBeNull();
		expect(read.placeOf(upper[3] as AreaRow)).toEqual({
			lng: SEAT[0],
			lat: SEAT[1],
		});
	});

	test("that nothing says where to draw are told by name", () => {
		const read = readDistrictBoundaries(base, [], all);
		expect(read.districts?.unplaced.map(({ code }) => code)).toEqual([
			"36.01.01",
		]);
		expect(read.districts?.marks).toBe(4);
	});
});
