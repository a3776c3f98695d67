/** How the epidemic reference files are recomputed: one verifier for each kind of file. */

import type { Verifier } from "./verify.ts";
import {
	gammaQuantileVerifier,
	reproductionVerifier,
	serialIntervalVerifier,
} from "./verify-reproduction.ts";

export const epidemicVerifiers: Verifier[] = [
	reproductionVerifier,
	serialIntervalVerifier,
	gammaQuantileVerifier,
];
