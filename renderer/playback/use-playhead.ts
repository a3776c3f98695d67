import { useSyncExternalStore } from "react";
import type { Day } from "../../core/series/day.ts";
import { useConnection } from "../state/connection.ts";
import { browserFrames, Playhead } from "./playhead.ts";

/** The one position in time of this window. */
export const playhead = new Playhead(browserFrames);

const onDay = (listener: () => void) => playhead.onDay(listener);
const onState = (listener: () => void) => playhead.onState(listener);

/** The whole day shown, as a day of the calendar. */
export function useShownDay(): Day {
	const offset = useSyncExternalStore(onDay, () => playhead.day);
	const firstDay = useConnection(
		(connection) => connection.state?.dataset?.firstDay ?? 0,
	);
	return firstDay + offset;
}

export function usePlaying(): boolean {
	return useSyncExternalStore(onState, () => playhead.playing);
}

export function useSpeed(): number {
	return useSyncExternalStore(onState, () => playhead.speed);
}
