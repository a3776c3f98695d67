import {
	AcceptStock,
	type HeldCount,
	RefuseStock,
	ReopenStock,
} from "../../../core/api/stock.ts";
import type { HeldShown } from "./search.ts";

/** A count's name: no facility counts an item twice on a day. */
export function countKey(count: Pick<HeldCount, "facility" | "item" | "day">) {
	return `${count.facility}/${count.item}/${count.day}`;
}

/** The counts of which something is shown: those that wait for a person, those of which somebody decided, or both. */
export function heldShown(
	counts: readonly HeldCount[],
	shown: HeldShown,
): readonly HeldCount[] {
	return shown === "all"
		? counts
		: counts.filter(
				({ decision }) => (decision === null) === (shown === "waiting"),
			);
}

/** A count as the table has it, with the words by which it is found. */
export interface HeldRow extends HeldCount {
	readonly key: string;
	readonly code: string;
	readonly place: string;
	readonly itemName: string;
	readonly unit: string;
}

/** The commands that decide of a count. */
export const COUNT_DECISIONS: readonly string[] = [
	AcceptStock.name,
	RefuseStock.name,
	ReopenStock.name,
];
