import { z } from "zod";
import type { DisplayGrid } from "./grid.ts";
import { resolved } from "./grid.ts";
import { WallId } from "./scene.ts";

/**
 * The displays of one wall change at one moment: each says when it has the next scene ready, the backend waits until all of them have, and then
 * tells them when to change. One that is late is not waited for for longer than this after the others were due (ms): a display that fails must not
 * hold a whole wall.
 */
export const WAITS_FOR_LATE = 3_000;
/** What is decided is to be carried out so long (ms) after, when every display has heard of it. */
export const CHANGE_LEAD = 150;
/** A decision is told again to whoever asks for so long (ms): longer than a display takes that waits for what does not come (use-layers). */
const REMEMBERED = 30_000;

/** A change of scene: which comes, and from when on it was meant to be seen (ms since 1970-01-01 UTC, by the clock of the backend); 0: at once. */
export const SceneChange = z.strictObject({
	scene: WallId,
	due: z.number().min(0),
});
export type SceneChange = z.infer<typeof SceneChange>;

/** When the displays of a wall change. */
export const DecidedChange = SceneChange.extend({
	/** As `wallOf` calls it. */
	wall: z.string(),
	/** ms since 1970-01-01 UTC, by the clock of the backend. */
	at: z.number(),
});
export type DecidedChange = z.infer<typeof DecidedChange>;

/** A change that some displays of a wall have ready. */
export interface AwaitedChange extends SceneChange {
	readonly wall: string;
	/** When the first display had it ready (ms since 1970-01-01 UTC). */
	readonly since: number;
	readonly ready: readonly string[];
}

/** What is known of the changes of all walls. */
export interface Changes {
	readonly awaited: readonly AwaitedChange[];
	readonly decided: readonly DecidedChange[];
}
export const NO_CHANGES: Changes = { awaited: [], decided: [] };

/**
 * As which wall a display changes: those at places of one grid that show the same. Null: it stands alone.
 * @param asked what the display is asked to show, as its address or the desk says
 */
export function wallOf(
	grids: readonly DisplayGrid[],
	asked: string,
): string | null {
	const { show, standing } = resolved(grids, asked);
	return standing && show !== null ? `${standing.grid.id} ${show}` : null;
}

const isSame = (
	one: SceneChange & { wall: string },
	{ scene, due }: SceneChange,
	wall: string,
): boolean => one.scene === scene && one.due === due && one.wall === wall;

/**
 * What is decided with one more. A change may come again (a playlist goes back to its scene after a trigger): with the next one of its wall, and one
 * without a time of its own with the next one of its grid, it is over.
 */
export function withDecided(
	decided: readonly DecidedChange[],
	next: DecidedChange,
): readonly DecidedChange[] {
	const gridOf = ({ wall }: DecidedChange) => wall.split(" ")[0];
	return [
		...decided.filter(
			(one) =>
				one.wall !== next.wall &&
				(one.due !== 0 || gridOf(one) !== gridOf(next)),
		),
		next,
	];
}

/** When a change was decided to be; null: it is not. */
export function decidedAt(
	{ decided }: Changes,
	wall: string,
	change: SceneChange,
): number | null {
	return decided.find((one) => isSame(one, change, wall))?.at ?? null;
}

/** What is known after a display had a change ready. */
export function afterReady(
	changes: Changes,
	wall: string,
	change: SceneChange,
	window: string,
	now: number,
): Changes {
	if (decidedAt(changes, wall, change) !== null) return changes;
	const known = changes.awaited.find((one) => isSame(one, change, wall));
	const next: AwaitedChange = known
		? { ...known, ready: [...new Set([...known.ready, window])] }
		: { ...change, wall, since: now, ready: [window] };
	// A display has one change ready: what it said before is over, so that nobody's words are kept without end.
	const others = changes.awaited.flatMap((one) => {
		const ready = one.ready.filter((display) => display !== window);
		return one === known || ready.length === 0 ? [] : [{ ...one, ready }];
	});
	return { ...changes, awaited: [...others, next] };
}

/**
 * What is decided by now: of a change that every display of its wall has ready, or for which one was waited long enough, when it is.
 * @param displaysOf the displays of a wall that draw now
 * @returns also what was decided just now
 */
export function decide(
	{ awaited, decided }: Changes,
	displaysOf: (wall: string) => readonly string[],
	now: number,
): { changes: Changes; news: readonly DecidedChange[] } {
	const isOver = ({ wall, due, since, ready }: AwaitedChange): boolean =>
		displaysOf(wall).every((display) => ready.includes(display)) ||
		now >= Math.max(due, since) + WAITS_FOR_LATE;
	const news = awaited.filter(isOver).map(({ wall, scene, due }) => ({
		...{ wall, scene, due },
		at: Math.max(due, now + CHANGE_LEAD),
	}));
	const kept = decided.filter(({ at }) => now - at < REMEMBERED);
	if (news.length === 0 && kept.length === decided.length)
		return { changes: { awaited, decided }, news };
	return {
		changes: {
			awaited: awaited.filter((one) => !isOver(one)),
			decided: news.reduce(withDecided, kept),
		},
		news,
	};
}
