import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { LEVELS } from "../areas/codes.ts";
import { nothing } from "./parameter.ts";
import { query } from "./route.ts";

export const AreaRow = z.object({
	id: z.int(),
	code: z.string(),
	level: z.enum(LEVELS),
	name: z.string(),
	parent: z.int().nullable(),
	lat: z.number().nullable(),
	lng: z.number().nullable(),
	population: z.int().nullable(),
	populationYear: z.int().nullable(),
	populationSource: z.string().nullable(),
	/** A pseudo area for cases whose place is not known: never drawn, always counted. */
	unknownPlace: z.boolean(),
});
export type AreaRow = z.infer<typeof AreaRow>;

export const GeographyInfo = z.object({
	approximate: z.boolean(),
	source: z.string(),
	licence: z.string(),
	/** Changes whenever the topojson changes. */
	version: z.string(),
});
export type GeographyInfo = z.infer<typeof GeographyInfo>;

/** The imported boundaries of the kecamatan of a province. */
export const DistrictGeographyInfo = GeographyInfo.omit({
	approximate: true,
}).extend({
	/** Area of the province. */
	province: z.int(),
	/** Size of the file, unpacked. */
	bytes: z.int(),
});
export type DistrictGeographyInfo = z.infer<typeof DistrictGeographyInfo>;

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

export const Districts = query({
	path: "/api/districts",
	about:
		"The kecamatan, in order of id: the rows of a cube of their level. Whoever shows none need not ask.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: ["area"],
	request: nothing,
	answer: AreaRow.array(),
});

export const Villages = query({
	path: "/api/villages",
	about:
		"The kelurahan that are counted in (those of Jakarta), in order of id: the rows of a cube of their level. Their position is that of a source, null until one states it.",
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

/**
 * Each is a file of its own, so that a screen loads the provinces it shows: GET /api/geography.topojson?province=12, TopoJSON with the
 * object `districts` and `properties.code`.
 */
export const DistrictGeography = query({
	path: "/api/geography/districts",
	about:
		"Of which provinces boundaries of kecamatan were imported, from whom, under which licence.",
	role: EVERYBODY,
	keeps: "open",
	from: "replica",
	reads: ["geography"],
	request: nothing,
	answer: DistrictGeographyInfo.array(),
});
