import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import Database from "better-sqlite3";
import { CUBE_TABLE, emptyCubes, setCell } from "../../core/feed/cube-table.ts";
import {
	FEED_SCHEMA_VERSION,
	FEED_TABLES,
	type FeedTableName,
	feedTable,
	sqliteIndexes,
	sqliteTable,
} from "../../core/feed/table.ts";
import { ruleId } from "../../core/quality/rule.ts";
import { day, monthOf } from "../../core/series/day.ts";
import { MARKS } from "../../core/series/mark.ts";
import { newReplicaPath } from "../../main/backend/replica/location.ts";
import {
	openReplica,
	writeCursor,
} from "../../main/backend/replica/replica-database.ts";

export type Row = Record<string, number | string | null>;
export type Rows = Partial<Record<FeedTableName, Row[]>>;

export const EPOCH = "11111111-2222-4333-8444-555555555555";
export const COMMITTED = Date.UTC(2020, 3, 13, 1, 2, 3);

/** A folder of its own for one test file, removed by `remove`. */
export function temporaryFolder(): { folder: string; remove: () => void } {
	const folder = mkdtempSync(join(tmpdir(), "blc-backend-"));
	return {
		folder,
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}

/** Writes a replica with these rows into a folder and takes it into use, as an installed snapshot would be. */
export function writeReplica(
	folder: string,
	rows: Rows,
	seq = 1,
	snapshot = `seq${seq}`,
): string {
	const path = newReplicaPath(folder, EPOCH, `seq${seq}`);
	// Built under a name that a running writer leaves alone until it is whole.
	const building = path.replace(/replica\.([^/]*)$/, "building.$1");
	const db = new Database(building);
	db.pragma("page_size = 8192");
	for (const table of FEED_TABLES) {
		db.exec(sqliteTable(table));
		for (const index of sqliteIndexes(table)) db.exec(index);
	}
	db.exec(CUBE_TABLE);
	for (const [name, list] of Object.entries(rows)) {
		const { columns } = feedTable(name as FeedTableName);
		const insert = db.prepare(
			`INSERT INTO "${name}" VALUES (${columns.map(() => "?").join(", ")})`,
		);
		db.transaction(() => {
			for (const row of list)
				insert.run(columns.map((column) => row[column.name] ?? null));
		})();
	}
	const cubes = emptyCubes(
		(rows.area ?? []) as unknown as { id: number; level: number }[],
	);
	for (const fact of rows.fact ?? [])
		setCell(
			cubes,
			fact.indicator as number,
			fact.area as number,
			fact.day as number,
			fact.value as number | null,
			fact.marks as number,
		);
	const insert = db.prepare("INSERT INTO cube VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
	for (const cube of cubes.cubes.values())
		insert.run(
			cube.indicator,
			cube.level,
			cubes.firstDay,
			cubes.days,
			cube.areas,
			Buffer.from(cube.value.buffer),
			Buffer.from(cube.marks.buffer),
			seq,
		);
	db.pragma(`user_version = ${FEED_SCHEMA_VERSION}`);
	db.close();
	const replica = openReplica(building);
	writeCursor(replica, {
		epoch: EPOCH,
		seq,
		chain: "0".repeat(64),
		committedAt: COMMITTED,
		snapshot,
	});
	replica.close();
	// The pointer first: a writer that cleans up meanwhile spares what it names, and until the file is there nothing is in use.
	const pointer = join(folder, "building.json");
	writeFileSync(pointer, JSON.stringify({ format: 1, file: basename(path) }));
	renameSync(pointer, join(folder, "replica.json"));
	renameSync(building, path);
	return path;
}

export const AREA = {
	nation: 1,
	jatim: 2,
	bali: 3,
	tulungagung: 4, // 35.04
	malang: 5, // 35.07
	lamongan: 6, // 35.24
	badung: 7, // 51.03
	jatimUnknown: 8, // 35.00
} as const;
export const CONFIRMED = 1;
export const RECOVERED = 2;
export const DEATHS = 3;
const PROVINCE_SOURCE = 1;
const PORTAL = 2;
export const FIRST = day("2020-03-31");
export const LAST = day("2020-04-12");

type Value = number | null;

/**
 * Two provinces over thirteen days. Jawa Timur is a sum of its regencies: 35.24 is silent on 2020-04-04, 35.04 is corrected from 6 to 5
 * on 2020-04-06, and the portal says less. The portal restated Bali on 2020-04-10.
 */
/** The same as an exercise, at which everybody may look. */
export function asExercise(rows: Rows): Rows {
	return {
		...rows,
		dataset: (rows.dataset ?? []).map((row) =>
			row.key === "exercise" ? { ...row, value: "true" } : row,
		),
	};
}

export function twoProvinces(): Rows {
	const fact: Row[] = [];
	const claim: Row[] = [];
	const put = (
		indicator: number,
		area: number,
		at: number,
		value: Value,
		rest: Row,
	): void => {
		fact.push({
			indicator,
			month: monthOf(at),
			area,
			day: at,
			value,
			source: PROVINCE_SOURCE,
			rule: ruleId(value === null ? "silent" : "only-source"),
			marks: value === null ? MARKS.silent : 0,
			as_of: at,
			reporting: null,
			expected: null,
			...rest,
		});
	};
	const say = (
		area: number,
		at: number,
		source: number,
		value: number,
		rest: Row = {},
	): void => {
		claim.push({
			indicator: CONFIRMED,
			month: monthOf(at),
			area,
			day: at,
			source,
			as_of: at,
			file: source,
			line: claim.length + 2,
			value,
			marks: 0,
			...rest,
		});
	};
	const confirmed: Record<number, Value[]> = {
		[AREA.tulungagung]: [0, 2, 4, 5, 6, 6, 5, 5, 7, 8, 8, 9, 10],
		[AREA.malang]: [0, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23],
		[AREA.lamongan]: [0, 3, 6, 9, null, 12, 14, 16, 18, 20, 22, 24, 26],
	};
	for (let i = 0; i <= LAST - FIRST; i++) {
		const at = FIRST + i;
		const values = Object.entries(confirmed).map(([area, series]) => {
			put(CONFIRMED, Number(area), at, series[i], {
				marks:
					series[i] === null
						? MARKS.silent
						: area === String(AREA.tulungagung) && i === 6
							? MARKS.correction
							: 0,
			});
			if (series[i] !== null)
				say(Number(area), at, PROVINCE_SOURCE, series[i] as number);
			return series[i];
		});
		const known = values.filter((value) => value !== null);
		const sum = known.reduce((total, value) => total + value, 0);
		put(CONFIRMED, AREA.jatim, at, sum, {
			rule: ruleId("sum-of-areas"),
			marks:
				MARKS.conflict | (known.length < values.length ? MARKS.partial : 0),
			reporting: known.length,
			expected: values.length,
		});
		say(AREA.jatim, at, PORTAL, sum - 5);
		put(RECOVERED, AREA.jatim, at, i, {});
		if (at !== LAST) put(DEATHS, AREA.jatim, at, 1, {});
		put(CONFIRMED, AREA.bali, at, 40 + i, {
			source: PORTAL,
			as_of: at === FIRST ? day("2020-04-10") : at,
			marks: at === FIRST ? MARKS.restated : 0,
		});
		put(CONFIRMED, AREA.nation, at, 500 + 10 * i, {
			source: PORTAL,
			rule: ruleId("source-order"),
		});
	}
	// Heard of once, three days before the last.
	say(AREA.badung, LAST - 3, PROVINCE_SOURCE, 1);
	const restated = { source: PORTAL, rule: ruleId("only-source"), marks: 0 };
	return {
		dataset: [
			{ key: "exercise", value: "false" },
			{ key: "title", value: JSON.stringify("Uji") },
			{ key: "first_day", value: String(FIRST) },
			{ key: "last_day", value: String(LAST) },
		],
		area: (
			[
				[AREA.nation, "ID", 0, "Indonesia", null, 270_000_000],
				[AREA.jatim, "35", 1, "Jawa Timur", AREA.nation, 40_000_000],
				[AREA.bali, "51", 1, "Bali", AREA.nation, 4_000_000],
				[AREA.tulungagung, "35.04", 2, "Tulungagung", AREA.jatim, 1_000_000],
				[AREA.malang, "35.07", 2, "Malang", AREA.jatim, 2_500_000],
				[AREA.lamongan, "35.24", 2, "Lamongan", AREA.jatim, 1_200_000],
				[AREA.badung, "51.03", 2, "Badung", AREA.bali, null],
				[AREA.jatimUnknown, "35.00", 2, "Jawa Timur: tidak diketahui", 2, null],
				[9, "35.07.18", 3, "Singosari", AREA.malang, null],
			] as [number, string, number, string, number | null, number | null][]
		).map(([id, code, level, name, parent, population]) => ({
			id,
			code,
			level,
			name,
			parent,
			population,
			population_year: population === null ? null : 2020,
			successors: "[]",
		})),
		source: [
			{
				id: PROVINCE_SOURCE,
				key: "jatim",
				id_name: "Dinkes Jawa Timur",
				en_name: "East Java health office",
				id_order: "pertama",
				en_order: "first",
				rank: 1,
				cadence: "daily",
			},
			{
				id: PORTAL,
				key: "portal",
				id_name: "Portal nasional",
				en_name: "National portal",
				id_order: "terakhir",
				en_order: "last",
				rank: 2,
				cadence: "on-change",
			},
		],
		file: [PROVINCE_SOURCE, PORTAL].map((source) => ({
			id: source,
			source,
			connector: "test",
			name: source === PORTAL ? "portal.csv" : "jatim.csv",
			sha256: "0".repeat(64),
			bytes: 10,
			received_at: COMMITTED - source * 1000,
			lines: source === PORTAL ? 102 : 101,
			accepted: 100,
			quarantined: source === PORTAL ? 1 : 0,
			skipped: 1,
			remarks: "[]",
			withdrawals: "[]",
		})),
		quarantine: [
			{
				id: 1,
				file: PORTAL,
				line: 7,
				column: "KASUS",
				reason: "negative",
				found: "-3",
				expected: "a count of 0 or more",
				alike: 1,
			},
		],
		fact,
		fact_revision: [
			{
				indicator: CONFIRMED,
				month: monthOf(FIRST),
				area: AREA.bali,
				day: FIRST,
				as_of: FIRST,
				value: 30,
				...restated,
			},
			{
				indicator: CONFIRMED,
				month: monthOf(FIRST),
				area: AREA.bali,
				day: FIRST,
				as_of: FIRST + 2,
				value: 35,
				...restated,
			},
		],
		claim,
	};
}
