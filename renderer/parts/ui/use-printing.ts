import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let printing = window.matchMedia("print").matches;

function set(now: boolean): void {
	printing = now;
	for (const listener of listeners) listener();
}

// Sheets are counted once the page has heard "beforeprint": what is drawn at the change of medium, a moment later, is cut off at the
// end of the last sheet counted.
window.addEventListener("beforeprint", () => set(true));
window.addEventListener("afterprint", () => set(false));

function listen(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Whether the page is being laid out for paper. */
export function usePrinting(): boolean {
	return useSyncExternalStore(listen, () => printing);
}

/**
 * Draws the page as it is drawn for paper, in a bright room, without printing it.
 * @returns goes back to the room
 */
export function layForPaper(): () => void {
	const { dataset } = document.documentElement;
	const room = dataset.mantineColorScheme;
	dataset.mantineColorScheme = "light";
	set(true);
	return () => {
		if (room) dataset.mantineColorScheme = room;
		set(false);
	};
}
