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
