import type { Day } from "../series/day.ts";
import type { Indicator } from "../series/indicator.ts";
import { MARKS } from "../series/mark.ts";
import type { Cadence } from "./cadence.ts";
import { WHOLE_FROM } from "./completeness.ts";
import { type RuleKey, ruleId } from "./rule.ts";
import { isConflict, type Tolerance } from "./tolerance.ts";
import { Voice } from "./voice.ts";

/** A source as reconciliation needs it. */
export interface RankedSource {
	id: number;
	/** 1 is asked first. */
	rank: number;
	cadence: Cadence;
}

/** From `from` on something is not known any more, until the day `to` on which it stands again (null: it does not). */
export interface TakenBack {
	from: Day;
	to: Day | null;
}

/** One value that a source stated for one area and day. */
export interface Statement {
	source: number;
	day: Day;
	/** Day on which the source knew it. */
	asOf: Day;
	value: number;
	file: number;
	line: number;
	/** Decides between files of the same `asOf`, by what is in them and not by when they came. */
	order: number;
	/** When the file that states it was withdrawn. */
	takenBack?: readonly TakenBack[];
}

/** From `asOf` on a source is known to speak of the days from `firstDay` to `lastDay`. */
export interface SpanStep {
	asOf: Day;
	firstDay: Day;
	lastDay: Day;
	takenBack?: readonly TakenBack[];
}

/** The value of a cell from `asOf` until the next revision of the same cell. */
export interface Revision {
	day: Day;
	asOf: Day;
	/** null: nothing usable is known. */
	value: number | null;
	/** null for a sum over several sources. */
	source: number | null;
	rule: number;
	marks: number;
	/** Areas in a sum, and areas that could have been in it; null for a single report. */
	reporting: number | null;
	expected: number | null;
}

/** A statement that said something new, with its marks as of its day. */
export interface Claim {
	statement: Statement;
	marks: number;
}

/** One area of a family. */
export interface FamilyMember {
	area: number;
	/** False for cases without a place: in a sum, but never expected. */
	counted: boolean;
	statements: readonly Statement[];
}

/** An area and those directly below it, for one indicator. */
export interface Family {
	kind: Indicator["kind"];
	/** How far sources may differ without a conflict; not at all when left out. */
	tolerance?: Tolerance;
	parent: FamilyMember;
	children: readonly FamilyMember[];
	sources: readonly RankedSource[];
	/** For each source, how far it reached and when that was known; in order of `asOf`. */
	spans: ReadonlyMap<number, readonly SpanStep[]>;
}

/** The nation: its children are provinces whose answers are known already. */
export interface TopFamily {
	kind: Indicator["kind"];
	/** How far sources may differ without a conflict; not at all when left out. */
	tolerance?: Tolerance;
	parent: FamilyMember;
	children: readonly {
		area: number;
		counted: boolean;
		/** In any order. */
		revisions: readonly Revision[];
	}[];
	sources: readonly RankedSource[];
	spans: ReadonlyMap<number, readonly SpanStep[]>;
}

/** What became of one area: every claim kept, and every value its cells ever had, by day and then by `asOf`. */
export interface AreaAnswer {
	area: number;
	claims: Claim[];
	revisions: Revision[];
}

const RULE: Record<RuleKey, number> = {
	"only-source": ruleId("only-source"),
	"source-order": ruleId("source-order"),
	"sum-of-areas": ruleId("sum-of-areas"),
	silent: ruleId("silent"),
	"implausible-zero": ruleId("implausible-zero"),
	"carried-forward": ruleId("carried-forward"),
	withdrawn: ruleId("withdrawn"),
	decision: ruleId("decision"),
};

const EXACT: Tolerance = { absolute: 0, relative: 0 };

/**
 * Reconciles an area and the areas directly below it.
 *
 * Of each cell the answer at a moment follows from all that was known by then:
 * - Sources are asked in order of rank; of one source its own figure comes before the sum of its areas below.
 * - A cumulative zero after a positive count is not used; a silent source is passed over; a source that writes only changes keeps its
 *   last value until its next entry.
 * - When nothing usable remains the cell has no value and says why.
 * - A statement that was taken back counts for nothing from that day on: what the source had stated before holds again, or nothing.
 * The history of a cell has one revision for each moment at which its answer changed. It depends on the statements alone and not on the
 * order in which they arrived. A cell that never had a value and of which nobody speaks any more has no history.
 *
 * @returns the parent's answer first, then that of each child in the order given.
 */
