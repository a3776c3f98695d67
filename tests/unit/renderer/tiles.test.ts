import { expect, test } from "vitest";
import type { Kpi } from "../../../core/api/figures.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { VOCABULARY_BREAK } from "../../../core/series/indicator.ts";
import { tilesOf } from "../../../renderer/screens/situasi/tiles.ts";

const BOTH = ["confirmed", "active", "recovered", "deaths", "tests"] as const;

/** What an area reported: on the day itself, or last on an earlier one. */
function reported(
	on: readonly IndicatorKey[],
	before: readonly IndicatorKey[] = [],
): Kpi[] {
	const kpi = (indicator: IndicatorKey, value: number | null) =>
		({ indicator, value, lastReported: { day: 18_400, value: 1 } }) as Kpi;
	return [
		...on.map((key) => kpi(key, 1)),
		...before.map((key) => kpi(key, null)),
	];
}

const terms = (tiles: readonly IndicatorKey[]) =>
	tiles.filter((key) => !(BOTH as readonly string[]).includes(key));

test("until 12 July 2020 the tiles are ODP and PDP, from 13 July on suspek, probable and kontak erat where they are reported", () => {
	const all: IndicatorKey[] = ["odp", "pdp", "suspek", "probable"];
	expect(
		terms(tilesOf(VOCABULARY_BREAK - 1, reported(["odp", "pdp"]), "confirmed")),
	).toEqual(["odp", "pdp"]);
	expect(
		terms(
			tilesOf(
				VOCABULARY_BREAK,
				reported(["suspek", "probable"], all),
				"confirmed",
			),
		),
	).toEqual(["suspek", "probable"]);
	expect(
		terms(
			tilesOf(
				VOCABULARY_BREAK,
				reported(["suspek", "probable", "kontak-erat"]),
				"confirmed",
			),
		),
	).toEqual(["suspek", "probable", "kontak-erat"]);
});

test("where nobody ever reported a term in use, one tile says so, not one for each term", () => {
	expect(
		terms(tilesOf(VOCABULARY_BREAK + 60, reported(BOTH), "confirmed")),
	).toEqual(["suspek"]);
	expect(
		terms(tilesOf(VOCABULARY_BREAK - 60, reported(BOTH), "confirmed")),
	).toEqual(["odp"]);
});

test("a region that went on counting ODP after the break is shown with its ODP, and the indicator that is looked at keeps its tile", () => {
	expect(
		terms(
			tilesOf(VOCABULARY_BREAK + 3, reported(["odp", "suspek"]), "confirmed"),
		),
	).toEqual(["odp", "suspek"]);
	expect(
		terms(tilesOf(VOCABULARY_BREAK + 3, reported(["suspek"], ["pdp"]), "pdp")),
	).toEqual(["pdp", "suspek"]);
});
