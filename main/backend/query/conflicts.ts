import type Database from "better-sqlite3";
import type { Conflict } from "../../../core/api/desk.ts";
import {
	type AreaCode,
	isUnknownPlace,
	LEVELS,
} from "../../../core/areas/codes.ts";
import { WHOLE_FROM } from "../../../core/quality/completeness.ts";
import { ruleById } from "../../../core/quality/rule.ts";
import { toleranceOf } from "../../../core/quality/tolerance.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import { INDICATORS } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { perPublication } from "./per-publication.ts";
import { sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";
import { withdrawnFiles } from "./withdrawn.ts";

/** So far back it is looked since when sources differ. */
const LONGEST = 120;

interface Claimed {
	source: number;
	area: number;
	value: number;
	asOf: Day;
	file: string;
	line: number;
}

/**
 * The cells of a day on which sources differ by more than the tolerance, the widest gap first. What a source says is its newest claim of the area
 * itself or, failing that, what it says of at least half of the areas below: the same that decides the mark (core/quality/choice).
 */
export const conflicts = perPublication(
	({ day }: { day: Day }) => String(day),
	(db, { day }: { day: Day }): Conflict[] => {
		const withdrawn = withdrawnFiles(db, null);
		const sources = sourcesInOrder(db);
		const byId = new Map(sources.map((source) => [source.id, source]));
		const found: Conflict[] = [];
		for (const { id, key, derived } of INDICATORS) {
			if (derived) continue;
			const marked = statement(
				db,
				`SELECT f.area, a.code, a.name, a.level, f.value, f.rule, f.source FROM fact f JOIN area a ON a.id = f.area
				 WHERE f.indicator = ? AND f.month = ? AND f.day = ? AND f.marks & ${MARKS.conflict} > 0`,
			).all(id, monthOf(day), day) as {
				area: number;
				code: string;
				name: string;
				level: number;
				value: number | null;
				rule: number;
				source: number | null;
			}[];
			if (marked.length === 0) continue;
			const claims = newestClaims(db, { indicator: id, day, withdrawn });
			const since = daysOnEnd(db, id, day);
			for (const cell of marked) {
				const own = claims.get(cell.area) ?? [];
				const below = sumsBelow(db, cell.area, claims);
				const statements = sources.flatMap(
					({ id: source, name, cadence }): Conflict["statements"] => {
						const said = own.find((claim) => claim.source === source);
						if (said)
							return [
								{
									...{ source: name, kind: "own", value: said.value },
									...{ reporting: null, expected: null, asOf: said.asOf },
									...{ file: said.file, line: said.line },
								},
							];
						const sum = below.sums.get(source);
						return !sum ||
							cadence === "once" ||
							sum.reporting < below.expected * WHOLE_FROM
							? []
							: [
									{
										...{ source: name, kind: "sum", ...sum },
										...{ expected: below.expected, file: null, line: null },
									},
								];
					},
				);
				const values = statements.map(({ value }) => value);
				const most = Math.max(...values);
				const gap = values.length > 1 ? most - Math.min(...values) : 0;
				found.push({
					...{ indicator: key, area: cell.area, code: cell.code },
					...{ name: cell.name, level: LEVELS[cell.level] },
					...{
						shown: cell.value,
						rule: ruleById(cell.rule)?.key ?? "",
						statements,
					},
					source:
						cell.source === null ? null : (byId.get(cell.source)?.name ?? null),
					...{ gap, share: most > 0 ? gap / most : 0 },
					days: since.get(cell.area) ?? 1,
					tolerance: toleranceOf(key),
				});
			}
		}
		return found.sort(
			(a, b) =>
				b.share - a.share || b.gap - a.gap || (a.code < b.code ? -1 : 1),
		);
	},
	3,
);

/** Of each area what each source said last of the day. */
function newestClaims(
	db: Database.Database,
	{
		indicator,
		day,
		withdrawn,
	}: { indicator: number; day: Day; withdrawn: string },
): Map<number, Claimed[]> {
	const rows = statement(
		db,
		`SELECT c.source, c.area, c.value, c.as_of AS asOf, f.name AS file, c.line,
		        row_number() OVER (PARTITION BY c.area, c.source ORDER BY c.as_of DESC, f.sha256 DESC) AS place
		 FROM claim c JOIN file f ON f.id = c.file
		 WHERE c.indicator = ? AND c.month = ? AND c.day = ? AND c.marks & ${MARKS.implausibleZero} = 0
		   AND c.file NOT IN (SELECT value FROM json_each(?))`,
	).all(indicator, monthOf(day), day, withdrawn) as (Claimed & {
		place: number;
	})[];
	const found = new Map<number, Claimed[]>();
	for (const row of rows) {
		if (row.place > 1) continue;
		const list = found.get(row.area);
		if (list) list.push(row);
		else found.set(row.area, [row]);
	}
	return found;
}

/** What each source says of the areas directly below one. */
function sumsBelow(
	db: Database.Database,
	area: number,
	claims: ReadonlyMap<number, readonly Claimed[]>,
): {
	expected: number;
	sums: Map<number, { value: number; reporting: number; asOf: Day }>;
} {
	const children = statement(
		db,
		"SELECT id, code FROM area WHERE parent = ? AND level <= 2",
	).all(area) as { id: number; code: AreaCode }[];
	const sums = new Map<
		number,
		{ value: number; reporting: number; asOf: Day }
	>();
	for (const { id, code } of children)
		for (const { source, value, asOf } of claims.get(id) ?? []) {
			const sum = sums.get(source) ?? { value: 0, reporting: 0, asOf };
			sum.value += value;
			// Cases without a place are in a sum, and are no area that reports.
			if (!isUnknownPlace(code)) sum.reporting++;
			sum.asOf = Math.max(sum.asOf, asOf);
			sums.set(source, sum);
		}
	return {
		expected: children.filter(({ code }) => !isUnknownPlace(code)).length,
		sums,
	};
}

/** Of each area how many days on end up to one its sources differ. */
function daysOnEnd(
	db: Database.Database,
	indicator: number,
	day: Day,
): Map<number, number> {
	const months = [];
	for (let month = monthOf(day - LONGEST); month <= monthOf(day); month++)
		months.push(month);
	const days = new Map<number, Set<number>>();
	for (const month of months)
		for (const [area, on] of statement(
			db,
			`SELECT area, day FROM fact WHERE indicator = ? AND month = ? AND day <= ? AND marks & ${MARKS.conflict} > 0`,
		)
			.raw()
			.all(indicator, month, day) as [number, number][]) {
			const of = days.get(area) ?? new Set();
			of.add(on);
			days.set(area, of);
		}
	return new Map(
		[...days].map(([area, of]) => {
			let count = 0;
			while (count < LONGEST && of.has(day - count)) count++;
			return [area, count];
		}),
	);
}
