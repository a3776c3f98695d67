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
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SettingFault } from "../../../main/backend/hub-file.ts";
import {
	machineFile,
	machineFolders,
	SettingOpen,
} from "../../../main/desktop/machine-file.ts";

test.each([
	[
		"win32",
		"C:\\Program Files\\BLC Command\\BLC Command.exe",
		["C:\\ProgramData\\BLC Command"],
	],
	[
		"win32",
		"d:\\BLC Command\\BLC Command.exe",
		["D:\\ProgramData\\BLC Command", "C:\\ProgramData\\BLC Command"],
	],
	[
		"darwin",
		"/Applications/BLC Command.app",
		["/Library/Application Support/BLC Command"],
	],
	["linux", "/opt/BLC Command/blc-command", ["/etc/blc-command"]],
] as const)(
	"the machine's folder on %s is one that no variable moves",
	(platform, program, folders) => {
		expect(machineFolders(platform, program)).toEqual(folders);
	},
);

test("the folder that the installer of Windows closes to ordinary accounts is the one that is read", () => {
	const folder = machineFolders("win32", "C:\\BLC Command.exe")[0]?.slice(2);
	const script = readFileSync("resources/installer/installer.nsh", "utf8");
	const install = /!macro customInstall\n[\s\S]*?!macroend/.exec(script)?.[0];
	expect(install).toContain(`StrCpy $R0 "$R0${folder}"`);
	expect(install).toContain("/inheritance:r");
});

