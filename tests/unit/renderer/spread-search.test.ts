import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LARGEST_SET } from "../../../core/api/parameter.ts";
import { textOfAreas } from "../../../core/areas/area-set.ts";
import { ZONES } from "../../../core/epidemic/zone-transition.ts";
import { textOfAgainst } from "../../../core/series/against.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import { textOfPeriod } from "../../../core/series/period.ts";
import { SCALES } from "../../../core/statistics/scale.ts";
import {
	addressOf,
	placeFromAddress,
} from "../../../renderer/navigation/address.ts";
import {
	BYS,
	GRIDS,
	MODES,
	WEEKS,
} from "../../../renderer/screens/sebaran/compare-search.ts";
import { KINDS } from "../../../renderer/screens/sebaran/event-kinds.ts";
import {
	MARK_KINDS,
	MOST_MARKS,
} from "../../../renderer/screens/sebaran/mark-kinds.ts";
import {
	LEGENDS,
	SPEEDS,
	type SpreadSearch,
	spreadSearch,
} from "../../../renderer/screens/sebaran/search.ts";
import {
	searchFrom,
	searchText,
	senselessIn,
} from "../../../renderer/state/search.ts";
import { SHOWN_INDICATORS } from "../../../renderer/state/shown-indicators.ts";
import { DEFAULT_VIEW } from "../../../renderer/state/view-state.ts";
import { loadAreas } from "../../../resources/areas/load.ts";

const regencies = loadAreas()
	.filter(({ code }) => /^\d\d\.\d\d$/.test(code))
	.map(({ code }) => code);
const anyDay = fc.integer({ min: 0, max: 40_000 });
const isoDay = anyDay.map(isoFromDay);
/** A switch is on, or not in the address at all. */
const off = fc.constantFrom(true, undefined);
const anySearch: fc.Arbitrary<SpreadSearch> = fc
	.record({
		period: fc.oneof(
			fc.constant(""),
			fc
				.oneof(
					fc.constantFrom({ kind: "day" as const }, { kind: "all" as const }),
					fc.record({
						kind: fc.constant("last" as const),
						days: fc.integer({ min: 1, max: 60 }),
					}),
					fc.record({ kind: fc.constant("since" as const), from: anyDay }),
				)
				.map(textOfPeriod),
		),
		scale: fc.constantFrom(...SCALES),
		only: fc.constantFrom("", "0", "7", "zero", "none"),
		compare: fc.constantFrom(...MODES),
		by: fc.constantFrom(...BYS),
		against: fc
			.oneof(
				fc.record({ kind: fc.constant("on" as const), day: anyDay }),
				fc.record({
					kind: fc.constant("before" as const),
					days: fc.integer({ min: 1, max: 999 }),
				}),
			)
			.map(textOfAgainst),
		with: fc.constantFrom("" as const, ...SHOWN_INDICATORS),
		beside: fc.constantFrom("", "ID", ...regencies),
		grid: fc.constantFrom(...GRIDS),
		weeks: fc.constantFrom(...WEEKS),
		own: off,
		at: fc.integer({ min: 0, max: 100 }).map(String),
		speed: fc.constantFrom(...SPEEDS.map(String)),
		weekly: off,
		loop: off,
		events: fc.subarray([...KINDS]),
		race: off,
		marks: fc.shuffledSubarray([...MARK_KINDS], { maxLength: MOST_MARKS }),
		flat: off,
		legend: fc.constantFrom(...LEGENDS),
		set: fc.subarray(regencies).map(textOfAreas),
		zones: off,
		zoneFrom: fc.oneof(fc.constant(""), isoDay),
		zoneTo: fc.oneof(fc.constant(""), isoDay),
		zone: fc.constantFrom("" as const, "none" as const, ...ZONES),
		cell: fc.oneof(
			fc.constantFrom(null, "before" as const, "after" as const),
			fc.record({
				from: fc.constantFrom(...ZONES),
				to: fc.constantFrom(...ZONES),
			}),
		),
	})
	.map((search) => search as SpreadSearch);

