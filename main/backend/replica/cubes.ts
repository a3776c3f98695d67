import type Database from "better-sqlite3";
import {
	CUBE_TABLE,
	type CubeLevel,
	type Cubes,
	coverDays,
	cubeBuilder,
	cubeKey,
	emptyCubes,
	hasCell,
	setCell,
} from "../../../core/feed/cube-table.ts";
import type { FeedValue } from "../../../core/feed/digest.ts";
import type { Block } from "../../../core/feed/publication.ts";
import { feedTable } from "../../../core/feed/table.ts";

interface CubeRow {
	indicator: number;
	level: CubeLevel;
	first_day: number;
	days: number;
	areas: number;
	value: Buffer;
	marks: Buffer;
}

/** The last day of any fact. */
export function lastDayOf(database: Database.Database): number {
	return database
		.prepare(`SELECT coalesce(max("first_day" + "days" - 1), 0) FROM "cube"`)
		.pluck()
		.get() as number;
}

/** The stored cubes of a replica, made from its facts when they are missing or of other areas. */
export function loadCubes(database: Database.Database): Cubes {
	const cubes = emptyCubes(areasOf(database));
	const stored = database
		.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'cube'`)
		.get();
	if (!stored) {
		database.exec(CUBE_TABLE);
		return buildCubes(database);
	}
	const rows = database
		.prepare(`SELECT * FROM "cube"`)
		.all() as readonly CubeRow[];
	const whole =
		rows.length === cubes.cubes.size &&
		rows.every(
			(row) =>
				cubes.cubes.get(cubeKey(row.indicator, row.level))?.areas ===
					row.areas &&
				row.first_day === rows[0].first_day &&
				row.days === rows[0].days,
		);
	if (!whole) return buildCubes(database);
	cubes.firstDay = rows[0].first_day;
	cubes.days = rows[0].days;
	for (const row of rows) {
		const cube = cubes.cubes.get(cubeKey(row.indicator, row.level));
		if (!cube) continue;
		// Copied: a buffer from SQLite need not lie on a boundary of eight bytes.
		cube.marks = new Uint16Array(Uint8Array.from(row.marks).buffer);
		cube.value = new Float64Array(Uint8Array.from(row.value).buffer);
	}
	return cubes;
}

/** Cubes computed anew from all facts. */
export function buildCubes(database: Database.Database): Cubes {
	const cubes = cubeBuilder(areasOf(database));
	const facts = database
		.prepare(`SELECT "indicator", "area", "day", "value", "marks" FROM "fact"`)
		.raw()
		.iterate() as IterableIterator<
		[number, number, number, number | null, number]
	>;
	for (const [indicator, area, day, value, marks] of facts)
		cubes.add(indicator, area, day, value, marks);
	return cubes.finish();
}

/**
 * Compares the stored cubes with those of the facts.
 * @returns which differ, as "indicator/level"; empty when all are what the facts say
 */
export function differingCubes(database: Database.Database): string[] {
	const built = buildCubes(database);
	const rows = database
		.prepare(`SELECT * FROM "cube"`)
		.all() as readonly CubeRow[];
	const stored = new Map(
		rows.map((row) => [cubeKey(row.indicator, row.level), row]),
	);
	const differing: string[] = [];
	for (const [key, cube] of built.cubes) {
		const row = stored.get(key);
		stored.delete(key);
		const same =
			row !== undefined &&
			row.areas === cube.areas &&
			row.first_day === built.firstDay &&
			row.days === built.days &&
			row.value.equals(bytesOf(cube.value)) &&
			row.marks.equals(bytesOf(cube.marks));
		if (!same) differing.push(`${cube.indicator}/${cube.level}`);
	}
	for (const row of stored.values())
		differing.push(`${row.indicator}/${row.level}`);
	return differing;
}

function bytesOf(array: ArrayBufferView): Buffer {
	return Buffer.from(
		array.buffer as ArrayBuffer,
		array.byteOffset,
		array.byteLength,
	);
}

/**
 * Takes the blocks of a publication into the cubes. The blocks must already be in the tables.
 * @returns the cubes to go on with: others when the areas or the span of days changed in a way that needs all facts
 */
export function updateCubes(
	database: Database.Database,
	cubes: Cubes,
	blocks: readonly Block[],
): Cubes {
	for (const block of blocks) {
		if (block.table === "area" && placesChanged(database, cubes))
			return buildCubes(database);
		if (block.table !== "fact") continue;
		const column = (name: string): readonly FeedValue[] =>
			block.values[block.columns.indexOf(name)];
		const indicator = column("indicator");
		const area = column("area");
		const day = column("day");
		if (block.op === "D") {
			const last = cubes.firstDay + cubes.days - 1;
			// The first or last day may have lost its only fact: then all cubes get shorter.
			if (day.some((value) => value === cubes.firstDay || value === last))
				return buildCubes(database);
		}
		const value = block.op === "U" ? column("value") : null;
		const marks = block.op === "U" ? column("marks") : null;
		let first = Number.POSITIVE_INFINITY;
		let last = Number.NEGATIVE_INFINITY;
		for (let i = 0; i < day.length; i++) {
			if (!hasCell(cubes, indicator[i] as number, area[i] as number)) continue;
			first = Math.min(first, day[i] as number);
			last = Math.max(last, day[i] as number);
		}
		if (first <= last) coverDays(cubes, first, last);
		for (let i = 0; i < day.length; i++)
			setCell(
				cubes,
				indicator[i] as number,
				area[i] as number,
				day[i] as number,
				value === null ? null : (value[i] as number | null),
				marks === null ? 0 : (marks[i] as number),
			);
	}
	return cubes;
}

/** Writes the changed cubes, inside the caller's transaction. */
export function storeCubes(
	database: Database.Database,
	cubes: Cubes,
	seq: number,
): void {
	if (cubes.changed.size === 0) return;
	const write = database.prepare(
		`REPLACE INTO "cube" ("indicator", "level", "first_day", "days", "areas", "value", "marks", "seq") VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
	);
	for (const key of cubes.changed) {
		const cube = cubes.cubes.get(key);
		if (!cube) continue;
		const { value, marks } = cube;
		write.run(
			cube.indicator,
			cube.level,
			cubes.firstDay,
			cubes.days,
			cube.areas,
			bytesOf(value),
			bytesOf(marks),
			seq,
		);
	}
	cubes.changed.clear();
}

function areasOf(database: Database.Database): { id: number; level: number }[] {
	return database
		.prepare(`SELECT "id", "level" FROM "${feedTable("area").name}"`)
		.all() as { id: number; level: number }[];
}

function placesChanged(database: Database.Database, cubes: Cubes): boolean {
	const now = emptyCubes(areasOf(database)).place;
	if (now.size !== cubes.place.size) return true;
	for (const [id, { level, index }] of now) {
		const before = cubes.place.get(id);
		if (before?.level !== level || before.index !== index) return true;
	}
	return false;
}
