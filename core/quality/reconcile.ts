import type { Day } from "../series/day.ts";
import type { Indicator } from "../series/indicator.ts";
import { RULE, withdrawn } from "./answer.ts";
import { Choice } from "./choice.ts";
import type {
	AreaAnswer,
	Claim,
	Family,
	FamilyMember,
	RankedSource,
	Revision,
	Statement,
	TopFamily,
} from "./family.ts";
import { GivenArea } from "./given-area.ts";
import { Reach } from "./reach.ts";
import { isKnown, turnsOf } from "./taken-back.ts";
import type { Tolerance } from "./tolerance.ts";
import { Voice } from "./voice.ts";

const EXACT: Tolerance = { absolute: 0, relative: 0 };

/**
 * Reconciles an area and the areas directly below it.
 *
 * Of each cell the answer at a moment follows from all that was known by then:
 * - Sources are asked in order of rank; of one source its own figure comes before the sum of its areas below.
 * - What was decided by hand for an area below stands in the sum of each source in the place of what that source said of the area.
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

/**
 * Reconciles an area by what is said of itself alone: a kecamatan, which has nothing below and is in no sum. A kabupaten/kota is not made of
 * its kecamatan: cases without an address are in none of them, so that their sum is another figure.
 */
export function reconcileApart({
	member,
	...family
}: Omit<Family, "parent" | "children"> & { member: FamilyMember }): AreaAnswer {
	return new Reconciliation({ ...family, parent: member }, []).run()[0];
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

class Reconciliation {
	private readonly kind: Indicator["kind"];
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
	private readonly choice: Choice;

	constructor(
		family: Omit<Family, "children">,
		children: readonly FamilyMember[],
		given: TopFamily["children"] = [],
	) {
		this.kind = family.kind;
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
		this.choice = new Choice(
			this.order,
			this.kind,
			family.tolerance ?? EXACT,
			[...children, ...given].filter((child) => child.counted).length,
		);
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
		const heard =
			place === this.parent
				? { voices: place.voices, children: this.children, given: this.given }
				: place;
		for (const index of place.touched) {
			place.isTouched[index] = 0;
			const revisions = place.history[index];
			const last = revisions?.at(-1);
			const answer = this.choice.answer(heard, index) ?? (last && withdrawn());
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
}

function touch(place: Place, index: number): void {
	if (place.isTouched[index]) return;
	place.isTouched[index] = 1;
	place.touched.push(index);
}

/** Nothing but silence was ever known of the cell, and that was taken back. */
function wasNeverThere(revisions: readonly Revision[]): boolean {
	return (
		revisions.at(-1)?.rule === RULE.withdrawn &&
		revisions.every(({ value }) => value === null)
	);
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
