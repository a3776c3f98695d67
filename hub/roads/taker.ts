import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { excerpt } from "../../core/reading/fault.ts";
import type { Day } from "../../core/series/day.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { type Ingested, ingestMany, type ToIngest } from "../intake/ingest.ts";
import { RememberedReference } from "../intake/reference.ts";
import { publish } from "../publish/publish.ts";
import { standingFault } from "../publish/standing-fault.ts";
import { inTransaction, isDatabaseLost } from "../store/database.ts";
import { readDataset } from "../store/dataset-state.ts";
import { isDiskFull } from "../store/disk-full.ts";
import {
	forgetAnswers,
	type GivenAnswer,
	givenAnswers,
	holdOpen,
	keepAnswers,
	noteFault,
	noteHeard,
	type Road,
	type RoadFault,
	wereRoadsUsed,
} from "../store/roads.ts";
import { FairQueue } from "./fair-queue.ts";
import { readerOf } from "./reader.ts";

/** No file that comes by a road is larger (bytes); larger ones are taken in at the hub itself. */
export const LARGEST_FILE = 16 * 1024 * 1024;

/** So many files, and of so many bytes, wait of a source; whoever has more is told to come again. */
const MOST_WAITING = 512;
const MOST_WAITING_BYTES = 2 * LARGEST_FILE;
/** Of all sources together (bytes). One of which nothing waits is never refused for what the others have, nor a sender for what others of its source have while there is room. */
const MOST_BYTES = 128 * 1024 * 1024;
/** So many waiting of one sender, and of so many bytes: it is to hear what became of one before it sends many. */
const MOST_OF_SENDER = 8;
const MOST_BYTES_OF_SENDER = LARGEST_FILE;

/** What is taken in one transaction: small enough that a command is not kept waiting. */
const BATCH = 400;
const BATCH_BYTES = 4 * 1024 * 1024;

/** What came is published so long (ms) after it came, with what came meanwhile. */
const PUBLISH_AFTER = 20_000;
/** Answers to pushes are known so long (ms). */
const KEPT = 30 * 24 * 3_600_000;
const DAY = 24 * 3_600_000;
/** After the database failed it is asked again so late (ms). */
const PAUSE = 1000;
/** What is under way when the hub ends is waited for so long (ms). */
const CLOSED_WITHIN = 1000;
/** Kinds of faults that an answer repeats. */
const SHOWN = 40;

/** A file that came by a road. */
export interface Arrived {
	road: Pick<Road, "id" | "name" | "connector" | "source">;
	name: string;
	bytes: Uint8Array;
	sha256: string;
	asOf: Day | null;
	/** Of a push: the key of its sender, the digest of all that was sent under it, and that of the token it was let in by. */
	push: { key: string; sent: string; token: Buffer } | null;
}

/** What became of it: an HTTP status, and JSON. */
export interface Outcome {
	status: number;
	answer: string;
	/** What is to be said of its road; of a push it is noted with it. */
	fault?: RoadFault;
	/** Lines of it are in quarantine: with other codes or another mapping it may say more. */
	isHeld?: boolean;
}

/** Refused before anything was read of it. */
export type Admission = { isFull: false; leave(): void } | { isFull: true };

interface Entry {
	source: string;
	sender: string;
	bytes: number;
	content: string;
	arrived: Arrived;
	settle(outcome: Outcome): void;
	fail(error: unknown): void;
}

/** What came by roads and is not taken in yet. */
export interface Waiting {
	readonly files: number;
	/** Room that is kept for them: as many bytes as they may have. */
	readonly bytes: number;
}

export interface Taker {
	waiting(): Waiting;
	/** Keeps room for a file before its bytes are read. @param bytes as many as it may have */
	admit(road: Pick<Road, "name" | "source">, bytes: number): Admission;
	/** Resolves when the file, and what is answered, is committed; rejects when the hub failed and nothing of it was stored. */
	take(arrived: Arrived): Promise<Outcome>;
	/** Takes nothing more in; what waits is not taken, and what is under way is waited for a moment. */
	close(): Promise<void>;
}

