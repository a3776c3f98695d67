import { EVERYBODY } from "../access/role.ts";
import { nothing } from "./parameter.ts";
import { query } from "./route.ts";
import { AreaRow, GeographyInfo } from "./situation.ts";

export const Areas = query({
	path: "/api/areas",
	about: "Nation, provinces and regencies, in order of id.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: ["area"],
	request: nothing,
	answer: AreaRow.array(),
});

/** The boundaries themselves are a file: GET /api/geography.topojson, TopoJSON with the object `regencies` and `properties.code`. */
export const Geography = query({
	path: "/api/geography",
	about: "Which boundaries the map draws, from whom, under which licence.",
	role: EVERYBODY,
	keeps: "open",
	from: "backend",
	reads: ["geography"],
	request: nothing,
	answer: GeographyInfo,
});
