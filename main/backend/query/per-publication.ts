import type Database from "better-sqlite3";
import { position } from "./position.ts";

/** Answers kept for each database and kind where nothing else is said. */
const KEPT = 9;

/**
 * Keeps answers that cost much for as long as the replica stands at one publication and nothing in it is put right.
 * @param make reads the answer; called again when the replica changed, or for a key not kept any more
 * @param most answers kept. Where all of some number are asked for in turn, fewer than these would each be gone when it is asked again.
 */
export function perPublication<T, R extends unknown[]>(
	keyOf: (...request: R) => string,
	make: (db: Database.Database, ...request: R) => T,
	most = KEPT,
): (db: Database.Database, ...request: R) => T {
	const databases = new WeakMap<
		Database.Database,
		{ at: string; answers: Map<string, T> }
	>();
	return (db, ...request) => {
		const { stamp, seq } = position(db);
		const at = `${stamp} ${seq}`;
		let kept = databases.get(db);
		if (!kept || kept.at !== at) {
			kept = { at, answers: new Map() };
			databases.set(db, kept);
		}
		const key = keyOf(...request);
		const found = kept.answers.get(key);
		const answer = found ?? make(db, ...request);
		// The one asked for longest ago is the first to go.
		kept.answers.delete(key);
		kept.answers.set(key, answer);
		for (const oldest of kept.answers.keys()) {
			if (kept.answers.size <= most) break;
			kept.answers.delete(oldest);
		}
		return answer;
	};
}
