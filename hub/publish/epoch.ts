import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { inTransaction } from "../store/database.ts";
import {
	beginEpoch,
	draftPublication,
	logHead,
	numberPublication,
	publishedState,
} from "../store/publication.ts";
import { writeDurably } from "./durable-file.ts";
import type { FeedStore } from "./sequencer.ts";

/** What this hub last told the world, kept outside the database: a database restored from a backup knows less. */
const Told = z.object({
	epoch: z.string(),
	seq: z.int(),
	/** Time of the last signed head (ISO): the next one is later, whatever the clock says. */
	issued: z.string(),
});
export type Told = z.infer<typeof Told>;

const FILE = "published.json";

export function readTold(dataFolder: string): Told | null {
	try {
		return Told.parse(JSON.parse(readFileSync(join(dataFolder, FILE), "utf8")));
	} catch {
		return null;
	}
}

export function writeTold(dataFolder: string, told: Told): void {
	writeDurably(join(dataFolder, FILE), JSON.stringify(told), 0o644);
}

/**
 * Begins a new epoch when the database knows less than this hub already told: it was restored, and numbers given out before would be
 * given to other publications. Workstations then start anew from a snapshot.
 */
export async function noticeRestore(store: FeedStore): Promise<void> {
	const told = readTold(store.dataFolder);
	if (!told) return;
	const { epoch, seq } = await logHead(store.pool);
	if (epoch !== told.epoch || seq >= told.seq) return;
	store.log?.(
		`the database is at publication ${seq}, but ${told.seq} was published before: beginning a new epoch`,
	);
	await startNewEpoch(store);
}

/** Begins a new epoch whose first publication is the dataset as it is. */
export function startNewEpoch(store: FeedStore): Promise<void> {
	return inTransaction(store.pool, async (client) => {
		const { seq } = await publishedState(client);
		await beginEpoch(client);
		if (seq === 0) return;
		const id = await draftPublication(client, { rows: 0, body: null });
		await numberPublication(client, id);
	});
}
