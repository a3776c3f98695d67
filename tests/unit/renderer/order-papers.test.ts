import { expect, test } from "vitest";
import type { OrderRow, OrderStepRow } from "../../../core/api/orders.ts";
import type { Plan } from "../../../core/api/plan.ts";
import { day } from "../../../core/series/day.ts";
import type { Format } from "../../../renderer/i18n/format.ts";
import { logisticsPlanId } from "../../../renderer/i18n/logistics-plan-id.ts";
import { sheetBook } from "../../../renderer/parts/ui/workbook.ts";
import {
	paperName,
	paperOf,
	papersOf,
	sheetOf,
} from "../../../renderer/screens/logistik/order-papers.ts";
import { ordersOf } from "../../../renderer/screens/logistik/orders-of-plan.ts";
import { pdfOf } from "../../../renderer/screens/logistik/paper-pdf.ts";
import { linesOfPdf } from "../../fixtures/jspdf-lines.ts";
import { sheetIn } from "../../fixtures/read-workbook.ts";

const DAY = day("2020-05-04");
const place = (facility: number, code: string) => ({
	facility,
	code,
	name: `Gudang ${code}`,
});
const lot = (lot: string, sent: number, received: number) => ({
	...{ lot, expires: DAY + 90, sent, received },
	inTransit: sent - received,
	missing: 0,
});
const order: OrderRow = {
	id: "1",
	number: "GUDANG-ID/2020/0007",
	tier: "centre",
	province: null,
	from: place(1, "GUDANG-ID"),
	to: place(2, "GUDANG-32"),
	area: 32,
	handover: "fetched",
	carriage: "road",
	plan: "edd859e4fa7b #/logistik",
	status: "received-part",
	steps: 4,
	next: ["send", "receive", "close", "take-back"],
	authors: [{ person: "rina", display: "Rina" }],
	approvedBy: "Budi, Gugus Tugas",
	draftedOn: DAY,
	changedOn: DAY,
	due: DAY + 3,
	lines: [
		{
			...{ item: "respirator", ordered: 100, waiting: 40, released: 0 },
			...{ sent: 60, received: 50, inTransit: 10, missing: 0 },
			lots: [lot("A1", 35, 35), lot("=B2", 25, 15)],
		},
	],
};
type Lots = Record<string, readonly [sent: number, received: number]>;
/** A step by somebody, what moved by it, and what of each lot had been sent and had arrived after it. */
const step = (
	number: number,
	kind: OrderStepRow["kind"],
	display: string,
	moved: Record<string, number> = {},
	lots: Lots = {},
): OrderStepRow => ({
	...{ number, kind, day: DAY + number, at: 0, display, note: "" },
	...{ holds: true, lines: [], due: null },
	lots: Object.entries(moved).map(([lot, units]) => ({
		...{ item: "respirator", lot, expires: DAY + 90, units },
	})),
	after: order.lines.map((line) => ({
		...line,
		lots: Object.entries(lots).map(([of, [sent, received]]) => ({
			...lot(of, sent, received),
			...(kind === "close" && { inTransit: 0, missing: sent - received }),
		})),
	})),
});
const steps = [
	step(1, "draft", "Rina"),
	step(2, "approve", "Budi, Gugus Tugas"),
	step(3, "send", "Rina", { A1: 35 }, { A1: [35, 0] }),
	step(
		4,
		...(["receive", "Wati, Dinkes Jawa Barat"] as const),
		{ A1: 30 },
		{ A1: [35, 30] },
	),
	step(5, "send", "Sari", { "=B2": 25 }, { A1: [35, 30], "=B2": [25, 0] }),
	step(
		6,
		...(["receive", "Wati, Dinkes Jawa Barat"] as const),
		{ A1: 5, "=B2": 15 },
		{ A1: [35, 35], "=B2": [25, 15] },
	),
];
const closed = [
	...steps,
	step(7, "close", "Rina", {}, { A1: [35, 35], "=B2": [25, 15] }),
];
const paper = (
	name: string,
	exercise: string | null = null,
	of: readonly OrderStepRow[] = steps,
) => {
	const found = papersOf(order, of).find((one) => one.name === name);
	if (!found) throw new Error(`no ${name}`);
	return paperOf(found, order, of, words(exercise));
};
const words = (exercise: string | null) => ({
	t: ((key: string) =>
		key
			.split(".")
			.slice(1)
			.reduce<unknown>(
				(at, part) => (at as Record<string, unknown>)[part],
				logisticsPlanId,
			) as string) as never,
	format: { day: (value: number) => `hari ${value}` } as unknown as Format,
	item: () => ({ name: "Respirator", unit: "buah" }),
	exercise,
});

