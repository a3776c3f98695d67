import { z } from "zod";

/**
 * Contract 3: the one frozen object `window.blc` that the desktop application hands to its own pages. A browser has none; every screen
 * works without it.
 */
export interface DesktopBridge {
	/** The displays attached now, in their order on the desk. */
	displays(): Promise<Display[]>;
	/** Moves this window to a display and fills it (or leaves full screen with null). */
	fillDisplay(id: number | null): Promise<void>;
	/** Asks where to save and writes there; resolves to false when the person cancelled. */
	save(request: SaveRequest): Promise<boolean>;
	/** Prints this window through the system's dialog. */
	print(): Promise<void>;
	/** Keeps the screen awake while true: a wall must not go dark. */
	keepAwake(on: boolean): Promise<void>;
}

export const Display = z.object({
	id: z.number(),
	label: z.string(),
	/** In device-independent pixels. */
	width: z.int(),
	height: z.int(),
	primary: z.boolean(),
});
export type Display = z.infer<typeof Display>;

export const SaveRequest = z.object({
	/** A file name without folder; the person chooses the folder. */
	name: z
		.string()
		.max(200)
		.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u)
		.refine((name) => !name.includes(".."), "no parent folders"),
	bytes: z.instanceof(Uint8Array),
});
export type SaveRequest = z.infer<typeof SaveRequest>;
