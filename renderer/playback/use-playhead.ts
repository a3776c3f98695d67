import { useSyncExternalStore } from "react";
import type { Day } from "../../core/series/day.ts";
import { useConnection } from "../state/connection.ts";
import { browserFrames, Playhead } from "./playhead.ts";
import { SettledDay } from "./settled-day.ts";

/** The one position in time of this window. */
export const playhead = new Playhead(browserFrames);

const settled = new SettledDay(playhead);
const onSettled = (listener: () => void) => settled.listen(listener);

const onDay = (listener: () => void) => playhead.onDay(listener);
const onState = (listener: () => void) => playhead.onState(listener);

/** The day of the calendar that time stands on, each as it comes: for the date itself. */
export function useShownDay(): Day {
	return useFirstDay() + useSyncExternalStore(onDay, () => playhead.day);
}

/** The day that panels show: the same while time stands still, at most a moment behind while it plays. */
export function useSettledDay(): Day {
	return useFirstDay() + useSyncExternalStore(onSettled, () => settled.day);
}

function useFirstDay(): Day {
	return useConnection(
		(connection) => connection.state?.dataset?.firstDay ?? 0,
	);
}

export function usePlaying(): boolean {
	return useSyncExternalStore(onState, () => playhead.playing);
}

export function useSpeed(): number {
	return useSyncExternalStore(onState, () => playhead.speed);
}
