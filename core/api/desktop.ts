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
	/** Asks where to save and writes there. */
	save(request: SaveRequest): Promise<SaveAnswer>;
	/** Prints this window through the system's dialog, and says so itself when it cannot. */
	print(): Promise<void>;
	/** Keeps the screen awake while true: a wall must not go dark. */
	keepAwake(on: boolean): Promise<void>;
	/** The file of ours that a person opened with this application, handed over once; null: none. */
	openedFile(): Promise<OpenedFile | null>;
	/** Calls back whenever there is another; the last listener alone. */
	onOpenedFile(listener: () => void): void;
}

/** Either its text, or why it could not be read, in words for a person. */
export interface OpenedFile {
	/** Without its folder. */
	name: string;
	text: string | null;
	problem: string | null;
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

/** Not saved without a problem: the person cancelled. A reason that is thrown would come with words of Electron's around it. */
export interface SaveAnswer {
	saved: boolean;
	problem: string | null;
}

const LONGEST_NAME = 200;

/** Windows takes these for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A name for a file that every system takes, and `SaveRequest` too: other signs than letters, digits, space and `._-` become `-`. */
export function fileNameOf(text: string): string {
	const plain = text
		.normalize("NFC")
		.replace(/[^\p{L}\p{N} ._-]+/gu, "-")
		.replace(/\.{2,}/g, ".")
		.replace(/^[^\p{L}\p{N}]+/u, "")
		.replace(/[ .]+$/, "")
		.replace(DEVICE, "$&-");
	const dot = plain.lastIndexOf(".");
	const ending = dot > 0 ? plain.slice(dot) : "";
	return (
		plain.slice(0, plain.length - ending.length).slice(0, LONGEST_NAME - 20) +
			ending.slice(0, 20) || "BLC"
	);
}

export const SaveRequest = z.object({
	/** A file name without folder; the person chooses the folder. */
	name: z
		.string()
		.max(LONGEST_NAME)
		.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u)
		.refine((name) => !name.includes(".."), "no parent folders"),
	bytes: z.instanceof(Uint8Array),
});
export type SaveRequest = z.infer<typeof SaveRequest>;
