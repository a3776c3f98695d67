import type Database from "better-sqlite3";
import type { FacilityExplanation } from "../../../core/api/facilities.ts";
import {
	columnsOf,
	type FacilityMeasure,
	facilityMeasure,
} from "../../../core/facilities/measure.ts";
import {
	COLUMNS_OF,
	REPORT_HOLDS_DAYS,
	type ReportColumn,
} from "../../../core/facilities/report.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import { facilities, facilityStates, toldOn } from "./facilities.ts";
import { knownDay } from "./known-day.ts";
import { sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";
import { boundOn, withdrawnSql } from "./withdrawn.ts";

/** Where a number of a facility comes from: the report that tells it, and what every source said of the days on which it could stand. */
export function facilityExplanation(
	db: Database.Database,
	asked: {
		facility: number;
		measure: FacilityMeasure;
		day: Day;
		asKnownOn: Day | null;
	},
): FacilityExplanation | null {
	const measure = facilityMeasure(asked.measure);
	const one = facilities(db, { kind: measure.kind }).find(
		({ id }) => id === asked.facility,
	);
	if (!one) return null;
	const asKnownOn = knownDay(db, asked.asKnownOn);
	const state = facilityStates(db, {
		kind: one.kind,
		area: one.area,
		day: asked.day,
		asKnownOn: asked.asKnownOn,
	}).find(({ facility }) => facility === one.id);
	const told = state?.measures[measure.key] ?? null;
	const columns = columnsOf(measure);
	const terms = told && toldOn(db, one, told.day, columns, asKnownOn);
	const statements = stated(db, one, asked.day, asKnownOn);
	const speaking = new Set(statements.map(({ source }) => source.key));
	return {
		facility: one.id,
		measure: asked.measure,
		unit: measure.unit,
		day: asked.day,
		asKnownOn,
		told,
		terms: columns.map((column) => ({
			column,
			value: terms?.values[column] ?? null,
		})),
		statements,
		order: sourcesInOrder(db).flatMap(({ name, id_order, en_order }) =>
			speaking.has(name.key) ? [{ ...name, id_order, en_order }] : [],
		),
	};
}

/** What was said of a facility of the days on which a report could stand for another, the newest first. */
function stated(
	db: Database.Database,
	{ id, kind }: { id: number; kind: keyof typeof COLUMNS_OF },
	last: Day,
	asKnownOn: Day | null,
): FacilityExplanation["statements"] {
	const sources = new Map(
		sourcesInOrder(db).map((source) => [source.id, source]),
	);
	const columns = COLUMNS_OF[kind];
	const found = [];
	for (let day = last; day >= last - REPORT_HOLDS_DAYS; day--) {
		const rows = statement(
			db,
			`SELECT f.source, r.as_of AS asOf, f.received_at AS receivedAt, f.name AS file, f.id AS fileId,
			        ${withdrawnSql("f")} AS withdrawn, ${columns.map((column) => `r.${column}`).join(", ")}
			 FROM facility_report r JOIN file f ON f.id = r.file
			 WHERE r.month = ? AND r.day = ? AND r.facility = ? AND r.as_of <= ?
			 ORDER BY r.as_of DESC, f.sha256 DESC`,
		).all(
			...boundOn(asKnownOn),
			monthOf(day),
			day,
			id,
			asKnownOn ?? Number.MAX_SAFE_INTEGER,
		) as ({
			source: number;
			asOf: Day;
			receivedAt: number;
			file: string;
			fileId: number;
			withdrawn: Day | null;
		} & Record<ReportColumn, number | null>)[];
		const inOrder = rows
			.flatMap((row) => {
				const source = sources.get(row.source);
				return source ? [{ row, source }] : [];
			})
			// The sort is stable: of one source the newest stays first.
			.sort((a, b) => a.source.rank - b.source.rank);
		for (const { row, source } of inOrder)
			found.push({
				day,
				asOf: row.asOf,
				receivedAt: row.receivedAt,
				file: row.file,
				fileId: row.fileId,
				withdrawn: row.withdrawn,
				source: source.name,
				values: Object.fromEntries(
					columns.flatMap((column) =>
						row[column] === null ? [] : [[column, row[column]]],
					),
				),
			});
	}
	return found;
}
