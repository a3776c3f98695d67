import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { quietly, ROOT } from "./install.mjs";

const FOLDER = join(ROOT, "node_modules/electron");
/** Remembers that the download failed, so that the next starts do not wait for it again. */
const MISSING = join(ROOT, "node_modules/.blc-no-electron");
const ASK_AGAIN_AFTER = 24 * 60 * 60 * 1000;

function binary(): string | undefined {
	const pathFile = join(FOLDER, "path.txt");
	if (!existsSync(pathFile)) return undefined;
	const path = join(FOLDER, "dist", readFileSync(pathFile, "utf8").trim());
	return existsSync(path) ? path : undefined;
}

/** Electron's binary, downloaded when it can be; undefined where it is not to be had. */
export async function electronBinary(): Promise<string | undefined> {
	const present = binary();
	if (present) return present;
	if (
		existsSync(MISSING) &&
		Date.now() - Number(readFileSync(MISSING, "utf8")) < ASK_AGAIN_AFTER
	)
		return undefined;
	await quietly("Downloading Electron", process.execPath, [
		join(FOLDER, "install.js"),
	]);
	const downloaded = binary();
	if (!downloaded) {
		console.log(
			"  Electron cannot be downloaded here; the system's browser is used.",
		);
		writeFileSync(MISSING, String(Date.now()));
	}
	return downloaded;
}

/**
 * Whether Electron ended because this system does not let it run (libraries or a sandbox that are missing), not because a person closed it.
 * @param code its exit code; null: a signal ended it
 * @param lived ms from its start
 */
export function couldNotRun(code: number | null, lived: number): boolean {
	return code !== 0 && lived < 10_000;
}
