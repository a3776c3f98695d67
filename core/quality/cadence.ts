/**
 * How a source writes. "daily": a day without a report is silence; "on-change": only days with a change are written; "once": each
 * statement is a decision about one day (hub/write/override-value), which says nothing of other days and is taken as it is.
 */
export type Cadence = "daily" | "on-change" | "once";
