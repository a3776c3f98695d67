import type Database from "better-sqlite3";
import type { StatedBy } from "../../../core/api/dictionary.ts";
import { LEVELS } from "../../../core/areas/codes.ts";
import {
	columnsOf,
	FACILITY_MEASURES,
	type FacilityMeasure,
	facilityMeasure,
} from "../../../core/facilities/measure.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	indicatorByKey,
	type StoredKey,
} from "../../../core/series/indicator.ts";
import { areas, districts, villages } from "./areas.ts";
import { perPublication } from "./per-publication.ts";
import { spokenOfAreas } from "./reporting.ts";
import { sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";
import { withdrawnFiles } from "./withdrawn.ts";

export interface StatedRequest {
	term: StoredKey | FacilityMeasure;
	/** Ids of the areas that may be spoken of; null: all. */
	inside: readonly number[] | null;
}

/** Which sources state an indicator of areas or a figure of facilities, in the order of sources, and of which days. */
export function stated(
	db: Database.Database,
	{ term, inside }: StatedRequest,
): StatedBy[] {
	const among = inside && new Set(inside);
	const spoken = (
		isOfFacilities(term) ? ofFacilities(db, term) : ofAreas(db, term)
	).filter(({ area }) => !among || among.has(area));
	const bySource = Map.groupBy(spoken, ({ source }) => source);
	return sourcesInOrder(db).flatMap(({ id, name, cadence }): StatedBy[] => {
		const rows = bySource.get(id);
		// What was decided by hand is no statement of anybody who counts.
		if (cadence === "once" || !rows) return [];
		const levels = LEVELS.flatMap((level) => {
			const units = rows.filter((row) => row.level === level).length;
			return units === 0 ? [] : [{ level, units }];
		});
		return [
			{
				...{ source: name, levels },
				facilities: isOfFacilities(term) ? rows.length : null,
				firstDay: rows.reduce(
					(least, { first }) => Math.min(least, first),
					Infinity,
				),
				lastDay: rows.reduce(
					(most, { last }) => Math.max(most, last),
					-Infinity,
				),
			},
		];
	});
}

interface Spoken {
	source: number;
	/** The area, or the one in which the facility lies. */
	area: number;
	/** Id of the area or of the facility: once of each source. */
	unit: number;
	/** Null of a facility, and of cases without a place. */
	level: (typeof LEVELS)[number] | null;
	first: Day;
	last: Day;
}

const ofAreas = perPublication(
	(term: StoredKey) => term,
	(db, term: StoredKey): Spoken[] => {
		const { id } = indicatorByKey(term);
		const withdrawn = withdrawnFiles(db, null);
		// Cases without a place are counted, and are no area of which anybody is asked.
		const levels = new Map(
			[areas(db), districts(db), villages(db)]
				.flat()
				.map((one) => [one.id, one.unknownPlace ? null : one.level]),
		);
		const months = statement(
			db,
			"SELECT DISTINCT month FROM claim WHERE indicator = ?",
		)
			.pluck()
			.all(id) as number[];
		const found = new Map<string, Spoken>();
		for (const month of months)
			for (const [source, area, first, last] of spokenOfAreas(db, id, {
				...{ month, withdrawn },
				before: Number.MAX_SAFE_INTEGER,
			})) {
				const key = `${source} ${area}`;
				const one = found.get(key);
				if (one) {
					one.first = Math.min(one.first, first);
					one.last = Math.max(one.last, last);
				} else
					found.set(key, {
						...{ source, area, unit: area, first, last },
						level: levels.get(area) ?? null,
					});
			}
		return [...found.values()];
	},
	20,
);

const ofFacilities = perPublication(
	(term: FacilityMeasure) => term,
	(db, term: FacilityMeasure): Spoken[] =>
		(
			statement(
				db,
				// What a source says of a day it may say in several files.
				`SELECT source, area, unit, min(day) AS first, max(day) AS last FROM (
					SELECT f.source, y.area, r.facility AS unit, r.day
					FROM facility_report r JOIN file f ON f.id = r.file JOIN facility y ON y.id = r.facility
					WHERE r.file NOT IN (SELECT value FROM json_each(?))
					GROUP BY f.source, r.facility, r.day
					HAVING ${columnsOf(facilityMeasure(term))
						.map((column) => `max(r.${column}) IS NOT NULL`)
						.join(" AND ")}
				 ) GROUP BY source, unit`,
			).all(withdrawnFiles(db, null)) as Omit<Spoken, "level">[]
		).map((row) => ({ ...row, level: null })),
	20,
);

function isOfFacilities(
	term: StoredKey | FacilityMeasure,
): term is FacilityMeasure {
	return FACILITY_MEASURES.some(({ key }) => key === term);
}
