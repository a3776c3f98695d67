import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hexagonsOver } from "../../core/areas/hexagons.ts";
import type { Period } from "../../core/series/period.ts";
import { areasAt } from "../../main/backend/query/areas.ts";
import { cells } from "../../main/backend/query/cells.ts";
import { mobility } from "../../main/backend/query/mobility.ts";
import { sum } from "../../main/backend/query/sum.ts";
import {
	AREA,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

/** So near to each other that Tulungagung and Malang lie in one cell. */
const SEATS = new Map<number, [lng: number, lat: number]>([
	[AREA.tulungagung, [111.9, -8.07]],
	[AREA.malang, [111.95, -8.1]],
	[AREA.lamongan, [112.42, -7.12]],
	[AREA.badung, [115.17, -8.58]],
]);
const home = temporaryFolder();
let db: Database.Database;
beforeAll(() => {
	const { area = [], ...rest } = twoProvinces();
	const seated = area.map((row) => {
		const [lng, lat] = SEATS.get(row.id as number) ?? [null, null];
		return { ...row, lng, lat };
	});
	db = new Database(writeReplica(home.folder, { ...rest, area: seated }), {
		readonly: true,
	});
});
afterAll(() => {
	db.close();
	home.remove();
});

const PERIODS: readonly Period[] = [
	{ kind: "all" },
	{ kind: "day" },
	{ kind: "last", days: 7 },
];

test("the figure of a cell is that of its areas taken together, of every period and day, as a count and for each 100,000 people", () => {
	const regencies = areasAt(db, "regency").filter(
		({ unknownPlace }) => !unknownPlace,
	);
	const hexagons = hexagonsOver(regencies, 120);
	expect(hexagons.some(({ areas }) => areas.length > 1)).toBe(true);
	for (const period of PERIODS)
		for (const rate of [false, true]) {
			const asked = {
				indicator: "confirmed",
				period,
				asKnownOn: null,
			} as const;
			const { header, body } = cells(db, {
				...asked,
				level: "regency",
				rate,
				width: "120",
				inside: null,
			});
			expect(header.areas).toBe(hexagons.length);
			const values = new Float64Array(body, 0, header.areas * header.days);
			hexagons.forEach(({ areas }, row) => {
				const together = sum(db, {
					...asked,
					areas: areas.map(({ id }) => id),
				});
				expect(
					Array.from(
						values.subarray(row * header.days, (row + 1) * header.days),
						(value) => (Number.isNaN(value) ? null : value),
					),
				).toEqual(rate ? together.per100k : together.value);
			});
		}
});

test("whoever may see some areas is given the cells of those alone", () => {
	const [first] = areasAt(db, "regency");
	const { header } = cells(db, {
		indicator: "confirmed",
		period: { kind: "all" },
		asKnownOn: null,
		level: "regency",
		rate: false,
		width: "24",
		inside: [first?.id ?? 0],
	});
	expect(header.areas).toBe(1);
});

test("simulated mobility says that it is, and is between areas with a place and people", () => {
	const told = mobility(db, { level: "regency" });
	expect(told.pairs.length).toBeGreaterThan(0);
	expect(told.simulated).toBe(true);
	const placed = areasAt(db, "regency").filter(
		({ population, lat, unknownPlace }) =>
			!unknownPlace && lat !== null && population !== null,
	);
	expect(told.areas).toBe(placed.length);
	const ids = new Set(placed.map(({ id }) => id));
	for (const { a, b } of told.pairs)
		expect([ids.has(a), ids.has(b), a < b]).toEqual([true, true, true]);
});
