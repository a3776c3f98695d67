import type { Day } from "../series/day.ts";
import { MARKS } from "../series/mark.ts";
import { RULE } from "./answer.ts";
import type { Revision, TopFamily } from "./family.ts";

/** An area below whose answers are known: they become known again one after the other. */
export class GivenArea {
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
