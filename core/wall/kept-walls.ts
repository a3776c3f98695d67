import { z } from "zod";
import { DisplayGrid, MOST_GRIDS } from "./grid.ts";
import { MOST_PICTURES, PictureId } from "./picture.ts";
import { Playlist } from "./playlist.ts";
import { picturesIn, Scene, WallId } from "./scene.ts";

export const MOST_SCENES = 100;
export const MOST_PLAYLISTS = 30;
/** Changes that can be taken back; scenes as they were before are found in them. */
export const MOST_CHANGES = 200;

const was = <Kept extends z.ZodType>(kept: Kept) =>
	z.strictObject({
		id: WallId,
		/** When (ms since 1970-01-01 UTC) and by whom it was changed. */
		at: z.number(),
		by: z.string().max(200),
		/** As it was before, and where it stood; null: it was not there. */
		was: z.strictObject({ value: kept, place: z.int().min(0) }).nullable(),
	});

const Change = z.union([
	was(Scene).extend({ what: z.literal("scene") }),
	was(Playlist).extend({ what: z.literal("playlist") }),
	was(DisplayGrid).extend({ what: z.literal("grid") }),
]);
export type Change = z.infer<typeof Change>;

/** What the walls of a workstation show: whoever works at it arranges it, and it stays when they go. */
export const Walls = z.strictObject({
	scenes: Scene.array().max(MOST_SCENES),
	playlists: Playlist.array().max(MOST_PLAYLISTS),
	grids: DisplayGrid.array().max(MOST_GRIDS),
	/** The last one last. */
	changes: Change.array().max(MOST_CHANGES),
});
export type Walls = z.infer<typeof Walls>;

export const NO_WALLS: Walls = {
	scenes: [],
	playlists: [],
	grids: [],
	changes: [],
};

/** Who changes something, and when (ms since 1970-01-01 UTC). */
export interface By {
	readonly by: string;
	readonly at: number;
}

type Of = { scene: Scene; playlist: Playlist; grid: DisplayGrid };
/** What is kept of the walls. */
export type WallPart = keyof Of;
const LISTS = {
	scene: "scenes",
	playlist: "playlists",
	grid: "grids",
} as const;
const MOST = {
	scene: MOST_SCENES,
	playlist: MOST_PLAYLISTS,
	grid: MOST_GRIDS,
} as const;

function listOf<What extends keyof Of>(walls: Walls, what: What): Of[What][] {
	return walls[LISTS[what]] as Of[What][];
}

function changed<What extends keyof Of>(
	walls: Walls,
	what: What,
	id: string,
	{ by, at }: By,
	next: readonly Of[What][],
): Walls {
	const before = listOf(walls, what);
	const place = before.findIndex((one) => one.id === id);
	const value = before[place];
	const change = {
		...{ what, id, at, by },
		was: value ? { value, place } : null,
	} as Change;
	return {
		...walls,
		[LISTS[what]]: next,
		changes: [...walls.changes, change].slice(-MOST_CHANGES),
	};
}

/** The walls after a scene or playlist was kept; one of the same id is replaced. Null: there are too many. */
export function withKept<What extends keyof Of>(
	walls: Walls,
	what: What,
	value: Of[What],
	by: By,
): Walls | null {
	const list = listOf(walls, what);
	const at = list.findIndex(({ id }) => id === value.id);
	const next = at < 0 ? [...list, value] : list.with(at, value);
	return next.length > MOST[what]
		? null
		: changed(walls, what, value.id, by, next);
}

/** The walls without a scene or playlist; null: there is none of this id. */
export function withoutKept<What extends keyof Of>(
	walls: Walls,
	what: What,
	id: string,
	by: By,
): Walls | null {
	const list = listOf(walls, what);
	const next = list.filter((one) => one.id !== id);
	return next.length === list.length
		? null
		: changed(walls, what, id, by, next);
}

/** The walls before the last change; null: there is none to take back. */
export function lastTakenBack(walls: Walls): Walls | null {
	const last = walls.changes.at(-1);
	if (!last) return null;
	const rest = listOf(walls, last.what).filter(
		({ id }) => id !== last.id,
	) as Of[keyof Of][];
	const next = last.was
		? rest.toSpliced(last.was.place, 0, last.was.value)
		: rest;
	return {
		...walls,
		[LISTS[last.what]]: next,
		changes: walls.changes.slice(0, -1),
	};
}

/** What the last change was of, by whom and when; null: nothing was changed. */
export function lastChange(
	walls: Walls,
): { name: string; by: string; at: number } | null {
	const last = walls.changes.at(-1);
	if (!last) return null;
	const now = listOf(walls, last.what).find(({ id }) => id === last.id);
	return {
		name: (now ?? last.was?.value)?.name ?? last.id,
		by: last.by,
		at: last.at,
	};
}

/** A scene, playlist or grid as it was before each change of it, the newest first, with when it was changed and by whom. */
export function versionsOf<What extends keyof Of>(
	walls: Walls,
	what: What,
	id: string,
): { at: number; by: string; value: Of[What] }[] {
	return walls.changes
		.flatMap((change) =>
			change.what === what && change.id === id && change.was
				? [
						{
							...{ at: change.at, by: change.by },
							value: change.was.value as Of[What],
						},
					]
				: [],
		)
		.reverse();
}

/** The pictures of scenes as they stand and of those that can be brought back. */
export function picturesOf({ scenes, changes }: Walls): ReadonlySet<string> {
	const before = changes.flatMap((change) =>
		change.what === "scene" && change.was ? change.was.value : [],
	);
	return new Set(picturesIn([...scenes, ...before]));
}

/** Scenes and playlists as a file of their own, to be taken to another workstation. */
export const WallFile = z.strictObject({
	scenes: Scene.array().max(MOST_SCENES),
	playlists: Playlist.array().max(MOST_PLAYLISTS),
	/** The pictures of its scenes, each in Base64. */
	pictures: z
		.record(PictureId, z.base64())
		.refine((all) => Object.keys(all).length <= MOST_PICTURES),
});
export type WallFile = z.infer<typeof WallFile>;

/**
 * The walls after the scenes and playlists of a file were taken in; those of the same id are replaced, each a change that can be taken back.
 * Null: there are too many.
 */
export function withFile(walls: Walls, file: WallFile, by: By): Walls | null {
	let next: Walls | null = walls;
	for (const scene of file.scenes)
		next = next && withKept(next, "scene", scene, by);
	for (const playlist of file.playlists)
		next = next && withKept(next, "playlist", playlist, by);
	return next;
}
