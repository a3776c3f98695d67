import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Zone, zoneNumber } from "../../core/epidemic/zone-transition.ts";
import { ruleId } from "../../core/quality/rule.ts";
import { monthOf } from "../../core/series/day.ts";
import { indicatorByKey } from "../../core/series/indicator.ts";
import { cube } from "../../main/backend/query/cube.ts";
import { freshness } from "../../main/backend/query/freshness.ts";
import {
	zoneCourse,
	zoneHistory,
	zones,
} from "../../main/backend/query/zones.ts";
import {
	AREA,
	COMMITTED,
	FIRST,
	type Row,
	type Rows,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

const TASK_FORCE = 3;
const AGAIN = 4;
const [ONE, TWO] = [FIRST + 2, FIRST + 9];
const WRONG = {
	label: "09 Desember 2019",
	rows: 3,
	after: ONE,
	before: TWO + 7,
	possible: [TWO],
};

/**
 * Two publications a week apart: Tulungagung falls, Malang stays, Lamongan has no zone the second time and Badung none the first. The second was
 * restated a day later for Malang. A file with a wrong label came in, and later the same bytes with what another label stands for.
 */
function withZones(): Rows {
	const rows = twoProvinces();
	const [source] = rows.source ?? [];
	const [file] = rows.file ?? [];
	const fact: Row[] = [];
	const claim: Row[] = [];
	const say = (area: number, at: number, zone: Zone, asOf = at): void => {
		const cell = {
			indicator: indicatorByKey("zone").id,
			month: monthOf(at),
			area,
			day: at,
		};
		const said = {
			source: TASK_FORCE,
			as_of: asOf,
			marks: 0,
			value: zoneNumber(zone),
		};
		fact.push({ ...cell, ...said, rule: ruleId("only-source") });
		claim.push({ ...cell, ...said, file: TASK_FORCE, line: claim.length + 2 });
	};
	say(AREA.tulungagung, ONE, "sedang");
	say(AREA.malang, ONE, "tinggi");
	say(AREA.lamongan, ONE, "rendah");
	say(AREA.tulungagung, TWO, "rendah");
	say(AREA.malang, TWO, "tinggi", TWO + 1);
	say(AREA.badung, TWO, "tidak-ada-kasus");
	const restated = { ...fact[4], value: zoneNumber("sedang"), as_of: TWO };
	claim.push({
		...claim[4],
		value: zoneNumber("sedang"),
		as_of: TWO,
		line: 90,
	});
	const zoneFile = (id: number, remarks: unknown[]) => ({
		...file,
		id,
		source: TASK_FORCE,
		name: `zonasi-${id}.csv`,
		sha256: "1".repeat(64),
		received_at: COMMITTED,
		remarks: JSON.stringify(remarks),
	});
	return {
		...rows,
		source: [
			...(rows.source ?? []),
			{
				...source,
				id: TASK_FORCE,
				key: "zonasi",
				id_name: "Satgas",
				en_name: "Task force",
				rank: 3,
				cadence: "irregular",
			},
		],
		file: [
			...(rows.file ?? []),
			zoneFile(TASK_FORCE, [WRONG, { ...WRONG, label: "1 Mei 2019" }]),
			zoneFile(AGAIN, [WRONG]),
		] as Row[],
		fact: [...(rows.fact ?? []), ...fact],
		claim: [...(rows.claim ?? []), ...claim],
		fact_revision: [...(rows.fact_revision ?? []), restated as Row],
	};
}

const home = temporaryFolder();
let db: Database.Database;
beforeAll(() => {
	db = new Database(writeReplica(home.folder, withZones(), 3), {
		readonly: true,
	});
});
afterAll(() => {
	db.close();
	home.remove();
});

describe("official zones", () => {
	test("are given publication by publication, an area without one as none, and an area for cases without a place not at all", () => {
		const { areas, publications } = zones(db, { asKnownOn: null });
		expect(areas).toEqual([
			AREA.tulungagung,
			AREA.malang,
			AREA.lamongan,
			AREA.badung,
		]);
		expect(publications).toEqual([
			{
				day: ONE,
				sources: [{ key: "zonasi", id_name: "Satgas", en_name: "Task force" }],
				asOf: ONE,
				receivedAt: COMMITTED,
				zones: [4, 5, 3, 0],
			},
			expect.objectContaining({ day: TWO, asOf: TWO + 1, zones: [3, 5, 0, 2] }),
		]);
	});

	test("answer as known on an earlier day: without what came later, and with what was restated since", () => {
		expect(
			zones(db, { asKnownOn: TWO }).publications.map((one) => one.zones),
		).toEqual([
			[4, 5, 3, 0],
			[3, 4, 0, 2],
		]);
		expect(zones(db, { asKnownOn: TWO - 1 }).publications).toHaveLength(1);
	});

	test("move from one publication to the next: each area is in one cell, and who has a zone in only one of the two is no transition", () => {
		const asked = { area: AREA.nation, from: null, to: null, asKnownOn: null };
		const { expected, publications, transition } = zoneCourse(db, asked);
		expect(expected).toBe(4);
		expect(publications).toEqual([
			{ day: ONE, counts: { areas: [1, 1, 1, 0, 0], none: 1 } },
			{ day: TWO, counts: { areas: [1, 0, 1, 1, 0], none: 1 } },
		]);
		expect(transition).toEqual({
			from: ONE,
			to: TWO,
			cells: [
				{ from: "tinggi", to: "tinggi", areas: [AREA.malang] },
				{ from: "sedang", to: "rendah", areas: [AREA.tulungagung] },
			],
			worsened: 0,
			improved: 1,
			unchanged: 1,
			onlyBefore: [AREA.lamongan],
			onlyAfter: [AREA.badung],
		});
		// Back in time what was better is worse, and of one province only its own areas move.
		expect(
			zoneCourse(db, { ...asked, from: TWO, to: ONE }).transition,
		).toMatchObject({ worsened: 1, improved: 0 });
		const bali = zoneCourse(db, { ...asked, area: AREA.bali });
		expect([bali.expected, bali.publications.length]).toEqual([1, 1]);
		expect(bali.transition).toBeNull();
		expect(() => zoneCourse(db, { ...asked, to: ONE + 1 })).toThrow(
			/a day on which zones/,
		);
	});

	test("say where each comes from: file, line, when it was known, and what it was before", () => {
		const { said } = zoneHistory(db, { area: AREA.malang, asKnownOn: null });
		expect(
			said.map(({ day, zone, asOf, line, shown }) => [
				day,
				zone,
				asOf,
				line,
				shown,
			]),
		).toEqual([
			[TWO, "tinggi", TWO + 1, 6, true],
			[TWO, "sedang", TWO, 90, false],
			[ONE, "tinggi", ONE, 3, true],
		]);
	});

	test("name the labels that are held back, but not one that came in since from the same bytes; no day of a figure repeats because of them", () => {
		expect(
			zones(db, { asKnownOn: null }).held.map(({ label, possible, file }) => [
				label,
				possible,
				file,
			]),
		).toEqual([
			// In both files: told once.
			["09 Desember 2019", [TWO], expect.any(String)],
		]);
		expect(freshness(db).flatMap(({ repeated }) => repeated)).toEqual([]);
	});

	test("are in no figure: a cube of any indicator is what it is without them", () => {
		const asked = {
			indicator: "confirmed",
			measure: "total",
			level: "regency",
			asKnownOn: null,
		} as const;
		const other = temporaryFolder();
		const plain = new Database(writeReplica(other.folder, twoProvinces(), 3), {
			readonly: true,
		});
		expect(Buffer.from(cube(db, asked).body)).toEqual(
			Buffer.from(cube(plain, asked).body),
		);
		plain.close();
		other.remove();
	});
});
