import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listPackage } from "@electron/asar";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { Arch, build, Platform } from "electron-builder";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
	type BackendOptions,
	OPTIONS_VARIABLE,
} from "../../main/backend/options.ts";
import { distConfiguration } from "../../main/launch/dist-configuration.ts";

const SQLITE_OF_WINDOWS =
	"node_modules/better-sqlite3/prebuilds/win32-x64.node";

/**
 * An Electron folder with everything electron-builder touches and a file with a fuse wire where the binary would be.
 * @param program the name of that binary
 */
function standInElectron(folder: string, program: string): void {
	mkdirSync(join(folder, "locales"), { recursive: true });
	mkdirSync(join(folder, "resources"), { recursive: true });
	const { version } = JSON.parse(
		readFileSync("node_modules/electron/package.json", "utf8"),
	) as { version: string };
	writeFileSync(join(folder, "version"), version);
	for (const name of [
		"LICENSE",
		"LICENSES.chromium.html",
		"resources.pak",
		"chrome_100_percent.pak",
		"locales/id.pak",
	])
		writeFileSync(join(folder, name), "stand-in");
	const wire = Buffer.concat([
		Buffer.from("stand-in dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
		Buffer.from([1, 9]),
		Buffer.from("101011001"),
	]);
	writeFileSync(
		join(folder, program),
		program.endsWith(".exe") ? inProgramOfWindows(wire) : wire,
		{ mode: 0o755 },
	);
}

/** The builder writes into the resources of a program of Windows: the wire lies in one that is no Electron, where it holds nothing. */
function inProgramOfWindows(wire: Buffer): Buffer {
	const program = readFileSync(
		"node_modules/electron-winstaller/vendor/7z-x64.exe",
	);
	wire.copy(program, program.indexOf(Buffer.alloc(256), 0x1000) + 100);
	return program;
}

/** A program in the place of fpm that keeps what it is given, and the files that it would put into a package. */
function standInFpm(folder: string): {
	program: string;
	calls: () => { given: string[]; placed: Record<string, string> }[];
} {
	const program = join(folder, "fpm");
	const calls = join(folder, "fpm-calls");
	mkdirSync(calls);
	writeFileSync(
		program,
		`#!${process.execPath}
const { readFileSync, statSync, writeFileSync } = require("node:fs");
const given = process.argv.slice(2);
const placed = {};
for (const [from, to] of given.map((one) => one.split("=")))
	if (to && statSync(from, { throwIfNoEntry: false })?.isFile())
		placed[to] = readFileSync(from, "utf8");
writeFileSync(given[given.indexOf("--package") + 1], "stand-in");
writeFileSync(${JSON.stringify(calls)} + "/" + process.pid, JSON.stringify({ given, placed }));
`,
		{ mode: 0o755 },
	);
	return {
		program,
		calls: () =>
			readdirSync(calls).map((name) =>
				JSON.parse(readFileSync(join(calls, name), "utf8")),
			),
	};
}

/** Packages the application for a system, as `npm run dist` does. */
function pack(
	folder: string,
	system: "linux" | "win",
	...further: string[]
): string {
	standInElectron(
		join(folder, system),
		system === "win" ? "electron.exe" : "electron",
	);
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		["main/launch/dist.ts", "--system", system, "--arch", "x64", ...further],
		{
			encoding: "utf8",
			env: {
				...process.env,
				BLC_ELECTRON_DIST: join(folder, system),
				BLC_DIST_OUTPUT: join(folder, `release-${system}`),
			},
		},
	);
	if (status !== 0) throw new Error(stdout + stderr);
	return join(folder, `release-${system}`, `${system}-unpacked`);
}

