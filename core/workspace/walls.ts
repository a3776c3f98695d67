import { z } from "zod";
import { NO_WALLS, WallFile, Walls } from "../wall/kept-walls.ts";
import { earlierForm, type VersionedFile } from "./versioned-file.ts";

/** Scenes had no notes for the speaker. What else they are is checked in the form after it. */
const WithoutNotes = z.looseObject({});
const withNotes = (scene: z.infer<typeof WithoutNotes>) => ({
	...scene,
	notes: "",
});
const ChangeOfOne = z.looseObject({
	what: z.string(),
	was: z.looseObject({ value: WithoutNotes }).nullable(),
});
const afterChange = (change: z.infer<typeof ChangeOfOne>) =>
	change.what === "scene" && change.was
		? { ...change, was: { ...change.was, value: withNotes(change.was.value) } }
		: change;

/** There were no pictures. */
const WithoutPictures = z.looseObject({});

/** There were no grids of displays. */
const WithoutGrids = z.looseObject({});

const ScenesOfOne = z.looseObject({ scenes: WithoutNotes.array() });
const WallsOfOne = ScenesOfOne.extend({ changes: ChangeOfOne.array() });

/** `walls.json` of a workstation: what its walls show. */
export const WALLS_FILE: VersionedFile<Walls> = {
	kind: "blc-walls",
	version: 4,
	schema: Walls,
	earlier: {
		1: earlierForm(WallsOfOne, (old) => ({
			...old,
			scenes: old.scenes.map(withNotes),
			changes: old.changes.map(afterChange),
		})),
		2: earlierForm(WithoutGrids, (old) => ({ ...old, grids: [] })),
		3: earlierForm(WithoutPictures, (old) => old),
	},
	empty: NO_WALLS,
};

/** Scenes and playlists in a file of their own, with their pictures. */
export const SCENES_FILE: Omit<VersionedFile<WallFile>, "empty"> = {
	kind: "blc-scenes",
	version: 3,
	schema: WallFile,
	earlier: {
		1: earlierForm(ScenesOfOne, (old) => ({
			...old,
			scenes: old.scenes.map(withNotes),
		})),
		2: earlierForm(WithoutPictures, (old) => ({ ...old, pictures: {} })),
	},
};
