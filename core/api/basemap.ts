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

/** Why a chosen file is not drawn. "layers": none of its layers is one that the map knows. */
export const UNUSABLE = [
	"missing",
	"unreadable",
	"not-pmtiles",
	"cut-off",
	"tiles",
	"layers",
] as const;

/** A PMTiles file of this workstation (version 3), as it says of itself. */
const ArchiveInfo = z.discriminatedUnion("kind", [
	z.object({
		kind: z.enum(["raster", "vector"]),
		path: z.string(),
		/** Another one whenever the file is another. */
		version: z.string(),
		/** Plain text, empty where the file names nobody. */
		attribution: z.string(),
		minZoom: z.number(),
		maxZoom: z.number(),
		/** West, south, east, north in degrees. */
		bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
		/** Names of its vector layers. */
		layers: z.string().array(),
	}),
	z.object({
		kind: z.literal("unusable"),
		path: z.string(),
		why: z.enum(UNUSABLE),
		/** What was found instead, as it is written in the file or as the system says it. */
		found: z.string(),
	}),
]);
export type ArchiveInfo = z.output<typeof ArchiveInfo>;
export type DrawnArchive = Extract<ArchiveInfo, { version: string }>;

/**
 * What lies below the figures. The land itself is a file: GET /api/basemap.topojson, TopoJSON with the objects `neighbours` (polygons) and
 * `border` (where they meet Indonesia on land). So is the archive: GET /api/basemap.pmtiles, in ranges of bytes.
 */
export const Basemap = query({
	path: "/api/basemap",
	about:
		"What the map draws below the figures, from whom, under which licence.",
	role: EVERYBODY,
	keeps: "open",
	from: "backend",
	reads: ["settings"],
	request: nothing,
	answer: z.object({
		/** The land of the neighbours that comes with the application; null where its file is not there. */
		land: LandInfo.nullable(),
		/** The file that somebody chose, or that was given at the start; null: none. */
		archive: ArchiveInfo.nullable(),
		/** Whether it was given at the start, and is not to be chosen here. */
		given: z.boolean(),
	}),
});
export type Basemap = z.output<typeof Basemap.answer>;
