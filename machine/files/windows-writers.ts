import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { win32 } from "node:path";
import { promisify } from "node:util";
import { ofWindows, type WindowsProgram } from "./windows-program.ts";

/** Runs a program of Windows and gives what it says. @throws as `execFile`; with `killed` when it did not end in time */
export type Asked = (
	program: WindowsProgram,
	args: readonly string[],
) => Promise<string>;

const HERE: Asked = async (program, args) => {
	const root = windowsFolder();
	const { stdout } = await promisify(execFile)(
		ofWindows(program, root),
		[...args],
		{
			encoding: "utf8",
			windowsHide: true,
			// Right after a slow machine was switched on it takes its time.
			timeout: 60_000,
			env: windowsEnvironment(root),
		},
	);
	return stdout;
};

/**
 * Where Windows lies, from its own kernel: a variable of the account could name another folder, with another PowerShell in it.
 * @param real the system's own path of a file
 */
export function windowsFolder(
	real: (path: string) => string = realpathSync.native,
): string {
	try {
		const found = real("\\\\?\\GLOBALROOT\\SystemRoot");
		if (/^[a-z]:\\/i.test(found)) return found;
	} catch {
		// Where it does not say so it is at its usual place, or PowerShell is not found.
	}
	return "C:\\Windows";
}

/**
 * What PowerShell needs, and nothing that the account may have added: a variable can load another library into it, or other modules. libuv
 * adds what it takes for needed where it is not given, such as the person's profile.
 */
export function windowsEnvironment(root: string): NodeJS.ProcessEnv {
	return {
		SystemRoot: root,
		windir: root,
		SystemDrive: win32.parse(root).root.slice(0, 2),
		Path: win32.join(root, "System32"),
		TEMP: win32.join(root, "Temp"),
	};
}

/** Of a folder Windows said that ordinary accounts put nothing in the place of what lies in it, of a file there it said nothing. */
export interface FileUntold {
	/** It may not be told; else the question itself failed. */
	readonly denied: boolean;
	/** Of Windows (HRESULT). */
	readonly code: string;
}
/** Empty: nobody. "hidden": it may not be told. "forbidden": this machine lets nobody ask. */
export type Writers = readonly string[] | "hidden" | "forbidden" | FileUntold;

/** Rights by which a file becomes another: write, append, delete, another list, another owner; all of it, or all of writing. */
const CHANGES =
	0x2 | 0x4 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000;
/** Rights on its folder by which another comes into its place: delete what is in it, delete it, another list, another owner; all of it. */
const REPLACES = 0x40 | 0x10000 | 0x40000 | 0x80000 | 0x10000000;
/** Rights on a folder by which a file gets a name in it: make files, all of writing. */
const ADDS = 0x2 | 0x40000000;

/** Bits of rights by the names of SDDL ("ACE Strings", "Access Mask Format" of Windows' documentation; sddl.h). */
const RIGHTS: Readonly<Record<string, number>> = {
	...{ GA: 0x10000000, GX: 0x20000000, GW: 0x40000000, GR: 0x80000000 },
	...{ SD: 0x10000, RC: 0x20000, WD: 0x40000, WO: 0x80000 },
	...{ CC: 0x1, DC: 0x2, LC: 0x4, SW: 0x8, RP: 0x10, WP: 0x20 },
	...{ DT: 0x40, LO: 0x80, CR: 0x100 },
	...{ FA: 0x1f01ff, FR: 0x120089, FW: 0x120116, FX: 0x1200a0 },
};

/** The system, its installer, and administrators of the machine and of a domain. */
const ADMINISTRATORS =
	/^(?:SY|BA|LA|DA|EA|S-1-5-18|S-1-5-32-544|S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464|S-1-5-21-[\d-]+-(?:500|512|519))$/;
/** Whoever made a thing, or owns it: nobody by themselves; who owns it is asked apart. */
const NOBODY = /^(?:CO|CG|OW|S-1-3-[014])$/;

const NAMES: Readonly<Record<string, string>> = {
	AU: "Authenticated Users",
	BU: "Users",
	IU: "Interactive",
	WD: "Everyone",
};

/**
 * Who of ordinary accounts may change a file of Windows, or put another in its place: what an administrator says in it could be anybody's.
 * @param file there is one, and its folder is no root
 * @param shared it has more than one name: then also who may give it this one, since an ordinary account may give a name to a file that it
 * may only read
 * @returns their numbers in SDDL; empty: nobody. "hidden": Windows gives no answer that says it; whoever owns a folder can forbid to read
 * who may write there, and write what we do not understand. "forbidden": this machine lets nobody ask, which no ordinary account brings about.
 * `FileUntold` of the file alone: it may be asked about once more after it was let go
 * @throws Error where Windows did not answer: another account can keep the machine busy, or use up its memory
 */
