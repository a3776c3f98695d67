import type Database from "better-sqlite3";
import { position } from "./position.ts";

/** Answers kept for each database and kind. */
const KEPT = 12;

/**
 * Keeps answers that cost much for as long as the replica stands at one publication.
 * @param make reads the answer; called again when the replica moved on, or for a key not kept any more
 */
export function perPublication<T, R extends unknown[]>(
	keyOf: (...request: R) => string,
	make: (db: Database.Database, ...request: R) => T,
): (db: Database.Database, ...request: R) => T {
	const databases = new WeakMap<
		Database.Database,
		{ at: string; answers: Map<string, T> }
	>();
	return (db, ...request) => {
		const { epoch, seq } = position(db);
		const at = `${epoch} ${seq}`;
		let kept = databases.get(db);
		if (!kept || kept.at !== at || kept.answers.size > KEPT) {
			kept = { at, answers: new Map() };
			databases.set(db, kept);
		}
		const key = keyOf(...request);
		const found = kept.answers.get(key);
		if (found !== undefined) return found;
		const answer = make(db, ...request);
		kept.answers.set(key, answer);
		return answer;
	};
}
