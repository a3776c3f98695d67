import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { HEXAGON_WIDTHS } from "../areas/hexagons.ts";
import { FACTS } from "./figures.ts";
import { mapLevel, oneOf, scale } from "./parameter.ts";
import { bytes, query } from "./route.ts";
import { ofSpread, SpreadHeader } from "./spread.ts";

/**
 * The body of /api/spread/cells is laid out as that of /api/cube. Its rows are the cells of core/areas/hexagons over the areas of the level
 * that whoever asks may see, in their order; the figure of a cell is that of the areas whose seat lies in it taken together, by the rules of
 * every other sum (/api/sum).
 */
export const CellsHeader = SpreadHeader.omit({ within: true }).extend({
	/** How many cells. */
	areas: z.int(),
	/** Kilometres from side to side, as it was asked for. */
	width: z.string(),
});
export type CellsHeader = z.infer<typeof CellsHeader>;

export const SpreadCells = query({
	path: "/api/spread/cells",
	about:
		"What is new in a period that ends on each day, in the areas whose seat lies in each cell of a grid of hexagons.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: FACTS,
	request: z.strictObject({
		...ofSpread,
		level: mapLevel,
		scale,
		/** Kilometres from side to side of a cell. */
		width: oneOf(HEXAGON_WIDTHS),
	}),
	answer: bytes(CellsHeader),
});
