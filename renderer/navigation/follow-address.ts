import { clock } from "../clock/use-clock.ts";
import { leave } from "../state/drafts.ts";
import { useView } from "../state/view-state.ts";
import { type AskedPlace, addressOf, placeFromAddress } from "./address.ts";

type Shown = ReturnType<typeof useView.getState>;

/** Whether a person would want Back to lead here again: another place or question, not another day of it. */
function isElsewhere(before: Shown, after: Shown): boolean {
	// What an address asked for and is not there is no place to come back to.
	if (
		after.refused !== before.refused ||
		after.refusedKnown !== before.refusedKnown
	)
		return false;
	const places = ["screen", "area", "indicator", "asKnown"] as const;
	return (
		places.some((part) => before[part] !== after[part]) ||
		// A filter put on or taken off; what is typed on in it is the same question.
		Object.keys(before.own).sort().join() !==
			Object.keys(after.own).sort().join()
	);
}

/** Days run through many a second, playing or under a held key; browsers refuse an address that is written as often. */
const BETWEEN_DAYS_MILLISECONDS = 300;
/** While time plays nobody reads it: each writing costs as much as drawing a frame. */
const PLAYING_MILLISECONDS = 2_000;

/** The address of what is shown. */
function addressHere(): string {
	return addressOf({ ...useView.getState(), day: clock.asked });
}

/**
 * Keeps the address in step with the view and the clock, both ways. Another screen, area, indicator or day of knowledge, and a
 * filter put on or taken off, is an entry of the history; everything else (days above all, which run while time plays) changes the entry that is there.
 * Called as soon as the address has been read, for as long as the page lives: one that comes before the first picture is not lost.
 */
export function followAddress(): void {
	let shown = useView.getState();
	let reading = false;
	let at = placeIn(window.history.state) ?? 0;
	/** A person is asked whether to leave a draft: the browser has already moved, and what is shown is not of the entry it is at. */
	let asking = false;
	/** Back to where the draft is. */
	let returning = false;

	const write = (view: Shown) => {
		const before = shown;
		shown = view;
		if (asking) return;
		const address = addressHere();
		if (address === window.location.hash) return;
		if (!reading && isElsewhere(before, view))
			window.history.pushState({ at: ++at }, "", address);
		else window.history.replaceState({ at }, "", address);
	};

	let waiting: ReturnType<typeof setTimeout> | undefined;
	const writeDay = () => {
		if (waiting !== undefined || asking) return;
		const address = addressHere();
		if (address === window.location.hash) return;
		window.history.replaceState({ at }, "", address);
		waiting = setTimeout(
			writeAgain,
			clock.playing ? PLAYING_MILLISECONDS : BETWEEN_DAYS_MILLISECONDS,
		);
	};
	const writeAgain = () => {
		clearTimeout(waiting);
		waiting = undefined;
		writeDay();
	};

	const take = ({ day, ...view }: AskedPlace) => {
		reading = true;
		clock.ask(day);
		useView.getState().change(view);
		reading = false;
	};

	const read = ({ state }: PopStateEvent) => {
		if (returning) {
			returning = asking = false;
			writeDay();
			return;
		}
		const place = placeIn(state);
		const moved = place === null ? 1 : place - at;
		const asked = placeFromAddress(window.location.hash, shown.ownLanguage);
		const go = () => {
			asking = false;
			at += moved;
			// Back leads to the place before, not to the language before; an address that was typed may name one.
			take(place === null ? asked : { ...asked, language: shown.language });
			// An entry of a typed address learns its place.
			window.history.replaceState({ at }, "", addressHere());
		};
		// What was typed is about a number as it is known now (parts/decision).
		if (asked.screen === shown.screen && asked.asKnown === shown.asKnown)
			return go();
		asking = true;
		leave(go, () => {
			returning = true;
			window.history.go(-moved);
		});
	};

	useView.subscribe(write);
	clock.onDay(writeDay);
	clock.onState(writeAgain);
	window.addEventListener("popstate", read);
	window.history.replaceState({ at }, "", addressHere());
}

/** The place of an entry in the history of this page; null of one that the browser made for a typed address. */
function placeIn(state: unknown): number | null {
	const at = (state as { at?: unknown } | null)?.at;
	return typeof at === "number" ? at : null;
}

/** Goes to a screen with the area, day and knowledge that are chosen; asks first where something typed would be lost. */
export function goTo(screen: string): void {
	const { screen: here, change } = useView.getState();
	if (screen !== here) leave(() => change({ screen, own: {} }));
}
