import { appendFileSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { renameWhenFree } from "../../machine/files/durable-file.ts";

/** A log larger than this many bytes begins anew; the one before it is kept. */
const LARGEST = 4 * 1024 * 1024;

/**
 * Writes what happens to `backend.log` in the data folder, a line for each message with its time.
 * A disk that is full must not end the backend: what cannot be written is lost.
 */
export function logFile(data: string): (message: string) => void {
	const path = join(data, "backend.log");
	try {
		mkdirSync(data, { recursive: true, mode: 0o700 });
		if (statSync(path).size > LARGEST) renameWhenFree(path, `${path}.old`);
	} catch {
		// There is none yet.
	}
	return (message) => {
		try {
			appendFileSync(path, `${new Date().toISOString()} ${message}\n`, {
				mode: 0o600,
			});
		} catch {
			// Nobody to tell.
		}
	};
}
