/** Epidemic commands of the analysts' command line. */

import type { Command } from "commander";
import type { Verifier } from "./verify.ts";

/** Adds the epidemic commands to the program. */
export function registerEpidemicCommands(_program: Command): void {}

/** How the epidemic reference files are recomputed. */
export const epidemicVerifiers: Verifier[] = [];
