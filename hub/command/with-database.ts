import { homedir } from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { type HubDatabase, openHubDatabase } from "../store/database.ts";

/** How a command ends. */
export const EXIT = {
	done: 0,
	/** Done, and some rows could not be used: they are in quarantine. */
	quarantined: 1,
	usage: 2,
	failed: 3,
	interrupted: 130,
} as const;

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

/** Opens the database for a command, and leaves it clean however the command ends. */
export async function withDatabase(
	options: DataOption,
	work: (db: HubDatabase, dataFolder: string) => Promise<number>,
	/** The work itself ends at a signal, in its own order. */
	{ endsItself = false } = {},
): Promise<void> {
	const dataFolder = path.resolve(options.data);
	const db = await openHubDatabase({
		dataFolder,
		databaseUrl: process.env.DATABASE_URL,
		log: (line) => console.error(`${line} …`),
	});
	// What is being stored is finished or rolled back; the database is left clean.
	const end = (): void =>
		void db.stop().finally(() => process.exit(EXIT.interrupted));
	if (!endsItself) {
		process.once("SIGINT", end);
		process.once("SIGTERM", end);
	}
	try {
		process.exitCode = await work(db, dataFolder);
	} finally {
		process.off("SIGINT", end);
		process.off("SIGTERM", end);
		await db.stop();
	}
}
