import type Database from "better-sqlite3";
import type { Explanation, Measure } from "../../../core/api/situation.ts";
import { MARKS, ruleById } from "../../../core/quality/rule.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { activeCells, DERIVED } from "./active-cells.ts";
import { areas } from "./areas.ts";
import { type Cell, cell, cells } from "./cell.ts";
import { knownArea } from "./known-area.ts";
import { figures } from "./kpis.ts";
import { type Source, sourcesInOrder } from "./source.ts";
import { statement } from "./statement.ts";

export interface ExplainRequest {
	indicator: IndicatorKey;
	measure: Measure;
	area: number;
	day: Day;
	asKnownOn: Day | null;
}

/** Where a number came from: its rule, what every source said, what it was before. */
export function explain(
	db: Database.Database,
	request: ExplainRequest,
): Explanation {
	const { indicator: key, area, day, asKnownOn } = request;
	knownArea(db, area);
	const sources = sourcesInOrder(db);
	const named = new Map(sources.map((source) => [source.id, source]));
	const name = (id: number | null): Source["name"] | null =>
		id === null ? null : (named.get(id)?.name ?? null);
	const fact = shown(db, request);
	const below = cellsBelow(db, request);
	return {
		indicator: key,
		measure: request.measure,
		figure: {
			how: "none",
			value: fact?.value ?? null,
			corrected: null,
			unit: "count",
			marks: fact?.marks ?? 0,
			whole: true,
			reporting: fact?.reporting ?? null,
			expected: fact?.expected ?? null,
			sourceChange: null,
			terms: [],
			of: null,
		},
		completeness: figures(db, request).completeness,
		area,
		day,
		asKnownOn,
		fact: fact
			? {
					value: fact.value,
					rule: ruleKey(fact.rule),
					marks: fact.marks,
					asOf: fact.asOf,
					source: name(fact.source),
					reporting: fact.reporting,
					expected: fact.expected,
				}
			: null,
		claims: claims(db, request, named),
		sum: sumOf(below, name),
		silent: below
			.filter(({ value, marks }) => value === null && marks & MARKS.silent)
			.map(({ area: id }) => id),
		revisions: revisions(db, request).map((one) => ({
			asOf: one.asOf,
			value: one.value,
			rule: ruleKey(one.rule),
			marks: one.marks,
			source: name(one.source),
		})),
		order: sources.map((source) => ({
			...source.name,
			id_order: source.id_order,
			en_order: source.en_order,
		})),
	};
}

const ACTIVE_OF = ["confirmed", "recovered", "deaths"] as const;

function shown(
	db: Database.Database,
	{ indicator, area, day, asKnownOn }: ExplainRequest,
): Cell | undefined {
	if (indicator !== "active")
		return cell(db, indicatorByKey(indicator).id, area, day, asKnownOn);
	const [confirmed, recovered, deaths] = ACTIVE_OF.map((key) =>
		cells(db, indicatorByKey(key).id, area, day, day, asKnownOn),
	);
	return activeCells(confirmed, recovered, deaths).get(day);
}

/** The cells of the areas directly below on the day. */
function cellsBelow(
	db: Database.Database,
	request: ExplainRequest,
): CellBelow[] {
	return areas(db)
		.filter(({ parent }) => parent === request.area)
		.flatMap(({ id, unknownPlace }) => {
			const one = shown(db, { ...request, area: id });
			return one ? [{ ...one, area: id, counted: !unknownPlace }] : [];
		});
}

/** `counted` is false for cases without a place: in a sum, but nobody is expected to report them. */
type CellBelow = Cell & { area: number; counted: boolean };

/** The sum of the values shown for the areas below; null when none of them reported. */
function sumOf(
	below: readonly CellBelow[],
	name: (id: number | null) => Source["name"] | null,
): Explanation["sum"] {
	const reported = below.filter(({ value }) => value !== null);
	if (reported.length === 0) return null;
	const [{ source }] = reported;
	return {
		value: reported.reduce((sum, { value }) => sum + (value as number), 0),
		reporting: reported.filter(({ counted }) => counted).length,
		expected: below.filter(({ counted }) => counted).length,
		source: reported.every((one) => one.source === source)
			? name(source)
			: null,
	};
}

/** Active cases are claimed by nobody: what was claimed is asked for by the three they are computed from. */
function claims(
	db: Database.Database,
	{ indicator, area, day, asKnownOn }: ExplainRequest,
	named: ReadonlyMap<number, Source>,
): Explanation["claims"] {
	const rows = statement(
		db,
		`SELECT c.source, c.as_of AS asOf, c.value, c.marks, c.line, f.received_at AS receivedAt, f.name AS file,
		        f.withdrawn
		 FROM claim c JOIN file f ON f.id = c.file
		 WHERE c.indicator = ? AND c.month = ? AND c.area = ? AND c.day = ? AND c.as_of <= ?
		 ORDER BY c.as_of DESC, f.received_at DESC, f.id DESC`,
	).all(
		indicatorByKey(indicator).id,
		monthOf(day),
		area,
		day,
		asKnownOn ?? Number.MAX_SAFE_INTEGER,
	) as {
		source: number;
		asOf: Day;
		value: number;
		marks: number;
		line: number;
		receivedAt: number;
		file: string;
		withdrawn: Day | null;
	}[];
	const seen = new Set<number>();
	const told = rows.flatMap(({ source, ...row }) => {
		const from = named.get(source);
		if (!from) return [];
		const withdrawn =
			row.withdrawn !== null && row.withdrawn <= (asKnownOn ?? row.withdrawn)
				? row.withdrawn
				: null;
		const current = withdrawn === null && !seen.has(source);
		if (current) seen.add(source);
		return [{ ...row, withdrawn, source: from.name, current, rank: from.rank }];
	});
	// The sort is stable: older claims stay newest first.
	return told
		.sort((a, b) =>
			a.current && b.current
				? a.rank - b.rank
				: Number(b.current) - Number(a.current),
		)
		.map(({ rank: _rank, ...claim }) => claim);
}

/** Every value the cell has shown, newest first. */
function revisions(
	db: Database.Database,
	{ indicator, area, day, asKnownOn }: ExplainRequest,
): Cell[] {
	const key = [indicatorByKey(indicator).id, monthOf(day), area, day];
	const columns =
		"day, value, rule, marks, source, as_of AS asOf, reporting, expected";
	const where = "indicator = ? AND month = ? AND area = ? AND day = ?";
	return statement(
		db,
		`SELECT * FROM (SELECT ${columns} FROM fact WHERE ${where}
		 UNION ALL SELECT ${columns} FROM fact_revision WHERE ${where})
		 WHERE asOf <= ? ORDER BY asOf DESC`,
	).all(...key, ...key, asKnownOn ?? Number.MAX_SAFE_INTEGER) as Cell[];
}

function ruleKey(id: number): string {
	return id === DERIVED ? "derived" : (ruleById(id)?.key ?? `rule ${id}`);
}
