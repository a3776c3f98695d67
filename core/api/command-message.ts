import { z } from "zod";

/** A command on its way from a screen to whoever carries it out. */
export const CommandMessage = z.strictObject({
	/** Given by whoever orders it; the same id is carried out once, however often it arrives. */
	id: z.uuid(),
	name: z.string().max(60),
	/** The publication on the screen of the person who decided. Null: none was needed to decide. */
	basedOn: z.int().nonnegative().nullable(),
	request: z.unknown(),
});
export type CommandMessage = z.infer<typeof CommandMessage>;

/** What became of a command that was carried out. */
export const CommandDone = z.object({
	id: z.uuid(),
	/** Number of its row in the audit trail. */
	audit: z.int().positive(),
	/** The publication that carries it; null until it is published. */
	seq: z.int().nonnegative().nullable(),
});
export type CommandDone = z.infer<typeof CommandDone>;

/** Why a command was not carried out. Nothing was changed. */
export const CommandRefusal = z.object({
	code: z.enum([
		/** The command is not of its form, or there is no such command. */
		"command",
		/** Nobody is signed in, or no longer. */
		"no-session",
		/** The person's role or part of the country does not allow it. */
		"not-allowed",
		/** What it speaks of is not there. */
		"not-found",
		/** Somebody else changed the same thing since. */
		"conflict",
		/** What is asked for cannot be: the message says why. */
		"impossible",
	]),
	message: z.string(),
	/** With a conflict: who changed it, when and how. */
	other: z
		.object({
			person: z.string(),
			at: z.number(),
			name: z.string(),
			reason: z.string(),
			audit: z.int().positive(),
		})
		.nullable(),
});
export type CommandRefusal = z.infer<typeof CommandRefusal>;
