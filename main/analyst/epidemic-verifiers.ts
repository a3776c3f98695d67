/** How the epidemic reference files are recomputed: one verifier for each kind of file. */

import type { Verifier } from "./verify.ts";
import { ageStructuredVerifier } from "./verify-age-structured.ts";
import { chimeUnitVerifier, chimeVerifier } from "./verify-chime.ts";
import { levelsVerifier } from "./verify-levels.ts";
import { nowcastVerifier } from "./verify-nowcast.ts";
import { renewalVerifier } from "./verify-renewal.ts";
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
