import { useEffect, useRef } from "react";
import { goTo } from "../navigation/follow-address.ts";
import { SCREENS, type Screen } from "../screens/all.ts";
import { hasOwnPrint, printScreen } from "../state/screen-print.ts";
import { isFor, keyOf, type ShellCommand } from "./commands.ts";
import { openDialog } from "./opened.ts";

/** Where keys are letters, or choose among what is open. */
const TYPED_INTO =
	"input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true], [role=listbox], [role=menu], [role=dialog]";
/** Where arrows, space and the like move something of their own. */
const MOVED_IN =
	"[role=grid], [role=treegrid], [role=slider], [role=separator], [role=radiogroup], .ag-root";
/** What Escape closes before it leads anywhere. */
const OPEN = "[role=dialog], [role=menu], [role=listbox]";

/** Lists that are closed may stay in the document, unseen. */
function isOpen(): boolean {
	return [...document.querySelectorAll(OPEN)].some((one) =>
		one.checkVisibility(),
	);
}

/**
 * Closes a menu or box whose keys go to the button that opened it: it hears Escape only while the focus is inside, which comes a moment
 * after it is drawn, and goes with a click beside it.
 */
function closeOpened(): void {
	const openers = document.querySelectorAll<HTMLElement>(
		":is([aria-haspopup=dialog], [aria-haspopup=menu])[aria-expanded=true]",
	);
	for (const opener of openers) opener.click();
}

/** A letter that belongs to `g` comes within this time (ms). */
const SECOND_KEY_WITHIN = 1_500;

/** The keys of the whole window. Ctrl+K works everywhere, and Ctrl+P where a screen prints itself; everything else where nothing is typed. */
export function useKeys(
	commands: readonly ShellCommand[],
	screen: Screen,
): void {
	// Asked before anything hears the key: what it closes is gone by the time it comes here. Listened to once and from the start, before
	// whatever opens later and closes itself on the way down.
	const open = useRef(false);
	useEffect(() => {
		const look = () => {
			open.current = isOpen();
		};
		window.addEventListener("keydown", look, { capture: true });
		return () => window.removeEventListener("keydown", look, { capture: true });
	}, []);
	useEffect(() => {
		let begun = Number.NEGATIVE_INFINITY;
		const onKey = (event: KeyboardEvent) => {
			if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
				event.preventDefault();
				openDialog("palette");
				return;
			}
			if (
				(event.ctrlKey || event.metaKey) &&
				event.key.toLowerCase() === "p" &&
				hasOwnPrint()
			) {
				event.preventDefault();
				printScreen();
				return;
			}
			if (event.ctrlKey || event.metaKey || event.altKey) return;
			const target = event.target as HTMLElement;
			if (event.defaultPrevented || target.closest(TYPED_INTO)) return;
			const letter = event.key.length === 1 && event.key !== " ";
			// A slider goes by arrows alone: Space plays on it too.
			const plays = event.key === " " && target.closest("[role=slider]");
			if (!letter && !plays && target.closest(MOVED_IN)) return;
			// Space on a button presses it.
			if (event.key === " " && target.closest("button, a")) return;
			if (event.key === "Escape" && open.current) {
				closeOpened();
				return;
			}
			if (event.timeStamp - begun < SECOND_KEY_WITHIN) {
				begun = Number.NEGATIVE_INFINITY;
				const there = SCREENS.find((one) => one.letter === event.key);
				if (there) {
					event.preventDefault();
					goTo(there.key);
				}
				return;
			}
			if (event.key === "g") {
				begun = event.timeStamp;
				return;
			}
			const key = keyOf(event);
			const found = commands.find(
				(command) => command.keys.includes(key) && isFor(command, screen),
			);
			if (!found) return;
			event.preventDefault();
			found.act();
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [commands, screen]);
}
