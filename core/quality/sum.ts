import type { Indicator } from "../series/indicator.ts";
import { MARKS } from "../series/mark.ts";
import { type Answer, RULE } from "./answer.ts";
import type { GivenArea } from "./given-area.ts";
import type { Voice } from "./voice.ts";

/** A sum over the areas below on one day. */
export class Sum {
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

	/** A decision is held against nothing: it is no fall and no rise. */
	addDecided(value: number, counted: boolean): void {
		this.add(value, value, 0, counted);
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
