import type { CensusChoice } from "../../../core/logistics/census-choice.ts";
import type {
	CensusBasis,
	CensusProjection,
} from "../../../core/logistics/census-projection.ts";

/** What the thread that projects patients does. */
export type DemandMethods = {
	/** @returns null when it was told to stop */
	project(request: {
		basis: CensusBasis;
		choice: CensusChoice;
		days: number;
	}): CensusProjection | null;
};

/** Draws that are done, of how many. */
export interface DrawsDone {
	done: number;
	of: number;
}
