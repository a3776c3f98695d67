/** The thread that estimates R: pooling draws over a year of windows takes seconds, in which nobody else shall wait for an answer. */
import { estimateReproductionCube } from "../../../core/epidemic/reproduction-cube.ts";
import {
	estimateReproductionNumber,
	slidingWindows,
} from "../../../core/epidemic/reproduction-number.ts";
import { discretiseSerialInterval } from "../../../core/epidemic/serial-interval.ts";
import { estimateReproductionNumberUncertain } from "../../../core/epidemic/uncertain-serial-interval.ts";
import { createRandom } from "../../../core/statistics/random.ts";
import { serve } from "../../../machine/thread/serve.ts";
import type {
	ReproductionMethods,
	WindowsDone,
} from "./reproduction-methods.ts";

/** The same draws each time, and those of the command line: the same cases give the same answer. */
const SEED = 1;
/** Progress is told each time that so many windows or areas are done. */
const TOLD_EVERY = 16;

serve<ReproductionMethods, WindowsDone>({
	estimate({ cases, window, interval }, call) {
		const given = {
			local: cases,
			windows: slidingWindows(cases.length, window),
		};
		if (!("pairs" in interval))
			return estimateReproductionNumber({
				...given,
				serialInterval: discretiseSerialInterval(
					interval.mean,
					interval.sd,
					Math.max(1, cases.length),
				),
			});
		return estimateReproductionNumberUncertain(
			given,
			interval,
			createRandom(SEED),
			(done, of) => {
				if (done % TOLD_EVERY === 0) call.progress({ done, of });
				return !call.stopped();
			},
		);
	},
	estimateAll({ areas, days, cases, window, interval }, call) {
		const cube = estimateReproductionCube(
			{
				areas,
				days,
				local: cases,
				windowDays: window,
				serialInterval: discretiseSerialInterval(
					interval.mean,
					interval.sd,
					Math.max(1, days),
				),
			},
			(done, of) => {
				if (done % TOLD_EVERY === 0) call.progress({ done, of });
				return !call.stopped();
			},
		);
		if (cube)
			for (const { buffer } of [
				cube.mean,
				...cube.quantiles,
				cube.aboveOne,
				cube.cases,
				cube.reason,
			])
				call.give(buffer as ArrayBuffer);
		return cube;
	},
});
