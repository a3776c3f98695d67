import type Database from "better-sqlite3";
import type {
	HeldLabel,
	ZoneCourse,
	ZoneHistory,
	Zones,
} from "../../../core/api/zones.ts";
import { countZones } from "../../../core/epidemic/zone-publication.ts";
import {
	ZONES,
	type Zone,
	zoneOfNumber,
	zoneTransitions,
} from "../../../core/epidemic/zone-transition.ts";
import type { Day } from "../../../core/series/day.ts";
import { indicatorByKey } from "../../../core/series/indicator.ts";
import { areas, areasAt } from "./areas.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { perPublication } from "./per-publication.ts";
import { Refusal } from "./refusal.ts";
import { sourceNames } from "./source.ts";
import { statement } from "./statement.ts";
import { boundOn, withdrawnFiles, withdrawnSql } from "./withdrawn.ts";

const ZONE = indicatorByKey("zone").id;
const NOW = Number.MAX_SAFE_INTEGER;

interface Published {
	readonly day: Day;
	readonly sources: ReadonlySet<number>;
	readonly asOf: Day;
	/** By id of the kabupaten/kota. */
	readonly zones: ReadonlyMap<number, Zone>;
}

/** All publications as known on a day, the earliest first. */
const published = perPublication(
	(asKnownOn: Day | null) => String(asKnownOn),
	readPublished,
	2,
);

function readPublished(
	db: Database.Database,
	asKnownOn: Day | null,
): readonly Published[] {
	const columns = "area, day, as_of, value, source";
	const where = "indicator = ? AND month = ? AND as_of <= ?";
	const byDay = new Map<
		Day,
		{ sources: Set<number>; asOf: Day; zones: Map<number, Zone> }
	>();
	const months = statement(
		db,
		"SELECT DISTINCT month FROM fact WHERE indicator = ? ORDER BY month",
	)
		.pluck()
		.all(ZONE) as number[];
	for (const month of months) {
		const bound = [ZONE, month, asKnownOn ?? NOW];
		// With a single max(), SQLite takes the other columns from the row that has it.
		const rows = statement(
			db,
			`SELECT area, day, max(as_of), value, source FROM (
			   SELECT ${columns} FROM fact WHERE ${where} UNION ALL SELECT ${columns} FROM fact_revision WHERE ${where}
			 ) GROUP BY day, area ORDER BY day, area`,
		)
			.raw()
			.all(...bound, ...bound) as [
			number,
			Day,
			Day,
			number | null,
			number | null,
		][];
		for (const [area, day, asOf, value, source] of rows) {
			const zone = value === null ? undefined : zoneOfNumber(value);
			if (!zone) continue;
			let one = byDay.get(day);
			if (!one) {
				one = { sources: new Set(), asOf, zones: new Map() };
				byDay.set(day, one);
			}
			if (source !== null) one.sources.add(source);
			one.asOf = Math.max(one.asOf, asOf);
			one.zones.set(area, zone);
		}
	}
	return [...byDay].map(([day, one]) => ({ day, ...one }));
}

/** So many days a zone stands: one is published each week, and one may be left out. */
const ZONE_HOLDS_DAYS = 14;

/** The zones that stand on a day, by id of the kabupaten/kota; of an area that the last publication leaves out none is known. */
export function zonesOn(
	db: Database.Database,
	{ day, asKnownOn }: { day: Day; asKnownOn: Day | null },
): ReadonlyMap<number, Zone> {
	const last = published(db, knownDay(db, asKnownOn)).findLast(
		(one) => one.day <= day,
	);
	return last && day - last.day <= ZONE_HOLDS_DAYS ? last.zones : new Map();
}

