import { z } from "zod";

/** By which road files come that nobody gives by hand: pushed to the hub, fetched from an address, found in a folder. */
export const ROAD_KINDS = ["push", "pull", "folder"] as const;
export type RoadKind = (typeof ROAD_KINDS)[number];

/** Why nothing came by a road, or what came could not be used; each has its sentence in both languages. */
export const ROAD_FAULTS = [
	/** Nothing of a file could be used: it is in quarantine. `what`: its name. */
	"nothing-taken",
	/** `what`: its HTTP status. */
	"answered",
	/** No answer, or no whole one, in time; no connection. `what`: the system's word for it. */
	"unreachable",
	/** More bytes than one file may have. `what`: the limit in MB. */
	"too-large",
	/** It was sent on to another host, or the host has an address of a private network. `what`: the host. */
	"other-host",
	/** The folder, or a file in it, cannot be read. `what`: the name and the system's word. */
	"unreadable",
	/** Nobody has mapped tables of that source. `what`: its key. */
	"no-mapping",
	/** The hub itself failed. */
	"failed",
] as const;

export const RoadFault = z.object({
	code: z.enum(ROAD_FAULTS),
	what: z.string(),
});
export type RoadFault = z.infer<typeof RoadFault>;
