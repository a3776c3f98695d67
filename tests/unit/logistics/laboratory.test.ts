import fc from "fast-check";
import { expect, test } from "vitest";
import {
	type LaboratoryDay,
	type LaboratoryRate,
	laboratoryCapacity,
	laboratoryParts,
	laboratoryQueue,
	reagentDays,
	reagentNeed,
	weeklyTestingTarget,
} from "../../../core/logistics/laboratory.ts";
import {
	daysToTest,
	queueAhead,
} from "../../../core/logistics/laboratory-ahead.ts";
import {
	bestPool,
	POOLING_LIMIT,
	testsPerSpecimen,
} from "../../../core/logistics/specimen-pooling.ts";
import { routeSpecimens } from "../../../core/logistics/specimen-routing.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../../machine/solver/highs-session.ts";

const highs = await loadSolver();
const open = (program: Parameters<typeof openHighsSession>[1]) =>
	openHighsSession(highs, program);

const capacityOf = (lab: LaboratoryDay, refuted: LaboratoryRate[] = []) =>
	laboratoryCapacity(laboratoryParts(lab), refuted);

test("capacity is the narrowest of extraction, plates, staff and reagents, and says which", () => {
	const lab = {
		extraction: 400,
		pcr: { machines: 1, runs: 2 },
		staff: { people: 5, samplesEach: 60 },
	};
	expect(capacityOf(lab)).toMatchObject({ tests: 188, limit: "pcr" });
	expect(capacityOf({ ...lab, reagentTests: 90 })).toMatchObject({
		tests: 90,
		limit: "reagents",
	});
	expect(
		capacityOf({
			...lab,
			pcr: { machines: 9, runs: 2 },
			staff: { people: 2, samplesEach: 60 },
		}),
	).toMatchObject({ tests: 120, limit: "staff" });
});

test("capacity is the least of what is told: nothing is taken for what is not, and reagents alone are none", () => {
	expect(capacityOf({ stated: 300 })).toMatchObject({
		tests: 300,
		limit: "stated",
	});
	expect(laboratoryParts({ stated: 300 })).toMatchObject({
		...{ extraction: Number.NaN, pcr: Number.NaN, staff: Number.NaN },
	});
	// Of a statement that comes from the extraction the extraction is named.
	expect(capacityOf({ stated: 300, extraction: 300 }).limit).toBe("extraction");
	expect(capacityOf({ extraction: 300, reagentTests: 2 })).toMatchObject({
		tests: 2,
		limit: "reagents",
		lasting: 300,
	});
	expect(capacityOf({ reagentTests: 5000 })).toMatchObject({
		tests: Number.NaN,
		limit: null,
		lasting: Number.NaN,
	});
	expect(
		capacityOf({ stated: 300, pcr: { machines: 0, runs: 3 } }),
	).toMatchObject({ tests: 0, limit: "pcr" });
});

test("laboratories of one queue test no more than their reagents are for, and the wait is that of their days one by one", () => {
	const quantity = fc.integer({ min: 1, max: 400 });
	fc.assert(
		fc.property(
			fc.array(fc.record({ lasting: quantity, reagentTests: quantity }), {
				minLength: 1,
				maxLength: 5,
			}),
			quantity,
			(laboratories, waiting) => {
				const days = 500;
				const ahead = queueAhead(Array(days).fill(0), waiting, laboratories);
				const reagents = laboratories.reduce(
					(sum, one) => sum + one.reagentTests,
					0,
				);
				const queue = laboratoryQueue(
					Array(days).fill(0),
					ahead.map(({ able }) => able),
					waiting,
				);
				expect(queue.map((one) => one.waiting)).toEqual(
					ahead.map((one) => one.waiting),
				);
				expect(queue.at(-1)?.waiting).toBeCloseTo(
					Math.max(0, waiting - reagents),
					6,
				);
				// A second way: what is tested until then, each of them in its own time.
				const wait = daysToTest(waiting, laboratories);
				if (reagents < waiting) expect(wait).toBe(Number.POSITIVE_INFINITY);
				else
					expect(
						laboratories.reduce(
							(sum, one) =>
								sum + Math.min(one.lasting * wait, one.reagentTests),
							0,
						),
					).toBeCloseTo(waiting, 6);
			},
		),
	);
	expect(daysToTest(0, [])).toBe(0);
	expect(daysToTest(5, [])).toBe(Number.POSITIVE_INFINITY);
	expect(daysToTest(9, [{ lasting: 3, reagentTests: Number.NaN }])).toBe(3);
});

