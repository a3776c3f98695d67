import {
	afterBeat,
	type Beat,
	lookedAt,
	type WallWindow,
} from "../../../core/wall/wall-windows.ts";

/** Who watches the windows that show a wall. */
export interface WallWatch {
	windows(): readonly WallWindow[];
	beat(beat: Beat): void;
	close(): void;
}

/** Looked at so often (ms). */
const EVERY = 500;

/**
 * Watches whether the windows that show a wall still draw.
 * @param changed called when one comes, goes, shows something else, freezes or is well again
 */
export function watchWalls(
	report: (message: string) => void,
	changed: () => void,
	clock: () => number = Date.now,
): WallWatch {
	let windows: readonly WallWindow[] = [];
	const set = (next: readonly WallWindow[]): void => {
		const before = windows;
		windows = next;
		if (toldOf(before) === toldOf(next)) return;
		for (const { window, frozen, name, drawnAt } of next)
			if (before.find((one) => one.window === window)?.frozen === !frozen)
				report(
					`wall ${name || window}: ${frozen ? `has drawn nothing since ${new Date(drawnAt).toISOString()}` : "draws again"}`,
				);
		changed();
	};
	const looking = setInterval(() => set(lookedAt(windows, clock())), EVERY);
	looking.unref();
	return {
		windows: () => windows,
		beat: (beat) => set(afterBeat(windows, beat, clock())),
		close: () => clearInterval(looking),
	};
}

/** What a person would be told of them: not each frame. */
function toldOf(windows: readonly WallWindow[]): string {
	return JSON.stringify(
		windows.map(({ frames: _, drawnAt, frozen, ...rest }) => [
			rest,
			frozen && drawnAt,
		]),
	);
}
