import { useEffect } from "react";
import { playhead } from "../clock/use-playhead.ts";
import { useConnection } from "../state/connection.ts";
import { leave } from "../state/drafts.ts";
import { useView, type View } from "../state/view-state.ts";
import { addressOf, viewFromAddress } from "./address.ts";

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
	return places.some((part) => before[part] !== after[part]);
}

/**
 * Keeps the address and the view in step, both ways. Another screen, area, indicator or day of knowledge is an entry of the history;
 * everything else (days above all, which run while time plays) changes the entry that is there.
 */
export function useAddress(): void {
	useEffect(() => {
		let shown = useView.getState();
		let reading = false;
		let at = placeIn(window.history.state) ?? 0;
		/** Back to where a draft is: the browser has already moved. */
		let returning = false;

		const write = (view: Shown) => {
			const before = shown;
			shown = view;
			const address = addressOf(view);
			if (address === window.location.hash) return;
			if (!reading && isElsewhere(before, view))
				window.history.pushState({ at: ++at }, "", address);
			else window.history.replaceState({ at }, "", address);
		};

		const take = (view: View) => {
			reading = true;
			useView.getState().change(view);
			reading = false;
			const dataset = useConnection.getState().state?.dataset;
			if (dataset && view.day !== null)
				playhead.seek(view.day - dataset.firstDay);
		};

		const read = ({ state }: PopStateEvent) => {
			if (returning) {
				returning = false;
				return;
			}
			const place = placeIn(state);
			const moved = place === null ? 1 : place - at;
			const asked = viewFromAddress(window.location.hash);
			const go = () => {
				at += moved;
				// Back leads to the place before, not to the language before; an address that was typed may name one.
				take(place === null ? asked : { ...asked, language: shown.language });
				// An entry of a typed address learns its place.
				window.history.replaceState({ at }, "", addressOf(useView.getState()));
			};
			if (asked.screen === shown.screen) return go();
			leave(go, () => {
				returning = true;
				window.history.go(-moved);
			});
		};

		const stop = useView.subscribe(write);
		window.addEventListener("popstate", read);
		window.history.replaceState({ at }, "", addressOf(shown));
		return () => {
			stop();
			window.removeEventListener("popstate", read);
		};
	}, []);
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
