import { type Command, InvalidArgumentError } from "commander";
import { EXIT } from "../../core/writing/exit.ts";
import { complain, say } from "../command/terminal.ts";
import {
	type DataOption,
	withData,
	withDatabase,
} from "../command/with-database.ts";
import { publish } from "../publish/publish.ts";
import type { HubDatabase } from "../store/database.ts";
import { notePreparing } from "../store/preparing.ts";
import { OPENING_DAYS } from "./calendar.ts";
import {
	DEFAULT_SEED,
	ExerciseError,
	inWords,
	type Played,
	playNextDay,
	startExercise,
} from "./play.ts";

interface Options extends DataOption {
	publish: boolean;
}

/** Adds `exercise start` and `exercise next-day` to the hub's command line. */
export function registerExerciseCommands(program: Command): void {
	const exercise = program
		.command("exercise")
		.description("a simulated country for drills (label LATIHAN)");
	withPublication(exercise.command("start"))
		.description(
			"fill an empty database with the simulated country, from 2 March 2020 for 300 days; goes on where it was cut short",
		)
		.option(
			"--seed <text>",
			"the same seed gives the same bytes",
			String(DEFAULT_SEED),
		)
		.option(
			"--days <n>",
			"a shorter opening, for tests; next-day goes on from there",
			parseDays,
			OPENING_DAYS,
		)
		.action((options: Options & { seed: string; days: number }) =>
			run(options, (db, dataFolder) =>
				startExercise(db, {
					seed: /^\d{1,10}$/.test(options.seed)
						? Number(options.seed)
						: options.seed,
					days: options.days,
					onProgress: (line) => say(line),
					onDay: (done, total) =>
						notePreparing(dataFolder, { what: "exercise", done, total }),
				}),
			),
		);
	withPublication(exercise.command("next-day"))
		.description("play the day after the last one")
		.action((options: Options) => run(options, playNextDay));
}

function withPublication(command: Command): Command {
	return withData(command)
		.option("--publish", "publish what was played (the default)", true)
		.option("--no-publish", "leave it for a later `publish`");
}

function parseDays(text: string): number {
	const days = Number(text);
	if (!/^[1-9]\d{0,2}$/.test(text) || days > OPENING_DAYS)
		throw new InvalidArgumentError(`A number from 1 to ${OPENING_DAYS}.`);
	return days;
}

function run(
	options: Options,
	work: (db: HubDatabase, dataFolder: string) => Promise<Played>,
): Promise<void> {
	return withDatabase(options, async (db, dataFolder) => {
		try {
			say(inWords(await work(db, dataFolder)));
		} catch (error) {
			if (!(error instanceof ExerciseError)) throw error;
			complain(error.message);
			return EXIT.failed;
		}
		if (!options.publish) return EXIT.done;
		say("Putting together and publishing …");
		notePreparing(dataFolder, { what: "publishing", done: 0, total: 0 });
		const published = await publish(db);
		say(
			published
				? `Published ${published.seq}: ${published.rows} rows`
				: "Nothing has changed since the last publication",
		);
		return EXIT.done;
	});
}
