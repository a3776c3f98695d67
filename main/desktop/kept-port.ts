import { readFileSync } from "node:fs";
import { replaceFile } from "../../machine/files/durable-file.ts";

/*
 * The port of the screens, kept over starts: what a browser keeps for a page (Chromium's storage, zoom, code that is compiled) it keeps by
 * its origin, and a new port each time is a new one.
 */

/** The port of the last start; 0: any. */
export function keptPort(file: string): number {
	try {
		const port = Number(readFileSync(file, "utf8"));
		return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : 0;
	} catch {
		return 0;
	}
}

/** Keeps the port; where that cannot be written the next start has another. */
export function keepPort(file: string, origin: string): void {
	try {
		replaceFile(file, new URL(origin).port);
	} catch {}
}
