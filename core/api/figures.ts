import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import {
	areaId,
	asKnown,
	day,
	indicator,
	level,
	measure,
} from "./parameter.ts";
import { bytes, query } from "./route.ts";
import {
	AreaTable,
	CubeHeader,
	Explanation,
	Kpi,
	Series,
} from "./situation.ts";

/**
 * A figure is computed once, in the backend, and every one of these gives the same: a screen never adds, subtracts or divides to state a
 * number.
 */
const FACTS = ["dataset", "area", "fact", "fact_revision", "source"] as const;

export const CubeOf = query({
	path: "/api/cube",
	about: "An indicator and measure for all areas of a level and all days.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ indicator, measure, level, as_known: asKnown }),
	answer: bytes(CubeHeader),
});

export const SeriesOf = query({
	path: "/api/series",
	about: "An area and indicator over all days.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ indicator, area: areaId, as_known: asKnown }),
	answer: Series,
});

export const Kpis = query({
	path: "/api/kpis",
	about: "The key figures of an area on a day.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ area: areaId, day, as_known: asKnown }),
	answer: Kpi.array(),
});

export const FiguresOf = query({
	path: "/api/figures",
	about:
		"One indicator of an area on a day, as in its tile, hover card and row.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ indicator, area: areaId, day, as_known: asKnown }),
	answer: Kpi,
});

export const TableOf = query({
	path: "/api/table",
	about: "One indicator of the areas directly below an area on a day.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({ indicator, area: areaId, day, as_known: asKnown }),
	answer: AreaTable,
});

export const Explain = query({
	path: "/api/explain",
	about: "Where a number comes from: its terms, claims, rule and revisions.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: [...FACTS, "claim", "file"],
	request: z.strictObject({
		indicator,
		measure,
		area: areaId,
		day,
		as_known: asKnown,
	}),
	answer: Explanation,
});
