import type Database from "better-sqlite3";
import { type Freshness, UNREAD_SHOWN } from "../../../core/api/sources.ts";
import { speaksOf } from "../../../core/feed/details.ts";
import type { Day } from "../../../core/series/day.ts";
import { INDICATORS } from "../../../core/series/indicator.ts";
import { daysOfDataset, detailsToFollow } from "./dataset.ts";
import { perPublication } from "./per-publication.ts";
import { type Source, sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";
import { withdrawnFiles } from "./withdrawn.ts";

/** How late each source is, in the order of sources. */
export const freshness = perPublication(() => "", readFreshness);

function readFreshness(db: Database.Database): Freshness[] {
	const withdrawn = withdrawnFiles(db, null);
	const files = new Map(
		(
			statement(
				db,
				`SELECT source, count(*) AS files, max(received_at) AS receivedAt, sum(accepted) AS accepted,
				        sum(quarantined) AS quarantined
				 FROM file WHERE id NOT IN (SELECT value FROM json_each(?)) GROUP BY source`,
			).all(withdrawn) as ({ source: number } & Pick<
				Freshness,
				"files" | "receivedAt" | "accepted" | "quarantined"
			>)[]
		).map(({ source, ...row }) => [source, row]),
	);
	const repeated = repeatedTables(db, withdrawn);
	const unread = unreadSheets(db, withdrawn);
	const sources = sourcesInOrder(db);
	// Of a source that sends both the daily reports tell how late it is.
	const facilities = new Map([
		...lastOfFacilities(db, "stock_line", withdrawn),
		...lastOfFacilities(db, "facility_report", withdrawn),
	]);
	// Who speaks of facilities, and who has sent nothing, need not be looked for in every month.
	const reports = lastReports(
		db,
		sources.filter(({ id }) => files.has(id) && !facilities.has(id)),
		withdrawn,
	);
	const follow = detailsToFollow(db);
	const { lastDay: newest } = daysOfDataset(db);
	const last = new Map([...facilities, ...reports]);
	return sources.map((source) => ({
		source: source.name,
		...(last.get(source.id) ?? {
			lastDay: null,
			reporting: null,
			expected: null,
		}),
		// Half of a detail may be published already, by what somebody decided meanwhile.
		follows:
			speaksOf(source.name.key, follow) &&
			(last.get(source.id)?.lastDay ?? Number.NEGATIVE_INFINITY) < newest,
		...(files.get(source.id) ?? {
			receivedAt: null,
			files: 0,
			accepted: 0,
			quarantined: 0,
		}),
		repeated: repeated
			.filter(({ source: id }) => id === source.id)
			.map(({ day, areas }) => ({ day, areas })),
		unread: unread
			.filter(({ source: id }) => id === source.id)
			.slice(0, UNREAD_SHOWN)
			.map(({ file, sheets }) => ({ file, sheets: JSON.parse(sheets) })),
	}));
}

/** What the hub remarked of the files that are known, newest day first, each day once. */
function repeatedTables(
	db: Database.Database,
	withdrawn: string,
): { source: number; day: Day; areas: number }[] {
	return statement(
		db,
		`SELECT f.source, remark.value ->> 'day' AS day, max(remark.value ->> 'areas') AS areas
		 FROM file f, json_each(f.remarks) AS remark WHERE f.id NOT IN (SELECT value FROM json_each(?))
		   AND remark.value ->> 'areas' IS NOT NULL
		 GROUP BY 1, 2 ORDER BY 2 DESC`,
	).all(withdrawn) as { source: number; day: Day; areas: number }[];
}

/** Workbooks that are known of which sheets were not read, newest first. */
function unreadSheets(
	db: Database.Database,
	withdrawn: string,
): { source: number; file: string; sheets: string }[] {
	return statement(
		db,
		`SELECT f.source, f.name AS file, remark.value ->> 'sheetsUnread' AS sheets
		 FROM file f, json_each(f.remarks) AS remark WHERE f.id NOT IN (SELECT value FROM json_each(?))
		   AND remark.value ->> 'sheetsUnread' IS NOT NULL
		 ORDER BY f.received_at DESC, f.id DESC`,
	).all(withdrawn) as { source: number; file: string; sheets: string }[];
}

type LastReports = Map<
	number,
	{ lastDay: Day; reporting: number; expected: number | null }
>;

/**
 * The last day each source spoke of, and how many areas it had on that day. Of a source that reports daily every area is expected
 * that it had in the month of its last day.
 */
function lastReports(
	db: Database.Database,
	sources: readonly Source[],
	withdrawn: string,
): LastReports {
	const found: LastReports = new Map();
	const months = statement(
		db,
		"SELECT DISTINCT month FROM claim WHERE indicator = ? ORDER BY month DESC",
	).pluck();
	const stored = INDICATORS.filter(({ derived }) => !derived);
	const all = new Set(stored.flatMap(({ id }) => months.all(id) as number[]));
	const waiting = new Map(sources.map((source) => [source.id, source]));
	for (const month of [...all].sort((a, b) => b - a)) {
		if (waiting.size === 0) break;
		const areas = new Map<number, Map<number, Day>>();
		for (const { id } of stored) {
			const rows = statement(
				db,
				`SELECT source, area, max(day) FROM claim WHERE indicator = ? AND month = ?
				   AND file NOT IN (SELECT value FROM json_each(?)) GROUP BY area, source`,
			)
				.raw()
				.all(id, month, withdrawn) as [number, number, Day][];
			for (const [source, area, day] of rows) {
				if (!waiting.has(source)) continue;
				const last = areas.get(source) ?? new Map<number, Day>();
				last.set(area, Math.max(day, last.get(area) ?? day));
				areas.set(source, last);
			}
		}
		for (const [source, last] of areas) {
			const days = [...last.values()];
			const lastDay = Math.max(...days);
			found.set(source, {
				lastDay,
				reporting: days.filter((day) => day === lastDay).length,
				expected: waiting.get(source)?.cadence === "daily" ? last.size : null,
			});
			waiting.delete(source);
		}
	}
	return found;
}

/** The same of sources that speak of facilities, by daily reports or by sheets of stock; expected is who reported in that month. */
function lastOfFacilities(
	db: Database.Database,
	table: "facility_report" | "stock_line",
	withdrawn: string,
): LastReports {
	const rows = statement(
		db,
		`SELECT f.source, r.facility, max(r.day) AS day FROM ${table} r JOIN file f ON f.id = r.file
		 WHERE r.month = (SELECT max(month) FROM ${table} WHERE file NOT IN (SELECT value FROM json_each(@withdrawn)))
		   AND r.file NOT IN (SELECT value FROM json_each(@withdrawn)) GROUP BY f.source, r.facility`,
	).all({ withdrawn }) as { source: number; facility: number; day: Day }[];
	const found: LastReports = new Map();
	for (const { source, day } of rows) {
		const last = found.get(source) ?? {
			lastDay: day,
			reporting: 0,
			expected: 0,
		};
		if (day > last.lastDay) {
			last.lastDay = day;
			last.reporting = 0;
		}
		if (day === last.lastDay) last.reporting++;
		last.expected = (last.expected ?? 0) + 1;
		found.set(source, last);
	}
	return found;
}
