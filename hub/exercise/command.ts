import { homedir } from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { publish } from "../publish/publish.ts";
import { type HubDatabase, openHubDatabase } from "../store/database.ts";
import {
	DEFAULT_SEED,
	ExerciseError,
	inWords,
	type Played,
	playNextDay,
	startExercise,
} from "./play.ts";

interface Options {
	data: string;
	publish: boolean;
}

/** Adds `exercise start` and `exercise next-day` to the hub's command line. */
export function registerExerciseCommands(program: Command): void {
	const exercise = program
		.command("exercise")
		.description("a simulated country for drills (label LATIHAN)");
	withCommonOptions(exercise.command("start"))
		.description(
			"fill an empty database with the simulated country, from 2 March 2020 for 300 days; goes on where it was cut short",
		)
		.option(
			"--seed <text>",
			"the same seed gives the same bytes",
			String(DEFAULT_SEED),
		)
		.action((options: Options & { seed: string }) =>
			run(options, (db) =>
				startExercise(db, {
					seed: /^\d{1,10}$/.test(options.seed)
						? Number(options.seed)
						: options.seed,
					onProgress: (line) => console.log(line),
				}),
			),
		);
	withCommonOptions(exercise.command("next-day"))
		.description("play the day after the last one")
		.action((options: Options) => run(options, playNextDay));
}

function withCommonOptions(command: Command): Command {
	return command
		.option(
			"--data <folder>",
			"the hub's data folder",
			path.join(
				process.env.BLC_DATA ?? path.join(homedir(), ".blc-command"),
				"hub",
			),
		)
		.option("--publish", "publish what was played (the default)", true)
		.option("--no-publish", "leave it for a later `publish`");
}

async function run(
	options: Options,
	work: (db: HubDatabase) => Promise<Played>,
): Promise<void> {
	const db = await openHubDatabase({
		dataFolder: path.resolve(options.data),
		databaseUrl: process.env.DATABASE_URL,
		log: (line) => console.log(line),
	});
	// What is being stored is finished or rolled back; the database is left clean.
	const end = (): void => void db.stop().finally(() => process.exit(130));
	process.once("SIGINT", end);
	process.once("SIGTERM", end);
	try {
		console.log(inWords(await work(db)));
		if (!options.publish) return;
		console.log("Menyusun dan menerbitkan data …");
		const published = await publish(db);
		console.log(
			published
				? `Terbit: publikasi ${published.seq}, ${published.rows} baris`
				: "Tidak ada perubahan untuk diterbitkan",
		);
	} catch (error) {
		if (!(error instanceof ExerciseError)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	} finally {
		process.off("SIGINT", end);
		process.off("SIGTERM", end);
		await db.stop();
	}
}
