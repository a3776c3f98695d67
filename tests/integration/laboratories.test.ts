import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Laboratories } from "../../core/api/laboratories.ts";
import { STOCK_COLUMNS } from "../../core/logistics/watched-item.ts";
import { monthOf } from "../../core/series/day.ts";
import {
	createSpecimenRouter,
	type SpecimenRouter,
} from "../../main/backend/analysis/specimens.ts";
import { facilityStates } from "../../main/backend/query/facilities.ts";
import {
	laboratories,
	specimenReading,
} from "../../main/backend/query/laboratories.ts";
import { shortage } from "../../main/backend/query/shortage.ts";
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
let router: SpecimenRouter;

/** A laboratory on every day of the last two weeks; the rest of the row is what it states. */
const lab = (facility: number, days: number[], stated: Row): Row[] =>
	days.map((back) => ({
		month: monthOf(LAST - back),
		day: LAST - back,
		facility,
		as_of: LAST - back,
		file: 1,
		...stated,
	}));
const DAILY = [6, 5, 4, 3, 2, 1, 0];
const FULL = {
	capacity: 100,
	specimens_received: 120,
	tests_done: 100,
	positives: 5,
	backlog: 300,
	stock_reagent: 1000,
	stock_vtm: 240,
};

beforeAll(() => {
	const rows = twoProvinces();
	const path = writeReplica(home.folder, {
		...rows,
		facility: (
			[
				[1, AREA.malang, -7.98, 112.63],
				[2, AREA.malang, -7.99, 112.65],
				[3, AREA.tulungagung, -8.06, 111.9],
				[4, AREA.badung, -8.58, 115.17],
				[5, AREA.malang, -7.98, 112.6],
			] as const
		).map(([id, area, lat, lng]) => ({
			id,
			code: `${id}`,
			kind: "laboratory",
			name: `Lab ${id}`,
			area,
			referral: 0,
			beds: "{}",
			lat,
			lng,
			position_source: 1,
		})),
		facility_report: [
			...lab(1, DAILY, FULL),
			// Nearly empty, and silent on the last two days.
			...lab(2, DAILY.slice(0, 5), {
				...FULL,
				specimens_received: 50,
				tests_done: 50,
				positives: 20,
				backlog: 0,
			}),
			...lab(3, DAILY, {
				capacity: 500,
				specimens_received: 200,
				tests_done: 200,
				positives: 10,
				backlog: 0,
				stock_reagent: 400,
			}),
			...lab(4, DAILY.slice(0, 6), { ...FULL, stock_reagent: 0 }),
			// Its count of reagents is one of those that are held until somebody has looked at them.
			...lab(4, [0], { ...FULL, stock_reagent: -5 }),
			// Its last report is nine days old.
			...lab(5, [9], FULL),
			// Once its daily report told no positives, and the bundle of another source a part of its tests; before, the bundle told its positives alone.
			...lab(5, [30], { tests_done: 500 }),
			...lab(5, [30], { file: 2, tests_done: 40, positives: 10 }),
			...lab(5, [45], { tests_done: 500 }),
			...lab(5, [45], { file: 2, positives: 10 }),
			// More positives than tests.
			...lab(5, [50], { tests_done: 10, positives: 12 }),
			// One source tells the machines and another how often they run; staff and pace one of them together.
			...lab(5, [70], {
				...{ capacity: 100, extraction: 90, pcr_machines: 1 },
				laboratory_staff: 9,
			}),
			...lab(5, [70], {
				...{ file: 2, pcr_runs: 3, laboratory_staff: 2 },
				specimens_per_worker: 40,
			}),
			// Later reports tell one half, or staff alone, and nothing else.
			...lab(5, [69], { laboratory_staff: 3, file: 2 }),
			...lab(5, [80], { capacity: 500, pcr_machines: 2, pcr_runs: 2 }),
			...lab(5, [79], { pcr_machines: 0 }),
		],
	});
	db = new Database(path, { readonly: true });
	router = createSpecimenRouter();
});
afterAll(async () => {
	await router.close();
	db.close();
	home.remove();
});

const asked = (area: number) => ({ area, day: LAST, asKnownOn: null });

test("the laboratories of an area stand by their last reports, and one that has been silent for longer than a week by none", () => {
	const found = Laboratories.parse(laboratories(db, asked(AREA.jatim)));
	const [one, two, three, five] = found.laboratories;
	expect(one).toMatchObject({
		facility: 1,
		age: 0,
		able: 100,
		limit: "stated",
		parts: { stated: 100, reagents: 900, extraction: null, pcr: null },
		waiting: 300,
		waitDays: 3,
		load: 1,
		positivity: { tests: 700, positives: 35, share: 0.05, days: 7 },
		...{ vtmDays: 2, vtmUnused: false },
		pool: { size: 5 },
	});
	// Its reagents are for 900 tests, and none come.
	expect(one?.ahead[13]?.waiting).toBe(300 + 14 * 120 - 900);
	expect(two).toMatchObject({
		...{ age: 2, receivedDays: 5, testedDays: 5, waitDays: 0 },
	});
	expect(three).toMatchObject({ able: 360, limit: "reagents" });
	expect(five).toMatchObject({
		facility: 5,
		day: null,
		waiting: null,
		able: null,
	});
	expect(found.total).toMatchObject({
		laboratories: 4,
		telling: 3,
		able: 100 + 100 + 360,
		waiting: 300,
		waitingTold: 3,
		longest: { facility: 1, days: 3, isLeast: true },
		...{ late: 1, lateIsLeast: false },
		// The fourth might do more.
		...{ ableTold: 3, ableMost: 3, ableIsMost: false },
		heldBy: { reagents: 1, stated: 2, pcr: 0 },
		partsTold: { reagents: 3, stated: 3, staff: 0 },
	});
	// 35 of 700, 100 of 250 and 70 of 1400.
	expect(found.total.positivity).toEqual({
		tests: 2350,
		positives: 205,
		share: 205 / 2350,
		days: 19,
	});
});

