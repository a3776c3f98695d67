/** Epidemic commands of the analysts' command line. */

import type { Command } from "commander";

export { epidemicVerifiers } from "./epidemic-verifiers.ts";

/** Adds the epidemic commands to the program. */
export function registerEpidemicCommands(_program: Command): void {}
