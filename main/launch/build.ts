import { createHash } from "node:crypto";
import {
	existsSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fail, quietly, ROOT } from "./install.mjs";

const SOURCES = ["core", "machine", "main", "preload", "renderer"];
const FILES = ["electron.vite.config.ts", "package-lock.json", "package.json"];
const STAMP = join(ROOT, "out/.blc-built");

/** A mark of everything the build reads, by path, size and time of change. */
function sourcesMark(): string {
	const hash = createHash("sha256");
	const add = (path: string): void => {
		const { size, mtimeMs } = statSync(join(ROOT, path));
		hash.update(`${path} ${size} ${mtimeMs}\n`);
	};
	for (const folder of SOURCES)
		for (const entry of readdirSync(join(ROOT, folder), {
			recursive: true,
			withFileTypes: true,
		})
			.filter((found) => found.isFile())
			.map((found) => join(found.parentPath, found.name).slice(ROOT.length))
			.sort())
			add(entry);
	for (const file of FILES) add(file);
	return hash.digest("hex");
}

/** Builds the application into out/ unless that was done from the same sources. */
export async function buildIfChanged(): Promise<void> {
	const mark = sourcesMark();
	if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === mark) return;
	const { code, output } = await quietly(
		"Building the application",
		process.execPath,
		["node_modules/electron-vite/bin/electron-vite.js", "build"],
	);
	if (code !== 0) {
		console.error(output);
		fail("The application could not be built.", "The lines above say why.");
	}
	writeFileSync(STAMP, mark);
}
