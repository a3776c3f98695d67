import type { AreaRow } from "../../../core/api/areas.ts";
import type {
	AreaTable,
	Figures,
	Origin,
	Pending,
	SourceChange,
} from "../../../core/api/figures.ts";
import { isApart } from "../../../core/areas/codes.ts";
import type { Day } from "../../../core/series/day.ts";
import { MARKS } from "../../../core/series/mark.ts";
import type { Measure } from "../../../core/series/measure.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { figureOf } from "../../state/figure.ts";
import { hasEstimatedPeople } from "../ui/estimated-people.ts";

/** One line of the table of areas. */
export interface AreaTableRow extends Record<Measure, number | null> {
	id: number;
	name: string;
	code: string;
	unknownPlace: boolean;
	/** Marks of the value and of the weekly figure beside it. */
	marks: number;
	sourceChange: SourceChange | null;
	/** The day of its last report. */
	reportDay: Day | null;
	/** Where the value comes from. */
	origin: Origin | null;
	/** It is reported, and nobody says how many people live in it: it has no rate. */
	noPeople: boolean;
	/** Its people are an estimate, and with them its rates. */
	estimatedPeople: boolean;
	/** Its value was not known yet, as of the day asked for. */
	notYetKnown: boolean;
	/** What a decision on its way will make of its value. */
	pending: Pending | null;
}

/** The lines of the table as the backend computed them: nothing is added up or subtracted here. */
export function areaTableRows(
	index: AreaIndex,
	table: AreaTable,
	nameOf: (area: AreaRow) => string = (area) => area.name,
): AreaTableRow[] {
	return table.rows.flatMap((figures) => {
		const area = index.byId(figures.area);
		return area ? [rowOf(area, figures, nameOf(area))] : [];
	});
}

function rowOf(area: AreaRow, figures: Figures, name: string): AreaTableRow {
	return {
		id: area.id,
		name,
		code: area.code,
		unknownPlace: area.unknownPlace,
		total: figureOf(figures, "total"),
		per100k: figureOf(figures, "per100k"),
		new7: figureOf(figures, "new7"),
		change7: figureOf(figures, "change7"),
		new7per100k: figureOf(figures, "new7per100k"),
		marks: figures.marks | figures.week.marks,
		sourceChange: figures.sourceChange,
		reportDay: figures.lastReported?.day ?? null,
		origin: figures.origin,
		noPeople:
			figures.value !== null && area.population === null && isApart(area.level),
		estimatedPeople: hasEstimatedPeople(area),
		notYetKnown: (figures.marks & MARKS.notYetKnown) !== 0,
		pending: figures.pending,
	};
}
