import { z } from "zod";
import { Person } from "../access/person.ts";
import { CommandRefusal } from "./command-message.ts";

/** A command given on this workstation, as the tray shows it and a screen lays it over its figures. */
export const OutboxEntry = z.object({
	id: z.uuid(),
	name: z.string(),
	request: z.unknown(),
	person: Person,
	/** Milliseconds since 1970. */
	givenAt: z.number(),
	/** waiting: not carried out yet; done: carried out, shown by the publication `seq`; refused: see `refusal`. */
	state: z.enum(["waiting", "done", "refused"]),
	tries: z.int(),
	/** Why it still waits. */
	problem: z.string().nullable(),
	refusal: CommandRefusal.nullable(),
	audit: z.int().nullable(),
	/** Null: not published yet. */
	seq: z.int().nullable(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;
