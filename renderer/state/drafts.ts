import { useEffect, useMemo, useRef, useState } from "react";
import { create } from "zustand";

/** What was typed and not yet sent, and where a person was about to go instead. */
interface Drafts {
	/** Forms in this window that hold something unsent. */
	open: number;
	/** Somebody is about to leave; the shell asks (shell/leave-dialog). */
	leaving: { go: () => void; stay: () => void } | null;
}

export const useDrafts = create<Drafts>()(() => ({ open: 0, leaving: null }));

/** The event on which a person answered. */
let answeredOn: Event | undefined;

/**
 * Guards what was typed and not yet sent: while `dirty`, leaving the screen asks first, and closing or reloading the window lets the host ask.
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

/** A form that opens and closes in its place; what closes it asks first while it holds something unsent. */
export interface DraftForm {
	readonly opened: boolean;
	readonly open: () => void;
	/** Closes it; asks first. */
	readonly close: () => void;
	/** Closes it once it has been sent. */
	readonly done: () => void;
	/** Told by the form whether it holds something unsent. */
	readonly note: (dirty: boolean) => void;
}

export function useDraftForm(): DraftForm {
	const [opened, setOpened] = useState(false);
	const dirty = useRef(false);
	const acts = useMemo(() => {
		const done = () => {
			dirty.current = false;
			setOpened(false);
		};
		return {
			open: () => setOpened(true),
			close: () => (dirty.current ? ask(done) : done()),
			done,
			note: (now: boolean) => {
				dirty.current = now;
			},
		};
	}, []);
	return { opened, ...acts };
}

/** What closes the boxes that are open over what they belong to, innermost last. */
const boxes: (() => void)[] = [];

/** For a form in a box of its own. */
export function useOpenBox({ opened, close }: DraftForm): void {
	useEffect(() => {
		if (!opened) return;
		boxes.push(close);
		return () => {
			boxes.splice(boxes.lastIndexOf(close), 1);
		};
	}, [opened, close]);
}

/**
 * Closes the box that is open over a drawer, which hears every Escape of the window: also one in the moment before the focus is in the box.
 * @returns false when there is none, and the drawer itself is meant
 */
export function closeBox(): boolean {
	const close = boxes.at(-1);
	close?.();
	return close !== undefined;
}

/** Goes at once when nothing would be lost; else a person is asked. `stay` is called when the answer is no. */
export function leave(go: () => void, stay: () => void = () => {}): void {
	if (useDrafts.getState().open === 0) go();
	else ask(go, stay);
}

/** The newest way out is the one that is asked about: of what hears one Escape, the innermost hears it last. */
function ask(go: () => void, stay: () => void = () => {}): void {
	// The Escape that answers closes nothing else that hears it.
	const { event } = globalThis as { event?: Event };
	if (event && event === answeredOn) return;
	useDrafts.setState({ leaving: { go, stay } });
}

/** Answers whoever was about to leave. */
export function answerLeaving(answer: "go" | "stay"): void {
	const { leaving } = useDrafts.getState();
	answeredOn = (globalThis as { event?: Event }).event;
	useDrafts.setState({ leaving: null });
	leaving?.[answer]();
}