test("a laboratory has one positivity on every screen: positives among the tests of the source that tells both, which is named; one that tells positives alone is not", () => {
	for (const [back, positivity, sources] of [
		[30, { tests: 40, positives: 10, share: 0.25, days: 1 }, 2],
		[45, { tests: 0, positives: 0, share: null, days: 0 }, 1],
		[50, { tests: 0, positives: 0, share: null, days: 0 }, 1],
	] as const) {
		const day = LAST - back;
		const find = <T extends { facility: number }>(all: readonly T[]) =>
			all.find(({ facility }) => facility === 5);
		const standing = find(
			laboratories(db, { ...asked(AREA.jatim), day }).laboratories,
		);
		expect(standing?.positivity).toEqual(positivity);
		expect(standing?.sources).toHaveLength(sources);
		const state = find(
			facilityStates(db, { ...asked(AREA.jatim), kind: "laboratory", day }),
		);
		expect(state?.measures.positivity?.value ?? null).toBe(positivity.share);
	}
});

test("a laboratory is held down by what one source tells whole: machines of one and runs of another are no capacity", () => {
	const five = (back: number) =>
		laboratories(db, {
			...asked(AREA.jatim),
			day: LAST - back,
		}).laboratories.find(({ facility }) => facility === 5);
	expect(five(68)).toMatchObject({
		...{ able: 90, limit: "extraction", lasting: 90, isMost: true },
		parts: { extraction: 90, pcr: null, staff: 120, stated: 100 },
		rates: {
			staff: {
				units: { value: 3, day: LAST - 69 },
				each: { value: 40, day: LAST - 70 },
			},
		},
		...{ day: LAST - 69, age: 1 },
	});
	expect(five(68)?.rates.staff?.source?.key).not.toBe(
		five(68)?.rates.extraction?.source?.key,
	);
	// A report of nothing but that no machine works holds it down.
	expect(five(79)).toMatchObject({
		...{ able: 0, limit: "pcr", isMost: false },
		...{ day: LAST - 79, parts: { pcr: 0, stated: 500 } },
	});
	// Eight days on nobody knows what it can do.
	expect(five(61)).toMatchObject({ able: null, limit: null });
});

test("the weeks before add up the last reports of laboratories, and say of how many", () => {
	const { history } = laboratories(db, asked(AREA.jatim));
	const at = (day: number) => day - history.firstDay;
	expect(history.waiting[at(LAST)]).toBe(300);
	expect(history.waitingTold[at(LAST)]).toBe(3);
	expect(history.telling[at(LAST)]).toBe(2);
	expect(history.received[at(LAST)]).toBe(320);
	expect(history.waiting[at(LAST - 9)]).toBe(300);
	expect(history.waiting[at(LAST - 10)]).toBeNull();
	expect(history.positivity[at(LAST)]).toBe(15 / 300);
});

test("a laboratory that can test nothing is told as one whose queue does not end, and not as one without a wait", () => {
	const { laboratories: all, total } = laboratories(db, asked(AREA.bali));
	expect(all[0]).toMatchObject({ able: 0, waitDays: null, endless: true });
	expect(total).toMatchObject({ longest: null, endless: 1, late: 1 });
	expect(laboratories(db, asked(AREA.tulungagung)).total).toMatchObject({
		able: 360,
		ableIsMost: true,
	});
});

test("a laboratory has the reagents that count: a count that is held is passed over here as on every other screen", () => {
	const [four] = laboratories(db, asked(AREA.badung)).laboratories;
	const { facilities: shelves } = shortage(db, {
		...asked(AREA.badung),
		rows: "facility",
		horizon: 14,
		stratum: "conventional",
		reuse: 1,
		use: "reported",
	});
	const [reagent] = shelves
		.find(({ facility }) => facility === 4)
		?.cells.slice(STOCK_COLUMNS.indexOf("stock_reagent")) ?? [null];
	expect([four?.reagent, four?.able]).toEqual([0, 0]);
	expect(reagent?.onHand).toBe(four?.reagent);
});

test("specimens are tested where they are as far as it goes, the others sent the least way, and none is lost", async () => {
	const reading = specimenReading(db, { ...asked(AREA.jatim), reach: 250 });
	const found = await router.route(reading, new AbortController().signal);
	// 420 wait or come at the first, which tests 100; its neighbour has room for 50, the one of Tulungagung for 160.
	expect(found).toMatchObject({
		specimens: 420 + 50 + 200,
		sent: 210,
		testedWhereTheyAre: 100 + 50 + 200,
		untested: 110,
		leftOut: 1,
		laboratories: 4,
		left: [{ facility: 1, specimens: 110 }],
		wouldTestMore: [1, 2, 3],
	});
	expect(
		found.routes.map(({ from, to, specimens }) => [from, to, specimens]),
	).toEqual([
		[1, 3, 160],
		[1, 2, 50],
	]);
	expect(found.routes[1]?.kilometres).toBeCloseTo(2.5, 0);
});

test("specimens go no further than they may", async () => {
	const near = await router.route(
		specimenReading(db, { ...asked(AREA.jatim), reach: 50 }),
		new AbortController().signal,
	);
	expect(near.routes.map(({ to }) => to)).toEqual([2]);
	expect(near.untested).toBe(270);
});
