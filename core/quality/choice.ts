import type { Indicator } from "../series/indicator.ts";
import { MARKS } from "../series/mark.ts";
import { type Answer, RULE, without } from "./answer.ts";
import { WHOLE_FROM } from "./completeness.ts";
import type { RankedSource } from "./family.ts";
import type { GivenArea } from "./given-area.ts";
import { Sum } from "./sum.ts";
import { isConflict, type Tolerance } from "./tolerance.ts";
import type { Voice } from "./voice.ts";

/** Who is heard of an area: by place in the order of sources, undefined where the source never speaks of it. */
export interface Heard {
	voices: readonly (Voice | undefined)[];
	/** The areas directly below it. */
	children?: readonly {
		counted: boolean;
		voices: readonly (Voice | undefined)[];
	}[];
	/** Areas below whose answers are known, instead of their voices. */
	given?: readonly GivenArea[];
}

/** What a source is heard to say of a cell. Sources differ where what is heard of them does; what they carry on from an earlier day is not heard. */
export interface HeardSaying {
	source: number;
	/** Of the area itself, or of at least half of those below. */
	kind: "own" | "sum";
	value: number;
	/** Areas in a sum, and areas that could have been in it. */
	reporting: number | null;
	expected: number | null;
}

/** Chooses what a cell shows among those who are heard of it. */
export class Choice {
	private readonly order: readonly RankedSource[];
	/** Places in the order of those sources that decide by hand. */
	private readonly deciding: readonly number[];
	private readonly kind: Indicator["kind"];
	private readonly tolerance: Tolerance;
	/** Areas that could be in a sum. */
	private readonly expected: number;
	private readonly sum = new Sum();

	/** @param order the sources, the one asked first first */
	constructor(
		order: readonly RankedSource[],
		kind: Indicator["kind"],
		tolerance: Tolerance,
		expected: number,
	) {
		this.order = order;
		this.deciding = order.flatMap(({ cadence }, rank) =>
			cadence === "once" ? [rank] : [],
		);
		this.kind = kind;
		this.tolerance = tolerance;
		this.expected = expected;
	}

	/**
	 * What a cell shows, given all that is known; undefined when nobody speaks of it and nobody was expected to.
	 * @param told called for each source that is heard, in the order of sources
	 */
	answer(
		{ voices, children = [], given = [] }: Heard,
		index: number,
		told?: (saying: HeardSaying) => void,
	): Answer | undefined {
		const { sum } = this;
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
			const voice = voices[rank];
			const standing = voice?.standing(index) ?? "absent";
			if (voice && standing === "said") {
				hear(voice.value[index]);
				told?.({
					...{ source: id, kind: "own", value: voice.value[index] },
					...{ reporting: null, expected: null },
				});
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
			// Who decided about one area below has not spoken for the whole.
			if (children.length === 0 || cadence === "once") continue;
			sum.clear(id);
			let speaks = false;
			for (const child of children) {
				const below = child.voices[rank];
				if (!below) continue;
				if (Number.isNaN(this.decided(child, index)))
					sum.addVoice(below, index, child.counted);
				else speaks ||= !Number.isNaN(below.holds(index));
			}
			// What was decided stands in the place of what the source said, or did not say.
			if (speaks || sum.reporting > 0)
				for (const child of children) {
					const value = this.decided(child, index);
					if (!Number.isNaN(value)) sum.addDecided(value, child.counted);
				}
			if (sum.reporting > 0) {
				const answer = sum.answer(this.expected, this.kind);
				if (sum.reporting < this.expected * WHOLE_FROM) weak ??= answer;
				else {
					if (standing !== "said") {
						const { value, reporting, expected } = answer;
						hear(value);
						told?.({ source: id, kind: "sum", value, reporting, expected });
					}
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
		if (!best && given.length > 0) {
			sum.clear(null);
			for (const area of given) sum.addGiven(area, index);
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

	/** The value that was decided by hand for an area and day; NaN when none was. */
	private decided({ voices }: Heard, index: number): number {
		for (const rank of this.deciding) {
			const value = voices[rank]?.holds(index) ?? Number.NaN;
			if (!Number.isNaN(value)) return value;
		}
		return Number.NaN;
	}
}
