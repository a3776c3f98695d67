import { COMMANDS, QUERIES } from "../../core/api/all.ts";
import type { OutboxEntry } from "../../core/api/outbox.ts";
import type { Asked } from "../../core/api/route.ts";
import { isoFromDay } from "../../core/series/day.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import { useAnswer } from "./answers.ts";
import { useConnection } from "./connection.ts";
import { useSession } from "./session.ts";

/** Where a command is on its way; "shown": the figures on this screen carry it. */
export type Stage =
	| "waiting"
	| "unpublished"
	| "arriving"
	| "shown"
	| "refused";

/** @param seq the publication shown; null: none */
export function stageOf(entry: OutboxEntry, seq: number | null): Stage {
	if (entry.state !== "done") return entry.state;
	if (entry.seq === null) return "unpublished";
	return seq !== null && seq >= entry.seq ? "shown" : "arriving";
}

/** Commands given on this workstation by whoever sits here, newest first, each with where it is. */
export function useOutbox(): readonly (OutboxEntry & { stage: Stage })[] {
	const { data: session } = useSession();
	const seq = useConnection(({ state }) => state?.dataset?.seq ?? null);
	const { data } = useAnswer(
		QUERIES.outbox,
		{},
		{ enabled: session?.person != null },
	);
	if (!session?.person) return [];
	return (data ?? []).map((entry) => ({
		...entry,
		stage: stageOf(entry, seq),
	}));
}

type Override = Asked<typeof COMMANDS.overrideValue>;

/** What a person decided about a value and the figures do not show yet, or show and may be taken back. */
export interface Decided {
	entry: OutboxEntry & { stage: Stage };
	request: Override;
	/** The command that takes it back, on its way or shown. */
	undone: (OutboxEntry & { stage: Stage }) | null;
}

/** The newest decision given here about each value, by `cellKey`; refused ones stand in the tray alone. */
export function decidedCells(
	entries: readonly (OutboxEntry & { stage: Stage })[],
): ReadonlyMap<string, Decided> {
	const found = new Map<string, Decided>();
	const undoing = new Map<number, OutboxEntry & { stage: Stage }>();
	for (const entry of entries) {
		if (entry.stage === "refused") continue;
		if (entry.name === COMMANDS.undo.name) {
			const { audit } = entry.request as { audit: number };
			if (!undoing.has(audit)) undoing.set(audit, entry);
		}
		if (entry.name !== COMMANDS.overrideValue.name) continue;
		const request = entry.request as Override;
		const key = cellKey(request);
		if (found.has(key)) continue;
		const undone =
			entry.audit === null ? null : (undoing.get(entry.audit) ?? null);
		found.set(key, { entry, request, undone });
	}
	return found;
}

/** A value's name: `confirmed/32.73/2020-04-12`. */
export function cellKey(cell: {
	indicator: IndicatorKey | string;
	area: string;
	day: number;
}): string {
	return `${cell.indicator}/${cell.area}/${isoFromDay(cell.day)}`;
}
