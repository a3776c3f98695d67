import { readFileSync } from "node:fs";
import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { type Day, dayFromIso } from "../../core/series/day.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { CONNECTORS } from "../connectors/all.ts";
import type { Connector } from "../connectors/connector.ts";
import { ingest } from "../intake/ingest.ts";
import { readDataset } from "../store/dataset-state.ts";
import {
	type DataOption,
	EXIT,
	withData,
	withDatabase,
} from "./with-database.ts";

/** Errors of one file that are written out; the others are in quarantine all the same. */
const SHOWN = 10;

/** Adds `ingest CONNECTOR FILE…`. */
export function registerIngest(program: Command): void {
	withData(program.command("ingest"))
		.description(
			"take in source files; rows that cannot be used go to quarantine",
		)
		.argument("<connector>", "the format of the files", connectorNamed)
		.argument("<file...>", "files of that format")
		.option(
			"--as-of <day>",
			"day the files speak as of, where neither they nor their names say so",
			parseDay,
		)
		.addHelpText(
			"after",
			`\nConnectors:\n${CONNECTORS.map(({ key, describes }) => `  ${key}\n      ${describes}`).join("\n")}`,
		)
		.action(
			(
				connector: Connector,
				files: string[],
				options: DataOption & { asOf?: Day },
			) =>
				withDatabase(options, async (db) => {
					if ((await readDataset(db.pool)).exercise) {
						console.error(
							"This hub holds an exercise (LATIHAN); real reports need one of their own: another --data folder, or `reset`.",
						);
						return EXIT.failed;
					}
					const tree = loadAreaTree();
					let bad = 0;
					for (const file of files) {
						const bytes = contents(file);
						if (typeof bytes === "string") {
							console.error(`${file}: ${bytes}; the other files go on`);
							bad++;
							continue;
						}
						const taken = await ingest(db, connector, tree, {
							path: path.resolve(file),
							bytes,
							receivedAt: Date.now(),
							asOf: options.asOf ?? null,
						});
						if (taken.duplicate) {
							console.log(`${file}: taken in before, nothing changed`);
							continue;
						}
						console.log(
							`${file}: ${taken.accepted} rows taken in, ${taken.quarantined} in quarantine`,
						);
						for (const error of taken.parsed.errors.slice(0, SHOWN))
							console.log(
								`  ${error.line === null ? "file" : `line ${error.line}`}${error.column === null ? "" : `, ${error.column}`}: ${error.reason}; found ${error.found}; expected ${error.expected}`,
							);
						if (taken.parsed.errors.length > SHOWN)
							console.log(`  … and ${taken.parsed.errors.length - SHOWN} more`);
						bad += taken.quarantined;
					}
					return bad > 0 ? EXIT.quarantined : EXIT.done;
				}),
		);
}

/** The bytes of a file, or why it cannot be read. */
function contents(file: string): Buffer | string {
	try {
		return readFileSync(file);
	} catch (error) {
		return `cannot be read (${(error as NodeJS.ErrnoException).code})`;
	}
}

function connectorNamed(key: string): Connector {
	const connector = CONNECTORS.find((entry) => entry.key === key);
	if (!connector)
		throw new InvalidArgumentError(
			`There is ${CONNECTORS.map((entry) => entry.key).join(", ")}.`,
		);
	return connector;
}

export function parseDay(text: string): Day {
	const day = dayFromIso(text);
	if (day === undefined)
		throw new InvalidArgumentError("A day is written 2020-06-08.");
	return day;
}
