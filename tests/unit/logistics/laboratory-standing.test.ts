import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LaboratoryRate } from "../../../core/logistics/laboratory.ts";
import type { FactorsTold } from "../../../core/logistics/laboratory-rates.ts";
import {
	type LaboratoryReport,
	laboratoryStanding,
} from "../../../core/logistics/laboratory-standing.ts";

/** 2020-08-26, a Wednesday. */
const DAY = 18_500;
type Told = Partial<Record<LaboratoryRate, FactorsTold | FactorsTold[]>> &
	Partial<Omit<LaboratoryReport, "rates" | "day">>;
/** So many and what each does, as a source told it. */
const told = (units: number, each = 1, source = 1): FactorsTold => ({
	...{ source, units, each },
});
const report = (
	back: number,
	{ extraction, pcr, staff, stated = told(200), ...more }: Told = {},
): LaboratoryReport => {
	const list = (one: FactorsTold | FactorsTold[] | undefined) =>
		[one ?? []].flat();
	return {
		day: DAY - back,
		rates: {
			...{ extraction: list(extraction), pcr: list(pcr) },
			...{ staff: list(staff), stated: list(stated) },
		},
		...{ received: 150, tested: 100, positives: 10, positivesOf: 100 },
		backlog: 500,
		...more,
	};
};
const BACK = [6, 5, 4, 3, 2, 1, 0];
const week = (one: Told = {}) => BACK.map((back) => report(back, one));

const dated = (
	units: number,
	unitsBack: number,
	each: number,
	eachBack: number,
) => ({
	source: 1,
	units: { value: units, day: DAY - unitsBack },
	each: { value: each, day: DAY - eachBack },
});

const STOCK = { reagent: 2000, vtm: 900 };

