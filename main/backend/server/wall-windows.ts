import {
	afterReady,
	type Changes,
	type DecidedChange,
	decide,
	decidedAt,
	NO_CHANGES,
	type SceneChange,
} from "../../../core/wall/together.ts";
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
	beat(beat: Beat, session: string, device?: Device | null): void;
	/**
	 * A display has its next scene ready.
	 * @returns when it changes (ms since 1970-01-01 UTC); null: that is not decided, and told when it is
	 */
	ready(
		window: string,
		change: SceneChange,
		device?: Device | null,
	): number | null;
	/** A device was sent away: that it draws no more is no fault. */
	leave(device: string): void;
	close(): void;
}

/** What is known of a paired device. */
type Device = { id: string; name: string; show: string };

/** Who is told that the displays of a wall change. */
export interface Together {
	/** As which wall a display changes that is asked to show something; null: alone. */
	wallOf(show: string): string | null;
	/** @param sessions of the windows that show the wall */
	tell(change: DecidedChange, sessions: ReadonlySet<string>): void;
}

/** Looked at so often (ms). */
const EVERY = 500;
/** Of so many windows is known how far they had told of themselves, those that were closed among them. */
const REMEMBERED = 256;

/**
 * Watches whether the windows that show a wall still draw.
 * @param changed called when one comes, goes, shows something else, freezes or is well again
 * @param together whoever has the displays of one wall change at one moment
 */
export function watchWalls(
	report: (message: string) => void,
	changed: () => void,
	together: Together,
	clock: () => number = Date.now,
): WallWatch {
	let windows: readonly WallWindow[] = [];
	/** The last word of each window. What it said before and arrives later would bring back a window that is closed, and it would be called frozen. */
	const turns = new Map<string, number>();
	/** Of each window that is watched: whose it is, and what it is asked to show. As which wall it changes follows from what that wall shows by then. */
	const seats = new Map<string, { session: string; show: string }>();
	const wallAt = (window: string): string | null => {
		const seat = seats.get(window);
		return seat ? together.wallOf(seat.show) : null;
	};
	let changes: Changes = NO_CHANGES;
	const lookAtChanges = (): void => {
		const decided = decide(
			changes,
			// One that draws nothing yet, or is behind already, is not waited for.
			(wall) =>
				windows
					.filter(
						({ window, frozen, scene, trouble }) =>
							!frozen &&
							scene !== null &&
							trouble !== "late" &&
							wallAt(window) === wall,
					)
					.map(({ window }) => window),
			clock(),
		);
		changes = decided.changes;
		for (const change of decided.news) {
			const of = [...seats].flatMap(([window, { session }]) =>
				wallAt(window) === change.wall ? [session] : [],
			);
			together.tell(change, new Set(of));
		}
	};
	const set = (next: readonly WallWindow[]): void => {
		const before = windows;
		windows = next;
		const watched = new Set(next.map(({ window }) => window));
		for (const window of seats.keys())
			if (!watched.has(window)) seats.delete(window);
		if (toldOf(before) === toldOf(next)) return;
		for (const { window, frozen, name, drawnAt } of next)
			if (before.find((one) => one.window === window)?.frozen === !frozen)
				report(
					`wall ${name || window}: ${frozen ? `has drawn nothing since ${new Date(drawnAt).toISOString()}` : "draws again"}`,
				);
		changed();
	};
	const looking = setInterval(() => {
		set(lookedAt(windows, clock()));
		lookAtChanges();
	}, EVERY);
	looking.unref();
	return {
		windows: () => windows,
		ready(window, change, device) {
			const id = device?.id ?? window;
			const wall = wallAt(id);
			// Of one that was not heard of yet nobody knows on which wall it hangs: it says so again.
			if (wall === null) return null;
			changes = afterReady(changes, wall, change, id, clock());
			lookAtChanges();
			return decidedAt(changes, wall, change);
		},
		beat(beat, session, device) {
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
			// Nobody says where another's device hangs: that stands in what it was told to show.
			const asked = device?.show ?? beat.show;
			seats.set(named.window, { session, show: asked });
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
