import { homedir } from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { EXIT } from "../../core/writing/exit.ts";
import { type HubDatabase, openHubDatabase } from "../store/database.ts";
import { complain } from "./terminal.ts";

export interface DataOption {
	data: string;
}

/** Adds `--data` to a command. */
export function withData(command: Command): Command {
	return command.option(
		"--data <folder>",
		"the hub's data folder",
		path.join(
			process.env.BLC_DATA ?? path.join(homedir(), ".blc-command"),
			"hub",
		),
	);
}

/**
 * Opens the database for a command, and leaves it clean however the command ends: an interrupt rolls back what is being stored, also
 * while the database is still being opened.
 * @param options.endsItself the work waits for `interrupted` and ends in its own order
 * @param options.apart a database of its own in the data folder, whatever DATABASE_URL says
 */
export async function withDatabase(
	options: DataOption,
	work: (
		db: HubDatabase,
		dataFolder: string,
		interrupted: Promise<void>,
	) => Promise<number>,
	{ endsItself = false, apart = false } = {},
): Promise<void> {
	const dataFolder = path.resolve(options.data);
	const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
	let interrupt = (): void => {};
	const interrupted = new Promise<void>((resolve) => {
		interrupt = resolve;
	});
	for (const signal of signals) process.once(signal, interrupt);
	const opening = openHubDatabase({
		dataFolder,
		databaseUrl: apart ? undefined : process.env.DATABASE_URL,
		keep: endsItself,
		log: (line) => complain(`${line} …`),
	});
	if (!endsItself)
		void interrupted
			.then(() => opening)
			.then((db) => db.stop())
			.finally(() => process.exit(EXIT.interrupted));
	const db = await opening;
	try {
		process.exitCode = await work(db, dataFolder, interrupted);
	} finally {
		for (const signal of signals) process.off(signal, interrupt);
		await db.stop();
	}
}