/** The zones of all kabupaten/kota, and what of the files is held back because of its label. */
export function zones(
	db: Database.Database,
	request: { asKnownOn: Day | null },
): Zones {
	const asKnownOn = knownDay(db, request.asKnownOn);
	const names = sourceNames(db);
	const received = receivedByDay(db, asKnownOn);
	const regencies = areasAt(db, "regency").filter(
		({ unknownPlace }) => !unknownPlace,
	);
	return {
		areas: regencies.map(({ id }) => id),
		publications: published(db, asKnownOn).map(
			({ day, sources, asOf, zones }) => ({
				day,
				sources: [...sources].flatMap((id) => names.get(id) ?? []),
				asOf,
				receivedAt: received.get(day) ?? null,
				zones: regencies.map(({ id }) => {
					const zone = zones.get(id);
					return zone === undefined ? 0 : ZONES.length - ZONES.indexOf(zone);
				}),
			}),
		),
		held: heldLabels(db, asKnownOn),
	};
}

/** When the hub had what it knows of each publication: the last file that said something new of it. */
function receivedByDay(
	db: Database.Database,
	asKnownOn: Day | null,
): Map<Day, number> {
	const months = statement(
		db,
		"SELECT DISTINCT month FROM claim WHERE indicator = ?",
	)
		.pluck()
		.all(ZONE) as number[];
	const withdrawn = withdrawnFiles(db, asKnownOn);
	return new Map(
		months.flatMap(
			(month) =>
				statement(
					db,
					`SELECT c.day, max(f.received_at) FROM claim c JOIN file f ON f.id = c.file
					 WHERE c.indicator = ? AND c.month = ? AND c.as_of <= ? AND c.file NOT IN (SELECT value FROM json_each(?))
					 GROUP BY c.day`,
				)
					.raw()
					.all(ZONE, month, asKnownOn ?? NOW, withdrawn) as [Day, number][],
		),
	);
}

/** Labels held back in a file, unless the same bytes came in again with what the label stands for. */
function heldLabels(db: Database.Database, asKnownOn: Day | null): HeldLabel[] {
	const withdrawn = withdrawnFiles(db, asKnownOn);
	const names = sourceNames(db);
	const rows = statement(
		db,
		`SELECT remark.value AS remark, f.name AS file, f.source, max(f.received_at) AS receivedAt
		 FROM file f, json_each(f.remarks) AS remark
		 WHERE remark.value ->> 'label' IS NOT NULL AND f.id NOT IN (SELECT value FROM json_each(?))
		   AND NOT EXISTS (SELECT 1 FROM file g WHERE g.sha256 = f.sha256 AND g.id <> f.id
		     AND g.id NOT IN (SELECT value FROM json_each(?))
		     AND NOT EXISTS (SELECT 1 FROM json_each(g.remarks) AS other WHERE other.value ->> 'label' = remark.value ->> 'label'))
		 GROUP BY f.sha256, remark.value ->> 'label'
		 ORDER BY remark.value ->> 'after', remark.value ->> 'label'`,
	).all(withdrawn, withdrawn) as {
		remark: string;
		file: string;
		source: number;
		receivedAt: number;
	}[];
	return rows.flatMap(({ remark, file, source, receivedAt }) => {
		const name = names.get(source);
		const { label, after, before, possible } = JSON.parse(remark) as HeldLabel;
		return name
			? [{ label, after, before, possible, file, source: name, receivedAt }]
			: [];
	});
}

export interface ZoneCourseRequest {
	area: number;
	from: Day | null;
	to: Day | null;
	asKnownOn: Day | null;
}

