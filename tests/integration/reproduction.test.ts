import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
	ProjectionScores,
	RenewalProjected,
} from "../../core/api/projection.ts";
import {
	ReproductionAreas,
	ReproductionLines,
	ReproductionOf,
} from "../../core/api/reproduction.ts";
import {
	estimateReproductionNumberUncertain,
	NISHIURA_UNCERTAINTY,
} from "../../core/epidemic/uncertain-serial-interval.ts";
import { ruleId } from "../../core/quality/rule.ts";
import { isoFromDay, monthOf } from "../../core/series/day.ts";
import { MARKS } from "../../core/series/mark.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import {
	startWorkstation,
	type Workstation,
} from "../../main/backend/workstation.ts";
import {
	AREA,
	CONFIRMED,
	FIRST,
	type Row,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";
import { signedInWindow } from "./signed-in-window.ts";

const DAYS = 700;
/** Silent on this day: the report after it is of two. */
const SILENT = 40;
const home = temporaryFolder();
const data = join(home.folder, "data");
const reported: string[] = [];
let workstation: Workstation;

/** New cases of Bali by day. */
const daily = Array.from({ length: DAYS }, (_, at) =>
	at === 0 ? 0 : Math.round(60 + 50 * Math.sin(at / 25)),
);

function longSeries() {
	const rows = twoProvinces();
	let total = 0;
	const fact: Row[] = daily.flatMap((cases, at) => {
		total += cases;
		const day = FIRST + at;
		return {
			indicator: CONFIRMED,
			month: monthOf(day),
			area: AREA.bali,
			day,
			value: at === SILENT ? null : total,
			source: 2,
			rule: ruleId(at === SILENT ? "silent" : "only-source"),
			marks: at === SILENT ? MARKS.silent : 0,
			as_of: day,
			reporting: null,
			expected: null,
		};
	});
	return {
		...rows,
		dataset: (rows.dataset ?? []).map((row) =>
			row.key === "last_day"
				? { ...row, value: String(FIRST + DAYS - 1) }
				: row,
		),
		fact: [
			...(rows.fact ?? []).filter(({ area }) => area !== AREA.bali),
			...fact,
		],
	};
}

beforeAll(async () => {
	mkdirSync(join(data, "replica"), { recursive: true });
	mkdirSync(join(home.folder, "screens"));
	writeReplica(join(data, "replica"), longSeries(), 3);
	workstation = await startWorkstation(
		{
			data,
			hub: null,
			port: 0,
			otherPortIfTaken: false,
			secret: newSecret(),
			screens: join(home.folder, "screens"),
			geography: null,
			parent: null,
		},
		(message) => reported.push(message),
	);
});
afterAll(async () => {
	await workstation.close();
	home.remove();
});

const window = () => signedInWindow(workstation, data);

/** Of the cases of Bali up to a day, what the analysts' command line says. */
async function commanded(
	command: string,
	until: number,
	...options: string[]
): Promise<Record<string, unknown>[]> {
	const cases = [...daily];
	cases[SILENT] = cases[SILENT + 1] = (daily[SILENT] + daily[SILENT + 1]) / 2;
	const file = join(home.folder, `cases-${until}.csv`);
	writeFileSync(
		file,
		`date,cases\n${cases
			.slice(0, until)
			.map((one, at) => `${isoFromDay(FIRST + at)},${one}`)
			.join("\n")}\n`,
	);
	const { stdout } = await promisify(execFile)(
		process.execPath,
		["main/analyst/model.ts", command, file, "--format", "json", ...options],
		{ maxBuffer: 1e8 },
	);
	return JSON.parse(stdout) as Record<string, unknown>[];
}

describe("R of an area", () => {
	const bali = `/api/reproduction?area=${AREA.bali}`;

	test("is that of the model for the new cases of the area, a report after silence shared out over its days", async () => {
		const here = await window();
		const answer = await here.get(bali);
		expect(answer.status).toBe(200);
		const found = ReproductionOf.answer.parse(await answer.json());
		const cases = [...daily];
		const both = daily[SILENT] + daily[SILENT + 1];
		cases[SILENT] = cases[SILENT + 1] = both / 2;
		const expected = estimateReproductionNumberUncertain(
			{ local: cases },
			NISHIURA_UNCERTAINTY,
			createRandom(1),
		);
		for (const one of expected) {
			const day = one.last;
			if (one.status === "estimated") {
				expect(found.mean[day]).toBe(one.mean);
				expect([found.low[day], found.high[day]]).toEqual([
					one.quantiles[0],
					one.quantiles[2],
				]);
				expect(found.reason[day]).toBeNull();
			} else expect(found.reason[day]).toBe(one.reason);
		}
		expect(found.mean).toHaveLength(DAYS);
		expect(found.reason[0]).toBe("too-early");
		expect((found.marks[SILENT + 3] ?? 0) & MARKS.spread).toBeTruthy();
		expect(found.cases[SILENT + 60]).toBe(
			daily.slice(SILENT + 54, SILENT + 61).reduce((a, b) => a + b, 0),
		);
		await here.leave();
	});

	test("is to the last digit what the analysts' command line says of the same cases, on the curve, the map and the small lines alike", async () => {
		const ofDay = async (...options: string[]) =>
			new Map(
				(await commanded("rt", DAYS, ...options)).map((row) => [row.last, row]),
			);
		const here = await window();
		const json = async (path: string): Promise<unknown> => {
			const answer = await here.get(path);
			expect(answer.status, path).toBe(200);
			return answer.json();
		};
		for (const [asked, options] of [
			["&window=7&fixed=1", []],
			[
				"&window=14&interval=du&fixed=1",
				["--window=14", "--si-mean=3.96", "--si-sd=4.75"],
			],
			["", ["--si-uncertain"]],
		] as const) {
			const rows = await ofDay(...options);
			const found = ReproductionOf.answer.parse(await json(bali + asked));
			let compared = 0;
			for (const [at, mean] of found.mean.entries()) {
				const row = rows.get(isoFromDay(FIRST + at));
				if (!row) continue;
				expect(mean).toBe(row.mean ?? null);
				expect(found.low[at]).toBe(row["q0.025"] ?? null);
				expect(found.high[at]).toBe(row["q0.975"] ?? null);
				expect(found.aboveOne[at]).toBe(row.above_one ?? null);
				expect(found.reason[at]).toBe(row.reason ?? null);
				if (mean !== null) compared++;
			}
			expect(compared).toBeGreaterThan(DAYS / 2);
		}
		const rows = await ofDay();
		const last = FIRST + DAYS - 1;
		const lines = ReproductionLines.parse(
			await json(
				`/api/reproduction/lines?level=province&day=${isoFromDay(last)}&areas=${AREA.bali}`,
			),
		);
		for (const [at, mean] of (lines.lines[0]?.mean ?? []).entries())
			expect(mean).toBe(
				rows.get(isoFromDay(lines.firstDay + at))?.mean ?? null,
			);
		// A day on which the other province has long told nothing is shown as the day before it had not: only what is told counts.
		for (const day of [last, FIRST + 100, FIRST + SILENT + 3]) {
			const { rows: areas, shown } = ReproductionAreas.parse(
				await json(
					`/api/reproduction/areas?level=province&day=${isoFromDay(day)}`,
				),
			);
			const one = areas.find(({ area }) => area === AREA.bali);
			const row = rows.get(isoFromDay(shown));
			expect(one).toMatchObject({
				mean: row?.mean ?? null,
				low: row?.["q0.025"] ?? null,
				high: row?.["q0.975"] ?? null,
				aboveOne: row?.above_one ?? null,
				before: rows.get(isoFromDay(shown - 7))?.mean ?? null,
				cases: row?.local_cases,
			});
		}
		await here.leave();
	});

	test("says in a reason and not in a number what cannot be told, where nobody ever reported", async () => {
		const here = await window();
		const found = ReproductionOf.answer.parse(
			await (await here.get(`/api/reproduction?area=${AREA.badung}`)).json(),
		);
		expect(new Set(found.reason)).toEqual(new Set(["day-not-reported"]));
		expect(new Set(found.mean)).toEqual(new Set([null]));
		await here.leave();
	});

	test("tells how far it is to the windows of whoever asks and to no other, and ends when the request is closed", async () => {
		const [here, elsewhere] = [await window(), await window()];
		const closing = new AbortController();
		const asked = here.get(bali, closing.signal).catch(() => null);
		await here.heard;
		closing.abort();
		await asked;
		// Answered after the one that was closed has ended, by itself or not.
		const next = await elsewhere.get(
			`/api/reproduction?area=${AREA.tulungagung}`,
		);
		expect(next.status).toBe(200);
		const { of } = here.told[0] as { of: number };
		expect(of).toBeGreaterThan(600);
		expect(here.told.every(({ address }) => address === bali)).toBe(true);
		expect(Math.max(...here.told.map(({ done }) => done))).toBeLessThan(
			of - 32,
		);
		expect(elsewhere.told.filter(({ address }) => address === bali)).toEqual(
			[],
		);
		expect(reported.filter((message) => message.includes("GET"))).toEqual([]);
		await Promise.all([here.leave(), elsewhere.leave()]);
	});
});

describe("the projection of an area", () => {
	const until = 300;
	const asked = `area=${AREA.bali}&day=${isoFromDay(FIRST + until - 1)}`;

	test("is to the last digit what the analysts' command line projects from the same cases, with measures too", async () => {
		const here = await window();
		const first = FIRST + until;
		for (const [measures, factors] of [
			["", "1"],
			// One that began before the first day ahead is in the R of now already.
			[
				`&measures=${isoFromDay(first - 3)}.50_${isoFromDay(first + 2)}.-30_${isoFromDay(first + 4)}.-50`,
				"1,1,0.7,0.7,0.35",
			],
		] as const) {
			const answer = await here.get(`/api/projection?${asked}${measures}`);
			const { outcome, came, cases } = RenewalProjected.parse(
				await answer.json(),
			);
			if (outcome.status !== "projected") throw new Error(outcome.reason);
			const rows = await commanded(
				"project",
				until,
				"--horizon=28",
				`--r-factors=${factors}`,
			);
			expect(outcome.firstDay).toBe(first);
			expect(rows).toHaveLength(28);
			for (const [at, row] of rows.entries()) {
				expect(row.date).toBe(isoFromDay(first + at));
				expect(outcome.incidence.median[at]).toBeCloseTo(Number(row.median), 9);
				for (const { level, low, high } of outcome.incidence.bands) {
					expect(low[at]).toBeCloseTo(Number(row[`low${level * 100}`]), 9);
					expect(high[at]).toBeCloseTo(Number(row[`high${level * 100}`]), 9);
				}
			}
			expect(outcome.without === null).toBe(measures === "");
			expect(came).toEqual(daily.slice(until, until + 28));
			expect(cases.values.at(-1)).toBe(daily[until - 1]);
		}
		await here.leave();
	});

	test("is scored on past days as the command line scores it, each day counted once", async () => {
		const here = await window();
		const answer = await here.get(`/api/projection/scores?${asked}`);
		const { past, score, notProjected } = ProjectionScores.parse(
			await answer.json(),
		);
		const rows = await commanded("score", until, "--horizon=14");
		const scored = rows.filter(({ status }) => status === "projected");
		expect(past.map(({ firstDay }) => isoFromDay(firstDay - 1))).toEqual(
			scored.map(({ origin }) => origin),
		);
		expect(past.map((one) => one.weightedIntervalScore)).toEqual(
			scored.map((row) => row.weighted_interval_score),
		);
		expect(notProjected).toBe(rows.length - scored.length);
		const inside = scored.reduce(
			(sum, row) => sum + Number(row.coverage95) * Number(row.scored_days),
			0,
		);
		const days = scored.reduce((sum, row) => sum + Number(row.scored_days), 0);
		expect(score?.scored).toBe(days);
		expect(score?.coverage.at(-1)?.level).toBe(0.95);
		expect(score?.coverage.at(-1)?.share).toBeCloseTo(inside / days, 12);
		await here.leave();
	});

	test("says why nothing is projected where nobody ever reported", async () => {
		const here = await window();
		const nobody = `area=${AREA.badung}&day=${isoFromDay(FIRST + until - 1)}`;
		const { outcome } = RenewalProjected.parse(
			await (await here.get(`/api/projection?${nobody}`)).json(),
		);
		expect(outcome).toEqual({ status: "not-projected", reason: "too-short" });
		const { past, score } = ProjectionScores.parse(
			await (await here.get(`/api/projection/scores?${nobody}`)).json(),
		);
		expect([past, score]).toEqual([[], null]);
		await here.leave();
	});
});
