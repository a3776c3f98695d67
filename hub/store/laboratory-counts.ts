import type pg from "pg";
import { CopyRows } from "./copy.ts";

/** What one bundle counts of a laboratory, the day of the result, that of the specimen and the kabupaten/kota of the patients. */
export interface LaboratoryCountRow {
	file: number;
	/** Id of the laboratory. */
	facility: number;
	day: number;
	specimenDay: number | null;
	/** Id of the area. */
	area: number | null;
	tested: number;
	positive: number;
	negative: number;
	inconclusive: number;
}

export async function storeLaboratoryCounts(
	client: pg.PoolClient,
	counts: readonly LaboratoryCountRow[],
): Promise<void> {
	if (counts.length === 0) return;
	const rows = new CopyRows("laboratory_count", [
		...["file", "facility", "day", "specimen_day", "area"],
		...["tested", "positive", "negative", "inconclusive"],
	]);
	for (const one of counts)
		rows
			.row()
			.integer(one.file)
			.integer(one.facility)
			.integer(one.day)
			.integer(one.specimenDay)
			.integer(one.area)
			.integer(one.tested)
			.integer(one.positive)
			.integer(one.negative)
			.integer(one.inconclusive);
	await rows.into(client);
}

/** Which of these laboratories and days another file that is known has counted already, by code and day, and its name. */
export async function daysCountedBefore(
	client: pg.PoolClient,
	sha256: string,
	days: readonly { facility: string; day: number }[],
): Promise<{ facility: string; day: number; name: string }[]> {
	if (days.length === 0) return [];
	const { rows } = await client.query(
		`SELECT DISTINCT ON (asked.facility, asked.day) asked.facility, asked.day, file.name
		 FROM unnest($1::text[], $2::integer[]) AS asked (facility, day)
		 JOIN facility ON facility.code = asked.facility
		 JOIN laboratory_count AS counted ON counted.facility = facility.id AND counted.day = asked.day
		 JOIN file ON file.id = counted.file
		 WHERE withdrawn IS NULL AND sha256 <> $3 ORDER BY asked.facility, asked.day, file.id`,
		[days.map(({ facility }) => facility), days.map(({ day }) => day), sha256],
	);
	return rows;
}

/** The name of another file that is known and counts a laboratory's day of this one; null: none. */
export async function countedByAnother(
	client: pg.PoolClient,
	file: number,
): Promise<string | null> {
	const { rows } = await client.query<{ name: string }>(
		`SELECT file.name FROM laboratory_count AS own JOIN laboratory_count AS other USING (facility, day)
		 JOIN file ON file.id = other.file WHERE own.file = $1 AND other.file <> $1 AND withdrawn IS NULL ORDER BY file.id LIMIT 1`,
		[file],
	);
	return rows[0]?.name ?? null;
}

/** All that is counted and known, by laboratory, days and area. */
export async function laboratoryCounts(client: pg.Pool): Promise<
	{
		laboratory: string;
		name: string;
		day: number;
		specimenDay: number | null;
		area: string | null;
		tested: number;
		positive: number;
		negative: number;
		inconclusive: number;
	}[]
> {
	const { rows } = await client.query(
		`SELECT facility.code AS laboratory, facility.name, day, specimen_day AS "specimenDay", area.code AS area,
			sum(tested)::integer AS tested, sum(positive)::integer AS positive, sum(negative)::integer AS negative,
			sum(inconclusive)::integer AS inconclusive
		 FROM laboratory_count AS counted JOIN file ON file.id = counted.file JOIN facility ON facility.id = counted.facility
		 LEFT JOIN area ON area.id = counted.area WHERE withdrawn IS NULL
		 GROUP BY facility.code, facility.name, day, specimen_day, area.code
		 ORDER BY facility.code, day, specimen_day NULLS FIRST, area.code NULLS FIRST`,
	);
	return rows;
}
