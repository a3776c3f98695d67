import { useEffect, useRef } from "react";
import { isOnItsWay, type StagedEntry } from "../../core/api/decided.ts";
import { Undo } from "../../core/api/decisions.ts";
import { useOutbox } from "./outbox.ts";

/** What was decided here of things and is not shown yet, and what is shown and may be taken back by its row of the audit trail. */
export interface DecidedHere {
	readonly onTheirWay: ReadonlyMap<string, StagedEntry>;
	readonly undoable: ReadonlyMap<string, number>;
}

/**
 * What was decided on this workstation.
 * @param entries of the outbox, newest first
 * @param commands names of those that decide
 * @param keyOf the thing that one of them speaks of
 */
export function decidedHere(
	entries: readonly StagedEntry[],
	commands: readonly string[],
	keyOf: (request: unknown) => string,
): DecidedHere {
	const onTheirWay = new Map<string, StagedEntry>();
	const undoable = new Map<string, number>();
	const undone = new Map<number, StagedEntry>();
	const seen = new Set<string>();
	for (const entry of entries) {
		if (entry.stage !== "shown" && !isOnItsWay(entry.stage)) continue;
		if (entry.name === Undo.name)
			undone.set((entry.request as { audit: number }).audit, entry);
		if (!commands.includes(entry.name)) continue;
		const key = keyOf(entry.request);
		// The newest decision of a thing is the one that holds.
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

/**
 * The same of the outbox of this workstation.
 * @param fetching the answer that carries it is on its way: what it will show has not arrived either
 */
export function useDecidedHere(
	commands: readonly string[],
	keyOf: (request: unknown) => string,
	fetching: boolean,
): DecidedHere {
	const decided = decidedHere(useOutbox(), commands, keyOf);
	const before = useRef(decided.onTheirWay);
	const onTheirWay = fetching
		? new Map([...before.current, ...decided.onTheirWay])
		: decided.onTheirWay;
	useEffect(() => {
		before.current = onTheirWay;
	});
	return { ...decided, onTheirWay };
}