export function reconcileFamily(family: Family): AreaAnswer[] {
	return new Reconciliation(family, family.children).run();
}

/** Reconciles the nation from its own figures and, where there is none, the sum of the values shown for the provinces. */
export function reconcileTop(family: TopFamily): AreaAnswer {
	return new Reconciliation(family, [], family.children).run()[0];
}

/** A statement on its way to the voice it belongs to. */
interface Saying {
	place: Place;
	voice: Voice;
	statement: Statement;
}

/** Everything that a voice said of a day of which it took something back, and what of it is a claim. */
interface Contested {
	statements: Statement[];
	claimed: Set<Statement>;
}

/** One area while it is being reconciled. */
interface Place {
	area: number;
	counted: boolean;
	/** By place in the order of sources; undefined where the source never speaks of the area. */
	voices: (Voice | undefined)[];
	/** Revisions of each day of the window. */
	history: (Revision[] | undefined)[];
	claims: Claim[];
	/** Days to answer again at this moment. */
	touched: number[];
	isTouched: Uint8Array;
}

/** The answer for a cell at a moment, before it is known whether it differs from the one before. */
interface Answer {
	/** NaN: none. */
	value: number;
	source: number | null;
	rule: number;
	marks: number;
	reporting: number | null;
	expected: number | null;
}

class Reconciliation {
	private readonly kind: Indicator["kind"];
	private readonly tolerance: Tolerance;
	private readonly order: readonly RankedSource[];
	private readonly spans: Family["spans"];
	private readonly firstDay: Day;
	private readonly days: number;
	private readonly parent: Place;
	private readonly children: readonly Place[];
	/** Areas below whose answers are given, for the nation. */
	private readonly given: readonly GivenArea[];
	private readonly sayings = new Map<Day, Saying[]>();
	/** Statements that are taken back or stand again, by the moment. */
	private readonly turns = new Map<Day, Saying[]>();
	/** Everything said of the cells of which a statement is taken back at some time: of each voice, by day. */
	private readonly contested = new Map<Voice, Map<Day, Contested>>();
	private readonly speaking: ReadonlySet<number>;
	/** Of the sources whose silence is noticed. */
	private readonly reaches: readonly Reach[];
	/** Areas that could be in a sum. */
	private readonly expected: number;
	private readonly sum = new Sum();

	constructor(
		family: Omit<Family, "children">,
		children: readonly FamilyMember[],
		given: TopFamily["children"] = [],
	) {
		this.kind = family.kind;
		this.tolerance = family.tolerance ?? EXACT;
		this.spans = family.spans;
		this.order = [...family.sources].sort(
			(a, b) => a.rank - b.rank || a.id - b.id,
		);
		const members = [family.parent, ...children];
		this.speaking = new Set(
			members.flatMap((member) =>
				member.statements.map((statement) => statement.source),
			),
		);
		let first = Number.POSITIVE_INFINITY;
		let last = Number.NEGATIVE_INFINITY;
		const reach = (from: Day, to: Day): void => {
			if (from < first) first = from;
			if (to > last) last = to;
		};
		for (const member of members)
			for (const { day } of member.statements) reach(day, day);
		for (const source of this.noticedWhenSilent())
			for (const step of this.spans.get(source) ?? [])
				reach(step.firstDay, step.lastDay);
		for (const area of given)
			for (const { day } of area.revisions) reach(day, day);
		this.firstDay = first;
		this.days = last < first ? 0 : last - first + 1;
		this.reaches = this.order.flatMap(({ id, cadence }, rank) =>
			cadence === "daily" && this.speaking.has(id)
				? [new Reach(rank, this.spans.get(id) ?? [], first)]
				: [],
		);
		this.parent = this.placeOf(family.parent);
		this.children = children.map((child) => this.placeOf(child));
		this.given = given.map((area) => new GivenArea(area, first, this.days));
		this.expected = [...children, ...given].filter(
			(child) => child.counted,
		).length;
	}

