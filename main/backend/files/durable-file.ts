import { closeSync, fsyncSync, openSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { renameWhenFree } from "./rename.ts";

/** Writes a file of this account alone so that after a power failure it holds either its old or its new content, never half of one. */
export function replaceFile(path: string, text: string): void {
	const temporary = `${path}.tmp`;
	writeFileSync(temporary, text, { mode: 0o600, flush: true });
	renameWhenFree(temporary, path);
	syncPath(dirname(path));
}

/** Brings a file, or the names in a folder, onto the disk. */
export function syncPath(path: string): void {
	// Windows cannot open a folder; its file system logs renames itself.
	let descriptor: number;
	try {
		descriptor = openSync(path, "r+");
	} catch {
		try {
			descriptor = openSync(path, "r");
		} catch {
			return;
		}
	}
	try {
		fsyncSync(descriptor);
	} catch {
		// Some file systems refuse to sync a folder.
	} finally {
		closeSync(descriptor);
	}
}
