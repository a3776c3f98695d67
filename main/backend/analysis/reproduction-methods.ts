import type { PooledReproductionEstimate } from "../../../core/epidemic/uncertain-serial-interval.ts";

/** What the thread that estimates R does. */
export type ReproductionMethods = {
	/** @param cases new ones by day, NaN where not reported. Null: it was told to stop */
	estimate(cases: Float64Array): PooledReproductionEstimate[] | null;
};

/** Windows that are estimated, of how many. */
export interface WindowsDone {
	done: number;
	of: number;
}
