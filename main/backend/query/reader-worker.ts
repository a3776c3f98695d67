import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";
import { currentReplica } from "../replica/location.ts";
import { answer, type QueryName, type QueryRequest } from "./queries.ts";
import type { ReaderReply, ReaderRequest } from "./reader-message.ts";
import { NO_REPLICA, Refusal } from "./refusal.ts";

/** A reader thread: answers one query after another from the replica in use. */
let { folder } = workerData as { folder: string };
const port = parentPort;
if (!port) throw new Error("a reader runs as a worker thread");

let open: { path: string; db: Database.Database } | null = null;

/** The replica in use. A snapshot installed meanwhile is another file. */
function replica(): Database.Database {
	const path = currentReplica(folder);
	if (open && open.path === path) return open.db;
	open?.db.close();
	open = null;
	if (path === null)
		throw new Refusal(
			503,
			NO_REPLICA,
			"No data has arrived yet. Expected a first snapshot from the hub.",
		);
	const db = new Database(path, {
		readonly: true,
		fileMustExist: true,
		timeout: 5000,
	});
	db.pragma("query_only = ON");
	// Not mapped into memory: every reader's map of the file would count, and a disk that fails would end the process by a signal.
	db.pragma("cache_size = -16384");
	db.pragma("mmap_size = 0");
	open = { path, db };
	return db;
}

port.on("message", ({ number, name, request }: ReaderRequest) => {
	if (name === "let-go") {
		open?.db.close();
		open = null;
		folder = request as string;
		port.postMessage({ number, took: 0, seq: 0, answer: null });
		return;
	}
	const start = performance.now();
	let reply: ReaderReply;
	const give: ArrayBuffer[] = [];
	try {
		const result = answer(replica(), name, request as QueryRequest<QueryName>);
		const body = (result.answer as { body?: unknown } | null)?.body;
		if (body instanceof ArrayBuffer) give.push(body);
		reply = { number, took: performance.now() - start, ...result };
	} catch (error) {
		// A replica that cannot be read is opened anew for the next question.
		if (!(error instanceof Refusal)) {
			open?.db.close();
			open = null;
		}
		reply = {
			number,
			took: performance.now() - start,
			failure:
				error instanceof Refusal
					? { status: error.status, code: error.code, message: error.message }
					: {
							status: 500,
							code: sqliteCode(error) ?? "internal",
							message: error instanceof Error ? error.message : String(error),
						},
		};
	}
	port.postMessage(reply, give);
});

function sqliteCode(error: unknown): string | undefined {
	return error instanceof Database.SqliteError ? error.code : undefined;
}