test("an order has the papers of what has happened to it: each hand-over its own note, each receipt its own minutes, with number, lots, expiry and two signatures", () => {
	const named = (of: readonly OrderStepRow[]) =>
		papersOf(order, of).map(({ name }) => name);
	expect(named(steps.slice(0, 1))).toEqual([]);
	expect(named(closed)).toEqual([
		...["SPPB", "SBBK-1", "BAST-1", "SBBK-2", "BAST-2", "BAST-3"],
	]);
	expect(paper("SBBK-1").rows).toEqual([
		[1, "Respirator", "buah", "A1", `hari ${DAY + 90}`, 35],
	]);
	expect(paper("SBBK-2")).toMatchObject({
		number: "SBBK/GUDANG-ID/2020/0007-2",
		rows: [[1, "Respirator", "buah", "=B2", `hari ${DAY + 90}`, 25]],
		signatures: [
			["Yang menyerahkan", "Sari"],
			["Yang menerima", ""],
		],
	});
	expect(paper("SBBK-2").about).toContainEqual([
		"Dasar",
		"SPPB/GUDANG-ID/2020/0007",
	]);
	const minutes = paper("BAST-2");
	expect(minutes).toMatchObject({
		number: "BAST/GUDANG-ID/2020/0007-2",
		exercise: null,
		signatures: [
			["Pihak pertama", "Sari"],
			["Pihak kedua", "Wati, Dinkes Jawa Barat"],
		],
	});
	expect(minutes.about).toContainEqual(["Tanggal", `hari ${DAY + 6}`]);
	expect(minutes.about).toContainEqual([
		"Dasar",
		"SBBK/GUDANG-ID/2020/0007-1, SBBK/GUDANG-ID/2020/0007-2",
	]);
	expect(minutes.rows.map((row) => row.slice(3))).toEqual([
		["A1", `hari ${DAY + 90}`, 5, 35, 35, 0],
		["=B2", `hari ${DAY + 90}`, 15, 25, 15, 10],
	]);
	expect(paper("BAST-3", null, closed).rows).toEqual([
		[1, "Respirator", "buah", "=B2", `hari ${DAY + 90}`, 25, 15, 10],
	]);
	expect(paper("SPPB").about).toContainEqual([
		"Dasar",
		"rencana kirim edd859e4fa7b",
	]);
	expect(paperName(minutes, "xlsx")).toBe("BAST-GUDANG-ID-2020-0007-2.xlsx");
});

test("the number of a paper whose step was taken back is given to no other, and an order approved anew is ordered by another paper", () => {
	const back = (of: number) =>
		steps.slice(0, of).map((one, at) => ({ ...one, holds: at !== of - 1 }));
	const again = [
		...back(3),
		step(4, "take-back", "Budi, Gugus Tugas"),
		step(5, "send", "Rina", { A1: 20 }, { A1: [20, 0] }),
	];
	expect(papersOf(order, again).map(({ name }) => name)).toEqual([
		...["SPPB", "SBBK-2"],
	]);
	expect(
		papersOf(order, [
			...back(2),
			step(3, "take-back", "Budi, Gugus Tugas"),
			step(4, "approve", "Budi, Gugus Tugas"),
		]).map(({ number }) => number),
	).toEqual(["SPPB/GUDANG-ID/2020/0007-2"]);
});

test("of an exercise LATIHAN stands above every paper and before the name of its file", () => {
	const of = paper("SPPB", "LATIHAN");
	expect(sheetOf(of)[0]?.[0]).toMatch(/^LATIHAN/);
	expect(paperName(of, "csv")).toBe("LATIHAN_SPPB-GUDANG-ID-2020-0007.csv");
});

