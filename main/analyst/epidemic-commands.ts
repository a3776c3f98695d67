/** Epidemic commands of the analysts' command line. */

import type { Command } from "commander";
import { registerFigureCommand } from "./figure-command.ts";
import { registerNowcastCommand } from "./nowcast-command.ts";
import { registerProjectCommand } from "./project-command.ts";
import { registerRtCommand } from "./rt-command.ts";
import { registerScoreCommand } from "./score-command.ts";

export { epidemicVerifiers } from "./epidemic-verifiers.ts";

/** Adds `rt`, `nowcast`, `project`, `score` and `figures` to the program. */
export function registerEpidemicCommands(program: Command): void {
	registerRtCommand(program);
	registerNowcastCommand(program);
	registerProjectCommand(program);
	registerScoreCommand(program);
	registerFigureCommand(program);
}
