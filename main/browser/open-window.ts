import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** What decides how a window is opened. */
export interface Surroundings {
	platform: NodeJS.Platform;
	env: Record<string, string | undefined>;
	/** Whether a program can be run from this path. */
	runnable: (path: string) => boolean;
	/** Administrators: Chromium refuses to run with its sandbox, and without it we do not run it. */
	root: boolean;
}

const NAMES = [
	"google-chrome",
	"google-chrome-stable",
	"chromium",
	"chromium-browser",
	"microsoft-edge",
	"microsoft-edge-stable",
];
const MAC = [
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const WINDOWS = [
	"Google\\Chrome\\Application\\chrome.exe",
	"Microsoft\\Edge\\Application\\msedge.exe",
];

/** Whether a window of Chromium can be opened here, be it a browser's or Electron's. */
export function mayShowWindow({ platform, env, root }: Surroundings): boolean {
	if (platform === "darwin" || platform === "win32") return true;
	return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY) && !root;
}

/** A Chromium, Chrome or Edge of this system that can open an address as an application window; null: none, or no display. */
export function browserFor(here: Surroundings): string | null {
	const { platform, env } = here;
	if (!mayShowWindow(here)) return null;
	const candidates =
		platform === "darwin"
			? MAC
			: platform === "win32"
				? [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA]
						.filter((folder) => folder !== undefined)
						.flatMap((folder) => WINDOWS.map((name) => `${folder}\\${name}`))
				: (env.PATH ?? "")
						.split(delimiter)
						.flatMap((folder) => NAMES.map((name) => join(folder, name)));
	const chosen = env.CHROME_BIN ? [env.CHROME_BIN] : [];
	return [...chosen, ...candidates].find(here.runnable) ?? null;
}

/** Arguments for a window of its own: no tabs, no address bar, apart from the person's own profile. */
export function windowArguments(address: string, profile: string): string[] {
	return [
		`--app=${address}`,
		`--user-data-dir=${profile}`,
		"--no-first-run",
		"--no-default-browser-check",
		"--start-maximized",
	];
}

/** This machine as it is. */
export function surroundings(): Surroundings {
	return {
		platform: process.platform,
		env: process.env,
		runnable(path) {
			try {
				accessSync(path, constants.X_OK);
				return true;
			} catch {
				return false;
			}
		},
		root: process.getuid?.() === 0,
	};
}

/** Opens a window; the browser lives until the person closes it. */
export function openWindow(
	browser: string,
	address: string,
	profile: string,
): ChildProcess {
	return spawn(browser, windowArguments(address, profile), { stdio: "ignore" });
}
