import { z } from "zod";
import { Person } from "../access/person.ts";
import { PEOPLE } from "../access/role.ts";
import { CommandRefusal } from "./command-message.ts";
import { nothing } from "./parameter.ts";
import { command, query } from "./route.ts";

/** A command given on this workstation, as the tray shows it and a screen lays it over its figures. */
export const OutboxEntry = z.object({
	id: z.uuid(),
	name: z.string(),
	request: z.unknown(),
	person: Person,
	/** Milliseconds since 1970. */
	givenAt: z.number(),
	/**
	 * waiting: not carried out yet; done: carried out, shown by the publication `seq`; refused: see `refusal`; recalled: it was carried out,
	 * and the hub was restored to a time before that.
	 */
	state: z.enum(["waiting", "done", "refused", "recalled"]),
	tries: z.int(),
	/** Why it still waits. */
	problem: z.string().nullable(),
	refusal: CommandRefusal.nullable(),
	audit: z.int().nullable(),
	/** Null: not published yet. */
	seq: z.int().nullable(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

export const Outbox = query({
	path: "/api/outbox",
	about:
		"Commands given on this workstation: what waits, was sent, was refused.",
	role: PEOPLE,
	keeps: "narrowed",
	from: "backend",
	reads: ["outbox", "session"],
	request: nothing,
	answer: OutboxEntry.array(),
});

export const RemoveFromOutbox = command({
	name: "remove-from-outbox",
	about:
		"Take back a command that was not sent, or clear one that was refused or recalled.",
	role: PEOPLE,
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({ id: z.uuid() }),
	answer: z.object({ removed: z.boolean() }),
});