	run(): AreaAnswer[] {
		const places = [this.parent, ...this.children];
		for (const moment of this.moments()) {
			const news = this.hear(moment);
			for (const { place, voice } of news)
				if (voice.isUnsettled) voice.settle((index) => touch(place, index));
			for (const { place, voice, statement } of news)
				if (this.isNewClaim(voice, statement, moment))
					place.claims.push({
						statement,
						marks: voice.marks[statement.day - this.firstDay],
					});
			this.widenExpectations(moment, news);
			for (const area of this.given)
				area.advance(moment, (index) => touch(this.parent, index));
			for (const child of this.children) {
				if (child.touched.length === 0) continue;
				for (const index of child.touched) touch(this.parent, index);
				this.answerTouched(child, moment);
			}
			this.answerTouched(this.parent, moment);
		}
		return places.map(({ area, claims, history }) => ({
			area,
			claims,
			revisions: history.flatMap((revisions) =>
				revisions && !wasNeverThere(revisions) ? revisions : [],
			),
		}));
	}

	/** The days on which anything became known, in order. */
	private moments(): Day[] {
		const moments = new Set([...this.sayings.keys(), ...this.turns.keys()]);
		for (const source of this.noticedWhenSilent())
			for (const step of this.spans.get(source) ?? []) {
				moments.add(step.asOf);
				for (const moment of turnsOf(step)) moments.add(moment);
			}
		for (const area of this.given)
			for (const asOf of area.moments()) moments.add(asOf);
		return [...moments].sort((a, b) => a - b);
	}

	private noticedWhenSilent(): number[] {
		return this.order
			.filter(({ id, cadence }) => cadence === "daily" && this.speaking.has(id))
			.map(({ id }) => id);
	}

	private placeOf(member: FamilyMember): Place {
		const place: Place = {
			area: member.area,
			counted: member.counted,
			voices: this.order.map(() => undefined),
			history: new Array(this.days),
			claims: [],
			touched: [],
			isTouched: new Uint8Array(this.days),
		};
		for (const statement of member.statements) {
			const rank = this.order.findIndex(({ id }) => id === statement.source);
			if (rank < 0) throw new Error(`unknown source ${statement.source}`);
			const voice =
				place.voices[rank] ??
				new Voice(this.days, this.kind, this.order[rank].cadence);
			place.voices[rank] = voice;
			const saying = { place, voice, statement };
			append(this.sayings, statement.asOf, saying);
			for (const moment of turnsOf(statement)) {
				append(this.turns, moment, saying);
				const days = this.contested.get(voice) ?? new Map<Day, Contested>();
				this.contested.set(voice, days);
				if (!days.has(statement.day))
					days.set(statement.day, { statements: [], claimed: new Set() });
			}
		}
		if (this.contested.size > 0)
			for (const statement of member.statements) {
				const rank = this.order.findIndex(({ id }) => id === statement.source);
				this.contested
					.get(place.voices[rank] as Voice)
					?.get(statement.day)
					?.statements.push(statement);
			}
		return place;
	}

	/** Lets the sources say what became known at a moment; returns what was new. */
	private hear(moment: Day): Saying[] {
		const sayings = this.sayings.get(moment) ?? [];
		sayings.sort(
			(a, b) =>
				a.statement.order - b.statement.order ||
				a.statement.line - b.statement.line,
		);
		const news = sayings.filter(
			({ voice, statement }) =>
				isKnown(statement, moment) &&
				voice.say(statement.day - this.firstDay, statement.value),
		);
		for (const turn of this.turns.get(moment) ?? [])
			news.push(...this.retell(turn, moment));
		return news;
	}

	/** What is left of a cell when a statement of it is taken back or stands again. */
	private retell({ place, voice, statement }: Saying, moment: Day): Saying[] {
		const contested = this.contested.get(voice)?.get(statement.day);
		const said = (contested?.statements ?? [])
			.filter((one) => one.asOf <= moment && isKnown(one, moment))
			.sort((a, b) => a.asOf - b.asOf || a.order - b.order || a.line - b.line);
		const last = said.at(-1);
		const isNew = voice.retell(
			statement.day - this.firstDay,
			last?.value ?? Number.NaN,
			said.some(({ value }, at) => at > 0 && value !== said[at - 1].value),
		);
		// A repetition that was no claim becomes one when it is all that is left.
		const isClaim = last && !contested?.claimed.has(last);
		return isNew || isClaim
			? [{ place, voice, statement: last ?? statement }]
			: [];
	}

