import { z } from "zod";
import { AT_REST, Show } from "../wall/show.ts";
import { earlierForm, type VersionedFile } from "./versioned-file.ts";

/** Displays had no sign. */
const WithoutSign = z.looseObject({});

/** `show.json` of a workstation: what a presenter has its walls do, so that a backend that starts again changes nothing on them. */
export const SHOW_FILE: VersionedFile<Show> = {
	kind: "blc-show",
	version: 2,
	schema: Show,
	earlier: {
		1: earlierForm(WithoutSign, (old) => ({ ...old, signUntil: null })),
	},
	empty: AT_REST,
};
