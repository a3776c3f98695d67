import type { AreaRow } from "../../../core/api/areas.ts";
import type { Level } from "../../../core/areas/codes.ts";
import type { Base } from "./base.ts";
import type { Said } from "./said.ts";
import { sourceOf } from "./voice.ts";

/** One level of a tree. */
export interface Branch extends Base {
	readonly level: Level;
	readonly areas: readonly AreaRow[];
	/** For each area the rows of the areas directly below, in the branch below. */
	readonly below: readonly (readonly number[])[];
	/** Of values that are sums: people of the areas in them, down to the last sum, and whether nobody is missing. Else 0. */
	readonly people: Float64Array;
	readonly complete: Uint8Array;
	/** Of areas in no sum, by row, where days show an earlier report: for each day that of the report, else -1 (core/quality/last-report). */
	readonly shownFrom?: ReadonlyMap<number, Int16Array>;
	/** Ids of the sources that decide by hand: what they say of an area is in the sum of every source. */
	readonly decided: ReadonlySet<number>;
	/** What a source holds of an area, shown or not. Of active cases, of which no source speaks, there is none. */
	readonly said: (source: number, area: AreaRow) => Said;
	/** Rows directly below that are in the differences of three sums; none for stored indicators. */
	readonly sets?: ReadonlyMap<number, readonly number[]>;
}

/**
 * The rows of the areas directly below that a sum is made of: of a sum over one source those of which that source said something, shown
 * or not, or that were decided by hand; of a sum over several those that reported.
 */
export function rowsIn(
	above: Branch,
	below: Branch,
	row: number,
	day: number,
): readonly number[] {
	const { days, firstDay } = above;
	const at = row * days + day;
	const set = above.sets?.get(at);
	if (set) return set;
	const source = sourceOf(above.voice[at]);
	return above.below[row].filter((child) => {
		const one = child * days + day;
		if (Number.isNaN(below.value[one])) return false;
		return (
			isShownIn(above, below, source, one) ||
			!Number.isNaN(
				above
					.said(source as number, below.areas[child])
					.valueOn(firstDay + day),
			)
		);
	});
}

/** Whether what is shown of an area below is what a sum over `source` (null: over several) holds of it. */
export function isShownIn(
	above: Branch,
	below: Branch,
	source: number | null,
	at: number,
): boolean {
	if (source === null) return true;
	const said = sourceOf(below.voice[at]);
	return said === source || (said !== null && above.decided.has(said));
}
