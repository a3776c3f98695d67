import type { AreaIndex } from "../../state/area-index.ts";

/** What every part of the desk is given. */
export interface ViewProps {
	areas: AreaIndex;
}
