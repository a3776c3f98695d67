import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	cellsOf,
	crossesFrames,
	DisplayGrid,
	gridFor,
	litParts,
	misfitOf,
	NEW_GRID,
	picturesOf,
	resolved,
	type Span,
	showOfPlace,
	spannedPlace,
	wholeOf,
} from "../../../core/wall/grid.ts";
import type { PanelKind } from "../../../core/wall/scene.ts";
import { Shown } from "../../../core/wall/shown.ts";
import { sharedOut } from "../../../renderer/parts/ui/lit-parts.ts";

const grid = (part: Partial<DisplayGrid> = {}): DisplayGrid => ({
	...{ ...NEW_GRID, id: "aula", name: "Aula" },
	...part,
});

describe("a wall of several displays", () => {
	test("is as large as its pictures and what is dark between them: 3 x 2 of 1.000 x 600 mm with 20 and 10 mm are 3.040 x 1.210 mm", () => {
		const wall = grid({
			...{ columns: 3, rows: 2, picture: { width: 1_000, height: 600 } },
			gap: { across: 20, down: 10 },
		});
		expect(wholeOf(wall)).toEqual({ width: 3_040, height: 1_210 });
		const { columns, rows } = picturesOf(wall);
		expect(columns[1]?.map((share) => share * 3_040)).toEqual([1_020, 2_020]);
		expect(rows[1]?.map((share) => share * 1_210)).toEqual([610, 1_210]);
	});

	test("numbers its displays as one reads, and is read back from what is kept as it was written", () => {
		const wall = grid({ columns: 3, rows: 2, own: { "2-3": "scene.a" } });
		expect(cellsOf(wall).map(({ key, number }) => [number, key])).toEqual([
			[1, "1-1"],
			[2, "1-2"],
			[3, "1-3"],
			[4, "2-1"],
			[5, "2-2"],
			[6, "2-3"],
		]);
		expect(DisplayGrid.parse(JSON.parse(JSON.stringify(wall)))).toEqual(wall);
		for (const bad of [
			{ columns: 5 },
			{ own: { "5-1": "" } },
			{ show: showOfPlace("aula", "1-1") },
			{ picture: { width: 0, height: 600 } },
		])
			expect([bad, DisplayGrid.safeParse({ ...wall, ...bad }).success]).toEqual(
				[bad, false],
			);
	});

	test("lets no edge of a panel lie behind a frame, and panels that touch in the scene reach to the frame on both sides of it", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 4 }),
				fc.integer({ min: 0, max: 11 }),
				fc.integer({ min: 1, max: 12 }),
				fc.double({ min: 0, max: 500, noNaN: true }),
				(columns, x, length, across) => {
					const wall = grid({ columns, gap: { across, down: 0 } });
					const width = Math.min(length, 12 - x);
					const { left, right } = spannedPlace(
						{ x, y: 0, width, height: 8 },
						"map",
						wall,
					);
					expect(right.share).toBeGreaterThan(left.share);
					const pictures = picturesOf(wall).columns;
					for (const { share } of [left, right])
						expect(
							pictures.some(
								([from, to]) => share >= from - 1e-9 && share <= to + 1e-9,
							),
						).toBe(true);
				},
			),
		);
		const wall = grid({ gap: { across: 40, down: 40 } });
		const half = (x: number) =>
			spannedPlace({ x, y: 0, width: 6, height: 8 }, "map", wall);
		const [first, second] = picturesOf(wall).columns;
		expect(half(0).right.share).toBe(first?.[1]);
		expect(half(6).left.share).toBe(second?.[0]);
	});

	test("keeps free what is kept free at its edges alone: the head at the top row, the foot at the lowest", () => {
		const { top, bottom } = spannedPlace(
			{ x: 0, y: 0, width: 12, height: 8 },
			"map",
			grid(),
		);
		expect([top, bottom]).toEqual([
			{ share: 0, head: 1, foot: 0 },
			{ share: 1, head: 0, foot: 1 },
		]);
		const inner = spannedPlace(
			{ x: 0, y: 4, width: 12, height: 2 },
			"map",
			grid(),
		);
		expect([inner.top.head, inner.top.foot]).toEqual([0, 0]);
		expect([inner.bottom.head, inner.bottom.foot]).toEqual([0, 0.5]);
	});

	test("lays what is read on one display, figures beside the frames of a row, and pictures over them: no number is cut into another one", () => {
		const wall = grid({ gap: { across: 40, down: 40 } });
		const [first, second] = picturesOf(wall).rows as [Span, Span];
		const whole = { x: 0, y: 1, width: 12, height: 6 };
		const at = (kind: PanelKind) => spannedPlace(whole, kind, wall);
		expect([at("map").top.share, at("map").bottom.share]).toEqual([
			first[0] + (first[1] - first[0]) / 4,
			second[0] + ((second[1] - second[0]) * 3) / 4,
		]);
		for (const kind of ["ranking", "kpi"] as const)
			expect([kind, at(kind).bottom.share]).toEqual([kind, first[1]]);
		expect(at("ranking").right.share).toBe(picturesOf(wall).columns[0]?.[1]);
		expect(at("kpi").right.share).toBe(1);
		expect(litParts(at("ranking"), wall)).toBeNull();
		const { across = [], down = [] } = litParts(at("kpi"), wall) ?? {};
		expect([across.length, down.length]).toEqual([2, 1]);
		expect(sharedOut(7, across)).toEqual([4, 3]);
		expect(
			sharedOut(7, [
				[0, 0.1],
				[0.12, 1],
			]),
		).toEqual([1, 6]);
	});

	test("comes to whole displays also where a line of the scene is no whole number of them: eight lines on three rows", () => {
		const wall = grid({ rows: 3, gap: { across: 0, down: 30 } });
		for (let y = 0; y < 8; y++)
			for (let height = 1; y + height <= 8; height++) {
				const place = { x: 0, y, width: 6, height };
				expect([
					place,
					litParts(spannedPlace(place, "ranking", wall), wall),
				]).toEqual([place, null]);
			}
	});

	test("says which panels reach over a frame", () => {
		const at = (x: number, y: number, width: number, height: number) =>
			crossesFrames({ x, y, width, height }, grid());
		expect([at(0, 0, 6, 4), at(6, 4, 6, 4), at(0, 0, 12, 2)]).toEqual([
			false,
			false,
			true,
		]);
		expect([at(0, 3, 6, 2), at(5, 0, 2, 4)]).toEqual([true, true]);
		expect(
			crossesFrames(
				{ x: 0, y: 0, width: 12, height: 8 },
				{ columns: 1, rows: 1 },
			),
		).toBe(false);
	});

	test("tells a display what is shown at its place, and nothing of what the others show", () => {
		const wall = grid({
			...{ show: "scene.semua", spans: false },
			own: { "1-1": "scene.satu", "1-2": "playlist.dua" },
		});
		const of = (cell: string, grids = [wall]) =>
			resolved(grids, showOfPlace("aula", cell)).show;
		expect([of("1-1"), of("1-2"), of("2-2")]).toEqual([
			"scene.satu",
			"playlist.dua",
			"",
		]);
		expect(of("1-1", [{ ...wall, spans: true }])).toBe("scene.semua");
		// A place that a smaller grid has no more is no other place.
		expect([of("3-1"), of("1-1", [])]).toEqual([null, null]);
		expect(gridFor(wall, "1-1")).toMatchObject({
			...{ show: "", own: { "1-1": "scene.satu" } },
		});
		expect(gridFor(wall, "2-2").own).toEqual({});
		expect(gridFor({ ...wall, spans: true }, "1-1").own).toEqual({});
	});

	test("is asked for by its place, and by nothing that is none", () => {
		for (const good of ["", "scene.a", "playlist.b", "grid.aula.2-4"])
			expect([good, Shown.safeParse(good).success]).toEqual([good, true]);
		for (const bad of ["grid.aula", "grid.aula.0-1", "grid.aula.5-1", "x.y"])
			expect([bad, Shown.safeParse(bad).success]).toEqual([bad, false]);
	});

	test("says where windows are of different sizes, or of another form than is stated", () => {
		const full = { width: 1_920, height: 1_080 };
		expect(misfitOf(grid(), [full, full])).toBeNull();
		expect(misfitOf(grid(), [full, { width: 1_366, height: 768 }])).toBe(
			"sizes",
		);
		const square = { width: 1_024, height: 768 };
		expect(misfitOf(grid(), [square, square])).toBe("form");
		expect(misfitOf(grid({ spans: false }), [square])).toBeNull();
	});
});
