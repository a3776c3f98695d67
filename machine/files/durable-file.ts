import { randomBytes } from "node:crypto";
import {
	closeSync,
	fsyncSync,
	linkSync,
	lstatSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * The one way in which hub and workstation write a file that must be there after a power failure.
 *
 * Own code, because what packages there are (write-file-atomic, atomically) bring the file onto the disk and not its name in the folder,
 * take a short write on a disk that gets full for the whole content, and the first does not wait for a virus scanner.
 */

/** Writes a file of this account alone so that after a power failure it holds either its old or its new content, never half of one. */
export function replaceFile(path: string, content: string | Uint8Array): void {
	placed(path, content, renameWhenFree);
}

/**
 * Writes a file that is not there yet, whole or not at all.
 * @returns false when it is there: another process was first, and its file stays
 */
export function createFile(
	path: string,
	content: string | Uint8Array,
): boolean {
	let isFirst = true;
	placed(path, content, (temporary) => {
		try {
			linkSync(temporary, path);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
			isFirst = false;
		}
	});
	return isFirst;
}

function placed(
	path: string,
	content: string | Uint8Array,
	place: (temporary: string, path: string) => void,
): void {
	// By chance, and only where nothing is: what lies there may be another name of a file that is in use.
	const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
	try {
		// All of it, or an error: one `write` may take less than it is given.
		writeFileSync(temporary, content, { flag: "wx", mode: 0o600, flush: true });
		place(temporary, path);
	} catch (error) {
		removeUnlessHeld(temporary);
		throw error;
	}
	// A second name is left where a file was not renamed. The file is no less there for what Windows lets nobody remove beside it.
	removeUnlessHeld(temporary);
	syncFolder(dirname(path));
}

/**
 * Removes other names of a file that `createFile` made, which may be secret, where they could not be removed as it was made. What is held
 * stays until the next time.
 */
export function removeSecondNames(path: string): void {
	const options = { bigint: true, throwIfNoEntry: false } as const;
	try {
		const file = lstatSync(path, options);
		// A file system that counts no names tells 0, and then often the same number for every file.
		if (!file || file.nlink < 2n) return;
		const folder = dirname(path);
		const start = `${basename(path)}.`;
		for (const name of readdirSync(folder)) {
			if (!name.startsWith(start) || !name.endsWith(".tmp")) continue;
			const other = lstatSync(join(folder, name), options);
			if (other?.ino === file.ino) removeUnlessHeld(join(folder, name));
		}
	} catch (error) {
		if (!isHeldOpen(error)) throw error;
	}
}

const TRIES = 10;
const PAUSE = 50;

/** Whether Windows refuses because somebody has the file open. */
export function isHeldOpen(error: unknown): boolean {
	const { code } = error as NodeJS.ErrnoException;
	return code === "EBUSY" || code === "EPERM" || code === "EACCES";
}

/**
 * Renames a file or folder, also over another file. Windows refuses while a virus scanner or an indexer looks at either of them, which they
 * do with every new file, and for moments: half a second is waited.
 * @param most how often it is tried
 */
export function renameWhenFree(
	from: string,
	to: string,
	most: number = TRIES,
): void {
	whenFree(() => renameSync(from, to), most);
}

/** Removes a file where there is one, on Windows also while somebody looks at it for moments. @throws as `rmSync` */
export function removeWhenFree(path: string): void {
	whenFree(() => rmSync(path, { force: true }));
}

/**
 * Removes a file, or a folder with all that is in it, that harms nobody where it lies, if Windows lets it.
 * @returns false: it stays
 * @throws as `rmSync` for every other reason
 */
export function removeUnlessHeld(path: string): boolean {
	return removed(path, true, TRIES);
}

/**
 * Removes files of a folder that harm nobody where they lie, if Windows lets it, never a folder: none of ours is among them. Once one is held
 * nobody is waited for any more, since there may be many.
 * @returns the names of those that stay
 * @throws as `rmSync` for every other reason
 */
export function removeFilesUnlessHeld(
	folder: string,
	names: readonly string[],
): string[] {
	const held: string[] = [];
	for (const name of names)
		if (!removed(join(folder, name), false, held.length === 0 ? TRIES : 1))
			held.push(name);
	return held;
}

function removed(path: string, recursive: boolean, most: number): boolean {
	try {
		whenFree(() => rmSync(path, { recursive, force: true }), most);
		return true;
	} catch (error) {
		// A folder is not empty where somebody writes into it, or where Windows still shows a name that is gone once it is let go.
		const { code } = error as NodeJS.ErrnoException;
		const isOther = code === "ENOTEMPTY" || code === "ERR_FS_EISDIR";
		if (!isHeldOpen(error) && !isOther) throw error;
		return false;
	}
}

/** Reads a small file, on Windows also while somebody looks at it for moments. @throws as `readFileSync` */
export function readWhenFree(path: string): string {
	return whenFree(() => readFileSync(path, "utf8"));
}

/** Does what Windows refuses while somebody has a file open, again and again for half a second. @throws as `act` */
export function whenFree<T>(act: () => T, most: number = TRIES): T {
	for (let tries = 1; ; tries++)
		try {
			return act();
		} catch (error) {
			if (tries >= most || !isHeldOpen(error)) throw error;
			pause();
		}
}

function pause(): void {
	try {
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
	} catch {
		// A host may forbid its first thread to wait (V8's `allow_atomics_wait`, as Chromium does for pages). The time of day may be set back meanwhile.
		for (const until = performance.now() + PAUSE; performance.now() < until; );
	}
}

/** Brings the content of a file onto the disk. */
export function syncFile(path: string): void {
	// Windows syncs only what is open for writing.
	const file = openSync(path, "r+");
	try {
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

/** Brings the names in a folder onto the disk. */
export function syncFolder(path: string): void {
	// Its folders cannot be opened; its file system logs renames itself.
	if (process.platform === "win32") return;
	const folder = openSync(path, "r");
	try {
		fsyncSync(folder);
	} catch (error) {
		// Some file systems cannot sync a folder (of a network, of another system); a disk that fails says EIO.
		const { code } = error as NodeJS.ErrnoException;
		if (!/^(EINVAL|ENOTSUP|EOPNOTSUPP|ENOSYS)$/.test(String(code))) throw error;
	} finally {
		closeSync(folder);
	}
}
