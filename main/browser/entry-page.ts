import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
	removeUnlessHeld,
	replaceFile,
} from "../../machine/files/durable-file.ts";

/** A page that leads a browser to an address nobody else may see. */
export interface EntryPage {
	/** `file:` address of the page. */
	readonly address: string;
	remove(): void;
}

/**
 * Writes the address with the one-time token into a page that only this account can read, for a browser to be started with: what stands
 * among a program's arguments is for everybody on the machine to read.
 * @param folder this workstation's data folder, private to its account
 */
export function writeEntryPage(folder: string, address: string): EntryPage {
	const path = join(folder, "enter.html");
	replaceFile(
		path,
		`<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>BLC Command</title>
<meta http-equiv="refresh" content="0;url=${encodeURI(address)}">
`,
	);
	return {
		address: pathToFileURL(path).href,
		remove() {
			removeUnlessHeld(path);
		},
	};
}
