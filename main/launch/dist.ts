/**
 * `npm run dist`: builds and packages the desktop application with electron-builder into release/.
 * BLC_ELECTRON_DIST names an unpacked Electron to package instead of a downloaded one; BLC_DIST_OUTPUT another folder for the result.
 */
import { spawnSync } from "node:child_process";
import { build, type Configuration } from "electron-builder";

const configuration: Configuration = {
	appId: "id.go.covid19.blc-command",
	productName: "BLC Command",
	// better-sqlite3 brings N-API binaries that serve Node and Electron alike
	npmRebuild: false,
	electronDist: process.env.BLC_ELECTRON_DIST ?? null,
	directories: { output: process.env.BLC_DIST_OUTPUT ?? "release" },
	files: [
		"out/**",
		"resources/**/*.topojson",
		"resources/**/*.json",
		"package.json",
		"!**/*.{map,ts,mts,md}",
		"!node_modules/better-sqlite3/{deps,src,build}/**",
		"!node_modules/better-sqlite3/binding.gyp",
		"!node_modules/better-sqlite3/prebuilds/*.node",
		// biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
		"node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node",
	],
	asarUnpack: ["node_modules/better-sqlite3/prebuilds/**"],
	linux: {
		target: ["dir"],
		category: "Office",
		executableName: "blc-command",
	},
	win: { target: ["dir"] },
	mac: { target: ["dir"] },
	electronFuses: {
		runAsNode: false,
		enableCookieEncryption: true,
		enableNodeOptionsEnvironmentVariable: false,
		enableNodeCliInspectArguments: false,
		enableEmbeddedAsarIntegrityValidation: true,
		onlyLoadAppFromAsar: true,
	},
};

const built = spawnSync(
	process.execPath,
	[
		"node_modules/electron-vite/bin/electron-vite.js",
		"build",
		"--logLevel",
		"warn",
	],
	{ stdio: "inherit" },
);
if (built.status !== 0) process.exit(1);
await build({ dir: true, publish: "never", config: configuration });
