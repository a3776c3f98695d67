import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FIRST_DAY } from "../../hub/exercise/calendar.ts";
import { loadExerciseCountry } from "../../hub/exercise/load-country.ts";
import {
	ExerciseError,
	playNextDay,
	startExercise,
} from "../../hub/exercise/play.ts";
import { simulate } from "../../hub/exercise/simulate.ts";
import { type HubDatabase, openHubDatabase } from "../../hub/store/database.ts";
import { readDataset } from "../../hub/store/dataset-state.ts";

const DAYS = 183;

describe("an exercise in the hub's database", () => {
	let folder: string;
	let db: HubDatabase;
	const progress: string[] = [];

	beforeAll(async () => {
		folder = mkdtempSync(path.join(tmpdir(), "exercise-test-"));
		db = await openHubDatabase({ dataFolder: folder });
		await startExercise(db, {
			seed: 7,
			days: DAYS,
			onProgress: (line) => progress.push(line),
		});
	});

	afterAll(async () => {
		await db?.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	const number = async (sql: string): Promise<number> =>
		(await db.pool.query(sql)).rows[0].n;

	it("says that it is an exercise, and of which seed", async () => {
		expect(await readDataset(db.pool)).toMatchObject({
			exercise: true,
			label: "LATIHAN",
			seed: 7,
		});
	});

	it("stores every row of every file and quarantines none", async () => {
		const sent = { files: 0, reports: 0, forms: 0 };
		for (const { parsed } of simulate(loadExerciseCountry(), {
			seed: 7,
			days: DAYS,
		})) {
			sent.files++;
			sent.reports += parsed.reports.length;
			sent.forms += parsed.facilityReports.length;
		}
		expect(await number("SELECT count(*)::integer AS n FROM file")).toBe(
			sent.files,
		);
		expect(await number("SELECT count(*)::integer AS n FROM report")).toBe(
			sent.reports,
		);
		expect(
			await number(
				`SELECT (SELECT count(*) FROM facility_report)::integer
					+ (SELECT count(*) FROM facility_report_replaced)::integer AS n`,
			),
		).toBe(sent.forms);
		expect(await number("SELECT count(*)::integer AS n FROM quarantine")).toBe(
			0,
		);
	});

	it("knows 2,900 hospitals and 300 laboratories", async () => {
		const { rows } = await db.pool.query(
			"SELECT kind, count(*)::integer AS n FROM facility GROUP BY kind ORDER BY kind",
		);
		expect(rows).toEqual([
			{ kind: "hospital", n: 2900 },
			{ kind: "laboratory", n: 300 },
		]);
	});

	it("keeps the corrected form of a hospital and the one before it", async () => {
		const { rows } = await db.pool.query(
			`SELECT old.as_of AS before, new.as_of AS after, new.admissions - old.admissions AS more
			 FROM facility_report_replaced AS old JOIN facility_report AS new USING (month, facility, day)
			 WHERE new.beds IS NOT NULL`,
		);
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) {
			expect(row.after).toBe(row.before + 1);
			expect(row.more).toBeGreaterThan(0);
		}
	});

	it("tells how far it is", () => {
		expect(progress).toContain(`Simulating day 180 of ${DAYS}`);
	});

	it("changes nothing when it is started again", async () => {
		const again = await startExercise(db, { seed: 7, days: DAYS });
		expect(again.files).toBe(0);
	});

	it("refuses another seed in the same database", async () => {
		await expect(startExercise(db, { seed: 8 })).rejects.toThrow(ExerciseError);
	});

	it("plays the next day as the same files a longer opening would have held", async () => {
		const played = await playNextDay(db);
		expect(played.number).toBe(DAYS + 1);
		const { rows } = await db.pool.query(
			"SELECT name, sha256 FROM file WHERE as_of = $1 ORDER BY id",
			[played.lastDay],
		);
		const expected = [
			...simulate(loadExerciseCountry(), {
				seed: 7,
				days: DAYS + 5,
				from: DAYS + 1,
			}),
		]
			.slice(0, rows.length)
			.map(({ name, sha256 }) => ({ name, sha256 }));
		expect(rows).toHaveLength(4);
		expect(rows).toEqual(expected);
		expect(played.lastDay).toBe(FIRST_DAY + DAYS);
	});

	it("takes a start up again that was cut short in the middle of a day", async () => {
		const stored = async () =>
			(await db.pool.query("SELECT name, sha256, as_of FROM file ORDER BY id"))
				.rows;
		const whole = await stored();
		const last = FIRST_DAY + DAYS;
		await db.pool.query(
			"DELETE FROM report USING file WHERE file.id = report.file AND file.as_of = $1 AND file.name LIKE '%dinkes%'",
			[last],
		);
		await db.pool.query(
			"DELETE FROM facility_report USING file WHERE file.id = facility_report.file AND file.as_of = $1",
			[last],
		);
		await db.pool.query(
			"DELETE FROM file WHERE as_of = $1 AND name NOT LIKE '%portal%'",
			[last],
		);
		const again = await startExercise(db, { seed: 7, days: DAYS + 1 });
		expect(again.number).toBe(DAYS + 1);
		expect(await stored()).toEqual(whole);
	});
});
