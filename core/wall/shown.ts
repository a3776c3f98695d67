import { z } from "zod";

/** What is shown by the clock: a scene, a playlist, or (empty) the playlist of the hour. */
export const ShownByTheClock = z
	.string()
	.regex(/^((scene|playlist)\.[a-z0-9-]{1,40})?$/);

/** The same, or a place of a grid (`grid.ID.ROW-COLUMN`), which says what is shown there. */
export const Shown = z
	.string()
	.regex(
		/^((scene|playlist)\.[a-z0-9-]{1,40}|grid\.[a-z0-9-]{1,40}\.[1-4]-[1-4])?$/,
	);
