import { z } from "zod";
import { Shown } from "../../../core/wall/shown.ts";

/** What the desk of walls keeps, each in a part of its own. */
export const WALL_PARTS = ["scenes", "playlists", "grids", "devices"] as const;

/** What of the walls stands in the address. */
export const wallSearch = z.object({
	part: z.enum(WALL_PARTS).default("scenes"),
	/** The scene, playlist or grid that is looked at, by its id. */
	of: z
		.string()
		.regex(/^[a-z0-9-]{0,40}$/)
		.default(""),
	/** What a wall shows: a scene or a playlist by its id, or what is shown at a place of a grid; empty: the playlist of the hour. */
	show: Shown.default(""),
	/** What a wall is called at the desk, where somebody looks whether it still draws. */
	name: z.string().max(80).default(""),
	/** This window is the presenter's. */
	remote: z.enum(["", "1"]).default(""),
	/** How far away who sits farthest is (m), and how large the screen (inch); empty: as the room has it. */
	far: z
		.string()
		.regex(/^(\d{1,2}(\.\d)?)?$/)
		.default(""),
	inch: z
		.string()
		.regex(/^(\d{1,3})?$/)
		.default(""),
	/** From which hour to which it is drawn darker. */
	dim: z
		.string()
		.regex(/^((1?\d|2[0-3])-(1?\d|2[0-3]))?$/)
		.default(""),
});
export type WallSearch = z.output<typeof wallSearch>;
