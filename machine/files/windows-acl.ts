import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { win32 } from "node:path";
import { ofWindows, type WindowsProgram } from "./windows-program.ts";

/** What decides how a folder of Windows is closed to others. */
export interface WindowsAccount {
	/** The person's profile: what lies in it is theirs already. */
	readonly home: string;
	/** Runs a program of the system and gives what it says. @throws when it fails */
	readonly run: (program: WindowsProgram, args: readonly string[]) => string;
}

const HERE: WindowsAccount = {
	home: homedir(),
	run: (program, args) =>
		execFileSync(ofWindows(program), args, {
			encoding: "utf8",
			stdio: ["ignore", "pipe", "pipe"],
			windowsHide: true,
			timeout: 30_000,
		}),
};

/** The system itself and its administrators, by numbers that are the same in every language of Windows. */
const ALWAYS = ["*S-1-5-18", "*S-1-5-32-544"];

/**
 * Lets nobody but this account, the system and its administrators into a folder of Windows, which knows no modes: below a drive's root
 * everybody may read. What lies in the profile is left as it is.
 * @throws Error when it could not be closed, in words
 */
export function restrictOnWindows(
	folder: string,
	{ home, run }: WindowsAccount = HERE,
): void {
	const from = win32.relative(home, folder);
	if (!from.startsWith("..") && !win32.isAbsolute(from)) return;
	try {
		const account = /S-1-[\d-]+/.exec(
			run("whoami.exe", ["/user", "/fo", "csv", "/nh"]),
		)?.[0];
		if (account === undefined) throw new Error("whoami names no account");
		run("icacls.exe", [
			folder,
			"/inheritance:r",
			"/grant:r",
			...[...ALWAYS, `*${account}`].map((who) => `${who}:(OI)(CI)F`),
			"/q",
		]);
	} catch (error) {
		throw new Error(
			`${folder} cannot be closed to other accounts of this computer (icacls): ${error instanceof Error ? error.message : String(error)}. Choose a folder in your profile, or on a disk of NTFS.`,
			{ cause: error },
		);
	}
}
