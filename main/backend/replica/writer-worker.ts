/** The one thread that writes the replica. It takes one request at a time, in the order in which they came. */
import { mkdirSync } from "node:fs";
import { FEED_TABLES } from "../../../core/feed/table.ts";
import "../../../machine/thread/load-sqlite.ts";
import {
	type Call,
	given,
	serve,
	tell,
} from "../../../machine/thread/serve.ts";
import { applySegment, type OpenReplica, verifyChain } from "./apply.ts";
import { lastDayOf } from "./cubes.ts";
import { replicaDigest } from "./digest.ts";
import { failureFrom, SyncFailure } from "./failure.ts";
import { installSnapshot } from "./install.ts";
import {
	currentReplica,
	removeAsideBut,
	removeLeftovers,
	setAside,
} from "./location.ts";
import { installParts, takeParts } from "./province.ts";
import { repairParts } from "./repair.ts";
import { ofProvince, openReplica, readCursor } from "./replica-database.ts";
import type {
	ReplicaState,
	WriterEvent,
	WriterMethods,
} from "./writer-protocol.ts";

const { folder } = given<{ folder: string }>();

/** Progress is told at most this often (ms). */
const PROGRESS_EVERY = 100;

let replica: (OpenReplica & { readonly path: string }) | null = null;
let told = 0;

const post = (event: WriterEvent): void => tell(event);
const log = (message: string): void => post({ kind: "log", message });

function progressOf(call: Call<number>): (done: number) => void {
	return (done) => {
		const now = performance.now();
		if (now - told < PROGRESS_EVERY) return;
		told = now;
		call.progress(done);
	};
}

function stateOf({ path, database }: OpenReplica & { path: string }) {
	return { path, ...readCursor(database) } satisfies ReplicaState;
}

function required(): OpenReplica & { readonly path: string } {
	// This thread may have taken the place of one that had opened it, and that died.
	if (!replica) open();
	if (!replica) throw new SyncFailure("snapshot-needed", "no replica yet");
	return replica;
}

function use(path: string): ReplicaState {
	replica?.database.close();
	replica = null;
	const database = openReplica(path);
	try {
		const opened = { path, database, cubes: null, report: log };
		const state = stateOf(opened);
		replica = opened;
		return state;
	} catch (error) {
		database.close();
		throw error;
	}
}

/** Puts a damaged replica out of use. The sync client then fetches a snapshot. */
function giveUp(path: string, reason: string): void {
	log(`${path} is damaged and set aside: ${reason}`);
	replica?.database.close();
	replica = null;
	setAside(folder, path);
	post({ kind: "switched", replica: null });
}

function open(): ReplicaState | null {
	if (replica) return stateOf(replica);
	mkdirSync(folder, { recursive: true });
	const path = currentReplica(folder);
	removeLeftovers(folder, path);
	if (path === null) return null;
	try {
		const state = use(path);
		post({ kind: "switched", replica: state });
		return state;
	} catch (error) {
		const failure = failureFrom(error);
		if (failure instanceof SyncFailure && failure.code === "disk")
			throw failure;
		giveUp(path, String(error));
		return null;
	}
}

serve<WriterMethods, number>(
	{
		open,
		async install({ manifest, chunks }, call) {
			const path = await installSnapshot(
				folder,
				manifest,
				chunks,
				progressOf(call),
			);
			const state = use(path);
			post({ kind: "switched", replica: state });
			changed(FEED_TABLES.map((table) => table.name));
			return state;
		},
		apply({ target, segments }, call) {
			const current = required();
			const chains = verifyChain(current.database, target, segments);
			const progress = progressOf(call);
			const tables = new Set<string>();
			let applied = 0;
			try {
				for (const [i, segment] of segments.entries()) {
					for (const table of applySegment(current, segment, chains[i]))
						tables.add(table);
					applied = i + 1;
					progress(applied);
				}
			} catch (error) {
				// The transaction is undone, the cubes in memory are not.
				current.cubes = null;
				throw error;
			} finally {
				if (applied > 0) changed([...tables]);
			}
			return stateOf(current);
		},
		check() {
			if (!replica) return true;
			const { path, database } = replica;
			let answer: unknown;
			try {
				answer = database.pragma("quick_check(1)", { simple: true });
			} catch (error) {
				answer = String(error);
			}
			if (answer === "ok") return true;
			giveUp(path, String(answer));
			return false;
		},
		repair({ epoch, seq, parts }) {
			const current = required();
			try {
				if (!repairParts(current, { epoch, seq }, parts)) return false;
			} catch (error) {
				current.cubes = null;
				throw error;
			}
			changed(FEED_TABLES.map((table) => table.name));
			return true;
		},
		takeProvince({ anew, ...step }) {
			if (anew) {
				const state = use(installParts(folder, step));
				post({ kind: "switched", replica: state });
				changed(FEED_TABLES.map((table) => table.name));
				removeAsideBut(folder, ofProvince(step.province));
				return state;
			}
			const current = required();
			try {
				takeParts(current, step);
			} catch (error) {
				current.cubes = null;
				throw error;
			}
			changed([...new Set(step.parts.map(({ table }) => table))]);
			return stateOf(current);
		},
		digest() {
			return replica && replicaDigest(replica.database);
		},
		removeOld() {
			removeLeftovers(folder, replica?.path ?? null);
		},
		close() {
			replica?.database.close();
			replica = null;
		},
	},
	(error, method) => {
		const failure = failureFrom(error);
		if (
			failure instanceof SyncFailure &&
			failure.code === "corrupt" &&
			replica &&
			(method === "apply" || method === "repair" || method === "takeProvince")
		)
			try {
				giveUp(replica.path, failure.message);
			} catch (cause) {
				return failureFrom(cause);
			}
		return failure;
	},
);

function changed(tables: string[]): void {
	const { database } = required();
	const { seq } = readCursor(database);
	const lastDay = lastDayOf(database);
	post({ kind: "changed", change: { seq, lastDay, tables } });
}
