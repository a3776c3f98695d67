import { useEffect } from "react";
import { DEVICE_ROLES } from "../../core/access/role.ts";
import { clock } from "../clock/use-clock.ts";
import { useSession } from "../state/session.ts";
import { useChangeWorkspace, useWorkspace } from "../state/settings.ts";
import { DEFAULT_VIEW, useView } from "../state/view-state.ts";
import { addressOf } from "./address.ts";

/** Nobody looks at something for less than this (ms); days run while time plays. */
const SETTLED_AFTER = 2_000;

const DEFAULT_PLACE = { ...DEFAULT_VIEW, day: null };

/** Whether this window was opened without an address, and nothing has been chosen in it since. */
let bare: boolean | null = null;

/** Where a window begins: at its address, or where the person was last. */
export function firstAddress(last: string | null): string {
	bare ??= /^#?\/?$/.test(window.location.hash);
	if (!bare || last === null) return window.location.hash;
	bare = false;
	return last;
}

/** Where this window is, as the person would want it again: a window is not a wall because the last one was. */
function addressToKeep(): string {
	const view = useView.getState();
	return addressOf({
		...view,
		day: clock.asked,
		language: view.ownLanguage,
		wall: false,
	});
}

/**
 * Whether anything is shown that a person chose. The level of the map and the day may be those on which the first picture opened by
 * itself: that must not stand in the way of where the person was, which may be answered later.
 */
function isChosen(): boolean {
	const { mapLevel, day } = DEFAULT_PLACE;
	const place = { ...useView.getState(), day, mapLevel, wall: false };
	return (
		addressOf({ ...place, language: place.ownLanguage }) !==
		addressOf(DEFAULT_PLACE)
	);
}

/**
 * Keeps where the person is in this workstation's workspace, and goes there when they sign in at a window that shows nothing chosen yet.
 */
export function useLastAddress(): void {
	const last = useWorkspace("address");
	const change = useChangeWorkspace();
	// Nobody sits at a device of the walls who would want its place again, and it may keep none.
	const role = useSession().data?.person?.role;
	const isWall = role !== undefined && DEVICE_ROLES.includes(role);
	useEffect(() => {
		const address = firstAddress(last);
		if (address !== window.location.hash) window.location.hash = address;
	}, [last]);
	useEffect(() => {
		if (isWall) return;
		let timer: ReturnType<typeof setTimeout> | undefined;
		let told = addressToKeep();
		const keep = () => {
			// While time plays no day is where somebody is; each would be written out for nothing.
			if (useView.getState().wall || clock.playing) return;
			const address = addressToKeep();
			if (address === told) return;
			if (isChosen()) bare = false;
			clearTimeout(timer);
			timer = setTimeout(() => {
				told = address;
				change({ address });
			}, SETTLED_AFTER);
		};
		const stops = [
			useView.subscribe(keep),
			clock.onDay(keep),
			clock.onState(keep),
		];
		return () => {
			clearTimeout(timer);
			for (const stop of stops) stop();
		};
	}, [change, isWall]);
}