	/** Whether a statement that was heard is to be kept as a claim: it stands, and was not kept before. */
	private isNewClaim(voice: Voice, statement: Statement, moment: Day): boolean {
		const contested = this.contested.get(voice)?.get(statement.day);
		if (!contested) return true;
		if (!isKnown(statement, moment) || contested.claimed.has(statement))
			return false;
		contested.claimed.add(statement);
		return true;
	}

	/** A source that now speaks of more days is missed where it does not. */
	private widenExpectations(moment: Day, news: readonly Saying[]): void {
		for (const reach of this.reaches) {
			const { rank } = reach;
			if (reach.advance(moment)) {
				for (const place of [this.parent, ...this.children])
					if (place.counted)
						place.voices[rank]?.expect(reach.from, reach.to, (index) =>
							touch(place, index),
						);
				continue;
			}
			for (const { place, voice } of news)
				if (place.counted && voice === place.voices[rank])
					voice.expect(reach.from, reach.to, (index) => touch(place, index));
		}
	}

	private answerTouched(place: Place, moment: Day): void {
		for (const index of place.touched) {
			place.isTouched[index] = 0;
			const revisions = place.history[index];
			const last = revisions?.at(-1);
			const answer = this.answer(place, index) ?? (last && withdrawn());
			if (!answer) continue;
			const value = Number.isNaN(answer.value) ? null : answer.value;
			if (
				last &&
				last.value === value &&
				last.source === answer.source &&
				last.rule === answer.rule &&
				last.marks === answer.marks &&
				last.reporting === answer.reporting &&
				last.expected === answer.expected
			)
				continue;
			const revision: Revision = {
				day: this.firstDay + index,
				asOf: moment,
				value,
				source: answer.source,
				rule: answer.rule,
				marks: answer.marks,
				reporting: answer.reporting,
				expected: answer.expected,
			};
			if (revisions) revisions.push(revision);
			else place.history[index] = [revision];
		}
		place.touched.length = 0;
	}

	/** What a cell shows, given all that is known; undefined when nobody speaks of it and nobody was expected to. */
	private answer(place: Place, index: number): Answer | undefined {
		const { sum } = this;
		const sums = place === this.parent && this.children.length > 0;
		let best: Answer | undefined;
		let weak: Answer | undefined;
		let missing: Answer | undefined;
		let says = 0;
		let least = Number.POSITIVE_INFINITY;
		let most = Number.NEGATIVE_INFINITY;
		let passedOver = 0;
		const hear = (value: number): void => {
			says++;
			least = Math.min(least, value);
			most = Math.max(most, value);
		};
		for (let rank = 0; rank < this.order.length; rank++) {
			const { id, cadence } = this.order[rank];
			const voice = place.voices[rank];
			const standing = voice?.standing(index) ?? "absent";
			if (voice && standing === "said") {
				hear(voice.value[index]);
				best ??= {
					value: voice.value[index],
					source: id,
					rule: cadence === "once" ? RULE.decision : 0,
					marks: voice.marks[index],
					reporting: null,
					expected: null,
				};
			} else if (voice && standing === "carried") {
				best ??= {
					value: voice.holds(index),
					source: id,
					rule: RULE["carried-forward"],
					marks: 0,
					reporting: null,
					expected: null,
				};
			} else if (standing === "implausible") {
				passedOver |= MARKS.implausibleZero;
				if (missing?.rule !== RULE["implausible-zero"])
					missing = without("implausible-zero", MARKS.implausibleZero, id);
			} else if (standing === "silent") {
				missing ??= without("silent", MARKS.silent, id);
			}
			if (!sums) continue;
			sum.clear(id);
			for (const child of this.children) {
				const below = child.voices[rank];
				if (below) sum.addVoice(below, index, child.counted);
			}
			if (sum.reporting > 0) {
				const answer = sum.answer(this.expected, this.kind);
				if (sum.reporting < this.expected * WHOLE_FROM) weak ??= answer;
				else {
					if (standing !== "said") hear(answer.value);
					best ??= answer;
				}
			} else if (sum.silent > 0)
				missing ??= {
					...without("silent", MARKS.silent, id),
					reporting: 0,
					expected: this.expected,
				};
		}
		best ??= weak;
		if (!best && this.given.length > 0 && place === this.parent) {
			sum.clear(null);
			for (const area of this.given) sum.addGiven(area, index);
			if (sum.reporting > 0) best = sum.answer(this.expected, this.kind);
			else if (sum.silent > 0)
				missing ??= {
					...without("silent", MARKS.silent, null),
					reporting: 0,
					expected: this.expected,
				};
		}
		if (!best) return missing;
		if (best.rule === 0)
			best.rule = RULE[says > 1 ? "source-order" : "only-source"];
		const conflict = says > 1 && isConflict(least, most, this.tolerance);
		best.marks |= passedOver | (conflict ? MARKS.conflict : 0);
		return best;
	}
}