test("a paper written as a workbook opens again and adds up: ordered is issued and not issued, and the notes of all hand-overs are what was issued", async () => {
	const read = async (name: string) =>
		sheetIn(await sheetBook(name, sheetOf(paper(name, "LATIHAN"))));
	const instruction = await read("SPPB");
	const line = instruction.find((row) => row[1] === "Respirator");
	expect(line?.slice(3)).toEqual([100, 60, 40]);
	expect(instruction[0]?.[0]).toMatch(/^LATIHAN/);
	const lots = [...(await read("SBBK-1")), ...(await read("SBBK-2"))].filter(
		(row) => row[1] === "Respirator",
	);
	expect(lots.reduce((sum, row) => sum + Number(row[5]), 0)).toBe(60);
	// No text of a lot is run by the program that opens it.
	expect(lots[1]?.[3]).toBe("'=B2");
});

test("a plan becomes one order for each warehouse and destination, with every item that goes between them and not a unit more", () => {
	const end = (facility: number, code: string) =>
		[
			facility,
			{ ...place(facility, code), area: 1, lat: 0, lng: 0, province: null },
		] as const;
	const way = (facility: number, units: number) => ({
		...{ facility, units, km: 1, days: 1, pin: false },
		...{ carriage: "road" as const, handover: "fetched" as const },
	});
	const line = (
		to: number,
		item: string,
		...from: ReturnType<typeof way>[]
	) => ({
		...{
			tier: "centre" as const,
			to,
			item,
			from,
			demand: 9,
			sent: 9,
			unmet: 0,
		},
		...{ coverage: 1, before: 1, after: 2, reason: "met" as const },
		...{ equalShare: null, byPopulation: null },
	});
	const plan = {
		lines: [
			line(2, "respirator", way(1, 60), way(4, 20)),
			line(2, "oxygen", way(1, 5)),
			line(3, "respirator", way(1, 0)),
			line(3, "oxygen"),
		],
	} as unknown as Plan;
	const made = ordersOf(
		plan,
		new Map([end(1, "A"), end(2, "B"), end(3, "C"), end(4, "D")]),
		() => "id",
	);
	expect(made.map(({ from, to, lines }) => [from, to, lines])).toEqual([
		[
			"A",
			"B",
			[
				{ item: "respirator", units: 60 },
				{ item: "oxygen", units: 5 },
			],
		],
		["D", "B", [{ item: "respirator", units: 20 }]],
	]);
});

test("a paper as a PDF is the form: LATIHAN and its number on every sheet, lots with expiry, and two who sign on the last", async () => {
	const of = paper("BAST-1", "LATIHAN");
	const pdf = await pdfOf(of, String, "(…)");
	expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe("%PDF-");
	const shown = linesOfPdf(pdf);
	for (const text of [
		of.exercise as string,
		"BAST/GUDANG-ID/2020/0007-1 · 1/1",
		"A1",
		`hari ${DAY + 90}`,
		"Pihak pertama",
		"Wati, Dinkes Jawa Barat",
	])
		expect(shown).toContain(text);
	const long = await pdfOf(
		{
			...of,
			rows: Array.from({ length: 60 }, (_, at) => [
				at + 1,
				...(of.rows[0]?.slice(1) ?? []),
			]),
		},
		String,
		"(…)",
	);
	const sheets = linesOfPdf(long);
	expect(sheets).toContain("BAST/GUDANG-ID/2020/0007-1 · 2/2");
	expect(sheets.filter((text) => text === of.exercise)).toHaveLength(2);
	expect(sheets.filter((text) => text === "Pihak kedua")).toHaveLength(1);
});

test("nobody signs the minutes of handover for both parties: where one person sent and noted what arrived, the second place is left to sign", () => {
	const signed = (receiver: string) =>
		paper("BAST-1", null, [
			...steps.slice(0, 3),
			step(4, "receive", receiver, { A1: 30 }, { A1: [35, 30] }),
		]).signatures.map(([, name]) => name);
	expect(signed("Wati, Dinkes Jawa Barat")).toEqual([
		"Rina",
		"Wati, Dinkes Jawa Barat",
	]);
	expect(signed("Rina")).toEqual(["Rina", ""]);
});
