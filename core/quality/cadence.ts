/**
 * How a source writes. "daily": a day without a report is silence; "on-change": only days with a change are written; "irregular": it
 * speaks on days of its own choosing (each week, now and then), so that of a day on which it says nothing nothing is known; "once": each
 * statement is a decision about one day (hub/write/override-value), which says nothing of other days and is taken as it is.
 */
export const CADENCES = ["daily", "on-change", "irregular", "once"] as const;
export type Cadence = (typeof CADENCES)[number];
