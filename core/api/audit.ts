import { z } from "zod";
import { Person } from "../access/person.ts";
import { DATA_MANAGERS } from "./data-managers.ts";
import { before } from "./parameter.ts";
import { query } from "./route.ts";

/** Who may read what others did. */
export const AUDITORS = DATA_MANAGERS;

/** A row of the audit trail. Its hash is over all the others and the row before. */
export const AuditRow = z.object({
	number: z.int().positive(),
	/** Milliseconds since 1970. */
	at: z.number(),
	command: z.uuid(),
	name: z.string(),
	person: Person,
	/** What was changed, as `file:12`. */
	subject: z.string(),
	/** JSON of the codes of every area whose figures it may change. */
	areas: z.string(),
	reason: z.string(),
	/** JSON each. */
	request: z.string(),
	before: z.string(),
	after: z.string(),
	/** JSON of the command that takes it back; null where nothing does. */
	inverse: z.string().nullable(),
	/** Number of the row that this one takes back. */
	undoes: z.int().nullable(),
	previous: z.string(),
	hash: z.string(),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const Audit = query({
	path: "/api/audit",
	about: "Who changed what, newest first, at most 200 rows; from the hub.",
	role: AUDITORS,
	keeps: "narrowed",
	from: "hub",
	reads: ["dataset", "outbox", "session"],
	request: z.strictObject({ before }),
	answer: AuditRow.array(),
});
