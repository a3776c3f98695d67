/** Logistics commands of the analysts' command line: `needs`, `allocate`. */

import type { Command } from "commander";
import { registerAllocate } from "./allocate-command.ts";
import { registerLogisticsFigures } from "./logistics-figures.ts";
import { registerNeeds } from "./needs-command.ts";

export { logisticsVerifiers } from "./logistics-verifiers.ts";

/** Adds the logistics commands to the program. */
export function registerLogisticsCommands(program: Command): void {
	registerNeeds(program);
	registerAllocate(program);
	registerLogisticsFigures(program);
}
