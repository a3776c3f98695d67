import { z } from "zod";
import { EVERYBODY } from "../access/role.ts";
import { STOCK_FAULTS } from "../logistics/stock-fault.ts";
import { reason } from "./decisions.ts";
import { areaId, asKnown, day, dayNumber, facilityId } from "./parameter.ts";
import { command, query } from "./route.ts";
import { SourceName } from "./sources.ts";

const DECIDERS = ["planner", "data-manager", "administrator"] as const;

/** Which count, and what it said when somebody looked at it: of a count that was corrected since, the decision says nothing. */
const count = {
	facility: z
		.int()
		.positive()
		.max(2 ** 31 - 1),
	item: z.string().min(1).max(200),
	day: dayNumber,
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

/** A count that is doubtful, or of which a person decided. */
export const HeldCount = z.object({
	facility: z.int(),
	name: z.string(),
	area: z.int(),
	/** Id of the catalogue. */
	item: z.string(),
	day: z.int(),
	/** As it was stated. */
	stated: z.number(),
	/** What is wrong with it; null: nothing is found against it, and somebody decided all the same. */
	fault: z.enum(STOCK_FAULTS).nullable(),
	/** What was probably meant; null: that cannot be told. */
	meant: z.number().nullable(),
	source: SourceName.nullable(),
	/** Null: it waits, and is in no sum. */
	decision: z
		.object({
			verdict: z.enum(["accepted", "refused"]),
			/** What counts instead; null: nothing. */
			value: z.number().nullable(),
			person: z.string(),
			at: z.number(),
			reason: z.string(),
		})
		.nullable(),
});
export type HeldCount = z.infer<typeof HeldCount>;

/** What is read to tell what lies on the shelves. */
export const COUNTS_OF_STOCK = [
	"area",
	"facility",
	"facility_report",
	"file",
	"source",
	"item",
	"stock_line",
	"stock_lot",
	"stock_decision",
] as const;

export const HeldStock = query({
	path: "/api/stock/held",
	about:
		"Counts of stock of an area that are doubtful and in no sum, and those of which a person decided, of a day and the four weeks before it, newest first.",
	role: EVERYBODY,
	keeps: "area",
	from: "replica",
	reads: COUNTS_OF_STOCK,
	request: z.strictObject({ area: areaId, day, as_known: asKnown }),
	answer: HeldCount.array(),
});

/** What a facility has of an item, as of a day. Amounts in units of the catalogue; null: not stated. */
const ItemStock = z.object({
	item: z.string(),
	/** The last count of four weeks; null: there is none. */
	count: z
		.object({
			day: z.int(),
			/** Days from the count to the day asked for. */
			age: z.int(),
			/** Null: held back, or refused. */
			onHand: z.number().nullable(),
			state: z.enum(["counts", "held", "refused", "accepted"]),
			source: SourceName.nullable(),
		})
		.nullable(),
	/** The last sheet of 45 days that speaks of it; null: there is none. */
	sheet: z
		.object({
			/** Of the period of what was received and used; `day` is its last. */
			firstDay: z.int(),
			day: z.int(),
			opening: z.number().nullable(),
			received: z.number().nullable(),
			used: z.number().nullable(),
			closing: z.number().nullable(),
			inTransit: z.number().nullable(),
			requested: z.number().nullable(),
			source: SourceName.nullable(),
			lots: z
				.object({
					lot: z.string(),
					units: z.number(),
					/** Last day on which it may be used; null: does not expire, or is not known. */
					expires: z.int().nullable(),
				})
				.array(),
		})
		.nullable(),
});

export const FacilityStock = z.object({
	facility: z.int(),
	area: z.int(),
	day: z.int(),
	/** The watched items, then what else its sheets speak of. */
	items: ItemStock.array(),
});
export type FacilityStock = z.infer<typeof FacilityStock>;

export const StockOfFacility = query({
	path: "/api/stock/facility",
	about:
		"What is known of the stock of one facility as of a day: counts, what was received and used, lots, in transit, requested; null: none is known, or not to whoever asks.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: COUNTS_OF_STOCK,
	request: z.strictObject({ facility: facilityId, day, as_known: asKnown }),
	answer: FacilityStock.nullable(),
});

/** The book of an item at a facility; units of the catalogue. */
export const StockBook = z.object({
	facility: z.int(),
	area: z.int(),
	item: z.string(),
	lines: z
		.object({
			firstDay: z.int(),
			day: z.int(),
			opening: z.number().nullable(),
			received: z.number().nullable(),
			given: z.number().nullable(),
			counted: z.number().nullable(),
			/** What the book says is there; null: it cannot be told. */
			book: z.number().nullable(),
			/** Counted less book: what nobody accounted for. */
			gap: z.number().nullable(),
			/** The part of the gap that came up in this period. */
			newGap: z.number().nullable(),
			source: SourceName.nullable(),
		})
		.array(),
});
export type StockBook = z.infer<typeof StockBook>;

export const StockLedger = query({
	path: "/api/stock/ledger",
	about:
		"The book of an item at a facility from its sheets: received, given out, what the book says is there, what was counted, and the gap; null: no such facility, or not for whoever asks.",
	role: EVERYBODY,
	keeps: "narrowed",
	from: "replica",
	reads: COUNTS_OF_STOCK,
	request: z.strictObject({
		facility: facilityId,
		item: z.string().min(1).max(200),
		as_known: asKnown,
	}),
	answer: StockBook.nullable(),
});