/** How the zones of the kabupaten/kota of an area moved. */
export function zoneCourse(
	db: Database.Database,
	request: ZoneCourseRequest,
): ZoneCourse {
	const area = knownArea(db, request.area);
	const asKnownOn = knownDay(db, request.asKnownOn);
	const inside = areas(db).filter(
		(one) =>
			one.level === "regency" &&
			!one.unknownPlace &&
			(area.level === "nation" || one.id === area.id || one.parent === area.id),
	);
	const ids = new Set(inside.map(({ id }) => id));
	const all = published(db, asKnownOn).filter(({ zones }) =>
		inside.some(({ id }) => zones.has(id)),
	);
	const to = chosen(all, request.to, "to") ?? all.at(-1);
	const before = all.filter(({ day }) => to && day < to.day).at(-1);
	const from = chosen(all, request.from, "from") ?? before;
	return {
		area: area.id,
		expected: inside.length,
		publications: all.map(({ day, zones }) => {
			const counts = countZones(inside.map(({ id }) => zones.get(id)));
			return { day, counts: { areas: [...counts.areas], none: counts.none } };
		}),
		transition: from && to ? transition(from, to, ids) : null,
	};
}

/** @throws Refusal 404 where no zone of the area was published on the day */
function chosen(
	all: readonly Published[],
	day: Day | null,
	name: string,
): Published | undefined {
	if (day === null) return undefined;
	const one = all.find((entry) => entry.day === day);
	if (!one)
		throw new Refusal(
			404,
			name,
			`${name}: expected a day on which zones of the area were published`,
		);
	return one;
}

function transition(
	from: Published,
	to: Published,
	inside: ReadonlySet<number>,
): NonNullable<ZoneCourse["transition"]> {
	const within = ({ zones }: Published) =>
		new Map([...zones].filter(([area]) => inside.has(area)));
	const moved = zoneTransitions(within(from), within(to));
	return {
		from: from.day,
		to: to.day,
		cells: moved.areas.flatMap((row, i) =>
			row.flatMap((areas, j) =>
				areas.length === 0
					? []
					: [{ from: ZONES[i] as Zone, to: ZONES[j] as Zone, areas }],
			),
		),
		worsened: moved.worsened.length,
		improved: moved.improved.length,
		unchanged: moved.unchanged,
		onlyBefore: moved.onlyBefore,
		onlyAfter: moved.onlyAfter,
	};
}

/** What was said of the zone of an area, and which of it is shown. */
export function zoneHistory(
	db: Database.Database,
	request: { area: number; asKnownOn: Day | null },
): ZoneHistory {
	const area = knownArea(db, request.area);
	const asKnownOn = knownDay(db, request.asKnownOn);
	const names = sourceNames(db);
	const months = statement(
		db,
		"SELECT DISTINCT month FROM claim WHERE indicator = ? ORDER BY month DESC",
	)
		.pluck()
		.all(ZONE) as number[];
	const shown = new Map(
		published(db, asKnownOn).map(({ day, zones }) => [day, zones.get(area.id)]),
	);
	const told = new Set<Day>();
	return {
		area: area.id,
		said: months.flatMap((month) =>
			(
				statement(
					db,
					`SELECT c.day, c.value, c.source, c.as_of AS asOf, f.received_at AS receivedAt, f.name AS file, c.line,
					        ${withdrawnSql("f")} AS withdrawn
					 FROM claim c JOIN file f ON f.id = c.file JOIN source s ON s.id = c.source
					 WHERE c.indicator = ? AND c.month = ? AND c.area = ? AND c.as_of <= ?
					 ORDER BY c.day DESC, s.rank, c.as_of DESC, f.sha256 DESC, f.connector DESC, f.name DESC`,
				).all(
					...boundOn(asKnownOn),
					ZONE,
					month,
					area.id,
					asKnownOn ?? NOW,
				) as {
					day: Day;
					value: number;
					source: number;
					asOf: Day;
					receivedAt: number;
					file: string;
					line: number;
					withdrawn: Day | null;
				}[]
			).flatMap(({ value, source, ...said }) => {
				const zone = zoneOfNumber(value);
				const name = names.get(source);
				if (!zone || !name) return [];
				// The first that is of the zone shown: sources in their order, of one source the newest.
				const is =
					said.withdrawn === null &&
					!told.has(said.day) &&
					shown.get(said.day) === zone;
				if (is) told.add(said.day);
				return [{ ...said, zone, source: name, shown: is }];
			}),
		),
	};
}
