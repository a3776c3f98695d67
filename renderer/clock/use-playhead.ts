import { useSyncExternalStore } from "react";
import type { Day } from "../../core/series/day.ts";
import { useConnection } from "../state/connection.ts";
import { browserFrames, Playhead } from "./playhead.ts";
import { SettledDay } from "./settled-day.ts";

/** The one position in time of this window. */
export const playhead = new Playhead(browserFrames);

const figures = new SettledDay(playhead, 400);
const panels = new SettledDay(playhead, 1_000);
const onFigures = (listener: () => void) => figures.listen(listener);
const onPanels = (listener: () => void) => panels.listen(listener);

const onState = (listener: () => void) => playhead.onState(listener);

/** The day that single figures show: the playhead's while it stands still, at most a moment behind while it plays. */
export function useFigureDay(): Day {
	return useFirstDay() + useSyncExternalStore(onFigures, () => figures.day);
}

/** The day that panels show, which have more to draw; each says which day it is. */
export function usePanelDay(): Day {
	return useFirstDay() + useSyncExternalStore(onPanels, () => panels.day);
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
