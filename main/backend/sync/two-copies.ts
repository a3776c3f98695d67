import { readFileSync } from "node:fs";
import { replaceFile } from "../../../machine/files/durable-file.ts";
import { SyncFailure } from "../replica/failure.ts";

/** What must outlive replicas and a failing disk is kept twice: one copy that is damaged neither opens a way back nor stops the workstation. */
const copiesOf = (path: string): string[] => [path, `${path}.copy`];

/**
 * Reads what is kept twice. Only files that are not there mean that nothing was ever kept: whatever cannot be read might have said that this
 * hub is not to be followed.
 * @param read throws when the text is damaged
 * @param isNewer written one after the other, one copy may be a step behind after a power failure
 * @throws SyncFailure "disk" when something is kept and no copy of it can be read
 */
export function readTwoCopies<T>(
	path: string,
	what: string,
	read: (text: string) => T,
	isNewer: (one: T, other: T) => boolean,
): T | null {
	let newest: T | null = null;
	let unread: string | null = null;
	for (const copy of copiesOf(path)) {
		try {
			const found = read(readFileSync(copy, "utf8"));
			if (newest === null || isNewer(found, newest)) newest = found;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
			unread = `${copy}: ${error instanceof Error ? error.message : String(error)}`;
		}
	}
	if (newest === null && unread !== null)
		throw new SyncFailure(
			"disk",
			`the memory of ${what} cannot be read, so the hub is not followed (${unread}); make it readable, or remove it and its copy to trust this hub anew`,
		);
	return newest;
}

export function writeTwoCopies(path: string, text: string): void {
	for (const copy of copiesOf(path)) replaceFile(copy, text);
}
