import * as fc from "fast-check";
import { expect, test } from "vitest";
import { INDICATORS } from "../../../core/series/indicator.ts";
import {
	addressOf,
	viewFromAddress,
} from "../../../renderer/state/view-address.ts";
import { DEFAULT_VIEW, type View } from "../../../renderer/state/view-state.ts";

const anyDay = fc.option(fc.integer({ min: 0, max: 40_000 }), { nil: null });
const anyView: fc.Arbitrary<View> = fc.record({
	area: fc.constantFrom("ID", "35", "35.07", "91.01"),
	day: anyDay,
	indicator: fc.constantFrom(...INDICATORS.map((entry) => entry.key)),
	measure: fc.constantFrom("total" as const, "per100k" as const),
	mapLevel: fc.constantFrom("regency" as const, "province" as const),
	asKnown: anyDay,
	language: fc.constantFrom("id" as const, "en" as const),
});

test("a view written into the address is read back as it was", () => {
	fc.assert(
		fc.property(anyView, (view) => {
			expect(viewFromAddress(addressOf(view))).toEqual(view);
		}),
	);
});

test("an address typed with nonsense shows the default, not an error", () => {
	expect(
		viewFromAddress(
			"#/situasi?area=11.1&day=2020-02-30&indicator=flu&measure=x&map=y&lang=fr&known=now",
		),
	).toEqual(DEFAULT_VIEW);
	expect(viewFromAddress("")).toEqual(DEFAULT_VIEW);
});

test("an address cannot ask for new cases of a state: active cases have none", () => {
	const view = viewFromAddress(
		"#/situasi?indicator=active&measure=new7per100k",
	);
	expect(view.measure).toBe("per100k");
	expect(
		viewFromAddress("#/situasi?indicator=deaths&measure=new7").measure,
	).toBe("new7");
});

test("an area keeps its code as text: 11.10 does not become 11.1", () => {
	expect(viewFromAddress("#/situasi?area=11.10").area).toBe("11.10");
});
