import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { nothing } from "./parameter.ts";
import { query } from "./route.ts";

/** Whose the land around the country is. */
const LandInfo = z.object({
	source: z.string(),
	licence: z.string(),
	/** Another one whenever the file is another. */
	version: z.string(),
});

/**
 * What lies below the figures. The land itself is a file: GET /api/basemap.topojson, TopoJSON with the objects `neighbours` (polygons) and
 * `border` (where they meet Indonesia on land).
 */
export const Basemap = query({
	path: "/api/basemap",
	about:
		"What the map draws below the figures, from whom, under which licence.",
	role: EVERYBODY,
	keeps: "open",
	from: "backend",
	reads: ["workspace"],
	request: nothing,
	answer: z.object({
		/** The land of the neighbours that comes with the application; null where its file is not there. */
		land: LandInfo.nullable(),
	}),
});
export type Basemap = z.output<typeof Basemap.answer>;
