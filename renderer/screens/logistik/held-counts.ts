import { isOnItsWay, type StagedEntry } from "../../../core/api/decided.ts";
import { Undo } from "../../../core/api/decisions.ts";
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

/** What was decided here of counts and is not shown yet, and what is shown and may be taken back by its row of the audit trail. */
export interface DecidedCounts {
	readonly onTheirWay: ReadonlyMap<string, StagedEntry>;
	readonly undoable: ReadonlyMap<string, number>;
}

const COMMANDS: readonly string[] = [
	AcceptStock.name,
	RefuseStock.name,
	ReopenStock.name,
];

/**
 * What was decided on this workstation of counts, by `countKey`.
 * @param entries of the outbox, newest first
 */
export function decidedCounts(entries: readonly StagedEntry[]): DecidedCounts {
	const onTheirWay = new Map<string, StagedEntry>();
	const undoable = new Map<string, number>();
	const undone = new Map<number, StagedEntry>();
	const seen = new Set<string>();
	for (const entry of entries) {
		if (entry.stage !== "shown" && !isOnItsWay(entry.stage)) continue;
		if (entry.name === Undo.name)
			undone.set((entry.request as { audit: number }).audit, entry);
		if (!COMMANDS.includes(entry.name)) continue;
		const key = countKey(entry.request as HeldCount);
		// The newest decision of a count is the one that holds.
		if (seen.has(key)) continue;
		seen.add(key);
		const back = entry.audit === null ? undefined : undone.get(entry.audit);
		if (isOnItsWay(entry.stage)) onTheirWay.set(key, entry);
		else if (back) {
			if (isOnItsWay(back.stage)) onTheirWay.set(key, back);
		} else if (entry.audit !== null) undoable.set(key, entry.audit);
	}
	return { onTheirWay, undoable };
}
