/**
 * `npm run dist`: builds and packages the desktop application with electron-builder into release/, for this system or for the one that is
 * named; with `--installers` what IT staff install (docs/desktop.md), and SHA256SUMS of it.
 * BLC_ELECTRON_DIST names an unpacked Electron to package instead of a downloaded one; BLC_DIST_OUTPUT another folder for the result;
 * BLC_MAINTAINER who is named in Linux packages.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { Command, Option } from "commander";
import { Arch, build, Platform } from "electron-builder";
import {
	cannotBuild,
	distConfiguration,
	SYSTEMS,
	systemOf,
} from "./dist-configuration.ts";

const command = new Command("npm run dist --")
	.description("Packages the desktop application.")
	.addOption(
		new Option("--system <name>", "the system to package for")
			.choices(Object.keys(SYSTEMS))
			.default(systemOf(process.platform)),
	)
	.addOption(
		new Option("--arch <name>", "its processor")
			.choices(["x64", "arm64"])
			.default(process.arch),
	)
	.option("--built", "package what out/ holds, without building anew", false)
	.option("--installers", "installers, and their checksums", false)
	.showHelpAfterError();
command.parse();
const { system, arch, built, installers } = command.opts<{
	system: keyof typeof SYSTEMS;
	arch: "x64" | "arm64";
	built: boolean;
	installers: boolean;
}>();

if (installers) {
	const reason = cannotBuild(system, {
		platform: process.platform,
		has: isOnPath,
	});
	if (reason !== null) command.error(reason, { exitCode: 2 });
}

const PLATFORMS = {
	linux: Platform.LINUX,
	mac: Platform.MAC,
	win: Platform.WINDOWS,
} as const;

if (!built) {
	const { status } = spawnSync(
		process.execPath,
		[
			"node_modules/electron-vite/bin/electron-vite.js",
			"build",
			"--logLevel",
			"warn",
		],
		{ stdio: "inherit" },
	);
	if (status !== 0) process.exit(1);
}
const made = await build({
	targets: PLATFORMS[system].createTarget(null, Arch[arch]),
	publish: "never",
	config: distConfiguration({
		system,
		electron: process.env.BLC_ELECTRON_DIST ?? null,
		output: process.env.BLC_DIST_OUTPUT ?? "release",
		installers,
		maintainer: process.env.BLC_MAINTAINER ?? "",
	}),
});
if (made.length > 0) {
	const sums = made
		.filter((path) => !path.endsWith(".yml"))
		.map(
			(path) =>
				`${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${basename(path)}\n`,
		)
		.join("");
	const file = join(dirname(made[0] as string), "SHA256SUMS");
	writeFileSync(file, sums);
	console.log(`${file}\n${sums}`);
}

function isOnPath(program: string): boolean {
	return (process.env.PATH ?? "")
		.split(delimiter)
		.some((folder) => existsSync(join(folder, program)));
}
