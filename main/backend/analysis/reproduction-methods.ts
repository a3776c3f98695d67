import type { ReproductionCube } from "../../../core/epidemic/reproduction-cube.ts";
import type {
	PooledReproductionEstimate,
	SerialIntervalUncertainty,
} from "../../../core/epidemic/uncertain-serial-interval.ts";

/** How R is estimated. */
export interface ReproductionChoice {
	/** Days of the window of which an R is. */
	window: number;
	/** Mean and sd of the serial interval, or what is not known of them. */
	interval: { mean: number; sd: number } | SerialIntervalUncertainty;
}

/** What the thread that estimates R does. Both answer null when they were told to stop. */
export type ReproductionMethods = {
	/** @param given new cases of one area by day, NaN where not reported */
	estimate(
		given: ReproductionChoice & { cases: Float64Array },
	): PooledReproductionEstimate[] | null;
	/** @param given new cases of areas x days */
	estimateAll(
		given: ReproductionChoice & {
			interval: { mean: number; sd: number };
			areas: number;
			days: number;
			cases: Float64Array;
		},
	): ReproductionCube | null;
};

/** Windows or areas that are estimated, of how many. */
export interface WindowsDone {
	done: number;
	of: number;
}
