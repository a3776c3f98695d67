import type Database from "better-sqlite3";
import type { Conflict, Conflicts } from "../../../core/api/desk.ts";
import { LEVELS } from "../../../core/areas/codes.ts";
import { ruleById } from "../../../core/quality/rule.ts";
import { toleranceOf } from "../../../core/quality/tolerance.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import { INDICATORS } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { heardOf } from "./heard.ts";
import { perPublication } from "./per-publication.ts";
import { sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";

/** So far back it is looked since when sources differ. */
const LONGEST = 120;

/** The cells of a day that are marked, since sources differ on them by more than the tolerance: the widest gap first, and who is heard of each. */
export const conflicts = perPublication(
	({ day }: { day: Day }) => String(day),
	(db, { day }: { day: Day }): Conflicts => {
		const byId = new Map(
			sourcesInOrder(db).map(({ id, name }) => [id, name] as const),
		);
		const nameOf = (source: number) => {
			const name = byId.get(source);
			if (!name) throw new Error(`unknown source ${source}`);
			return name;
		};
		const found: Conflict[] = [];
		for (const indicator of INDICATORS) {
			const { id, key, derived } = indicator;
			if (derived) continue;
			const marked = statement(
				db,
				`SELECT f.area AS id, a.code, a.name, a.level, f.value, f.rule, f.source FROM fact f JOIN area a ON a.id = f.area
				 WHERE f.indicator = ? AND f.month = ? AND f.day = ? AND f.marks & ${MARKS.conflict} > 0`,
			).all(id, monthOf(day), day) as {
				id: number;
				code: string;
				name: string;
				level: number;
				value: number | null;
				rule: number;
				source: number | null;
			}[];
			if (marked.length === 0) continue;
			const heard = heardOf(db, { indicator, day, asKnownOn: null }, marked);
			const since = daysOnEnd(db, id, day);
			for (const cell of marked) {
				const statements = heard.get(cell.id) ?? [];
				const values = statements.map(({ value }) => value);
				const most = Math.max(...values);
				const gap = values.length > 1 ? most - Math.min(...values) : null;
				found.push({
					...{ indicator: key, area: cell.id, code: cell.code },
					...{ name: cell.name, level: LEVELS[cell.level] },
					...{
						shown: cell.value,
						rule: ruleById(cell.rule)?.key ?? "",
						statements: statements.map(({ source, ...said }) => ({
							...said,
							source: nameOf(source),
						})),
					},
					source: cell.source === null ? null : nameOf(cell.source),
					gap,
					share: gap !== null && most > 0 ? gap / most : null,
					days: since.get(cell.id) ?? 1,
					tolerance: toleranceOf(key),
				});
			}
		}
		found.sort(
			(a, b) =>
				(b.share ?? -1) - (a.share ?? -1) ||
				(b.gap ?? -1) - (a.gap ?? -1) ||
				(a.code < b.code ? -1 : 1),
		);
		return { day, conflicts: found };
	},
	3,
);

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
