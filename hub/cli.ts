import { Command, CommanderError } from "commander";
import { EXIT } from "../core/writing/exit.ts";
import { registerAudit } from "./command/audit.ts";
import { registerBoundaries } from "./command/boundaries.ts";
import { registerImport } from "./command/import.ts";
import { registerIngest } from "./command/ingest.ts";
import { registerLook } from "./command/look.ts";
import { registerPeople } from "./command/people.ts";
import { registerPublish } from "./command/publish.ts";
import { registerRelease } from "./command/release.ts";
import { registerRoads } from "./command/roads.ts";
import { registerTables } from "./command/tables.ts";
import { registerTemplate } from "./command/template.ts";
import { complain } from "./command/terminal.ts";
import { registerWithdraw } from "./command/withdraw.ts";
import { registerWorkstations } from "./command/workstations.ts";
import { registerExerciseCommands } from "./exercise/command.ts";
import { ImportError } from "./intake/import-reference.ts";
import { WithdrawalError } from "./intake/withdraw.ts";
import { PortTaken } from "./publish/serve.ts";
import { isDatabaseLost } from "./store/database.ts";
import { isDiskFull } from "./store/disk-full.ts";
import { DatabaseSilent } from "./store/local-server.ts";
import { UnreadableFile } from "./store/remembered-file.ts";

const program = new Command("hub")
	.description(
		"BLC Command's integration server: source files in, one signed dataset out",
	)
	.exitOverride()
	.showHelpAfterError("(--help says more)")
	.addHelpText(
		"after",
		`
The database is the one of DATABASE_URL, or a local PostgreSQL in the data folder.

Exit codes:
  0  done
  1  done, but some rows were refused or are in quarantine
  2  the command line is wrong
  3  failed; nothing was changed`,
	);
registerIngest(program);
registerWithdraw(program);
registerImport(program);
registerBoundaries(program);
registerLook(program);
registerTemplate(program);
registerTables(program);
registerPublish(program);
registerPeople(program);
registerRelease(program);
registerRoads(program);
registerWorkstations(program);
registerAudit(program);
registerExerciseCommands(program);

try {
	await program.parseAsync();
} catch (error) {
	if (error instanceof CommanderError)
		process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
	else {
		complain(inWords(error));
		process.exitCode = EXIT.failed;
	}
}

/** What is a person's to mend is said in a sentence; anything else keeps its stack. */
function inWords(error: unknown): string {
	if (
		error instanceof ImportError ||
		error instanceof WithdrawalError ||
		error instanceof UnreadableFile ||
		error instanceof PortTaken ||
		error instanceof DatabaseSilent
	)
		return error.message;
	if (isDiskFull(error))
		return `the hub's disk is full (${(error as Error).message}); what was under way was rolled back. Free some space and run the command again.`;
	if (isDatabaseLost(error))
		return `the database ended while it was needed (${(error as Error).message}); what was under way was rolled back. Run the command again.`;
	if (!(error instanceof Error)) return String(error);
	if ("syscall" in error) return error.message;
	return error.stack ?? error.message;
}
