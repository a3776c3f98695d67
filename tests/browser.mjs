/** Finds a Chromium for the tests, or brings one. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fail, quietly } from "../main/launch/install.mjs";

const SYSTEM = {
	linux: [
		"/usr/bin/chromium",
		"/usr/bin/chromium-browser",
		"/usr/bin/google-chrome",
		"/usr/bin/google-chrome-stable",
		"/usr/bin/microsoft-edge",
	],
	darwin: [
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
	],
	win32: [
		"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
		"C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
		"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
	],
};

const starts = (path) =>
	existsSync(path) &&
	(process.platform === "win32" ||
		spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0);

/**
 * In this order: the path in CHROME_BIN or PLAYWRIGHT_CHROMIUM_PATH; a system Chromium, Chrome or Edge; Playwright's own download;
 * Debian's package when root.
 */
export async function browser() {
	for (const name of ["CHROME_BIN", "PLAYWRIGHT_CHROMIUM_PATH"]) {
		const given = process.env[name];
		if (!given) continue;
		if (starts(given)) return given;
		fail(
			`${name} names ${given}, which does not start.`,
			"Correct it or unset it.",
		);
	}
	const system = (SYSTEM[process.platform] ?? []).find(starts);
	if (system) return system;

	const { chromium } = createRequire(import.meta.url)("@playwright/test");
	if (!starts(chromium.executablePath()))
		await quietly("Downloading Chromium (Playwright)", process.execPath, [
			"node_modules/@playwright/test/cli.js",
			"install",
			"chromium",
		]);
	if (starts(chromium.executablePath())) return chromium.executablePath();

	if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
		await quietly("Installing Debian's chromium", "sh", [
			"-c",
			"apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium",
		]);
		if (starts("/usr/bin/chromium")) return "/usr/bin/chromium";
	}
	return fail(
		"No browser for the tests: none on this machine, and none could be downloaded.",
		"Install Chromium, Chrome or Edge, or name one: CHROME_BIN=/path/to/chromium npm test",
	);
}
