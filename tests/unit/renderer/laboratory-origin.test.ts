import { expect, test } from "vitest";
import type { LaboratoryRow } from "../../../core/api/laboratories.ts";
import { REAGENT_WASTAGE } from "../../../core/logistics/laboratory-standing.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import { laboratoriesId } from "../../../renderer/i18n/laboratories-id.ts";
import { logisticsId } from "../../../renderer/i18n/logistics-id.ts";
import { originOfLaboratory } from "../../../renderer/screens/logistik/laboratory-origin.ts";

const TEXTS = { laboratories: laboratoriesId, logistics: logisticsId };
const t = ((key: string) =>
	key
		.split(".")
		.reduce<unknown>(
			(at, part) => (at as Record<string, unknown>)[part],
			TEXTS,
		)) as never;

const ROW: LaboratoryRow = {
	...{ facility: 1, area: 35, day: 18_620, age: 0, sources: [] },
	...{ able: 180, limit: "reagents", lasting: 188, waiting: 540 },
	parts: {
		...{ extraction: null, pcr: 188, staff: 240 },
		...{ reagents: 180, stated: 300 },
	},
	equipment: {
		...{ machines: 1, runs: 2, staff: 6, perWorker: 40 },
		toldOn: { stated: 18_620, extraction: null, pcr: 18_618, staff: 18_620 },
	},
	...{ waitDays: 3, endless: false, receivedPerDay: 60, testedPerDay: 90 },
	...{ load: 90 / 188, days: 6 },
	positivity: { tests: 243, positives: 54, share: 54 / 243, days: 6 },
	...{ reagent: 200, reagentDays: 2, reagentUnused: false },
	...{ vtm: 120, vtmDays: 2, queueAhead: [], pool: null },
};
const ASSUMED = {
	...{ reagentWastage: REAGENT_WASTAGE, leastTests: 50, largestPool: 10 },
	samplesPerPlate: 94,
};

test("each figure of a laboratory stands beside the numbers that it is made of, and these come to it", () => {
	const origin = new Map(
		originOfLaboratory(ROW, ASSUMED, { t, format: formatFor("id") }).map(
			(one) => [one.key, one],
		),
	);
	expect(origin.get("wait")).toMatchObject({
		result: "3",
		filled: "540 ÷ 180",
	});
	expect(origin.get("able")).toMatchObject({
		result: "180",
		filled:
			"min(mesin PCR 1 × 2 × 94 = 188; petugas 6 × 40 = 240; reagen 200 × (1 − 10,0 %) = 180; menurut lab 300)",
		notes: [
			laboratoriesId.origin.heldBy,
			laboratoriesId.notTold,
			laboratoriesId.origin.toldOn,
		],
	});
	expect(origin.get("lasting")).toMatchObject({
		result: "188",
		filled: "min(188; 240; 300)",
	});
	expect(origin.get("load")).toMatchObject({
		result: "48 %",
		filled: "90 ÷ 188",
	});
	expect(origin.get("reagents")).toMatchObject({
		result: "2",
		filled: "200 × (1 − 10,0 %) ÷ 90",
	});
	expect(origin.get("positivity")?.filled).toBe("54 ÷ 243");
});

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
		{ t, format: formatFor("id") },
	);
	const of = (key: string) => silent.find((one) => one.key === key);
	expect(of("waiting")?.result).toBe("tidak diketahui");
	expect(of("reagents")?.result).toBe("tidak diketahui");
	expect(of("able")).toMatchObject({ result: "188" });
	expect(of("able")?.filled).not.toContain("reagen");
	expect(of("able")?.notes).toContain(laboratoriesId.notTold);
});
