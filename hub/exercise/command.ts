import { constants, setPriority } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { type Command, InvalidArgumentError } from "commander";
import type { Preparing } from "../../core/feed/preparing.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { complain, say } from "../command/terminal.ts";
import {
	type DataOption,
	withData,
	withDatabase,
} from "../command/with-database.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import { endPreparing, notePreparing } from "../store/preparing.ts";
import { exclusively } from "../store/publication.ts";
import { OPENING_DAYS } from "./calendar.ts";
import {
	DEFAULT_SEED,
	ExerciseError,
	inWords,
	type Played,
	playNextDay,
	publishPlayed,
	sayWhatFollows,
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
			`the same seed gives the same bytes (default: that of the exercise that is here, else ${DEFAULT_SEED})`,
		)
		.option(
			"--days <n>",
			"a shorter opening, for tests; next-day goes on from there",
			parseDays,
		)
		.action((options: Options & { seed?: string; days?: number }) =>
			run(options, (db, { note, noting, publishNow }) => {
				say("Preparing the simulated country");
				let days = 0;
				return startExercise(db, {
					seed: /^\d{1,10}$/.test(options.seed ?? "")
						? Number(options.seed)
						: options.seed,
					days: options.days,
					onDay(only, done, total) {
						days = total;
						note({ what: STEP[only], done, total });
						if (done === 1 || (done > 0 && done % 10 === 0))
							say(`Simulating ${only}, day ${done} of ${total}`);
					},
					// Whoever waits for the first picture need not wait for 7,230 kecamatan and the shelves of 2,900 hospitals.
					async onAreas() {
						if (!options.publish) return;
						await publishNow();
						await noting({ what: "details", done: 0, total: days }, () =>
							letDraw(db),
						);
					},
				});
			}),
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

const STEP = { areas: "exercise", details: "details" } as const;

/** The hub has heard of a publication by then (ms). */
const HEARD = 500;
/** Fetching a snapshot and drawing what is in it (ms). */
const TO_DRAW = 15_000;

/** Serves whoever waits for the picture first: the hub that makes a snapshot of what was just published, and the window that draws it. */
async function letDraw({ pool }: HubDatabase): Promise<void> {
	try {
		setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
	} catch {
		// Not every host lets a process step back.
	}
	await pause(HEARD);
	const begun = performance.now();
	await exclusively(pool, "snapshot", async () => {});
	// No hub made any: nobody draws.
	if (performance.now() - begun > HEARD) await pause(TO_DRAW);
}

/** A step that lasts is noted again (ms): an old note is believed no more. */
const NOTED_EVERY = 30_000;

interface Making {
	note(step: Preparing): void;
	/** Notes a step for as long as it lasts. */
	noting<T>(step: Preparing, work: () => Promise<T>): Promise<T>;
	publishNow(): Promise<void>;
}

/** Plays and publishes, and lets whoever waits for it know how far it is. */
function run(
	options: Options,
	work: (db: HubDatabase, making: Making) => Promise<Played>,
): Promise<void> {
	return withDatabase(options, async (db, dataFolder) => {
		let noted = false;
		const note: Making["note"] = (step) => {
			noted = true;
			notePreparing(dataFolder, step);
		};
		const noting: Making["noting"] = (step, during) => {
			note(step);
			const again = setInterval(() => note(step), NOTED_EVERY);
			return during().finally(() => clearInterval(again));
		};
		const publishNow = async (): Promise<void> => {
			say("Putting together and publishing …");
			const published = await noting(
				{ what: "publishing", done: 0, total: 0 },
				() => publishPlayed(db),
			);
			say(
				published
					? `Published ${published.seq}: ${published.rows} rows`
					: "Nothing has changed since the last publication",
			);
		};
		try {
			say(inWords(await work(db, { note, noting, publishNow })));
			if (options.publish) await publishNow();
			else await inTransaction(db.pool, sayWhatFollows);
		} catch (error) {
			if (!(error instanceof ExerciseError)) throw error;
			complain(error.message);
			return EXIT.failed;
		} finally {
			// What another process notes is its own.
			if (noted) endPreparing(dataFolder);
		}
		return EXIT.done;
	});
}
