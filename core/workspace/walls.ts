import { NO_WALLS, WallFile, Walls } from "../wall/kept-walls.ts";
import type { VersionedFile } from "./versioned-file.ts";

/** `walls.json` of a workstation: what its walls show. */
export const WALLS_FILE: VersionedFile<Walls> = {
	kind: "blc-walls",
	version: 1,
	schema: Walls,
	earlier: {},
	empty: NO_WALLS,
};

/** Scenes and playlists in a file of their own. */
export const SCENES_FILE: Omit<VersionedFile<WallFile>, "empty"> = {
	kind: "blc-scenes",
	version: 1,
	schema: WallFile,
	earlier: {},
};
