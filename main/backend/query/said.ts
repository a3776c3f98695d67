import type Database from "better-sqlite3";
import type { Cadence } from "../../../core/quality/cadence.ts";
import { Voice } from "../../../core/quality/voice.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import type { Indicator } from "../../../core/series/indicator.ts";
import { daysOfDataset } from "./dataset.ts";
import { sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";
import { withdrawnFiles } from "./withdrawn.ts";

/** What one source holds of one area and indicator, as known on a day. */
export interface Said {
	/** NaN: nothing that can be used. */
	valueOn(day: Day): number;
	marksOn(day: Day): number;
}

/**
 * Lets sources speak of areas by their claims, by the same rules as at the hub: a sum of one source holds what that source said, also of
 * areas of which the value of another is shown. Each area is read once for each source that is asked of it.
 * @param asKnownOn null for all that is known now
 */
export function speakers(
	db: Database.Database,
	indicator: Indicator,
	asKnownOn: Day | null,
): (source: number, area: { id: number }) => Said {
	const heard = new Map<string, Said>();
	let withdrawn: string | undefined;
	return (source, { id }) => {
		const key = `${source} ${id}`;
		const before = heard.get(key);
		if (before) return before;
		withdrawn ??= withdrawnFiles(db, asKnownOn);
		const { firstDay } = daysOfDataset(db);
		const voice = voiceOf(db, indicator, source, id, asKnownOn, withdrawn);
		const said: Said = {
			valueOn: (day) => voice.holds(day - firstDay),
			marksOn: (day) => voice.marks[day - firstDay] ?? 0,
		};
		heard.set(key, said);
		return said;
	};
}

/**
 * The voice of a source about one area, over the days of the dataset: all that it said and is known.
 * @param withdrawn ids of the files that count for nothing, as a JSON array
 */
export function voiceOf(
	db: Database.Database,
	indicator: Indicator,
	source: number,
	area: number,
	asKnownOn: Day | null,
	withdrawn: string,
): Voice {
	const { firstDay, lastDay } = daysOfDataset(db);
	const cadence = sourcesInOrder(db).find(({ id }) => id === source)?.cadence;
	const voice = new Voice(
		lastDay - firstDay + 1,
		indicator.kind,
		cadence as Cadence,
	);
	for (let month = monthOf(firstDay); month <= monthOf(lastDay); month++) {
		// The order in which the hub hears what became known together.
		const claims = statement(
			db,
			`SELECT c.day, c.value FROM claim c JOIN file f ON f.id = c.file
			 WHERE c.indicator = ? AND c.month = ? AND c.area = ? AND c.source = ? AND c.as_of <= ? AND c.day BETWEEN ? AND ?
			   AND c.file NOT IN (SELECT value FROM json_each(?))
			 ORDER BY c.as_of, f.sha256, f.connector, f.name, c.line`,
		)
			.raw()
			.all(
				indicator.id,
				month,
				area,
				source,
				asKnownOn ?? Number.MAX_SAFE_INTEGER,
				firstDay,
				lastDay,
				withdrawn,
			) as [Day, number][];
		for (const [day, value] of claims) voice.say(day - firstDay, value);
	}
	voice.settle(() => {});
	return voice;
}
