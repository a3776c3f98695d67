import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { FILE_ENDING } from "../../../core/workspace/file-ending.ts";
import {
	cannotBuild,
	distConfiguration,
	SYSTEMS,
	type System,
} from "../../../main/launch/dist-configuration.ts";

const everything = () => true;
const nothing = () => false;
test.each([
	["mac", "linux", everything, "macOS"],
	["win", "linux", nothing, "Windows, or Wine"],
	["win", "linux", everything, null],
	["win", "win32", nothing, null],
	["linux", "win32", everything, "Linux or macOS"],
	["linux", "linux", nothing, "rpmbuild"],
	["linux", "linux", everything, null],
	["mac", "darwin", nothing, null],
] as const)(
	"installers for %s on %s are refused with what would help, or built",
	(system, platform, has, words) => {
		const reason = cannotBuild(system, { platform, has });
		if (words === null) expect(reason).toBeNull();
		else expect(reason).toContain(words);
	},
);

test.each(Object.keys(SYSTEMS) as System[])(
	"what is installed on %s opens our files, and no other's",
	(system) => {
		const { fileAssociations } = distConfiguration({
			system,
			electron: null,
			output: "release",
			installers: true,
			maintainer: "x",
		});
		expect(fileAssociations).toMatchObject([{ ext: FILE_ENDING }]);
	},
);

test("packages of Linux have a maintainer also where a workflow's variable is not set, which it gives as an empty text", () => {
	const of = (maintainer: string) =>
		distConfiguration({
			system: "linux",
			electron: null,
			output: "release",
			installers: true,
			maintainer,
		}).linux?.maintainer;
	expect(of("")).toMatch(/^BLC Command <.+>$/);
	expect(of("Satgas <satgas@example.id>")).toBe("Satgas <satgas@example.id>");
});

test.each(Object.keys(SYSTEMS) as System[])(
	"what installers of %s are made from is what the installed electron-builder knows, by its own check",
	async (system) => {
		const { validateConfiguration } = createRequire(import.meta.url)(
			"app-builder-lib/out/util/config/config.js",
		) as {
			validateConfiguration: (of: object, log: object) => Promise<void>;
		};
		const check = (change: object) =>
			validateConfiguration(
				{
					...distConfiguration({
						system,
						electron: null,
						output: "release",
						installers: true,
						maintainer: "x",
					}),
					...change,
				},
				{ isEnabled: false },
			);
		await check({});
		// It does look.
		await expect(check({ nsis: { perMachin: true } })).rejects.toThrow(
			"configuration.nsis",
		);
	},
);

test("the script for a machine with a network builds installers of every system by the commands there are", () => {
	const script = readFileSync(".github/workflows/installers.yml", "utf8");
	for (const system of Object.keys(SYSTEMS))
		expect(script).toContain(`{ system: ${system}, runner: `);
	const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
		scripts: Record<string, string>;
	};
	const run = [...script.matchAll(/npm run ([a-z:-]+)/g)].map(
		([, name]) => name as string,
	);
	expect(new Set(run)).toEqual(new Set(["test:electron", "dist", "dist:hub"]));
	for (const name of run) expect(scripts).toHaveProperty(name);
});

test("no installer is built where the tests in Electron could not run, which elsewhere are skipped", () => {
	const runs = readFileSync(".github/workflows/installers.yml", "utf8")
		.split("\n")
		.filter((line) => line.includes("test:electron"));
	expect(runs).toHaveLength(2);
	for (const line of runs) expect(line).toMatch(/test:electron -- --required$/);
});
