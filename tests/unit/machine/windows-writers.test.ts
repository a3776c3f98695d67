import { expect, test } from "vitest";
import { ofWindows } from "../../../machine/files/windows-program.ts";
import {
	type Asked,
	accountNames,
	ordinaryWriters,
	windowsEnvironment,
	windowsFolder,
} from "../../../machine/files/windows-writers.ts";

const FILE = "C:\\ProgramData\\BLC Command\\hub.json";
/** As the NSIS installer closes it. */
const CLOSED =
	"O:BAG:SYD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)";
/** As Windows makes a folder below ProgramData: ordinary accounts may put files into it. */
const MADE_BY_ADMINISTRATOR =
	"O:BAG:S-1-5-21-1-2-3-513D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)(A;CIID;DCLCRPCR;;;BU)(A;OICIID;0x1200a9;;;BU)";
const FILE_OF_ADMINISTRATOR =
	"O:BAG:S-1-5-21-1-2-3-513D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)";
const RINA = "S-1-5-21-1-2-3-1001";
const MADE_BY_RINA = `O:${RINA}G:S-1-5-21-1-2-3-513D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;${RINA})(A;ID;0x1200a9;;;BU)`;

const asking = (folder: string, file: string, shared = false) =>
	ordinaryWriters(
		FILE,
		shared,
		async () => `=SDDL=${folder}\r\n=SDDL=${file}\r\n`,
	);

test.each([
	["the installer's folder", CLOSED, FILE_OF_ADMINISTRATOR],
	[
		"a folder that an administrator made by hand, into which others may put files, but nothing in the place of this one",
		MADE_BY_ADMINISTRATOR,
		FILE_OF_ADMINISTRATOR,
	],
	[
		"a file that a domain's administrator owns, and rights that a file gives its maker",
		CLOSED,
		"O:S-1-5-21-9-8-7-512G:DUD:AI(A;ID;FA;;;BA)(A;;FA;;;OW)(A;ID;FR;;;WD)",
	],
	[
		"what others may change of things that are yet to be made in it",
		"O:BAG:SYD:PAI(A;OICI;FA;;;BA)(A;OICIIO;GA;;;BU)",
		FILE_OF_ADMINISTRATOR,
	],
	["what nobody is let into", CLOSED, "O:SYG:SYD:P"],
	["what is forbidden", CLOSED, "O:BAG:BAD:(D;;FA;;;BU)(A;;FA;;;BA)"],
])("nobody but administrators may change %s", async (_, folder, file) => {
	expect(await asking(folder, file)).toEqual([]);
});

test.each([
	[
		"that an ordinary account put there first",
		[RINA],
		MADE_BY_ADMINISTRATOR,
		MADE_BY_RINA,
	],
	[
		"in a folder that an ordinary account made first",
		[RINA],
		MADE_BY_RINA,
		FILE_OF_ADMINISTRATOR,
	],
	[
		"that it owns, with nothing else",
		[RINA],
		CLOSED,
		`O:${RINA}D:(A;;FR;;;WD)`,
	],
	["open to all", ["WD"], CLOSED, "O:BAG:BAD:(A;;FA;;;WD)"],
	["without a list", ["WD"], CLOSED, "O:BAG:BA"],
	["with no list at all", ["WD"], CLOSED, "O:BAG:BAD:NO_ACCESS_CONTROL"],
	["with none, kept", ["WD"], CLOSED, "O:BAG:BAD:PNO_ACCESS_CONTROL"],
	["that users modify", ["BU"], CLOSED, "O:BAD:(A;;0x1301bf;;;BU)"],
	["that users append to", ["BU"], CLOSED, "O:BAD:(A;;LC;;;BU)"],
	["that the signed in write", ["AU"], CLOSED, "O:BAD:(A;;FW;;;AU)"],
	["whose list users write", ["IU"], CLOSED, "O:BAD:(A;;WD;;;IU)"],
	[
		"for itself, by flags of which two together look like the one for what is made in it",
		["BU"],
		CLOSED,
		"O:BAD:(A;CIOI;FA;;;BU)",
	],
	["by half a right's name", ["BU"], CLOSED, "O:BAD:(A;;FRX;;;BU)"],
	["with a right unknown here", ["BU"], CLOSED, "O:BAD:(A;;QQ;;;BU)"],
	[
		"in a folder of which users delete files",
		["BU"],
		"O:BAD:(A;OICI;DT;;;BU)",
		FILE_OF_ADMINISTRATOR,
	],
	[
		"in a folder that users move away",
		["AU"],
		"O:BAG:SYD:AI(A;OICIID;0x1301bf;;;AU)(A;OICIID;FA;;;BA)",
		FILE_OF_ADMINISTRATOR,
	],
])("who may change a file %s is told", async (_, who, folder, file) => {
	expect(await asking(folder, file)).toEqual(who);
});

