import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Explanation, type FigureTerm } from "../../core/api/explain.ts";
import { AreaTable, Kpi, Series } from "../../core/api/figures.ts";
import type { Level } from "../../core/areas/codes.ts";
import { ruleId } from "../../core/quality/rule.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../core/series/indicator.ts";
import { MARKS } from "../../core/series/mark.ts";
import {
	MEASURES,
	type Measure,
	measuresOf,
} from "../../core/series/measure.ts";
import type { Period } from "../../core/series/period.ts";
import { areas, areasAt } from "../../main/backend/query/areas.ts";
import { cube } from "../../main/backend/query/cube.ts";
import { explain } from "../../main/backend/query/explain.ts";
import { figures, kpis, table } from "../../main/backend/query/kpis.ts";
import { series } from "../../main/backend/query/series.ts";
import { spread, spreadSeries } from "../../main/backend/query/spread.ts";
import { areaTableRows } from "../../renderer/parts/table/area-rows.ts";
import { csvCell, PLAIN } from "../../renderer/parts/ui/csv.ts";
import { type AreaIndex, indexAreas } from "../../renderer/state/area-index.ts";
import {
	DAYS,
	DECISION,
	FIRST_DAY,
	INDICATORS_OF_COUNTRY,
	type SmallCountry,
	smallCountry,
} from "../fixtures/small-country.ts";
import { writeReplica } from "./backend-fixture.ts";

