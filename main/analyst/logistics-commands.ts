/** Logistics commands of the analysts' command line. */

import type { Command } from "commander";
import type { Verifier } from "./verify.ts";

/** Adds the logistics commands to the program. */
export function registerLogisticsCommands(_program: Command): void {}

/** How the logistics reference files are recomputed. */
export const logisticsVerifiers: Verifier[] = [];