test("Windows is asked by its own program, with names of folders that end no text, and its lines may be broken", async () => {
	const asked: string[] = [];
	const broken = `=SDDL=${CLOSED.slice(0, 40)}\r\n${CLOSED.slice(40)}\r\n=SDDL=O:BAD:(A;;FA;\r\n;;BU)\r\n`;
	expect(
		await ordinaryWriters(
			"D:\\it's\\hub.json",
			false,
			async (program, args) => {
				asked.push([program, ...args].join(" "));
				return broken;
			},
		),
	).toEqual(["BU"]);
	expect(asked).toEqual([
		expect.stringMatching(
			/^powershell\.exe .*if \(Get-Command Get-Acl -ErrorAction Ignore\) .* in 'D:\\it''s','D:\\it''s\\hub\.json'\) .*Get-Acl -LiteralPath \$at -ErrorAction Stop.* catch \{ '=FAULT=' \+ \$_\.Exception\.HResult \}/,
		),
	]);
});

test("whoever may give a file a name in its folder is told of one that has another name, and of no other", async () => {
	expect(
		await asking(MADE_BY_ADMINISTRATOR, FILE_OF_ADMINISTRATOR, true),
	).toEqual(["BU"]);
	expect(await asking(CLOSED, FILE_OF_ADMINISTRATOR, true)).toEqual([]);
});

test("an account of one machine is told by its name and its number, by its number alone where Windows has or gives no name", async () => {
	const gone = "S-1-5-21-1-2-3-1002";
	const scripts: string[] = [];
	const named = (answer: () => Promise<string>) =>
		accountNames([RINA, gone, "BU"], async (_, args) => {
			scripts.push(args.at(-1) ?? "");
			return answer();
		});
	const signs = Array.from("PC-3\\Riña B", (sign) => sign.charCodeAt(0));
	expect(
		await named(
			async () =>
				`=NAME=${RINA}=${signs.slice(0, 5)},\r\n${signs.slice(5)}\r\n`,
		),
	).toEqual([`PC-3\\Riña B (${RINA})`, gone, "Users"]);
	expect(scripts).toEqual([expect.stringContaining(`in '${RINA}','${gone}')`)]);
	const numbers = [RINA, gone, "Users"];
	expect(await named(async () => "")).toEqual(numbers);
	expect(await named(() => Promise.reject(new Error("no")))).toEqual(numbers);
});

const DENIED = "=FAULT=-2147024891\r\n";
/** ERROR_SHARING_VIOLATION: it is open elsewhere. */
const BUSY = "=FAULT=-2147024864\r\n";

test.each([
	["refused of its folder", `${DENIED}=SDDL=${CLOSED}\r\n`],
	["refused of both", DENIED + DENIED],
	["refused of its folder, and a fault of the file", DENIED + BUSY],
	["nothing of either", "=SDDL=\r\n=SDDL=\r\n"],
	["nothing of its folder, refused of the file", `=SDDL=\r\n${DENIED}`],
	["one answer", `=SDDL=${CLOSED}\r\n`],
	["no list of rights", `=SDDL=${CLOSED}=SDDL=zugriff`],
	...["=SDDL=", "=FAULT=1"].map((mark) => [
		`a list with our own mark ${mark} in a condition`,
		`=SDDL=O:BAD:(XA;;FR;;;WD;(@USER.Title=="${mark}"))=SDDL=${CLOSED}`,
	]),
])(
	"that Windows says %s, as whoever owns the folder can bring about, is never taken for nobody, nor for a machine that lets nobody ask",
	async (_, answer) => {
		expect(await ordinaryWriters(FILE, false, async () => answer)).toBe(
			"hidden",
		);
	},
);
test("that the question of the folder failed is no refusal: Windows did not answer", async () => {
	for (const own of [BUSY, DENIED, `=SDDL=${CLOSED}`])
		await expect(
			ordinaryWriters(FILE, false, async () => BUSY + own),
		).rejects.toThrow("Get-Acl failed (-2147024864)");
});
test("of a file alone that Windows tells nothing it is said whether it may not or could not, where its folder is closed", async () => {
	const told = (folder: string, own: string) =>
		ordinaryWriters(FILE, false, async () => `=SDDL=${folder}\r\n${own}`);
	expect(await told(CLOSED, DENIED)).toEqual({
		denied: true,
		code: "-2147024891",
	});
	expect(await told(CLOSED, BUSY)).toEqual({
		denied: false,
		code: "-2147024864",
	});
	// Restricted to what it may do, PowerShell may tell no number.
	expect(await told(CLOSED, "=FAULT=\r\n")).toMatchObject({ denied: false });
	expect(await told(MADE_BY_RINA, BUSY)).toEqual([RINA]);
});

