import { readFileSync, writeFileSync } from "node:fs";
import type { Configuration } from "electron-builder";
import { FILE_ENDING } from "../../core/workspace/file-ending.ts";
import { APPLICATION_ID } from "../desktop/application-id.ts";
import { withMachineFolder } from "./msi-project.ts";

/** The systems a package is made for, by electron-builder's names, with the one that better-sqlite3 gives its binaries. */
export const SYSTEMS = {
	linux: "linux",
	mac: "darwin",
	win: "win32",
} as const;
export type System = keyof typeof SYSTEMS;

/** The system of a machine that packages for itself. */
export function systemOf(platform: NodeJS.Platform): System {
	return platform === "win32" ? "win" : platform === "darwin" ? "mac" : "linux";
}

/** What a machine has to build installers with. */
export interface Builder {
	readonly platform: NodeJS.Platform;
	/** Whether a program is on its path. */
	readonly has: (program: string) => boolean;
}

/**
 * Why installers of a system cannot be built on a machine, with what would help; null: nothing is known against it. A folder that runs as
 * it is (`dir`) is built for Linux and Windows anywhere.
 */
export function cannotBuild(
	system: System,
	{ platform, has }: Builder,
): string | null {
	if (system === "mac" && platform !== "darwin")
		return "installers for macOS are built and signed by tools of macOS (hdiutil, codesign): run this on one";
	// The builder's MSI wants WiX, its NSIS runs the installer once to make the uninstaller (app-builder-lib: MsiTarget, NsisTarget).
	if (system === "win" && platform !== "win32" && !has("wine"))
		return "installers for Windows need Windows, or Wine in its place: run this on one";
	if (system === "linux" && platform === "win32")
		return "installers for Linux (deb, rpm, AppImage) are built on Linux or macOS: run this on one";
	if (system === "linux" && !has("rpmbuild"))
		return "the rpm wants rpmbuild, which is not on the path: install the package rpm";
	return null;
}

export interface Dist {
	readonly system: System;
	/** An unpacked Electron to package instead of a downloaded one. */
	readonly electron: string | null;
	readonly output: string;
	/** Installers, else a folder that runs as it is. */
	readonly installers: boolean;
	/** Who is named as maintainer of Linux packages; empty, as a workflow gives a variable that nobody set: nobody in particular. */
	readonly maintainer: string;
}

/** Everything that a package is made of and installed by; keys and certificates for signing are electron-builder's own variables. */
export function distConfiguration(dist: Dist): Configuration {
	const targets = <T>(installers: T[]): T[] | "dir" =>
		dist.installers ? installers : "dir";
	return {
		appId: APPLICATION_ID,
		productName: "BLC Command",
		fileAssociations: [
			{
				ext: FILE_ENDING,
				name: "BLC Command",
				description: "BLC Command: pengaturan, adegan, skenario",
				mimeType: "application/vnd.blc-command",
				role: "Editor",
			},
		],
		// better-sqlite3 brings N-API binaries that serve Node and Electron alike
		npmRebuild: false,
		electronDist: dist.electron,
		directories: { output: dist.output, buildResources: "resources/installer" },
		// biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
		artifactName: "blc-command-${version}-${os}-${arch}.${ext}",
		files: [
			"out/**",
			"resources/**/*.topojson",
			"resources/**/*.json",
			"package.json",
			"!**/*.{map,ts,mts,md}",
			"!node_modules/better-sqlite3/{deps,src,build}/**",
			"!node_modules/better-sqlite3/binding.gyp",
			"!node_modules/better-sqlite3/prebuilds/*.node",
			// SQLite for the system that is packaged for. `${platform}` would be the machine that builds
			// (app-builder-lib/out/util/macroExpander.js): a package for Windows made on Linux would hold SQLite for Linux.
			`node_modules/better-sqlite3/prebuilds/${SYSTEMS[dist.system]}-\${arch}.node`,
		],
		// Beside the archive, as plain files: all that the backend and its threads read. A thread resolves its modules without Electron.
		asarUnpack: [
			"out/main/!(desktop).js",
			"out/main/chunks/**",
			"out/renderer/**",
			"resources/**",
			"node_modules/**",
			"package.json",
		],
		linux: {
			target: targets(["AppImage", "deb", "rpm"]),
			category: "Office",
			executableName: "blc-command",
			// By it a desktop knows whose window it is (package.json: desktopName): else it stands beside its starter, without its sign.
			syncDesktopName: true,
			// The builder refuses a package without one.
			maintainer: dist.maintainer || "BLC Command <root@localhost>",
			synopsis: "Command center of the COVID-19 task force",
		},
		win: {
			target: targets(["nsis", "msi"]),
			// Editing a stand-in's resources fails: it is no program.
			...(dist.electron === null ? {} : { signAndEditExecutable: false }),
		},
		mac: {
			target: targets(["dmg"]),
			category: "public.app-category.medical",
		},
		nsis: {
			// For everybody on the machine, `/S` without a question.
			oneClick: false,
			perMachine: true,
			allowToChangeInstallationDirectory: true,
			installerLanguages: ["id_ID", "en_US"],
			// What a person has not sent yet lies in the data: the uninstaller asks (resources/installer/installer.nsh).
			deleteAppDataOnUninstall: false,
			createDesktopShortcut: true,
			shortcutName: "BLC Command",
		},
		msi: { perMachine: true, oneClick: true, runAfterFinish: false },
		msiProjectCreated(path) {
			writeFileSync(path, withMachineFolder(readFileSync(path, "utf8")));
		},
		electronFuses: {
			runAsNode: false,
			enableCookieEncryption: true,
			enableNodeOptionsEnvironmentVariable: false,
			enableNodeCliInspectArguments: false,
			enableEmbeddedAsarIntegrityValidation: true,
			onlyLoadAppFromAsar: true,
		},
	};
}
