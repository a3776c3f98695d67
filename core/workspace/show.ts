import { AT_REST, Show } from "../wall/show.ts";
import type { VersionedFile } from "./versioned-file.ts";

/** `show.json` of a workstation: what a presenter has its walls do, so that a backend that starts again changes nothing on them. */
export const SHOW_FILE: VersionedFile<Show> = {
	kind: "blc-show",
	version: 1,
	schema: Show,
	earlier: {},
	empty: AT_REST,
};
