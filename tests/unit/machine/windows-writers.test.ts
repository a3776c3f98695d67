import { expect, test } from "vitest";
import { ofWindows } from "../../../machine/files/windows-program.ts";
import { ordinaryWriters } from "../../../machine/files/windows-writers.ts";

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

const asking = (folder: string, file: string) =>
	ordinaryWriters(FILE, async () => `=SDDL=${folder}\r\n=SDDL=${file}\r\n`);

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
	["open to all", ["Everyone"], CLOSED, "O:BAG:BAD:(A;;FA;;;WD)"],
	["without a list", ["Everyone"], CLOSED, "O:BAG:BA"],
	["with no list at all", ["Everyone"], CLOSED, "O:BAG:BAD:NO_ACCESS_CONTROL"],
	["with none, kept", ["Everyone"], CLOSED, "O:BAG:BAD:PNO_ACCESS_CONTROL"],
	["that users modify", ["Users"], CLOSED, "O:BAD:(A;;0x1301bf;;;BU)"],
	["that users append to", ["Users"], CLOSED, "O:BAD:(A;;LC;;;BU)"],
	[
		"that the signed in write",
		["Authenticated Users"],
		CLOSED,
		"O:BAD:(A;;FW;;;AU)",
	],
	["whose list users write", ["Interactive"], CLOSED, "O:BAD:(A;;WD;;;IU)"],
	[
		"under a condition",
		["Users"],
		CLOSED,
		'O:BAD:(XA;;GW;;;BU;(@USER.Title=="x"))',
	],
	["with a right unknown here", ["Users"], CLOSED, "O:BAD:(A;;QQ;;;BU)"],
	[
		"in a folder of which users delete files",
		["Users"],
		"O:BAD:(A;OICI;DT;;;BU)",
		FILE_OF_ADMINISTRATOR,
	],
	[
		"in a folder that users move away",
		["Authenticated Users"],
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
		await ordinaryWriters("D:\\it's\\hub.json", async (program, args) => {
			asked.push([program, ...args].join(" "));
			return broken;
		}),
	).toEqual(["Users"]);
	expect(asked).toEqual([
		expect.stringMatching(
			/^powershell\.exe .*Get-Command Get-Acl -ErrorAction Stop; .* in 'D:\\it''s','D:\\it''s\\hub\.json'\) .*Get-Acl -LiteralPath \$at -ErrorAction Stop.* catch \{ '=DENIED=' \}/,
		),
	]);
});

test("an account of one machine is told by its name and its number, by its number alone where Windows has or gives no name, and what is no number is not handed on to it", async () => {
	const gone = "S-1-5-21-1-2-3-1002";
	const folder = `O:${RINA}D:(A;;FA;;;${gone})(XA;;FA;;;'; evil '(x))(A;;FA;;;BU)`;
	const scripts: string[] = [];
	const writers = (named: () => Promise<string>) =>
		ordinaryWriters(FILE, async (_, args) => {
			const script = args.at(-1) ?? "";
			scripts.push(script);
			return script.includes("Get-Acl")
				? `=SDDL=${folder}\r\n=SDDL=${CLOSED}\r\n`
				: named();
		});
	const signs = Array.from("PC-3\\Riña B", (sign) => sign.charCodeAt(0));
	expect(
		await writers(
			async () =>
				`=NAME=${RINA}=${signs.slice(0, 5)},\r\n${signs.slice(5)}\r\n`,
		),
	).toEqual([`PC-3\\Riña B (${RINA})`, gone, "others", "Users"]);
	expect(scripts[1]).toContain(`in '${RINA}','${gone}') {`);
	expect(scripts[1]).not.toContain("evil");
	const numbers = [RINA, gone, "others", "Users"];
	expect(await writers(async () => "")).toEqual(numbers);
	expect(await writers(() => Promise.reject(new Error("no")))).toEqual(numbers);
});

test.each([
	["refused of its folder", `=DENIED=\r\n=SDDL=${CLOSED}\r\n`],
	["refused of the file", `=SDDL=${CLOSED}\r\n=DENIED=\r\n`],
	["refused of both", "=DENIED=\r\n=DENIED=\r\n"],
	["nothing of either", "=SDDL=\r\n=SDDL=\r\n"],
	["one answer", `=SDDL=${CLOSED}\r\n`],
	["no list of rights", `=SDDL=${CLOSED}=SDDL=zugriff`],
	[
		"a list with our own mark in a condition",
		`=SDDL=O:BAD:(XA;;FR;;;WD;(@USER.Title=="=SDDL="))=SDDL=${CLOSED}`,
	],
])(
	"that Windows says %s, as whoever owns the folder can bring about, is never taken for nobody, nor for a machine that cannot be asked",
	async (_, answer) => {
		expect(await ordinaryWriters(FILE, async () => answer)).toBeNull();
	},
);

test("that Windows does not answer in time is never taken for a machine that cannot be asked: another account can keep it busy", async () => {
	const late = Object.assign(new Error("late"), { killed: true });
	expect(await ordinaryWriters(FILE, () => Promise.reject(late))).toBeNull();
});

test("a machine on which PowerShell is forbidden, or says nothing, cannot be asked", async () => {
	await expect(ordinaryWriters(FILE, async () => "\r\n")).rejects.toThrow(
		/does not say/,
	);
	const forbidden = Object.assign(new Error("spawn EPERM"), { killed: false });
	await expect(
		ordinaryWriters(FILE, () => Promise.reject(forbidden)),
	).rejects.toBe(forbidden);
});

test("a program of Windows is run from its own folder, and none of its name from the folder of a file that was opened", () => {
	expect(ofWindows("icacls.exe", "C:\\Windows")).toBe(
		"C:\\Windows\\System32\\icacls.exe",
	);
	expect(ofWindows("powershell.exe", "C:\\Windows")).toBe(
		"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
	);
});
