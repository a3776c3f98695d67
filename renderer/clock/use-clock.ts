import { useSyncExternalStore } from "react";
import type { Day } from "../../core/series/day.ts";
import { browserFrames, Clock } from "./clock.ts";
import { SettledDay } from "./settled-day.ts";

/** The one clock of this window. */
export const clock = new Clock(browserFrames);

let answersOnTheirWay = (): boolean => false;
const busy = () => answersOnTheirWay();
const figures = new SettledDay(clock, 400, busy);
const panels = new SettledDay(clock, 1_000, busy);

/** While time plays, figures and panels go on to another day once the answers to the last are there. */
export function waitForAnswers(onTheirWay: () => boolean): void {
	answersOnTheirWay = onTheirWay;
}

const onFigures = (listener: () => void) => figures.listen(listener);
const onPanels = (listener: () => void) => panels.listen(listener);

const onState = (listener: () => void) => clock.onState(listener);

/** What does not change with the day. */
type Still = Pick<Clock, "range" | "playing" | "speed" | "weekly" | "loop">;

/** One part of the clock that is not its day; those who show the day ask for it below. */
export function useClock<T>(select: (clock: Still) => T): T {
	return useSyncExternalStore(onState, () => select(clock));
}

/** The day that single figures show: the clock's while it stands still, at most a moment behind while it plays. */
export function useFigureDay(): Day {
	return useSyncExternalStore(onFigures, () => figures.day);
}

/** The day that panels show, which have more to draw; each says which day it is. */
export function usePanelDay(): Day {
	return useSyncExternalStore(onPanels, () => panels.day);
}

/** The day that an address of this place states; null for the newest. As slow as panels are. */
export function useAskedDay(): Day | null {
	return useSyncExternalStore(onPanels, () => panels.asked);
}
