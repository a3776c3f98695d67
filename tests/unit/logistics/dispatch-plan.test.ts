import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { PlanOf, pins as pinsCodec } from "../../../core/api/plan.ts";
import { handoverOf, wayBetween } from "../../../core/logistics/transport.ts";
import { CallStopped } from "../../../machine/thread/thread.ts";
import type { PlanRequest } from "../../../main/backend/analysis/dispatch-parts.ts";
import { createDispatchPlanner } from "../../../main/backend/analysis/dispatch-plan.ts";
import {
	AllocationSolver,
	SolverError,
} from "../../../main/backend/analysis/solver.ts";
import type {
	DispatchEnd,
	DispatchInput,
} from "../../../main/backend/query/dispatch-input.ts";
import { dispatchCountry } from "../../fixtures/dispatch-country.ts";
import "../../fixtures/property-seed.ts";

const JABAR = 32;
const PAPUA = 94;

/** A national warehouse, two provinces with a warehouse each, two hospitals in the one and one in the other. */
function country(more: Partial<DispatchInput> = {}): DispatchInput {
	const end = (
		facility: number,
		province: number | null,
		lat: number,
		lng: number,
	): DispatchEnd => ({
		facility,
		code: `F-${facility}`,
		name: `Fasilitas ${facility}`,
		area: province ?? 1,
		lat,
		lng,
		province,
		provinceCode: province === null ? "31" : String(province),
	});
	const warehouse = (
		facility: number,
		province: number | null,
		lat: number,
		lng: number,
		units: number,
	) => ({
		...end(facility, province, lat, lng),
		stock: [units, null],
		promised: [0, 0],
		free: [units, null],
		incoming: [0, 0],
	});
	const hospital = (
		facility: number,
		province: number,
		lat: number,
		lng: number,
		units: number | null,
	) => ({
		...end(facility, province, lat, lng),
		population: 100_000 * facility,
		zone: null as "red" | null,
		keeps: [true, false],
		needs: [units === null ? null : { units, use: 10, left: 20 }, null],
	});
	return {
		read: "epoch 1",
		items: [
			{
				id: "respirator",
				name: { id: "Respirator", en: "Respirator" },
				unit: "Each",
				pack: 20,
				packAssumed: true,
				volumeM3: 0.0003,
			},
			{
				id: "oxygen",
				name: { id: "Oksigen", en: "Oxygen" },
				unit: "m3",
				pack: null,
				packAssumed: false,
				volumeM3: null,
			},
		],
		warehouses: [
			warehouse(1, null, -6.2, 106.8, 1000),
			warehouse(2, JABAR, -6.9, 107.6, 100),
			warehouse(3, PAPUA, -2.5, 140.7, 0),
		],
		places: [
			hospital(11, JABAR, -6.8, 107.5, 600),
			hospital(12, JABAR, -7.2, 107.9, 300),
			hospital(13, PAPUA, -2.6, 140.6, 500),
			hospital(14, PAPUA, -3.4, 135.5, null),
		],
		provinces: [
			{ area: JABAR, code: "32", population: 48_000_000 },
			{ area: PAPUA, code: "94", population: 4_300_000 },
		],
		...more,
	};
}

const request = (text: Record<string, string> = {}): PlanRequest =>
	PlanOf.request.parse({ area: "1", day: "2020-05-04", ...text });

