import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { INTERVALS } from "../../core/epidemic/published-interval.ts";
import { estimateReproductionCube } from "../../core/epidemic/reproduction-cube.ts";
import { discretiseSerialInterval } from "../../core/epidemic/serial-interval.ts";
import { ruleId } from "../../core/quality/rule.ts";
import { monthOf } from "../../core/series/day.ts";
import { MARKS } from "../../core/series/mark.ts";
import {
	type EstimatedAreas,
	reproductionOn,
	toldOf,
} from "../../main/backend/analysis/reproduction.ts";
import { newCasesOfAll } from "../../main/backend/query/new-cases.ts";
import {
	AREA,
	CONFIRMED,
	FIRST,
	type Row,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

type Value = number | null;
let home: ReturnType<typeof temporaryFolder> | undefined;
let db: Database.Database | undefined;
afterEach(() => {
	db?.close();
	home?.remove();
});

/** Jawa Timur as the sum of three equal regencies, and the nation, which tells each day itself. */
function replica(
	of: Record<number, readonly Value[]>,
	days: number,
	holds: "country" | "province" = "country",
) {
	const fact: Row[] = [];
	const put = (area: number, at: number, value: Value, rule: string) =>
		fact.push({
			indicator: CONFIRMED,
			month: monthOf(FIRST + at),
			area,
			day: FIRST + at,
			value,
			source: rule === "sum-of-areas" ? null : 1,
			rule: ruleId(rule as "silent"),
			marks: value === null ? 1 : 0,
			as_of: FIRST + at,
			reporting: null,
			expected: null,
		});
	for (let at = 0; at < days; at++) {
		const known = Object.entries(of).map(([area, values]) => {
			const value = values[at] ?? null;
			put(Number(area), at, value, value === null ? "silent" : "only-source");
			return value;
		});
		const told = known.filter((one) => one !== null);
		if (told.length > 0)
			put(
				AREA.jatim,
				at,
				told.reduce((a, b) => a + b, 0),
				"sum-of-areas",
			);
		if (holds === "country") put(AREA.nation, at, 1000 * at, "only-source");
	}
	const rows = twoProvinces();
	home = temporaryFolder();
	const path = writeReplica(home.folder, {
		...rows,
		dataset: (rows.dataset ?? []).map((row) =>
			row.key === "last_day"
				? { ...row, value: String(FIRST + days - 1) }
				: row,
		),
		area: (rows.area ?? []).map((row) =>
			row.parent === AREA.jatim && row.id !== AREA.jatimUnknown
				? { ...row, population: 13_000_000 }
				: row,
		),
		fact,
		claim: [],
	});
	db = new Database(path, { readonly: true });
	return db;
}

function estimated(
	from: Database.Database,
	level: "province" | "regency",
	window = 7,
): EstimatedAreas {
	const { cases, ...given } = newCasesOfAll(from, { level, asKnownOn: null });
	const { mean, sd } = INTERVALS.nishiura;
	return toldOf(
		given,
		{ window, interval: "nishiura" },
		estimateReproductionCube({
			areas: given.areas.length,
			days: given.days,
			local: cases,
			windowDays: window,
			serialInterval: discretiseSerialInterval(mean, sd, given.days),
		}),
	);
}

const steady = (days: number, until = days) =>
	Array.from({ length: days }, (_, at) => (at < until ? at * 30 : null));

const of = (found: EstimatedAreas, area: number, on: number) =>
	reproductionOn(found, "province", FIRST + on).rows.find(
		(row) => row.area === area,
	);

test("an R of a window earlier is not told where that window holds days that are still coming in", () => {
	const days = 58;
	const found = estimated(
		replica(
			{
				[AREA.tulungagung]: steady(days),
				[AREA.malang]: steady(days),
				[AREA.lamongan]: steady(days, 45),
			},
			days,
		),
		"province",
	);
	// As many fell ill on each day: two thirds of them told since the 45th read as an R of 0.8.
	expect(of(found, AREA.jatim, days - 1)).toMatchObject({
		reason: "still-coming",
		before: null,
	});
	expect(of(found, AREA.jatim, 44)?.before).toBeCloseTo(1, 2);
});

test("nobody waits for who has told nothing for two weeks: the sum of the others is told, and said to be partial", () => {
	const days = 80;
	const found = estimated(
		replica(
			{
				[AREA.tulungagung]: steady(days),
				[AREA.malang]: steady(days),
				[AREA.lamongan]: steady(days, 45),
			},
			days,
		),
		"province",
	);
	// As many fell ill on each day: while the weeks before still hold the third, an R of the others would be as low as 0.79.
	for (let on = 46; on <= 54; on++)
		expect(of(found, AREA.jatim, on)).toMatchObject({
			mean: null,
			reason: "fewer-tell",
		});
	const row = of(found, AREA.jatim, days - 1);
	expect(row).toMatchObject({ reason: null, marks: MARKS.partial });
	expect(row?.mean).toBeCloseTo(1, 2);
});

test("at the workstation of a province, which holds nothing of the nation, R is of the last day that the province told", () => {
	const days = 58;
	const found = estimated(
		replica(
			{
				[AREA.tulungagung]: steady(days),
				[AREA.malang]: steady(days),
				[AREA.lamongan]: steady(days, 55),
			},
			days,
			"province",
		),
		"province",
	);
	const last = reproductionOn(found, "province", FIRST + days - 1);
	expect(last.shown).toBe(FIRST + 54);
	expect(last.rows.find(({ area }) => area === AREA.jatim)).toMatchObject({
		reason: null,
	});
});

test("a count that was corrected downwards was reported: it is said why nothing new can be told of it", () => {
	const days = 60;
	const found = estimated(
		replica(
			{
				[AREA.tulungagung]: steady(days),
				[AREA.malang]: steady(days).map((one, at) =>
					one !== null && at >= 50 ? one - 400 : one,
				),
				[AREA.lamongan]: steady(days).map((one, at) => (at >= 50 ? null : one)),
			},
			days,
		),
		"regency",
	);
	expect(of(found, AREA.malang, 52)).toMatchObject({
		mean: null,
		reason: "corrected",
	});
	expect(of(found, AREA.lamongan, 52)?.reason).toBe("day-not-reported");
	expect(of(found, AREA.malang, days - 1)?.reason).toBeNull();
});
