import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Explanation, FigureTerm } from "../../../core/api/explain.ts";
import { LEVELS } from "../../../core/areas/codes.ts";
import { ruleById } from "../../../core/quality/rule.ts";
import { type Day, monthOf } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import {
	isRate,
	type Measure,
	measuresOf,
} from "../../../core/series/measure.ts";
import {
	endingOf,
	firstDayOf,
	type Period,
	textOfPeriod,
} from "../../../core/series/period.ts";
import { newOnDay } from "../../../core/series/week.ts";
import { ACTIVE_OF } from "./active.ts";
import { activeParts } from "./active-parts.ts";
import { isShownIn, rowsIn } from "./branch.ts";
import { type Cell, historyOf } from "./cell.ts";
import {
	apartSpots,
	BELOW,
	branchAt,
	completenessOn,
	countsOf,
	daysOf,
	endsOf,
	figuresOn,
	newOn,
	newOverDays,
	orNull,
	reportShownOn,
	type Spot,
	spotAt,
	spotOnDay,
	spotsBelow,
	weeksOf,
} from "./figures.ts";
import { heardOf } from "./heard.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { Refusal } from "./refusal.ts";
import { type Source, sourceNames, sourcesInOrder } from "./source.ts";
import { sourcesOf } from "./speaking-sources.ts";
import { isAsReported, refuseWithout } from "./spread.ts";
import { statement } from "./statement.ts";
import { isSum, sourceOf, type Voice } from "./voice.ts";
import { boundOn, withdrawnSql } from "./withdrawn.ts";

export interface ExplainRequest {
	indicator: IndicatorKey;
	measure: Measure;
	/** The days that the figure was shown of (core/series/period); null: as the measure says. Of the measure it then follows whether it is a rate. */
	period?: Period | null;
	area: number;
	day: Day;
	asKnownOn: Day | null;
}

type Figure = Explanation["figure"];
type Name = Source["name"] | null;

const WEEK = 7;
/** Of a computed figure no more earlier values are told than this: each is computed anew. */
const EARLIER_VALUES = 60;

/** Where a number came from: what it is made of, its rule, what every source said, what it was before. */
export function explain(
	db: Database.Database,
	request: ExplainRequest,
): Explanation {
	const { indicator, measure, period = null } = request;
	if (period) refuseWithout({ indicator, period });
	const measures = measuresOf(indicator);
	if (!measures.includes(measure))
		throw new Refusal(
			400,
			"measure",
			`measure: found ${measure} of ${indicator}, expected one of ${measures.join(", ")}`,
		);
	const asKnownOn = knownDay(db, request.asKnownOn);
	const area = knownArea(db, request.area);
	const spot = spotAt(db, indicator, asKnownOn, area);
	// Where an earlier report stands for the day, it is what is explained.
	const over = daysOver(request);
	const { firstDay } = spot.tree;
	const day = over
		? request.day
		: firstDay + reportShownOn(spot, request.day - firstDay);
	const asked = { ...request, day, asKnownOn };
	const sources = sourcesInOrder(db);
	const revisions = historyShown(db, spot, day, asKnownOn);
	const speaking = sourcesOf(db, spot, asKnownOn);
	const figures = figuresOn(db, spot, day, asKnownOn);
	const figure = figureOf(db, spot, isRate(measure), over, day, asKnownOn);
	const completeness = completenessOn(spot, day);
	const [shown] = revisions;
	const told = claims(
		db,
		asked,
		new Map(sources.map((source) => [source.id, source])),
		shown ? figures.value : null,
	);
	// A kabupaten/kota is not made of its kecamatan, nor these of their kelurahan: what they add up to stands beside it, and is no statement
	// about it.
	const below = apartSpots(db, spot, asKnownOn);
	const apart = below.length > 0 ? below : null;
	// Nor is the country of its provinces: cases without a place are in none of them.
	const sumStates = !apart && area.level !== "nation";
	const sum = sumBelow(
		db,
		apart ?? spotsBelow(spot),
		day,
		apart ? completenessOn(spot, day, apart) : completeness,
		shown ? figures.value : null,
	);
	return {
		indicator,
		measure,
		period: period && textOfPeriod(period),
		/** The first of the days over which the figure counts what is new. */
		from: over && firstDayOf(over, day, firstDay),
		area: area.id,
		day: request.day,
		reportDay: day,
		asKnownOn,
		figure: {
			...figure,
			marks: figure.marks | (day < request.day ? MARKS.lastReport : 0),
		},
		completeness,
		fact: shown
			? {
					value: figures.value,
					rule: shown.rule,
					marks: figures.marks,
					asOf: shown.asOf,
					source: shown.source,
					reporting: figures.reporting,
					expected: figures.expected,
				}
			: null,
		claims: told,
		sum,
		apart: widthOf([
			...heardValues(db, asked, area),
			...(sum && sumStates ? [sum.value] : []),
		]),
		silent: spotsBelow(spot).length > 0 ? completeness.missing : [],
		revisions,
		order: sources
			.filter(({ id }) => speaking.has(id))
			.map((source) => ({
				...source.name,
				id_order: source.id_order,
				en_order: source.en_order,
			})),
	};
}