const garbage = fc.oneof(
	fc.string({ maxLength: 40, unit: "binary" }),
	fc.constantFrom(
		"NaN",
		"-1",
		"1e9",
		"Infinity",
		"null",
		"__proto__",
		"constructor",
		"2020-02-30",
		"9".repeat(400),
		"3171.72-",
		"..",
		"circles.circles.clouds",
		"%00",
		"1",
	),
	fc.string({ minLength: 20_000, maxLength: 21_000 }),
);
const keys = Object.keys(spreadSearch.shape);

describe("the address of the spread", () => {
	test("restores whatever can be chosen, all of it at once", () => {
		fc.assert(
			fc.property(anySearch, (search) => {
				const own = searchText(spreadSearch, search);
				const { own: read } = placeFromAddress(
					addressOf({
						...DEFAULT_VIEW,
						screen: "sebaran",
						day: null,
						own,
					}),
				);
				// A switch that is off and one that is not there are the same.
				const known = JSON.parse(JSON.stringify(search));
				expect(searchFrom(spreadSearch, read)).toEqual(known);
				expect(senselessIn(spreadSearch, read)).toEqual([]);
			}),
		);
	});

	test("with garbage in any part is read without failing, gives something that can be chosen, and names what it did not take", () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom(...keys, "__proto__", "utm"), garbage, {
					noNullPrototype: true,
				}),
				(typed) => {
					const hash = `#/sebaran?${new URLSearchParams(Object.entries(typed))}`;
					const { own } = placeFromAddress(hash);
					const read = searchFrom(spreadSearch, own);
					const senseless = senselessIn(spreadSearch, own);
					// What was read is what its own address says: nothing half taken is left in it.
					const again = searchText(spreadSearch, read);
					expect(searchFrom(spreadSearch, again)).toEqual(
						JSON.parse(JSON.stringify(read)),
					);
					expect(senselessIn(spreadSearch, again)).toEqual([]);
					// Whatever part is not there as it was typed was named.
					const sorted = (text: string) => text.split(".").sort().join(".");
					const standing = new Set(
						Object.entries({
							...searchText(spreadSearch, searchFrom(spreadSearch, {})),
							...again,
						}).map(([key, text]) => `${key}=${sorted(text)}`),
					);
					const named = new Set(senseless);
					for (const [key, text] of Object.entries(own)) {
						if (text === "" || named.has(`${key}=${text}`)) continue;
						const isDefault =
							sorted(text) ===
							sorted(
								String(
									spreadSearch.encode(spreadSearch.parse({}))[
										key as keyof typeof spreadSearch.shape
									] ?? "",
								),
							);
						expect(isDefault || standing.has(`${key}=${sorted(text)}`)).toBe(
							true,
						);
					}
				},
			),
			{ numRuns: 100 },
		);
	});

	test("says of a class, a period or a mark that there is none of that name, and takes the others", () => {
		const own = {
			scale: "neat",
			period: "61d",
			marks: "circles.clouds",
			race: "yes",
			speed: "20",
			events: "rule.epidemic",
		};
		expect(senselessIn(spreadSearch, own)).toEqual([
			"scale=neat",
			"period=61d",
			"marks=circles.clouds",
			"race=yes",
		]);
		expect(searchFrom(spreadSearch, own)).toMatchObject({
			scale: "log",
			period: "",
			marks: ["circles"],
			speed: "20",
			events: ["epidemic", "rule"],
		});
	});

	test("takes no set that is larger than what is added up, and says so", () => {
		const districts = loadAreas()
			.filter(({ code }) => /^\d\d\.\d\d\.\d\d$/.test(code))
			.map(({ code }) => code);
		const of = (count: number) => ({
			set: textOfAreas(districts.slice(0, count)),
		});
		expect(senselessIn(spreadSearch, of(LARGEST_SET))).toEqual([]);
		expect(searchFrom(spreadSearch, of(LARGEST_SET + 1)).set).toBe("");
		expect(senselessIn(spreadSearch, of(LARGEST_SET + 1))).toHaveLength(1);
	});
});
