/** `npm run model -- …`: the models of `core` on the command line, for analysts. */

import { Command } from "commander";
import {
	epidemicVerifiers,
	registerEpidemicCommands,
} from "./epidemic-commands.ts";
import {
	logisticsVerifiers,
	registerLogisticsCommands,
} from "./logistics-commands.ts";
import { exitCodeOf, formatReport, verifyFile } from "./verify.ts";

const program = new Command("model")
	.description(
		"Epidemic and logistics models of BLC Command, from CSV/JSON to CSV/JSON.",
	)
	.showHelpAfterError()
	.showSuggestionAfterError();

registerEpidemicCommands(program);
registerLogisticsCommands(program);

program
	.command("verify")
	.description(
		"Recompute reference files from their inputs and compare every expected value. Exit code: 0 all pass, 1 a difference, 2 a file cannot be used.",
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
	process.stderr.write(
		`${error instanceof Error ? error.message : String(error)}\n`,
	);
	process.exitCode = 2;
}
