import { useEffect, useRef } from "react";
import type { Day } from "../../core/series/day.ts";
import { useView } from "../state/view-state.ts";
import { playhead } from "./use-playhead.ts";

const ADDRESS_MILLISECONDS = 300;

/**
 * Ties the playhead to the days of the dataset and to the day in the address. Who watches the newest day goes on watching the
 * newest day when another arrives.
 */
export function useDatasetDays(firstDay: Day, lastDay: Day): void {
	const seen = useRef<{ firstDay: Day; lastDay: Day } | null>(null);
	useEffect(() => {
		const before = seen.current;
		seen.current = { firstDay, lastDay };
		const asked = useView.getState().day;
		const shown = before ? before.firstDay + playhead.day : (asked ?? lastDay);
		const follow = before !== null && shown === before.lastDay;
		playhead.setDays(lastDay - firstDay + 1);
		if (before && follow && playhead.playing) return;
		playhead.seek((follow ? lastDay : shown) - firstDay);
	}, [firstDay, lastDay]);

	useEffect(() => {
		let waiting: ReturnType<typeof setTimeout> | undefined;
		const note = () => {
			clearTimeout(waiting);
			waiting = setTimeout(
				() => useView.getState().change({ day: firstDay + playhead.day }),
				playhead.playing ? ADDRESS_MILLISECONDS : 0,
			);
		};
		const stops = [playhead.onDay(note), playhead.onState(note)];
		return () => {
			clearTimeout(waiting);
			for (const stop of stops) stop();
		};
	}, [firstDay]);
}
