import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Nowcast } from "../../core/api/nowcast.ts";
import { ruleId } from "../../core/quality/rule.ts";
import { isoFromDay, monthOf } from "../../core/series/day.ts";
import { MARKS } from "../../core/series/mark.ts";
import { createRandom } from "../../core/statistics/random.ts";
import {
	countsAsKnown,
	DAY_TOLD,
} from "../../main/backend/query/counts-as-known.ts";
import { newCases } from "../../main/backend/query/new-cases.ts";
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
let replica: string;

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

/** The regencies of Jawa Timur: random, some days silent, some of their reports late, some totals taken back or told by another source. */
const patterns = createRandom(11);
const REGENCIES: number[] = [AREA.tulungagung, AREA.malang, AREA.lamongan];
const kinds = new Map(
	REGENCIES.map((area) => [
		area,
		Array.from({ length: DAYS }, () => ({
			count: patterns.poisson(6),
			late: patterns.poisson(3),
			lateBy: 1 + patterns.integer(6),
			from: patterns.uniform() < 0.06 ? 1 + patterns.integer(5) : 0,
			back: patterns.uniform() < 0.05 ? 2 : 0,
			source: patterns.uniform() < 0.04 ? 2 : 1,
		})),
	]),
);
/** What is known of a regency on a day; undefined: nothing was said of it yet, null: silent. */
function regencyOn(area: number, at: number, asOf: number) {
	const days = kinds.get(area) ?? [];
	const own = days[at];
	if (!own || asOf < at) return undefined;
	if (asOf < at + own.from) return null;
	let total = 0;
	for (const [day, { count, late, lateBy, back }] of days
		.slice(0, at + 1)
		.entries())
		total +=
			count + (asOf >= day + lateBy ? late : 0) - (asOf > day ? back : 0);
	return Math.max(0, total);
}
function provinceOn(at: number, asOf: number) {
	const known = REGENCIES.map((area) => regencyOn(area, at, asOf)).filter(
		(value) => value != null,
	);
	return {
		value: known.length === 0 ? null : known.reduce((a, b) => a + b, 0),
		reporting: known.length,
	};
}

/** All rows of an area and day: of a day of knowledge each at which it says something else. */
function cellsOf(
	area: number,
	tellOn: (at: number, asOf: number) => Row & { value: number | null },
): Row[][] {
	return Array.from({ length: DAYS }, (_, at) => {
		const all: Row[] = [];
		let before = "";
		for (let asOf = at; asOf < DAYS; asOf++) {
			const told = tellOn(at, asOf);
			const now = JSON.stringify(told);
			if (now === before) continue;
			before = now;
			const day = FIRST + at;
			all.push({
				indicator: CONFIRMED,
				month: monthOf(day),
				area,
				day,
				source: 2,
				rule: ruleId(told.value === null ? "silent" : "only-source"),
				marks: told.value === null ? MARKS.silent : 0,
				as_of: FIRST + asOf,
				reporting: null,
				expected: null,
				...told,
			});
		}
		return all;
	});
}

function lateSeries() {
	const rows = twoProvinces();
	const cells = [
		...cellsOf(AREA.bali, (at, asOf) => ({ value: totalOn(at, asOf) })),
		...REGENCIES.flatMap((area) =>
			cellsOf(area, (at, asOf) => ({
				value: regencyOn(area, at, asOf) ?? null,
				source: kinds.get(area)?.[at]?.source ?? 1,
			})),
		),
		...cellsOf(AREA.jatim, (at, asOf) => {
			const { value, reporting } = provinceOn(at, asOf);
			return {
				value,
				source: null,
				rule: ruleId(value === null ? "silent" : "sum-of-areas"),
				reporting,
				expected: 3,
			};
		}),
	];
	const isLate = ({ indicator, area }: Row) =>
		indicator === CONFIRMED &&
		[AREA.bali, AREA.jatim, ...REGENCIES].includes(Number(area));
	return {
		...rows,
		dataset: (rows.dataset ?? []).map((row) =>
			row.key === "last_day" ? { ...row, value: String(LAST) } : row,
		),
		fact: [
			...(rows.fact ?? []).filter((row) => !isLate(row)),
			...cells.map((all) => all.at(-1) as Row),
		],
		fact_revision: [
			...(rows.fact_revision ?? []).filter((row) => !isLate(row)),
			...cells.flatMap((all) => all.slice(0, -1)),
		],
	};
}

beforeAll(async () => {
	mkdirSync(join(data, "replica"), { recursive: true });
	mkdirSync(join(home.folder, "screens"));
	replica = writeReplica(join(data, "replica"), lateSeries(), 3);
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

	test("of the day of knowledge that is not asked for is that of the last day on which anything became known", async () => {
		const here = await signedInWindow(workstation, data);
		const response = await here.get(
			`/api/nowcast?area=${AREA.bali}&indicator=confirmed&day=${isoFromDay(LAST)}`,
		);
		const answer = Nowcast.parse(await response.json());
		expect(answer.known).toBe(LAST);
		expect(answer.outcome).toEqual(await asked(LAST));
	});

	test("says how far it is, and ends when whoever asked leaves", async () => {
		const here = await signedInWindow(workstation, data);
		const leave = new AbortController();
		const address = `/api/nowcast?area=${AREA.jatim}&indicator=confirmed&day=${isoFromDay(LAST - 3)}&as_known=${isoFromDay(LAST - 3)}`;
		const answer = here.get(address, leave.signal).catch(() => null);
		await here.heard;
		expect(here.told[0]).toMatchObject({ of: 57 });
		leave.abort();
		expect(await answer).toBeNull();
		await here.leave();
	});
});

describe("counts as known on a day", () => {
	test("are those of the whole series of that day, of every area, however late, silent or taken back", () => {
		const db = new Database(replica, { readonly: true });
		const days = { min: FIRST + 30, max: LAST };
		fc.assert(
			fc.property(
				fc.integer(days),
				fc.integer(days),
				fc.integer(days),
				(...three) => {
					const [from = 0, asKnownOn = 0, to = 0] = three.toSorted(
						(a, b) => a - b,
					);
					const { areas, counts } = countsAsKnown(db, {
						area: AREA.nation,
						indicator: "confirmed",
						from,
						to,
						asKnownOn,
					});
					expect(areas).toContain(AREA.jatim);
					for (const [at, area] of areas.entries()) {
						const { firstDay, cases } = newCases(db, { area, asKnownOn });
						expect([
							...counts.subarray(at * (to - from + 1)).slice(0, to - from + 1),
						]).toEqual([...cases.slice(from - firstDay, to - firstDay + 1)]);
					}
				},
			),
			{ numRuns: 60 },
		);
		db.close();
	});

	test("say which days were silent, and which share the report that came after", () => {
		const db = new Database(replica, { readonly: true });
		const from = FIRST + 30;
		const { areas, told } = countsAsKnown(db, {
			area: AREA.nation,
			indicator: "confirmed",
			from,
			to: LAST,
			asKnownOn: LAST,
		});
		db.close();
		const days = LAST - from + 1;
		const at = areas.indexOf(AREA.bali) * days;
		const first = FIRST + SILENT - from;
		expect([...told.subarray(at, at + days)]).toEqual(
			Array.from({ length: days }, (_, day) =>
				day === first
					? DAY_TOLD.not
					: day === first + 1
						? DAY_TOLD.withSilent
						: DAY_TOLD.itself,
			),
		);
	});
});
