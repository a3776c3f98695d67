import type { AreaRow } from "../../../core/api/areas.ts";
import type { AreaIndex } from "../../state/area-index.ts";

/** What every view is given. */
export interface ViewProps {
	areas: AreaIndex;
	/** Of a kecamatan the kabupaten/kota in which it lies: too few fall ill in one for a model. */
	selected: AreaRow;
	select: (area: AreaRow) => void;
}
