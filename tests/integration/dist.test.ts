import { spawnSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listPackage } from "@electron/asar";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** An Electron folder with everything electron-builder touches and a file with a fuse wire where the binary would be. */
function standInElectron(folder: string): void {
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
	writeFileSync(
		join(folder, "electron"),
		Buffer.concat([
			Buffer.from("stand-in dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
			Buffer.from([1, 9]),
			Buffer.from("101011001"),
		]),
		{ mode: 0o755 },
	);
}

describe.skipIf(process.platform !== "linux")(
	"the package holds the application and nothing else (needs Linux)",
	() => {
		let folder: string;
		let application: string;
		let files: string[];

		beforeAll(() => {
			folder = mkdtempSync(join(tmpdir(), "blc-dist-"));
			standInElectron(join(folder, "electron"));
			const { status, stdout, stderr } = spawnSync(
				process.execPath,
				["main/launch/dist.ts"],
				{
					encoding: "utf8",
					env: {
						...process.env,
						BLC_ELECTRON_DIST: join(folder, "electron"),
						BLC_DIST_OUTPUT: join(folder, "release"),
					},
				},
			);
			if (status !== 0) throw new Error(stdout + stderr);
			application = join(folder, "release", "linux-unpacked");
			files = listPackage(join(application, "resources", "app.asar"), {
				isPack: false,
			});
		}, 300_000);
		afterAll(() => rmSync(folder, { recursive: true, force: true }));

		test("desktop host, backend, its workers, preload and pages are in it", () => {
			for (const name of [
				"/out/main/desktop.js",
				"/out/main/backend.js",
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
				`/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
			]);
			expect(
				existsSync(join(application, "resources/app.asar.unpacked", native[0])),
			).toBe(true);
		});
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
