import { expect, test } from "vitest";
import type {
	Laboratories,
	LaboratoryRow,
} from "../../../core/api/laboratories.ts";
import { LABORATORY_LIMITS } from "../../../core/logistics/laboratory.ts";
import { REFUTED_ABOVE } from "../../../core/logistics/laboratory-rates.ts";
import { REAGENT_WASTAGE } from "../../../core/logistics/laboratory-standing.ts";
import { bestPool } from "../../../core/logistics/specimen-pooling.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import { laboratoriesId } from "../../../renderer/i18n/laboratories-id.ts";
import { logisticsId } from "../../../renderer/i18n/logistics-id.ts";
import {
	originOfAll,
	originOfLaboratory,
	originOfQueue,
	originOfRouting,
} from "../../../renderer/screens/logistik/laboratory-origin.ts";
import {
	doubts,
	exportCells,
	exportHeads,
} from "../../../renderer/screens/logistik/laboratory-words.ts";

const TEXTS = { laboratories: laboratoriesId, logistics: logisticsId };
const t = ((key: string) =>
	key
		.split(".")
		.reduce<unknown>(
			(at, part) => (at as Record<string, unknown>)[part],
			TEXTS,
		)) as never;

const rate = (units: number, each: number) => ({
	units: { value: units, day: 18_620 },
	each: { value: each, day: 18_618 },
	source: { key: "lab", id_name: "Laporan lab", en_name: "Lab reports" },
});
const ROW: LaboratoryRow = {
	...{ facility: 1, area: 35, day: 18_620, age: 0, sources: [] },
	...{ able: 180, limit: "reagents", lasting: 188, waiting: 540 },
	parts: {
		...{ extraction: null, pcr: 188, staff: 240 },
		...{ reagents: 180, stated: 300 },
	},
	...{ isMost: true, lastingIsMost: true, refuted: [] },
	rates: {
		...{ extraction: null, pcr: rate(1, 2) },
		...{ staff: rate(6, 40), stated: rate(300, 1) },
	},
	...{ waitDays: null, endless: true, receivedPerDay: 60, testedPerDay: 90 },
	...{ load: 90 / 188, receivedDays: 6, testedDays: 5 },
	positivity: { tests: 243, positives: 54, share: 54 / 243, days: 6 },
	...{ reagent: 200, reagentDays: 2, reagentUnused: false },
	...{ vtm: 120, vtmDays: 2, vtmUnused: false, ahead: [], pool: null },
};
const WORDS = { t, format: formatFor("id"), language: "id" } as const;
const ASSUMED = {
	...{ reagentWastage: REAGENT_WASTAGE, leastTests: 50, largestPool: 10 },
	...{ samplesPerPlate: 94, refutedAbove: REFUTED_ABOVE },
};

test("each figure of a laboratory stands beside the numbers that it is made of, and these come to it", () => {
	const origin = new Map(
		originOfLaboratory(ROW, ASSUMED, WORDS).map((one) => [one.key, one]),
	);
	expect(origin.get("wait")).toMatchObject({
		result: laboratoriesId.never,
		filled: `540 > 180: ${laboratoriesId.origin.reagentsEnd}`,
	});
	expect(origin.get("able")).toMatchObject({
		result: "≤ 180",
		filled:
			"min(mesin PCR 1 × 2 × 94 = 188; petugas 6 × 40 = 240; reagen 200 × (1 − 0,1) = 180; menurut lab 300)",
		notes: [
			laboratoriesId.origin.heldBy,
			laboratoriesId.notTold,
			...Array(3).fill(laboratoriesId.origin.told),
		],
	});
	expect(origin.get("lasting")).toMatchObject({
		result: "≤ 188",
		filled: "min(188; 240; 300)",
	});
	expect(origin.get("load")).toMatchObject({
		result: "≥ 48 %",
		filled: "90 ÷ 188",
	});
	expect(origin.get("reagents")).toMatchObject({
		result: "2",
		filled: "200 × (1 − 0,1) ÷ 90",
	});
	expect(origin.get("positivity")?.filled).toBe("54 ÷ 243");
	expect(origin.get("received")?.filled).toBe("360 ÷ 6");
	expect(origin.get("tested")?.filled).toBe("450 ÷ 5");
});

