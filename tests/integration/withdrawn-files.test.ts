import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { monthOf } from "../../core/series/day.ts";
import { explain } from "../../main/backend/query/explain.ts";
import { fileReach } from "../../main/backend/query/file-reach.ts";
import { freshness } from "../../main/backend/query/freshness.ts";
import { sourceAreas } from "../../main/backend/query/source-areas.ts";
import {
	AREA,
	CONFIRMED,
	FIRST,
	LAST,
	type Row,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

/** A source of its own whose one file was withdrawn, brought back and withdrawn again. */
const CLINIC = 3;
const SPELLS = [
	{ from: FIRST + 4, to: FIRST + 6 },
	{ from: FIRST + 8, to: null },
];

const home = temporaryFolder();
let db: Database.Database;
beforeAll(() => {
	const rows = twoProvinces();
	const [source] = rows.source as [Row];
	const [file] = rows.file as [Row];
	const claim = (of: number, value: number, sourceOf: number): Row => ({
		indicator: CONFIRMED,
		month: monthOf(FIRST),
		area: AREA.bali,
		day: FIRST,
		source: sourceOf,
		as_of: FIRST + 2,
		file: of,
		line: 2,
		value,
		marks: 0,
	});
	db = new Database(
		writeReplica(home.folder, {
			...rows,
			source: [
				...(rows.source ?? []),
				{ ...source, id: CLINIC, key: "clinic", rank: 3 },
			],
			file: [
				...(rows.file ?? []),
				{
					...file,
					id: CLINIC,
					source: CLINIC,
					name: "clinic.csv",
					withdrawals: JSON.stringify(SPELLS),
				},
				// Of one source and day: the one received last does not have the greater hash.
				{ ...file, id: 4, source: 1, sha256: "f".repeat(64), received_at: 1 },
				{ ...file, id: 5, source: 1, sha256: "1".repeat(64), received_at: 2 },
			],
			claim: [
				...(rows.claim ?? []),
				claim(CLINIC, 99, CLINIC),
				claim(4, 44, 1),
				claim(5, 45, 1),
			],
		}),
		{ readonly: true },
	);
});
afterAll(() => {
	db.close();
	home.remove();
});

const told = (asKnownOn: number | null) =>
	explain(db, {
		indicator: "confirmed",
		measure: "total",
		area: AREA.bali,
		day: FIRST,
		asKnownOn,
	});

test("a source whose file is withdrawn does not speak of an area while it is, and does in between", () => {
	for (const [asKnownOn, withdrawn] of [
		[FIRST + 3, null],
		[FIRST + 4, FIRST + 4],
		[FIRST + 5, FIRST + 4],
		[FIRST + 6, null],
		[FIRST + 7, null],
		[FIRST + 8, FIRST + 8],
		[null, FIRST + 8],
	] as const) {
		const { claims, order, apart } = told(asKnownOn);
		const speaks = withdrawn === null;
		const where = `as known on ${asKnownOn === null ? "now" : asKnownOn - FIRST}`;
		expect(
			claims.find(({ source }) => source.key === "clinic"),
			where,
		).toMatchObject({ value: 99, current: speaks, withdrawn });
		expect(
			order.some(({ key }) => key === "clinic"),
			where,
		).toBe(speaks);
		expect(apart, where).toBe(speaks ? 99 - 44 : 0);
	}
	// Nor before it spoke.
	expect(told(FIRST + 1).order.some(({ key }) => key === "clinic")).toBe(false);
});

test("of two files of one source and day the one that reconciliation hears last is the one that speaks", () => {
	expect(
		told(null)
			.claims.filter(({ current }) => current)
			.map(({ value }) => value),
	).toEqual([44]);
});

test("a withdrawn file is in no list of what is known", () => {
	expect(sourceAreas(db).find(({ key }) => key === "clinic")).toMatchObject({
		areas: [AREA.bali],
		known: [],
	});
	expect(
		freshness(db).find(({ source }) => source.key === "clinic"),
	).toMatchObject({ files: 0, accepted: 0, lastDay: null, reporting: null });
	expect(fileReach(db, { file: CLINIC })?.withdrawn).toBe(FIRST + 8);
	expect(fileReach(db, { file: 4 })?.withdrawn).toBeNull();
	expect(LAST).toBeGreaterThan(FIRST + 8);
});
