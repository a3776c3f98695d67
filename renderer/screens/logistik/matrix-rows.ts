import type { AreaRow } from "../../../core/api/areas.ts";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import type {
	AreaCell,
	PlaceCell,
	Shortage,
} from "../../../core/api/logistics.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import type { MatrixFigure } from "./search.ts";
import type { useStockChoice } from "./use-stock-choice.ts";

/** What of the shortage every panel of the view shows. */
export interface ShownShortage {
	areas: AreaIndex;
	selected: AreaRow;
	select: (area: AreaRow) => void;
	shortage: Shortage;
	facilities: readonly FacilityRow[];
	choice: ReturnType<typeof useStockChoice>;
}

/** A row: an area with the sums of its facilities, or one facility. */
export interface MatrixRow {
	readonly key: string;
	readonly name: string;
	readonly code: string;
	/** What lies in an area and in none of the areas below it. */
	readonly own: boolean;
	readonly area: AreaRow | null;
	readonly facility: FacilityRow | null;
	readonly cells: readonly (AreaCell | PlaceCell | null)[];
}

/** The rows of the matrix; the first of all is the area itself. */
export function matrixRows(
	{ areas, shortage, facilities }: ShownShortage,
	ownName: (area: AreaRow) => string,
): MatrixRow[] {
	const known = new Map(facilities.map((one) => [one.id, one]));
	return [
		...shortage.parts.flatMap(({ area: id, own, cells }): MatrixRow[] => {
			const area = areas.byId(id);
			return area
				? [
						{
							key: own ? "own" : `a${id}`,
							name: own ? ownName(area) : area.name,
							code: area.code,
							own,
							area,
							facility: null,
							cells,
						},
					]
				: [];
		}),
		...shortage.facilities.flatMap(({ facility: id, cells }): MatrixRow[] => {
			const facility = known.get(id);
			return facility
				? [
						{
							key: `f${id}`,
							name: facility.name,
							code: facility.code,
							own: false,
							area: null,
							facility,
							cells,
						},
					]
				: [];
		}),
	];
}

/** Whether a cell is of an area: it then counts facilities. */
export function isOfArea(cell: AreaCell | PlaceCell): cell is AreaCell {
	return "facilities" in cell;
}

/**
 * The day on which a stock, or the first of an area, runs out; Infinity: not as far as is looked ahead. Null: not known, also where some
 * of the area do not tell: any of them may be the first.
 */
export function outDay(cell: AreaCell | PlaceCell): number | null {
	const [day, known] = isOfArea(cell)
		? [cell.firstOut, cell.both > 0 && cell.both === cell.facilities]
		: [cell.stockOut, cell.onHand !== null && cell.use !== null];
	return day ?? (known ? Number.POSITIVE_INFINITY : null);
}

/** What a column is sorted by; null: not known, which stands last. */
export function sortedBy(
	cell: AreaCell | PlaceCell | null,
	figure: MatrixFigure,
): number | null {
	if (!cell) return null;
	switch (figure) {
		case "days":
			return cell.daysOfSupply ?? (cell.unused ? Number.MAX_VALUE : null);
		case "need":
			return cell.netNeed;
		case "out":
			return outDay(cell);
		case "below":
			return isOfArea(cell)
				? cell.below
				: cell.supply === "none"
					? null
					: Number(cell.supply === "critical" || cell.supply === "short");
	}
}
