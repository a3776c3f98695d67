import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ruleById } from "../../core/quality/rule.ts";
import { day, isoFromDay } from "../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../core/series/indicator.ts";
import { MARKS, marksIn } from "../../core/series/mark.ts";
import { CONNECTORS } from "../../hub/connectors/all.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { reconcile } from "../../hub/reconcile/reconcile.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import {
	dailyFiles,
	jawaTimurFile,
	type MadeFile,
	nationFile,
	provincesFile,
	RESTATED,
} from "../fixtures/spring-2020.ts";

const DATA = path.resolve(import.meta.dirname, "../../../shared/data");

/** The same reports: restated in small, and the whole published files where they are at hand. */
interface Reports {
	jatim: MadeFile;
	provinces08: MadeFile;
	provinces14: MadeFile;
	nation08: MadeFile;
	/** Files of one place, to 21 September 2020. */
	daily: MadeFile[];
	accepted: [number, number, number];
	restated: { confirmed: number; recovered: number; deaths: number };
}

const RESTATED_IN_SMALL: Reports = {
	jatim: jawaTimurFile(),
	provinces08: provincesFile("2020-06-08"),
	provinces14: provincesFile("2020-06-14"),
	nation08: nationFile("2020-06-08"),
	daily: dailyFiles(),
	accepted: [910, 28, 2],
	restated: RESTATED,
};

function asPublished(): Reports {
	const whole = (...names: string[]): MadeFile => {
		const file = path.join(DATA, ...names);
		return { path: file, bytes: readFileSync(file) };
	};
	const portal = "02-covid19goid-provinsi";
	const daily = `${portal}/daily_to_2020-09-21`;
	return {
		jatim: whole("05-jatim-kabkota/covid-jatim.csv"),
		provinces08: whole(portal, "vintages/prov_as-of_2020-06-08.csv"),
		provinces14: whole(portal, "vintages/prov_as-of_2020-06-14.csv"),
		nation08: whole(portal, "vintages/update_as-of_2020-06-08.csv"),
		daily: readdirSync(path.join(DATA, daily))
			.sort()
			.map((name) => whole(daily, name)),
		accepted: [910, 2539, 98],
		restated: { confirmed: 213, recovered: 360, deaths: 189 },
	};
}

const SETS: [string, () => Reports][] = [
	["restated in small", () => RESTATED_IN_SMALL],
];
if (existsSync(DATA)) SETS.push(["as published", asPublished]);

/** A hub on a database of its own, which has taken in these files in this order. */
class Hub {
	readonly db: HubDatabase;
	private readonly folder: string;

	private constructor(db: HubDatabase, folder: string) {
		this.db = db;
		this.folder = folder;
	}

	static async with(...files: MadeFile[]): Promise<Hub> {
		const folder = mkdtempSync(path.join(os.tmpdir(), "blc-hub-"));
		const hub = new Hub(await openHubDatabase({ dataFolder: folder }), folder);
		await hub.take(...files);
		return hub;
	}

	async take(...files: MadeFile[]) {
		const taken = [];
		for (const file of files) {
			const key = file.path.endsWith("covid-jatim.csv")
				? "jatim-kabkota"
				: "covid19goid-provinsi";
			const connector = CONNECTORS.find((entry) => entry.key === key);
			if (!connector) throw new Error(key);
			taken.push(
				await ingest(this.db, connector, loadAreaTree(), {
					...file,
					receivedAt: Date.UTC(2020, 8, 22),
				}),
			);
		}
		return { taken, changes: await inTransaction(this.db.pool, reconcile) };
	}

	async rows<T = Record<string, unknown>>(
		sql: string,
		values: unknown[] = [],
	): Promise<T[]> {
		return (await this.db.pool.query(sql, values)).rows as T[];
	}

	/** What a cell shows, optionally as known on a day. */
	async cell(
		indicator: IndicatorKey,
		code: string,
		on: string,
		knownOn = "2100-01-01",
	) {
		const columns =
			"value, source, rule, marks, as_of, reporting, expected, area, indicator, day";
		const [row] = await this.rows<{
			value: number | null;
			source: string | null;
			rule: number;
			marks: number;
			as_of: number;
			reporting: number;
			expected: number;
		}>(
			`SELECT revision.value, source.key AS source, rule, marks, as_of, reporting, expected
			 FROM (SELECT ${columns} FROM fact UNION ALL SELECT ${columns} FROM fact_revision) AS revision
			 JOIN area ON area.id = revision.area LEFT JOIN source ON source.id = revision.source
			 WHERE indicator = $1 AND code = $2 AND day = $3 AND as_of <= $4 ORDER BY as_of DESC LIMIT 1`,
			[indicatorByKey(indicator).id, code, day(on), day(knownOn)],
		);
		return (
			row && {
				...row,
				rule: ruleById(row.rule)?.key,
				marks: marksIn(row.marks),
				as_of: isoFromDay(row.as_of),
			}
		);
	}