/** The one intake of all roads: takes turns between their sources, stores what many sent in one transaction, and publishes. */
export function createTaker(
	store: { pool: pg.Pool; log?: (line: string) => void },
	clock: () => number = Date.now,
	publishAfter = PUBLISH_AFTER,
): Taker {
	const tree = loadAreaTree();
	const reference = new RememberedReference();
	const queue = new FairQueue<Entry>();
	/** Room that is taken, by source and sender. */
	const held = new Map<string, { count: number; bytes: number }>();
	const heldBySender = new Map<string, { count: number; bytes: number }>();
	let heldBytes = 0;
	let running: Promise<void> | null = null;
	let publishing: NodeJS.Timeout | undefined;
	let isPublicationDue = false;
	/** What came before this hub was started may have been committed and not published. */
	let isFirst = true;
	let isClosed = false;
	let forgottenAt = 0;
	const fault = standingFault(
		"publication of what came in",
		store.log ?? (() => {}),
	);

	function run(): void {
		running ??= (async () => {
			while (!isClosed && (queue.size > 0 || isPublicationDue)) {
				const isBroken =
					queue.size > 0 &&
					(await takeBatch(queue.take(BATCH, BATCH_BYTES))) !== undefined;
				if (isBroken) await sleep(PAUSE);
				if (isPublicationDue) await publishNow();
			}
			running = null;
		})();
	}

	async function publishNow(): Promise<void> {
		isPublicationDue = false;
		try {
			if (isFirst && !(await wereRoadsUsed(store.pool))) return;
			await publish(store);
			isFirst = false;
			fault.works();
		} catch (error) {
			if (isClosed) return;
			fault.failed(error);
			publishLater();
		}
	}

	function publishLater(): void {
		if (isClosed) return;
		publishing ??= setTimeout(() => {
			publishing = undefined;
			isPublicationDue = true;
			run();
		}, publishAfter).unref();
	}

	/**
	 * All in one transaction; where that fails each in its own, so that one that cannot be stored costs no other its own.
	 * @returns what the hub itself failed for
	 */
	async function takeBatch(batch: readonly Entry[]): Promise<unknown> {
		try {
			const outcomes = await storeAll(batch);
			for (const [place, entry] of batch.entries())
				entry.settle(outcomes[place]);
			publishLater();
			return undefined;
		} catch (error) {
			if (isOfTheHub(error)) {
				for (const entry of batch) entry.fail(error);
				return error;
			}
			if (batch.length > 1) {
				let broken: unknown;
				for (const entry of batch)
					if (isClosed) entry.settle(CLOSING);
					else if (broken) entry.fail(broken);
					else broken = await takeBatch([entry]);
				return broken;
			}
			const [entry] = batch;
			const { road, push } = entry.arrived;
			const told = unstored(error);
			store.log?.(`${road.name}: ${told.message}`);
			if (push)
				await noteFault(store.pool, road.id, clock(), {
					code: "failed",
					what: "",
				}).catch(() => {});
			entry.fail(told);
			return undefined;
		}
	}

	function storeAll(batch: readonly Entry[]): Promise<Outcome[]> {
		const now = clock();
		return inTransaction(store.pool, async (client) => {
			const isExercise = (await readDataset(client)).exercise === true;
			const open = await holdOpen(
				client,
				batch.map(({ arrived: { road, push } }) => ({
					id: road.id,
					token: push?.token ?? null,
				})),
			);
			const before = await givenAnswers(
				client,
				batch.flatMap(({ arrived: { road, push } }) =>
					push ? [{ road: road.id, key: push.key }] : [],
				),
			);
			const outcomes: Outcome[] = [];
			const given: (ToIngest & { place: number })[] = [];
			const readers = new Map<string, Awaited<ReturnType<typeof readerOf>>>();
			for (const [place, { arrived }] of batch.entries()) {
				const { road, push } = arrived;
				const said = push && before.get(`${road.id} ${push.key}`);
				if (!open.has(road.id)) outcomes[place] = ENDED;
				else if (said)
					outcomes[place] = said.sent === push.sent ? said : OTHER_CONTENT;
				else if (isExercise) outcomes[place] = EXERCISE;
				else {
					const by = `${road.connector} ${road.source}`;
					if (!readers.has(by)) readers.set(by, await readerOf(client, road));
					const connector = readers.get(by);
					if (!connector) outcomes[place] = noMapping(road.source);
					else
						given.push({
							...{ place, connector },
							file: {
								path: `/${arrived.name}`,
								bytes: arrived.bytes,
								receivedAt: now,
								asOf: arrived.asOf,
							},
						});
				}
			}
			const taken = await ingestMany(client, tree, given, reference);
			const kept: GivenAnswer[] = [];
			const heard: number[] = [];
			for (const [index, { place }] of given.entries()) {
				const { road, push } = batch[place].arrived;
				const outcome = outcomeOf(taken[index]);
				outcomes[place] = outcome;
				const { status, answer, fault } = outcome;
				if (status === 200) heard.push(road.id);
				if (!push) continue;
				if (fault) await noteFault(client, road.id, now, fault);
				const { key, sent } = push;
				kept.push({ road: road.id, key, sent, status, answer });
			}
			if (kept.length > 0) await keepAnswers(client, kept, now);
			await noteHeard(client, heard, now);
			if (now - forgottenAt > DAY) {
				await forgetAnswers(client, now - KEPT);
				forgottenAt = now;
			}
			return outcomes;
		});
	}

	publishLater();
	return {
		waiting: () => ({ files: queue.size, bytes: heldBytes }),
		admit({ name, source }, bytes) {
			const own = held.get(source) ?? { count: 0, bytes: 0 };
			const ofSender = heldBySender.get(name) ?? { count: 0, bytes: 0 };
			const hasNoTurn =
				ofSender.count > 0 &&
				(ofSender.count >= MOST_OF_SENDER ||
					ofSender.bytes + bytes > MOST_BYTES_OF_SENDER ||
					own.bytes + bytes > MOST_WAITING_BYTES);
			const hasNoRoom =
				own.count > 0 &&
				(own.count >= MOST_WAITING || heldBytes + bytes > MOST_BYTES);
			if (hasNoTurn || hasNoRoom) return { isFull: true };
			held.set(source, own);
			heldBySender.set(name, ofSender);
			for (const one of [own, ofSender]) {
				one.count++;
				one.bytes += bytes;
			}
			heldBytes += bytes;
			let isHeld = true;
			return {
				isFull: false,
				leave() {
					if (!isHeld) return;
					isHeld = false;
					for (const one of [own, ofSender]) {
						one.count--;
						one.bytes -= bytes;
					}
					heldBytes -= bytes;
					if (own.count === 0) held.delete(source);
					if (ofSender.count === 0) heldBySender.delete(name);
				},
			};
		},
		take(arrived) {
			return new Promise((settle, fail) => {
				if (isClosed) return settle(CLOSING);
				queue.add({
					source: arrived.road.source,
					sender: arrived.road.name,
					bytes: arrived.bytes.length,
					content: arrived.sha256,
					...{ arrived, settle, fail },
				});
				run();
			});
		},
		async close() {
			isClosed = true;
			clearTimeout(publishing);
			while (queue.size > 0)
				for (const { settle } of queue.take(Infinity, Infinity))
					settle(CLOSING);
			// The database may never answer what is under way; whoever sent it hears nothing, and sends it again.
			await Promise.race([running, sleep(CLOSED_WITHIN)]);
		},
	};
}

