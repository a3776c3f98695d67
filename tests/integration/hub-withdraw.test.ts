import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AreaCode } from "../../core/areas/codes.ts";
import { ruleById } from "../../core/quality/rule.ts";
import { day, isoFromDay } from "../../core/series/day.ts";
import { covid19goidProvinsi } from "../../hub/connectors/covid19goid-provinsi.ts";
import { kabkotaCsv } from "../../hub/connectors/kabkota-csv.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { takeIn } from "../../hub/intake/store-reports.ts";
import {
	restoreFile,
	WithdrawalError,
	withdrawFile,
} from "../../hub/intake/withdraw.ts";
import { reconcile } from "../../hub/reconcile/reconcile.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { sourceStatus } from "../../hub/store/inspect.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";

const tree = loadAreaTree();
/** The hub of this test has known the files since then. */
const RECEIVED = Date.UTC(2030, 5, 1);

describe("a hub that took in a wrong file", { timeout: 240_000 }, () => {
	const data = mkdtempSync(path.join(os.tmpdir(), "blc-withdraw-"));
	let db: HubDatabase;
	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: data });
		await take(
			"dinkes_as-of_2020-05-02.csv",
			"35.07,2020-05-01,40",
			"35.73,2020-05-01,41",
		);
		await changes();
	});
	afterAll(async () => {
		await db?.stop();
		rmSync(data, { recursive: true, force: true });
	});

	const changes = () => inTransaction(db.pool, reconcile);
	const take = (name: string, ...rows: string[]) =>
		ingest(db, kabkotaCsv, tree, {
			path: `/in/${name}`,
			bytes: new TextEncoder().encode(
				["kode,tanggal,konfirmasi", ...rows, ""].join("\n"),
			),
			receivedAt: RECEIVED,
		});
	/** A file that names one hospital of Malang. */
	const register = (code: string, name: string) =>
		takeIn(
			db,
			{
				source: "dinkes",
				connector: "test",
				name: `register-${code}`,
				sha256: `register-${code}`,
				bytes: 1,
				receivedAt: RECEIVED,
			},
			{
				reports: [],
				facilityReports: [],
				facilities: [
					{
						code,
						name,
						kind: "hospital",
						area: "35.07" as AreaCode,
						asOf: day("2020-05-01"),
						line: 2,
					},
				],
				errors: [],
				asOf: null,
				lines: 2,
				skipped: { header: 1 },
				unread: 0,
			},
		);
	/** code, day, value and rule of what is known on a day. */
	const known = async (on: string) =>
		(
			await db.pool.query(
				`SELECT DISTINCT ON (code, day) code, day, value, rule FROM (
					SELECT indicator, area, day, as_of, value, rule FROM fact
					UNION ALL SELECT indicator, area, day, as_of, value, rule FROM fact_revision
				 ) AS revision JOIN area ON area.id = area
				 WHERE indicator = 1 AND level = 2 AND as_of <= $1 ORDER BY code, day, as_of DESC`,
				[day(on)],
			)
		).rows.map((row) => [
			row.code,
			row.day,
			row.value,
			ruleById(row.rule)?.key,
		]);
	const dataset = async () =>
		Object.fromEntries(
			(
				await db.pool.query(
					"SELECT key, value FROM dataset WHERE key LIKE '%day'",
				)
			).rows.map(({ key, value }) => [key, Number(value)]),
		);
	const facts = async () =>
		(
			await db.pool.query(
				"SELECT indicator, area, day, value, source, rule, marks, reporting, expected FROM fact ORDER BY indicator, area, day",
			)
		).rows;

	it("takes it out of what is known from the withdrawal on, and answers as before for the days before", async () => {
		const right = await facts();
		// A slip of the year that the hub could not know to be one, and a count that replaces a right one.
		const wrong = await take(
			"wrong_as-of_2029-05-02.csv",
			"35.07,2029-05-02,50",
			"35.73,2020-05-01,410",
		);
		await changes();
		expect((await dataset()).last_day).toBe(day("2029-05-02"));
		const before = await known("2030-06-09");
		expect(before.length).toBeGreaterThan(6000);

		await inTransaction(db.pool, (client) =>
			withdrawFile(client, wrong.fileId, { day: day("2030-06-10") }),
		);
		const { tables, blocks } = await changes();
		expect(tables).toEqual(
			expect.arrayContaining(["dataset", "file", "fact", "fact_revision"]),
		);
		expect(
			blocks?.some(({ op, table }) => op === "D" && table === "fact"),
		).toBe(true);
		expect(await dataset()).toEqual({
			first_day: day("2020-05-01"),
			last_day: day("2020-05-01"),
		});
		expect(await known("2030-06-10")).toEqual([
			["35.07", day("2020-05-01"), 40, "only-source"],
			["35.07", day("2029-05-02"), null, "withdrawn"],
			["35.73", day("2020-05-01"), 41, "only-source"],
		]);
		expect(await known("2030-06-09")).toEqual([
			["35.07", day("2020-05-01"), 40, "only-source"],
			["35.07", day("2029-05-02"), 50, "only-source"],
			["35.73", day("2020-05-01"), 410, "only-source"],
		]);
		const span = (await sourceStatus(db.pool)).find(
			({ key }) => key === "dinkes",
		);
		expect(span).toMatchObject({ last_day: day("2020-05-01") });
		// Beside the cells that had a value everything is as if the file had never come.
		const now = (await facts()).filter(
			({ rule }) => ruleById(rule)?.key !== "withdrawn",
		);
		expect(now).toEqual(right);
	});

	it("refuses to withdraw it twice, and does not take the same bytes in again", async () => {
		await expect(
			inTransaction(db.pool, (client) =>
				withdrawFile(client, 2, { day: day("2030-06-11") }),
			),
		).rejects.toThrow(WithdrawalError);
		expect(
			await take(
				"wrong_as-of_2029-05-02.csv",
				"35.07,2029-05-02,50",
				"35.73,2020-05-01,410",
			),
		).toMatchObject({ duplicate: true, withdrawn: day("2030-06-10") });
		expect((await changes()).rows).toBe(0);
	});

	it("knows it again from the day on which it is brought back, and keeps the time in between", async () => {
		await inTransaction(db.pool, (client) =>
			restoreFile(client, 2, { day: day("2030-06-20") }),
		);
		await changes();
		expect((await dataset()).last_day).toBe(day("2029-05-02"));
		const at = async (on: string) =>
			(await known(on)).filter(([, , value]) => value !== null);
		const wrong = [
			["35.07", day("2020-05-01"), 40, "only-source"],
			["35.07", day("2029-05-02"), 50, "only-source"],
			["35.73", day("2020-05-01"), 410, "only-source"],
		];
		expect(await at("2030-06-20")).toEqual(wrong);
		expect(await at("2030-06-09")).toEqual(wrong);
		expect(await at("2030-06-15")).toEqual([
			["35.07", day("2020-05-01"), 40, "only-source"],
			["35.73", day("2020-05-01"), 41, "only-source"],
		]);
		// The feed tells when it was not known, so that a workstation does not count what it says in that time.
		const { rows } = await db.pool.query(
			"SELECT withdrawn, withdrawals FROM file WHERE id = 2",
		);
		expect(rows).toEqual([
			{ withdrawn: null, withdrawals: expect.any(String) },
		]);
		expect(JSON.parse(rows[0].withdrawals)).toEqual([
			{ from: day("2030-06-10"), to: day("2030-06-20") },
		]);
		await expect(
			inTransaction(db.pool, (client) =>
				restoreFile(client, 2, { day: day("2030-06-20") }),
			),
		).rejects.toThrow("is not withdrawn");
	});

	it("keeps ten of the errors that are alike, counts the others, and quotes little of any", async () => {
		const long = "x".repeat(10_000);
		const taken = await take(
			"many.csv",
			...Array.from({ length: 5000 }, () => "35.99,2020-05-01,1"),
			...Array.from({ length: 30 }, () => `35.07,2020-05-01,${long}`),
			"35.07,2020-05-01,9",
		);
		expect(taken).toMatchObject({
			lines: 5032,
			accepted: 1,
			quarantined: 5030,
			skipped: 1,
		});
		const { rows } = await db.pool.query(
			`SELECT reason, alike, count(*), max(length(found)) AS longest FROM quarantine WHERE file = $1 GROUP BY 1, 2 ORDER BY 1`,
			[taken.fileId],
		);
		expect(rows).toEqual([
			{ reason: "not-a-number", alike: 30, count: 10, longest: 200 },
			{ reason: "unknown-area", alike: 5000, count: 10, longest: 5 },
		]);
		const { blocks } = await changes();
		expect(
			blocks?.find(({ table }) => table === "quarantine")?.values[0],
		).toHaveLength(20);
	});

	it("remarks that a file of one day is the table of the day before, and tells the workstations", async () => {
		const file = (on: number, grown: number) =>
			take(
				`dinkes_as-of_2020-09-0${on}.csv`,
				...[1, 2, 3, 4, 5].map(
					(area) => `33.0${area},2020-09-0${on},${area * 100 + grown}`,
				),
			);
		expect((await file(1, 10)).remarks).toEqual([]);
		expect((await file(2, 20)).remarks).toEqual([]);
		const again = await file(3, 20);
		expect(again.remarks).toEqual([{ day: day("2020-09-03"), areas: 5 }]);
		expect((await file(4, 40)).remarks).toEqual([]);
		const { blocks } = await changes();
		const files = blocks?.find(({ table }) => table === "file");
		expect(files?.values[files.columns.indexOf("remarks")]).toContain(
			JSON.stringify(again.remarks),
		);
	});

	it("keeps what every file said of a facility, and says of a withdrawn one since when it is not known", async () => {
		await register("RS1", "RS Satu");
		const from = (name: string, asOf: string, beds: Record<string, number>) =>
			takeIn(
				db,
				{
					source: "dinkes",
					connector: "test",
					name,
					sha256: name,
					bytes: 1,
					receivedAt: RECEIVED,
				},
				{
					reports: [],
					facilityReports: Object.entries(beds).map(([on, value], at) => ({
						facility: "RS1",
						day: day(on),
						asOf: day(asOf),
						line: at + 2,
						values: { beds: value },
					})),
					errors: [],
					asOf: day(asOf),
					lines: Object.keys(beds).length + 1,
					skipped: { header: 1 },
					unread: 0,
				},
			);
		const said = async () =>
			(
				await db.pool.query(
					"SELECT name, day, beds FROM facility_report JOIN file ON file.id = file ORDER BY name, day",
				)
			).rows.map(
				({ name, day: on, beds }) => `${name} ${isoFromDay(on)} ${beds}`,
			);
		await from("rs-1", "2020-05-01", { "2020-05-01": 10 });
		const wrong = await from("rs-2", "2020-05-02", {
			"2020-05-01": 990,
			"2020-05-02": 990,
		});
		await changes();
		const all = [
			"rs-1 2020-05-01 10",
			"rs-2 2020-05-01 990",
			"rs-2 2020-05-02 990",
		];
		expect(await said()).toEqual(all);
		await inTransaction(db.pool, (client) =>
			withdrawFile(client, wrong.fileId, { day: day("2030-07-01") }),
		);
		expect(await said()).toEqual(all);
		const { blocks } = await changes();
		const files = blocks?.find(({ table }) => table === "file");
		const [told] = files?.values[files.columns.indexOf("withdrawals")] ?? [];
		expect(JSON.parse(`${told}`)).toEqual([
			{ from: day("2030-07-01"), to: null },
		]);
		await inTransaction(db.pool, (client) =>
			restoreFile(client, wrong.fileId, { day: day("2030-07-02") }),
		);
		expect(await said()).toEqual(all);
	});

	it("lists a facility only while a known file names it, and gives it its number back", async () => {
		const { fileId } = await register("RS9", "RS Sembilan");
		const listed = async () =>
			(await db.pool.query("SELECT id FROM facility WHERE code = 'RS9'")).rows;
		const before = await listed();
		expect(before).toHaveLength(1);
		await changes();
		await inTransaction(db.pool, (client) =>
			withdrawFile(client, fileId, { day: day("2030-07-01") }),
		);
		expect(await listed()).toEqual([]);
		const { blocks } = await changes();
		expect(blocks?.find(({ table }) => table === "facility")).toMatchObject({
			op: "D",
			values: [[before[0].id]],
		});
		await inTransaction(db.pool, (client) =>
			restoreFile(client, fileId, { day: day("2030-07-02") }),
		);
		expect(await listed()).toEqual(before);
	});

	it("takes of a facility and day each count once: none where two rows differ, what rows state apart as one row", async () => {
		await register("RS2", "RS Dua");
		const row = (line: number, on: string, values: Record<string, number>) => ({
			facility: "RS2",
			day: day(on),
			asOf: day("2020-05-09"),
			line,
			values,
		});
		const taken = await takeIn(
			db,
			{
				source: "dinkes",
				connector: "test",
				name: "rs-dua-kali",
				sha256: "rs-dua-kali",
				bytes: 1,
				receivedAt: RECEIVED,
			},
			{
				reports: [],
				facilityReports: [
					row(2, "2020-05-07", { beds: 10 }),
					row(3, "2020-05-07", { beds: 11 }),
					row(4, "2020-05-08", { beds: 12 }),
					row(5, "2020-05-08", { icu_beds: 3 }),
					row(6, "2020-05-08", { beds: 12 }),
				],
				errors: [],
				asOf: day("2020-05-09"),
				lines: 6,
				skipped: { header: 1 },
				unread: 0,
			},
		);
		expect(taken).toMatchObject({ accepted: 2, quarantined: 3 });
		expect(
			taken.faults.flatMap(({ kept }) => kept.map(({ line }) => line)),
		).toEqual([2, 3, 6]);
		const { rows } = await db.pool.query(
			"SELECT day, report.beds, icu_beds FROM facility_report AS report JOIN facility ON facility.id = facility WHERE code = 'RS2'",
		);
		expect(rows).toEqual([{ day: day("2020-05-08"), beds: 12, icu_beds: 3 }]);
	});

	it("refuses more cases than an area has people, by what the hub knows of it", async () => {
		const taken = await take(
			"overflow_as-of_2020-05-03.csv",
			"35.07,2020-05-02,2147483648",
			"35.73,2020-05-02,42",
		);
		expect(taken).toMatchObject({ accepted: 1, quarantined: 1 });
		expect(taken.parsed.errors).toMatchObject([
			{ line: 2, column: "konfirmasi", reason: "impossible-count" },
		]);
		const nation = await ingest(db, covid19goidProvinsi, tree, {
			path: "/in/prov_as-of_2020-05-03.csv",
			bytes: new TextEncoder().encode(
				"provinsi,tanggal,AKUMULASI_KASUS,AKUMULASI_SEMBUH,AKUMULASI_MENINGGAL\nBALI,2020-05-02,4317405,0,0\nBALI,2020-05-03,4317404,0,0\n",
			),
			receivedAt: RECEIVED,
		});
		// The census of 2020 counted 4,317,404 people in Bali.
		expect(nation.parsed.errors).toMatchObject([{ line: 2 }]);
	});
});
