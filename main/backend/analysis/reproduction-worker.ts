/** The thread that estimates R: pooling draws over a year of windows takes seconds, in which nobody else shall wait for an answer. */
import {
	estimateReproductionNumberUncertain,
	NISHIURA_UNCERTAINTY,
} from "../../../core/epidemic/uncertain-serial-interval.ts";
import { createRandom } from "../../../core/statistics/random.ts";
import { serve } from "../../../machine/thread/serve.ts";
import type {
	ReproductionMethods,
	WindowsDone,
} from "./reproduction-methods.ts";

/** The same draws each time: the same cases give the same answer. */
const SEED = 1;
/** Progress is told each time that so many windows are done. */
const TOLD_EVERY = 16;

serve<ReproductionMethods, WindowsDone>({
	estimate: (cases, call) =>
		estimateReproductionNumberUncertain(
			{ local: cases },
			NISHIURA_UNCERTAINTY,
			createRandom(SEED),
			(done, of) => {
				if (done % TOLD_EVERY === 0) call.progress({ done, of });
				return !call.stopped();
			},
		),
});