test.each([
	[
		"a condition in whose text another entry begins, which would swallow the next one",
		'O:BAG:SYD:P(A;;FA;;;BA)(XA;;FR;;;SY;(@USER.T=="(A;"))(A;;FA;;;BU)',
	],
	["a condition", 'O:BAD:(XA;;GW;;;BA;(@USER.Title=="x"))'],
	["a quote", 'O:BAD:(A;;FA;;;BA")(A;;FA;;;BA)'],
	["something after its last entry", "O:BAD:(A;;FA;;;BA)S:(ML;;NW;;;LW)"],
	["something between its entries", "O:BAD:(A;;FA;;;BA) (A;;FA;;;BU)"],
	["an entry that does not end", "O:BAD:(A;;FA;;;BA)(A;;FA;;;BU"],
	["an entry of another kind", "O:BAD:(AU;SA;FA;;;BA)"],
	["an entry without an account", "O:BAD:(A;;FA;;;)"],
	["an account that is none", "O:BAD:(A;;FA;;;'; evil ')"],
	["an entry that says more", "O:BAD:(A;;FA;;;BA;x)"],
	["half a flag", "O:BAD:(A;C;FA;;;BA)"],
])(
	"a list with %s is not taken for one that is understood",
	async (_, list) => {
		expect(await asking(CLOSED, list)).toBe("hidden");
		expect(await asking(list, FILE_OF_ADMINISTRATOR)).toBe("hidden");
	},
);

const failing = (
	error: object,
	other: () => Promise<string> = never,
): Asked => {
	return (program) =>
		program === "powershell.exe"
			? Promise.reject(Object.assign(new Error("no"), error))
			: other();
};
const never = (): never => {
	throw new Error("not asked here");
};

test.each([
	["does not end in time: another account can keep it busy", { killed: true }],
	["fails", { code: 1 }],
	["fails as it is loaded", { code: 3221225794 }],
	["is not there", { code: "ENOENT", syscall: "spawn powershell.exe" }],
	["has no memory", { code: "ENOMEM", syscall: "spawn" }],
	["may not say so much", { code: "EPERM" }],
	["is asked wrongly by us", {}],
])(
	"where PowerShell %s Windows did not answer: that is never taken for a machine that lets nobody ask",
	async (_, error) => {
		await expect(ordinaryWriters(FILE, false, failing(error))).rejects.toThrow(
			/^PowerShell (?:failed|did not end)/,
		);
	},
);
test("nor is it where PowerShell says nothing", async () => {
	await expect(
		ordinaryWriters(FILE, false, async () => "\r\n"),
	).rejects.toThrow("PowerShell says nothing");
});
test("nor where no other program of Windows can be started either", async () => {
	const unknown = { code: "UNKNOWN", syscall: "spawn" };
	await expect(
		ordinaryWriters(
			FILE,
			false,
			failing(unknown, () => Promise.reject(new Error("no memory"))),
		),
	).rejects.toThrow("PowerShell failed (UNKNOWN)");
});
test.each([
	["its policy", failing({ code: "EPERM", syscall: "spawn" })],
	["its rights", failing({ code: "EACCES", syscall: "spawn powershell.exe" })],
	[
		"AppLocker, which lets other programs run",
		failing({ code: "UNKNOWN", syscall: "spawn" }, async () => "pc\\rina"),
	],
	["a PowerShell without Get-Acl", async () => "=NONE=\r\n"],
] satisfies [string, Asked][])(
	"a machine that forbids to ask by %s lets nobody ask",
	async (_, ask) => {
		expect(await ordinaryWriters(FILE, false, ask)).toBe("forbidden");
	},
);

test("PowerShell is the system's, whatever the account's variables name, and they bring nothing into it", () => {
	expect(windowsFolder(() => "D:\\WINDOWS")).toBe("D:\\WINDOWS");
	expect(windowsFolder(() => "\\\\server\\share")).toBe("C:\\Windows");
	expect(windowsFolder(never)).toBe("C:\\Windows");
	expect(windowsEnvironment("D:\\WINDOWS")).toEqual({
		SystemRoot: "D:\\WINDOWS",
		windir: "D:\\WINDOWS",
		SystemDrive: "D:",
		Path: "D:\\WINDOWS\\System32",
		TEMP: "D:\\WINDOWS\\Temp",
	});
});

test("a program of Windows is run from its own folder, and none of its name from the folder of a file that was opened", () => {
	expect(ofWindows("icacls.exe", "C:\\Windows")).toBe(
		"C:\\Windows\\System32\\icacls.exe",
	);
	expect(ofWindows("powershell.exe", "C:\\Windows")).toBe(
		"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
	);
});