test("numbers with many digits are not rounded in a formula: what is printed comes to the figure above it", () => {
	const pool = bestPool(0.0537);
	const row: LaboratoryRow = {
		...{ ...ROW, able: 12.6, limit: "reagents", lasting: 47.5 },
		parts: { ...ROW.parts, reagents: 12.6, stated: 47.5, pcr: null },
		...{ reagent: 14, waiting: 3.25, waitDays: 3.25 / 47.5, endless: false },
		...{ receivedPerDay: 457 / 7, receivedDays: 7 },
		...{ testedPerDay: 23 / 7, testedDays: 7, load: 23 / 7 / 47.5 },
		...{ reagentDays: 12.6 / (23 / 7), vtm: 4, vtmDays: 28 / 457 },
		pool: { ...pool, waitDays: 1 },
		positivity: { tests: 10_000, positives: 537, share: 0.0537, days: 7 },
		ahead: [
			{ able: 12.6, waiting: 3.25 + 457 / 7 - 12.6 },
			{ able: 0.36, waiting: 3.25 + (2 * 457) / 7 - 12.96 },
		],
	};
	const origins = [
		...originOfLaboratory(row, ASSUMED, WORDS),
		...originOfQueue(
			{ data: { day: 18_620 } as Laboratories, chosen: row },
			WORDS,
		),
	];
	const expected = {
		lasting: 47.5,
		wait: 3.25 / 47.5,
		received: 457 / 7,
		tested: 23 / 7,
		load: 23 / 7 / 47.5,
		positivity: 0.0537,
		reagents: 12.6 / (23 / 7),
		vtm: 28 / 457,
		pool: pool.testsPerSpecimen,
		"ahead-1": row.ahead[0]?.waiting,
		"ahead-2": row.ahead[1]?.waiting,
	};
	for (const [key, value] of Object.entries(expected)) {
		const filled = origins.find((one) => one.key === key)?.filled ?? "";
		for (const side of filled.split(" = "))
			expect(comesTo(side), `${key}: ${filled}`).toBeCloseTo(
				value as number,
				4,
			);
	}
	// Of what is not there nothing lasts, and nothing is divided by no tests.
	const none = originOfLaboratory(
		{ ...row, reagent: 0, reagentDays: 0, testedPerDay: 0 },
		ASSUMED,
		WORDS,
	).find(({ key }) => key === "reagents");
	expect(none).toMatchObject({ result: "0", filled: "0" });
	// What is there and not used lasts without end: that is known, and is no division by nothing.
	const unused = originOfLaboratory(
		{
			...row,
			...{ reagentDays: null, reagentUnused: true, testedPerDay: 0 },
			...{ vtmDays: null, vtmUnused: true, receivedPerDay: 0 },
		},
		ASSUMED,
		WORDS,
	);
	for (const of of ["reagents", "vtm"])
		expect(unused.find(({ key }) => key === of)).toMatchObject({
			...{ result: laboratoriesId.unused, filled: null },
		});
});

