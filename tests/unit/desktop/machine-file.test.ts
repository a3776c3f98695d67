import {
	chmodSync,
	closeSync,
	constants,
	linkSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openPlaces } from "../../../machine/files/unix-writers.ts";
import { SettingFault } from "../../../main/backend/hub-file.ts";
import {
	type AskedOfSystem,
	machineFile,
	machineFolders,
	SettingLinked,
	SettingOpen,
	SettingUnanswered,
} from "../../../main/desktop/machine-file.ts";

/** Of whoever runs this; who has no name either. */
const uid = process.getuid?.() ?? 0;

// The real one, of which is heard how a file is opened.
vi.mock("node:fs", async (original) => {
	const real = await original<typeof import("node:fs")>();
	return {
		...real,
		openSync: vi.fn(real.openSync),
		closeSync: vi.fn(real.closeSync),
	};
});

const never = (): never => {
	throw new Error("asked");
};

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
		ordinaryWriters: AskedOfSystem["ordinaryWriters"],
		folders = [own, system],
		accountNames: AskedOfSystem["accountNames"] = async (numbers) =>
			numbers.map((who) => `named ${who}`),
	) => {
		const said: string[] = [];
		const found = await machineFile(
			"win32",
			folders,
			{ ordinaryWriters, accountNames, openPlaces: never },
			(line) => said.push(line),
		).then(
			(file) => ({ file, fault: null }),
			(fault: unknown) => ({ file: undefined, fault: fault as Error }),
		);
		const { file, fault } = found;
		return { text: file && String(file.bytes), path: file?.path, fault, said };
	};
	const nobody = async () => [];
	/** A machine that tells nothing of a file which is held alone, and then what is given. */
	const letGoFirst = (
		then: AskedOfSystem["ordinaryWriters"],
		denied = false,
	): AskedOfSystem["ordinaryWriters"] => {
		vi.mocked(openSync).mockClear();
		vi.mocked(closeSync).mockClear();
		let times = 0;
		return async (path, shared) => {
			const isHeld =
				vi.mocked(openSync).mock.calls.length !==
				vi.mocked(closeSync).mock.calls.length;
			expect(isHeld).toBe(times === 0);
			return times++ === 0
				? { denied, code: "-2147024864" }
				: then(path, shared);
		};
	};

	test("that ordinary accounts may change is refused, with who they are and how it is written anew: the folder is closed before the file is deleted, and nothing of it is kept", async () => {
		write(own);
		const { fault } = await asked(async () => ["BU", "S-1-5-21-1-2-3-1001"]);
		expect(fault).toBeInstanceOf(SettingOpen);
		const path = join(own, "hub.json");
		expect(fault?.message).toContain(
			`${path}: expected a file that administrators`,
		);
		expect(fault?.message).toContain(
			"open to named BU, named S-1-5-21-1-2-3-1001. As an administrator close",
		);
		const lines = fault?.message.split("\n").slice(1) ?? [];
		const then = lines.findIndex((line) => line.startsWith("Then write it"));
		expect(lines[then]).toMatch(/not from what stood there/);
		const commands = lines.toSpliced(then, 1);
		expect(commands.map((command) => command.split('"')[0])).toEqual([
			"takeown /F ",
			...["icacls ", "icacls "],
			"del ",
			...["takeown /F ", "icacls "],
		]);
		expect(then).toBe(4);
		for (const command of commands) {
			// Outside of quotes PowerShell would run what stands in brackets, and cmd end a word at a blank.
			expect(command.replace(/"[^"]*"/g, "")).not.toMatch(/[()*\\]/);
			// A link among what lies there would be followed.
			expect(command).not.toMatch(/\/[TR]\b/);
		}
	});
	test("is held alone while Windows is asked who may change it, and let go before it is asked for their names", async () => {
		write(own);
		vi.mocked(openSync).mockClear();
		vi.mocked(closeSync).mockClear();
		let held = false;
		await asked(
			async () => {
				held = vi.mocked(closeSync).mock.calls.length === 0;
				return ["BU"];
			},
			[own],
			async (numbers) => {
				expect(closeSync).toHaveBeenCalledTimes(1);
				return [...numbers];
			},
		);
		expect(held).toBe(true);
		// UV_FS_O_EXLOCK of libuv's uv/win.h.
		expect(vi.mocked(openSync).mock.calls).toEqual([
			[join(own, "hub.json"), constants.O_RDONLY | 0x10000000],
		]);
		expect.assertions(3);
	});
	test("that another program looks at for a moment counts; for longer, that is said", async () => {
		write(own);
		const busy = () => {
			throw Object.assign(new Error("EBUSY: open"), { code: "EBUSY" });
		};
		const open = vi.mocked(openSync);
		const real = open.getMockImplementation() as typeof openSync;
		open.mockImplementationOnce(busy).mockImplementationOnce(busy);
		expect((await asked(nobody)).text).toBe(own);
		open.mockImplementation(busy);
		const { fault } = await asked(nobody).finally(() =>
			open.mockImplementation(real),
		);
		expect(fault).toBeInstanceOf(SettingFault);
		expect(fault?.message).toContain("it is open in another program");
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
		const { fault } = await asked(async () => "hidden");
		expect(fault).toBeInstanceOf(SettingOpen);
		expect(fault?.message).toContain("Windows does not tell");
	});
	test.each([false, true])(
		"of which nothing is told while it is held alone is asked about once more after it was let go, denied %s: else every proper machine could be locked out",
		async (denied) => {
			write(own);
			expect(await asked(letGoFirst(nobody, denied), [own])).toMatchObject({
				text: own,
				fault: null,
			});
		},
	);
	test("of which then others are told does not count, nor one that is written anew meanwhile", async () => {
		write(own);
		const { fault } = await asked(
			letGoFirst(async () => ["BU"]),
			[own],
		);
		expect(fault).toBeInstanceOf(SettingOpen);
		expect(fault?.message).toContain("open to named BU");
		const other = await asked(
			letGoFirst(async () => {
				renameSync(join(own, "hub.json"), join(root, "away"));
				write(own, "anybody's");
				return [];
			}),
			[own],
		);
		expect(other.fault).toBeInstanceOf(SettingUnanswered);
	});
	test("of which then nothing is told either does not count: where that failed nobody is told to change what may be in order", async () => {
		write(own);
		const told = async (denied: boolean) =>
			asked(
				letGoFirst(async () => ({ denied, code: "5" }), denied),
				[own],
			);
		const failed = await told(false);
		expect(failed.fault).toBeInstanceOf(SettingUnanswered);
		expect(failed.fault?.message).toMatch(/asked again: Get-Acl failed \(5\)$/);
		expect((await told(true)).fault).toBeInstanceOf(SettingOpen);
	});
	test("of which a machine lets nobody ask who may change it counts, and that is logged", async () => {
		write(own);
		const { text, said } = await asked(async () => "forbidden");
		expect(text).toBe(own);
		expect(said).toEqual([expect.stringMatching(/lets nobody ask/)]);
	});
	test("of which Windows did not answer does not count, and nobody is told to change a file that may be in order", async () => {
		write(own);
		const { fault } = await asked(() => Promise.reject(new Error("late")));
		expect(fault).toBeInstanceOf(SettingUnanswered);
		expect(fault?.message).toMatch(/is asked again: late$/);
	});
	test("with another name elsewhere counts where administrators alone give files names in its folder: anybody may link what they may read, and would lock the machine out", async () => {
		write(own);
		linkSync(join(own, "hub.json"), join(system, "link"));
		const asks: boolean[] = [];
		const { text } = await asked(
			async (_, shared) => {
				asks.push(shared);
				return [];
			},
			[own],
		);
		expect(text).toBe(own);
		write(system);
		await asked(
			async (_, shared) => {
				asks.push(shared);
				return [];
			},
			[system],
		);
		expect(asks).toEqual([true, false]);
	});
	test("with another name elsewhere is refused where others may have given it its name in this folder, with what names its others", async () => {
		write(system);
		linkSync(join(system, "hub.json"), join(own, "hub.json"));
		const { fault } = await asked(
			async (_, shared) => (shared ? ["BU"] : []),
			[own],
		);
		expect(fault).toBeInstanceOf(SettingOpen);
		const lines = fault?.message.split("\n") ?? [];
		const named = lines.indexOf(
			`fsutil hardlink list "${join(own, "hub.json")}"`,
		);
		expect(named).toBeGreaterThan(0);
		expect(lines.slice(named + 1).join()).toMatch(/^del /);
	});
	test("that anybody may have put on one drive takes the place of none that administrators wrote on another, and is told", async () => {
		write(own);
		write(system);
		const { text, said } = await asked(async (path) =>
			path.startsWith(own) ? ["BU"] : [],
		);
		expect(text).toBe(system);
		expect(said).toEqual([expect.stringContaining("open to named BU")]);
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
		expect((await asked(async () => ["BU"])).fault).toBeInstanceOf(
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
			expect(fault).toBeInstanceOf(SettingLinked);
			expect(fault?.message).toContain("no link in its path");
			expect(paths).toEqual([]);
		},
	);
	// Windows itself lets nobody: tests/electron/machine-file.spec.ts.
	test.skipIf(process.platform === "win32")(
		"that another took the place of while Windows was asked is refused: the answer was about the other",
		async () => {
			write(own, "anybody's");
			const { text, fault } = await asked(async () => {
				renameSync(own, join(root, "away"));
				mkdirSync(own);
				write(own, "an administrator's");
				return [];
			}, [own]);
			expect(text).toBeUndefined();
			expect(fault).toBeInstanceOf(SettingLinked);
		},
	);
	test.skipIf(process.platform === "win32")(
		"is the one that was there before Windows was asked, whatever is put in its place meanwhile and taken away again",
		async () => {
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
		},
	);
});

