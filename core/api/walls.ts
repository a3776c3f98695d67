import { z } from "zod";
import { EVERYBODY, PEOPLE } from "../access/role.ts";
import { DisplayGrid } from "../wall/grid.ts";
import {
	LARGEST_PICTURE,
	PICTURE_REFUSALS,
	PICTURE_TYPES,
	PictureId,
} from "../wall/picture.ts";
import { Playlist } from "../wall/playlist.ts";
import { Scene, WallId } from "../wall/scene.ts";
import { Raised } from "../wall/trigger.ts";
import { nothing } from "./parameter.ts";
import { bytes, command, query } from "./route.ts";

/** A scene is a few thousand characters; its pictures are in the file too. */
const LONGEST_FILE = 40_000_000;
/** Base64 writes three bytes as four signs. */
const LONGEST_PICTURE = Math.ceil(LARGEST_PICTURE / 3) * 4;

export const WallsOf = query({
	path: "/api/walls",
	about:
		"The scenes, playlists and grids of displays that were made or changed at this workstation, for its walls and whoever works at it; those that ship are not among them.",
	role: EVERYBODY,
	keeps: "open",
	from: "backend",
	reads: ["workspace"],
	request: nothing,
	answer: z.object({
		scenes: Scene.array(),
		playlists: Playlist.array(),
		grids: DisplayGrid.array(),
		/** The last change, which can be taken back; null: there is none. */
		last: z
			.object({ name: z.string(), by: z.string(), at: z.number() })
			.nullable(),
	}),
});
export type WallsOf = z.infer<typeof WallsOf.answer>;

export const SceneVersions = query({
	path: "/api/walls/versions",
	about: "A scene as it was before each of its changes, the newest first.",
	role: PEOPLE,
	keeps: "open",
	from: "backend",
	reads: ["workspace"],
	request: z.strictObject({ scene: WallId }),
	answer: z.object({ at: z.number(), by: z.string(), scene: Scene }).array(),
});

export const GridVersions = query({
	path: "/api/walls/grid-versions",
	about:
		"A grid of displays as it was before each of its changes, the newest first.",
	role: PEOPLE,
	keeps: "open",
	from: "backend",
	reads: ["workspace"],
	request: z.strictObject({ grid: WallId }),
	answer: z
		.object({ at: z.number(), by: z.string(), grid: DisplayGrid })
		.array(),
});

export const RaisedTriggers = query({
	path: "/api/walls/raised",
	about:
		"The triggers of the playlists whose rules hold now, and why; those about an area outside are left out.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "backend",
	reads: ["dataset", "workspace"],
	request: nothing,
	answer: Raised.array(),
});

export const WallPicture = query({
	path: "/api/walls/picture",
	about:
		"A picture of the scenes; a device is given those of what it may come to show.",
	role: EVERYBODY,
	keeps: "open",
	from: "backend",
	reads: [],
	request: z.strictObject({ id: PictureId }),
	answer: bytes(z.object({ type: z.enum(PICTURE_TYPES) })),
});

const became = z.object({ became: z.enum(["kept", "too-many"]) });
const removed = z.object({ removed: z.boolean() });

export const KeepScene = command({
	name: "keep-scene",
	about: "Keep a scene of the walls, or change one.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: Scene,
	answer: became,
});

export const RemoveScene = command({
	name: "remove-scene",
	about: "Keep a scene no longer; one that ships stands again as it shipped.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ id: WallId }),
	answer: removed,
});

export const KeepPicture = command({
	name: "keep-picture",
	about:
		"Keep a picture for scenes: a PNG or WebP, of which nothing is kept but what is drawn. One that no scene shows goes after a day.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ data: z.base64().max(LONGEST_PICTURE) }),
	answer: z.object({
		became: z.enum(["kept", "too-many", ...PICTURE_REFUSALS]),
		/** What scenes call it; null: it was not kept. */
		id: PictureId.nullable(),
	}),
});

export const KeepPlaylist = command({
	name: "keep-playlist",
	about: "Keep a playlist of the walls, or change one.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: Playlist,
	answer: became,
});

export const RemovePlaylist = command({
	name: "remove-playlist",
	about:
		"Keep a playlist no longer; the one that ships stands again as it shipped.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ id: WallId }),
	answer: removed,
});

export const KeepGrid = command({
	name: "keep-grid",
	about:
		"Keep a grid of displays that is one wall, or change one and what it shows.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: DisplayGrid,
	answer: became,
});

export const RemoveGrid = command({
	name: "remove-grid",
	about:
		"Keep a grid of displays no longer; its displays say that their place is gone.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ id: WallId }),
	answer: removed,
});

export const HoldOffTrigger = command({
	name: "hold-off-trigger",
	about:
		"Keep the scene of a trigger from the walls until its rule holds anew, or let it come up again.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({
		playlist: WallId,
		trigger: WallId,
		off: z.boolean(),
	}),
	/** Null: its rule does not hold, so that there is nothing to hold off. */
	answer: z.object({ heldOff: z.boolean().nullable() }),
});

export const TakeBackWallChange = command({
	name: "take-back-wall-change",
	about:
		"Put scenes, playlists and grids back as they were before the last change.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: nothing,
	answer: z.object({ takenBack: z.boolean() }),
});

export const ImportScenes = command({
	name: "import-scenes",
	about: "Keep the scenes and playlists of a file.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ text: z.string().min(1).max(LONGEST_FILE) }),
	answer: z.object({
		became: z.enum(["kept", "too-many", "damaged", "newer"]),
	}),
});