describe("a plan of who is sent what", { timeout: 60_000 }, () => {
	const planner = createDispatchPlanner();
	afterAll(() => planner.close());
	let told: [number, number][] = [];
	let reads = 0;
	const planned = async (
		asked: PlanRequest,
		input = country(),
		signal = new AbortController().signal,
	) => {
		told = [];
		const { answer } = await planner.plan({
			request: asked,
			signal,
			progress: (done, of) => told.push([done, of]),
			stands: async () => input.read,
			read: async () => {
				reads++;
				return { seq: 1, answer: input };
			},
		});
		return PlanOf.answer.parse(answer);
	};
	const lineTo = (plan: Awaited<ReturnType<typeof planned>>, to: number) =>
		plan.lines.find((line) => line.to === to && line.item === "respirator");

	it("the centre shares what it may give so that the worst-off province is as well off as can be, in whole packs, and says who is short", async () => {
		const plan = await planned(request({ reserve: "20" }));
		expect(plan.kind).toBe("plan");
		const [respirator] = plan.items;
		// 1000 less a reserve of 200; Jawa Barat needs 900 less the 80 its own warehouse may give, Papua 500.
		expect(respirator).toMatchObject({
			stock: 1000,
			reserve: 200,
			free: 800,
			demand: 820 + 500,
			sent: 800,
			left: 0,
			notReported: 1,
			packAssumed: true,
		});
		const [west, east] = [lineTo(plan, 2), lineTo(plan, 3)];
		expect((west?.sent ?? 0) % 20).toBe(0);
		expect(
			Math.abs((west?.coverage ?? 0) - (east?.coverage ?? 1)),
		).toBeLessThan(20 / 500 + 20 / 820);
		expect(west).toMatchObject({ reason: "supply-used-up" });
		expect(east?.from).toMatchObject([
			{ facility: 1, carriage: "air", handover: "pushed", pin: false },
		]);
		expect(west?.from).toMatchObject([
			{ carriage: "road", handover: "fetched" },
		]);
		// 40 on the shelves of the hospitals and 100 of its warehouse, 20 a day.
		expect(west?.before).toBeCloseTo(7);
		expect(west?.after).toBeCloseTo((140 + (west?.sent ?? 0)) / 20);
		expect(told.at(-1)).toEqual([100, 100]);
	});

	it("what is missing in a red zone weighs more than the same in none that is known, and the line says by which it weighs", async () => {
		const asked = request({
			...{ tier: "province", area: String(JABAR), policy: "weighted" },
			...{ cover: "84", reserve: "0" },
		});
		const sentTo = async (red: number | null) => {
			const places = country().places.map((place) => ({
				...place,
				zone: place.facility === red ? ("red" as const) : null,
			}));
			const plan = await planned(
				asked,
				country({ read: `epoch zone ${red}`, places }),
			);
			return [11, 12].map((to) => {
				const line = lineTo(plan, to);
				return [line?.sent, line?.zone];
			});
		};
		// The nearer one, where all else is alike.
		expect(await sentTo(null)).toEqual([
			[100, null],
			[0, null],
		]);
		expect(await sentTo(12)).toEqual([
			[0, null],
			[100, "red"],
		]);
	});

	it("beside it stands what equal shares and shares by population would give, from the same stock", async () => {
		const plan = await planned(request());
		const lines = plan.lines.filter(({ item }) => item === "respirator");
		for (const rule of ["equalShare", "byPopulation"] as const) {
			const sum = lines.reduce((total, line) => total + (line[rule] ?? 0), 0);
			expect(sum).toBeLessThanOrEqual(900);
			expect(sum).toBeGreaterThan(800);
			expect(plan.items[0]?.[rule]?.lowest).toBeLessThanOrEqual(
				plan.items[0]?.lowest ?? 0,
			);
		}
		expect(lineTo(plan, 3)?.byPopulation).toBeLessThan(
			lineTo(plan, 3)?.equalShare ?? 0,
		);
	});

	it("a pin holds, the rest is planned anew from there, and without it the plan is the one before, by its id and its lines", async () => {
		const before = await planned(request());
		const plan = await planned(request({ pins: "1.3.respirator.500.500" }));
		expect(lineTo(plan, 3)).toMatchObject({
			sent: 500,
			unmet: 0,
			reason: "met",
		});
		expect(lineTo(plan, 3)?.from).toMatchObject([{ units: 500, pin: true }]);
		expect(lineTo(plan, 2)?.sent).toBe(400);
		expect(plan).toMatchObject({ warm: true });
		expect(plan.id).not.toBe(before.id);
		const after = await planned(request());
		expect(after.id).toBe(before.id);
		expect(after.lines).toEqual(before.lines);
	});

	it("stocks are not read again for another pin, only for another publication", async () => {
		await planned(request({ cover: "35" }));
		const before = reads;
		await planned(request({ cover: "35", pins: "1.3.respirator.20.20" }));
		expect(reads).toBe(before);
		await planned(request({ cover: "35" }), country({ read: "epoch 2" }));
		expect(reads).toBe(before + 1);
	});

	it("what is forbidden is not sent, and the place says that it is pinned", async () => {
		const plan = await planned(request({ pins: "1.3.respirator.0.0" }));
		expect(lineTo(plan, 3)).toMatchObject({ sent: 0, reason: "pinned" });
	});

	it("what cannot be is refused with the pins and the stock that clash, and by how much they must give", async () => {
		const plan = await planned(
			request({ pins: "1.2.respirator.600.600_1.3.respirator.500.500" }),
		);
		expect(plan).toMatchObject({ kind: "conflict", lines: [] });
		expect(plan.conflicts.map(({ kind }) => kind)).toEqual(
			expect.arrayContaining(["pin", "supply"]),
		);
		// 1100 of 900: some 200 must give, at one of them.
		expect(plan.conflicts.reduce((sum, { give }) => sum + give, 0)).toBeCloseTo(
			200,
			0,
		);
		expect((await planned(request())).kind).toBe("plan");
	});

	it("stands beside the simple rules also where the first that was asked for could not be", async () => {
		const clash = "1.2.respirator.600.600_1.3.respirator.500.500";
		const refused = await planned(request({ cover: "21", pins: clash }));
		expect(refused.kind).toBe("conflict");
		const plan = await planned(request({ cover: "21" }));
		expect(plan.items[0]?.equalShare).not.toBeNull();
		expect(plan.items[0]?.byPopulation).not.toBeNull();
	});

	it("a province shares its own stock among its hospitals, and through both tiers also what the centre sends to it", async () => {
		const own = await planned(request({ tier: "province", area: "32" }));
		expect(own.warehouses.map(({ facility }) => facility)).toEqual([2]);
		expect(own.items[0]).toMatchObject({ stock: 100, free: 90, sent: 80 });
		expect(own.places.map(({ facility }) => facility)).toEqual([11, 12]);
		const both = await planned(request({ tier: "both" }));
		expect(both.apart).toBe(2);
		const given = lineTo(both, 2)?.sent ?? 0;
		const handed = [11, 12].reduce(
			(sum, to) => sum + (lineTo(both, to)?.sent ?? 0),
			0,
		);
		// All of it but the reserve of its own.
		expect(handed).toBeGreaterThan(given);
		expect(handed).toBeLessThanOrEqual(given + 100);
		expect(lineTo(both, 11)?.tier).toBe("province");
	});

	it("two warehouses of a province are one need of the centre, and both give within the province", async () => {
		const [nation, own, papua] = country().warehouses;
		if (!nation || !own || !papua) throw new Error("a country of three");
		const second = { ...own, facility: 4, code: "F-4", name: "Gudang kedua" };
		/** With needs and deliveries in two rounds too. */
		const inRounds = (input: DispatchInput): DispatchInput => ({
			...input,
			warehouses: input.warehouses.map((one) => ({
				...one,
				rounds: input.items.map(() => ({
					arrives: [0, one.facility === own.facility ? 30 : 0],
					expires: [0, 0],
				})),
			})),
			places: input.places.map((one) => ({
				...one,
				needs: one.needs.map(
					(need) =>
						need && { ...need, rounds: [need.units / 2, need.units / 2] },
				),
			})),
		});
		const input = country({
			read: "epoch two warehouses",
			warehouses: [
				nation,
				{ ...own, stock: [60, null], free: [60, null] },
				papua,
				{ ...second, stock: [40, null], free: [40, null] },
			],
		});
		const alone = country({ read: "epoch one warehouse" });
		for (const periods of ["1", "2"]) {
			const asked = request({ periods, reserve: "0" });
			const of = async (what: DispatchInput) => {
				const plan = await planned(
					asked,
					periods === "1" ? what : inRounds(what),
				);
				expect(plan.kind).toBe("plan");
				return {
					demand: plan.items[0]?.demand,
					to: [...new Set(plan.lines.map(({ to }) => to))].sort(),
				};
			};
			// 100 in one warehouse, or 60 and 40 in two: the province needs the same.
			expect(await of(input)).toEqual(await of(alone));
		}
		const both = await planned(request({ tier: "both", reserve: "0" }), input);
		const inside = both.lines.filter(
			({ tier, to }) => tier === "province" && (to === 11 || to === 12),
		);
		const given = lineTo(both, 2)?.sent ?? 0;
		expect(inside.reduce((sum, { sent }) => sum + sent, 0)).toBe(given + 100);
	});

	it("one more unit is worth something where stock is used up, and the question of it leaves the plan as it is", async () => {
		const asked = request();
		const before = await planned(asked);
		const { answer } = await planner.values({
			request: asked,
			signal: new AbortController().signal,
			progress: () => {},
			stands: async () => country().read,
			read: async () => ({ seq: 1, answer: country() }),
		});
		expect(answer.id).toBe(before.id);
		expect(
			answer.values?.find(({ item }) => item === "respirator")?.saves,
		).toBeGreaterThan(0);
		expect((await planned(asked)).lines).toEqual(before.lines);
	});

	it("what one more unit is worth is also told of a plan that the solver let go, as it does for newer ones or when its thread dies", async () => {
		const forgetful = createDispatchPlanner(new AllocationSolver(1));
		const asked = {
			request: request({ tier: "both" }),
			signal: new AbortController().signal,
			progress: () => {},
			stands: async () => country().read,
			read: async () => ({ seq: 1, answer: country() }),
		};
		await forgetful.plan(asked);
		const told = await forgetful.values(asked);
		await forgetful.close();
		expect(told.answer.values).toEqual(
			(await planner.values(asked)).answer.values,
		);
		expect(told.answer.values?.length).toBeGreaterThan(0);
	});

	it("whole trips are counted, with the gap and the limit beside them", async () => {
		const plan = await planned(request({ trips: "whole" }));
		expect(plan.trips).toBe(2);
		expect(plan.limit).toBe(20);
		expect(plan.gap).toBeLessThan(0.01);
	});

	it("without a warehouse or a need nothing is planned, and a warehouse that did not report has no stock, not none", async () => {
		const none = await planned(
			request(),
			country({ warehouses: [], read: "2" }),
		);
		expect(none).toMatchObject({ kind: "nothing", lines: [] });
		const plan = await planned(request());
		expect(plan.items[1]).toMatchObject({ item: "oxygen", stock: null });
	});

	it("a province without a warehouse is in no plan of any tier or number of rounds, and each says so with what its facilities lack", async () => {
		const { warehouses } = country();
		const without = (read: string) =>
			country({
				read,
				warehouses: warehouses.filter(({ province }) => province !== PAPUA),
			});
		const papua = [
			{
				area: PAPUA,
				facilities: 1,
				needs: [
					// Hospital 14 told nothing; oxygen is kept by none of them.
					{ item: "respirator", units: 500, notReported: 1 },
					{ item: "oxygen", units: null, notReported: 0 },
				],
			},
		];
		for (const [asked, leftOut] of [
			[{ tier: "centre" }, papua],
			[{ tier: "both" }, papua],
			[{ tier: "both", periods: "2" }, papua],
			[{ tier: "province", area: String(PAPUA) }, papua],
			[{ tier: "province", area: String(JABAR) }, []],
		] as const) {
			const plan = await planned(request(asked), without("without one"));
			expect(plan.leftOut, JSON.stringify(asked)).toEqual(leftOut);
		}
		expect((await planned(request(), country())).leftOut).toEqual([]);
	});

	it("a province without a warehouse of which no facility told anything is named too, and what it lacks is not 0", async () => {
		const { warehouses, places } = country();
		const plan = await planned(
			request({ tier: "centre" }),
			country({
				read: "silent",
				warehouses: warehouses.filter(({ province }) => province !== PAPUA),
				places: places.filter(({ facility }) => facility !== 13),
			}),
		);
		expect(plan.leftOut).toMatchObject([
			{
				...{ area: PAPUA, facilities: 0 },
				needs: [
					{ item: "respirator", units: null, notReported: 1 },
					{ item: "oxygen", units: null, notReported: 0 },
				],
			},
		]);
	});

	/** Jawa Barat alone in two rounds, in single units: 6 there of which 2 are of no use after the first round, 3 come in the second. */
	const inTwoRounds = () => {
		const { warehouses, places, items, ...rest } = country({ read: "rounds" });
		const needs = [
			[3, 2],
			[1, 5],
		];
		return {
			...rest,
			items: items.map((item) => ({ ...item, pack: null })),
			warehouses: warehouses.map((one) =>
				one.facility === 2
					? {
							...one,
							stock: [6, null],
							free: [6, null],
							rounds: [
								{ arrives: [0, 3], expires: [2, 0] },
								{ arrives: [0, 0], expires: [0, 0] },
							],
						}
					: one,
			),
			places: places
				.filter(({ province }) => province === JABAR)
				.map((one, at) => {
					const rounds = needs[at] ?? [];
					const units = rounds.reduce((sum, each) => sum + each, 0);
					return {
						...one,
						needs: [{ units, use: 1, left: 0, rounds }, null],
					};
				}),
		};
	};
	const rounds = (more: Record<string, string> = {}) =>
		request({
			...{ area: String(JABAR), tier: "province", periods: "2" },
			...{ reserve: "0", cover: "28", ...more },
		});

	it("in two rounds leaves as little unmet as the best of every plan there is, and nobody lower, with what comes and expires between", async () => {
		const plan = await planned(rounds(), inTwoRounds());
		expect(plan.periods.map(({ from, to }) => to - from + 1)).toEqual([14, 14]);
		// Every plan in whole units: what leaves for either hospital in either round.
		let least = Number.POSITIVE_INFINITY;
		let fairest = 0;
		for (let a = 0; a <= 6; a++)
			for (let b = 0; a + b <= 6; b++) {
				const kept = 6 - Math.max(2, a + b) + 3;
				for (let c = 0; c <= kept; c++)
					for (let d = 0; c + d <= kept; d++) {
						const unmetOf = (sent: number[], needs: number[]) => {
							let left = 0;
							let unmet = 0;
							needs.forEach((need, at) => {
								left += sent[at] ?? 0;
								unmet += Math.max(0, need - left);
								left = Math.max(0, left - need);
							});
							return unmet;
						};
						const [one, two] = [
							unmetOf([a, c], [3, 2]),
							unmetOf([b, d], [1, 5]),
						];
						fairest = Math.max(fairest, Math.min(1 - one / 5, 1 - two / 6));
						if (one + two < least) least = one + two;
					}
			}
		const [item] = plan.items;
		expect(item?.unmet).toBe(least);
		expect(item?.lowest).toBeGreaterThanOrEqual(fairest - 1 / 5);
		expect(item?.byPeriod).toMatchObject([
			{ arrives: 0, demand: 4 },
			{ arrives: 3, demand: 7 },
		]);
		// The lines, the rounds and the whole are one plan.
		for (const [period, round] of (item?.byPeriod ?? []).entries()) {
			const lines = plan.lines.filter((line) => line.period === period);
			const sum = (of: (line: (typeof lines)[number]) => number) =>
				lines.reduce((total, line) => total + of(line), 0);
			expect(sum(({ sent }) => sent)).toBe(round.sent);
			expect(sum(({ unmet }) => unmet)).toBe(round.unmet);
			expect(sum(({ demand }) => demand)).toBe(round.demand);
		}
		expect(plan.items[0]).toMatchObject({ free: 6, demand: 11 });
		expect(
			(item?.byPeriod ?? []).reduce(
				(sum, { sent, lost }) => sum + sent + lost,
				0,
			) + (item?.left ?? 0),
		).toBe(9);
	});

	it("in rounds a pin holds for the first, and one above what is there then is a clash that says by how much", async () => {
		const one = await planned(
			rounds({ pins: "2.11.respirator.1.1" }),
			inTwoRounds(),
		);
		const line = one.lines.find(({ to, period }) => to === 11 && period === 0);
		expect(line).toMatchObject({ sent: 1, unmet: 2, reason: "pinned" });
		expect(line?.from[0]?.pin).toBe(true);
		const clash = await planned(
			rounds({ pins: "2.11.respirator.8.8" }),
			inTwoRounds(),
		);
		expect(clash).toMatchObject({
			kind: "conflict",
			lines: [],
			conflicts: [
				{ kind: "supply", from: 2, stands: 6, give: 2 },
				{ kind: "pin", from: 2, to: 11, stands: 8 },
			],
		});
	});

	it("through both tiers in rounds a province gives on what the centre sends it, from the round in which it arrives, and no unit is counted twice", async () => {
		const input = inTwoRounds();
		const both = {
			...input,
			read: "both in rounds",
			warehouses: input.warehouses.map((one) =>
				one.facility === 1
					? { ...one, stock: [4, null], free: [4, null] }
					: one,
			),
		};
		const asked = { area: "1", tier: "both" };
		const plan = await planned(rounds(asked), both);
		// Its own 6 and the 3 that come leave 2 missing in the second round, which the centre sends.
		expect(
			plan.lines.filter(({ tier, sent }) => tier === "centre" && sent > 0),
		).toMatchObject([{ to: 2, sent: 2 }]);
		expect(plan.items[0]).toMatchObject({
			...{ free: 10, demand: 11, sent: 11, unmet: 0, left: 2 },
			byPeriod: [
				{ arrives: 0, demand: 4, unmet: 0 },
				{ arrives: 3, demand: 7, unmet: 0 },
			],
		});
		expect(plan).toMatchObject({ kind: "plan", apart: 2 });
		// Held back in the first round it leaves in the second, which is in time.
		const held = await planned(
			rounds({ ...asked, pins: "1.2.respirator.0.0" }),
			both,
		);
		expect(
			held.lines.filter(({ tier, sent }) => tier === "centre" && sent > 0),
		).toMatchObject([{ to: 2, sent: 2, period: 1 }]);
		expect(held.items[0]).toMatchObject({ unmet: 0, left: 2 });
	});

	it("tells of the simple rules in two rounds what it tells in one, where all need something in the first alone: in whole units, however few", async () => {
		const { warehouses, places, ...rest } = inTwoRounds();
		const [place] = places;
		if (!place) throw new Error("a place was expected");
		const few = {
			...rest,
			read: "forty for sixty",
			warehouses: warehouses.map((one) =>
				one.facility === 2
					? {
							...{ ...one, stock: [40, null], free: [40, null] },
							rounds: [
								{ arrives: [0, 0], expires: [0, 0] },
								{ arrives: [0, 0], expires: [0, 0] },
							],
						}
					: one,
			),
			places: Array.from({ length: 60 }, (_, at) => ({
				...{ ...place, facility: 100 + at, population: 1000 + at },
				needs: [{ units: 5, use: 1, left: 0, rounds: [5, 0] }, null],
			})),
		};
		const told = { unmet: 260, placesShort: 60, lowest: 0 };
		for (const periods of ["1", "2"]) {
			const plan = await planned(rounds({ periods }), few);
			expect(plan.items[0], `${periods} rounds`).toMatchObject({
				...{ unmet: 260, equalShare: told },
				byPopulation: { unmet: 260, placesShort: 60 },
			});
		}
	});

	it("through both tiers keeps the same in reserve and gives on the same in one round and in two: of its own stock, and all that comes", async () => {
		const { items, warehouses, places, ...rest } = country();
		const comes = (units: number) => [
			{ arrives: [units, 0], expires: [0, 0] },
			{ arrives: [0, 0], expires: [0, 0] },
		];
		const input = {
			...{ ...rest, read: "what comes" },
			items: items.map((item) => ({ ...item, pack: null })),
			// 50 are on their way to Jawa Barat, which has 100.
			warehouses: warehouses.map((one) => ({
				...one,
				incoming: [one.facility === 2 ? 50 : 0, 0],
				rounds: comes(one.facility === 2 ? 50 : 0),
			})),
			places: places
				.filter(({ province }) => province === JABAR)
				.map((one) => ({
					...one,
					needs: one.needs.map(
						(need) => need && { ...need, rounds: [need.units, 0] },
					),
				})),
		};
		// 900 are needed: 90 are its own above the reserve, 50 come, 760 of the centre's 900 are sent.
		for (const periods of ["1", "2"]) {
			const plan = await planned(
				rounds({ ...{ area: "1", tier: "both" }, reserve: "10", periods }),
				input,
			);
			expect(plan.items[0], `${periods} rounds`).toMatchObject({
				...{ stock: 1100, reserve: 110, free: 990, arrives: 50 },
				...{ demand: 900, sent: 900, unmet: 0, left: 140, lowest: 1 },
			});
			expect(lineTo(plan, 2), `${periods} rounds`).toMatchObject({
				...{ demand: 760, sent: 760 },
			});
		}
	});

	it("holds the lowest share of a rule against the plan's among the same places: those that a way leads to", async () => {
		const { places, ...rest } = inTwoRounds();
		const apart = {
			...rest,
			read: "one apart",
			// Fourteen days on the road, where the plan is for seven.
			places: places.map((one) =>
				one.facility === 12 ? { ...one, lat: 30 } : one,
			),
		};
		for (const periods of ["1", "2"]) {
			const plan = await planned(rounds({ periods, cover: "7" }), apart);
			expect(plan.items[0], `${periods} rounds`).toMatchObject({
				...{ lowest: 1, placesShort: 1 },
				equalShare: { lowest: 1, placesShort: 1, unmet: 6 },
				byPopulation: { lowest: 1, placesShort: 1, unmet: 6 },
			});
		}
	});

	it("through both tiers a clash at the centre is the only one told: no province is planned as if nothing came", async () => {
		for (const periods of ["1", "2"]) {
			const plan = await planned(
				rounds({
					...{ area: "1", tier: "both", periods },
					// More than there is; what is promised to all would clash in a province that is sent nothing.
					...{ pins: "1.2.respirator.2000.2000", floor: "90" },
				}),
				{ ...inTwoRounds(), read: `clash in ${periods}` },
			);
			expect(plan, `${periods} rounds`).toMatchObject({
				...{ kind: "conflict", lines: [], apart: 2 },
			});
			expect(
				plan.conflicts.filter(
					({ from, to }) => (from ?? 1) !== 1 || ![null, 2, 3].includes(to),
				),
				`${periods} rounds`,
			).toEqual([]);
			// What is pinned in provinces is still told by its name.
			expect(plan.warehouses.map(({ facility }) => facility)).toEqual([
				...[1, 2, 3],
			]);
			expect(told.at(-1)?.[0]).toBeLessThan(told.at(-1)?.[1] ?? 0);
		}
	});

	it("of both tiers one more unit is told of the centre's warehouses, and what is not found in time is not told and holds up nobody", async () => {
		const solver = new AllocationSolver(3);
		const own = createDispatchPlanner(solver);
		const input: DispatchInput = { ...inTwoRounds(), read: "values of both" };
		for (const warehouse of input.warehouses)
			if (warehouse.facility === 1) warehouse.free = [4, null];
		const asked = (more: Record<string, string>) => ({
			request: rounds({ area: "1", tier: "both", ...more }),
			signal: new AbortController().signal,
			progress: () => {},
			stands: async () => input.read,
			read: async () => ({ seq: 1, answer: input }),
		});
		try {
			for (const periods of ["1", "2"]) {
				const { values } = (await own.values(asked({ periods }))).answer;
				expect(values?.length, periods).toBeGreaterThan(0);
				expect(new Set(values?.map(({ facility }) => facility))).toEqual(
					new Set([1]),
				);
			}
			const plan = (await own.plan(asked({ pins: "1.2.respirator.1.1" })))
				.answer;
			expect(plan.kind).toBe("plan");
			vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
			let stopped = false;
			solver.periods = () => {
				const { promise, reject } = Promise.withResolvers<never>();
				void vi.advanceTimersByTimeAsync(10_000);
				return {
					result: promise,
					cancel: () => {
						stopped = true;
						reject(new SolverError("SolverCancelled", "stopped"));
					},
				};
			};
			const { answer } = await own.values(
				asked({ pins: "1.2.respirator.1.1" }),
			);
			expect(answer).toEqual({ id: plan.id, values: [] });
			expect(stopped).toBe(true);
		} finally {
			vi.useRealTimers();
			await own.close();
		}
	});

	it("solves the simple rules once for all pins and promised shares, which they do not know, and reads stocks once", async () => {
		const solver = new AllocationSolver(3);
		const rule = solver.periodRule.bind(solver);
		let ruled = 0;
		solver.periodRule = (...asked) => {
			ruled++;
			return rule(...asked);
		};
		const own = createDispatchPlanner(solver);
		const input = inTwoRounds();
		let read = 0;
		const asked = (more: Record<string, string>) => ({
			request: rounds(more),
			signal: new AbortController().signal,
			progress: () => {},
			stands: async () => input.read,
			read: async () => {
				read++;
				return { seq: 1, answer: input };
			},
		});
		try {
			await own.plan(asked({}));
			expect(ruled).toBeGreaterThan(0);
			const before = ruled;
			await own.plan(asked({ pins: "2.11.respirator.1.1" }));
			await own.values(asked({}));
			expect(read).toBe(1);
			await own.plan(asked({ floor: "10" }));
			expect(ruled).toBe(before);
		} finally {
			await own.close();
		}
	});

	it("in rounds it stands beside the simple rules, and one more unit is worth what a plan with it leaves less unmet", async () => {
		const plan = await planned(rounds(), inTwoRounds());
		// By pencil: all have what they lack first; of the 5 that there are then each may have half, the one no more than 2.
		expect(plan.items[0]?.equalShare).toMatchObject({
			...{ unmet: 2, placesShort: 1, lowest: 1 - 2 / 6 },
		});
		expect(
			plan.lines.map(({ to, period, equalShare }) => [to, period, equalShare]),
		).toEqual([
			[11, 0, 3],
			[11, 1, 2],
			[12, 0, 1],
			[12, 1, 3],
		]);
		const asked = rounds();
		const valuesOf = async (input: DispatchInput) =>
			(
				await planner.values({
					request: asked,
					signal: new AbortController().signal,
					progress: () => {},
					stands: async () => input.read,
					read: async () => ({ seq: 1, answer: input }),
				})
			).answer;
		const { id, values } = await valuesOf(inTwoRounds());
		expect(id).toBe(plan.id);
		const more = inTwoRounds();
		const richer = {
			...more,
			read: "one more",
			warehouses: more.warehouses.map((one) =>
				one.facility === 2
					? { ...one, stock: [7, null], free: [7, null] }
					: one,
			),
		};
		const weighed = ({ steps }: typeof plan) =>
			steps.find(({ objective }) => objective === "unmet")?.value ?? 0;
		const saves = weighed(plan) - weighed(await planned(asked, richer));
		expect(saves).toBeGreaterThan(0.5);
		expect(
			values?.find(
				({ facility, item }) => facility === 2 && item === "respirator",
			)?.saves,
		).toBeCloseTo(saves, 4);
		// Two more are enough: what comes after is worth nothing.
		const enough = {
			...more,
			read: "enough",
			warehouses: more.warehouses.map((one) =>
				one.facility === 2
					? { ...one, stock: [9, null], free: [9, null] }
					: one,
			),
		};
		expect((await valuesOf(enough)).values?.[0]?.saves).toBe(0);
	});

	it("through both tiers a pin of the centre is what a plan from nothing would be, though each province goes on from where it stood", async () => {
		const input = dispatchCountry(5, 60, 3);
		const asked = (pins: string) => ({
			request: request({ tier: "both", ...(pins && { pins }) }),
			signal: new AbortController().signal,
			progress: () => {},
			stands: async () => input.read,
			read: async () => ({ seq: 1, answer: input }),
		});
		const solver = new AllocationSolver(20);
		const supply = vi.spyOn(solver, "supply");
		const going = createDispatchPlanner(solver);
		const anew = createDispatchPlanner();
		try {
			const { lines } = (await going.plan(asked(""))).answer;
			const sent = lines.filter(
				({ tier, from }) => tier === "centre" && from[0],
			);
			expect(sent.length).toBeGreaterThan(5);
			for (const { to, item, from } of sent.slice(0, 6)) {
				const pins = `${from[0]?.facility}.${to}.${item}.0.${Math.floor((from[0]?.units ?? 0) / 20) * 10}`;
				const then = (await going.plan(asked(pins))).answer;
				const fresh = await anew.plan({
					...asked(pins),
					stands: async () => pins,
					read: async () => ({ seq: 1, answer: { ...input, read: pins } }),
				});
				expect(then.lines, pins).toEqual(fresh.answer.lines);
			}
			expect(supply).toHaveBeenCalled();
		} finally {
			await going.close();
			await anew.close();
		}
	});

	it.each(["supply", "pins"] as const)(
		"a plan that was stopped while its %s changed is what a plan from nothing would be when it is asked for again",
		async (moved) => {
			const input = dispatchCountry(3, 60, 2);
			const asked = (pins: string, read = input.read) => ({
				request: request({ tier: "both", ...(pins && { pins }) }),
				signal: new AbortController().signal,
				progress: () => {},
				stands: async () => read,
				read: async () => ({ seq: 1, answer: { ...input, read } }),
			});
			const solver = new AllocationSolver(20);
			const going = createDispatchPlanner(solver);
			const anew = createDispatchPlanner();
			try {
				const { lines } = (await going.plan(asked(""))).answer;
				const pinOf = (from: number | null, most: number) => {
					const line = lines.find(
						(one) =>
							one.from[0] &&
							(from === null
								? one.tier === "centre"
								: one.from[0].facility === from),
					);
					if (!line) throw new Error("no line to pin");
					return `${line.from[0]?.facility}.${line.to}.${line.item}.0.${most}`;
				};
				// Of the centre: it moves its own pins, and the stock of the province that it gives to.
				const centre = pinOf(null, 0);
				const province = pinOf(Number(centre.split(".")[1]), 10);
				const stopping = new AbortController();
				const begun = vi.spyOn(solver, moved);
				const whole = solver[moved].bind(solver) as (
					...given: unknown[]
				) => ReturnType<typeof solver.pins>;
				begun.mockImplementationOnce((...given: unknown[]) => {
					const running = whole(...given);
					queueMicrotask(() => stopping.abort());
					return running;
				});
				await expect(
					going.plan({ ...asked(centre), signal: stopping.signal }),
				).rejects.toThrow(CallStopped);
				expect(begun).toHaveBeenCalled();
				const fromNothing = vi.spyOn(solver, "plan");
				let first = true;
				for (const pins of [province, centre, province, ""]) {
					const then = (await going.plan(asked(pins))).answer;
					const fresh = await anew.plan(asked(pins, `anew ${pins}`));
					expect(then.lines, pins).toEqual(fresh.answer.lines);
					// Who pins faster than plans are made waits for no plan from nothing.
					if (first)
						expect(fromNothing.mock.calls.length).toBe(
							moved === "pins" ? 0 : 1,
						);
					first = false;
				}
			} finally {
				await going.close();
				await anew.close();
			}
		},
	);

	it("a plan over rounds that is stopped under way ends as stopped, not as failed, and is planned when it is asked for again", async () => {
		const solver = new AllocationSolver(3);
		const own = createDispatchPlanner(solver);
		const input = inTwoRounds();
		const asked = (signal: AbortSignal) => ({
			request: rounds(),
			signal,
			progress: () => {},
			stands: async () => input.read,
			read: async () => ({ seq: 1, answer: input }),
		});
		const stopping = new AbortController();
		const periods = solver.periods.bind(solver);
		vi.spyOn(solver, "periods").mockImplementationOnce((...given) => {
			const running = periods(...given);
			queueMicrotask(() => stopping.abort());
			return running;
		});
		try {
			await expect(own.plan(asked(stopping.signal))).rejects.toThrow(
				CallStopped,
			);
			const { answer } = await own.plan(asked(new AbortController().signal));
			expect(answer.lines).toEqual((await planned(rounds(), input)).lines);
		} finally {
			await own.close();
		}
	});

	it("a plan that nobody wants any more is given up", async () => {
		const stopping = new AbortController();
		stopping.abort();
		await expect(
			planned(request({ cover: "14" }), country(), stopping.signal),
		).rejects.toThrow(CallStopped);
		expect((await planned(request({ cover: "14" }))).kind).toBe("plan");
	});

	it("no plan gives more than the stock less its reserve, whatever the needs and pins are", async () => {
		const needs = fc.array(fc.integer({ min: 0, max: 900 }), {
			minLength: 3,
			maxLength: 3,
		});
		let at = 0;
		await fc.assert(
			fc.asyncProperty(
				needs,
				fc.integer({ min: 0, max: 2000 }),
				fc.integer({ min: 0, max: 90 }),
				async (units, stock, reserve) => {
					const input = country({ read: `case ${++at}` });
					input.places.slice(0, 3).forEach((place, i) => {
						const [need] = place.needs;
						if (need) need.units = units[i] ?? 0;
					});
					const [centre] = input.warehouses;
					if (centre) {
						centre.stock = [stock, null];
						centre.free = [stock, null];
					}
					const plan = await planned(
						request({ reserve: String(reserve) }),
						input,
					);
					const sent = plan.lines.reduce((sum, line) => sum + line.sent, 0);
					expect(sent).toBeLessThanOrEqual(
						stock - Math.ceil((stock * reserve) / 100),
					);
					for (const line of plan.lines) {
						expect(line.sent % 20).toBe(0);
						// Never a whole pack more than is asked for.
						expect(line.sent).toBeLessThan(line.demand + 20);
						expect(line.unmet).toBeCloseTo(
							Math.max(0, line.demand - line.sent),
						);
					}
				},
			),
			{ numRuns: 25 },
		);
	});
});