const THE_WEEK: Period = { kind: "last", days: WEEK };

/** The days over which a figure counts what is new, or a state changed; null where it is the value itself. */
function daysOver({
	indicator,
	measure,
	period,
}: Pick<ExplainRequest, "indicator" | "measure" | "period">): Period | null {
	if (period) return isAsReported(indicator, period) ? null : period;
	return measure === "total" || measure === "per100k" ? null : THE_WEEK;
}

/**
 * A figure with the terms that it is made of: the value itself, or what is new over some days; for each 100,000 people or not.
 * @param partOf the same area, or set of areas, in the tree of another indicator
 */
export function figureOf(
	db: Database.Database,
	spot: Spot,
	rate: boolean,
	over: Period | null,
	day: Day,
	asKnownOn: Day | null,
	partOf = (key: IndicatorKey): Spot => spotAt(db, key, asKnownOn, spot.area),
): Figure {
	const { week, ...total } = figuresOn(db, spot, day, asKnownOn);
	const { tree } = spot;
	const on = day - tree.firstDay;
	const ending = over && endingOf(over, tree.firstDay);
	const weeks =
		over &&
		(over === THE_WEEK ? weeksOf(spot) : newOverDays(spot, ending, new Map()));
	const told = weeks ? newOn(spot, on, total.marks, () => weeks) : total;
	if (rate) {
		const { of: _, ...of } = figureOf(db, spot, false, over, day, asKnownOn);
		const value = told.per100k;
		const people = weeks ? weeks.people[on] : total.people;
		return {
			...of,
			how: value === null ? "none" : "rate",
			unit: "per100k",
			value,
			terms:
				value === null || of.value === null || !people
					? []
					: [
							{ kind: "count", value: of.value },
							{
								kind: "people",
								value: people,
								year: spot.area.populationYear,
								source: spot.area.populationSource,
							},
						],
			of,
		};
	}
	const { value, marks, whole, reporting, expected } = told;
	const isState = week.measure === "change7";
	return {
		value,
		corrected: over ? (told as typeof week).corrected : null,
		unit: "count",
		marks,
		whole,
		reporting,
		expected,
		sourceChange: total.sourceChange,
		...(over === null
			? termsOfTotal(db, spot, day, asKnownOn, partOf)
			: {
					how:
						value === null
							? ("none" as const)
							: isState
								? ("change" as const)
								: ("week" as const),
					terms: isState
						? termsOfChange(spot, day)
						: termsOfDays(spot, day, over),
				}),
		of: null,
	};
}

type Made = Pick<Figure, "how" | "terms">;

function termsOfTotal(
	db: Database.Database,
	spot: Spot,
	day: Day,
	asKnownOn: Day | null,
	partOf: (key: IndicatorKey) => Spot,
): Made {
	const { tree, branch } = spot;
	const on = day - tree.firstDay;
	const value = daysOf(spot, branch.value)[on] ?? Number.NaN;
	if (Number.isNaN(value)) return { how: "none", terms: [] };
	if (tree.indicator === "active")
		return {
			how: "active",
			terms: termsOfActive(db, spot, on, partOf),
		};
	const voice = daysOf(spot, branch.voice)[on];
	if (isSum(voice) && spotsBelow(spot).length > 0)
		return { how: "sum", terms: termsOfSum(db, spot, on, value) };
	const [cell] = historyOf(
		db,
		indicatorByKey(tree.indicator).id,
		spot.area.id,
		day,
		asKnownOn,
	);
	return {
		how: "report",
		terms: [
			{
				kind: "report",
				value,
				source: nameOf(db, voice),
				asOf: cell?.asOf ?? day,
			},
		],
	};
}

