import type { TFunction } from "i18next";
import { describe, expect, test } from "vitest";
import type { Demand } from "../../../core/api/demand.ts";
import type { Needs } from "../../../core/api/needs.ts";
import { day } from "../../../core/series/day.ts";
import { needsAnswer } from "../../../main/backend/analysis/needs.ts";
import { catalogues } from "../../../main/backend/query/catalogue.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import { logisticsEn } from "../../../renderer/i18n/logistics-en.ts";
import { logisticsId } from "../../../renderer/i18n/logistics-id.ts";
import { needsLines } from "../../../renderer/screens/logistik/needs-lines.ts";

const TEXTS = { id: logisticsId, en: logisticsEn };
const textOf = (language: "id" | "en") =>
	((key: string, gaps: Record<string, unknown> = {}) => {
		const text = key
			.split(".")
			.slice(1)
			.reduce<unknown>((tree, part) => (tree as never)[part], TEXTS[language]);
		expect(text, key).toBeTypeOf("string");
		return String(text).replace(/\{\{(\w+)\}\}/g, (_, gap) =>
			String(gaps[gap]),
		);
	}) as unknown as TFunction;

const DAYS = 28;
/** Patients that rise and fall, in parts of people as a model has them. */
function demand(): Demand {
	const line = (most: number) =>
		Array.from({ length: DAYS }, (_, at) => most * (1 + Math.sin(at / 6)));
	const census = {
		mild: line(61.37),
		moderate: line(48.11),
		severe: line(23.456),
		critical: line(7.9),
	};
	return {
		...{ area: 1, facility: null, day: day("2020-12-26"), method: "held" },
		basis: {} as Demand["basis"],
		outcome: {
			status: "projected",
			...{ firstDay: day("2020-12-27"), days: DAYS, census, total: [] },
			...{ wide: null, half: null, totalWide: null, totalHalf: null },
			...{ waiting: null, peak: null, trustedDays: null, modelled: null },
			...{ chime: null, renewal: null },
		},
	};
}

const known = () => {
	const { outcome } = needsAnswer(demand(), 0.37, catalogues());
	return outcome as Extract<Needs["outcome"], { status: "known" }>;
};

/** What a formula as it is printed comes to, by nothing but what is printed. */
function comesTo(text: string, language: "id" | "en"): number {
	const plain =
		language === "id"
			? text.replaceAll(".", "").replaceAll(",", ".")
			: text.replaceAll(",", "");
	const arithmetic = plain
		.replaceAll("×", "*")
		.replaceAll("÷", "/")
		.replaceAll("−", "-")
		.replaceAll(";", ",")
		.replaceAll("⌈", "Math.ceil(-1e-9+")
		.replaceAll("⌉", ")")
		.replaceAll("max(", "Math.max(")
		.replaceAll("min(", "Math.min(");
	expect(arithmetic).toMatch(/^[-\d.+*/(), eMathceilminx]+$/);
	return Number(new Function(`return ${arithmetic}`)());
}

/** "what: 1 + 2 = 3" in its two sides; undefined: a remark. */
function sides(line: string): { left: string; right: string } | undefined {
	const match = /: ([^:=]+) = ([^=]+)$/.exec(line);
	return match ? { left: match[1] ?? "", right: match[2] ?? "" } : undefined;
}

test("where patients are told and one severity is not, that is the reason for no needs, and not that no hospital told of its patients", () => {
	const { outcome, ...rest } = demand();
	if (outcome.status !== "projected") throw new Error("refused");
	const census = { ...outcome.census, mild: Array(DAYS).fill(null) };
	expect(
		needsAnswer(
			{ ...rest, outcome: { ...outcome, census } },
			0.37,
			catalogues(),
		).outcome,
	).toMatchObject({ status: "refused", reason: "severity-not-known" });
});

describe.each(["id", "en"] as const)(
	"what an area will need, in %s",
	(language) => {
		const lines = needsLines(known(), {
			...{ t: textOf(language), format: formatFor(language), language },
		});

		test("opens for every number to a formula, which comes to the number with what is printed in it", () => {
			let checked = 0;
			for (const { name, total, formula } of lines) {
				if (total === null) continue;
				const stated = formula.flatMap((line) => sides(line) ?? []);
				// People in care are what the chart beside it shows, day by day.
				if (stated.length === 0) {
					expect(formula.length, name).toBeGreaterThan(0);
					continue;
				}
				for (const { left, right } of stated) {
					const said = comesTo(right, language);
					const whole = (left.match(/⌈/g) ?? []).length;
					expect(
						Math.abs(comesTo(left, language) - said),
						`${name}: ${left} = ${right}`,
					).toBeLessThanOrEqual(
						whole * 1e-9 + 2e-6 * Math.max(1, Math.abs(said)),
					);
					checked++;
				}
				expect(
					stated.some(
						({ right }) =>
							Math.abs(comesTo(right, language) - total) <=
							1e-6 * Math.max(1, total),
					),
					`${name}: none of its formulas comes to ${total}`,
				).toBe(true);
			}
			expect(checked).toBeGreaterThan(200);
		});

		test("says of patients in care of which week they are: under the heading of a total they are no sum of the weeks", () => {
			const { weeks } = known();
			const day = formatFor(language).day(weeks.at(-1) as number);
			for (const { key, name } of lines)
				if (key.startsWith("in-care-")) expect(name).toContain(day);
		});

		test("names oxygen in its four units, each role of the staff, tests, medicines and what all of it costs", () => {
			const keys = lines.map(({ key }) => key);
			for (const key of [
				...["oxygen-m3", "oxygen-tonnes", "oxygen-concentrators"],
				...["oxygen-cylinder-6m3", "inpatientWorkers", "ambulanceWorkers"],
				...["screeningWorkers", "labStaff", "isolationCaregivers"],
				...["tests-wanted", "tests-done", "admitted-severe", "cost"],
			])
				expect(keys).toContain(key);
			expect(new Set(keys).size).toBe(keys.length);
			const cost = lines.find(({ key }) => key === "cost");
			expect(cost?.costUsd).toBeCloseTo(
				lines
					.filter(({ key }) => key !== "cost")
					.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
				4,
			);
		});
	},
);
