import { execFile } from "node:child_process";
import { win32 } from "node:path";
import { promisify } from "node:util";
import { ofWindows, type WindowsProgram } from "./windows-program.ts";

/** Runs a program of Windows and gives what it says. @throws when it fails; with `killed` when it did not end in time */
export type Asked = (
	program: WindowsProgram,
	args: readonly string[],
) => Promise<string>;

const HERE: Asked = async (program, args) => {
	const { stdout } = await promisify(execFile)(ofWindows(program), [...args], {
		encoding: "utf8",
		windowsHide: true,
		// Right after a slow machine was switched on it takes its time.
		timeout: 60_000,
		// Of another PowerShell, from which this program may have been started, this one cannot load what reads the lists.
		env: { ...process.env, PSModulePath: undefined },
	});
	return stdout;
};

/** Rights by which a file becomes another: write, append, delete, another list, another owner; all of it, or all of writing. */
const CHANGES =
	0x2 | 0x4 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000;
/** Rights on its folder by which another comes into its place: delete what is in it, delete it, another list, another owner; all of it. */
const REPLACES = 0x40 | 0x10000 | 0x40000 | 0x80000 | 0x10000000;

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
 * @returns their names, with their numbers where those are not the same on every machine; empty: nobody; null: Windows was asked and gives no
 * answer that says it. Whoever owns a folder can forbid to read who may write there, and write what we do not understand
 * @throws Error where Windows could not be asked at all, which no other account brings about
 */
export async function ordinaryWriters(
	file: string,
	ask: Asked = HERE,
): Promise<string[] | null> {
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
			// Where it has no Get-Acl it fails; where that is refused it says so.
			`$null = Get-Command Get-Acl -ErrorAction Stop; foreach ($at in ${paths.join(",")}) { try { '=SDDL=' + (Get-Acl -LiteralPath $at -ErrorAction Stop).Sddl } catch { '=DENIED=' } }`,
		]);
	} catch (error) {
		// Another account can keep the machine busy.
		if ((error as { killed?: boolean }).killed) return null;
		throw error;
	}
	const lines = told.replace(/\r?\n/g, "");
	if (!/=(?:SDDL|DENIED)=/.test(lines))
		throw new Error("PowerShell does not say who may write there");
	const [, folder, own, ...more] = lines.split("=SDDL=");
	if (
		lines.includes("=DENIED=") ||
		folder === undefined ||
		own === undefined ||
		more.length > 0
	)
		return null;
	const writers = [writersOf(folder, REPLACES), writersOf(own, CHANGES)];
	if (writers.includes(null)) return null;
	const found = [...new Set(writers.flatMap((some) => some ?? []))].map(
		(who) => (NUMBER.test(who) ? (NAMES[who] ?? who) : "others"),
	);
	const names = await namesOf(
		found.filter((who) => NUMBER.test(who)),
		ask,
	);
	return found.map((who) => {
		const name = names.get(who);
		return name === undefined ? who : `${name} (${who})`;
	});
}

/** An account in SDDL; anything else in its place is not handed on. */
const NUMBER = /^(?:S-[\d-]+|[A-Z]{2})$/;

/** Accounts by the names that Windows has for them, as far as it has: asked only about those that a person is told. */
async function namesOf(
	numbers: readonly string[],
	ask: Asked,
): Promise<Map<string, string>> {
	if (numbers.length === 0) return new Map();
	const told = await ask("powershell.exe", [
		"-NoProfile",
		"-NonInteractive",
		"-Command",
		// The name as numbers of its signs: its output is in a code page of the machine, and is broken at blanks. Where it is locked down it may not.
		`foreach ($sid in ${numbers.map((who) => `'${who}'`).join(",")}) { try { '=NAME=' + $sid + '=' + ([int[]][char[]]([Security.Principal.SecurityIdentifier]$sid).Translate([Security.Principal.NTAccount]).Value -join ',') } catch { } }`,
	]).catch(() => "");
	const found = told.replace(/\r?\n/g, "").matchAll(/=NAME=([^=]+)=([\d,]+)/g);
	return new Map(
		Array.from(found, ([, who = "", signs = ""]) => [
			who,
			String.fromCharCode(...signs.split(",").map(Number)),
		]),
	);
}

/**
 * @param sddl a whole description in words of SDDL
 * @returns null where it is none
 */
function writersOf(sddl: string, rights: number): string[] | null {
	const read =
		/^O:(S-[\d-]+|[A-Z]{2})(?:G:(?:S-[\d-]+|[A-Z]{2}))?(?:D:(.*))?$/.exec(
			sddl.trim(),
		);
	if (!read?.[1]) return null;
	const [, owner, list] = read;
	// Without a list everybody may do everything; an empty one lets nobody in.
	const entries =
		list === undefined || /^[A-Z]*NO_ACCESS_CONTROL/.test(list)
			? ["WD"]
			: [
					...list.matchAll(
						/\((X?A|OA|ZA);([^;]*);([^;]*);[^;]*;[^;]*;([^;)]*)/g,
					),
				].flatMap(([, , flags = "", given = "", who = ""]) =>
					// For what is made in it, not for itself.
					flags.includes("IO") || (bitsOf(given) & rights) === 0 ? [] : [who],
				);
	return [owner, ...entries].filter(
		(who) => !ADMINISTRATORS.test(who) && !NOBODY.test(who),
	);
}

/** What is no right that we know may be any. */
function bitsOf(given: string): number {
	if (/^(?:0x[\da-f]+|\d+)$/i.test(given)) return Number(given) | 0;
	return (given.match(/../g) ?? []).reduce(
		(bits, name) => bits | (RIGHTS[name] ?? ~0),
		0,
	);
}
