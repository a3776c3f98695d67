import type { AreaRow } from "../../../core/api/areas.ts";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import type {
	Laboratories,
	LaboratoryRow,
} from "../../../core/api/laboratories.ts";
import type { AreaIndex } from "../../state/area-index.ts";

/** What the parts of the view Laboratorium share. */
export interface ShownLaboratories {
	readonly areas: AreaIndex;
	readonly selected: AreaRow;
	readonly select: (area: AreaRow) => void;
	readonly data: Laboratories;
	/** By number. */
	readonly known: ReadonlyMap<number, FacilityRow>;
	/** The laboratory that is looked at; null: all of them. */
	readonly chosen: LaboratoryRow | null;
	readonly choose: (facility: number | null) => void;
}