/** What is no fault of a file: tried with another file it would fail as well. */
export function isOfTheHub(error: unknown): boolean {
	return isDatabaseLost(error) || isDiskFull(error);
}

/** Without what the database says, which may repeat what a file holds: it is logged and told. */
function unstored(error: unknown): Error {
	const { code } = error as { code?: unknown };
	return new Error(
		`a file could not be stored${typeof code === "string" ? ` (${code})` : ""}`,
	);
}

function outcomeOf(taken: Ingested): Outcome {
	const answer = {
		file: taken.fileId,
		lines: taken.lines,
		accepted: taken.accepted,
		quarantined: taken.quarantined,
		skipped: taken.skipped,
		/** Taken in before, under the same name: nothing was changed. */
		duplicate: taken.duplicate,
		/** A duplicate that was withdrawn, and is not heard. */
		withdrawn: taken.withdrawn !== null,
		repeats: taken.repeats,
		faults: taken.faults.slice(0, SHOWN).map(({ kept: [first], count }) => ({
			...first,
			found: excerpt(first.found),
			count,
		})),
	};
	// Kept either way, in quarantine; but a sender that looks at the status alone must not believe that its counts are known.
	return taken.accepted > 0
		? {
				...{ status: 200, answer: JSON.stringify(answer) },
				isHeld: taken.quarantined > 0,
			}
		: {
				...{ status: 422, answer: JSON.stringify(answer), isHeld: true },
				fault: { code: "nothing-taken", what: taken.name },
			};
}

const ENDED = refusal(401, "this token is not valid, or not any more");
const CLOSING = refusal(
	503,
	"the hub is closing; send it again, with the same key",
);
const OTHER_CONTENT = refusal(
	409,
	"this idempotency key was given with other content before; another file needs another key",
);
const EXERCISE = refusal(
	409,
	"this hub holds an exercise (LATIHAN); real reports need one of their own",
);

function noMapping(source: string): Outcome {
	return {
		...refusal(
			409,
			`nobody has mapped the tables of ${source} yet (on the screen Integrasi)`,
		),
		fault: { code: "no-mapping", what: source },
	};
}

export function refusal(status: number, error: string): Outcome {
	return { status, answer: JSON.stringify({ error }) };
}
