/**
 * `npm run test:electron`: the host's own tests (tests/electron) and end-to-end tests of the screens in the real Electron application. Where Electron's binary is missing they
 * are skipped by name; with `--required`, as where installers are built, that is a failure.
 */
import { spawnSync } from "node:child_process";
import { electronBinary } from "../main/launch/electron-binary.ts";

const electron = await electronBinary();
if (!electron) {
	console.log(
		"- the screens in Electron: skipped, Electron's binary is not on this machine and cannot be downloaded",
	);
	console.log("\nTests: 0 passed, 0 failed, 1 skipped");
	process.exit(process.argv.includes("--required") ? 1 : 0);
}
const run = (args: string[]) =>
	spawnSync(process.execPath, args, {
		stdio: "inherit",
		env: { ...process.env, BLC_ELECTRON: electron },
	}).status ?? 1;
process.exit(
	run(["node_modules/electron-vite/bin/electron-vite.js", "build"]) ||
		run([
			"node_modules/@playwright/test/cli.js",
			"test",
			"--config",
			"tests/electron/playwright.config.ts",
		]) ||
		run([
			"node_modules/@playwright/test/cli.js",
			"test",
			"numbers",
			"real-files",
		]),
);