describe("a machine's file of Windows", () => {
	let root: string;
	/** Of the drive that the application was installed on, and of the system's. */
	let own: string;
	let system: string;
	beforeEach(() => {
		root = realpathSync.native(mkdtempSync(join(tmpdir(), "blc-machine-")));
		own = join(root, "own");
		system = join(root, "system");
		mkdirSync(own);
		mkdirSync(system);
	});
	afterEach(() => rmSync(root, { recursive: true, force: true }));

	const write = (folder: string, text = folder) =>
		writeFileSync(join(folder, "hub.json"), text);
	const asked = async (
		writers: (path: string) => Promise<string[] | null>,
		folders = [own, system],
	) => {
		const said: string[] = [];
		const found = await machineFile("win32", folders, writers, (line) =>
			said.push(line),
		).then(
			(file) => ({ file, fault: null }),
			(fault: unknown) => ({ file: undefined, fault: fault as Error }),
		);
		const { file, fault } = found;
		return { text: file && String(file.bytes), path: file?.path, fault, said };
	};
	const nobody = async () => [];

	test("that ordinary accounts may change is refused, with who they are and what closes it", async () => {
		write(own);
		const { fault } = await asked(async () => ["Users", "S-1-5-21-1-2-3-1001"]);
		expect(fault).toBeInstanceOf(SettingOpen);
		const path = join(own, "hub.json");
		expect(fault?.message).toContain(
			`${path}: expected a file that administrators`,
		);
		expect(fault?.message).toContain("open to Users, S-1-5-21-1-2-3-1001.");
		const [, ...commands] = fault?.message.split("\n") ?? [];
		expect(commands.map((command) => command.split('"')[0])).toEqual([
			"takeown /F ",
			...["icacls ", "icacls "],
			...["takeown /F ", "icacls "],
		]);
		for (const command of commands) {
			// Outside of quotes PowerShell would run what stands in brackets, and cmd end a word at a blank.
			expect(command.replace(/"[^"]*"/g, "")).not.toMatch(/[()*\\]/);
			// A link among what lies there would be followed.
			expect(command).not.toMatch(/\/[TR]\b/);
		}
	});
	test("that administrators alone may change counts", async () => {
		write(system);
		expect(await asked(nobody)).toEqual({
			text: system,
			path: join(system, "hub.json"),
			fault: null,
			said: [],
		});
		rmSync(join(system, "hub.json"));
		expect(await asked(nobody)).toMatchObject({ text: undefined, fault: null });
	});
	test("of which Windows hides who may change it is refused: an ordinary account that made its folder can forbid to tell", async () => {
		write(own);
		const { fault } = await asked(async () => null);
		expect(fault).toBeInstanceOf(SettingOpen);
		expect(fault?.message).toContain("Windows does not tell");
	});
	test("of which Windows cannot be asked who may change it counts, and that is logged", async () => {
		write(own);
		const { text, said } = await asked(() =>
			Promise.reject(new Error("forbidden")),
		);
		expect(text).toBe(own);
		expect(said).toEqual([
			expect.stringMatching(/could not be asked.*forbidden/),
		]);
	});
	test("that anybody may have put on one drive takes the place of none that administrators wrote on another, and is told", async () => {
		write(own);
		write(system);
		const { text, said } = await asked(async (path) =>
			path.startsWith(own) ? ["Users"] : [],
		);
		expect(text).toBe(system);
		expect(said).toEqual([expect.stringContaining("open to Users")]);
	});
	test("that cannot be read takes the place of none on another drive", async () => {
		mkdirSync(join(own, "hub.json"));
		write(system);
		const { text, said } = await asked(nobody);
		expect(text).toBe(system);
		expect(said).toEqual([expect.stringContaining(join(own, "hub.json"))]);
	});
	test("that does not count, beside none that does, is no missing one", async () => {
		write(own);
		expect((await asked(async () => ["Users"])).fault).toBeInstanceOf(
			SettingFault,
		);
	});
	test.each([
		[
			"its folder is a link",
			() => {
				rmSync(own, { recursive: true });
				symlinkSync(system, own, "junction");
				write(system);
			},
		],
		[
			"a folder above it is a link",
			() => {
				mkdirSync(join(system, "inner"));
				write(join(system, "inner"));
				rmSync(own, { recursive: true });
				symlinkSync(system, own, "junction");
				own = join(own, "inner");
			},
		],
		[
			"it has another name elsewhere",
			() => {
				write(system);
				linkSync(join(system, "hub.json"), join(own, "hub.json"));
			},
		],
	])(
		"is not even asked about where %s: it could be led elsewhere while Windows is asked",
		async (_, made) => {
			made();
			const paths: string[] = [];
			const { fault } = await asked(
				async (path) => {
					paths.push(path);
					return [];
				},
				[own],
			);
			expect(fault).toBeInstanceOf(SettingOpen);
			expect(fault?.message).toContain("no link in its path");
			expect(paths).toEqual([]);
		},
	);
	test("that another took the place of while Windows was asked is refused: the answer was about the other", async () => {
		write(own, "anybody's");
		const { text, fault } = await asked(async () => {
			renameSync(own, join(root, "away"));
			mkdirSync(own);
			write(own, "an administrator's");
			return [];
		}, [own]);
		expect(text).toBeUndefined();
		expect(fault).toBeInstanceOf(SettingOpen);
	});
	test("is the one that was there before Windows was asked, whatever is put in its place meanwhile and taken away again", async () => {
		write(own, "an administrator's");
		const { text } = await asked(async () => {
			renameSync(own, join(root, "away"));
			mkdirSync(own);
			write(own, "anybody's");
			rmSync(own, { recursive: true });
			renameSync(join(root, "away"), own);
			return [];
		});
		expect(text).toBe("an administrator's");
	});
});

test("a machine's file of another system is read where a link leads: only its administrator makes one there", async () => {
	const root = mkdtempSync(join(tmpdir(), "blc-machine-"));
	try {
		mkdirSync(join(root, "kept"));
		writeFileSync(join(root, "kept", "hub.json"), "{}");
		symlinkSync(join(root, "kept"), join(root, "linked"), "junction");
		const file = await machineFile(
			"linux",
			[join(root, "linked")],
			() => Promise.reject(new Error("asked")),
			() => {},
		);
		expect(String(file?.bytes)).toBe("{}");
	} finally {
		rmSync(root, { recursive: true, force: true });
	}
});
