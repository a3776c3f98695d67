/** What a person made of an alert. */
import { z } from "zod";
import type { Day } from "../series/day.ts";

/** The last day that an alert may sleep up to, in days from now on. */
export const LONGEST_SNOOZE = 90;
/** A new alert that nobody has taken up after so many days is overdue. */
export const OVERDUE_AFTER = 2;

export const AlertStanding = z.strictObject({
	status: z.enum(["new", "acknowledged", "closed"]),
	/** Who looks after it. */
	assignee: z.string().nullable(),
	/** It sleeps up to this day of the dataset, and comes back on it. */
	snoozedUntil: z.int().nullable(),
	/** What it turned out to be, once closed. */
	verdict: z.enum(["true", "false"]).nullable(),
});
export type AlertStanding = z.infer<typeof AlertStanding>;

export const NEW_STANDING: AlertStanding = {
	status: "new",
	assignee: null,
	snoozedUntil: null,
	verdict: null,
};

export const AlertChange = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("acknowledge") }),
	z.strictObject({
		kind: z.literal("assign"),
		/** Null: nobody any more. */
		to: z.string().trim().min(2).max(80).nullable(),
	}),
	/** The reason is the note. */
	z.strictObject({ kind: z.literal("note") }),
	z.strictObject({
		kind: z.literal("snooze"),
		/** Null: it wakes. */
		until: z.int().min(0).nullable(),
	}),
	z.strictObject({
		kind: z.literal("close"),
		verdict: z.enum(["true", "false"]),
	}),
	z.strictObject({ kind: z.literal("reopen") }),
	/** What took a change back: as it stood before. */
	z.strictObject({ kind: z.literal("restore"), to: AlertStanding }),
]);
export type AlertChange = z.infer<typeof AlertChange>;

/**
 * How an alert stands after a change. Whoever takes it up has seen it.
 * @returns null where the change cannot be: nothing but a note or opening it again is done with a closed one, and an open one is not opened
 */
export function changedStanding(
	before: AlertStanding,
	change: AlertChange,
): AlertStanding | null {
	if (change.kind === "restore") return change.to;
	if (change.kind === "note") return before;
	const isClosed = before.status === "closed";
	if (isClosed !== (change.kind === "reopen")) return null;
	switch (change.kind) {
		case "acknowledge":
			return { ...before, status: "acknowledged" };
		case "assign":
			return { ...before, status: "acknowledged", assignee: change.to };
		case "snooze":
			return {
				...before,
				status: "acknowledged",
				snoozedUntil: change.until,
			};
		case "close":
			return {
				...before,
				status: "closed",
				snoozedUntil: null,
				verdict: change.verdict,
			};
		case "reopen":
			return { ...before, status: "acknowledged", verdict: null };
	}
}

/** What is to be done with an alert, in the order in which an inbox shows it. */
export const ALERT_TURNS = [
	"overdue",
	"new",
	"acknowledged",
	"snoozed",
	"closed",
] as const;
export type AlertTurn = (typeof ALERT_TURNS)[number];

/** @param today the last day of the dataset */
export function turnOf(
	{ status, snoozedUntil }: AlertStanding,
	raised: Day,
	today: Day,
): AlertTurn {
	if (status === "closed") return "closed";
	if (snoozedUntil !== null && today < snoozedUntil) return "snoozed";
	if (status === "acknowledged") return "acknowledged";
	return today - raised > OVERDUE_AFTER ? "overdue" : "new";
}
