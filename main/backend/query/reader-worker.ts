/** A reader thread: answers one query after another from the replica in use. */
import Database from "better-sqlite3";
import "../../../machine/thread/load-sqlite.ts";
import { given, serve } from "../../../machine/thread/serve.ts";
import { currentReplica } from "../replica/location.ts";
import {
	answer,
	prepare,
	type QueryName,
	type QueryRequest,
} from "./queries.ts";
import type { ReaderMethods } from "./reader-methods.ts";
import { NO_REPLICA, Refusal } from "./refusal.ts";

let { folder } = given<{ folder: string }>();
let open: { path: string; db: Database.Database } | null = null;

function close(): void {
	open?.db.close();
	open = null;
}

/** The replica in use. A snapshot installed meanwhile is another file. */
function replica(): Database.Database {
	const path = currentReplica(folder);
	if (open && open.path === path) return open.db;
	close();
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

serve<ReaderMethods>({
	ask({ name, request }, { give }) {
		try {
			const result = answer(
				replica(),
				name,
				request as QueryRequest<QueryName>,
			);
			const body = (result.answer as { body?: unknown } | null)?.body;
			if (body instanceof ArrayBuffer) give(body);
			return result;
		} catch (error) {
			// A replica that cannot be read is opened anew for the next question.
			if (!(error instanceof Refusal)) close();
			throw error;
		}
	},
	prepare: (what) => prepare(replica(), what),
	letGo(next) {
		close();
		folder = next;
	},
});
