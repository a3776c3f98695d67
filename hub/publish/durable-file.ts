import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file so that after a power failure it holds either its old or its new content. */
export function writeDurably(
	path: string,
	content: string | Uint8Array,
	mode: number,
): void {
	const temporary = `${path}.${process.pid}.tmp`;
	const file = openSync(temporary, "w", mode);
	try {
		const bytes = Buffer.from(content as Uint8Array);
		writeSync(file, bytes, 0, bytes.length);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	renameSync(temporary, path);
	if (process.platform === "win32") return; // its folders cannot be synced
	const folder = openSync(dirname(path), "r");
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}
