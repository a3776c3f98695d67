import { naming } from "./name-source.ts";
import { overriding } from "./override-value.ts";
import type { Performer } from "./perform.ts";
import { restoring, withdrawing } from "./withdraw-file.ts";

/** Every command that the hub carries out. */
export const PERFORMERS: readonly Performer[] = [
	naming,
	overriding,
	restoring,
	withdrawing,
];
