import { useLayoutEffect } from "react";
import { typeSize } from "../../../core/wall/legibility.ts";
import { isWithin, type Zone } from "../../../core/wall/playlist.ts";
import type { WallSearch } from "./search.ts";

/** Larger letters than this (px) leave no room for a panel on any display. */
const LARGEST = 96;

/** The size of type for the room that an address states (px); null: it states none, and the room's density holds. */
export function typeForRoom(
	{ far, inch }: Pick<WallSearch, "far" | "inch">,
	width: number,
	height: number,
): number | null {
	const distance = Number(far);
	const diagonal = Number(inch);
	return distance > 0 && diagonal > 0
		? Math.min(LARGEST, typeSize({ distance, diagonal, width, height }))
		: null;
}

/** Draws everything as large as the room asks for, as long as this wall is shown; never smaller than it would be without. */
export function useTypeForRoom(search: Pick<WallSearch, "far" | "inch">): void {
	const { far, inch } = search;
	useLayoutEffect(() => {
		const { style } = document.documentElement;
		const apply = () => {
			style.fontSize = "";
			const own = Number.parseFloat(
				getComputedStyle(document.documentElement).fontSize,
			);
			const wished = typeForRoom({ far, inch }, innerWidth, innerHeight);
			if (wished !== null && wished > own) style.fontSize = `${wished}px`;
		};
		apply();
		// What is drawn and not laid out (map, chart) measures again.
		window.dispatchEvent(new Event("resize"));
		window.addEventListener("resize", apply);
		return () => {
			window.removeEventListener("resize", apply);
			style.fontSize = "";
			window.dispatchEvent(new Event("resize"));
		};
	}, [far, inch]);
}

/** Whether a wall is drawn darker now: between the hours of `22-6`, by the clock of a zone. */
export function isDim(hours: string, zone: Zone, now: number): boolean {
	const [from, to] = hours.split("-").map(Number);
	if (hours === "" || from === undefined || to === undefined) return false;
	return isWithin(
		{ weekdays: [0, 1, 2, 3, 4, 5, 6], from: from * 60, to: to * 60, zone },
		now,
	);
}

/** Rounds of the shift against burning in (ms): of no common measure, so that no pixel is spared for long. */
const ACROSS = 37 * 60_000;
const DOWN = 53 * 60_000;

/** Where a wall is shifted to now, in rem: a few pixels, so slowly that nobody sees it move. */
export function shiftAt(now: number): { x: number; y: number } {
	const minute = Math.floor(now / 60_000) * 60_000;
	return {
		x: 0.22 * Math.sin((2 * Math.PI * minute) / ACROSS),
		y: 0.22 * Math.cos((2 * Math.PI * minute) / DOWN),
	};
}
