import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ScenarioComparison } from "../../core/api/scenarios.ts";
import type { WrittenInputs } from "../../core/logistics/scenario.ts";
import { isoFromDay, monthOf } from "../../core/series/day.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import {
	startWorkstation,
	type Workstation,
} from "../../main/backend/workstation.ts";
import {
	AREA,
	LAST,
	type Row,
	type Rows,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";
import { signedInWindow } from "./signed-in-window.ts";

/** Two hospitals whose stock falls by 20 gowns a day, a warehouse with 500, and laboratories. */
function rows(): Rows {
	const reports = (facility: number, stated: (back: number) => Row): Row[] =>
		[6, 5, 4, 3, 2, 1, 0].map((back) => ({
			month: monthOf(LAST - back),
			day: LAST - back,
			facility,
			as_of: LAST - back,
			file: 1,
			...stated(back),
		}));
	const hospital = (patients: number) => (back: number) => ({
		patients_mild: 2,
		patients_moderate: 2,
		patients_severe: patients,
		patients_critical: 1,
		isolation_beds: 10,
		stock_gown: 400 + 20 * back,
	});
	const laboratory = () => ({
		capacity: 100,
		specimens_received: 90,
		tests_done: 90,
		positives: 9,
		backlog: 40,
		stock_reagent: 5000,
	});
	return {
		...twoProvinces(),
		facility: (
			[
				[1, "RS-1", "hospital", AREA.malang],
				[2, "RS-2", "hospital", AREA.tulungagung],
				[3, "GUDANG-35", "warehouse", AREA.jatim],
				[4, "LAB-1", "laboratory", AREA.malang],
				[5, "LAB-2", "laboratory", AREA.malang],
				[6, "GUDANG-3573", "warehouse", AREA.malang],
				[7, "LAB-3", "laboratory", AREA.tulungagung],
				[8, "LAB-4", "laboratory", AREA.badung],
				[9, "LAB-5", "laboratory", AREA.bali],
			] as const
		).map(([id, code, kind, area]) => ({
			id,
			code,
			kind,
			name: code,
			area,
			referral: 0,
			beds: "{}",
		})),
		facility_report: [
			...reports(1, hospital(4)),
			...reports(2, hospital(3)),
			...reports(3, () => ({ stock_gown: 500 })),
			...reports(4, laboratory),
			...reports(5, laboratory),
			...reports(7, () => ({ capacity: 30 })),
			...reports(8, () => ({
				...{ capacity: 100, specimens_received: 50, tests_done: 0 },
				...{ backlog: 200, stock_reagent: 100 },
			})),
		],
	};
}

const BASE: WrittenInputs = {
	area: "35",
	day: isoFromDay(LAST),
	asKnown: null,
	weeks: 4,
	census: { method: "held" },
	beds: false,
	use: "reported",
	stratum: "conventional",
	reuse: 1,
	warehousesLost: [],
	laboratoriesStopped: [],
	shipmentsLateDays: 0,
	shipments: [
		{ item: "stock_gown", units: 100, arrives: isoFromDay(LAST + 20) },
	],
};
/** Patients of every week by hand: `times` as many as are reported. */
const times = (n: number): WrittenInputs => ({
	...BASE,
	census: {
		method: "hand",
		weeks: Array(4).fill({
			mild: 4 * n,
			moderate: 4 * n,
			severe: 7 * n,
			critical: 2 * n,
		}),
	},
});

async function open(seq: number, given = rows()) {
	const home = temporaryFolder();
	const data = join(home.folder, "data");
	mkdirSync(join(data, "replica"), { recursive: true });
	mkdirSync(join(home.folder, "screens"));
	writeReplica(join(data, "replica"), given, seq);
	const workstation: Workstation = await startWorkstation(
		{
			data,
			hub: null,
			port: 0,
			otherPortIfTaken: false,
			secret: newSecret(),
			screens: join(home.folder, "screens"),
			geography: null,
			parent: null,
		},
		() => {},
	);
	const window = await signedInWindow(workstation, data);
	return {
		...window,
		async compare(...scenarios: [string, WrittenInputs][]) {
			for (const [id, inputs] of scenarios)
				await window.order("keep-scenario", { id, name: id, inputs });
			const ids = scenarios.map(([id]) => id).join(",");
			return ScenarioComparison.parse(
				await (await window.get(`/api/scenarios/compare?ids=${ids}`)).json(),
			);
		},
		async file(id: string): Promise<string> {
			const answer = await window.get(`/api/scenarios/file?id=${id}`);
			return ((await answer.json()) as { text: string }).text;
		},
		async close() {
			await window.leave();
			await workstation.close();
			home.remove();
		},
	};
}
type Place = Awaited<ReturnType<typeof open>>;

const of = (compared: ScenarioComparison, key: string, item?: string) =>
	compared.rows.find(
		(row) => row.key === key && row.item === (item ?? null),
	) as ScenarioComparison["rows"][number];
const gown = (compared: ScenarioComparison, key: string) =>
	of(compared, key, "stock_gown");

describe("scenarios", () => {
	let here: Place;
	beforeAll(async () => {
		here = await open(3);
	});
	afterAll(() => here.close());

	test("are reckoned as a pencil does: use held, stock on the shelves, in the warehouse and to come", async () => {
		const compared = await here.compare(["dasar", BASE]);
		expect(of(compared, "peak").values).toEqual([17]);
		// 20 a day of each of two hospitals for 28 days, of which each has 400.
		expect(gown(compared, "need").values[0]).toBeCloseTo(1120, 6);
		expect(gown(compared, "netNeed").values[0]).toBeCloseTo(320, 6);
		expect(gown(compared, "uncovered").values).toEqual([0]);
		expect(gown(compared, "runsOut").values).toEqual([2]);
		expect(gown(compared, "firstOut").values).toEqual([LAST + 21]);
		// 800 + 500 + 100 at 40 a day.
		expect(gown(compared, "lasts").values).toEqual([null]);
		expect(of(compared, "able").values).toEqual([230]);
		expect(of(compared, "waitDays").values[0]).toBeCloseTo(80 / 230, 9);
	});

	test("are held against the first: a warehouse lost, a shipment late, a laboratory that stops, care of the crisis", async () => {
		const compared = await here.compare(
			["dasar", BASE],
			[
				"gudang",
				{ ...BASE, warehousesLost: ["GUDANG-35"], shipmentsLateDays: 14 },
			],
			["lab", { ...BASE, laboratoriesStopped: ["LAB-1", "LAB-9"] }],
			["krisis", { ...BASE, stratum: "crisis" }],
		);
		expect(gown(compared, "uncovered").values.slice(0, 2)).toEqual([
			0,
			expect.closeTo(320, 6),
		]);
		expect(gown(compared, "lasts").values[1]).toBe(LAST + 21);
		expect(of(compared, "able").differences).toEqual([0, 0, -100, 0]);
		expect(of(compared, "waitingAfter").values[2]).toBe(80 + 14 * (180 - 130));
		const need = gown(compared, "need");
		expect(need.values[3]).toBeLessThan(need.values[0] as number);
		expect(need.differences[3]).toBe(
			(need.values[3] as number) - (need.values[0] as number),
		);
		expect(compared.scenarios[1]?.changed.map(({ input }) => input)).toEqual([
			"warehousesLost",
			"shipmentsLateDays",
		]);
		expect(compared.scenarios[2]?.result.unknownFacilities).toEqual(["LAB-9"]);
	});

	test("send laboratories as much more as there are patients more, and are not told of the queue where these are not known", async () => {
		const compared = await here.compare(
			["dasar", BASE],
			["dua-kali", times(2)],
			[
				"tidak-diketahui",
				{
					...BASE,
					census: {
						method: "chime",
						fit: {
							by: "first-hospitalized",
							day: isoFromDay(LAST - 400),
						},
					},
				},
			],
		);
		const [held, twice, unknown] = of(compared, "waitingAfter").values;
		expect(compared.scenarios[2]?.result.refused).not.toBeNull();
		// Of both laboratories together 180 come a day; with 230 able a day nobody waits in the end, and of 360 there wait 130 more each day.
		expect(held).toBe(0);
		expect(twice).toBe(80 + 14 * (2 * 180 - 230));
		expect(unknown).toBeNull();
	});

	test("tell how every figure that is known came about, and what went into it comes to the figure", async () => {
		const compared = await here.compare(
			[
				"rumus",
				{
					...times(2),
					beds: true,
					warehousesLost: ["GUDANG-35"],
					laboratoriesStopped: ["LAB-2"],
				},
			],
			["habis", { ...BASE, weeks: 8, shipmentsLateDays: 3 }],
			[
				"chime",
				{
					...BASE,
					// Too short for anything to be missing: all of it is left over.
					weeks: 1,
					census: {
						method: "chime",
						fit: { by: "doubling-time", doublingTime: 9 },
					},
				},
			],
		);
		const reckoned = new Set<string>();
		for (const { id, result, formulas } of compared.scenarios) {
			for (const { key, item, value } of result.figures) {
				const formula = formulas.find(
					(one) => one.key === key && one.item === item,
				);
				// Of the day on which all is gone what is left then is told, which is less than nothing; of stock that lasts what is left at the end.
				if (key === "lasts") {
					if (formula) expect(formula.result < 0).toBe(value !== null);
				} else
					expect(formula?.result ?? null, `${id} ${key} ${item}`).toBe(value);
				// What was counted or found day by day has no expression: one that gives the figure back would tell nothing.
				if (!formula || formula.expression === null) continue;
				const filled = formula.expression.replace(/\{(\w+)\}/g, (_, name) => {
					const input = formula.inputs.find((one) => one.name === name);
					return `(${input?.value ?? "unknown"})`;
				});
				expect(
					Function("max", `return ${filled}`)(Math.max),
					`${id} ${key} ${item} = ${filled}`,
				).toBeCloseTo(formula.result, 6);
				reckoned.add(key);
			}
		}
		expect([...reckoned].sort()).toEqual(
			[
				...["able", "arriving", "lasts", "need", "netNeed", "peak"],
				"uncovered",
				...["waitDays", "waitingAfter", "withoutBed"],
			].sort(),
		);
		const first = compared.scenarios[0]?.formulas;
		expect(first?.find(({ key }) => key === "peak")?.expression).toBe(
			"{mild} + {moderate} + {severe} + {critical}",
		);
		expect(
			first?.find(
				({ key, item }) => key === "firstOut" && item === "stock_gown",
			),
		).toMatchObject({ facility: expect.any(Number) });
	});

	test("have no zero for what nobody told, and say how many told what only some did", async () => {
		const compared = await here.compare(
			["dasar", BASE],
			["hilang", { ...BASE, warehousesLost: ["GUDANG-35"] }],
			["sepi", { ...BASE, area: "35.04" }],
		);
		const formula = (at: number, key: string, item: string | null) =>
			compared.scenarios[at]?.formulas.find(
				(one) => one.key === key && one.item === item,
			);
		const names = (at: number, key: string, item: string | null) =>
			formula(at, key, item)?.inputs.map(({ name }) => name);
		// No hospital told lots: of what expires nothing is known.
		expect(names(0, "netNeed", "stock_gown")).toEqual([
			...["need", "left", "incoming", "surplus"],
		]);
		expect(formula(0, "uncovered", "stock_gown")?.inputs).toContainEqual({
			...{ name: "warehouses", value: 500 },
			...{ told: 1, of: 2 },
		});
		expect(names(1, "uncovered", "stock_gown")).toEqual([
			...["netNeed", "toWarehouses", "shipments"],
		]);
		expect(names(1, "lasts", "stock_gown")).not.toContain("warehouses");
		expect(formula(0, "waiting", null)?.inputs).toEqual([
			{ name: "waiting", value: 80, told: 2, of: 3 },
		]);
		// The laboratory there told what it can do, and nothing of its queue.
		const figure = (key: string) =>
			compared.scenarios[2]?.result.figures.find((one) => one.key === key)
				?.value;
		expect(figure("able")).toBe(30);
		for (const key of ["waiting", "waitingAfter", "waitDays"])
			expect(figure(key), key).toBeNull();
	});

	test("test each reagent once, and what rests on capacities that are the most that they can be is told as at most or at least", async () => {
		const compared = await here.compare(
			["dasar", BASE],
			["reagen", { ...BASE, area: "51.03" }],
			["diam", { ...BASE, area: "51" }],
		);
		// Reagents for 90 tests: 90 on the first day, none on the 13 after it.
		expect(of(compared, "able").values[1]).toBe(90);
		expect(of(compared, "waitingAfter").values[1]).toBe(200 + 14 * 50 - 90);
		expect(of(compared, "waitDays").values[1]).toBeNull();
		const bounds = (at: number) =>
			Object.fromEntries(
				compared.scenarios[at]?.formulas.flatMap(({ key, bound }) =>
					bound ? [[key, bound]] : [],
				) ?? [],
			);
		expect(bounds(0)).toEqual({
			...{ able: "most", waitingAfter: "least", waitDays: "least" },
		});
		expect(bounds(1)).toEqual({ able: "most", waitingAfter: "least" });
		// The other laboratory of the province told nothing: it may test more, and take what waits.
		expect(of(compared, "able").values[2]).toBe(90);
		expect(bounds(2)).toEqual({});
		for (const [key, name] of [
			["able", "able"],
			["waitingAfter", "tested"],
		] as const)
			expect(
				compared.scenarios[2]?.formulas
					.find((one) => one.key === key)
					?.inputs.find((one) => one.name === name),
			).toMatchObject({ value: 90, told: 1, of: 2 });
	});

	test("never need less with more patients, and twice as many use twice as much", async () => {
		const compared = await here.compare(
			["satu", times(1)],
			["dua", times(2)],
			["tiga", times(3)],
			["dasar", BASE],
		);
		const need = gown(compared, "need").values as number[];
		expect(need[0]).toBeCloseTo(need[3] as number, 6);
		expect(need[1]).toBeCloseTo(2 * (need[0] as number), 6);
		for (const key of ["need", "netNeed", "uncovered", "runsOut"]) {
			const [one, two, three] = gown(compared, key).values as number[];
			expect(two).toBeGreaterThanOrEqual(one as number);
			expect(three).toBeGreaterThanOrEqual(two as number);
		}
	});

	test("whose patients cannot be told say why, and have no needs that follow from them", async () => {
		const compared = await here.compare([
			"bali",
			{ ...BASE, area: "51", census: { method: "renewal" } },
		]);
		expect(compared.scenarios[0]?.result).toMatchObject({
			refused: expect.any(String),
			census: null,
		});
		expect(gown(compared, "need").values).toEqual([null]);
	});

	test("whose patients are not known to the end of it tell nothing that follows from them: neither a need nor that nobody runs out", async () => {
		const weeks = times(1).census as { weeks: object[] };
		const nobodyKnows = { severe: null, critical: null };
		const compared = await here.compare(
			["dasar", BASE],
			[
				"dua-minggu",
				{
					...BASE,
					census: { method: "hand", weeks: weeks.weeks.slice(0, 1) as never },
				},
			],
			[
				"ringan",
				{
					...BASE,
					census: {
						method: "hand",
						weeks: Array(4).fill({ mild: 8, moderate: 8, ...nobodyKnows }),
					},
				},
			],
		);
		for (const key of ["need", "netNeed", "uncovered", "runsOut"]) {
			const [base, ...others] = gown(compared, key).values;
			expect(base, key).not.toBeNull();
			expect(others, key).toEqual([null, null]);
		}
	});

	test("are taken back change by change", async () => {
		const list = async () =>
			(
				(await (await here.get("/api/scenarios")).json()) as {
					scenarios: { id: string; inputs: WrittenInputs }[];
				}
			).scenarios;
		await here.compare(["batal", BASE]);
		await here.compare(["batal", { ...BASE, weeks: 9 }]);
		await here.order("remove-scenario", { id: "batal" });
		expect((await list()).some(({ id }) => id === "batal")).toBe(false);
		await here.order("take-back-scenario-change", {});
		expect((await list()).find(({ id }) => id === "batal")?.inputs.weeks).toBe(
			9,
		);
		await here.order("take-back-scenario-change", {});
		expect((await list()).find(({ id }) => id === "batal")?.inputs.weeks).toBe(
			4,
		);
	});

	test("in a file have the same result on another machine to the last digit, or say what is not the same there", async () => {
		const chime: WrittenInputs = {
			...BASE,
			census: {
				method: "chime",
				fit: { by: "doubling-time", doublingTime: 9 },
			},
		};
		await here.compare(["berkas", chime]);
		const file = await here.file("berkas");
		for (const [seq, differs] of [
			[3, []],
			[4, ["publication"]],
		] as const) {
			const there = await open(seq);
			await there.order("import-scenario", { id: "masuk", text: file });
			const compared = (await (
				await there.get("/api/scenarios/compare?ids=masuk")
			).json()) as ScenarioComparison;
			expect(compared.scenarios[0]?.differsFromFile).toEqual(differs);
			if (seq === 3) expect(await there.file("masuk")).toBe(file);
			await there.close();
		}
		expect(JSON.parse(file)).toMatchObject({
			kind: "blc-scenario",
			version: 1,
			made: { seq: 3, catalogue: expect.any(String) },
		});
	});
});

describe("a warehouse whose counts fall because it sends", () => {
	test("has what was counted less what it sends by its counts since, once", async () => {
		// An order of 120 that left since is among the 200 that its counts say.
		const before = withOrders([["c", 3, 1, 120]]);
		const falling = [14, 12, 10, 8, 6, 4].map((back) => ({
			month: monthOf(LAST - back),
			...{ day: LAST - back, facility: 3, as_of: LAST - back, file: 1 },
			stock_gown: 500 + 50 * (back - 4),
		}));
		const there = await open(9, {
			...before,
			facility_report: [
				...(before.facility_report ?? []).filter(
					({ facility }) => facility !== 3,
				),
				...falling,
			],
		});
		const compared = await there.compare(["dasar", BASE]);
		await there.close();
		expect(
			compared.scenarios[0]?.formulas
				.find(({ key, item }) => key === "uncovered" && item === "stock_gown")
				?.inputs.find(({ name }) => name === "warehouses"),
		).toMatchObject({ value: 300, told: 1, of: 2 });
	});
});

/** As before, with 300 gowns on their way to the first hospital, and 200 to the province's warehouse from the nation's. */
function withOrders(
	ways: readonly (readonly [string, number, number, number])[] = [
		["a", 10, 1, 300],
		["b", 10, 3, 200],
	],
): Rows {
	const before = rows();
	const sent = (id: string, from: number, to: number, units: number) => ({
		order: {
			...{ id, serial: 1, year: 2020, from_facility: from, to_facility: to },
			...{ handover: "pushed", carriage: "road", plan: null },
		},
		steps: [
			{ kind: "draft", lines: [{ item: "gown-protective", units }] },
			{ kind: "approve" },
			{
				...{ kind: "send", due: LAST + 10 },
				lots: [{ item: "gown-protective", lot: "A", expires: null, units }],
			},
		].map(({ kind, ...content }, number) => ({
			...{ order_id: id, number: number + 1, kind },
			...{ day: LAST, at: LAST * 86_400_000 },
			person: kind === "approve" ? "budi" : "rina",
			...{ display: "Rina", content: JSON.stringify(content), note: "" },
		})),
	});
	const orders = ways.map((way) => sent(...way));
	return {
		...before,
		facility: [
			...(before.facility ?? []),
			{
				...{ id: 10, code: "GUDANG-ID", kind: "warehouse", name: "GUDANG-ID" },
				...{ area: AREA.nation, referral: 0, beds: "{}" },
			},
		],
		facility_report: [
			...(before.facility_report ?? []),
			// Counted on the day before: of the 500 that left since it knows nothing.
			{
				...{ month: monthOf(LAST - 1), day: LAST - 1, facility: 10 },
				...{ as_of: LAST - 1, file: 1, stock_gown: 900 },
			},
		],
		dispatch_order: orders.map(({ order }) => order),
		dispatch_step: orders.flatMap(({ steps }) => steps),
	};
}

describe("a shipment that comes late", () => {
	let here: Place;
	beforeAll(async () => {
		here = await open(3, withOrders());
	});
	afterAll(() => here.close());
	const alone = { ...BASE, shipments: [] };

	test("moves what comes, who runs out and what is not met, as a pencil finds", async () => {
		const compared = await here.compare(
			["tepat", alone],
			["dua-minggu", { ...alone, shipmentsLateDays: 14 }],
			["tiga-minggu", { ...alone, shipmentsLateDays: 21 }],
			[
				"hilang",
				{ ...alone, shipmentsLateDays: 14, warehousesLost: ["GUDANG-35"] },
			],
		);
		const of = (key: string) => gown(compared, key).values;
		// Both hospitals have 400 and use 20 a day for 28 days; the second is sent nothing.
		expect(of("tellStock")).toEqual([2, 2, 2, 2]);
		expect(of("arriving")).toEqual([500, 500, 0, 300]);
		expect(of("netNeed")).toEqual([160, 160, 320, 160]);
		// Late by 14 the first is without on days 21, 22 and 23; by 21 from day 21 on.
		expect(of("unmet")).toEqual([160, 220, 320, 220]);
		expect(of("runsOut")).toEqual([1, 2, 2, 2]);
		// 500 in the warehouse, and 200 that come to it.
		expect(of("uncovered")).toEqual([0, 0, 0, 160]);
		// Of all 800 the last day is the 20th, where the warehouse is lost and nothing has come; on the 24th day 300 come.
		expect(of("lasts")).toEqual([null, null, null, LAST + 21]);
		expect(of("lacking")).toEqual([0, 0, 0, 120]);
		const inputs = (at: number) =>
			compared.scenarios[at]?.formulas
				.find(({ key, item }) => key === "arriving" && item === "stock_gown")
				?.inputs.map(({ name, value }) => [name, value]);
		expect(inputs(2)).toEqual([
			...[
				["onTheWay", 500],
				["planned", 0],
			],
			["later", 500],
		]);
	});

	test("is not on the shelf that it left as well", async () => {
		const compared = await here.compare(["negara", { ...alone, area: "ID" }]);
		const lasts = compared.scenarios[0]?.formulas.find(
			({ key, item }) => key === "lasts" && item === "stock_gown",
		);
		// 500 of the province, and of the nation's 900 the 400 that stayed.
		expect(lasts?.inputs).toContainEqual(
			expect.objectContaining({ name: "warehouses", value: 900 }),
		);
	});

	test("to a hospital whose stock is not known is told apart from what is reckoned with, and all that comes is one number", async () => {
		const given = withOrders();
		const there = await open(8, {
			...given,
			facility_report: (given.facility_report ?? []).map((row) =>
				row.facility === 1 ? { ...row, stock_gown: null } : row,
			),
		});
		const compared = await there.compare(["tepat", alone]);
		await there.close();
		const inputs = compared.scenarios[0]?.formulas.find(
			({ key, item }) => key === "lacking" && item === "stock_gown",
		)?.inputs;
		const term = (name: string) =>
			inputs?.find((one) => one.name === name)?.value;
		expect(gown(compared, "tellStock").values).toEqual([1]);
		expect(term("arriving")).toBe(gown(compared, "arriving").values[0]);
		expect(term("toUnknown")).toBe(300);
	});

	test("that a scenario expects for its area is late too, where no order is", async () => {
		const expected = {
			...{ ...alone, weeks: 8, warehousesLost: ["GUDANG-35"] },
			shipments: [
				{
					...{ item: "stock_gown" as const, units: 2000 },
					arrives: isoFromDay(LAST + 20),
				},
			],
		};
		const compared = await here.compare(
			["tepat", expected],
			["terlambat", { ...expected, shipmentsLateDays: 14 }],
		);
		// 800 last for 20 days at 40 a day, the 300 of the order from the 24th to the 31st, and what is expected comes on the 34th.
		expect(gown(compared, "lasts").values).toEqual([null, LAST + 21]);
		expect(gown(compared, "arriving").values).toEqual([2300, 2300]);
		expect(gown(compared, "lacking").values).toEqual([0, 120 + 20 + 40 * 2]);
	});

	test("says who told, of how many, of patients, stocks and laboratories", async () => {
		const compared = await here.compare(["dasar", alone]);
		const told = (key: string) =>
			compared.scenarios[0]?.formulas
				.filter((one) => one.key === key)
				.map(({ item, inputs: [one] }) => [item, one?.value, one?.of]);
		expect(told("tellPatients")).toEqual([[null, 2, 2]]);
		expect(told("tellLaboratories")).toEqual([[null, 3, 3]]);
		expect(told("tellStock")).toContainEqual(["stock_gown", 2, 2]);
		expect(told("tellStock")).toContainEqual(["stock_mask", 0, 2]);
	});
});
