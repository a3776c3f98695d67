import { useEffect } from "react";
import { playhead } from "./use-playhead.ts";

/** Controls that use the arrows, space or backspace themselves. */
const OWN_KEYS =
	"input, textarea, select, [role=grid], [role=treegrid], [role=slider], [role=radiogroup], [role=listbox], [role=dialog], .ag-root";

/** The keys of the whole screen: playback, and up one level. */
export function useKeys(goUp: () => void): void {
	useEffect(() => {
		const onKey = (event: KeyboardEvent) => {
			if (event.ctrlKey || event.metaKey || event.altKey) return;
			const target = event.target as HTMLElement;
			if (event.defaultPrevented || target.closest(OWN_KEYS)) return;
			// Space on a button presses it.
			if (event.key === " " && target.closest("button, a")) return;
			// Escape closes what is open before it goes anywhere.
			if (event.key === "Escape" && document.querySelector("[role=dialog]"))
				return;
			const act = actions(goUp).get(event.key);
			if (!act) return;
			event.preventDefault();
			act();
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [goUp]);
}

function actions(goUp: () => void): Map<string, () => void> {
	return new Map([
		[" ", () => playhead.toggle()],
		["ArrowLeft", () => playhead.seek(playhead.day - 1)],
		["ArrowRight", () => playhead.seek(playhead.day + 1)],
		["Home", () => playhead.seek(0)],
		["End", () => playhead.seek(playhead.days - 1)],
		["Escape", goUp],
		["Backspace", goUp],
	]);
}
