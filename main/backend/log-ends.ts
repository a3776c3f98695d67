import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";

/** Of each log so much (bytes) goes into a bundle. */
const END = 200_000;
const LOGS = [
	"backend.log.old",
	"backend.log",
	"desktop.log.old",
	"desktop.log",
];

/**
 * The ends of the logs that are there, oldest first, without what nobody else may read.
 * @param secrets this workstation's own, wherever they stand
 */
export function logEnds(
	data: string,
	secrets: readonly string[],
): { name: string; text: string }[] {
	return LOGS.flatMap((name) => {
		const text = endOf(join(data, name));
		return text === null ? [] : [{ name, text: withoutSecrets(text, secrets) }];
	});
}

/** A value under a name that has one of these words in it, misspelt or longer than it ought to be: all between its quotes, or up to a space. */
const SECRET_NAMED =
	/((?:cred|passw|sandi|secret|rahasia|cookie|token|private_?key)[\w-]*\\?["']?\s*[:=]\s*)(?:(\\?["'])(?:(?!\2).)*(?:\2|$)|[^\s"',}]+)/gim;

/** What lets somebody in is no part of what is handed to others: tokens of entries, credentials, passwords, cookies, names in addresses. */
export function withoutSecrets(
	text: string,
	secrets: readonly string[],
): string {
	return secrets
		.reduce((rest, secret) => rest.replaceAll(secret, "…"), text)
		.replace(/([?&]token=)[^\s&"']+/g, "$1…")
		.replace(/(\b(?:Bearer|Basic)\s+)[^\s"']+/gi, "$1…")
		.replace(
			SECRET_NAMED,
			(_, name: string, quote = "") => `${name}${quote}…${quote}`,
		)
		.replace(/(https?:\/\/)[^\s/@]+@/g, "$1…@");
}

function endOf(path: string): string | null {
	let file: number;
	try {
		file = openSync(path, "r");
	} catch {
		return null;
	}
	try {
		const { size } = fstatSync(file);
		const bytes = Buffer.alloc(Math.min(size, END));
		readSync(file, bytes, 0, bytes.length, size - bytes.length);
		const text = bytes.toString("utf8");
		// From the beginning of a line on.
		return size > END ? text.slice(text.indexOf("\n") + 1) : text;
	} finally {
		closeSync(file);
	}
}
