import { z } from "zod";
import { EVERYBODY, PEOPLE } from "../access/role.ts";
import { Digest } from "../feed/publication.ts";
import { nothing, text } from "./parameter.ts";
import { query } from "./route.ts";
import { Freshness, QuarantineRow } from "./situation.ts";

export const FreshnessOf = query({
	path: "/api/freshness",
	about: "How far each source reports, and how completely.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: ["source", "file", "claim", "fact"],
	request: nothing,
	answer: Freshness.array(),
});

export const Quarantine = query({
	path: "/api/quarantine",
	about: "Rows that could not be used, newest file first, at most 2,000.",
	role: PEOPLE,
	keeps: "narrowed",
	from: "replica",
	reads: ["file", "quarantine"],
	request: z.strictObject({ file: text(500, "the name of a file") }),
	answer: QuarantineRow.array(),
});

export const DigestOf = query({
	path: "/api/digest",
	about: "Digest of the replica, to hold against the hub's.",
	role: EVERYBODY,
	keeps: "open",
	from: "replica",
	reads: ["dataset"],
	request: nothing,
	answer: Digest,
});
