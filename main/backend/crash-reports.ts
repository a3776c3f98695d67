import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** A crash of a process of the desktop application, as Crashpad kept it. What is in it is memory: nobody is sent that. */
export interface CrashReport {
	/** Its file below the folder of crash reports. */
	readonly name: string;
	/** ms since 1970 UTC */
	readonly at: number;
	readonly bytes: number;
}

/** As many as tell how often. */
const MOST = 50;

/**
 * The crash reports of this workstation, newest first. Their folder is Chromium's, below its profile (main/desktop); in a browser's host
 * there is none.
 */
export function crashReports(data: string): CrashReport[] {
	const folder = join(data, "desktop", "Crashpad");
	let names: string[];
	try {
		// In `reports`, `pending` or `completed`, by system.
		names = readdirSync(folder, { recursive: true, encoding: "utf8" });
	} catch {
		return [];
	}
	return names
		.filter((name) => name.endsWith(".dmp"))
		.flatMap((name) => {
			try {
				const { mtimeMs, size } = statSync(join(folder, name));
				return [
					{
						name: name.replaceAll("\\", "/"),
						at: Math.round(mtimeMs),
						bytes: size,
					},
				];
			} catch {
				// It went meanwhile.
				return [];
			}
		})
		.sort((one, other) => other.at - one.at)
		.slice(0, MOST);
}
