import { appendFileSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { renameWhenFree } from "../../machine/files/durable-file.ts";

/** A log larger than this many bytes begins anew; the one before it is kept. */
export const LARGEST_LOG = 4 * 1024 * 1024;

/** The processes of a workstation, each with a log of its own. */
export type LogName = "backend" | "desktop";

/**
 * Writes what happens to `NAME.log` in the data folder, a line for each message with its time; when the file is large it becomes
 * `NAME.log.old`, also in the midst of a run of weeks.
 * A disk that is full must not end a process: what cannot be written is lost.
 */
export function logFile(
	data: string,
	name: LogName = "backend",
	largest = LARGEST_LOG,
): (message: string) => void {
	const path = join(data, `${name}.log`);
	let size = 0;
	try {
		mkdirSync(data, { recursive: true, mode: 0o700 });
		size = statSync(path).size;
	} catch {
		// There is none yet.
	}
	return (message) => {
		const line = `${new Date().toISOString()} ${message}\n`;
		try {
			if (size > largest) {
				// Where the earlier one is held open this one goes on, until it is let go.
				renameWhenFree(path, `${path}.old`, 1);
				size = 0;
			}
		} catch {}
		try {
			appendFileSync(path, line, { mode: 0o600 });
			size += Buffer.byteLength(line);
		} catch {
			// Nobody to tell.
		}
	};
}
