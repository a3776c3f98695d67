/**
 * How a stock stands, in the six named states of the house: by the days that it lasts, and by how old the count is. The cut-offs are a
 * planning assumption that the task force sets for itself; they are stated wherever a class is shown.
 */

/** From the one that waits for nobody to the one of which nothing is known. */
export const SUPPLY_CLASSES = [
	"critical",
	"short",
	"watch",
	"safe",
	"stale",
	"none",
] as const;
export type SupplyClass = (typeof SUPPLY_CLASSES)[number];

/** Days of supply below which a stock is critical, short, or to be watched; at the last and above it is safe. */
export interface SupplyCutOffs {
	critical: number;
	short: number;
	watch: number;
	/** A count that is older than so many days says what was, not what is. */
	staleAfter: number;
}

/**
 * Critical: gone before a lorry that is loaded today arrives (3 days). Short: gone before the next weekly round. Watch: gone before the one
 * after. Stale: two missed days of a daily report are a weekend, more are silence.
 */
export const CUT_OFFS: SupplyCutOffs = {
	critical: 3,
	short: 7,
	watch: 14,
	staleAfter: 3,
};

/**
 * The class of a stock.
 * @param days days of supply left; Infinity: nothing is used; NaN: not known
 * @param age days since the count; NaN: there is none
 */
export function supplyClass(
	days: number,
	age: number,
	cutOffs: SupplyCutOffs = CUT_OFFS,
): SupplyClass {
	if (Number.isNaN(days) || Number.isNaN(age)) return "none";
	if (age > cutOffs.staleAfter) return "stale";
	if (days < cutOffs.critical) return "critical";
	if (days < cutOffs.short) return "short";
	return days < cutOffs.watch ? "watch" : "safe";
}
