import { z } from "zod";
import {
	REFUSAL_REASONS,
	REFUSALS,
	type RefusalParameters,
	type RefusalReason,
	refusalText,
} from "./refusal.ts";

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

/** Asks which of these commands were carried out, as far as the hub knows. */
export const OutcomesAsked = z.strictObject({
	ids: z.array(z.uuid()).max(500),
});
export const Outcomes = z.object({ done: z.array(CommandDone) });

/** Why a command was not carried out. Nothing was changed. */
export const CommandRefusal = z.object({
	/** What it means for whoever ordered (core/api/refusal). */
	code: z.enum([
		"command",
		"no-session",
		"not-allowed",
		"not-found",
		"conflict",
		"impossible",
	]),
	/** Why, for which each screen has its words. */
	reason: z.enum(REFUSAL_REASONS).catch("other"),
	/** What was found, by the names of the reason. */
	parameters: z.record(z.string(), z.union([z.string(), z.number()])).catch({}),
	/** The same in English, for logs. */
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

/** A refusal for a reason, with what was found. */
export function refusalOf<R extends RefusalReason>(
	reason: R,
	parameters: RefusalParameters<R>,
	other: CommandRefusal["other"] = null,
): CommandRefusal {
	return {
		code: REFUSALS[reason].code,
		reason,
		parameters,
		message: refusalText(reason, parameters),
		other,
	};
}
