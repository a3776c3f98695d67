import { join } from "node:path";
import type pg from "pg";
import { z } from "zod";
import { renameWhenFree } from "../../machine/files/durable-file.ts";
import { inTransaction } from "../store/database.ts";
import {
	beginEpoch,
	chainAt,
	draftPublication,
	holdsPublished,
	type LogHead,
	lockHead,
	logHead,
	numberPublication,
	type Queryable,
} from "../store/publication.ts";
import { readSealed, writeSealed } from "../store/remembered-file.ts";
import type { FeedStore } from "./feed-store.ts";

/** What this hub last told the world, kept outside the database: a database restored from a backup knows less. */
const Told = z.object({
	epoch: z.string(),
	seq: z.int(),
	/** Chain hash after `seq`: a restored database that published anew has the number, and another chain. */
	chain: z.string().optional(),
	/** Time of the last signed head (ISO): the next one is later, whatever the clock says. */
	issued: z.string(),
	/** Epochs told before. None of them may come back: workstations refuse it. */
	left: z.array(z.string()).default([]),
});
export type Told = z.infer<typeof Told>;

/** What a head says, as far as it is remembered. */
export type Saying = Required<Omit<Told, "left">>;

export const TOLD_FILE = "published.json";

/**
 * @returns null when this hub never told anything
 * @throws UnreadableFile when it did and what it told cannot be read
 */
export function readTold(dataFolder: string): Told | null {
	return readSealed(
		join(dataFolder, TOLD_FILE),
		Told,
		"It remembers what this hub has told workstations; without it a restored database would go unnoticed. Put it back from a backup, or run `hub new-epoch --yes`: every workstation then starts anew from a snapshot.",
	);
}

/** Puts a memory that cannot be read aside. Only after a new epoch began: nothing that was told before can then be contradicted. */
export function forgetUnreadable(dataFolder: string): void {
	try {
		readTold(dataFolder);
	} catch {
		const path = join(dataFolder, TOLD_FILE);
		renameWhenFree(path, `${path}.unreadable`);
	}
}

/** Remembers what is about to be told. Call it with the head of the log locked: then nobody else writes. */
export function rememberTold(
	dataFolder: string,
	told: Told | null,
	saying: Saying,
): void {
	const left = told?.left ?? [];
	const next: Told = {
		...saying,
		left:
			told && told.epoch !== saying.epoch && !left.includes(told.epoch)
				? [...left, told.epoch]
				: left,
	};
	writeSealed(join(dataFolder, TOLD_FILE), next);
}

/** Why workstations cannot follow this database any more; null when they can. */
async function whatIsWrong(
	client: Queryable,
	{ epoch, seq }: LogHead,
	told: Told | null,
): Promise<string | null> {
	if (seq === 0 && (await holdsPublished(client)))
		return "the database holds published rows and no publication";
	if (!told) return null;
	if (told.left.includes(epoch))
		return `the database is at epoch ${epoch}, which was left for ${told.epoch}`;
	if (epoch !== told.epoch || told.seq === 0) return null;
	if (seq < told.seq)
		return `the database is at publication ${seq}, but ${told.seq} was published before`;
	if (
		told.chain !== undefined &&
		(await chainAt(client, told.seq)) !== told.chain
	)
		return `publication ${told.seq} of the database is not the one that was published before`;
	return null;
}

/**
 * Begins a new epoch when the database is not the one whose log was told: it was restored, and numbers given out before would be given to
 * other publications. Workstations then start anew from a snapshot. Safe to call at any time, from several processes at once: it is
 * decided and done with the head of the log locked, so that whoever comes second finds it done.
 */
export async function noticeRestore(store: FeedStore): Promise<void> {
	const first = await whatIsWrong(
		store.pool,
		await logHead(store.pool),
		readTold(store.dataFolder),
	);
	// Nearly always; who only looks holds up no publication.
	if (first === null) return;
	await inTransaction(store.pool, (client) => mend(store, client));
}

/**
 * Begins a new epoch when one is due, in a transaction with the head of the log locked.
 * @returns what was told before
 */
export async function mend(
	store: FeedStore,
	client: pg.PoolClient,
): Promise<Told | null> {
	const head = await lockHead(client);
	const told = readTold(store.dataFolder);
	const wrong = await whatIsWrong(client, head, told);
	if (wrong === null) return told;
	store.log?.(`${wrong}: beginning a new epoch`);
	await beginFromDataset(client);
	return told;
}

/** Begins a new epoch whose first publication is the dataset as it is. */
export function startNewEpoch(store: FeedStore): Promise<void> {
	return inTransaction(store.pool, async (client) => {
		await lockHead(client);
		await beginFromDataset(client);
	});
}

async function beginFromDataset(client: pg.PoolClient): Promise<void> {
	const { seq } = await logHead(client);
	const some = seq > 0 || (await holdsPublished(client));
	await beginEpoch(client);
	if (!some) return;
	const id = await draftPublication(client, { rows: 0, body: null });
	await numberPublication(client, id);
}