describe.skipIf(process.platform !== "linux" || process.arch !== "x64")(
	"the package holds the application and nothing else (needs Linux on x64)",
	() => {
		let folder: string;
		let application: string;
		let files: string[];

		beforeAll(() => {
			folder = mkdtempSync(join(tmpdir(), "blc-dist-"));
			application = pack(folder, "linux");
			files = listPackage(join(application, "resources", "app.asar"), {
				isPack: false,
			});
		}, 300_000);
		afterAll(() => rmSync(folder, { recursive: true, force: true }));

		test("desktop host, backend, its workers, preload and pages are in it", () => {
			for (const name of [
				"/out/main/desktop.js",
				"/out/main/backend.js",
				"/out/main/electron-backend.js",
				"/out/main/reader-worker.js",
				"/out/main/writer-worker.js",
				"/out/main/audit-worker.js",
				"/out/main/reproduction-worker.js",
				"/out/preload/bridge.cjs",
				"/out/renderer/index.html",
				"/resources/geography/indonesia.topojson",
			])
				expect(files).toContain(name);
		});
		test("the licences of what is in it are: packages of pages and backend, native ones, Electron, and the data", () => {
			const licences: { name: string; licence: string; text: string }[] =
				JSON.parse(readFileSync("out/renderer/licences.json", "utf8"));
			expect(files).toContain("/out/renderer/licences.json");
			const names = licences.map(({ name }) => name);
			for (const name of [
				...["react", "maplibre-gl", "@deck.gl/core", "uplot", "hono", "zod"],
				...["better-sqlite3", "highs", "electron", "Natural Earth"],
			])
				expect(names).toContain(name);
			for (const { name, licence } of licences)
				expect(licence, name).not.toBe("not stated");
			// What only builds is not shipped.
			expect(names).not.toContain("vite");
		});
		test("no source, test, source map or hub is in it", () => {
			const ours = files.filter((name) => !name.startsWith("/node_modules"));
			expect(
				ours.filter((name) =>
					/\.(ts|tsx|map)$|^\/(hub|tests|core)\b/.test(name),
				),
			).toEqual([]);
		});
		test("the native SQLite of this platform lies outside the archive, the others are left out", () => {
			const native = files.filter((name) => name.endsWith(".node"));
			expect(native).toEqual([
				"/node_modules/better-sqlite3/prebuilds/linux-x64.node",
			]);
			expect(
				existsSync(join(application, "resources/app.asar.unpacked", native[0])),
			).toBe(true);
		});
		test("a package for Windows that is made on Linux holds SQLite for Windows", () => {
			const windows = join(pack(folder, "win", "--built"), "resources");
			expect(
				listPackage(join(windows, "app.asar"), { isPack: false }).filter(
					(name) => name.endsWith(".node"),
				),
			).toEqual([`/${SQLITE_OF_WINDOWS}`]);
			expect(
				readFileSync(
					join(windows, "app.asar.unpacked", SQLITE_OF_WINDOWS),
				).subarray(0, 2),
			).toEqual(Buffer.from("MZ"));
		}, 300_000);
		test("the packaged backend, its threads and its SQLite run from beside the archive, by plain Node", async () => {
			const beside = join(application, "resources/app.asar.unpacked");
			const data = join(folder, "data");
			const options: BackendOptions = {
				data,
				hub: null,
				port: 0,
				otherPortIfTaken: true,
				secret: "s".repeat(40),
				screens: join(beside, "out/renderer"),
				geography: join(beside, "resources/geography/indonesia.topojson"),
				parent: process.pid,
			};
			const backend = fork(join(beside, "out/main/electron-backend.js"), [], {
				cwd: folder,
				env: { ...process.env, [OPTIONS_VARIABLE]: JSON.stringify(options) },
				stdio: ["ignore", "inherit", "pipe", "ipc"],
			});
			let said = "";
			backend.stderr?.on("data", (piece) => {
				said += piece;
			});
			const ended = once(backend, "exit");
			try {
				const [message] = await once(backend, "message");
				const { origin, token } = message as { origin: string; token: string };
				const entry = await fetch(`${origin}/enter?token=${token}`, {
					redirect: "manual",
				});
				const cookie = entry.headers.get("set-cookie")?.split(";")[0] ?? "";
				const ask = (path: string) =>
					fetch(origin + path, { headers: { cookie } });
				expect(await (await ask("/")).text()).toContain("<html");
				expect(await (await ask("/api/state")).json()).toEqual({
					dataset: null,
					sync: { kind: "none" },
				});
				// Made by the thread that writes.
				expect(existsSync(join(data, "workstation.lock"))).toBe(true);
			} finally {
				backend.disconnect();
			}
			expect(await ended).toEqual([0, null]);
			// There is no Electron here, and it starts all the same.
			expect(said).toMatch(/^backend: the network of Electron cannot be used/);
			expect(said.trim().split("\n")).toHaveLength(1);
			// Nothing went wrong in any of its threads.
			expect(existsSync(join(data, "backend.log"))).toBe(false);
		}, 60_000);
		test("deb and rpm are put together as far as fpm, which makes them and is not to be had here: starter, kind of file, who made it", async () => {
			const told = standInFpm(folder);
			vi.stubEnv("CUSTOM_FPM_PATH", told.program);
			const made = await build({
				targets: Platform.LINUX.createTarget(["deb", "rpm"], Arch.x64),
				prepackaged: application,
				publish: "never",
				config: distConfiguration({
					system: "linux",
					electron: null,
					output: join(folder, "installers"),
					installers: true,
					maintainer: "BLC <it@example.go.id>",
				}),
			}).finally(() => vi.unstubAllEnvs());
			expect(made.map((path) => path.split(".").at(-1))).toEqual([
				"deb",
				"rpm",
			]);
			for (const { given, placed } of told.calls()) {
				expect(given.join("\n")).toContain(
					"--maintainer\nBLC <it@example.go.id>",
				);
				expect(given).toContain(`${application}/=/opt/BLC Command`);
				const starter = placed["/usr/share/applications/blc-command.desktop"];
				expect(starter).toContain('Exec="/opt/BLC Command/blc-command" %U');
				expect(starter).toContain("MimeType=application/vnd.blc-command;");
				// By the name that package.json tells Electron its windows have.
				expect(starter).toContain("StartupWMClass=blc-command\n");
				expect(placed["/usr/share/mime/packages/blc-command.xml"]).toContain(
					'<glob pattern="*.blc"/>',
				);
				expect(
					placed["/usr/share/icons/hicolor/512x512/apps/blc-command.png"],
				).toBeDefined();
			}
		}, 120_000);
		test("the fuses are set so that nothing but the packaged application can run", async () => {
			const wire = await getCurrentFuseWire(join(application, "blc-command"));
			expect(wire[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
			expect(wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(
				FuseState.DISABLE,
			);
			expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).toBe(
				FuseState.DISABLE,
			);
			expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
			expect(wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(
				FuseState.ENABLE,
			);
		});
	},
);
