import { z } from "zod";
import { reason } from "./decisions.ts";
import { command } from "./route.ts";

const DECIDERS = ["planner", "data-manager", "administrator"] as const;

/** Which count, and what it said when somebody looked at it: of a count that was corrected since, the decision says nothing. */
const count = {
	facility: z.int().positive(),
	item: z.string().min(1).max(200),
	/** Days since 1970-01-01. */
	day: z.int(),
	stated: z.number(),
};

/** What stands in the audit trail of a count before and after. */
const StockStanding = z.object({
	verdict: z.enum(["accepted", "refused", "open"]),
	/** What counts; null: nothing does. */
	counts: z.number().nullable(),
	/** What was stated. */
	stated: z.number(),
});
export type StockStanding = z.infer<typeof StockStanding>;

export const AcceptStock = command({
	name: "accept-stock",
	about:
		"Let a doubtful count of stock stand, as it is or as it was meant (boxes read as pieces).",
	role: DECIDERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({
		...count,
		/** What counts: the stated count, or what it was meant to be. */
		value: z.number().nonnegative().max(1e15),
		reason,
	}),
	answer: StockStanding,
});

export const RefuseStock = command({
	name: "refuse-stock",
	about: "Keep a count of stock out of every sum for good.",
	role: DECIDERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({ ...count, reason }),
	answer: StockStanding,
});

export const ReopenStock = command({
	name: "reopen-stock",
	about:
		"Take back what was decided of a count: it waits again if it is doubtful.",
	role: DECIDERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({ ...count, reason }),
	answer: StockStanding,
});
