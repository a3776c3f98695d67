import type { Configuration } from "electron-builder";

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

export interface Dist {
	readonly system: System;
	/** An unpacked Electron to package instead of a downloaded one. */
	readonly electron: string | null;
	readonly output: string;
	/** Installers, else a folder that runs as it is. */
	readonly installers: boolean;
	/** Who is named as maintainer of Linux packages. */
	readonly maintainer: string;
}

/** Everything that a package is made of and installed by; keys and certificates for signing are electron-builder's own variables. */
export function distConfiguration(dist: Dist): Configuration {
	const targets = <T>(installers: T[]): T[] | "dir" =>
		dist.installers ? installers : "dir";
	return {
		appId: "id.go.covid19.blc-command",
		productName: "BLC Command",
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
			maintainer: dist.maintainer,
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