/** What a formula as it is printed in Indonesian comes to, by nothing but what is printed. */
function comesTo(text: string): number {
	const plain = text
		.replaceAll(".", "")
		.replaceAll(",", ".")
		.replaceAll("×", "*")
		.replaceAll("÷", "/")
		.replaceAll("−", "-")
		.replaceAll("^", "**")
		.replaceAll(";", ",")
		.replace(/(max|min)\(/g, "Math.$1(");
	expect(plain).toMatch(/^[-\d.+*/(), Mathmaxin]+$/);
	return Number(new Function(`return ${plain}`)());
}

test("what a laboratory does not state is said to be unknown and is no zero", () => {
	const silent = originOfLaboratory(
		{
			...ROW,
			...{ able: 188, limit: "pcr", reagent: null },
			parts: { ...ROW.parts, reagents: null },
			waiting: null,
			waitDays: null,
			reagentDays: null,
		},
		ASSUMED,
		WORDS,
	);
	const of = (key: string) => silent.find((one) => one.key === key);
	expect(of("waiting")?.result).toBe("tidak diketahui");
	expect(of("reagents")?.result).toBe("tidak diketahui");
	expect(of("able")).toMatchObject({ result: "≤ 188" });
	expect(of("able")?.filled).not.toContain("reagen");
	expect(of("able")?.notes).toContain(laboratoriesId.notTold);
});

test("what follows from a capacity that is at most what it says is at least what it says, and a part that is refuted is named and not in the least", () => {
	const row = {
		...ROW,
		...{ able: 188, limit: "pcr", waiting: 94 },
		refuted: [{ part: "staff", day: 18_619, tested: 290, days: 1 }],
		...{ waitDays: 0.5, endless: false, ahead: [{ able: 100, waiting: 54 }] },
	} as const satisfies LaboratoryRow;
	const of = (key: string, told: LaboratoryRow) =>
		originOfLaboratory(told, ASSUMED, WORDS).find((one) => one.key === key);
	expect(of("wait", row)).toMatchObject({
		result: "≥ 0,5",
		filled: "94 ÷ 188",
		notes: [laboratoriesId.origin.least],
	});
	expect(of("able", row)?.filled).not.toContain("petugas");
	expect(of("able", row)?.notes).toContain(laboratoriesId.refuted);
	const whole = { ...row, isMost: false, lastingIsMost: false };
	expect(of("wait", whole)).toMatchObject({ result: "0,5", notes: [] });
	expect(of("able", whole)?.result).toBe("188");
	const ahead = (chosen: LaboratoryRow) =>
		originOfQueue({ data: { day: 18_620 } as Laboratories, chosen }, WORDS).at(
			-1,
		);
	expect(ahead(row)).toMatchObject({
		result: "≥ 54",
		filled: "max(0; 94 + 60 − 100)",
	});
	expect(ahead(whole)?.result).toBe("54");
	// Less may be tested than is known: then some are left.
	expect(ahead({ ...row, ahead: [{ able: 154, waiting: 0 }] })?.result).toBe(
		"≥ 0",
	);
});

test("a part that is refuted is told with the tests that refute it, and as a mean where results of several days were entered at once", () => {
	const filled = ((key: string, values: Record<string, string> = {}) =>
		(t as (key: string) => string)(key).replace(
			/\{\{(\w+)\}\}/g,
			(_, name) => values[name] ?? "",
		)) as typeof t;
	const told = (days: number) =>
		doubts(
			{ ...ROW, refuted: [{ part: "staff", day: 18_619, tested: 290, days }] },
			ASSUMED,
			{ ...WORDS, t: filled },
		)[0];
	expect(told(1)).toBe(
		"petugas: diuji 290 pada 23 Des 2020, lebih dari 1,1 × 240. Tidak dipakai.",
	);
	expect(told(3)).toBe(
		"petugas: diuji 290,0 sehari dalam 3 hari sampai 23 Des 2020, lebih dari 1,1 × 240. Tidak dipakai.",
	);
});

test("the exported table has a sign beside each number that is a bound, by the words of the cells: none beside a wait of 0 or one that does not end", () => {
	const cells = (row: LaboratoryRow) =>
		(["able", "load", "wait", "waiting"] as const).map((figure) =>
			exportCells(row, figure, WORDS).map(({ value }) => value),
		);
	const row = { ...ROW, waitDays: 2, endless: false };
	expect(cells(row)).toEqual([["≤", 180], ["≥", 90 / 188], ["≥", 2], [540]]);
	expect(cells({ ...row, waitDays: 0, load: 0 }).slice(1, 3)).toEqual([
		["", 0],
		["", 0],
	]);
	expect(cells(ROW)[2]).toEqual(["", laboratoriesId.never]);
	// Reagents are not told: what it tests day after day is known.
	expect(cells({ ...row, lastingIsMost: false })[1]).toEqual(["", 90 / 188]);
	for (const figure of ["able", "waiting"] as const)
		expect(exportHeads(figure, WORDS.t)).toHaveLength(
			exportCells(row, figure, WORDS).length,
		);
});

test("of routes that rest on such capacities what is tested is at most, and what is left at least, what is said", () => {
	const routed = {
		...{ area: 35, day: 18_620, specimens: 90, testedWhereTheyAre: 60 },
		...{ sent: 20, untested: 10, specimenKilometres: 9, routes: [], left: [] },
		...{ wouldTestMore: [], leftOut: 0, laboratories: 3, nearest: 20 },
	};
	const left = (ableMost: number, more = {}) =>
		originOfRouting({ ...routed, ableMost, ...more }, 250, WORDS).find(
			({ key }) => key === "untested",
		);
	expect(left(2)).toMatchObject({
		result: "≥ 10",
		notes: [laboratoriesId.routing.most, laboratoriesId.origin.routingRule],
	});
	expect(left(0)?.result).toBe("10");
	expect(left(2, { untested: 0 })?.result).toBe("≥ 0");
});

test("the sum of what laboratories can do has the sign only where one of them has it, and says of how many it is", () => {
	const none = Object.fromEntries(
		LABORATORY_LIMITS.map((limit) => [limit, 0]),
	) as Laboratories["total"]["heldBy"];
	const total = {
		...{ laboratories: 100, telling: 60, able: 6000, ableTold: 60 },
		...{ heldBy: none, partsTold: none, refuted: none },
		...{ waiting: 50, waitingTold: 60, endless: 0, late: 1, lateAfter: 2 },
		...{ longest: { facility: 1, days: 3, isLeast: true }, lateIsLeast: true },
		...{ receivedPerDay: 1, testedPerDay: 1, fewReagents: 0 },
		positivity: { tests: 0, positives: 0, share: null, days: 0 },
	};
	const of = (ableMost: number, key: string, ableIsMost = ableMost > 0) =>
		originOfAll({ ...total, ableMost, ableIsMost }, () => "Lab", WORDS).find(
			(one) => one.key === key,
		);
	// Each tells all but one part, and among them all parts are told as often: no sum of parts shows it.
	expect(of(2, "able")?.result).toBe("≤ 6.000");
	expect(of(2, "able")?.notes?.[0]).toBe(logisticsId.told);
	expect(of(0, "able")?.result).toBe("6.000");
	// Others have not told: of how many not all is known is said, and the sum bounds nothing.
	expect(of(2, "able", false)?.result).toBe("6.000");
	expect(of(2, "able", false)?.notes).toContain(laboratoriesId.origin.mostOf);
	expect(of(2, "longest")?.result).toBe("≥ 3,0");
});
