import type { TFunction } from "i18next";
import { expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import type { ScenarioComparison } from "../../../core/api/scenarios.ts";
import { HOSPITAL_DEFAULTS } from "../../../core/logistics/census-choice.ts";
import {
	changedInputs,
	type WrittenInputs,
} from "../../../core/logistics/scenario.ts";
import { censusId } from "../../../renderer/i18n/census-id.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import { logisticsId } from "../../../renderer/i18n/logistics-id.ts";
import { scenariosId } from "../../../renderer/i18n/scenarios-id.ts";
import type { Preset } from "../../../renderer/screens/logistik/scenario-presets.ts";
import { presetInputs } from "../../../renderer/screens/logistik/scenario-presets.ts";
import {
	changedWords,
	delaysNothing,
	fromFileWords,
	withoutValue,
} from "../../../renderer/screens/logistik/scenario-words.ts";
import type { AreaIndex } from "../../../renderer/state/area-index.ts";

const TEXTS = {
	census: censusId,
	logistics: logisticsId,
	scenarios: scenariosId,
};
/** The Indonesian text of a key, with its gaps filled; a key without a text is a fault of the test. */
const t = ((key: string, gaps: Record<string, unknown> = {}) => {
	const text = key
		.split(".")
		.reduce<unknown>((tree, part) => (tree as never)[part], TEXTS);
	expect(text, key).toBeTypeOf("string");
	return String(text).replace(/\{\{(\w+)\}\}/g, (_, gap) => String(gaps[gap]));
}) as unknown as TFunction;

const area = { id: 35, code: "35", name: "Jawa Timur", parent: null };
const facilities = [
	{ id: 1, kind: "warehouse", area: 35, code: "GUDANG-35", name: "Gudang A" },
	{ id: 2, kind: "laboratory", area: 35, code: "LAB-1", name: "Lab B" },
] as unknown as FacilityRow[];
const areas = {
	nation: area,
	byId: () => area,
	path: () => [area],
} as unknown as AreaIndex;
const inputs = (preset: Preset) =>
	presetInputs(preset, {
		...{ area: area as unknown as AreaRow, areas, facilities },
		...{ day: "2020-12-26", asKnown: null },
	});
const words = (from: WrittenInputs, to: WrittenInputs) =>
	changedInputs(from, to).map((one) =>
		changedWords(one, {
			...{ t, format: formatFor("id"), facilities },
			areaName: () => "Jawa Timur",
		}),
	);

test("a day that does not come and a queue that never ends are told apart from what is not known", () => {
	const row = (key: string, value: number | null) =>
		({
			key,
			item: null,
			unit: "day",
			values: [value],
			differences: [null],
		}) as ScenarioComparison["rows"][number];
	const of = (key: "firstOut" | "lasts" | "waitDays", value: number | null) =>
		({
			known: withoutValue(
				[row("runsOut", 0), row("waiting", 5), row("able", 0), row(key, value)],
				row(key, value),
				0,
			),
			unknown: withoutValue(
				[row("runsOut", null), row("able", 0), row(key, value)],
				row(key, value),
				0,
			),
		}) as const;
	expect(of("firstOut", null)).toEqual({ known: "notGone", unknown: null });
	expect(of("lasts", null)).toEqual({ known: "notGone", unknown: null });
	expect(of("waitDays", null)).toEqual({ known: "neverEnds", unknown: null });
	expect(of("lasts", 18_650)).toEqual({ known: null, unknown: null });
	// Patients are no stock: of their peak nothing is said.
	expect(withoutValue([row("runsOut", 0)], row("peakDay", null), 0)).toBeNull();
});

test("what a scenario assumes otherwise is told in words, with names and units, and never as it is stored", () => {
	const held = inputs("held");
	expect(words(held, inputs("double"))).toEqual([
		"pasien: seperti dilaporkan → pembaruan, kasus berlipat dua (9 hari)",
	]);
	expect(words(held, inputs("warehouse"))).toEqual([
		"gudang hilang: tidak ada → Gudang A",
	]);
	expect(words(held, inputs("laboratory"))).toEqual([
		"lab berhenti: tidak ada → Lab B",
	]);
	expect(words(held, inputs("late"))).toEqual([
		"kiriman terlambat: 0 hari → 14 hari",
	]);
	expect(words(held, inputs("crisis"))).toEqual([
		"cara perawatan: Biasa → Krisis",
	]);
	expect(
		words(held, {
			...{ ...held, beds: true, weeks: 8, use: "modelled" as const },
			...{ asKnown: "2020-12-20", day: "2020-12-19", reuse: 2 },
			shipments: [{ item: "stock_gown", units: 5000, arrives: "2020-12-31" }],
		}),
	).toEqual([
		"hari: 26 Des 2020 → 19 Des 2020",
		"seperti diketahui: sekarang → 20 Des 2020",
		"minggu: 4 minggu → 8 minggu",
		"tempat tidur: tidak → ya",
		"pemakaian: Terlapor → Dari pasien",
		"pakai ulang: 1 kali → 2 kali",
		"kiriman: tidak ada → Gaun 5.000 (31 Des 2020)",
	]);
});

test("a delay of nothing is said to be one, and one of a shipment is not", () => {
	const arriving = (onTheWay: number) =>
		[
			{ key: "arriving", inputs: [{ name: "onTheWay", value: onTheWay }] },
		] as unknown as ScenarioComparison["scenarios"][number]["formulas"];
	const changed = changedInputs(inputs("held"), inputs("late"));
	expect(delaysNothing(changed, arriving(0))).toBe(true);
	expect(delaysNothing(changed, arriving(5))).toBe(false);
	expect(delaysNothing([], arriving(0))).toBe(false);
	// Of an area whose orders are not told nothing is said.
	expect(delaysNothing(changed, [])).toBe(false);
});

test("a file whose result alone is another is of another version of the program, not of other data", () => {
	expect(fromFileWords([], t)).toBe(scenariosId.sameAsFile);
	expect(fromFileWords(["result"], t)).toBe(scenariosId.otherVersion);
	expect(fromFileWords(["publication", "result"], t)).toBe(
		"Berbeda dari berkas: terbitan lain, hasil lain.",
	);
});

test("contacts that are fewer from a day on are told with how many and from when, as they are typed", () => {
	const chime = (contactReduction: number, mitigation: string | null) => ({
		...inputs("held"),
		census: {
			...{ method: "chime" as const, contactReduction, mitigation },
			fit: { by: "doubling-time" as const, doublingTime: 9 },
		},
	});
	const way = "CHIME, waktu berlipat dua";
	expect(words(chime(0, null), chime(0.3, "2021-01-01"))).toEqual([
		`pasien: ${way} (9 hari) → ${way} (9 hari; kontak berkurang 30 % sejak 1 Jan 2021)`,
	]);
	expect(words(chime(0.3, "2021-01-01"), chime(0.125, null))).toEqual([
		`pasien: ${way} (9 hari; kontak berkurang 30 % sejak 1 Jan 2021) → ${way} (9 hari; kontak berkurang 12,5 % sejak hari laporan)`,
	]);
});

test("a scenario of the same way with other numbers says that these differ, and not the same words twice", () => {
	const double = inputs("double");
	const [changed] = words(double, {
		...double,
		census: {
			...{ method: "renewal" as const, doublingDays: 9 },
			hospital: { ...HOSPITAL_DEFAULTS, admissionShare: 0.5 } as never,
		},
	});
	expect(changed).toBe(
		"pasien: pembaruan, kasus berlipat dua (9 hari) (angka lain di dalamnya)",
	);
});
