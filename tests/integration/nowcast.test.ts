import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Nowcast } from "../../core/api/nowcast.ts";
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

const DAYS = 70;
const LAST = FIRST + DAYS - 1;
/** A day on which Bali says nothing. */
const SILENT = DAYS - 9;
/** A day of which counts are taken back later. */
const CORRECTED = DAYS - 20;
const home = temporaryFolder();
const data = join(home.folder, "data");
let workstation: Workstation;

/** New cases of a day as known on another: late ones come in over four days. */
const random = createRandom(7);
const daily = Array.from({ length: DAYS }, () =>
	[40, 25, 10, 5].map(
		(most) => 2 * Math.round(most * (0.3 + random.uniform() / 2)),
	),
);
function newOn(at: number, asOf: number): number {
	const known = (daily[at] ?? [])
		.slice(0, asOf - at + 1)
		.reduce((sum, one) => sum + one, 0);
	return at === CORRECTED && asOf >= at + 6 ? known - 8 : known;
}
/** What Bali's total of a day was as known on another; null: silent. */
function totalOn(at: number, asOf: number): number | null {
	if (at === SILENT) return null;
	let total = 0;
	for (let day = 0; day <= at; day++) total += newOn(day, asOf);
	return total;
}

function lateSeries() {
	const rows = twoProvinces();
	const cells = Array.from({ length: DAYS }, (_, at): Row[] => {
		const all: Row[] = [];
		let before: number | null | undefined;
		for (let asOf = at; asOf < DAYS; asOf++) {
			const value = totalOn(at, asOf);
			if (value === before) continue;
			before = value;
			const day = FIRST + at;
			all.push({
				indicator: CONFIRMED,
				month: monthOf(day),
				area: AREA.bali,
				day,
				value,
				source: 2,
				rule: ruleId(value === null ? "silent" : "only-source"),
				marks: value === null ? MARKS.silent : 0,
				as_of: FIRST + asOf,
				reporting: null,
				expected: null,
			});
		}
		return all;
	});
	return {
		...rows,
		dataset: (rows.dataset ?? []).map((row) =>
			row.key === "last_day" ? { ...row, value: String(LAST) } : row,
		),
		fact: [
			...(rows.fact ?? []).filter(({ area }) => area !== AREA.bali),
			...cells.map((all) => all.at(-1) as Row),
		],
		fact_revision: [
			...(rows.fact_revision ?? []).filter(({ area }) => area !== AREA.bali),
			...cells.flatMap((all) => all.slice(0, -1)),
		],
	};
}

beforeAll(async () => {
	mkdirSync(join(data, "replica"), { recursive: true });
	mkdirSync(join(home.folder, "screens"));
	writeReplica(join(data, "replica"), lateSeries(), 3);
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
		() => {},
	);
});
afterAll(async () => {
	await workstation.close();
	home.remove();
});

async function asked(known: number, day = known, area: number = AREA.bali) {
	const here = await signedInWindow(workstation, data);
	const response = await here.get(
		`/api/nowcast?area=${area}&indicator=confirmed&day=${isoFromDay(day)}&as_known=${isoFromDay(known)}`,
	);
	expect(response.status, await response.clone().text()).toBe(200);
	return Nowcast.parse(await response.json()).outcome;
}

async function told(known: number) {
	const outcome = await asked(known);
	if (outcome.status !== "told") throw new Error(`found ${outcome.reason}`);
	return outcome;
}

describe("the nowcast of an area", () => {
	test("is that of the command line for the counts as they were known, to the last digit", async () => {
		const outcome = await told(LAST);
		const from = LAST - 56 - FIRST;
		const rows: string[] = [];
		for (let at = from; at < DAYS; at++) {
			// The day after silence tells of two: half of it each, from the day on which it was told.
			const isShared = at === SILENT || at === SILENT + 1;
			const since = isShared ? SILENT + 1 : at;
			for (let asOf = Math.max(since, from); asOf < DAYS; asOf++)
				rows.push(
					`${isoFromDay(FIRST + at)},${isoFromDay(FIRST + asOf)},${isShared ? (newOn(SILENT, asOf) + newOn(SILENT + 1, asOf)) / 2 : newOn(at, asOf)}`,
				);
		}
		const file = join(home.folder, "revisions.csv");
		writeFileSync(file, `event_date,as_of,count\n${rows.join("\n")}\n`);
		const { stdout } = await promisify(execFile)(
			process.execPath,
			["main/analyst/model.ts", "nowcast", file, "--format", "json"],
			{ maxBuffer: 1e8 },
		);
		const expected = JSON.parse(stdout) as Record<string, unknown>[];
		expect(
			outcome.days.map((one) => ({
				date: isoFromDay(one.day),
				observed: one.observed,
				completeness: one.completeness,
				estimate: one.estimate,
				low: one.low,
				high: one.high,
			})),
		).toEqual(
			expected.map(({ date, observed, completeness, estimate, low, high }) => ({
				date,
				observed,
				completeness,
				estimate: estimate ?? null,
				low: low ?? null,
				high: high ?? null,
			})),
		);
		expect(outcome.days.at(-1)?.estimate).toBeGreaterThan(
			outcome.days.at(-1)?.observed ?? Number.NaN,
		);
		expect(outcome.corrections).toBeGreaterThan(0);
	});

	test("of a day that is silent is none, never 0", async () => {
		const outcome = await told(FIRST + SILENT);
		expect(outcome.days.at(-1)).toMatchObject({
			observed: null,
			estimate: null,
			reason: "not-reported",
		});
	});

	test("is scored by what was known on each past day against what came", async () => {
		const { score, past } = await told(LAST);
		expect(score?.scored).toBeGreaterThan(100);
		expect(score?.absoluteError).toBeLessThan(score?.reportedError ?? 0);
		for (const one of past) {
			const at = one.day - FIRST;
			if (at === SILENT || at === SILENT + 1) continue;
			expect(one.observed).toBe(newOn(at, at + 1));
			expect(one.came).toBe(newOn(at, DAYS - 1));
		}
	});

	test("is not known where the history of knowledge is too short, and where nothing is awaited any more", async () => {
		expect(await asked(FIRST + 19)).toMatchObject({
			status: "not-known",
			reason: "history-too-short",
		});
		expect(await asked(LAST, LAST - 14)).toMatchObject({
			status: "not-known",
			reason: "settled",
		});
		// Known at once on one day: no delay can be told from it.
		expect(await asked(LAST, LAST, AREA.badung)).toMatchObject({
			status: "not-known",
			reason: "history-too-short",
		});
	});
});
