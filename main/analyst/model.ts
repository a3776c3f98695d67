/** `npm run model -- …`: the models of `core` on the command line, for analysts. */

import { Command, CommanderError, InvalidArgumentError } from "commander";
import { EXIT } from "../../core/writing/exit.ts";
import {
	epidemicVerifiers,
	registerEpidemicCommands,
} from "./epidemic-commands.ts";
import {
	logisticsVerifiers,
	registerLogisticsCommands,
} from "./logistics-commands.ts";
import { tell } from "./terminal.ts";
import { exitCodeOf, formatReport, verifyFile } from "./verify.ts";

const program = new Command("model")
	.description(
		"Epidemic and logistics models of BLC Command, from CSV/JSON to CSV/JSON.",
	)
	.exitOverride()
	.showHelpAfterError("(--help says more)")
	.showSuggestionAfterError()
	.addHelpText(
		"after",
		`
Exit codes:
  0  done
  1  done, but a value differs, of some series nothing can be told, or what is held fast clashes
  2  the command line is wrong
  3  failed, as with a file that cannot be used; nothing was written`,
	);

registerEpidemicCommands(program);
registerLogisticsCommands(program);

program
	.command("verify")
	.description(
		"Recompute reference files from their inputs and compare every expected value.",
	)
	.argument("<files...>", "JSON files with inputs, expected, tolerance")
	.option("--json", "print the reports as JSON instead of tables")
	.action(async (files: string[], options: { json?: boolean }) => {
		const verifiers = [...epidemicVerifiers, ...logisticsVerifiers];
		const reports = [];
		for (const file of files) {
			const report = await verifyFile(file, verifiers);
			reports.push(report);
			if (!options.json) process.stdout.write(`${formatReport(report)}\n`);
		}
		if (options.json)
			process.stdout.write(
				`${JSON.stringify(reports, (_, value) => (value instanceof Map ? Object.fromEntries(value) : value), 2)}\n`,
			);
		process.exitCode = exitCodeOf(reports);
	});

try {
	await program.parseAsync();
} catch (error) {
	// What the parser refuses it has said already; what a command finds wrong with its options it has not.
	const parsed =
		error instanceof CommanderError && !(error instanceof InvalidArgumentError);
	if (!parsed)
		tell(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = !(error instanceof CommanderError)
		? EXIT.failed
		: parsed && error.exitCode === 0
			? EXIT.done
			: EXIT.usage;
}
