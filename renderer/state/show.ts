import { create } from "zustand";
import { afterHearing, type HeardShow, Show } from "../../core/wall/show.ts";
import { DecidedChange, withDecided } from "../../core/wall/together.ts";
import { backendNow } from "./backend-time.ts";

/** What a presenter has the walls do, as the backend tells it; null before its first word. */
export const useHeardShow = create<{ heard: HeardShow | null }>()(() => ({
	heard: null,
}));

/** The backend tells of an order, or of what holds. */
function hearShow(told: unknown): void {
	const read = Show.safeParse(told);
	if (!read.success) return;
	useHeardShow.setState(({ heard }) => ({
		heard: afterHearing(heard, read.data, backendNow()),
	}));
}

/** When the displays of walls of this window's session change, the last one last. */
export const useDecidedChanges = create<{
	decided: readonly DecidedChange[];
}>()(() => ({ decided: [] }));
/** One display awaits one change at a time; others of its session may have walls of their own. */
const CHANGES_REMEMBERED = 32;

/** The backend tells when a wall changes. */
function hearChange(told: unknown): void {
	const read = DecidedChange.safeParse(told);
	if (!read.success) return;
	useDecidedChanges.setState(({ decided }) => ({
		decided: withDecided(decided, read.data).slice(-CHANGES_REMEMBERED),
	}));
}

/** By the events that tell it. */
export const hear = { show: hearShow, scene: hearChange };
