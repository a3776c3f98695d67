import type Database from "better-sqlite3";
import { type AreaCode, isUnknownPlace } from "../../../core/areas/codes.ts";
import { Choice, type HeardSaying } from "../../../core/quality/choice.ts";
import { toleranceOf } from "../../../core/quality/tolerance.ts";
import { Voice } from "../../../core/quality/voice.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import type { Indicator } from "../../../core/series/indicator.ts";
import { daysOfDataset } from "./dataset.ts";
import { voiceOf } from "./said.ts";
import { type Source, sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";
import { withdrawnFiles } from "./withdrawn.ts";

/** What a source is heard to say, and where that stands. */
export interface Heard extends HeardSaying {
	/** Name of the file and the line; null for a sum, which has many. */
	file: string | null;
	line: number | null;
}

/** The last claim of an area, source and day. */
interface LastClaim {
	value: number;
	file: string;
	line: number;
}

interface Place {
	id: number;
	counted: boolean;
}

/**
 * What each source is heard to say of areas on a day, in the order of sources. Who is heard is decided where the hub decides what is shown and
 * what is a conflict (core/quality/choice), on the same voices.
 */
export function heardOf(
	db: Database.Database,
	{
		indicator,
		day,
		asKnownOn,
	}: { indicator: Indicator; day: Day; asKnownOn: Day | null },
	areas: readonly { id: number; level: number }[],
): Map<number, Heard[]> {
	const { firstDay, lastDay } = daysOfDataset(db);
	if (day < firstDay || day > lastDay) return new Map();
	const withdrawn = withdrawnFiles(db, asKnownOn);
	const sources = sourcesInOrder(db);
	// As at the hub: only provinces are made of what is said below, the nation of what is shown for them, and what is of one level of nothing.
	const below = new Map(
		areas.map(({ id, level }) => [
			id,
			level === 1 && !indicator.only ? placesBelow(db, id) : [],
		]),
	);
	const asked = [
		...new Set(
			areas.flatMap(({ id }) => [id, ...(below.get(id) ?? []).map(idOf)]),
		),
	];
	const last = lastClaims(
		...[db, indicator.id, day, asKnownOn, withdrawn],
		asked,
	);
	const ofChanges = everSpoken(
		...[db, indicator.id],
		{ firstDay, lastDay },
		asked,
		sources.filter(({ cadence }) => cadence === "on-change").map(idOf),
	);
	const voices = new Map<string, Voice | undefined>();
	const voice = (source: Source, area: number) => {
		const key = `${source.id} ${area}`;
		if (!voices.has(key)) voices.set(key, heard(source, area));
		return voices.get(key);
	};
	function heard({ id, cadence }: Source, area: number): Voice | undefined {
		const key = `${id} ${area}`;
		const said = last.get(key);
		// What it said on other days matters where it writes only changes, and where a zero may be none: for these alone all of it is read.
		if (
			ofChanges.has(key) ||
			(said?.value === 0 && indicator.kind === "cumulative")
		)
			return voiceOf(db, indicator, id, area, asKnownOn, withdrawn);
		if (!said) return undefined;
		const one = new Voice(lastDay - firstDay + 1, indicator.kind, cadence);
		one.say(day - firstDay, said.value);
		one.settle(() => {});
		return one;
	}
	return new Map(
		areas.map(({ id }) => {
			const children = below.get(id) ?? [];
			const choice = new Choice(
				sources,
				indicator.kind,
				toleranceOf(indicator.key),
				children.filter(({ counted }) => counted).length,
			);
			const told: Heard[] = [];
			choice.answer(
				{
					voices: sources.map((source) => voice(source, id)),
					children: children.map((child) => ({
						counted: child.counted,
						voices: sources.map((source) => voice(source, child.id)),
					})),
				},
				day - firstDay,
				(saying) => {
					const { source, kind } = saying;
					const own = last.get(`${source} ${id}`);
					if (kind === "own" && own) {
						const { file, line } = own;
						told.push({ ...saying, file, line });
					} else told.push({ ...saying, file: null, line: null });
				},
			);
			return [id, told];
		}),
	);
}

function idOf({ id }: { id: number }): number {
	return id;
}

function placesBelow(db: Database.Database, area: number): Place[] {
	const rows = statement(db, "SELECT id, code FROM area WHERE parent = ?").all(
		area,
	) as { id: number; code: AreaCode }[];
	return rows.map(({ id, code }) => ({ id, counted: !isUnknownPlace(code) }));
}

/** Which of some sources ever spoke of which of some areas, of the days of the dataset: the others need not be read for what they said before. */
function everSpoken(
	db: Database.Database,
	indicator: number,
	{ firstDay, lastDay }: { firstDay: Day; lastDay: Day },
	areas: readonly number[],
	sources: readonly number[],
): Set<string> {
	const found = new Set<string>();
	if (sources.length === 0) return found;
	// Of one month after the other: so each area is looked up in the key of the table.
	for (let month = monthOf(firstDay); month <= monthOf(lastDay); month++)
		for (const [source, area] of statement(
			db,
			`SELECT DISTINCT source, area FROM claim
			 WHERE indicator = ? AND month = ? AND area IN (SELECT value FROM json_each(?)) AND source IN (SELECT value FROM json_each(?))`,
		)
			.raw()
			.all(
				...[indicator, month, JSON.stringify(areas), JSON.stringify(sources)],
			) as [number, number][])
			found.add(`${source} ${area}`);
	return found;
}

/** The last claim of a day of some areas, by source and area; the order is that in which the hub hears what became known together. */
function lastClaims(
	db: Database.Database,
	indicator: number,
	day: Day,
	asKnownOn: Day | null,
	withdrawn: string,
	areas: readonly number[],
): Map<string, LastClaim> {
	const rows = statement(
		db,
		`SELECT c.source, c.area, c.value, f.name AS file, c.line FROM claim c JOIN file f ON f.id = c.file
		 WHERE c.indicator = ? AND c.month = ? AND c.area IN (SELECT value FROM json_each(?)) AND c.day = ? AND c.as_of <= ?
		   AND c.file NOT IN (SELECT value FROM json_each(?))
		 ORDER BY c.as_of, f.sha256, f.connector, f.name, c.line`,
	).all(
		...[indicator, monthOf(day), JSON.stringify(areas), day],
		...[asKnownOn ?? Number.MAX_SAFE_INTEGER, withdrawn],
	) as (LastClaim & { source: number; area: number })[];
	return new Map(
		rows.map(({ source, area, ...claim }) => [`${source} ${area}`, claim]),
	);
}