/** The areas below, each with its value when it is in the sum, and what else the sum holds. */
function termsOfSum(
	db: Database.Database,
	spot: Spot,
	on: number,
	value: number,
): FigureTerm[] {
	const { tree, branch, row } = spot;
	const level = BELOW[branch.level];
	if (!level) return [];
	const below = branchAt(tree, level);
	const voice = daysOf(spot, branch.voice)[on];
	const source = sourceOf(voice);
	const rows = rowsIn(branch, below, row, on);
	let rest = value;
	const terms: FigureTerm[] = spotsBelow(spot)
		.filter((child) => rows.includes(child.row) || !child.area.unknownPlace)
		.map((child) => {
			const at = child.row * below.days + on;
			const shown = {
				value: below.value[at],
				marks: below.marks[at],
				source: nameOf(db, below.voice[at]),
			};
			if (!rows.includes(child.row))
				return { kind: "area", area: child.area.id, ...shown, value: null };
			const held = isShownIn(branch, below, source, at)
				? shown
				: saidOf(db, spot, child, voice, on);
			rest -= held.value;
			return { kind: "area", area: child.area.id, ...held };
		});
	if (rest !== 0) terms.push({ kind: "rest", value: rest });
	return terms;
}

/** What the source of a sum holds of an area of which the value of another source is shown. */
function saidOf(
	db: Database.Database,
	{ tree, branch }: Spot,
	{ area }: Spot,
	voice: Voice,
	on: number,
): { value: number; marks: number; source: Name } {
	const said = branch.said(sourceOf(voice) as number, area);
	const day = tree.firstDay + on;
	return {
		value: said.valueOn(day),
		marks: said.marksOn(day),
		source: nameOf(db, voice),
	};
}

/** Confirmed, recovered and deaths, of the areas that are in the figure. */
function termsOfActive(
	db: Database.Database,
	spot: Spot,
	on: number,
	partOf: (key: IndicatorKey) => Spot,
): FigureTerm[] {
	const operands = ACTIVE_OF.map(partOf);
	const { values, areas } = activeParts(spot, operands, on);
	return operands.map((operand, i) => {
		const { branch } = operand;
		const voice = daysOf(operand, branch.voice)[on];
		return {
			kind: "indicator",
			indicator: ACTIVE_OF[i],
			sign: i === 0 ? 1 : -1,
			value: values[i],
			origin: { source: nameOf(db, voice), sum: isSum(voice) },
			areas: areas.map(({ id }) => id),
			marks: daysOf(operand, branch.marks)[on],
		};
	});
}

/** What is new on each day of a period. A report after silence is shared out over the days that it covers; on a day alone it stands whole. */
function termsOfDays(spot: Spot, day: Day, over: Period): FigureTerm[] {
	const { firstDay } = spot.tree;
	const counts = countsOf(spot);
	const { correction } = counts;
	const alone = over.kind === "day" ? newOnDay(counts) : null;
	const share = alone ? alone.value : counts.share;
	const { marks } = alone ?? counts;
	const terms: FigureTerm[] = [];
	for (let of = firstDayOf(over, day, firstDay); of <= day; of++) {
		const on = of - firstDay;
		if (on >= share.length) break;
		terms.push({
			kind: "day",
			day: of,
			new: orNull(share[on]),
			correction: orNull(correction[on]),
			marks: marks[on],
		});
	}
	return terms;
}

function termsOfChange(spot: Spot, day: Day): FigureTerm[] {
	const on = day - spot.tree.firstDay;
	const voice = daysOf(spot, spot.branch.voice);
	const below = spotsBelow(spot);
	const ofSum =
		below.length > 0 && isSum(voice[on] ?? 0) && isSum(voice[on - WEEK] ?? 0);
	return (ofSum ? below : [spot]).map((part) => {
		const { now, before } = endsOf(part);
		const value = daysOf(part, part.branch.value);
		const counted = !Number.isNaN(now[on] ?? Number.NaN);
		return {
			kind: "ends",
			area: part.area.id,
			now: orNull((counted ? now[on] : value[on]) ?? Number.NaN),
			before: orNull((counted ? before[on] : value[on - WEEK]) ?? Number.NaN),
			counted,
		};
	});
}

/** What the values shown for the areas below add up to; null when none of them reported. */
function sumBelow(
	db: Database.Database,
	below: readonly Spot[],
	day: Day,
	{ reporting, expected }: Explanation["completeness"],
	shown: number | null,
): Explanation["sum"] {
	const reported = below.filter(
		(child) =>
			!Number.isNaN(
				daysOf(child, child.branch.value)[day - child.tree.firstDay] ??
					Number.NaN,
			),
	);
	const [first] = reported;
	if (!first) return null;
	const on = day - first.tree.firstDay;
	const voices = reported.map((child) => daysOf(child, child.branch.voice)[on]);
	const source = sourceOf(voices[0]);
	const value = reported.reduce(
		(sum, child) => sum + daysOf(child, child.branch.value)[on],
		0,
	);
	return {
		value,
		gap: gapTo(shown, value),
		reporting,
		expected,
		source: voices.every((one) => sourceOf(one) === source)
			? nameOf(db, voices[0])
			: null,
	};
}

