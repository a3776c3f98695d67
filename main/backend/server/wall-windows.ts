import {
	afterBeat,
	type Beat,
	lookedAt,
	type WallWindow,
} from "../../../core/wall/wall-windows.ts";

/** Who watches the windows that show a wall. */
export interface WallWatch {
	windows(): readonly WallWindow[];
	/** @param device by which it is known, when it is one that was paired: a device tells of itself alone */
	beat(beat: Beat, device?: { id: string; name: string } | null): void;
	/** A device was sent away: that it draws no more is no fault. */
	leave(device: string): void;
	close(): void;
}

/** Looked at so often (ms). */
const EVERY = 500;
/** Of so many windows is known how far they had told of themselves, those that were closed among them. */
const REMEMBERED = 256;

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
	/** The last word of each window. What it said before and arrives later would bring back a window that is closed, and it would be called frozen. */
	const turns = new Map<string, number>();
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
		beat(beat, device) {
			// Nobody speaks for the window of another device.
			const speaker = `${device?.id ?? ""} ${beat.window}`;
			if (beat.turn <= (turns.get(speaker) ?? -1)) return;
			turns.delete(speaker);
			turns.set(speaker, beat.turn);
			for (const oldest of turns.keys()) {
				if (turns.size <= REMEMBERED) break;
				turns.delete(oldest);
			}
			const named = device
				? { ...beat, window: device.id, name: device.name }
				: beat;
			set(afterBeat(windows, named, clock()));
		},
		leave: (device) => set(windows.filter(({ window }) => window !== device)),
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