describe("a laboratory", () => {
	test("has the queue, the wait, the days of reagents and the positivity of a pencil", () => {
		const found = laboratoryStanding(week(), STOCK, DAY);
		expect(found).toMatchObject({
			capacity: { tests: 200, limit: "stated" },
			waiting: 500,
			waitDays: 2.5,
			receivedPerDay: 150,
			testedPerDay: 100,
			...{ receivedDays: 7, testedDays: 7 },
			positivity: { tests: 700, positives: 70, share: 0.1, days: 7 },
			vtmDays: 6,
		});
		// 100 tests take 100 / (1 - 0.1) reagents.
		expect(found.reagentDays).toBeCloseTo(18, 9);
		expect(found.ahead.slice(0, 3).map(({ waiting }) => waiting)).toEqual([
			450, 400, 350,
		]);
		// Dorfman 1943: at 10 % pools of 4, 0.594 tests a specimen.
		expect(found.pool?.size).toBe(4);
		expect(found.waitPooled).toBeCloseTo(2.5 * 0.5939, 9);
	});

	test("without reagents, and so without tests, has reagents for no day: that is not a stock that nobody uses", () => {
		const idle = week().map((one) => ({ ...one, tested: 0, received: 0 }));
		const of = (reagent: number) =>
			laboratoryStanding(idle, { reagent, vtm: 0 }, DAY);
		expect(of(0)).toMatchObject({ reagentDays: 0, vtmDays: 0 });
		expect(of(10).reagentDays).toBe(Number.POSITIVE_INFINITY);
		expect(of(Number.NaN).reagentDays).toBeNaN();
	});

	test("can test no more than its reagents allow, and says that they hold it down", () => {
		expect(
			laboratoryStanding(week(), { ...STOCK, reagent: 90 }, DAY),
		).toMatchObject({
			capacity: { tests: 81, limit: "reagents", lasting: 200 },
		});
	});

	test("tests each of its reagents once: what they are for is not tested anew on each of the days ahead, and a queue that is longer does not end", () => {
		const few = laboratoryStanding(
			week({ received: 0, backlog: 2000, stated: told(1000), tested: 0 }),
			{ ...STOCK, reagent: 100 },
			DAY,
		);
		expect(few.capacity).toMatchObject({ tests: 90, lasting: 1000 });
		expect(few.ahead.slice(0, 2)).toEqual([
			{ able: 90, waiting: 1910 },
			{ able: 0, waiting: 1910 },
		]);
		expect(few.ahead.at(-1)?.waiting).toBe(2000 - 90);
		expect(few.waitDays).toBe(Number.POSITIVE_INFINITY);
		// Those who wait are tested first: reagents for all of them let them wait as long as its machines take.
		const enough = laboratoryStanding(
			week({ backlog: 450, stated: told(200) }),
			{ ...STOCK, reagent: 500 },
			DAY,
		);
		expect(enough.waitDays).toBe(2.25);
		expect(enough.ahead.slice(0, 4).map(({ able }) => able)).toEqual([
			200, 200, 50, 0,
		]);
	});

	test("is held down by the machines, staff or extraction that its newest report of them tells, and says of which day that is", () => {
		const found = laboratoryStanding(
			[
				report(5, { extraction: told(900), pcr: told(1, 1) }),
				report(2, { staff: told(3, 40) }),
				report(0),
			],
			STOCK,
			DAY,
		);
		expect(found.capacity).toEqual({
			...{ tests: 94, limit: "pcr", lasting: 94 },
			...{ isMost: false, lastingIsMost: false },
		});
		expect(found.parts).toEqual({
			...{ extraction: 900, pcr: 94, staff: 120 },
			...{ reagents: 1800, stated: 200 },
		});
		expect(found.refuted).toEqual([]);
		expect(found.waitDays).toBeCloseTo(500 / 94, 9);
		expect(found.rates).toEqual({
			stated: dated(200, 0, 1, 0),
			extraction: dated(900, 5, 1, 5),
			pcr: dated(1, 5, 1, 5),
			staff: dated(3, 2, 40, 2),
		});
	});

	test("has no fewer staff for a Sunday: of those who were there the most of the days that hold, and of weekends alone nothing", () => {
		// 20 people from Monday to Saturday, 4 on Sundays (back 3).
		const days = BACK.map((back) =>
			report(back, {
				...{ extraction: told(1200), pcr: told(4, 3), stated: told(1000) },
				staff: told(back === 3 ? 4 : 20, 50),
				...{ tested: back === 3 ? 190 : 960, received: 960, backlog: 1000 },
			}),
		);
		const sunday = DAY - 3;
		expect(laboratoryStanding(days.slice(0, 4), STOCK, sunday)).toMatchObject({
			capacity: { tests: 1000, limit: "staff" },
			refuted: [],
		});
		const alone = days.map((one, at) =>
			at === 3 ? one : { ...one, rates: { ...one.rates, staff: [] } },
		);
		expect(laboratoryStanding(alone, STOCK, DAY)).toMatchObject({
			capacity: { tests: 1000, limit: "stated", isMost: true },
			parts: { staff: Number.NaN },
		});
	});

	test("is not held down by a part that its own tests refute, which is marked", () => {
		const found = laboratoryStanding(
			week({ staff: told(2, 40), pcr: told(9, 9), extraction: told(250) }),
			STOCK,
			DAY,
		);
		expect(found).toMatchObject({
			capacity: { tests: 200, limit: "stated", isMost: true },
			refuted: [{ part: "staff", day: DAY, tested: 100, days: 1 }],
			parts: { staff: 80 },
		});
		// Its own word too: then nothing is known.
		expect(
			laboratoryStanding(week({ stated: told(60) }), STOCK, DAY),
		).toMatchObject({
			capacity: { tests: Number.NaN },
			refuted: [{ part: "stated" }],
			...{ waitDays: Number.NaN, ahead: [] },
		});
		// A tenth more than a round number refutes it not.
		expect(
			laboratoryStanding(week({ stated: told(95) }), STOCK, DAY),
		).toMatchObject({ capacity: { tests: 95 }, refuted: [] });
	});

	test("is held down by machines that broke down although it tested more before, and on the day itself", () => {
		const broken = (tested: number) =>
			laboratoryStanding(
				BACK.map((back) =>
					report(back, {
						pcr: told(back < 2 ? 0 : 3, 3),
						tested: back < 1 ? tested : 100,
					}),
				),
				STOCK,
				DAY,
			);
		expect(broken(0).capacity).toMatchObject({ tests: 0, limit: "pcr" });
		expect(broken(100).refuted).toMatchObject([{ part: "pcr", day: DAY }]);
	});

	test("does not refute a part by the results of several days that are entered at once", () => {
		const refutedBy = (entered: number) =>
			laboratoryStanding(
				[100, 100, 100, 0, 0, entered, 100].map((tested, at) =>
					report(BACK[at] as number, { stated: told(100), tested }),
				),
				STOCK,
				DAY,
			).refuted;
		expect(refutedBy(300)).toEqual([]);
		expect(refutedBy(600)).toEqual([
			{ part: "stated", day: DAY - 1, tested: 200, days: 3 },
		]);
	});

	test("takes the newest of each half with the other of the same source: none of either is none, and no older pair of another stands against a newer half", () => {
		const pcr = (...days: (FactorsTold | FactorsTold[])[]) =>
			laboratoryStanding(
				days.map((one, at) => report(days.length - 1 - at, { pcr: one })),
				STOCK,
				DAY,
			).parts.pcr;
		const nothing = Number.NaN;
		expect(pcr(told(2, 3), told(1, nothing))).toBe(282);
		expect(pcr(told(2, 3), told(nothing, 1))).toBe(188);
		expect(pcr(told(2, 3), told(0, nothing))).toBe(0);
		expect(pcr(told(nothing, 0))).toBe(0);
		expect(pcr(told(2, 3), told(1, nothing, 2))).toBeNaN();
		expect(pcr(told(2, 3), [told(1, nothing, 2), told(1, 1, 3)])).toBe(94);
	});

	test("that states no capacity has no wait, and one that can test nothing never ends its queue", () => {
		expect(laboratoryStanding(week({ stated: [] }), STOCK, DAY)).toMatchObject({
			capacity: { tests: Number.NaN, limit: null },
			waitDays: Number.NaN,
			ahead: [],
		});
		expect(
			laboratoryStanding(week(), { ...STOCK, reagent: 0 }, DAY).waitDays,
		).toBe(Number.POSITIVE_INFINITY);
	});

	test("gives no advice on pools from few tests, and counts no day that did not tell both tests and positives", () => {
		const found = laboratoryStanding(
			[
				report(1, { tested: 300, positives: 3, positivesOf: 30 }),
				report(0, { tested: 900, positivesOf: 900, positives: Number.NaN }),
			],
			STOCK,
			DAY,
		);
		expect(found.positivity).toEqual({
			tests: 30,
			positives: 3,
			share: 0.1,
			days: 1,
		});
		expect(found.pool).toBeNull();
	});

	test("takes what an older report said where the newest does not, and its rates of the last seven days alone", () => {
		const found = laboratoryStanding(
			[
				report(7, { received: 9999 }),
				report(1),
				report(0, { backlog: Number.NaN }),
			],
			STOCK,
			DAY,
		);
		expect(found.waiting).toBe(500);
		expect(found.receivedPerDay).toBe(150);
	});

	test("never waits longer with more reagents or more capacity, and never less with more that wait", () => {
		const count = fc.nat(3000);
		fc.assert(
			fc.property(
				fc.record({ capacity: count, backlog: count, reagent: count }),
				fc.record({ capacity: count, backlog: count, reagent: count }),
				(some, more) => {
					const wait = ({ reagent, capacity, backlog }: typeof some) =>
						laboratoryStanding(
							week({ stated: told(capacity), backlog, tested: 0 }),
							{ ...STOCK, reagent },
							DAY,
						).waitDays;
					const before = wait(some);
					expect(
						wait({
							...some,
							capacity: some.capacity + more.capacity,
							reagent: some.reagent + more.reagent,
						}),
					).toBeLessThanOrEqual(before);
					expect(
						wait({ ...some, backlog: some.backlog + more.backlog }),
					).toBeGreaterThanOrEqual(before);
				},
			),
		);
	});
});
