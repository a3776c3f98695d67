import type { PastProjection } from "../../../core/epidemic/past-projection.ts";
import type { Projection } from "../../../core/epidemic/renewal-projection.ts";

/** What the thread that projects cases does. All answer null when they were told to stop. */
export type ProjectionMethods = {
	/** @param given new cases of an area by day up to the one projected from, and what R is multiplied by on each day ahead */
	project(given: {
		cases: Float64Array;
		factors: readonly number[];
	}): Projection | null;
	score(given: { cases: Float64Array }): PastProjection[] | null;
};

/** Draws or projections that are done, of how many. */
export interface ProjectionDone {
	done: number;
	of: number;
}
