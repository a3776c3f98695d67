import { describe, expect, test } from "vitest";
import {
	knownWeeks,
	needsOfCensus,
} from "../../../core/logistics/census-needs.ts";
import { heldAsReported } from "../../../core/logistics/census-path.ts";
import { forecastNeeds } from "../../../core/logistics/needs.ts";
import {
	caseWeek,
	countryScenario,
} from "../../../core/logistics/needs-scenario.ts";
import { day, isoFromDay } from "../../../core/series/day.ts";
import { catalogues } from "../../../main/backend/query/catalogue.ts";

const FIRST = day("2020-06-15");
const { defaults } = catalogues();

describe("needs of patients that are given day by day", () => {
	test("are those of the forecast from cases, where both have the same patients in care", () => {
		// Steady cases: in care are those of one stay, and the census is held at that.
		const cases = 1000;
		const weeks = Array.from({ length: 16 }, (_, at) => ({
			weekBegins: isoFromDay(FIRST - 28 + at * 7),
			weekEnds: isoFromDay(FIRST - 22 + at * 7),
			cases,
		}));
		const { stayWeeks, severity } = defaults;
		const scenario = countryScenario(
			catalogues(),
			"IDN",
			weeks,
			isoFromDay(FIRST),
			12,
		);
		const fromCases = forecastNeeds(
			{
				...scenario,
				beds: { ...scenario.beds, severe: null, critical: null },
				healthWorkers: 1e9,
				labStaff: 1e9,
				weeks: weeks.map((week) =>
					caseWeek(
						week.weekBegins,
						week.weekEnds,
						cases,
						severity,
						defaults.testing.negativesPerPositive,
					),
				),
			},
			catalogues(),
		);
		const fromCensus = needsOfCensus(
			heldAsReported(
				{
					mild: cases * severity.mild * stayWeeks.mild,
					moderate: cases * severity.moderate * stayWeeks.moderate,
					severe: cases * severity.severe * stayWeeks.severe,
					critical: cases * severity.critical * stayWeeks.critical,
				},
				FIRST,
				84,
			),
			{ name: "", machines: 1 },
			catalogues(),
		);
		expect(fromCensus.items).toHaveLength(fromCases.items.length);
		fromCases.items.forEach((need, at) => {
			const other = fromCensus.items[at]?.total ?? null;
			if (need.total === null) expect(other).toBeNull();
			else
				expect(
					Math.abs((other ?? Number.NaN) - need.total),
					need.item.id,
				).toBeLessThanOrEqual(1e-6 * Math.max(1, need.total));
		});
		fromCases.medicines.forEach((need, at) => {
			expect(fromCensus.medicines[at]?.total).toBeCloseTo(need.total, 4);
		});
		expect(fromCensus.oxygen[3]?.cubicMetresPerDay).toBeCloseTo(
			fromCases.oxygen[3]?.cubicMetresPerDay ?? 0,
			6,
		);
	});

	test("are of the weeks of which every day and severity is known, and of none where nobody told", () => {
		const path = heldAsReported(
			{ mild: 1, moderate: 1, severe: 1, critical: 1 },
			FIRST,
			30,
		);
		expect(knownWeeks(path)).toBe(4);
		path.bySeverity.mild[15] = Number.NaN;
		expect(knownWeeks(path)).toBe(2);
		expect(() =>
			needsOfCensus(
				heldAsReported({ severe: 3 }, FIRST, 28),
				{ name: "", machines: 0 },
				catalogues(),
			),
		).toThrow(RangeError);
	});
});
