import { z } from "zod";
import { WallId } from "./scene.ts";

/** A window that shows a wall says so often (ms) how many frames it has drawn. */
export const BEAT = 1_500;
/** Without another frame for so long (ms) it is taken for frozen: with what passes until that is looked at and told, less than ten seconds. */
export const FROZEN_AFTER = 6_000;
/** One that never came back is listed no longer after this time (ms). */
export const FORGOTTEN_AFTER = 10 * 60_000;
/** More windows than any wall has: the oldest is forgotten. */
const MOST = 64;

/** What a window that shows a wall says of itself. */
export const Beat = z.strictObject({
	window: WallId,
	/** What it hangs on, as its address says; empty: it says nothing. */
	name: z.string().max(80),
	/** What its address asks for; empty: what follows from the hour. */
	show: z.string().max(60),
	/** The scene that is seen; null: none yet. */
	scene: WallId.nullable(),
	/** Panels of it that are drawn as too old. */
	stale: z.int().min(0),
	/** What the wall itself says is wrong; null: nothing. */
	trouble: z.enum(["lost", "offline", "sync-error", "late"]).nullable(),
	/** Frames that it has drawn since it was opened. */
	frames: z.int().min(0),
	/** Pixels of the style sheet. */
	width: z.int().min(1).max(32_768),
	height: z.int().min(1).max(32_768),
	/** Which of its words this is: they may arrive in another order. */
	turn: z.int().min(0),
	/** It is closed: nothing more is heard of it, and that is no fault. */
	closing: z.boolean(),
});
export type Beat = z.infer<typeof Beat>;

/** A window as the backend knows it. */
export interface WallWindow extends Omit<Beat, "closing" | "turn"> {
	/** When it was last known to have drawn another frame (ms since 1970-01-01 UTC). */
	readonly drawnAt: number;
	/** Drew no other frame for too long, or was not heard of. */
	readonly frozen: boolean;
}

/** The windows after one of them has told of itself. A window that is hidden draws nothing: it says nothing, as one that is closed. */
export function afterBeat(
	windows: readonly WallWindow[],
	{ closing, turn: _, ...beat }: Beat,
	now: number,
): readonly WallWindow[] {
	const before = windows.find(({ window }) => window === beat.window);
	if (closing) return windows.filter((one) => one !== before);
	const drew = !before || before.frames !== beat.frames;
	const next: WallWindow = {
		...beat,
		drawnAt: drew ? now : before.drawnAt,
		frozen: drew ? false : before.frozen,
	};
	// Each keeps its place: a list that turned with every beat would be another one to whoever is told of changes.
	return before
		? windows.map((one) => (one === before ? next : one))
		: [...windows, next].slice(-MOST);
}

/** The windows as they are to be told at a moment: those without a frame for too long are frozen, those never heard of again are gone. */
export function lookedAt(
	windows: readonly WallWindow[],
	now: number,
): readonly WallWindow[] {
	return windows
		.filter(({ drawnAt }) => now - drawnAt < FORGOTTEN_AFTER)
		.map((one) =>
			!one.frozen && now - one.drawnAt >= FROZEN_AFTER
				? { ...one, frozen: true }
				: one,
		);
}
