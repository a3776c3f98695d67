import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MATRIX_DAYS } from "../../core/api/desk.ts";
import { day } from "../../core/series/day.ts";
import { conflicts } from "../../main/backend/query/conflicts.ts";
import { reporting, sourceScores } from "../../main/backend/query/reporting.ts";
import {
	AREA,
	LAST,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

const SILENT = day("2020-04-04");

describe("what the desk is told", () => {
	const home = temporaryFolder();
	let db: Database.Database;
	beforeAll(() => {
		db = new Database(writeReplica(home.folder, twoProvinces()), {
			readonly: true,
		});
	});
	afterAll(() => {
		db.close();
		home.remove();
	});
	const all = (on: number) => ({ day: on, inside: null });

	test("who reported and who did not, by source and day; what a daily source did not say is silence, and is reminded of", () => {
		const { firstDay, rows, reminders } = reporting(db, all(SILENT));
		expect(firstDay).toBe(SILENT - MATRIX_DAYS + 1);
		const [office, portal] = rows;
		const areas = [AREA.tulungagung, AREA.malang, AREA.lamongan];
		expect(office?.expected).toBe(areas.length);
		const at = SILENT - firstDay;
		expect(office?.cells[at]).toMatchObject({ reported: 2, silent: 1 });
		expect(office?.cells[at - 1]).toMatchObject({ reported: 3, silent: 0 });
		expect(portal?.source.key).not.toBe(office?.source.key);
		expect(
			reminders.filter(({ source }) => source.key === office?.source.key),
		).toMatchObject([
			{ area: AREA.lamongan, code: "35.24", lastDay: SILENT - 1 },
		]);
	});

	test("a daily source that has said nothing for longer than the matrix is silent, and not forgotten", () => {
		const on = LAST + 3 * MATRIX_DAYS;
		const { rows, reminders } = reporting(db, all(on));
		const office = rows[0];
		const { n } = db
			.prepare(
				`SELECT count(DISTINCT area) AS n FROM claim JOIN area ON area.id = area
				 WHERE source = 1 AND code NOT LIKE '%.00' AND month = (SELECT max(month) FROM claim WHERE source = 1)`,
			)
			.get() as { n: number };
		expect(office).toMatchObject({ cadence: "daily", expected: n });
		expect(office?.cells.at(-1)).toMatchObject({ reported: 0, silent: n });
		expect(reminders.find(({ area }) => area === AREA.malang)?.lastDay).toBe(
			LAST,
		);
		// One that has not begun misses nobody.
		expect(reporting(db, all(day("2020-01-10"))).reminders).toEqual([]);
	});

	test("to whoever answers for a province nothing is counted or named of another", () => {
		const { rows, reminders } = reporting(db, {
			day: SILENT,
			inside: [AREA.bali, AREA.badung],
		});
		expect(rows.every(({ expected }) => expected > 0 && expected <= 2)).toBe(
			true,
		);
		expect(reminders.map(({ area }) => area)).not.toContain(AREA.lamongan);
	});

	test("where sources differ: what each says, how far apart, since when, and what it is measured by", () => {
		const [conflict, ...others] = conflicts(db, { day: LAST });
		expect(others).toEqual([]);
		expect(conflict).toMatchObject({
			...{ indicator: "confirmed", area: AREA.jatim, code: "35", days: 13 },
			tolerance: { absolute: 5, relative: 0.02 },
		});
		// By another road than the query's: the claims of the day, source by source.
		const said = db
			.prepare(
				`SELECT source, sum(value) AS value FROM claim WHERE indicator = 1 AND day = ? AND area IN (?, ?, ?, ?, ?) GROUP BY source ORDER BY source`,
			)
			.all(
				LAST,
				AREA.jatim,
				AREA.tulungagung,
				AREA.malang,
				AREA.lamongan,
				AREA.jatimUnknown,
			) as { value: number }[];
		const values = said.map(({ value }) => value);
		expect(conflict?.statements.map(({ value }) => value)).toEqual(values);
		expect(conflict?.gap).toBe(Math.max(...values) - Math.min(...values));
		expect(conflict?.share).toBeCloseTo(
			(conflict?.gap ?? 0) / Math.max(...values),
		);
	});

	test("how well a source does: what came of its files, how late, how much it said otherwise later", () => {
		const scores = sourceScores(db, all(LAST));
		const office = scores[0];
		expect(office?.delays.reduce((sum, count) => sum + count, 0)).toBe(
			reporting(db, all(LAST)).rows[0]?.cells.reduce(
				(sum, { reported }) => sum + reported,
				0,
			),
		);
		const { n } = db
			.prepare("SELECT count(*) AS n FROM claim WHERE source = 1")
			.get() as { n: number };
		expect(office?.values).toBe(n);
		expect(office?.complete).toBeLessThan(1);
	});
});
