import { useEffect } from "react";
import { create } from "zustand";

/** What was typed and not yet sent, and where a person was about to go instead. */
interface Drafts {
	/** Forms on this screen that hold something unsent. */
	open: number;
	/** Somebody is about to leave; the shell asks (shell/leave-dialog). */
	leaving: { go: () => void; stay: () => void } | null;
}

export const useDrafts = create<Drafts>()(() => ({ open: 0, leaving: null }));

/**
 * Guards what was typed and not yet sent: while `dirty`, leaving the screen asks first, and closing the window lets the browser ask.
 * For a form: `useDraftGuard(reason !== "" && !sent)`.
 */
export function useDraftGuard(dirty: boolean): void {
	useEffect(() => {
		if (!dirty) return;
		const warn = (event: BeforeUnloadEvent) => event.preventDefault();
		window.addEventListener("beforeunload", warn);
		useDrafts.setState(({ open }) => ({ open: open + 1 }));
		return () => {
			window.removeEventListener("beforeunload", warn);
			useDrafts.setState(({ open }) => ({ open: open - 1 }));
		};
	}, [dirty]);
}

/** Goes at once when nothing would be lost; else a person is asked. `stay` is called when the answer is no. */
export function leave(go: () => void, stay: () => void = () => {}): void {
	if (useDrafts.getState().open === 0) go();
	else useDrafts.setState({ leaving: { go, stay } });
}
