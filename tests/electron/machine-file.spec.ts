/**
 * What only a real Windows can show of the machine's hub.json: what it says of who may write, that a file held alone is nobody else's, and
 * that PowerShell runs with the few variables it is given. Run with `npm run test:electron`, as an administrator.
 */
import { execFileSync } from "node:child_process";
import {
	linkSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import {
	ofWindows,
	type WindowsProgram,
} from "../../machine/files/windows-program.ts";
import {
	accountNames,
	ordinaryWriters,
	windowsFolder,
} from "../../machine/files/windows-writers.ts";
import {
	machineFile,
	SettingLinked,
	SettingOpen,
} from "../../main/desktop/machine-file.ts";

const isWindows = process.platform === "win32";
const run = (program: WindowsProgram, ...args: string[]): string =>
	execFileSync(ofWindows(program), args, { encoding: "utf8" });
const ADMINISTRATORS = "*S-1-5-32-544";
const USERS = "*S-1-5-32-545";

test.skip(!isWindows, "only Windows has such lists of rights");
test.skip(
	() =>
		isWindows && !/S-1-16-(?:12288|16384)/.test(run("whoami.exe", "/groups")),
	"only an administrator may give a file to the administrators",
);

let root: string;
let folder: string;
let path: string;
test.beforeEach(() => {
	root = realpathSync.native(mkdtempSync(join(tmpdir(), "blc machine ")));
	folder = join(root, "BLC Command");
	path = join(folder, "hub.json");
	mkdirSync(folder);
	run("icacls.exe", folder, "/setowner", ADMINISTRATORS);
	run(
		"icacls.exe",
		...[folder, "/inheritance:r", "/grant:r", `${ADMINISTRATORS}:(OI)(CI)F`],
		...["*S-1-5-18:(OI)(CI)F", `${USERS}:(OI)(CI)RX`],
	);
	writeFileSync(path, "{}");
	run("icacls.exe", path, "/setowner", ADMINISTRATORS);
});
test.afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What is read of the machine's file, with what the real Windows says, and what is done while it is asked. */
const read = async (meanwhile = () => {}) => {
	const said: string[] = [];
	let asked = 0;
	const found = await machineFile(
		"win32",
		[folder],
		{
			ordinaryWriters: (file, shared) => {
				asked++;
				meanwhile();
				return ordinaryWriters(file, shared);
			},
			accountNames,
			openPlaces: () => {
				throw new Error("this is Windows");
			},
		},
		(line) => said.push(line),
	).then(
		(file) => String(file?.bytes),
		(fault: unknown) => fault as Error,
	);
	// Nothing was believed for want of an answer, nor let go to get one.
	expect(said).toEqual([]);
	expect(asked).toBeLessThan(2);
	return found;
};

test("Windows' own folder is told by its kernel, and holds the PowerShell that is asked", () => {
	expect(windowsFolder().toLowerCase()).toBe(
		process.env.SystemRoot?.toLowerCase(),
	);
	expect(
		readFileSync(ofWindows("powershell.exe", windowsFolder())).length,
	).toBeGreaterThan(0);
});

test("a file that administrators alone may change counts, also where it has another name elsewhere", async () => {
	expect(await read()).toBe("{}");
	linkSync(path, join(root, "linked"));
	expect(await read()).toBe("{}");
});

test("one that users may change, or put another in the place of, does not, and they are named", async () => {
	run("icacls.exe", path, "/grant", `${USERS}:M`);
	expect(await ordinaryWriters(path, false)).toEqual(["BU"]);
	const fault = await read();
	expect(fault).toBeInstanceOf(SettingOpen);
	expect(String(fault)).toContain("open to Users");
	run("icacls.exe", path, "/reset");
	expect(await read()).toBe("{}");
	run("icacls.exe", folder, "/grant", `${USERS}:(OI)(CI)(IO)F`);
	run("icacls.exe", path, "/inheritance:r", "/grant:r", `${ADMINISTRATORS}:F`);
	expect(await read()).toBe("{}");
	run("icacls.exe", folder, "/grant", `${USERS}:(DC)`);
	expect(await read()).toBeInstanceOf(SettingOpen);
});

test("one with another name does not count where users may make files in its folder", async () => {
	run("icacls.exe", folder, "/grant", `${USERS}:(WD)`);
	run("icacls.exe", path, "/inheritance:r", "/grant:r", `${ADMINISTRATORS}:F`);
	expect(await read()).toBe("{}");
	linkSync(path, join(root, "linked"));
	const fault = await read();
	expect(fault).toBeInstanceOf(SettingOpen);
	expect(String(fault)).toContain("fsutil hardlink list");
});

test("one of an account of this machine is told with that account's name", async () => {
	const me = /S-1-5-21-[\d-]+/.exec(run("whoami.exe", "/user"))?.[0] ?? "";
	run("icacls.exe", path, "/setowner", `*${me}`);
	const owner = await ordinaryWriters(path, false);
	// The first account of a machine is an administrator by its number.
	test.skip(String(owner) === "", "this account is the built-in administrator");
	expect(owner).toEqual([me]);
	expect(String(await read())).toMatch(new RegExp(`\\\\\\S.* \\(${me}\\)`));
});

test("nobody opens, moves, removes or replaces it, nor moves a folder above it, while Windows is asked", async () => {
	const others: (() => unknown)[] = [
		() => readFileSync(path),
		() => writeFileSync(path, "anybody's"),
		() => renameSync(path, join(root, "away")),
		() => rmSync(path),
		() => renameSync(folder, join(root, "away")),
	];
	let refused = 0;
	expect(
		await read(() => {
			for (const other of others)
				try {
					other();
				} catch {
					refused++;
				}
		}),
	).toBe("{}");
	expect(refused).toBe(others.length);
});

test("one behind a junction does not count", async () => {
	renameSync(folder, join(root, "elsewhere"));
	symlinkSync(join(root, "elsewhere"), folder, "junction");
	expect(await read()).toBeInstanceOf(SettingLinked);
});
