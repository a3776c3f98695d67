import { setImmediate as breathe } from "node:timers/promises";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import { takeInMany } from "../intake/store-reports.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import { putDataset } from "../store/dataset.ts";
import {
	countOtherFiles,
	newestFileOf,
	readDataset,
} from "../store/dataset-state.ts";
import { putSource } from "../store/sources.ts";
import { FIRST_DAY, FIRST_FACILITY_DAY, OPENING_DAYS } from "./calendar.ts";
import { loadExerciseCountry } from "./load-country.ts";
import type { ReceivedFile } from "./received-file.ts";
import { simulate } from "./simulate.ts";
import { EXERCISE_SOURCES } from "./sources.ts";

export const LABEL = "LATIHAN";
export const DEFAULT_SEED = 2020;

/** Files stored in one transaction: a few weeks of health offices, or a few days of hospitals. */
const ROWS_AT_ONCE = 40_000;

/** A command that does not fit the state of the database; the message says what to do. */
export class ExerciseError extends Error {
	override name = "ExerciseError";
}

export interface StartOptions {
	seed?: number | string;
	days?: number;
	onProgress?: (line: string) => void;
	/** After each simulated day. */
	onDay?: (day: number, days: number) => void;
}

export interface Played {
	seed: number | string;
	/** The last day that now is in the store. */
	lastDay: Day;
	/** Number of that day in the exercise, 1-based. */
	number: number;
	files: number;
	rows: number;
}

/**
 * Fills a database with the opening of an exercise. A start that was cut short is taken up again: files already stored are left alone.
 * @throws ExerciseError when the database holds real reports, or an exercise of another seed.
 */
export async function startExercise(
	db: HubDatabase,
	{
		seed = DEFAULT_SEED,
		days = OPENING_DAYS,
		onProgress,
		onDay,
	}: StartOptions = {},
): Promise<Played> {
	const dataset = await readDataset(db.pool);
	const others = await countOtherFiles(db.pool, "exercise");
	if (others > 0)
		throw new ExerciseError(
			`the database holds ${others} files of real sources; an exercise needs one of its own (hub reset, or another data folder)`,
		);
	if (dataset.exercise && String(dataset.seed) !== String(seed))
		throw new ExerciseError(
			`the database holds the exercise of seed ${dataset.seed}; found seed ${seed} (hub reset starts afresh)`,
		);
	const last = await lastPlayed(db);
	if (last >= days) return played(seed, last, 0, 0);
	const country = loadExerciseCountry();
	onProgress?.("Preparing the simulated country");
	await inTransaction(db.pool, async (client) => {
		await putDataset(client, {
			exercise: true,
			label: LABEL,
			title: "Negara simulasi",
			seed,
		});
		for (const source of EXERCISE_SOURCES) await putSource(client, source);
	});
	let files = 0;
	let rows = 0;
	let batch: ReceivedFile[] = [];
	let waiting = 0;
	// The database stores one batch while the next is simulated; never two, so that files keep their order.
	let storing: Promise<void> = Promise.resolve();
	for (const file of simulate(country, {
		seed,
		days,
		from: last + 1,
		onProgress: (day) => {
			onDay?.(day, days);
			if (day === 1 || (day > 0 && day % 10 === 0))
				onProgress?.(`Simulating day ${day} of ${days}`);
		},
	})) {
		batch.push(file);
		waiting += file.parsed.lines - 1;
		files++;
		rows += file.parsed.lines - 1;
		await breathe();
		if (waiting < ROWS_AT_ONCE) continue;
		await storing;
		storing = store(db, batch);
		// Its failure is met at the next `await storing`; until then it is not unhandled.
		storing.catch(() => {});
		batch = [];
		waiting = 0;
	}
	await storing;
	await store(db, batch);
	onProgress?.(`Simulated: ${rows} rows of reports`);
	return played(seed, days, files, rows);
}

/**
 * Plays the day after the last one, exactly as it would have been in a longer opening.
 * @throws ExerciseError when the database holds no exercise.
 */
export async function playNextDay(db: HubDatabase): Promise<Played> {
	const { exercise, seed } = await readDataset(db.pool);
	if (!exercise || seed === undefined)
		throw new ExerciseError(
			"the database holds no exercise; start one with: exercise start",
		);
	const number = (await lastPlayed(db)) + 1;
	const files = [
		...simulate(loadExerciseCountry(), { seed, days: number, from: number }),
	];
	await store(db, files);
	return played(
		seed,
		number,
		files.length,
		files.reduce((sum, { parsed }) => sum + parsed.lines - 1, 0),
	);
}

/**
 * Number of the last day whose files are all stored, 0 before the first. Files are stored in order, so the last file of a day says that
 * the others are there too.
 */
async function lastPlayed(db: HubDatabase): Promise<number> {
	const offices = await newestFileOf(db.pool, "latihan-dinkes");
	const hospitals = await newestFileOf(db.pool, "latihan-rs");
	if (offices === null) return 0;
	const number = offices - FIRST_DAY + 1;
	if (number < FIRST_FACILITY_DAY) return number;
	return hospitals === null
		? FIRST_FACILITY_DAY - 1
		: hospitals - FIRST_DAY + 1;
}

/** A played day in words, for the command line. */
export function inWords({ number, lastDay, files, rows }: Played): string {
	return `day ${number} (${isoFromDay(lastDay)}): ${files} files, ${rows} rows`;
}

function played(
	seed: number | string,
	number: number,
	files: number,
	rows: number,
): Played {
	return { seed, number, lastDay: FIRST_DAY + number - 1, files, rows };
}

async function store(
	db: HubDatabase,
	files: readonly ReceivedFile[],
): Promise<void> {
	if (files.length === 0) return;
	await takeInMany(
		db,
		files.map(({ parsed, ...file }) => ({ file, parsed })),
	);
}
