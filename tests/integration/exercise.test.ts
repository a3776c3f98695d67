import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stillToFollow } from "../../core/feed/still-to-follow.ts";
import { FIRST_DAY } from "../../hub/exercise/calendar.ts";
import { loadExerciseCountry } from "../../hub/exercise/load-country.ts";
import {
	ExerciseError,
	playNextDay,
	publishPlayed,
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
	let storedWithAreas: number | undefined;

	beforeAll(async () => {
		folder = mkdtempSync(path.join(tmpdir(), "exercise-test-"));
		db = await openHubDatabase({ dataFolder: folder });
		await startExercise(db, {
			seed: 7,
			days: DAYS,
			onDay: (only, day) => progress.push(`${only} ${day}`),
			async onAreas() {
				storedWithAreas = (
					await db.pool.query(
						"SELECT count(*)::integer AS n FROM file JOIN source ON source.id = file.source WHERE source.key = ANY($1)",
						[
							[
								...["latihan-rs", "latihan-lab", "latihan-gudang"],
								...["latihan-kecamatan", "latihan-kelurahan"],
							],
						],
					)
				).rows[0].n;
				await publishPlayed(db);
				expect((await readDataset(db.pool)).details_follow).toEqual([
					"kecamatan",
					"facilities",
				]);
			},
		});
		await publishPlayed(db);
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
			await number("SELECT count(*)::integer AS n FROM facility_report"),
		).toBe(sent.forms);
		expect(await number("SELECT count(*)::integer AS n FROM quarantine")).toBe(
			0,
		);
	});

	it("knows 2,900 hospitals, 300 laboratories and 35 warehouses, from a file as anything else", async () => {
		const { rows } = await db.pool.query(
			"SELECT kind, count(*)::integer AS n FROM facility GROUP BY kind ORDER BY kind",
		);
		expect(rows).toEqual([
			{ kind: "hospital", n: 2900 },
			{ kind: "laboratory", n: 300 },
			{ kind: "warehouse", n: 35 },
		]);
		expect(
			await number(
				"SELECT accepted AS n FROM file WHERE name LIKE 'latihan-fasilitas%'",
			),
		).toBe(3235);
	});

	it("keeps the corrected form of a hospital and the one before it", async () => {
		const { rows } = await db.pool.query(
			`SELECT old.as_of AS before, new.as_of AS after, new.admissions - old.admissions AS more
			 FROM facility_report AS old JOIN facility_report AS new USING (month, facility, day)
			 WHERE new.beds IS NOT NULL AND old.as_of < new.as_of`,
		);
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) {
			expect(row.after).toBe(row.before + 1);
			expect(row.more).toBeGreaterThan(0);
		}
	});

	it("has forms of hospitals that come a day to three late", async () => {
		const { rows } = await db.pool.query<{ late: number; n: number }>(
			`SELECT as_of - day AS late, count(*)::integer AS n FROM facility_report AS one WHERE NOT EXISTS (
				SELECT FROM facility_report AS before WHERE before.month = one.month AND before.day = one.day
					AND before.facility = one.facility AND before.as_of < one.as_of
			 ) GROUP BY 1 ORDER BY 1`,
		);
		const days = rows.map(({ late }) => late);
		expect(days.slice(0, 2)).toEqual([0, 1]);
		expect(Math.max(...days)).toBeLessThanOrEqual(3);
	});

	it("tells how far it is", () => {
		expect(progress).toContain("areas 180");
		expect(progress).toContain(`details ${DAYS}`);
	});

	it("hands over what is said down to the kabupaten/kota before any facility or kecamatan has said a word", async () => {
		expect(storedWithAreas).toBe(0);
	});

	it("knows in two publications what it would know in one", async () => {
		const known = async () =>
			(
				await db.pool.query(
					`SELECT (SELECT sum(hashtextextended(one::text, 0)) FROM fact AS one) AS facts,
						(SELECT sum(hashtextextended(one::text, 0)) FROM claim AS one) AS claims,
						(SELECT sum(hashtextextended(one::text, 0)) FROM fact_revision AS one) AS revisions,
						(SELECT sum(hashtextextended(one::text, 0)) FROM reconciled AS one) AS hashes,
						(SELECT count(*)::integer FROM fact JOIN area ON area.id = fact.area WHERE area.level = 3) AS kecamatan`,
				)
			).rows[0];
		const inTwo = await known();
		expect(inTwo.kecamatan).toBeGreaterThan(100_000);
		await db.pool.query("DELETE FROM reconciled");
		await db.pool.query(
			"INSERT INTO touched SELECT id FROM area ON CONFLICT DO NOTHING",
		);
		await publishPlayed(db);
		expect(await known()).toEqual(inTwo);
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
		expect(rows).toHaveLength(5);
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

	it("says that facilities follow as long as days of theirs are missing, and no longer once they are published", async () => {
		const last = FIRST_DAY + DAYS;
		const follow = async () => stillToFollow(await readDataset(db.pool));
		await publishPlayed(db);
		expect(await follow()).toEqual([]);
		await db.pool.query(
			"DELETE FROM facility_report USING file WHERE file.id = facility_report.file AND file.as_of = $1",
			[last],
		);
		await db.pool.query(
			`DELETE FROM file USING source WHERE source.id = file.source AND file.as_of = $1
				AND source.key IN ('latihan-rs', 'latihan-lab', 'latihan-gudang')`,
			[last],
		);
		await expect(playNextDay(db)).rejects.toThrow(
			`from day ${DAYS + 1} to day ${DAYS + 1}; finish with: exercise start`,
		);
		// As a version said it that stored the kecamatan with the areas.
		await db.pool.query("DELETE FROM dataset WHERE key = 'details_follow'");
		await db.pool.query(
			"INSERT INTO dataset VALUES ('facilities_follow', 'true')",
		);
		expect(await follow()).toEqual(["facilities"]);
		let halfPublished = false;
		await startExercise(db, {
			days: DAYS + 1,
			async onAreas() {
				halfPublished = true;
			},
		});
		expect(halfPublished).toBe(false);
		// A process that ends before the publication leaves it to be said, and to be gone on with.
		expect(await follow()).toEqual(["facilities"]);
		await publishPlayed(db);
		expect(await follow()).toEqual([]);
	});

	it("takes up the kecamatan again that a start cut short left out, and stores the same files", async () => {
		const files = async () =>
			(await db.pool.query("SELECT name, sha256 FROM file ORDER BY name")).rows;
		const whole = await files();
		const kecamatan = `SELECT file.id FROM file JOIN source ON source.id = file.source
			WHERE source.key = 'latihan-kecamatan' AND file.as_of > ${FIRST_DAY + 170}`;
		await db.pool.query(`DELETE FROM report WHERE file IN (${kecamatan})`);
		await db.pool.query(`DELETE FROM file WHERE id IN (${kecamatan})`);
		await expect(playNextDay(db)).rejects.toThrow(
			"kecamatan have said nothing",
		);
		await startExercise(db, { days: DAYS + 1 });
		expect(await files()).toEqual(whole);
		await publishPlayed(db);
		expect(stillToFollow(await readDataset(db.pool))).toEqual([]);
	});

	it("goes on with the seed that is here when it is asked for none", async () => {
		const again = await startExercise(db, { days: DAYS });
		expect(again).toMatchObject({ seed: 7, files: 0 });
	});
});