export async function ordinaryWriters(
	file: string,
	shared: boolean,
	ask: Asked = HERE,
): Promise<Writers> {
	const paths = [win32.dirname(file), file].map(
		(path) => `'${path.replaceAll("'", "''")}'`,
	);
	let told: string;
	try {
		told = await ask("powershell.exe", [
			"-NoProfile",
			"-NonInteractive",
			"-Command",
			// Marked, because it breaks long lines where its output is no window. What it may do on a machine that is locked down is enough for this.
			`if (Get-Command Get-Acl -ErrorAction Ignore) { foreach ($at in ${paths.join(",")}) { try { '=SDDL=' + (Get-Acl -LiteralPath $at -ErrorAction Stop).Sddl } catch { '=FAULT=' + $_.Exception.HResult } } } else { '=NONE=' }`,
		]);
	} catch (error) {
		if (await isForbidden(error, ask)) return "forbidden";
		const { killed, code } = error as { killed?: boolean; code?: unknown };
		throw new Error(
			killed
				? "PowerShell did not end within a minute"
				: `PowerShell failed (${code ?? (error as Error).message})`,
			{ cause: error },
		);
	}
	const lines = told.replace(/\r?\n/g, "").trim();
	if (lines === "=NONE=") return "forbidden";
	const answers = [
		...lines.matchAll(/=(SDDL|FAULT)=(.*?)(?==(?:SDDL|FAULT)=|$)/g),
	].map(([, kind, text = ""]) => ({ isFault: kind === "FAULT", text }));
	if (answers.length === 0) throw new Error("PowerShell says nothing");
	const [folder, own, ...more] = answers;
	if (folder === undefined || own === undefined || more.length > 0)
		return "hidden";
	if (folder.isFault && folder.text !== DENIED)
		throw new Error(`Get-Acl failed (${folder.text})`);
	const above = folder.isFault
		? null
		: writersOf(folder.text, shared ? REPLACES | ADDS : REPLACES);
	if (above === null) return "hidden";
	if (own.isFault)
		return above.length > 0
			? above
			: { denied: own.text === DENIED, code: own.text };
	const itself = writersOf(own.text, CHANGES);
	if (itself === null) return "hidden";
	return [...new Set([...above, ...itself])];
}

/** E_ACCESSDENIED as a signed number, as .NET has it (`UnauthorizedAccessException`). */
const DENIED = "-2147024891";

/** Whether a policy of the machine forbids PowerShell, by how it could not be started. */
async function isForbidden(error: unknown, ask: Asked): Promise<boolean> {
	const { syscall, code } = error as NodeJS.ErrnoException;
	if (!syscall?.startsWith("spawn")) return false;
	if (code === "EPERM" || code === "EACCES") return true;
	// As libuv names what AppLocker and software restriction say, and a lack of memory too: then no other program can be started either.
	if (code !== "UNKNOWN") return false;
	return ask("whoami.exe", []).then(
		() => true,
		() => false,
	);
}

/**
 * Accounts as a person is told them: by their names and their numbers, as far as Windows has names.
 * @param numbers in SDDL
 */
export async function accountNames(
	numbers: readonly string[],
	ask: Asked = HERE,
): Promise<string[]> {
	const asked = numbers.filter((who) => NAMES[who] === undefined);
	const told =
		asked.length === 0
			? ""
			: await ask("powershell.exe", [
					"-NoProfile",
					"-NonInteractive",
					"-Command",
					// The name as numbers of its signs: its output is in a code page of the machine, and is broken at blanks. Where it is locked down it may not.
					`foreach ($sid in ${asked.map((who) => `'${who}'`).join(",")}) { try { '=NAME=' + $sid + '=' + ([int[]][char[]]([Security.Principal.SecurityIdentifier]$sid).Translate([Security.Principal.NTAccount]).Value -join ',') } catch { } }`,
				]).catch(() => "");
	const found = new Map(
		Array.from(
			told.replace(/\r?\n/g, "").matchAll(/=NAME=([^=]+)=([\d,]+)/g),
			([, who = "", signs = ""]) => [
				who,
				`${String.fromCharCode(...signs.split(",").map(Number))} (${who})`,
			],
		),
	);
	return numbers.map((who) => NAMES[who] ?? found.get(who) ?? who);
}

/** An account in SDDL. */
const NUMBER = "(?:S-[\\d-]+|[A-Z]{2})";
/** A whole description, its list of one entry after another. Conditions are in brackets of their own and are not read. */
const DESCRIPTION = new RegExp(
	`^O:(${NUMBER})(?:G:${NUMBER})?(?:D:([A-Z_]*)((?:\\([^()"]+\\))*))?$`,
);
/** An entry: whether it allows or forbids, flags, rights, kinds of things, account. */
const ENTRY = new RegExp(
	`^(O?[AD]);((?:[A-Z]{2})*);(\\w*);[\\w-]*;[\\w-]*;(${NUMBER})$`,
);

/**
 * @param sddl a whole description in words of SDDL
 * @returns null where it is none that is understood to its last sign
 */
function writersOf(sddl: string, rights: number): string[] | null {
	const read = DESCRIPTION.exec(sddl.trim());
	if (!read?.[1]) return null;
	const [, owner, control, list = ""] = read;
	const found = [owner];
	// Without a list everybody may do everything; an empty one lets nobody in.
	if (control === undefined || control.includes("NO_ACCESS_CONTROL"))
		found.push("WD");
	for (const entry of list === "" ? [] : list.slice(1, -1).split(")(")) {
		const [, kind, flags, given, who] = ENTRY.exec(entry) ?? [];
		if (
			kind === undefined ||
			flags === undefined ||
			given === undefined ||
			who === undefined
		)
			return null;
		// What is made in it, not itself.
		const isForOthers = flags.match(/../g)?.includes("IO");
		if (kind.endsWith("A") && !isForOthers && (bitsOf(given) & rights) !== 0)
			found.push(who);
	}
	return [...new Set(found)].filter(
		(who) => !ADMINISTRATORS.test(who) && !NOBODY.test(who),
	);
}

/** What is no right that we know may be any. */
function bitsOf(given: string): number {
	if (/^0x[\da-f]+$/i.test(given)) return Number(given) | 0;
	return (given.match(/..?/g) ?? []).reduce(
		(bits, name) => bits | (RIGHTS[name] ?? ~0),
		0,
	);
}
