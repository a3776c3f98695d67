import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseSilently } from "../../core/reading/broken-json.ts";
import { replaceFile } from "../../machine/files/durable-file.ts";

/** A file that must be understood and cannot be: what is wrong with it, and what a person can do. */
export class UnreadableFile extends Error {
	override readonly name = "UnreadableFile";
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
			const { sha256, ...value } = parseSilently(text) as {
				sha256?: unknown;
			};
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
	replaceFile(path, JSON.stringify(sealed));
}

const sealOf = (value: object): string =>
	createHash("sha256").update(JSON.stringify(value)).digest("hex");