describe("the way of a shipment", () => {
	it("is a road on one island, a ship between islands, and an aircraft where roads and ships fail", () => {
		expect(wayBetween("31", "35", 660)).toMatchObject({
			carriage: "road",
			days: Math.ceil(1 + (660 * 1.3) / 400),
		});
		expect(wayBetween("31", "73", 1400).carriage).toBe("sea");
		expect(wayBetween("31", "94", 3800)).toMatchObject({
			carriage: "air",
			days: 2,
		});
		expect(wayBetween("94", "94", 30).carriage).toBe("road");
		expect(wayBetween("94", "94", 400).carriage).toBe("air");
		expect(handoverOf("air", "centre")).toBe("pushed");
		expect(handoverOf("road", "centre")).toBe("fetched");
		expect(handoverOf("road", "province")).toBe("pushed");
	});
});

describe("pins in an address", () => {
	it("come back as they were written", () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.record({
						from: fc.integer({ min: 1, max: 9_999 }),
						to: fc.integer({ min: 1, max: 9_999 }),
						item: fc.constantFrom("respirator", "mask-health-worker"),
						atLeast: fc.integer({ min: 0, max: 1_000_000 }),
						atMost: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
					}),
					{ maxLength: 20 },
				),
				(list) => {
					expect(pinsCodec.parse(pinsCodec.encode(list))).toEqual(list);
				},
			),
		);
		expect(pinsCodec.safeParse("1.2.x").success).toBe(false);
	});
});
