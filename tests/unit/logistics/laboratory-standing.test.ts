import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	type LaboratoryReport,
	laboratoryStanding,
} from "../../../core/logistics/laboratory-standing.ts";

const DAY = 18_500;
const report = (
	back: number,
	told: Partial<LaboratoryReport> = {},
): LaboratoryReport => ({
	day: DAY - back,
	capacity: 200,
	extraction: Number.NaN,
	machines: Number.NaN,
	runs: Number.NaN,
	staff: Number.NaN,
	perWorker: Number.NaN,
	received: 150,
	tested: 100,
	positives: 10,
	positivesOf: 100,
	backlog: 500,
	...told,
});
const week = (told: Partial<LaboratoryReport> = {}) =>
	[6, 5, 4, 3, 2, 1, 0].map((back) => report(back, told));

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
			days: 7,
			positivity: { tests: 700, positives: 70, share: 0.1, days: 7 },
			vtmDays: 6,
		});
		// 100 tests take 100 / (1 - 0.1) reagents.
		expect(found.reagentDays).toBeCloseTo(18, 9);
		expect(found.queueAhead.slice(0, 3)).toEqual([450, 400, 350]);
		// Dorfman 1943: at 10 % pools of 4, 0.594 tests a specimen.
		expect(found.pool?.size).toBe(4);
		expect(found.waitPooled).toBeCloseTo(2.5 * 0.5939, 9);
	});

	test("can test no more than its reagents allow, and says that they hold it down", () => {
		expect(
			laboratoryStanding(week(), { ...STOCK, reagent: 90 }, DAY),
		).toMatchObject({
			capacity: { tests: 81, limit: "reagents", lasting: 200 },
		});
	});

	test("is held down by the machines, staff or extraction that its newest report of them tells, and says of which day that is", () => {
		const found = laboratoryStanding(
			[
				report(5, { extraction: 900, machines: 1, runs: 1 }),
				report(4, { staff: 3, perWorker: 40 }),
				report(0),
			],
			STOCK,
			DAY,
		);
		expect(found.capacity).toEqual({
			tests: 94,
			limit: "pcr",
			lasting: 94,
			parts: {
				extraction: 900,
				pcr: 94,
				staff: 120,
				reagents: 1800,
				stated: 200,
			},
		});
		expect(found.waitDays).toBeCloseTo(500 / 94, 9);
		expect(found.equipment.toldOn).toEqual({
			stated: DAY,
			extraction: DAY - 5,
			pcr: DAY - 5,
			staff: DAY - 4,
		});
	});

	test("that states no capacity has no wait, and one that can test nothing never ends its queue", () => {
		expect(
			laboratoryStanding(week({ capacity: Number.NaN }), STOCK, DAY),
		).toMatchObject({
			capacity: { tests: Number.NaN, limit: null },
			waitDays: Number.NaN,
			queueAhead: [],
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
					const wait = ({ reagent, ...told }: typeof some) =>
						laboratoryStanding(week(told), { ...STOCK, reagent }, DAY).waitDays;
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
