import type { Performer } from "./perform.ts";

/** Every command that the hub carries out. */
export const PERFORMERS: readonly Performer[] = [];
