import { describe, expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Figures } from "../../../core/api/figures.ts";
import type { Level } from "../../../core/areas/codes.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { areaFinder } from "../../../renderer/parts/map/area-at.ts";
import { areaTableRows } from "../../../renderer/parts/table/area-rows.ts";
import {
	abbreviated,
	shortAreaName,
} from "../../../renderer/parts/ui/area-name.ts";
import { firstNamesOf } from "../../../renderer/parts/ui/completeness.tsx";
import { indexAreas, parentOf } from "../../../renderer/state/area-index.ts";

const area = (
	id: number,
	code: string,
	level: Level,
	parent: number | null,
	more: Partial<AreaRow> = {},
): AreaRow => ({
	id,
	code,
	level,
	name: code,
	parent,
	lat: null,
	lng: null,
	population: null,
	populationYear: null,
	populationSource: null,
	unknownPlace: false,
	...more,
});

const index = indexAreas([
	area(1, "ID", "nation", null),
	area(2, "00", "province", 1, { unknownPlace: true }),
	area(3, "35", "province", 1, { population: 200_000 }),
	area(4, "51", "province", 1),
	area(5, "35.07", "regency", 3, {
		population: 100_000,
		populationSource: "census-2020-divided",
	}),
	area(6, "35.73", "regency", 3),
	area(7, "51.01", "regency", 4),
]);
const get = (code: string) => index.byCode(code) as AreaRow;

describe("the areas of the table", () => {
	test("are those of the selection, and for a kabupaten/kota those of its province, so that it can be compared", () => {
		expect(parentOf(index, index.nation).code).toBe("ID");
		expect(parentOf(index, get("35")).code).toBe("35");
		expect(parentOf(index, get("35.07")).code).toBe("35");
	});

	test("of a kecamatan or kelurahan that is chosen are those beside it", () => {
		const whole = indexAreas([
			...index.all,
			area(8, "35.07.24", "district", 5),
			area(9, "35.07.24.1001", "village", 8),
		]);
		const parent = (code: string) =>
			parentOf(whole, whole.byCode(code) as AreaRow).code;
		expect(parent("35.07.24")).toBe("35.07");
		expect(parent("35.07.24.1001")).toBe("35.07.24");
	});

	test("of somebody who is given one province lie in it: it is the whole, and nothing is above it", () => {
		const own = indexAreas(
			index.all.filter(({ code }) => code.startsWith("35")),
		);
		expect(own.nation.code).toBe("35");
		expect(own.path(get("35.07")).map(({ code }) => code)).toEqual([
			"35",
			"35.07",
		]);
	});

	test("find their row in the cube of their own level", () => {
		expect(index.row(get("51.01"))).toBe(2);
		expect(index.row(get("35"))).toBe(1);
		expect(index.path(get("35.07")).map((a) => a.code)).toEqual([
			"ID",
			"35",
			"35.07",
		]);
	});

	test("state what the backend stated, with nothing added up, and 'not yet known' apart from 'not reported'", () => {
		const figures = (area: number, more: Partial<Figures>): Figures => ({
			indicator: "confirmed",
			area,
			day: 0,
			value: null,
			marks: 0,
			whole: true,
			reporting: null,
			expected: null,
			per100k: null,
			people: null,
			week: {
				measure: "new7",
				value: null,
				corrected: null,
				per100k: null,
				coveredDays: 0,
				reporting: null,
				expected: null,
				marks: 0,
				whole: true,
			},
			origin: null,
			sourceChange: null,
			lastReported: null,
			pending: null,
			...more,
		});
		const silent = figures(6, { marks: MARKS.silent });
		const [first, second, third] = areaTableRows(index, {
			indicator: "confirmed",
			area: 3,
			level: null,
			day: 0,
			completeness: {
				reporting: 1,
				expected: 2,
				missing: [6],
				peopleShare: null,
				lastDay: 0,
			},
			rows: [
				figures(5, {
					value: 20_000_001,
					per100k: 7.5,
					week: { ...silent.week, value: 63.64, marks: MARKS.spread },
				}),
				silent,
				figures(7, { marks: MARKS.notYetKnown }),
			],
		});
		expect(first).toMatchObject({
			total: 20_000_001,
			per100k: 7.5,
			new7: 63.64,
			marks: MARKS.spread,
			estimatedPeople: true,
		});
		expect(second).toMatchObject({ total: null, notYetKnown: false });
		expect(third).toMatchObject({ total: null, notYetKnown: true });
	});
});

describe("labels", () => {
	test("keep Kota, since the kabupaten beside it has the same name", () => {
		expect(
			shortAreaName(
				area(1, "35.07", "regency", 3, { name: "Kabupaten Malang" }),
			),
		).toBe("Malang");
		expect(
			shortAreaName(area(1, "35.73", "regency", 3, { name: "Kota Malang" })),
		).toBe("Kota Malang");
		expect(abbreviated("Kabupaten Administrasi Kepulauan Seribu")).toBe(
			"Kab. Adm. Kepulauan Seribu",
		);
	});
});

describe("the area under the pointer", () => {
	const square = (from: number, to: number) => [
		[from, from],
		[to, from],
		[to, to],
		[from, to],
		[from, from],
	];
	const outer = area(20, "35.05", "regency", 3);
	const enclave = area(21, "35.72", "regency", 3);
	const part = (owner: AreaRow, polygon: number[][][]) => ({
		area: owner,
		polygon,
		row: 0,
		province: 3,
	});
	const find = areaFinder([
		part(outer, [square(0, 10), square(4, 6)]),
		part(enclave, [square(4, 6)]),
		part(outer, [square(20, 21)]),
	]);

	test("is the enclave inside it, its own island, and nothing at sea", () => {
		expect(find(1, 1)?.code).toBe("35.05");
		expect(find(5, 5)?.code).toBe("35.72");
		expect(find(20.5, 20.5)?.code).toBe("35.05");
		expect(find(15, 15)).toBeNull();
	});
});

test("who is missing is named in as many letters as there is room for, and how many more is never cut off", () => {
	const named = [
		["11", "Aceh", "province"],
		["19", "Kepulauan Bangka Belitung", "province"],
		["52", "Nusa Tenggara Barat", "province"],
		["71.09", "Kabupaten Kepulauan Siau Tagulandang Biaro", "regency"],
	] as const;
	const areas = indexAreas([
		area(1, "ID", "nation", null),
		...named.map(([code, name, level], at) =>
			area(at + 2, code, level, 1, { name }),
		),
	]);
	expect(firstNamesOf(areas, [2, 3, 4], 28)).toBe("Aceh, Babel, NTB");
	expect(firstNamesOf(areas, [2, 3, 4], 12)).toBe("Aceh, Babel +1");
	expect(firstNamesOf(areas, [5, 2], 12)).toBe(
		"Kab. Kep. Siau Tagulandang Biaro +1",
	);
});
