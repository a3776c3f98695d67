/** The thread that projects patients: a thousand draws over months take a second, in which nobody else shall wait for an answer. */
import { projectCensus } from "../../../core/logistics/census-projection.ts";
import { serve } from "../../../machine/thread/serve.ts";
import type { DemandMethods, DrawsDone } from "./demand-methods.ts";

/** Progress is told each time that so many draws are done. */
const TOLD_EVERY = 50;

serve<DemandMethods, DrawsDone>({
	project: ({ basis, choice, days }, call) =>
		projectCensus(basis, choice, days, (done, of) => {
			if (done % TOLD_EVERY === 0) call.progress({ done, of });
			return !call.stopped();
		}),
});