test("of no machines, runs or staff nothing comes, also where the other half is not told", () => {
	for (const [machines, runs] of [
		[0, Number.NaN],
		[Number.NaN, 0],
	] as const)
		expect(capacityOf({ stated: 300, pcr: { machines, runs } })).toMatchObject({
			tests: 0,
			limit: "pcr",
			isMost: false,
		});
});

test("a capacity is the most that it can be where a cause is not told or refuted, and the laboratory's own word is no cause", () => {
	const whole = {
		...{ extraction: 400, reagentTests: 900 },
		pcr: { machines: 4, runs: 2 },
		staff: { people: 9, samplesEach: 60 },
	};
	expect(capacityOf(whole)).toMatchObject({
		...{ tests: 400, isMost: false, lastingIsMost: false },
	});
	expect(capacityOf(whole, ["extraction"])).toMatchObject({
		tests: 540,
		limit: "staff",
		isMost: true,
	});
	expect(capacityOf({ ...whole, reagentTests: undefined })).toMatchObject({
		isMost: true,
		lastingIsMost: false,
	});
});

test("a queue grows by arrivals less capacity and tells how long the last one waits", () => {
	const queue = laboratoryQueue([300, 300, 0, 0, 0], [200, 200, 200, 200, 200]);
	expect(queue.map(({ waiting }) => waiting)).toEqual([100, 200, 0, 0, 0]);
	expect(queue.map(({ waitOfLast }) => waitOfLast)).toEqual([1, 1, 0, 0, 0]);
	expect(queue.map(({ oldest }) => oldest)).toEqual([0, 0, 0, 0, 0]);
});

test("a wait beyond the series is not known, and not zero", () => {
	const queue = laboratoryQueue([500, 0], [100, 100]);
	expect(queue[0]?.waitOfLast).toBeUndefined();
	expect(queue[1]?.oldest).toBe(1);
});

test("no specimen is lost: waiting before and arrivals equal tested and waiting", () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { maxLength: 40 }),
			fc.nat(1000),
			(days, before) => {
				const queue = laboratoryQueue(
					days.map(([arrived]) => arrived),
					days.map(([, able]) => able),
					before,
				);
				const sum = (key: "arrived" | "tested") =>
					queue.reduce((total, row) => total + row[key], 0);
				expect(before + sum("arrived")).toBeCloseTo(
					sum("tested") + (queue.at(-1)?.waiting ?? before),
					6,
				);
				for (const [index, row] of queue.entries())
					expect(row.tested).toBeLessThanOrEqual(days[index]?.[1] as number);
			},
		),
	);
});

test("arrivals that were not reported are refused, not taken as none", () => {
	expect(() => laboratoryQueue([10, Number.NaN], [5, 5])).toThrow(
		/arrivals\[1\]/,
	);
});

test("reagents cover repeats and waste", () => {
	expect(reagentNeed(1000, 0.05, 0.1)).toBeCloseTo(1166.67, 2);
	expect(reagentDays(11_667, 1000, 0.05, 0.1)).toBeCloseTo(10, 3);
	expect(() => reagentNeed(10, 0, 1)).toThrow(RangeError);
});

test("testing targets step with positivity as Inmendagri 15/2021 sets them", () => {
	expect(weeklyTestingTarget(1_000_000, 0.049)).toBe(1000);
	expect(weeklyTestingTarget(1_000_000, 0.05)).toBe(5000);
	expect(weeklyTestingTarget(1_000_000, 0.15)).toBe(10_000);
	expect(weeklyTestingTarget(1_000_000, 0.25)).toBe(15_000);
});

test("Dorfman's table: best pools of 11, 8, 5 and 4 at 1, 2, 5 and 10 %", () => {
	const table = [
		[0.01, 11, 0.2],
		[0.02, 8, 0.27],
		[0.05, 5, 0.43],
		[0.1, 4, 0.59],
	] as const;
	for (const [prevalence, size, cost] of table) {
		const best = bestPool(prevalence, 40);
		expect(best.size).toBe(size);
		expect(best.testsPerSpecimen).toBeCloseTo(cost, 2);
	}
});

