/** Stocks of facilities from a replica: two roads to the same number must meet, whatever was reported. */
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
	type AreaCell,
	FacilitySupplyOf,
	type Shortage,
	ShortageOf,
	StockFormulasOf,
} from "../../core/api/logistics.ts";
import { NeedsOf } from "../../core/api/needs.ts";
import { PlanOf } from "../../core/api/plan.ts";
import type { Reads } from "../../core/api/route.ts";
import { ScenariosCompared } from "../../core/api/scenarios.ts";
import { FreshnessOf } from "../../core/api/sources.ts";
import { HeldStock, StockOfFacility } from "../../core/api/stock.ts";
import { zoneNumber } from "../../core/epidemic/zone-transition.ts";
import { FEED_TABLES } from "../../core/feed/table.ts";
import { ofSeverities } from "../../core/logistics/census-projection.ts";
import { itemsOf } from "../../core/logistics/item.ts";
import { ScenarioInputs } from "../../core/logistics/scenario.ts";
import { STOCK_COLUMNS } from "../../core/logistics/watched-item.ts";
import { isoFromDay, monthOf } from "../../core/series/day.ts";
import { indicatorByKey } from "../../core/series/indicator.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { catalogues } from "../../main/backend/query/catalogue.ts";
import { demandReading } from "../../main/backend/query/demand.ts";
import { dispatchInput } from "../../main/backend/query/dispatch-input.ts";
import { facilitySupply } from "../../main/backend/query/facility-supply.ts";
import { freshness } from "../../main/backend/query/freshness.ts";
import { itemsNow } from "../../main/backend/query/items.ts";
import { scenarioFigures } from "../../main/backend/query/scenario.ts";
import { shortage } from "../../main/backend/query/shortage.ts";
import { facilityStock, heldStock } from "../../main/backend/query/stock.ts";
import { stockFormulas } from "../../main/backend/query/stock-formulas.ts";
import {
	AREA,
	LAST,
	type Row,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

const home = temporaryFolder();
let db: Database.Database;

const PLACES = [
	AREA.tulungagung,
	AREA.malang,
	AREA.lamongan,
	AREA.badung,
	// No kabupaten/kota is known of it.
	AREA.jatim,
] as const;

/** Hospitals that report with gaps, deliveries and counts in boxes, from a seed; and a warehouse. */
function stocks() {
	const random = createRandom("stocks of two provinces");
	const facility: Row[] = [];
	const facility_report: Row[] = [];
	for (let id = 1; id <= 41; id++) {
		const warehouse = id === 41;
		facility.push({
			id,
			code: `${id}`,
			kind: warehouse ? "warehouse" : id % 8 === 0 ? "laboratory" : "hospital",
			name: `F${id}`,
			area: warehouse ? AREA.jatim : PLACES[id % PLACES.length],
			referral: 0,
			beds: "{}",
		});
		let stock = 200 + random.integer(1500);
		const use = 1 + random.integer(60);
		for (let day = LAST - 14; day <= LAST; day++) {
			stock = Math.max(
				0,
				stock - Math.round(use * (0.7 + 0.6 * random.uniform())),
			);
			if (random.uniform() < 0.15) stock += use * 8;
			if (random.uniform() < 0.25 || id % 11 === 0) continue;
			const said = Math.floor(random.uniform() < 0.03 ? stock / 50 : stock);
			facility_report.push({
				month: monthOf(day),
				day,
				facility: id,
				as_of: day,
				file: 1,
				patients_severe: random.integer(12),
				patients_critical: random.integer(4),
				tests_done: random.integer(90),
				specimens_received: random.integer(90),
				stock_gown: said,
				stock_mask: said * 3,
				stock_reagent: said,
			});
		}
	}
	return { facility, facility_report };
}

const OPTIONS = {
	day: LAST,
	asKnownOn: null,
	horizon: 28,
	stratum: "conventional",
	reuse: 1,
	use: "reported",
} as const;

beforeAll(() => {
	db = new Database(
		writeReplica(home.folder, { ...twoProvinces(), ...stocks() }),
		{ readonly: true },
	);
});
afterAll(() => {
	db.close();
	home.remove();
});

const SUMS = [
	"facilities",
	"told",
	"both",
	"stock",
	"left",
	"use",
	"below",
	"need",
	"netNeed",
	"surplus",
	"doubtful",
] as const satisfies readonly (keyof AreaCell)[];

function addedUp(parts: readonly { cells: AreaCell[] }[], at: number) {
	return SUMS.map((key) =>
		parts.reduce((sum, { cells }) => sum + Number(cells[at]?.[key] ?? 0), 0),
	);
}

describe.each([
	OPTIONS,
	{ ...OPTIONS, use: "modelled", stratum: "crisis", reuse: 2, horizon: 84 },
	{ ...OPTIONS, day: LAST - 3 },
] as const)("the stocks of an area, reckoned as %o", (options) => {
	const ask = (area: number, rows: "province" | "regency" | "facility") =>
		shortage(db, { ...options, area, rows });

	test("are the sums of its parts, at every level and with what lies in none of them", () => {
		for (const [area, rows] of [
			[AREA.nation, "province"],
			[AREA.nation, "regency"],
			[AREA.jatim, "regency"],
		] as const) {
			const told: Shortage = ask(area, rows);
			expect(told.parts.some(({ own }) => own)).toBe(rows === "regency");
			told.total.forEach((cell, at) => {
				const sums = addedUp(told.parts, at);
				SUMS.forEach((key, i) => {
					expect(sums[i], key).toBeCloseTo(Number(cell[key] ?? 0), 6);
				});
			});
		}
	});

	test("are the sums of its facilities, warehouses apart, and its days of supply are stock over use of those", () => {
		const told = ask(AREA.nation, "facility");
		expect(told.facilities.length).toBe(41);
		told.total.forEach((cell, at) => {
			const cells = told.facilities
				.filter(({ facility }) => facility !== 41)
				.flatMap((one) => one.cells[at] ?? []);
			const both = cells.filter(
				({ onHand, use }) => onHand !== null && use !== null,
			);
			const sum = (of: (one: (typeof both)[number]) => number | null) =>
				both.reduce((all, one) => all + (of(one) ?? 0), 0);
			expect(cell.facilities).toBe(cells.length);
			expect(cell.both).toBe(both.length);
			expect(cell.netNeed ?? 0).toBeCloseTo(
				sum((one) => one.netNeed),
				6,
			);
			if (cell.daysOfSupply !== null)
				expect(cell.daysOfSupply).toBeCloseTo(
					sum((one) => one.left) / sum((one) => one.use),
					9,
				);
		});
	});

	test("of one facility are the same in the matrix, in its own view and in the list of what runs out first", () => {
		const told = ask(AREA.nation, "facility");
		for (const { facility, cells } of told.facilities) {
			const own = facilitySupply(db, { ...options, facility });
			expect(own?.items.map(({ cell }) => cell)).toEqual(
				cells.filter((cell) => cell !== null),
			);
		}
		for (const { facility, column, cell } of told.firstOut) {
			const at = told.items.findIndex((item) => item.column === column);
			expect(
				told.facilities.find((one) => one.facility === facility)?.cells[at],
			).toEqual(cell);
		}
		expect(told.firstOut.length).toBe(told.runningOut);
	});

	test("say in their formulas what the matrix says", () => {
		const told = ask(AREA.jatim, "facility");
		told.items.forEach(({ column }, at) => {
			const { formulas } = stockFormulas(db, {
				...options,
				area: AREA.jatim,
				item: column,
			});
			const stated = (of: string) =>
				formulas.find((one) => one.of === of)?.result ?? null;
			expect(stated("days")).toBe(told.total[at]?.daysOfSupply);
			expect(stated("netNeed")).toBe(told.total[at]?.netNeed);
		});
	});
});

test("the lots of a sheet tell in every view what expires, and its receipts how fast a stock is used over which it rose", () => {
	const folder = temporaryFolder();
	const shelf = (day: number) => ({
		...{ month: monthOf(day), day, facility: 1, item: "gown-protective" },
		...{ as_of: day, file: 1 },
	});
	const sheet = LAST - 1;
	const given = twoProvinces();
	const made = new Database(
		writeReplica(folder.folder, {
			...given,
			facility: [
				{
					...{ id: 1, code: "1", kind: "hospital", name: "RS 1" },
					...{ area: AREA.malang, referral: 0, beds: "{}" },
				},
			],
			fact: [
				...(given.fact ?? []),
				{
					...{ indicator: indicatorByKey("zone").id, area: AREA.malang },
					...{ month: monthOf(LAST - 6), day: LAST - 6, as_of: LAST - 5 },
					...{ value: zoneNumber("tinggi"), source: 1, rule: 1, marks: 0 },
					...{ reporting: null, expected: null },
				},
			],
			// 10 a day, and 80 came two days before the last.
			facility_report: [140, 130, 120, 110, 100, 170, 160, 150].map(
				(stock_gown, at, all) => ({
					month: monthOf(LAST - all.length + 1 + at),
					day: LAST - all.length + 1 + at,
					facility: 1,
					as_of: LAST - all.length + 1 + at,
					file: 1,
					stock_gown,
				}),
			),
			stock_line: [
				{
					...shelf(sheet),
					...{ line: 2, first_day: sheet - 5, opening: 140 },
					...{ received: 80, used: 60, closing: 160 },
				},
				{
					...shelf(LAST),
					...{ line: 3, first_day: LAST, opening: null },
					...{ received: null, used: null, closing: 95 },
				},
			],
			stock_lot: [
				{ ...shelf(sheet), lot: "A", units: 100, expires: LAST + 4 },
				{ ...shelf(sheet), lot: "B", units: 60, expires: LAST + 400 },
				// A newer sheet does not count where the daily report says otherwise, nor do its lots.
				{ ...shelf(LAST), lot: "C", units: 90, expires: LAST + 1 },
			],
		}),
		{ readonly: true },
	);
	const asked = { ...OPTIONS, horizon: 28 };
	const [gown] = facilitySupply(made, { ...asked, facility: 1 })?.items ?? [];
	// 90 of the older lot are left, of which 40 are used in four days.
	expect(gown?.cell).toMatchObject({
		onHand: 150,
		reportedUse: 10,
		expiring: 50,
		netNeed: 28 * 10 - 150 + 50,
	});
	expect(gown?.projected.reduce((sum, one) => sum + one.expired, 0)).toBe(50);
	const [cell] = shortage(made, {
		...asked,
		area: AREA.nation,
		rows: "province",
	}).total;
	expect(cell).toMatchObject({ expiring: 50, netNeed: 180, stock: 150 });
	const zoneOn = (day: number) =>
		dispatchInput(made, { day, cover: 28 }).places[0]?.zone;
	expect([LAST - 7, LAST, LAST + 8, LAST + 9].map(zoneOn)).toEqual([
		null,
		"red",
		"red",
		null,
	]);
	expect(
		dispatchInput(made, { day: LAST, cover: 28 }).places[0]?.needs[0],
	).toEqual({ units: 180, use: 10, left: 150 });
	expect(
		shortage(db, { ...asked, area: AREA.nation, rows: "province" }).total[0]
			?.expiring,
	).toBeNull();
	made.close();
	folder.remove();
});

test("a plan takes from what a warehouse has of an item all that left since that item was counted, and what comes in time to it", () => {
	const folder = temporaryFolder();
	const report = (day: number, stock: Row) => ({
		...{ month: monthOf(day), day, facility: 1, as_of: day, file: 1 },
		...stock,
	});
	const at = (day: number) => ({ day, at: day * 86_400_000 });
	const order = (id: string, from: number, to: number) => ({
		...{ id, serial: 1, year: 2020, from_facility: from, to_facility: to },
		...{ handover: "fetched", carriage: "road", plan: null },
	});
	const steps = (
		id: string,
		item: string,
		units: number,
		sent: number,
		due: number,
	) =>
		[
			{ kind: "draft", lines: [{ item, units }] },
			{ kind: "approve" },
			{
				...{ kind: "send", due },
				lots: [{ item, lot: "A", expires: null, units }],
			},
		].map(({ kind, ...content }, number) => ({
			...{ order_id: id, number: number + 1, kind, ...at(sent) },
			person: kind === "approve" ? "budi" : "rina",
			...{ display: "Rina", content: JSON.stringify(content), note: "" },
		}));
	const made = new Database(
		writeReplica(folder.folder, {
			...twoProvinces(),
			facility: [1, 2].map((id) => ({
				...{ id, code: `G${id}`, kind: "warehouse", name: `G ${id}` },
				...{ area: AREA.jatim, referral: 0, beds: "{}" },
			})),
			facility_report: [
				report(LAST - 3, { stock_gown: 500, stock_mask: 900 }),
				// Gowns alone are counted again.
				report(LAST - 1, { stock_gown: 400 }),
			],
			dispatch_order: [order("a", 1, 2), order("b", 1, 2), order("c", 2, 1)],
			dispatch_step: [
				...steps("a", "gown-protective", 100, LAST - 2, LAST + 2),
				...steps("b", "mask-patient", 70, LAST - 2, LAST + 2),
				...steps("c", "mask-health-worker", 30, LAST, LAST + 40),
			],
		}),
		{ readonly: true },
	);
	const [warehouse, other] = dispatchInput(made, {
		day: LAST,
		cover: 21,
	}).warehouses;
	const masks = STOCK_COLUMNS.indexOf("stock_mask");
	expect(warehouse?.promised[0]).toBe(0);
	expect(warehouse?.free[0]).toBe(400);
	expect(warehouse?.promised[masks]).toBe(70);
	expect(warehouse?.free[masks]).toBe(830);
	// It comes after the end of the horizon.
	expect(warehouse?.incoming[masks]).toBe(0);
	expect(other?.incoming[masks]).toBe(70);
	made.close();
	folder.remove();
});

test("what an order brought after the last count is not asked for again, and a count that a person accepted is read as it stands", () => {
	// 100 a day; the last count tells boxes, unless a person says that it does not.
	const counts = [2400, 2300, 2200, 2100, 2000, 1900, 1800, 34];
	const steps = [
		{ kind: "draft", lines: [{ item: "gloves-examination", units: 500 }] },
		{ kind: "approve" },
		{
			...{ kind: "send", due: LAST },
			lots: [
				{ item: "gloves-examination", lot: "A", expires: null, units: 500 },
			],
		},
		{
			kind: "receive",
			lots: [
				{ item: "gloves-examination", lot: "A", expires: null, units: 300 },
			],
		},
	];
	const shelf = {
		...{ month: monthOf(LAST - 1), day: LAST - 1, facility: 2 },
		...{ item: "gloves-examination", as_of: LAST, file: 1 },
	};
	const given = {
		...twoProvinces(),
		facility: [
			...[1, 2].map((id) => ({
				...{ id, code: `${id}`, kind: "hospital", name: `RS ${id}` },
				...{ area: AREA.malang, referral: 0, beds: "{}" },
			})),
			{
				...{ id: 3, code: "G3", kind: "warehouse", name: "G 3" },
				...{ area: AREA.jatim, referral: 0, beds: "{}" },
			},
		],
		facility_report: counts.map((stock_gloves, at) => ({
			...{ month: monthOf(LAST - 8 + at), day: LAST - 8 + at, facility: 1 },
			...{ as_of: LAST - 8 + at, file: 1, stock_gloves },
		})),
		item: itemsOf(catalogues())
			.filter(({ id }) => id === "gloves-examination")
			.map((item) => ({
				...{ id: item.id, version: 1, at: null, person: null, reason: "" },
				body: JSON.stringify(item),
			})),
		stock_line: [
			{ ...shelf, line: 2, first_day: LAST - 7, closing: 50, received: null },
		],
		stock_lot: [
			{ ...shelf, lot: "A", units: 40, expires: null },
			{ ...shelf, lot: "B", units: 20, expires: null },
		],
		dispatch_order: [1, 2].map((to) => ({
			...{ id: `${to}`, serial: to, year: 2020, from_facility: 3 },
			...{ to_facility: to, handover: "fetched", carriage: "road", plan: null },
		})),
		dispatch_step: [1, 2].flatMap((order) =>
			steps.map(({ kind, ...content }, number) => ({
				...{ order_id: `${order}`, number: number + 1, kind, day: LAST },
				...{ at: LAST * 86_400_000, display: "Rina", note: "" },
				person: kind === "approve" ? "budi" : "rina",
				content: JSON.stringify(content),
			})),
		),
	};
	const cellOf = (facility: number, decided: Row[] = []) => {
		const folder = temporaryFolder();
		const made = new Database(
			writeReplica(folder.folder, {
				...given,
				stock_decision: decided,
			}),
			{ readonly: true },
		);
		const own = facilitySupply(made, { ...OPTIONS, facility });
		made.close();
		folder.remove();
		return own?.items[STOCK_COLUMNS.indexOf("stock_gloves")]?.cell;
	};
	expect(cellOf(1)).toMatchObject({
		...{ onHand: 1800, age: 2, delivered: 300, left: 1900, incoming: 200 },
		doubtful: { stated: 34, fault: "boxes-for-pieces", meant: 1700 },
		netNeed: 2800 - 1900 - 200,
	});
	const accepted = {
		...{ month: monthOf(LAST - 1), facility: 1, item: "gloves-examination" },
		...{ day: LAST - 1, number: 1, at: LAST * 86_400_000, person: "rina" },
		...{ verdict: "accepted", stated: 34, value: 34, reason: "dihitung lagi" },
	};
	expect(cellOf(1, [accepted])).toMatchObject({
		...{ onHand: 34, age: 1, doubtful: null },
		...{ delivered: 300 },
	});
	// Its one count is less than its lots hold; what is on its way is known all the same.
	expect(cellOf(2)).toMatchObject({
		...{ onHand: null, delivered: null, incoming: 200, netNeed: null },
		supply: "none",
		doubtful: { stated: 50, fault: "lots-above-count", meant: 60 },
	});
});

test("how late a source of sheets of stock is follows from the days of its sheets", () => {
	const folder = temporaryFolder();
	const given = twoProvinces();
	const sheet = (facility: number, day: number) => ({
		...{ month: monthOf(LAST), day, facility, item: "respirator", as_of: LAST },
		...{ file: 3, line: 2, first_day: day - 6, closing: 5 },
	});
	const [file] = given.file ?? [];
	const [source] = given.source ?? [];
	const made = new Database(
		writeReplica(folder.folder, {
			...given,
			source: [
				...(given.source ?? []),
				{ ...source, id: 3, key: "lplpo", id_name: "LPLPO", rank: 3 },
			],
			file: [...(given.file ?? []), { ...file, id: 3, source: 3 }],
			stock_line: [sheet(1, LAST - 2), sheet(2, LAST - 2), sheet(3, LAST - 9)],
		}),
		{ readonly: true },
	);
	expect(
		freshness(made).find(({ source }) => source.key === "lplpo"),
	).toMatchObject({ lastDay: LAST - 2, reporting: 2, expected: 3 });
	made.close();
	folder.remove();
});

test("what a question reads makes its answer old: every table of its statements is named in the contract", () => {
	const { day, asKnownOn } = OPTIONS;
	const at = { area: AREA.jatim, day, asKnownOn };
	const inputs = ScenarioInputs.parse({
		...{ area: "35", day: isoFromDay(day), asKnown: null, weeks: 4 },
		...{ census: { method: "held" }, beds: false, use: "reported" },
		...{ stratum: "conventional", reuse: 1, warehousesLost: [] },
		...{ laboratoriesStopped: [], shipmentsLateDays: 0, shipments: [] },
	});
	const known = Number.NaN;
	const roads: [readonly Reads[], (db: Database.Database) => unknown][] = [
		[
			ShortageOf.reads,
			(db) => shortage(db, { ...OPTIONS, area: AREA.jatim, rows: "regency" }),
		],
		[
			FacilitySupplyOf.reads,
			(db) => facilitySupply(db, { ...OPTIONS, facility: 1 }),
		],
		[
			StockFormulasOf.reads,
			(db) =>
				stockFormulas(db, { ...OPTIONS, area: AREA.jatim, item: "stock_gown" }),
		],
		[PlanOf.reads, (db) => dispatchInput(db, { day, cover: 21 })],
		[HeldStock.reads, (db) => heldStock(db, at)],
		[
			StockOfFacility.reads,
			(db) => facilityStock(db, { facility: 1, day, asKnownOn }),
		],
		[NeedsOf.reads, (db) => [demandReading(db, at), itemsNow(db)]],
		[FreshnessOf.reads, (db) => freshness(db)],
		[
			ScenariosCompared.reads,
			(db) =>
				scenarioFigures(db, {
					...{ area: AREA.jatim, inputs, path: null, patients: known },
					reported: ofSeverities(() => known),
				}),
		],
	];
	for (const [reads, ask] of roads) {
		const tables = new Set<string>();
		ask(
			new Proxy(db, {
				get: (of, key) =>
					key === "prepare"
						? (sql: string) => {
								for (const [, table] of sql.matchAll(
									/(?:FROM|JOIN)\s+"?(\w+)/gi,
								))
									tables.add(table as string);
								return of.prepare(sql);
							}
						: Reflect.get(of, key),
			}),
		);
		expect(tables.size).toBeGreaterThan(3);
		const named: readonly string[] = reads;
		expect(
			FEED_TABLES.map(({ name }) => name).filter(
				(name) => tables.has(name) && !named.includes(name),
			),
		).toEqual([]);
	}
});

test("a facility of another area has no formulas here", () => {
	expect(() =>
		stockFormulas(db, {
			...OPTIONS,
			area: AREA.bali,
			facility: 1,
			item: "stock_gown",
		}),
	).toThrow(/expected one of the area/);
});
