import { renameSync } from "node:fs";

const TRIES = 10;
const PAUSE = 50;

/** Whether Windows refuses because somebody has the file open. */
export function isHeldOpen(error: unknown): boolean {
	const { code } = error as NodeJS.ErrnoException;
	return code === "EBUSY" || code === "EPERM" || code === "EACCES";
}

/**
 * Renames a file, also over another. Windows refuses while a virus scanner or an indexer looks at either of them, which they do with every
 * new file, and for moments: half a second is waited.
 */
export function renameWhenFree(from: string, to: string): void {
	for (let tries = 1; ; tries++)
		try {
			renameSync(from, to);
			return;
		} catch (error) {
			if (tries === TRIES || !isHeldOpen(error)) throw error;
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
		}
}
