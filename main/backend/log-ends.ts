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

/**
 * All between quotes. Where the quotes themselves are escaped, it ends at the next ones; else an escaped one is a part of it. What is cut off ends
 * with its line.
 */
const QUOTED =
	/\\["'].*?(?:\\["']|$)|"(?:\\.|[^"\\\r\n])*(?:"|\\?$)|'(?:\\.|[^'\\\r\n])*(?:'|\\?$)/
		.source;
/** A value under a name that has one of these words in it, misspelt or longer than it ought to be: all between its quotes, or up to a space. */
const SECRET_NAMED = new RegExp(
	`((?:cred|passw|sandi|secret|rahasia|token|private_?key)[\\w-]{0,60}\\\\?["']?\\s*[:=]\\s*)(${QUOTED}|[^\\s"',}]+)`,
	"gim",
);
/** A line has many of them, one after the other, each with quotes of its own. */
const COOKIES = new RegExp(
	`(cookies?\\\\?["']?\\s*[:=]\\s*)(\\[[^\\]\\r\\n]*|${QUOTED}|[^\\s"'][^\\r\\n]*)`,
	"gim",
);

/** What lets somebody in is no part of what is handed to others: tokens of entries, credentials, passwords, cookies, names in addresses. */
export function withoutSecrets(
	text: string,
	secrets: readonly string[],
): string {
	return secrets
		.reduce((rest, secret) => rest.replaceAll(secret, "…"), text)
		.replace(/([?&]token=)[^\s&"']+/g, "$1…")
		.replace(/(\b(?:Bearer|Basic)\s+)[^\s"']+/gi, "$1…")
		.replace(COOKIES, valueLeftOut)
		.replace(SECRET_NAMED, valueLeftOut)
		.replace(/(https?:\/\/)[^\s/@]+@/g, "$1…@");
}

/** The quotes stay, so that what follows can be read. */
function valueLeftOut(_: string, name: string, value: string): string {
	const quote = /^\\?["']/.exec(value)?.[0] ?? "";
	return `${name}${quote}…${quote}`;
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
