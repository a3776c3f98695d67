import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdtempSync,
	readdirSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import Database from "better-sqlite3";
import { removeUnlessHeld } from "../../../machine/files/durable-file.ts";
import { currentReplica, switchTo } from "./location.ts";

/** Where readers read. */
export interface ReadablePlace {
	readonly folder: string;
	/** Removes the copy, if it is one. */
	remove(): void;
}

/**
 * Where a replica can be read: in its folder; or, when that folder does not even let a reader make the small file it shares with others
 * (read-only, or on a disk that is full), in a private copy elsewhere.
 */
export function readablePlace(
	folder: string,
	report: (message: string) => void,
): ReadablePlace {
	const inPlace: ReadablePlace = { folder, remove() {} };
	let path: string | null;
	try {
		path = currentReplica(folder);
	} catch (error) {
		report(`${folder}: ${String(error)}`);
		return inPlace;
	}
	if (path === null) return inPlace;
	const reason = whyUnreadable(path);
	if (reason === null) return inPlace;
	// The second is in memory, on Linux.
	for (const elsewhere of [tmpdir(), "/dev/shm"]) {
		let copy: string | null = null;
		try {
			copy = mkdtempSync(join(elsewhere, "blc-replica-"));
			const to = join(copy, basename(path));
			copyFileSync(path, to);
			if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${to}-wal`);
			// The modes were copied too.
			for (const name of readdirSync(copy)) chmodSync(join(copy, name), 0o600);
			switchTo(copy, to);
			const still = whyUnreadable(to);
			if (still !== null) throw new Error(still);
			report(
				`${folder} cannot be read in place (${reason}): shown from a copy`,
			);
			const made = copy;
			return {
				folder: made,
				remove() {
					if (!removeUnlessHeld(made)) report(`${made} is in use, it stays`);
				},
			};
		} catch (error) {
			report(`a copy in ${elsewhere}: ${String(error)}`);
			if (copy !== null) removeUnlessHeld(copy);
		}
	}
	return inPlace;
}

/** Null: it can be read, or is damaged, which is for those who read it to find. */
function whyUnreadable(path: string): string | null {
	try {
		const database = new Database(path, {
			readonly: true,
			fileMustExist: true,
			timeout: 5000,
		});
		try {
			database.prepare(`SELECT 1 FROM "_sync"`).get();
			return null;
		} finally {
			database.close();
		}
	} catch (error) {
		const { code, message } = error as { code?: string; message: string };
		return /^SQLITE_(CANTOPEN|READONLY|IOERR|FULL)/.test(code ?? "")
			? message
			: null;
	}
}
