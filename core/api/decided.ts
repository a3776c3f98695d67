import { day as dayOf, isoFromDay } from "../series/day.ts";
import { OverrideValue, Undo } from "./decisions.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Asked } from "./route.ts";

/** Where a command is on its way; "shown": the figures carry it. */
export type Stage =
	| "waiting"
	| "unpublished"
	| "arriving"
	| "shown"
	| "refused"
	| "recalled";

/** @param seq the publication shown; null: none */
export function stageOf(entry: OutboxEntry, seq: number | null): Stage {
	if (entry.state !== "done") return entry.state;
	if (entry.seq === null) return "unpublished";
	return seq !== null && seq >= entry.seq ? "shown" : "arriving";
}

/** Whether a command is not shown yet and still may be: one refused or recalled stands in the tray alone. */
export function isOnItsWay(
	stage: Stage,
): stage is "waiting" | "unpublished" | "arriving" {
	return stage === "waiting" || stage === "unpublished" || stage === "arriving";
}

export type StagedEntry = OutboxEntry & { stage: Stage };

type Override = Asked<typeof OverrideValue>;

/** What a person decided about a value and the figures do not show yet, or show and may be taken back. */
export interface Decided {
	entry: StagedEntry;
	request: Override;
	/** The command that takes it back, on its way or shown. */
	undone: StagedEntry | null;
}

/**
 * The newest decision about each value, by `cellKey`; refused and recalled ones stand in the tray alone.
 * @param entries of an outbox, newest first
 */
export function decidedCells(
	entries: readonly StagedEntry[],
): ReadonlyMap<string, Decided> {
	const found = new Map<string, Decided>();
	const undoing = new Map<number, StagedEntry>();
	for (const entry of entries) {
		if (entry.stage !== "shown" && !isOnItsWay(entry.stage)) continue;
		if (entry.name === Undo.name) {
			const { audit } = entry.request as { audit: number };
			if (!undoing.has(audit)) undoing.set(audit, entry);
		}
		if (entry.name !== OverrideValue.name) continue;
		const request = entry.request as Override;
		const key = cellKey(request);
		if (found.has(key)) continue;
		const undone =
			entry.audit === null ? null : (undoing.get(entry.audit) ?? null);
		found.set(key, { entry, request, undone });
	}
	return found;
}

/** What a value will be, by `cellKey`, once what was decided about it is published; null: as it was before the decision. */
export function pendingValues(
	entries: readonly OutboxEntry[],
	seq: number | null,
): ReadonlyMap<string, number | null> {
	const staged = entries.map((entry) => ({
		...entry,
		stage: stageOf(entry, seq),
	}));
	const pending = new Map<string, number | null>();
	for (const [key, { entry, request, undone }] of decidedCells(staged)) {
		if ((undone ?? entry).stage === "shown") continue;
		pending.set(key, undone ? null : request.value);
	}
	return pending;
}

/** A value's name: `confirmed/32.73/2020-04-12`. */
export function cellKey(cell: {
	indicator: string;
	area: string;
	day: number;
}): string {
	return `${cell.indicator}/${cell.area}/${isoFromDay(cell.day)}`;
}

/** The value that `cellKey` names. */
export function cellOf(key: string): {
	indicator: string;
	area: string;
	day: number;
} {
	const [indicator = "", area = "", iso = ""] = key.split("/");
	return { indicator, area, day: dayOf(iso) };
}
