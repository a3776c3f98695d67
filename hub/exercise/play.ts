import { setImmediate as breathe } from "node:timers/promises";
import type pg from "pg";
import { Detail } from "../../core/feed/details.ts";
import { stillToFollow } from "../../core/feed/still-to-follow.ts";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import { takeInMany } from "../intake/store-reports.ts";
import { type Published, publish } from "../publish/publish.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import { type DatasetEntries, putDataset } from "../store/dataset.ts";
import {
	countOtherFiles,
	newestFileOf,
	readDataset,
} from "../store/dataset-state.ts";
import { putSource } from "../store/sources.ts";
import { FIRST_DAY, FIRST_FACILITY_DAY, OPENING_DAYS } from "./calendar.ts";
import { dayBeforeNextTable } from "./kecamatan.ts";
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
	/** When left out that of the exercise that is here, else DEFAULT_SEED. */
	seed?: number | string;
	/** When left out those of the opening that was begun, else OPENING_DAYS. */
	days?: number;
	/** As each simulated day begins: first all of what is said down to the kabupaten/kota, then the details. */
	onDay?: (only: "areas" | "details", day: number, days: number) => void;
	/** All that is said down to the kabupaten/kota is stored: it can be published, and looked at, while the details follow. */
	onAreas?: () => Promise<void>;
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
	{ onDay, onAreas, ...given }: StartOptions = {},
): Promise<Played> {
	const dataset = await readDataset(db.pool);
	const others = await countOtherFiles(db.pool, "exercise");
	if (others > 0)
		throw new ExerciseError(
			`the database holds ${others} files of real sources; an exercise needs one of its own (hub reset, or another data folder)`,
		);
	const seed = given.seed ?? dataset.seed ?? DEFAULT_SEED;
	if (dataset.exercise && String(dataset.seed) !== String(seed))
		throw new ExerciseError(
			`the database holds the exercise of seed ${dataset.seed}; found seed ${seed} (hub reset starts afresh)`,
		);
	const last = await lastPlayed(db.pool);
	const begun = stillToFollow(dataset).length > 0;
	const days =
		given.days ?? (begun ? dataset.opening_days : undefined) ?? OPENING_DAYS;
	if (wholeDay(last) >= days) return played(seed, wholeDay(last), 0, 0);
	const country = loadExerciseCountry();
	await inTransaction(db.pool, async (client) => {
		await putDataset(client, {
			exercise: true,
			label: LABEL,
			title: "Negara simulasi",
			seed,
			// Said by the dataset itself: a workstation that takes it over a broken line must not find empty shelves in it.
			...saying(dataset, following(last, Math.max(last.areas, days))),
			opening_days: days,
		});
		for (const source of EXERCISE_SOURCES) await putSource(client, source);
	});
	const sent = { files: 0, rows: 0 };
	const play = async (
		only: "areas" | "details",
		after: number,
	): Promise<void> => {
		let batch: ReceivedFile[] = [];
		let waiting = 0;
		// The database stores one batch while the next is simulated; never two, so that files keep their order.
		let storing: Promise<void> = Promise.resolve();
		for (const file of simulate(country, {
			seed,
			days,
			// The last day once more: versions before stored the files of a day one by one. Those that are here are left alone.
			from: Math.max(1, after),
			only,
			onProgress: (day) => onDay?.(only, day, days),
		})) {
			// Never in the midst of a day: one file of it says that all of them are there.
			const isNewDay = batch.at(-1)?.parsed.asOf !== file.parsed.asOf;
			if (waiting >= ROWS_AT_ONCE && isNewDay) {
				await storing;
				storing = store(db, batch);
				// Its failure is met at the next `await storing`; until then it is not unhandled.
				storing.catch(() => {});
				batch = [];
				waiting = 0;
			}
			const lines = file.parsed.lines - 1;
			batch.push(file);
			waiting += lines;
			sent.files++;
			sent.rows += lines;
			await breathe();
		}
		await storing;
		await store(db, batch);
	};
	if (last.areas < days) await play("areas", last.areas);
	const details = Math.min(last.kecamatan, last.facilities);
	// Half of the details published beside all days would make the others silent.
	if (details === 0) await onAreas?.();
	if (details < days) await play("details", details);
	return played(seed, days, sent.files, sent.rows);
}

/** Publishes what was played, and in the same transaction which details of it have yet to follow. */
export function publishPlayed(db: HubDatabase): Promise<Published | null> {
	return publish(db, sayWhatFollows);
}

/** Notes it for whoever publishes later. */
export async function sayWhatFollows(client: pg.PoolClient): Promise<void> {
	const last = await lastPlayed(client);
	const follow = following(last, last.areas);
	await putDataset(client, saying(await readDataset(client), follow));
}

/** Which details have yet to be said of the first days. */
function following(
	{ kecamatan, facilities }: LastPlayed,
	days: number,
): Detail[] {
	const parts = { kecamatan, facilities };
	return Detail.options.filter((detail) => parts[detail] < days);
}

/** In the words of today; those of an earlier version, where they stand, are taken back. */
function saying(before: DatasetEntries, follow: Detail[]): DatasetEntries {
	return {
		details_follow: follow,
		...(before.facilities_follow ? { facilities_follow: false } : {}),
	};
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
	const last = await lastPlayed(db.pool);
	const [missing] = following(last, last.areas);
	if (missing)
		throw new ExerciseError(
			`${missing} have said nothing yet from day ${last[missing] + 1} to day ${last.areas}; finish with: exercise start`,
		);
	const number = last.areas + 1;
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

interface LastPlayed extends Record<Detail, number> {
	/** Down to the kabupaten/kota. */
	areas: number;
}

/**
 * Numbers of the last days whose files are all stored, 0 before the first. The files of a day are stored in one transaction, so one of them
 * says that the others are there too. Facilities have nothing to say before their first day but who they are, kecamatan nothing but where
 * their kelurahan lie. An earlier version stored the kecamatan with the areas, so that each is asked for on its own.
 */
async function lastPlayed(
	client: pg.Pool | pg.PoolClient,
): Promise<LastPlayed> {
	const offices = await newestFileOf(client, "latihan-dinkes");
	const hospitals = await newestFileOf(client, "latihan-rs");
	const register = await newestFileOf(client, "latihan-fasilitas");
	const tables = await newestFileOf(client, "latihan-kecamatan");
	const places = await newestFileOf(client, "latihan-kelurahan");
	const spoken = tables ?? (places === null ? null : FIRST_DAY);
	return {
		areas: offices === null ? 0 : offices - FIRST_DAY + 1,
		kecamatan: spoken === null ? 0 : dayBeforeNextTable(spoken) - FIRST_DAY + 1,
		facilities:
			hospitals !== null
				? hospitals - FIRST_DAY + 1
				: register !== null
					? FIRST_FACILITY_DAY - 1
					: 0,
	};
}

/** The last day of which everything is stored. */
function wholeDay({ areas, kecamatan, facilities }: LastPlayed): number {
	return Math.min(areas, kecamatan, facilities);
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
