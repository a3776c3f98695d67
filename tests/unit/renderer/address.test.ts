import * as fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { COUNTED_INDICATORS } from "../../../core/series/indicator.ts";
import {
	addressOf,
	type Place,
	placeFromAddress,
} from "../../../renderer/navigation/address.ts";
import { searchFrom } from "../../../renderer/state/search.ts";
import {
	DEFAULT_VIEW,
	MAP_LEVELS,
} from "../../../renderer/state/view-state.ts";

const NOWHERE_ELSE: Place = { ...DEFAULT_VIEW, day: null };

const anyDay = fc.option(fc.integer({ min: 0, max: 40_000 }), { nil: null });
const anyPlace: fc.Arbitrary<Place> = fc.record({
	screen: fc.constantFrom("situasi", "jejak-audit", "tidak ada"),
	area: fc.constantFrom("ID", "35", "35.07", "91.01"),
	day: anyDay,
	indicator: fc.constantFrom(...COUNTED_INDICATORS.map((entry) => entry.key)),
	measure: fc.constantFrom("total" as const, "per100k" as const),
	mapLevel: fc.constantFrom(...MAP_LEVELS),
	camera: fc.constantFrom("", "whole", "106.3_-6.85_107.1_-5.9"),
	asKnown: anyDay,
	language: fc.constantFrom("id" as const, "en" as const),
	ownLanguage: fc.constantFrom("id" as const, "en" as const),
	wall: fc.boolean(),
	own: fc.dictionary(
		fc.constantFrom("who", "page", "file", "__proto__x"),
		fc.string(),
		{ noNullPrototype: true },
	),
});

test("a place written into the address is read back as it was", () => {
	fc.assert(
		fc.property(anyPlace, (place) => {
			expect(placeFromAddress(addressOf(place), place.ownLanguage)).toEqual({
				...place,
				refused: null,
			});
		}),
	);
});

test("a link is read in the reader's language, and names one only where it is another", () => {
	const written = addressOf({ ...NOWHERE_ELSE, area: "35" });
	expect(written).not.toContain("lang");
	expect(placeFromAddress(written, "en").language).toBe("en");
	expect(placeFromAddress("#/situasi?lang=id", "en").language).toBe("id");
});

test("an address typed with nonsense shows the default, and says which of its parts mean nothing", () => {
	expect(
		placeFromAddress(
			"#/situasi?day=2020-02-30&indicator=flu&measure=x&map=y&lang=fr&known=now",
		),
	).toEqual({
		...NOWHERE_ELSE,
		refused: {
			what: "part",
			text: "indicator=flu, day=2020-02-30, measure=x, map=y, known=now, lang=fr",
		},
	});
	for (const known of ["", "#/situasi?day=&map=zoom&lang=id"])
		expect(placeFromAddress(known)).toEqual({
			...NOWHERE_ELSE,
			refused: null,
		});
});

test("an address cannot ask for new cases of a state: active cases have none", () => {
	const view = placeFromAddress(
		"#/situasi?indicator=active&measure=new7per100k",
	);
	expect(view.measure).toBe("per100k");
	expect(
		placeFromAddress("#/situasi?indicator=deaths&measure=new7").measure,
	).toBe("new7");
});

test("an area keeps its code as text: 11.10 does not become 11.1", () => {
	expect(placeFromAddress("#/situasi?area=11.10").area).toBe("11.10");
});

test("an area or a screen that does not exist is kept as it was typed, so that the person can be told", () => {
	expect(placeFromAddress("#/situasi?area=99.99").area).toBe("99.99");
	expect(placeFromAddress("#/situasi?area=11.1").area).toBe("11.1");
	expect(placeFromAddress("#/cuaca?day=2020-04-12")).toMatchObject({
		screen: "cuaca",
		day: Date.parse("2020-04-12") / 86_400_000,
	});
	expect(placeFromAddress("#/%E0%A4%A").screen).toBe("%E0%A4%A");
});

test("what is a screen's own is read by its schema, and a part that makes no sense is as if it were not there", () => {
	const schema = z.object({
		who: z.string().default(""),
		page: z
			.string()
			.regex(/^[0-9]+$/)
			.default("1"),
	});
	const { own } = placeFromAddress("#/jejak-audit?who=rina&page=x&area=35");
	expect(own).toEqual({ who: "rina", page: "x" });
	expect(searchFrom(schema, own)).toEqual({ who: "rina", page: "1" });
});