test("pooling never pays above its limit, and no smaller size beats the chosen one", () => {
	expect(bestPool(POOLING_LIMIT + 1e-6, 50).size).toBe(1);
	expect(bestPool(POOLING_LIMIT - 1e-3, 50).size).toBe(3);
	fc.assert(
		fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (prevalence) => {
			const best = bestPool(prevalence, 20);
			for (let size = 1; size <= 20; size++)
				expect(testsPerSpecimen(size, prevalence)).toBeGreaterThanOrEqual(
					best.testsPerSpecimen - 1e-9,
				);
		}),
	);
	expect(() => testsPerSpecimen(0, 0.1)).toThrow(RangeError);
});

test("specimens go to the nearest laboratory with room; none is left out while one can still be reached", () => {
	const routed = routeSpecimens(
		{
			sites: [
				{ id: "A", specimens: 100 },
				{ id: "B", specimens: 80 },
			],
			laboratories: [
				{ id: "near", capacity: 120 },
				{ id: "far", capacity: 50 },
			],
			travelHours: [
				[1, 5],
				[2, 40],
			],
		},
		open,
	);
	// B cannot go far without losing 35 hours more each, A goes far for 4 more: 10 stay untested.
	expect(routed.untested.reduce((a, b) => a + b)).toBeCloseTo(10);
	expect(
		routed.routes.find(({ site, laboratory }) => site === 0 && laboratory === 1)
			?.specimens,
	).toBeCloseTo(50);
	expect(routed.laboratoryValue[0]).toBeGreaterThan(0);
});

test("no other way of sending specimens tests more of them, nor as many with less travel", () => {
	/** Every way to send whole specimens, one after the other: fewest untested, then least travel. */
	const tried = (
		sites: readonly number[],
		room: readonly number[],
		hours: readonly (readonly number[])[],
	): [untested: number, travel: number] => {
		const at = sites.findIndex((left) => left > 0);
		if (at < 0) return [0, 0];
		const rest = sites.with(at, (sites[at] as number) - 1);
		const [untested, travel] = tried(rest, room, hours);
		return room.reduce<[number, number]>(
			(best, free, to) => {
				const way = hours[at]?.[to] ?? Number.POSITIVE_INFINITY;
				if (free === 0 || way === Number.POSITIVE_INFINITY) return best;
				const [left, more] = tried(rest, room.with(to, free - 1), hours);
				return left < best[0] || (left === best[0] && more + way < best[1])
					? [left, more + way]
					: best;
			},
			[untested + 1, travel],
		);
	};
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 }),
			fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
			fc.array(
				fc.oneof(
					{ weight: 4, arbitrary: fc.integer({ min: 0, max: 900 }) },
					{ weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
				),
				{ minLength: 9, maxLength: 9 },
			),
			(specimens, capacities, ways) => {
				const travelHours = [0, 3, 6].map((from) => ways.slice(from, from + 3));
				const { untested, specimenHours, routes } = routeSpecimens(
					{
						sites: specimens.map((one, id) => ({
							...{ id: `${id}`, specimens: one },
						})),
						laboratories: capacities.map((capacity, id) => ({
							...{ id: `${id}`, capacity },
						})),
						travelHours,
					},
					open,
				);
				const [left, travel] = tried(specimens, capacities, travelHours);
				expect(untested.reduce((sum, one) => sum + one, 0)).toBeCloseTo(
					left,
					6,
				);
				expect(specimenHours).toBeCloseTo(travel, 6);
				for (const [to, capacity] of capacities.entries())
					expect(
						routes
							.filter(({ laboratory }) => laboratory === to)
							.reduce((sum, one) => sum + one.specimens, 0),
					).toBeLessThanOrEqual(capacity + 1e-9);
			},
		),
		{ numRuns: 150 },
	);
});

test("a laboratory whose result would come too late is not used", () => {
	const routed = routeSpecimens(
		{
			sites: [{ id: "A", specimens: 10 }],
			laboratories: [{ id: "slow", capacity: 100, waitHours: 70 }],
			travelHours: [[4]],
			maxHours: 72,
		},
		open,
	);
	expect(routed.untested).toEqual([10]);
});