/** Opens the replica of a country and has it checked as known now and on a day, `later` days after the first or when anything was known. */
function asKnown(
	country: SmallCountry,
	later: number,
	check: (db: Database.Database, asKnownOn: number | null) => void,
): void {
	const asOfs = (country.rows.fact ?? []).map(({ as_of }) => Number(as_of));
	if (asOfs.length === 0) return;
	const folder = mkdtempSync(join(tmpdir(), "blc-figures-"));
	const db = new Database(writeReplica(folder, country.rows), {
		readonly: true,
	});
	try {
		check(db, null);
		check(db, Math.max(FIRST_DAY + later, Math.min(...asOfs)));
	} finally {
		db.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** A line of the exported table as the screen writes it, by column. */
function csvOf(
	index: AreaIndex,
	tables: ReadonlyMap<string, AreaTable>,
	parent: number | null,
	area: number,
	on: number,
): Record<Measure, string> {
	const asked = tables.get(String([parent, on])) as AreaTable;
	const row = areaTableRows(index, asked).find(({ id }) => id === area);
	return Object.fromEntries(
		MEASURES.map((measure) => [
			measure,
			csvCell(row?.[measure], "number", PLAIN),
		]),
	) as Record<Measure, string>;
}

/** What a file says is the figure: counts to the last digit, rates and shares to the fourth. */
function expectWritten(
	cell: string | undefined,
	value: number | null,
	where: string,
): void {
	if (value === null) expect(cell, where).toBe("");
	else if (Number.isInteger(value)) expect(cell, where).toBe(String(value));
	// Half of the fourth place, and what a number of this size cannot tell apart.
	else
		expect(Math.abs(Number(cell) - value), where).toBeLessThanOrEqual(
			0.00005 + Math.abs(value) * Number.EPSILON,
		);
}

/** A cube as rows of days, by area, `null` where not reported. */
function cubeByArea(
	db: Database.Database,
	indicator: IndicatorKey,
	measure: ReturnType<typeof measuresOf>[number],
	asKnownOn: number | null,
): RowsByArea {
	return byArea(db, (level) =>
		cube(db, { indicator, measure, level, asKnownOn }),
	);
}

type RowsByArea = Map<number, { value: (number | null)[]; marks: number[] }>;

function byArea(
	db: Database.Database,
	cubeAt: (level: Level) => {
		header: { areas: number; days: number };
		body: ArrayBuffer;
	},
): RowsByArea {
	const found = new Map<
		number,
		{ value: (number | null)[]; marks: number[] }
	>();
	for (const level of ["nation", "province", "regency"] as const) {
		const { header, body } = cubeAt(level);
		const cells = header.areas * header.days;
		const value = new Float64Array(body, 0, cells);
		const marks = new Uint16Array(body, cells * 8, cells);
		areasAt(db, level).forEach(({ id }, row) => {
			const at = row * header.days;
			found.set(id, {
				value: Array.from(value.subarray(at, at + header.days), (one) =>
					Number.isNaN(one) ? null : one,
				),
				marks: Array.from(marks.subarray(at, at + header.days)),
			});
		});
	}
	return found;
}

/** What the terms of an explanation add up to, by the words of the contract alone. */
function proved(
	how: Explanation["figure"]["how"],
	terms: FigureTerm[],
): number | null {
	let sum = 0;
	let count = 0;
	for (const term of terms)
		switch (term.kind) {
			case "report":
			case "rest":
				sum += term.value;
				break;
			case "area":
				sum += term.value ?? 0;
				break;
			case "indicator":
				sum += term.sign * term.value;
				break;
			case "day":
				sum += term.new ?? 0;
				break;
			case "ends":
				if (term.counted) sum += (term.now ?? 0) - (term.before ?? 0);
				break;
			case "count":
				count = term.value;
				break;
			case "people":
				sum = (count * 100_000) / term.value;
				break;
		}
	return how === "none" ? null : sum;
}

/** The value of a stored cell as the feed's revisions tell it. */
function fromRevisions(
	country: SmallCountry,
	indicator: IndicatorKey,
	area: number,
	day: number,
	asKnownOn: number | null,
): number | null {
	return revisionOf(country, indicator, area, day, asKnownOn)?.value ?? null;
}

test("tile, map, hover card, row, series, explanation and the feed's revisions state one value", () => {
	fc.assert(
		fc.property(
			smallCountry(true),
			fc.integer({ min: 3, max: DAYS + 3 }),
			(country, later) => {
				asKnown(country, later, (db, asKnownOn) => {
					for (const indicator of INDICATORS_OF_COUNTRY)
						agree(db, country, indicator, asKnownOn);
				});
			},
		),
		{ numRuns: 4, endOnFailure: true },
	);
}, 480_000);

test("a period of seven days is the weekly figure, of all days the value, of one day what the curve draws; an area's own is its row in all of them, and is proved by its explanation", () => {
	fc.assert(
		fc.property(
			smallCountry(true),
			fc.integer({ min: 3, max: DAYS + 3 }),
			(country, later) => {
				asKnown(country, later, (db, asKnownOn) => {
					const as = { indicator: "confirmed", asKnownOn } as const;
					const spreadOf = (period: Period, rate: boolean) =>
						byArea(db, (level) =>
							spread(db, { ...as, level, period, rate, within: null }),
						);
					const of = (measure: Measure) =>
						cubeByArea(db, as.indicator, measure, asKnownOn);
					const week: Period = { kind: "last", days: 7 };
					expect(spreadOf(week, false)).toEqual(of("new7"));
					expect(spreadOf(week, true)).toEqual(of("new7per100k"));
					expect(spreadOf({ kind: "all" }, false)).toEqual(of("total"));
					expect(spreadOf({ kind: "all" }, true)).toEqual(of("per100k"));
					const onDay = spreadOf({ kind: "day" }, false);
					for (const { id } of areas(db)) {
						const drawn = series(db, { ...as, area: id });
						expect(onDay.get(id)?.value).toEqual(drawn.daily);
						for (const period of [
							week,
							{ kind: "day" },
							{ kind: "since", from: FIRST_DAY + 2 },
						] as const) {
							const { value, marks } = spreadSeries(db, {
								...as,
								area: id,
								period,
								rate: false,
							});
							expect({ value, marks }).toEqual(spreadOf(period, false).get(id));
							for (const rate of [false, true])
								expectExplained(db, { ...as, area: id, period, rate });
						}
					}
				});
			},
		),
		{ numRuns: 2, endOnFailure: true },
	);
}, 240_000);

/** The explanation of a figure over a period states that very figure, and its terms give it. */
function expectExplained(
	db: Database.Database,
	asked: Parameters<typeof spreadSeries>[1],
): void {
	const told = spreadSeries(db, asked);
	const { rate, ...of } = asked;
	// Each is computed by itself: every fourth day stands for all.
	for (let on = asked.area % 4; on < told.value.length; on += 4) {
		const { figure, from } = Explanation.parse(
			explain(db, {
				...of,
				measure: rate ? "per100k" : "total",
				day: told.firstDay + on,
			}),
		);
		const where = `${told.period} ${rate} ${asked.area} ${on}`;
		expect([figure.value, figure.marks, figure.corrected], where).toEqual([
			told.value[on],
			told.marks[on],
			told.corrected[on],
		]);
		const proof = proved(figure.how, figure.terms);
		if (proof === null) expect(figure.value, where).toBeNull();
		else expect(proof, where).toBeCloseTo(told.value[on] as number, 6);
		expect(from, where).not.toBeNull();
	}
}

/** The id of the country in every small country. */
const COUNTRY = 1;

/** The drawer prints how far each statement lies from the value shown, and all from one another: it does not subtract. */
function expectGaps(told: Explanation, where: string): void {
	const shown = told.fact?.value ?? null;
	const said = [...told.claims, ...(told.sum ? [told.sum] : [])];
	for (const { value, gap } of said)
		expect(gap, where).toBe(shown === null ? null : value - shown);
	// What sources say by the areas below is in it too (heard-sources.test.ts).
	const now = [
		// A zero after a positive count is no statement.
		...told.claims.filter(
			({ current, marks }) => current && (marks & MARKS.implausibleZero) === 0,
		),
		// The country is not what its provinces add up to: cases without a place are in none of them.
		...(told.sum && told.area !== COUNTRY ? [told.sum] : []),
	].map(({ value }) => value);
	const width = now.length > 1 ? Math.max(...now) - Math.min(...now) : 0;
	expect(told.apart, where).toBeGreaterThanOrEqual(width);
	const own = told.claims.flatMap(({ current, value }) =>
		current ? [value] : [],
	);
	if (told.area === COUNTRY && own.length < 2)
		expect(told.apart, where).toBe(0);
}

/** A value that a source or a person gave is that of a claim which speaks now: not one that was withdrawn, taken back or has run out. */
function expectSpoken({ claims, fact }: Explanation, where: string): void {
	for (const { current, withdrawn } of claims)
		if (withdrawn !== null) expect(current, where).toBe(false);
	if (!["only-source", "source-order", "decision"].includes(fact?.rule ?? ""))
		return;
	expect(
		claims
			.filter(({ current }) => current)
			.map(({ source, value }) => [source.key, value]),
		where,
	).toContainEqual([fact?.source?.key, fact?.value]);
}

/** What was decided by hand and is in force as known on a day, by "area day", by a road of its own: SQL over claims and files. */
function decidedInSql(
	db: Database.Database,
	indicator: IndicatorKey,
	asKnownOn: number | null,
): Map<string, number> {
	const known = asKnownOn ?? Number.MAX_SAFE_INTEGER;
	const rows = db
		.prepare(
			`SELECT c.area || ' ' || c.day, c.value FROM claim c JOIN file f ON f.id = c.file
			 LEFT JOIN json_each(f.withdrawals) s ON s.value ->> 'from' <= @known AND ifnull(s.value ->> 'to', @known + 1) > @known
			 WHERE c.source = @source AND c.indicator = @indicator AND c.as_of <= @known AND s.value IS NULL`,
		)
		.raw()
		.all({
			known,
			source: DECISION,
			indicator: indicatorByKey(indicator).id,
		}) as [string, number][];
	return new Map(rows);
}

/**
 * What each source holds of each area and day as known on a day, by "source area day", by a road of its own: SQL over claims and files.
 * A cumulative zero after a positive count is none; of a source that writes only changes a value holds until its next entry that is none.
 */
function heldInSql(
	db: Database.Database,
	indicator: IndicatorKey,
	asKnownOn: number | null,
): Map<string, number> {
	const { id, kind } = indicatorByKey(indicator);
	const rows = db
		.prepare(
			`WITH stated AS (
				SELECT c.source, c.area, c.day, c.value, row_number() OVER (
					PARTITION BY c.source, c.area, c.day ORDER BY c.as_of DESC, f.sha256 DESC, c.line DESC) AS newest
				FROM claim c JOIN file f ON f.id = c.file
				LEFT JOIN json_each(f.withdrawals) s ON s.value ->> 'from' <= @known AND ifnull(s.value ->> 'to', @known + 1) > @known
				WHERE c.indicator = @id AND c.as_of <= @known AND s.value IS NULL
			), entry AS (
				SELECT s.*, @cumulative AND value = 0 AND source <> @decision AND EXISTS (
					SELECT 1 FROM stated e WHERE e.newest = 1 AND e.source = s.source AND e.area = s.area AND e.day < s.day AND e.value > 0) AS none
				FROM stated s WHERE newest = 1
			), held AS (
				SELECT source, area, day, value, lead(day) OVER (PARTITION BY source, area ORDER BY day) AS next FROM entry WHERE NOT none
			), day AS (SELECT DISTINCT day FROM fact)
			SELECT h.source || ' ' || h.area || ' ' || d.day, h.value FROM held h JOIN day d
				ON d.day = h.day OR d.day > h.day AND d.day < h.next AND (SELECT cadence = 'on-change' FROM source WHERE id = h.source)
			WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.none AND e.source = h.source AND e.area = h.area AND e.day = d.day)`,
		)
		.raw()
		.all({
			id,
			known: asKnownOn ?? Number.MAX_SAFE_INTEGER,
			cumulative: kind === "cumulative" ? 1 : 0,
			decision: DECISION,
		}) as [string, number][];
	return new Map(rows);
}

/** What a sum of one source holds of the regencies of a province: what was decided by hand, else what the source said. */
function membersInSql(
	held: ReadonlyMap<string, number>,
	source: number,
	regencies: readonly { id: number }[],
	day: number,
): Map<number, number> {
	return new Map(
		regencies.flatMap(({ id }): [number, number][] => {
			const value =
				held.get(`${DECISION} ${id} ${day}`) ??
				held.get(`${source} ${id} ${day}`);
			return value === undefined ? [] : [[id, value]];
		}),
	);
}

/** The revision of a cell that holds as known on a day. */
function revisionOf(
	{ answers }: SmallCountry,
	indicator: IndicatorKey,
	area: number,
	day: number,
	asKnownOn: number | null,
) {
	return answers
		.get(indicatorByKey(indicator).id)
		?.find((one) => one.area === area)
		?.revisions.filter(
			(one) => one.day === day && (asKnownOn === null || one.asOf <= asKnownOn),
		)
		.at(-1);
}

test("a sum of one source is of the areas of which that source spoke, its people and rates too, whatever is shown for them", () => {
	let sums = 0;
	fc.assert(
		fc.property(
			smallCountry(true),
			fc.integer({ min: 3, max: DAYS + 3 }),
			(country, later) => {
				asKnown(country, later, (db, asKnownOn) => {
					sums += expectMembers(db, country, asKnownOn);
				});
			},
		),
		{ numRuns: 12, endOnFailure: true },
	);
	expect(sums).toBeGreaterThan(100);
}, 240_000);

/** Holds every sum of a province to the claims of its source; of active cases too. Returns how many were held. */
function expectMembers(
	db: Database.Database,
	country: SmallCountry,
	asKnownOn: number | null,
): number {
	let held = 0;
	const parts = ["confirmed", "recovered", "deaths"] as const;
	const said = new Map(
		[...parts, "otg" as const].map((indicator) => [
			indicator,
			heldInSql(db, indicator, asKnownOn),
		]),
	);
	for (const province of areas(db).filter(({ level }) => level === "province"))
		for (let day = FIRST_DAY; day < FIRST_DAY + DAYS; day++) {
			const regencies = areas(db).filter(
				({ parent }) => parent === province.id,
			);
			const counted = (ids: Iterable<number>): number[] =>
				[...ids].filter(
					(id) => !regencies.find((one) => one.id === id)?.unknownPlace,
				);
			const peopleOf = (ids: Iterable<number>): number | null => {
				const all = counted(ids);
				if (
					all.length === counted(regencies.map(({ id }) => id)).length &&
					province.population
				)
					return province.population;
				const people = all.map(
					(id) => regencies.find((one) => one.id === id)?.population ?? 0,
				);
				return people.includes(0)
					? null
					: people.reduce((sum, one) => sum + one, 0) || null;
			};
			const sets = new Map<string, Map<number, number>>();
			const expectSet = (
				indicator: IndicatorKey,
				ids: readonly number[],
				where: string,
			): void => {
				const card = figures(db, {
					indicator,
					area: province.id,
					day,
					asKnownOn,
				});
				const people = peopleOf(ids);
				expect(
					{ reporting: card.reporting, people: card.people },
					where,
				).toEqual({ reporting: counted(ids).length, people });
				expect(card.per100k, where).toBe(
					people === null || card.value === null
						? null
						: (card.value * 100_000) / people,
				);
				held++;
			};
			for (const [indicator, held] of said) {
				const where = `${indicator} of area ${province.id} on day ${day - FIRST_DAY}, as known on ${asKnownOn}`;
				const fact = revisionOf(
					country,
					indicator,
					province.id,
					day,
					asKnownOn,
				);
				if (!fact?.source || fact.rule !== ruleId("sum-of-areas")) continue;
				const members = membersInSql(held, fact.source, regencies, day);
				sets.set(indicator, members);
				expectSet(indicator, [...members.keys()], where);
				expect(counted(members.keys()).length, where).toBe(fact.reporting);
				const told = explain(db, {
					indicator,
					measure: "total",
					area: province.id,
					day,
					asKnownOn,
				}).figure.terms;
				const expected = regencies
					.filter(({ id, unknownPlace }) => members.has(id) || !unknownPlace)
					.map(({ id }) => [id, members.get(id) ?? null]);
				expect(
					told.map((term) =>
						term.kind === "area" ? [term.area, term.value] : term,
					),
					where,
				).toEqual(expected);
			}
			const [first, ...others] = parts.map((part) => [
				...(sets.get(part)?.keys() ?? []),
			]);
			if (parts.some((part) => !sets.has(part))) continue;
			const where = `active of area ${province.id} on day ${day - FIRST_DAY}, as known on ${asKnownOn}`;
			const value = (area: number) =>
				figures(db, { indicator: "active", area, day, asKnownOn }).value;
			if (others.every((other) => String(other) === String(first))) {
				const [all = 0, healed = 0, died = 0] = parts.map((part) =>
					[...(sets.get(part)?.values() ?? [])].reduce((a, b) => a + b, 0),
				);
				expect(value(province.id), where).toBe(all - healed - died);
				expectSet("active", first, where);
			} else {
				const shown = regencies.filter(({ id }) => value(id) !== null);
				if (shown.length === 0) continue;
				expect(value(province.id), where).toBe(
					shown.reduce((sum, { id }) => sum + (value(id) ?? 0), 0),
				);
				expectSet(
					"active",
					shown.map(({ id }) => id),
					where,
				);
			}
		}
	return held;
}

function agree(
	db: Database.Database,
	country: SmallCountry,
	indicator: IndicatorKey,
	asKnownOn: number | null,
): void {
	const measures = measuresOf(indicator);
	const decided = decidedInSql(db, indicator, asKnownOn);
	const cubes = new Map(
		measures.map((measure) => [
			measure,
			cubeByArea(db, indicator, measure, asKnownOn),
		]),
	);
	const weekly =
		indicatorByKey(indicator).kind === "cumulative" ? "new7" : "change7";
	const tables = new Map(
		areas(db).flatMap(({ id }) =>
			Array.from({ length: DAYS }, (_, on) => {
				const asked = { indicator, area: id, day: FIRST_DAY + on, asKnownOn };
				return [String([id, on]), AreaTable.parse(table(db, asked))] as const;
			}),
		),
	);
	const index = indexAreas(areas(db));
	for (const { id, parent } of areas(db)) {
		const line = Series.parse(series(db, { indicator, area: id, asKnownOn }));
		for (let on = 0; on < DAYS; on++) {
			const day = FIRST_DAY + on;
			const where = `${indicator} of area ${id} on day ${on}, as known on ${asKnownOn}`;
			const tile = kpis(db, { area: id, day, asKnownOn }).find(
				(kpi) => kpi.indicator === indicator,
			);
			const card = Kpi.parse(
				figures(db, { indicator, area: id, day, asKnownOn }),
			);
			if (tile) expect(tile, where).toEqual(card);
			if (indicator !== "active")
				expect(card.value, where).toBe(
					fromRevisions(country, indicator, id, day, asKnownOn),
				);
			const byHand = decided.get(`${id} ${day}`);
			if (byHand !== undefined) expect(card.value, where).toBe(byHand);
			const row = tables
				.get(String([parent, on]))
				?.rows.find(({ area }) => area === id);
			const { completeness, ...own } = card;
			if (parent !== null) expect(row, where).toEqual(own);
			const exported = row && csvOf(index, tables, parent, id, on);
			expect(tables.get(String([id, on]))?.completeness, where).toEqual(
				completeness,
			);
			const stated = {
				total: [card.value, card.marks],
				per100k: [card.per100k, card.marks],
				[weekly]: [card.week.value, card.week.marks],
				...(weekly === "new7"
					? { new7per100k: [card.week.per100k, card.week.marks] }
					: {}),
			} as Record<string, [number | null, number]>;
			for (const measure of measures) {
				const coloured = cubes.get(measure)?.get(id);
				expect(
					[coloured?.value[on], coloured?.marks[on]],
					`${measure}, ${where}`,
				).toEqual(stated[measure]);
				if (exported)
					expectWritten(exported[measure], stated[measure][0], where);
				// Each is computed by itself, active cases of every earlier day too: every third day stands for all.
				if ((on + id) % 3 > 0) continue;
				const told = Explanation.parse(
					explain(db, { indicator, measure, area: id, day, asKnownOn }),
				);
				expect(
					[told.figure.value, told.figure.marks],
					`${measure}, ${where}`,
				).toEqual(stated[measure]);
				const proof = proved(told.figure.how, told.figure.terms);
				if (proof === null || told.figure.how !== "week")
					expect(proof, `${measure}, ${where}`).toBe(stated[measure][0]);
				// Shares of a day are fractions: of sevenths the sum is whole only nearly.
				else
					expect(proof, `${measure}, ${where}`).toBeCloseTo(
						stated[measure][0] as number,
						6,
					);
				expect(told.completeness, where).toEqual(completeness);
				if (told.fact) expect(told.fact.value, where).toBe(card.value);
				else expect(card.value, where).toBeNull();
				if (told.fact) expect(told.revisions[0].value, where).toBe(card.value);
				expectGaps(told, where);
				if (indicator !== "active") expectSpoken(told, where);
				// Every part of a sum is named by its area.
				if (told.figure.how === "sum")
					expect(
						told.figure.terms.filter(({ kind }) => kind === "rest"),
						where,
					).toEqual([]);
			}
			expect([line.value[on], line.marks[on]], where).toEqual([
				card.value,
				card.marks,
			]);
			expect(
				[line.week[on], line.weekMarks[on], line.corrected7[on]],
				where,
			).toEqual([card.week.value, card.week.marks, card.week.corrected]);
			expect([line.reporting[on], line.expected[on]], where).toEqual([
				card.reporting,
				card.expected,
			]);
			if (weekly === "new7" && card.week.value !== null)
				expect(
					(line.mean7[on] ?? 0) * card.week.coveredDays,
					where,
				).toBeCloseTo(card.week.value, 6);
			// Missing is never zero, and what could not be known yet is not called silent.
			if (asKnownOn !== null && day > asKnownOn)
				expect(
					[
						card.value,
						card.marks & MARKS.silent,
						card.marks & MARKS.notYetKnown,
					],
					where,
				).toEqual([null, 0, MARKS.notYetKnown]);
		}
	}
}
