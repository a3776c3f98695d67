import type { Indicator } from "../series/indicator.ts";
import { MARKS } from "../series/mark.ts";
import type { Cadence } from "./cadence.ts";

/** What the voice of a source amounts to on one day. */
export type Standing =
	/** It said a value that can be used. */
	| "said"
	/** It writes only changes: its last value holds until its next entry. */
	| "carried"
	/** It said zero where its cumulative count was already larger. */
	| "implausible"
	/** It was expected to say something and did not. */
	| "silent"
	/** It does not speak of this day. */
	| "absent";

/**
 * What one source says of one area and indicator over a window of days, as known at one moment; statements are applied in the order in
 * which they became known.
 */
export class Voice {
	/** Value of each day of the window; NaN where nothing was said. */
	readonly value: Float64Array;
	/** Marks of each said value: correction, restated, implausible zero. */
	readonly marks: Uint8Array;
	/** First and last index on which a report is expected; none while last < first. */
	private expectedFrom = 0;
	private expectedTo = -1;
	/** The last day on which anything was said; -1 before. */
	private last = -1;
	private readonly cumulative: boolean;
	private readonly onChange: boolean;
	private changed: number[] = [];
	private readonly isNew: Uint8Array;

	constructor(days: number, kind: Indicator["kind"], cadence: Cadence) {
		this.value = new Float64Array(days).fill(Number.NaN);
		this.marks = new Uint8Array(days);
		this.isNew = new Uint8Array(days);
		// A decision is not held against another one.
		this.cumulative = kind === "cumulative" && cadence !== "once";
		this.onChange = cadence === "on-change";
	}

	/**
	 * Says a value for a day (index into the window). Marks are settled by `settle`, when all that became known together is said.
	 * @returns whether it says anything new: a repetition does not.
	 */
	say(index: number, value: number): boolean {
		const before = this.value[index];
		if (before === value) return false;
		if (!Number.isNaN(before)) this.marks[index] |= MARKS.restated;
		this.value[index] = value;
		if (index > this.last) this.last = index;
		this.changed.push(index);
		return true;
	}

	/**
	 * Puts another value in the place of what was said for a day, or NaN for nothing, because a statement was taken back or stands again.
	 * @param restated whether what is left of the statements still changed the value of the day once
	 * @returns whether anything is different now
	 */
	retell(index: number, value: number, restated: boolean): boolean {
		const marks = restated ? MARKS.restated : 0;
		if (
			Object.is(this.value[index], value) &&
			(this.marks[index] & MARKS.restated) === marks
		)
			return false;
		this.value[index] = value;
		this.marks[index] = marks;
		if (!Number.isNaN(value)) this.last = Math.max(this.last, index);
		while (this.last >= 0 && Number.isNaN(this.value[this.last])) this.last--;
		this.changed.push(index);
		return true;
	}

	/** Whether anything new was said since `settle`. */
	get isUnsettled(): boolean {
		return this.changed.length > 0;
	}

	/**
	 * Works out the marks after what was said, and calls `touch` for each day whose standing may have changed. Marks follow from the
	 * usable value before, so a change runs on until a usable value that was not said anew and stays usable.
	 */
	settle(touch: (index: number) => void): void {
		const starts = this.changed.sort((a, b) => a - b);
		this.changed = [];
		for (const index of starts) this.isNew[index] = 1;
		let done = -1;
		for (const start of starts) {
			// Where nothing is said any more no walk from before comes by.
			if (Number.isNaN(this.value[start])) touch(start);
			if (start <= done) continue;
			let previous = this.usableBefore(start);
			this.touchGap(previous, start, touch);
			let index = start;
			while (index >= 0) {
				const wasUsable = this.isUsable(index);
				this.mark(index, previous);
				touch(index);
				done = index;
				if (!Number.isNaN(this.value[index]) && this.isUsable(index)) {
					if (wasUsable && !this.isNew[index]) break;
					previous = index;
				}
				const next = this.saidAfter(index);
				if (next >= 0) this.touchGap(index, next, touch);
				index = next;
			}
		}
		for (const index of starts) this.isNew[index] = 0;
	}

	/** The days between two entries, of which a source that writes only changes speaks without saying so. */
	private touchGap(
		after: number,
		before: number,
		touch: (index: number) => void,
	): void {
		if (!this.onChange) return;
		for (let day = after + 1; day < before; day++) if (day >= 0) touch(day);
	}

	private isUsable(index: number): boolean {
		return (this.marks[index] & MARKS.implausibleZero) === 0;
	}

	/** From now on a report is expected on these days, if this voice was ever heard. */
	expect(from: number, to: number, touch: (index: number) => void): void {
		// Of days that nobody is expected to speak of any more the silence ends too.
		const isHeard = this.last >= 0;
		for (let day = this.expectedFrom; day <= this.expectedTo; day++)
			if (!isHeard || day < from || day > to) touch(day);
		if (!isHeard) {
			this.expectedFrom = 0;
			this.expectedTo = -1;
			return;
		}
		for (let day = from; day <= to; day++) {
			if (day === this.expectedFrom && this.expectedTo >= day)
				day = this.expectedTo;
			else touch(day);
		}
		this.expectedFrom = from;
		this.expectedTo = to;
	}

	private mark(index: number, previous: number): void {
		let marks = this.marks[index] & MARKS.restated;
		if (this.cumulative && previous >= 0) {
			const value = this.value[index];
			if (value === 0 && this.value[previous] > 0)
				marks |= MARKS.implausibleZero;
			else if (value < this.value[previous]) marks |= MARKS.correction;
		}
		this.marks[index] = marks;
	}

	standing(index: number): Standing {
		if (!Number.isNaN(this.value[index]))
			return this.marks[index] & MARKS.implausibleZero ? "implausible" : "said";
		if (this.onChange)
			return this.usableBefore(index) >= 0 && this.usableAfter(index) >= 0
				? "carried"
				: "absent";
		return index >= this.expectedFrom && index <= this.expectedTo
			? "silent"
			: "absent";
	}

	/** The value that holds on a day; NaN when none does. */
	holds(index: number): number {
		const value = this.value[index];
		if (!Number.isNaN(value))
			return this.marks[index] & MARKS.implausibleZero ? Number.NaN : value;
		if (!this.onChange || this.usableAfter(index) < 0) return Number.NaN;
		const before = this.usableBefore(index);
		return before < 0 ? Number.NaN : this.value[before];
	}

	/** The last day before with a usable value; -1 when there is none. */
	usableBefore(index: number): number {
		for (let day = index - 1; day >= 0; day--)
			if (!Number.isNaN(this.value[day]) && this.isUsable(day)) return day;
		return -1;
	}

	private usableAfter(index: number): number {
		for (let day = index + 1; day <= this.last; day++)
			if (!Number.isNaN(this.value[day]) && this.isUsable(day)) return day;
		return -1;
	}

	private saidAfter(index: number): number {
		for (let day = index + 1; day <= this.last; day++)
			if (!Number.isNaN(this.value[day])) return day;
		return -1;
	}
}
