import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePpeContactRates } from "../../../core/logistics/catalogue.ts";
import { oxygenNeed } from "../../../core/logistics/oxygen.ts";
import {
	burnUnder,
	burnWithReuse,
	conventionalUse,
	perPatientDay,
	staffBasedUse,
} from "../../../core/logistics/ppe-use.ts";
import { readCatalogues } from "../../../main/analyst/catalogue-files.ts";

const { defaults } = await readCatalogues();
const rates = parsePpeContactRates(
	JSON.parse(
		readFileSync(
			new URL(
				"../../../resources/catalogue/ppe-contact-rates.json",
				import.meta.url,
			),
			"utf8",
		),
	),
);

test("a severe patient takes 14.4 and a critical one 43.2 m3 a day, as WHO prints", () => {
	expect(oxygenNeed(1, 0, defaults.oxygen).cubicMetresPerDay).toBeCloseTo(14.4);
	expect(oxygenNeed(0, 1, defaults.oxygen).cubicMetresPerDay).toBeCloseTo(43.2);
});

test("30,000 concentrators of 10 L/min stand for 600 t a day, as the Ministry said", () => {
	const need = oxygenNeed(30_000, 0, defaults.oxygen);
	expect(need.concentrators).toBe(30_000);
	expect(need.tonnesPerDay).toBeCloseTo(600);
});

test("cylinders are whole and enough", () => {
	const need = oxygenNeed(3, 1, defaults.oxygen);
	const bottles = need.cylindersPerDay["6m3"];
	expect(Number.isInteger(bottles)).toBe(true);
	expect(bottles * 6).toBeGreaterThanOrEqual(need.cubicMetresPerDay);
	expect((bottles - 1) * 6).toBeLessThan(need.cubicMetresPerDay);
});

test("contacts reproduce the calculator's printed use per patient-day", () => {
	for (const unit of ["icu", "floor"] as const)
		for (const item of ["n95", "mask", "gloves", "gown", "eye"]) {
			const printed = perPatientDay(rates, unit, "conventional", item);
			expect(
				conventionalUse(rates, item, unit, 1) / (printed as number),
			).toBeCloseTo(1, 2);
		}
});

test("one set for each nurse and shift", () => {
	// 20 patients, 4 to a nurse, 12-hour shifts, a set worn for two shifts: 20 * 2 / 4 / 2.
	expect(staffBasedUse(20, 4, 12, 2)).toBe(5);
});

test("a burn rate is carried to another stratum by the published ratio, and not at all without one", () => {
	expect(
		burnUnder(450, rates, "icu", "gown", "conventional", "crisis"),
	).toBeCloseTo(44);
	expect(
		burnUnder(450, rates, "icu", "boots", "conventional", "crisis"),
	).toBeUndefined();
	expect(burnWithReuse(100, 5)).toBe(20);
	expect(() => burnWithReuse(100, 0)).toThrow(RangeError);
});