function gapTo(shown: number | null, said: number): number | null {
	return shown === null ? null : said - shown;
}

/** What the sources are heard to say: of the area itself, or of most of those below. Active cases are said by nobody. */
function heardValues(
	db: Database.Database,
	{ indicator, day, asKnownOn }: ExplainRequest,
	{ id, level }: AreaRow,
): number[] {
	if (indicator === "active") return [];
	const heard = heardOf(
		db,
		{ indicator: indicatorByKey(indicator), day, asKnownOn },
		[{ id, level: LEVELS.indexOf(level) }],
	);
	return (heard.get(id) ?? []).map(({ value }) => value);
}

/** The largest of some values less the smallest; 0 of fewer than two. */
function widthOf(values: readonly number[]): number {
	return values.length > 1 ? Math.max(...values) - Math.min(...values) : 0;
}

/** Active cases are claimed by nobody: what was claimed is asked for by the three they are computed from. */
function claims(
	db: Database.Database,
	{ indicator, area, day, asKnownOn }: ExplainRequest,
	named: ReadonlyMap<number, Source>,
	shown: number | null,
): Explanation["claims"] {
	const rows = statement(
		db,
		`SELECT c.source, c.as_of AS asOf, c.value, c.marks, c.line, f.received_at AS receivedAt, f.name AS file, f.id AS fileId,
		        ${withdrawnSql("f")} AS withdrawn,
		        EXISTS (SELECT 1 FROM json_each(f.remarks) AS remark WHERE remark.value ->> 'day' = c.day) AS repeated
		 FROM claim c JOIN file f ON f.id = c.file
		 WHERE c.indicator = ? AND c.month = ? AND c.area = ? AND c.day = ? AND c.as_of <= ?
		 ORDER BY c.as_of DESC, f.sha256 DESC, f.connector DESC, f.name DESC`,
	).all(
		...boundOn(asKnownOn),
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
		fileId: number;
		withdrawn: Day | null;
		repeated: number;
	}[];
	const seen = new Set<number>();
	const told = rows.flatMap(({ source, ...row }) => {
		const from = named.get(source);
		if (!from) return [];
		const current = row.withdrawn === null && !seen.has(source);
		if (current) seen.add(source);
		return [
			{
				...row,
				gap: gapTo(shown, row.value),
				repeated: row.repeated === 1,
				source: from.name,
				current,
				rank: from.rank,
			},
		];
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

/** Every value that the indicator has shown for the day, newest first; of active cases those that their three parts made. */
function historyShown(
	db: Database.Database,
	spot: Spot,
	day: Day,
	asKnownOn: Day | null,
): Explanation["revisions"] {
	const { tree, area } = spot;
	const history = (key: IndicatorKey, of: AreaRow): Cell[] =>
		historyOf(db, indicatorByKey(key).id, of.id, day, asKnownOn);
	const names = sourceNames(db);
	if (tree.indicator !== "active")
		return history(tree.indicator, area).map(({ rule, source, ...cell }) => ({
			...cell,
			rule: ruleById(rule)?.key ?? `rule ${rule}`,
			source: source === null ? null : (names.get(source) ?? null),
		}));
	// Where the three are of different areas, active cases follow from the areas below: what became known of those counts too.
	const below = spotsBelow(spot);
	const moments = new Set(
		[spot, ...below, ...below.flatMap(spotsBelow)].flatMap((part) =>
			ACTIVE_OF.flatMap((key) =>
				history(key, part.area).map(({ asOf }) => asOf),
			),
		),
	);
	const shown: Explanation["revisions"] = [];
	for (const asOf of [...moments]
		.sort((a, b) => a - b)
		.slice(-EARLIER_VALUES)) {
		const then = activeAsKnown(db, area, day, asOf);
		const last = shown[0];
		if (last && last.value === then.value && last.marks === then.marks)
			continue;
		if (!last && then.value === null && then.marks === 0) continue;
		shown.unshift({ asOf, rule: "derived", ...then });
	}
	return shown;
}

function activeAsKnown(
	db: Database.Database,
	area: AreaRow,
	day: Day,
	asOf: Day,
): { value: number | null; marks: number; source: Name } {
	const spot = spotOnDay(db, "active", day, asOf, area);
	const { value, marks, voice } = spot.branch;
	return {
		value: orNull(value[spot.row]),
		marks: marks[spot.row],
		source: nameOf(db, voice[spot.row]),
	};
}

/** The source of a voice; null of several, or of none. */
export function nameOf(db: Database.Database, voice: Voice): Name {
	const source = sourceOf(voice);
	return source === null ? null : (sourceNames(db).get(source) ?? null);
}
