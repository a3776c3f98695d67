import { useSyncExternalStore } from "react";

const paper = window.matchMedia("print");

function listen(listener: () => void): () => void {
	paper.addEventListener("change", listener);
	return () => paper.removeEventListener("change", listener);
}

/** Whether the page is being laid out for paper. */
export function usePrinting(): boolean {
	return useSyncExternalStore(listen, () => paper.matches);
}
