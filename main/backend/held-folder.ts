import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { z } from "zod";
import {
	removeUnlessHeld,
	replaceFile,
} from "../../machine/files/durable-file.ts";
import { SyncFailure } from "./replica/failure.ts";

/** Who has a workstation's folder. */
const Holder = z.object({
	pid: z.int(),
	host: z.string(),
	/** ISO time. */
	since: z.string(),
});

/** Another workstation has the folder. */
export class FolderHeld extends SyncFailure {
	constructor(folder: string, holder: string) {
		super(
			"disk",
			`${folder} is in use by another workstation (${holder}); end that one, or give this one a folder of its own`,
		);
		this.name = "FolderHeld";
	}
}

export interface HeldFolder {
	release(): void;
}

/** A predecessor that is just ending has this long (ms). */
const PATIENCE = 2500;

/**
 * Takes a workstation's folder for this process alone. The lock is one of the operating system, taken through SQLite: it ends with its
 * process however that ends, and cannot be mistaken for one of another process that was given the same number.
 * @throws FolderHeld, which says who has it; SqliteError or an error of the file system when the folder cannot be written
 */
export function holdFolder(folder: string, patience = PATIENCE): HeldFolder {
	const who = join(folder, "workstation.json");
	const database = new Database(join(folder, "workstation.lock"), {
		timeout: patience,
	});
	try {
		database.exec("BEGIN EXCLUSIVE");
		const holder: z.infer<typeof Holder> = {
			pid: process.pid,
			host: hostname(),
			since: new Date().toISOString(),
		};
		replaceFile(who, `${JSON.stringify(holder)}\n`);
	} catch (error) {
		database.close();
		if ((error as { code?: unknown }).code === "SQLITE_BUSY")
			throw new FolderHeld(folder, read(who));
		throw error;
	}
	return {
		release() {
			try {
				removeUnlessHeld(who);
			} finally {
				database.close();
			}
		},
	};
}

function read(path: string): string {
	try {
		const { pid, host, since } = Holder.parse(
			JSON.parse(readFileSync(path, "utf8")),
		);
		return `process ${pid} on ${host}, since ${since}`;
	} catch {
		return "it has not said which process it is";
	}
}
