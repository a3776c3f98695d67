import { z } from "zod";
import { Scope } from "../access/scope.ts";
import { Detail } from "../feed/details.ts";
import { Preparing } from "../feed/preparing.ts";
import { nothing } from "./parameter.ts";
import { command, query } from "./route.ts";

/** What synchronisation is doing, one arm for each thing a person would do differently about. */
export const SyncState = z.discriminatedUnion("kind", [
	/** Connected, nothing to do. */
	z.object({ kind: z.literal("idle"), checkedAt: z.number() }),
	/**
	 * Receiving a snapshot or segments; done and total in bytes, or in publications for the catch-up. Before the hub's first publication:
	 * what it is doing until then (core/feed/preparing).
	 */
	z.object({
		kind: z.literal("receiving"),
		what: z.enum([
			...Preparing.shape.what.options,
			"snapshot",
			"segments",
			"installing",
		]),
		done: z.number(),
		total: z.number(),
	}),
	/** The hub cannot be reached; the replica is shown as it was. */
	z.object({
		kind: z.literal("offline"),
		since: z.number(),
		nextTryAt: z.number(),
	}),
	/** Something a person has to decide; `todo` names what. */
	z.object({
		kind: z.literal("error"),
		since: z.number(),
		code: z.enum([
			"signature",
			"chain",
			"rollback",
			"expired", // what the hub signed last is too old to be followed, or this computer's clock is wrong
			"schema",
			"update", // the hub needs a newer version of this program
			"disk",
			"corrupt",
			"refused",
			"secure-line", // no line on which nobody can listen: certificate, clock or address
			"internal", // a fault of this program, tried again like all others
		]),
		message: z.string(),
	}),
	/** No hub is configured. */
	z.object({ kind: z.literal("none") }),
]);
export type SyncState = z.infer<typeof SyncState>;

export const State = z.object({
	/** Null before the first snapshot. */
	dataset: z
		.object({
			exercise: z.boolean(),
			label: z.string(), // "LATIHAN" for an exercise, else ""
			title: z.string(),
			firstDay: z.int(),
			lastDay: z.int(),
			/** The first day on which anything was known: "as known on" an earlier day is refused. */
			knownFrom: z.int(),
			epoch: z.string(),
			seq: z.int(),
			/** The part of the country whose workstation this is: of a province nothing else is here, whoever sits there. */
			scope: Scope,
			/** Another where what is here was fetched anew, or a part of it put right, at the same publication. */
			stamp: z.string(),
			/** What of these days comes with a later publication: where that is empty now, it is not known yet. */
			follow: z.array(Detail),
			committedAt: z.number(), // ms: when the hub committed the publication shown
		})
		.nullable(),
	sync: SyncState,
});
export type State = z.infer<typeof State>;

/** Published after the replica moved to a new publication. */
export const Change = z.object({
	seq: z.int(),
	lastDay: z.int(),
	tables: z.array(z.string()),
});
export type Change = z.infer<typeof Change>;

/** What the workstation shows and what synchronisation is doing; also sent by /api/events at each change. */
export const CurrentState = query({
	path: "/api/state",
	about: "The dataset shown, and what synchronisation is doing.",
	role: "anyone",
	keeps: "open",
	from: "backend",
	reads: ["dataset", "sync"],
	request: nothing,
	answer: State,
});

export const RetrySync = command({
	name: "retry-sync",
	about: "Ask the hub again now, instead of at the next try.",
	role: "anyone",
	scope: "none",
	whenOffline: "here",
	request: nothing,
	answer: z.null(),
});