describe.skipIf(process.platform === "win32")(
	"a machine's file of Linux or macOS",
	() => {
		let root: string;
		let folder: string;
		let path: string;
		beforeEach(() => {
			root = realpathSync(mkdtempSync(join(tmpdir(), "blc-machine-")));
			folder = join(root, "BLC Command");
			path = join(folder, "hub.json");
			mkdirSync(folder, { mode: 0o755 });
			writeFileSync(path, "{}", { mode: 0o644 });
		});
		afterEach(() => rmSync(root, { recursive: true, force: true }));
		/** This account takes the place of root. */
		const read = (administrator = uid) =>
			machineFile(
				"linux",
				[folder],
				{
					ordinaryWriters: never,
					accountNames: never,
					openPlaces: (file) =>
						// What lies above is another on every machine.
						openPlaces(file, { users: [0, administrator], groups: [] }).filter(
							({ path: place }) => place.startsWith(root),
						),
				},
				() => {},
			).then(
				(file) => (file ? String(file.bytes) : undefined),
				(fault: unknown) => fault as Error,
			);

		test("that administrators alone may change counts, also where a link of theirs leads; none is none, but not where a link leads to none", async () => {
			expect(await read()).toBe("{}");
			renameSync(folder, join(root, "kept"));
			symlinkSync(join(root, "kept"), folder);
			expect(await read()).toBe("{}");
			rmSync(join(root, "kept", "hub.json"));
			const nothing = (await read()) as Error;
			expect(nothing).toBeInstanceOf(SettingFault);
			expect(nothing.message).toContain(
				`(a link leads to ${join(root, "kept", "hub.json")}, where nothing is)`,
			);
			rmSync(folder);
			expect(await read()).toBeUndefined();
		});
		test("that others may change is not even read", async () => {
			rmSync(path);
			mkdirSync(path);
			chmodSync(path, 0o777);
			expect(await read()).toBeInstanceOf(SettingOpen);
		});
		test("that others may change is refused, with where and what closes it before the file is deleted", async () => {
			chmodSync(folder, 0o777);
			const fault = (await read()) as Error;
			expect(fault).toBeInstanceOf(SettingOpen);
			expect(fault.message.split("\n")).toEqual([
				expect.stringContaining(
					`${path}: expected a file that administrators alone may change: ${folder} may be written by group`,
				),
				`sudo chown -h root "${folder}"`,
				`sudo chmod go-w "${folder}"`,
				`sudo rm "${path}"`,
				expect.stringContaining("not from what stood there"),
			]);
		});
		test("that a link leads to where others may change it is refused as such: nothing there is to be closed", async () => {
			const elsewhere = join(root, "elsewhere");
			mkdirSync(elsewhere);
			chmodSync(elsewhere, 0o777);
			renameSync(path, join(elsewhere, "hub.json"));
			rmSync(folder, { recursive: true });
			symlinkSync(elsewhere, folder);
			const fault = (await read()) as Error;
			expect(fault).toBeInstanceOf(SettingLinked);
			expect(fault.message).toContain(`${elsewhere} may be written by`);
			expect(fault.message).not.toContain("sudo");
		});
	},
);
