import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	definitionChangeOf,
	indicatorByKey,
} from "../../core/series/indicator.ts";
import { MARKS } from "../../core/series/mark.ts";
import { areas } from "../../main/backend/query/areas.ts";
import { series } from "../../main/backend/query/series.ts";
import { DAYS, FIRST_DAY, smallCountry } from "../fixtures/small-country.ts";
import { writeReplica } from "./backend-fixture.ts";

/**
 * The weekly figures once more, by another road: set operations of SQL over the facts of the replica. It knows countries in which only
 * regencies report, each to one source, so that nothing changes hands; what the rules of the figures say of those it says again.
 */
const SHARES = `
	CREATE TEMP TABLE report AS
		SELECT f.area, f.day, f.value, lag(f.value) OVER w AS before, lag(f.day) OVER w AS since
		FROM fact f JOIN area a ON a.id = f.area
		WHERE f.indicator = @indicator AND a.level = 2 AND f.value IS NOT NULL
		WINDOW w AS (PARTITION BY f.area ORDER BY f.day);
	CREATE TEMP TABLE day AS
		WITH RECURSIVE d(day) AS (SELECT @first UNION ALL SELECT day + 1 FROM d WHERE day < @last) SELECT day FROM d;
	-- What falls on each day of a regency: an even share of the report that covers it.
	CREATE TEMP TABLE share AS
		SELECT r.area, d.day, r.value * 1.0 - r.before AS told, (r.value * 1.0 - r.before) / (r.day - r.since) AS share,
			r.since < @break AND r.day >= @break AS across
		FROM report r JOIN day d ON d.day > r.since AND d.day <= r.day
		WHERE r.value >= r.before
		UNION ALL SELECT area, day, 0, 0, 0 FROM report WHERE before IS NULL AND value = 0;
	CREATE TEMP TABLE fall AS SELECT area, day, value - before AS fall, since < @break AND day >= @break AS across FROM report WHERE value < before;
	-- The first report of an area that begins with cases tells nothing new.
	CREATE TEMP TABLE untold AS SELECT area, day FROM report WHERE before IS NULL AND value > 0;
	CREATE TEMP TABLE told AS
		SELECT area, day FROM report WHERE value >= before OR (before IS NULL AND value = 0);
`;

/** The same of the areas above: the sum over the areas, without the day on which the whole begins with cases. */
const ABOVE = `
	CREATE TEMP TABLE above AS
		SELECT a.parent AS area, min(u.day) AS day FROM untold u JOIN area a ON a.id = u.area
		WHERE a.level = @level GROUP BY a.parent
		HAVING min(u.day) <= coalesce(
			(SELECT min(t.day) FROM told t JOIN area b ON b.id = t.area WHERE b.parent = a.parent), @last + 1);
	INSERT INTO share
		SELECT a.parent, s.day, NULL, sum(s.share), max(s.across) FROM share s JOIN area a ON a.id = s.area
		WHERE a.level = @level
		GROUP BY a.parent, s.day
		HAVING NOT EXISTS (SELECT 1 FROM above x WHERE x.area = a.parent AND x.day = s.day);
	INSERT INTO told
		SELECT DISTINCT a.parent, t.day FROM told t JOIN area a ON a.id = t.area
		WHERE a.level = @level AND NOT EXISTS (SELECT 1 FROM above x WHERE x.area = a.parent AND x.day = t.day);
	INSERT INTO fall SELECT a.parent, f.day, sum(f.fall), max(f.across) FROM fall f JOIN area a ON a.id = f.area
		WHERE a.level = @level GROUP BY a.parent, f.day;
	INSERT INTO report SELECT a.parent, r.day, sum(r.value), NULL, NULL FROM report r JOIN area a ON a.id = r.area
		WHERE a.level = @level GROUP BY a.parent, r.day;
	INSERT INTO untold SELECT area, day FROM above;
	DROP TABLE above;
`;

const WEEKS = `
	SELECT a.id AS area, d.day,
		(SELECT value FROM report r WHERE r.area = a.id AND r.day = d.day) AS value,
		CASE WHEN d.day <= (SELECT max(day) FROM report r WHERE r.area = a.id) AND count(s.share) >= 4 THEN sum(s.share) END AS week,
		CASE WHEN d.day <= (SELECT max(day) FROM report r WHERE r.area = a.id)
			THEN (SELECT sum(fall) FROM fall f WHERE f.area = a.id AND f.day BETWEEN d.day - 6 AND d.day) END AS corrected,
		max(coalesce(max(s.across), 0), coalesce(
			(SELECT max(f.across) FROM fall f WHERE f.area = a.id AND f.day BETWEEN d.day - 6 AND d.day), 0)) AS across
	FROM area a CROSS JOIN day d
	LEFT JOIN share s ON s.area = a.id AND s.day BETWEEN d.day - 6 AND d.day
	WHERE a.level <= 2 GROUP BY a.id, d.day
`;

interface Week {
	area: number;
	day: number;
	value: number | null;
	week: number | null;
	corrected: number | null;
	/** Whether a difference in it runs across the change of definition. */
	across: number;
}

/** Runs statements of SQL with the same named numbers in each. */
function run(
	db: Database.Database,
	sql: string,
	numbers: Record<string, number>,
): void {
	for (const one of sql.split(";")) {
		const text = Object.entries(numbers).reduce(
			(filled, [name, value]) => filled.replaceAll(`@${name}`, String(value)),
			one,
		);
		if (text.trim()) db.exec(text);
	}
}

test("weekly figures computed in SQL from the facts are those of the program, at all three levels", () => {
	fc.assert(
		fc.property(smallCountry(false), (country) => {
			const folder = mkdtempSync(join(tmpdir(), "blc-sql-"));
			const db = new Database(writeReplica(folder, country.rows));
			try {
				for (const indicator of ["confirmed", "deaths"] as const) {
					const numbers = {
						indicator: indicatorByKey(indicator).id,
						first: FIRST_DAY,
						last: FIRST_DAY + DAYS - 1,
						break: definitionChangeOf(indicator) ?? Number.MAX_SAFE_INTEGER,
					};
					run(db, SHARES, numbers);
					for (const level of [2, 1]) run(db, ABOVE, { ...numbers, level });
					const weeks = db.prepare(WEEKS).all() as Week[];
					for (const name of [
						"report",
						"day",
						"share",
						"fall",
						"untold",
						"told",
					])
						db.exec(`DROP TABLE temp.${name}`);
					for (const { id } of areas(db)) {
						const line = series(db, { indicator, area: id, asKnownOn: null });
						for (const { day, value, week, corrected, across } of weeks.filter(
							({ area }) => area === id,
						)) {
							const on = day - FIRST_DAY;
							const where = `${indicator} of area ${id} on day ${on}`;
							expect(line.value[on], where).toBe(value);
							if (week !== null)
								expect(
									(line.weekMarks[on] & MARKS.definitionChanged) > 0,
									where,
								).toBe(across === 1);
							if (week === null) expect(line.week[on], where).toBeNull();
							else expect(line.week[on], where).toBeCloseTo(week, 6);
							expect(line.corrected7[on], where).toBe(corrected);
						}
					}
				}
			} finally {
				db.close();
				rmSync(folder, { recursive: true, force: true });
			}
		}),
		{ numRuns: 15, endOnFailure: true },
	);
}, 240_000);