	/** The newest claim of each source for a cell. */
	async claims(indicator: IndicatorKey, code: string, on: string) {
		return this.rows(
			`SELECT DISTINCT ON (source) source.key AS source, value FROM claim JOIN source ON source.id = claim.source JOIN area ON area.id = claim.area
			 WHERE indicator = $1 AND code = $2 AND day = $3 ORDER BY source, as_of DESC`,
			[indicatorByKey(indicator).id, code, day(on)],
		);
	}

	async facts() {
		return this.rows(
			`SELECT indicator, code, day, as_of, value, source.key AS source, rule, marks, reporting, expected FROM (
				SELECT indicator, area, day, as_of, value, source, rule, marks, reporting, expected FROM fact
				UNION ALL SELECT indicator, area, day, as_of, value, source, rule, marks, reporting, expected FROM fact_revision
			 ) AS revision JOIN area ON area.id = revision.area LEFT JOIN source ON source.id = revision.source
			 ORDER BY indicator, code, day, as_of`,
		);
	}

	async stop(): Promise<void> {
		await this.db.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}
}

describe.each(SETS)(
	"the reports of 2020 in a real hub, %s",
	{ timeout: 240_000 },
	(_, load) => {
		const reports = load();
		describe("Jawa Timur and the national vintage of 2020-06-08", () => {
			let hub: Hub;
			beforeAll(async () => {
				hub = await Hub.with(
					reports.jatim,
					reports.provinces08,
					reports.nation08,
				);
			});
			afterAll(() => hub?.stop());

			it("takes every row of both files", async () => {
				const files = await hub.rows(
					"SELECT name, accepted, quarantined FROM file ORDER BY id",
				);
				const [jatim, provinces, nation] = reports.accepted;
				expect(files).toEqual([
					{ name: "covid-jatim.csv", accepted: jatim, quarantined: 0 },
					{
						name: "prov_as-of_2020-06-08.csv",
						accepted: provinces,
						quarantined: 0,
					},
					{
						name: "update_as-of_2020-06-08.csv",
						accepted: nation,
						quarantined: 0,
					},
				]);
			});

			it("shows the province's own sum and keeps the portal's figure, as a conflict", async () => {
				expect(await hub.cell("confirmed", "35", "2020-04-12")).toMatchObject({
					value: 386,
					source: "jatim",
					rule: "sum-of-areas",
					marks: ["conflict"],
					reporting: 38,
					expected: 38,
				});
				expect(await hub.claims("confirmed", "35", "2020-04-12")).toEqual([
					{ source: "covid19goid", value: 337 },
				]);
				expect(await hub.cell("deaths", "35", "2020-04-12")).toMatchObject({
					value: 29,
					marks: ["conflict"],
				});
				expect(await hub.claims("deaths", "35", "2020-04-12")).toEqual([
					{ source: "covid19goid", value: 24 },
				]);
			});

			it("names a silent area instead of showing a fall", async () => {
				expect(await hub.cell("confirmed", "35", "2020-04-03")).toMatchObject({
					value: 152,
				});
				expect(await hub.cell("confirmed", "35", "2020-04-04")).toMatchObject({
					value: 142,
					reporting: 37,
					expected: 38,
					marks: ["conflict", "partial"],
				});
				expect(
					await hub.cell("confirmed", "35.24", "2020-04-04"),
				).toMatchObject({
					value: null,
					rule: "silent",
					marks: ["silent"],
				});
				expect(
					await hub.cell("confirmed", "35.14", "2020-03-24"),
				).toMatchObject({
					value: null,
					rule: "silent",
					marks: ["silent"],
				});
				const silent = await hub.rows(
					"SELECT DISTINCT code, day FROM fact JOIN area ON area.id = area WHERE indicator = 1 AND marks & $1 > 0",
					[MARKS.silent],
				);
				expect(silent).toHaveLength(2);
			});

			it("marks a fall of a cumulative count as correction", async () => {
				const falls = await hub.rows(
					"SELECT code, day, value FROM fact JOIN area ON area.id = area WHERE indicator = 1 AND level = 2 AND marks & $1 > 0 ORDER BY code",
					[MARKS.correction],
				);
				expect(falls).toEqual([
					{ code: "35.04", day: day("2020-04-06"), value: 5 },
					{ code: "35.07", day: day("2020-04-06"), value: 7 },
				]);
				expect(
					await hub.cell("confirmed", "35.04", "2020-04-05"),
				).toMatchObject({
					value: 6,
				});
				expect(
					await hub.cell("confirmed", "35.07", "2020-04-05"),
				).toMatchObject({
					value: 8,
				});
			});

			it("prefers the portal's own figure for the nation", async () => {
				expect(await hub.cell("confirmed", "ID", "2020-04-12")).toMatchObject({
					value: 4241,
					source: "covid19goid",
					rule: "only-source",
				});
			});
		});

		it("marks the cumulative cells that a later vintage restated (762 of the whole files), and still knows what they were", async () => {
			const hub = await Hub.with(reports.jatim, reports.provinces08);
			try {
				const before = await hub.facts();
				await hub.take(reports.provinces14);
				const restated = await hub.rows(
					"SELECT indicator, count(*) FROM claim WHERE marks & $1 > 0 GROUP BY indicator ORDER BY indicator",
					[MARKS.restated],
				);
				expect(restated).toEqual([
					{ indicator: 1, count: reports.restated.confirmed },
					{ indicator: 2, count: reports.restated.recovered },
					{ indicator: 3, count: reports.restated.deaths },
				]);
				const known = await hub.rows(
					`SELECT DISTINCT ON (indicator, code, day) indicator, code, day, as_of, value, source.key AS source, rule, marks, reporting, expected FROM (
					SELECT indicator, area, day, as_of, value, source, rule, marks, reporting, expected FROM fact
					UNION ALL SELECT indicator, area, day, as_of, value, source, rule, marks, reporting, expected FROM fact_revision
				 ) AS revision JOIN area ON area.id = revision.area LEFT JOIN source ON source.id = revision.source
				 WHERE as_of <= $1 ORDER BY indicator, code, day, as_of DESC`,
					[day("2020-06-08")],
				);
				const last = new Map(
					before.map((row) => [`${row.indicator} ${row.code} ${row.day}`, row]),
				);
				expect(known).toEqual([...last.values()]);
			} finally {
				await hub.stop();
			}
		});

		it("does not believe the zeros of the last day of Bengkulu, Jambi and NTT", async () => {
			const hub = await Hub.with(...reports.daily);
			try {
				const zeros = await hub.rows(
					`SELECT code, day, count(*), bool_and(value IS NULL) AS empty FROM fact JOIN area ON area.id = area
				 WHERE marks & $1 > 0 AND level = 1 GROUP BY code, day ORDER BY code`,
					[MARKS.implausibleZero],
				);
				expect(zeros).toEqual(
					["15", "17", "53"].map((code) => ({
						code,
						day: day("2020-09-21"),
						count: 3,
						empty: true,
					})),
				);
				expect(await hub.cell("confirmed", "17", "2020-09-21")).toMatchObject({
					value: null,
					rule: "implausible-zero",
				});
				expect(await hub.cell("confirmed", "17", "2020-09-20")).toMatchObject({
					value: 536,
				});
				expect(await hub.cell("confirmed", "ID", "2020-09-20")).toMatchObject({
					value: 244676,
				});
				expect(await hub.rows("SELECT * FROM quarantine")).toEqual([]);
			} finally {
				await hub.stop();
			}
		});

		it("gives the same facts in whatever order the files arrive, and nothing changes when they come again", async () => {
			const files = [
				reports.jatim,
				reports.provinces08,
				reports.nation08,
				reports.provinces14,
				...reports.daily.filter(({ path }) => path.endsWith("JAWA_TIMUR.csv")),
			];
			expect(files).toHaveLength(5);
			const [jatim, early, nation, late, daily] = files as [
				MadeFile,
				MadeFile,
				MadeFile,
				MadeFile,
				MadeFile,
			];
			const one = await Hub.with(...files);
			const other = await Hub.with(daily);
			try {
				await other.take(late);
				await other.take(jatim, nation);
				await other.take(early);
				const facts = await one.facts();
				expect(await other.facts()).toEqual(facts);
				const again = await one.take(...files);
				expect(again.taken.every((entry) => entry.duplicate)).toBe(true);
				expect(again.changes).toEqual({ rows: 0, tables: [], blocks: [] });
				expect(await one.facts()).toEqual(facts);
			} finally {
				await one.stop();
				await other.stop();
			}
		});
	},
);
