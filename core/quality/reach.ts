import type { Day } from "../series/day.ts";
import type { SpanStep } from "./family.ts";
import { isKnown, turnsOf } from "./taken-back.ts";

/** The days that a source speaks of, as known at a moment. */
export class Reach {
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