/** The days that a source speaks of, as known at a moment. */
class Reach {
	readonly rank: number;
	from = 0;
	to = -1;
	private readonly steps: readonly SpanStep[];
	private readonly firstDay: Day;
	private readonly turns: ReadonlySet<Day>;
	private next = 0;

	constructor(rank: number, steps: readonly SpanStep[], firstDay: Day) {
		this.rank = rank;
		this.steps = steps;
		this.firstDay = firstDay;
		this.turns = new Set(steps.flatMap(turnsOf));
	}

	/** Goes on to a later moment; returns whether the reach became another. */
	advance(moment: Day): boolean {
		const { from, to } = this;
		if (this.turns.has(moment)) {
			this.next = 0;
			this.from = 0;
			this.to = -1;
		}
		for (; this.next < this.steps.length; this.next++) {
			const step = this.steps[this.next];
			if (step.asOf > moment) break;
			if (!isKnown(step, moment)) continue;
			const first = step.firstDay - this.firstDay;
			const last = step.lastDay - this.firstDay;
			const isFirst = this.to < this.from;
			this.from = isFirst ? first : Math.min(this.from, first);
			this.to = isFirst ? last : Math.max(this.to, last);
		}
		return this.from !== from || this.to !== to;
	}
}

/** A sum over the areas below on one day. */
class Sum {
	private source: number | null = null;
	private mixed = false;
	private value = 0;
	private marks = 0;
	/** Change against what each area that reported had reported last: silence is no fall. */
	private change = 0;
	reporting = 0;
	silent = 0;

	clear(source: number | null): void {
		this.source = source;
		this.mixed = false;
		this.value = 0;
		this.marks = 0;
		this.change = 0;
		this.reporting = 0;
		this.silent = 0;
	}

	addVoice(voice: Voice, index: number, counted: boolean): void {
		const value = voice.holds(index);
		if (Number.isNaN(value)) {
			if (counted && voice.standing(index) === "silent") this.silent++;
			return;
		}
		const before = voice.usableBefore(index);
		this.add(
			value,
			before < 0 ? 0 : voice.value[before],
			voice.marks[index] & MARKS.restated,
			counted,
		);
	}

	addGiven(area: GivenArea, index: number): void {
		const value = area.value[index];
		if (Number.isNaN(value)) {
			if (area.counted && area.isKnown[index]) this.silent++;
			return;
		}
		const source = area.source[index];
		if (this.reporting === 0) this.source = source < 0 ? null : source;
		else if (source !== this.source) this.mixed = true;
		this.add(
			value,
			value - area.changeAt(index),
			area.marks[index] & (MARKS.restated | MARKS.partial),
			area.counted,
		);
	}

	answer(expected: number, kind: Indicator["kind"]): Answer {
		let { marks } = this;
		if (this.reporting < expected) marks |= MARKS.partial;
		if (kind === "cumulative" && this.change < 0) marks |= MARKS.correction;
		return {
			value: this.value,
			source: this.mixed ? null : this.source,
			rule: RULE["sum-of-areas"],
			marks,
			reporting: this.reporting,
			expected,
		};
	}

	private add(
		value: number,
		before: number,
		marks: number,
		counted: boolean,
	): void {
		this.value += value;
		this.change += value - before;
		this.marks |= marks;
		if (counted) this.reporting++;
	}
}

