/** Serial intervals of COVID-19 that were published, so that a screen and the command line choose among the same ones. */

import type { PublishedInterval } from "./interval-name.ts";
import type { SerialIntervalUncertainty } from "./uncertain-serial-interval.ts";
import { NISHIURA_UNCERTAINTY } from "./uncertain-serial-interval.ts";

export interface IntervalEntry {
	/** Days. */
	readonly mean: number;
	readonly sd: number;
	readonly source: string;
	/** Whether mean and sd were read in the source itself. */
	readonly verified: boolean;
	/** What is not known of them; null: the source's bounds were not read. */
	readonly uncertainty: SerialIntervalUncertainty | null;
}

const { pairs, drawsPerPair } = NISHIURA_UNCERTAINTY;
/** Half the width of a 95 % interval, in standard deviations. */
const HALF = 1.96;

export const INTERVALS: Readonly<Record<PublishedInterval, IntervalEntry>> = {
	nishiura: {
		mean: NISHIURA_UNCERTAINTY.mean.mean,
		sd: NISHIURA_UNCERTAINTY.sd.mean,
		source: "Nishiura, Linton & Akhmetzhanov 2020, Int J Infect Dis 93:284-286",
		verified: false,
		uncertainty: NISHIURA_UNCERTAINTY,
	},
	du: {
		mean: 3.96,
		sd: 4.75,
		source: "Du et al. 2020, Emerg Infect Dis 26(6)",
		verified: true,
		uncertainty: {
			mean: { mean: 3.96, sd: (4.39 - 3.53) / 2 / HALF, low: 3.53, high: 4.39 },
			sd: { mean: 4.75, sd: (5.07 - 4.46) / 2 / HALF, low: 4.46, high: 5.07 },
			pairs,
			drawsPerPair,
		},
	},
	li: {
		mean: 7.5,
		sd: 3.4,
		source: "Li et al. 2020, N Engl J Med 382:1199-1207",
		verified: false,
		uncertainty: null,
	},
};
