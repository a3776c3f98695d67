/** The thread that projects cases: a thousand draws, and as many for each past day that is scored, take seconds in which nobody else shall wait. */
import { SCORED_DAYS, SCORED_EVERY } from "../../../core/api/projection.ts";
import { pastProjections } from "../../../core/epidemic/past-projection.ts";
import { projectRenewal } from "../../../core/epidemic/renewal-projection.ts";
import { NISHIURA_UNCERTAINTY } from "../../../core/epidemic/uncertain-serial-interval.ts";
import { createRandom } from "../../../core/statistics/random.ts";
import { serve } from "../../../machine/thread/serve.ts";
import type {
	ProjectionDone,
	ProjectionMethods,
} from "./projection-methods.ts";

/** The same draws each time, and those of the command line: the same cases give the same answer. */
const SEED = 1;
/** Days before the first that is projected from, as of the command line. */
const WARM_UP = 30;
const TOLD_EVERY = 50;

serve<ProjectionMethods, ProjectionDone>({
	project: ({ cases, factors }, call) =>
		projectRenewal(
			{
				incidence: cases,
				serialInterval: NISHIURA_UNCERTAINTY,
				horizonDays: factors.length,
				reproductionFactors: factors,
			},
			createRandom(SEED),
			(done, of) => {
				if (done % TOLD_EVERY === 0) call.progress({ done, of });
				return !call.stopped();
			},
		),
	score: ({ cases }, call) =>
		pastProjections(
			{
				incidence: cases,
				serialInterval: NISHIURA_UNCERTAINTY,
				horizonDays: SCORED_DAYS,
			},
			{ warmUp: WARM_UP, every: SCORED_EVERY },
			(origin) => createRandom(SEED).fork(`/${origin}`),
			(done, of) => {
				call.progress({ done, of });
				return !call.stopped();
			},
		),
});