/** An area below whose answers are known: they become known again one after the other. */
class GivenArea {
	readonly counted: boolean;
	/** NaN: no value. */
	readonly value: Float64Array;
	readonly marks: Uint8Array;
	/** -1: several. */
	readonly source: Int32Array;
	readonly isKnown: Uint8Array;
	private readonly firstDay: Day;
	private readonly byMoment = new Map<Day, Revision[]>();
	private last = -1;

	constructor(
		area: TopFamily["children"][number],
		firstDay: Day,
		days: number,
	) {
		this.counted = area.counted;
		this.firstDay = firstDay;
		this.value = new Float64Array(days).fill(Number.NaN);
		this.marks = new Uint8Array(days);
		this.source = new Int32Array(days);
		this.isKnown = new Uint8Array(days);
		for (const revision of area.revisions) {
			const known = this.byMoment.get(revision.asOf);
			if (known) known.push(revision);
			else this.byMoment.set(revision.asOf, [revision]);
		}
	}

	moments(): Iterable<Day> {
		return this.byMoment.keys();
	}

	advance(moment: Day, touchDay: (index: number) => void): void {
		for (const revision of this.byMoment.get(moment) ?? []) {
			const index = revision.day - this.firstDay;
			this.value[index] = revision.value ?? Number.NaN;
			this.marks[index] = revision.marks;
			this.source[index] = revision.source ?? -1;
			this.isKnown[index] = revision.rule === RULE.withdrawn ? 0 : 1;
			if (index > this.last) this.last = index;
			touchDay(index);
			const next = this.dayAfter(index);
			if (next >= 0) touchDay(next);
		}
	}

	/**
	 * Change against the last day with a value, like for like. Of values of which one misses areas the difference says nothing: silence is
	 * no fall, and what it hides comes back as a jump. Whether areas fell is then told by the mark of the area's own sum.
	 */
	changeAt(index: number): number {
		let before = index - 1;
		while (before >= 0 && Number.isNaN(this.value[before])) before--;
		if (before < 0) return this.value[index];
		if ((this.marks[index] | this.marks[before]) & MARKS.partial)
			return this.marks[index] & MARKS.correction ? -1 : 0;
		// Values of different sources are not subtracted.
		if (this.source[index] !== this.source[before]) return 0;
		return this.value[index] - this.value[before];
	}

	private dayAfter(index: number): number {
		for (let day = index + 1; day <= this.last; day++)
			if (!Number.isNaN(this.value[day])) return day;
		return -1;
	}
}

function touch(place: Place, index: number): void {
	if (place.isTouched[index]) return;
	place.isTouched[index] = 1;
	place.touched.push(index);
}

function without(
	rule: "silent" | "implausible-zero" | "withdrawn",
	marks: number,
	source: number | null,
): Answer {
	return {
		value: Number.NaN,
		source,
		rule: RULE[rule],
		marks,
		reporting: null,
		expected: null,
	};
}

/** A value that no longer holds and that nothing replaces. */
function withdrawn(): Answer {
	return without("withdrawn", 0, null);
}

/** Nothing but silence was ever known of the cell, and that was taken back. */
function wasNeverThere(revisions: readonly Revision[]): boolean {
	return (
		revisions.at(-1)?.rule === RULE.withdrawn &&
		revisions.every(({ value }) => value === null)
	);
}

/** Whether what was known by a moment was not taken back then. */
function isKnown(
	{ takenBack }: Pick<Statement, "takenBack">,
	moment: Day,
): boolean {
	return !takenBack?.some(
		({ from, to }) => from <= moment && (to === null || moment < to),
	);
}

/** The moments after it became known at which something is taken back or stands again. */
function turnsOf({
	asOf,
	takenBack,
}: Pick<Statement, "asOf" | "takenBack">): Day[] {
	return (takenBack ?? []).flatMap(({ from, to }) =>
		from === to ? [] : [from, to].filter((day) => day !== null && day > asOf),
	) as Day[];
}

function append<Key, Entry>(
	lists: Map<Key, Entry[]>,
	key: Key,
	entry: Entry,
): void {
	const list = lists.get(key);
	if (list) list.push(entry);
	else lists.set(key, [entry]);
}
