/** How the epidemic reference files are recomputed: one verifier for each kind of file. */

import type { Verifier } from "./verify.ts";
import {
	ageStructuredVerifier,
	chimeUnitVerifier,
	chimeVerifier,
	renewalVerifier,
} from "./verify-hospital.ts";
import { levelsVerifier } from "./verify-levels.ts";
import { nowcastVerifier } from "./verify-nowcast.ts";
import {
	gammaQuantileVerifier,
	reproductionVerifier,
	serialIntervalVerifier,
} from "./verify-reproduction.ts";

export const epidemicVerifiers: Verifier[] = [
	reproductionVerifier,
	serialIntervalVerifier,
	gammaQuantileVerifier,
	nowcastVerifier,
	levelsVerifier,
	ageStructuredVerifier,
	chimeVerifier,
	chimeUnitVerifier,
	renewalVerifier,
];
