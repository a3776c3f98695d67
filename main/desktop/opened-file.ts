import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { OpenedFile } from "../../core/api/desktop.ts";
import { FILE_ENDING } from "../../core/workspace/file-ending.ts";
import { notRead } from "./messages.ts";

/** Longer than any file that is brought in may be (bytes): each import has its own bound. */
const LONGEST = 4_000_000;

/** The file that a person opened with this application, until its page has taken it. */
export interface OpenedFiles {
	open(path: string): void;
	/** Null: none was opened since the last. */
	take(): Promise<OpenedFile | null>;
}

/** @param tell called when there is one to take */
export function openedFiles(tell: () => void): OpenedFiles {
	let waiting: string | null = null;
	return {
		open(path) {
			waiting = path;
			tell();
		},
		async take() {
			const path = waiting;
			waiting = null;
			if (path === null) return null;
			const name = basename(path);
			try {
				const { size } = await stat(path);
				if (size > LONGEST) throw new Error(`${size} > ${LONGEST} bytes`);
				// As `File.text()` of a browser gives it: without the mark that editors set before it.
				const text = new TextDecoder().decode(await readFile(path));
				return { name, text, problem: null };
			} catch (error) {
				return { name, text: null, problem: notRead(error, path) };
			}
		},
	};
}

/**
 * The file among the arguments of a start, which is how Windows and Linux hand one over; null: none of ours.
 * @param folder what paths are meant against
 */
export function fileAmong(
	given: readonly string[],
	folder: string,
): string | null {
	const named = given.findLast(
		(one) =>
			!one.startsWith("-") && one.toLowerCase().endsWith(`.${FILE_ENDING}`),
	);
	if (named === undefined) return null;
	try {
		// Desktops of Linux hand over addresses.
		return named.startsWith("file:")
			? fileURLToPath(named)
			: resolve(folder, named);
	} catch {
		return null;
	}
}
