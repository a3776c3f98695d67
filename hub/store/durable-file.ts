import { createHash } from "node:crypto";
import {
	closeSync,
	fsyncSync,
	linkSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/** A file that must be understood and cannot be: what is wrong with it, and what a person can do. */
export class UnreadableFile extends Error {
	override readonly name = "UnreadableFile";
}

/** Whether something failed because a disk is full, that of the hub's folder or that of PostgreSQL (its code 53100). */
export function isDiskFull(error: unknown): boolean {
	for (let at = error; at instanceof Error; at = at.cause)
		if (/^(ENOSPC|EDQUOT|53100)$/.test(String((at as { code?: unknown }).code)))
			return true;
	return false;
}

/**
 * Reads a file that remembers something. Only a file that is not there means that nothing was ever remembered.
 * @param parse throws when the text is not what was written
 * @param remedy what to do when it cannot be read, as a sentence
 * @returns null when there is no such file
 * @throws UnreadableFile
 */
export function readRemembered<T>(
	path: string,
	parse: (text: string) => T,
	remedy: string,
): T | null {
	try {
		return parse(readFileSync(path, "utf8"));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		const [reason] = (error as Error).message.split("\n");
		throw new UnreadableFile(`${path} cannot be read (${reason}). ${remedy}`, {
			cause: error,
		});
	}
}

/**
 * Reads what `writeSealed` wrote. One bit of a number that a disk has changed would otherwise be believed.
 * @throws UnreadableFile
 */
export function readSealed<T>(
	path: string,
	schema: { parse(value: unknown): T },
	remedy: string,
): T | null {
	return readRemembered(
		path,
		(text) => {
			const { sha256, ...value } = JSON.parse(text);
			// Earlier versions wrote none.
			if (sha256 !== undefined && sha256 !== sealOf(value))
				throw new Error("it is damaged: it does not fit its SHA-256");
			return schema.parse(value);
		},
		remedy,
	);
}

/** Writes a value as JSON, durably and with a SHA-256 over it. */
export function writeSealed(path: string, value: object): void {
	const sealed = { ...value, sha256: sealOf(value) };
	writeDurably(path, JSON.stringify(sealed), 0o600);
}

const sealOf = (value: object): string =>
	createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** Writes a file so that after a power failure it holds either its old or its new content. */
export function writeDurably(
	path: string,
	content: string | Uint8Array,
	mode: number,
): void {
	placed(path, content, mode, renameSync);
}

/**
 * Writes a file that is not there yet, whole or not at all.
 * @returns false when it is there: another process was first, and its file stays
 */
export function createDurably(
	path: string,
	content: string | Uint8Array,
	mode: number,
): boolean {
	try {
		placed(path, content, mode, linkSync);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
		throw error;
	}
}

function placed(
	path: string,
	content: string | Uint8Array,
	mode: number,
	place: (temporary: string, path: string) => void,
): void {
	const temporary = `${path}.${process.pid}.tmp`;
	try {
		const file = openSync(temporary, "w", mode);
		try {
			writeFileSync(file, content);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
		place(temporary, path);
	} finally {
		rmSync(temporary, { force: true });
	}
	if (process.platform === "win32") return; // its folders cannot be synced
	const folder = openSync(dirname(path), "r");
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}
