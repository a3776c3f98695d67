import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { ofWindows } from "../../machine/files/windows-program.ts";

/** What tells which program a process is. */
export interface Processes {
	readonly platform: NodeJS.Platform;
	readonly read: (file: string) => string;
	/** Runs a program of the system and gives what it says. @throws when it fails */
	readonly run: (program: string, args: readonly string[]) => string;
}

const HERE: Processes = {
	platform: process.platform,
	read: (file) => readFileSync(file, "utf8"),
	run: (program, args) =>
		execFileSync(program, args, {
			encoding: "utf8",
			stdio: ["ignore", "pipe", "ignore"],
			windowsHide: true,
			timeout: 20_000,
		}),
};

/**
 * Whether a process is the PostgreSQL server of a cluster. The number that its file names may after a power cut be another program's, or
 * that of another hub's server: PostgreSQL would refuse to start beside it (`CreateLockFile` in miscinit.c asks only whether the number is
 * in use). Where the system does not say what runs, the number is believed.
 */
export function isServerOf(
	pid: number,
	cluster: string,
	{ platform, read, run }: Processes = HERE,
): boolean {
	let line: string;
	try {
		if (platform === "linux")
			line = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
		else if (platform === "win32")
			line = run(ofWindows("powershell.exe"), [
				"-NoProfile",
				"-NonInteractive",
				"-Command",
				// Else it speaks the console's old code page, and a folder with other letters than English ones is not found in what it says.
				`[Console]::OutputEncoding = New-Object Text.UTF8Encoding $false; (Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`,
			]);
		else line = run("ps", ["-ww", "-o", "command=", "-p", String(pid)]);
	} catch {
		// On Linux the process is gone, or /proc is not to be read: as `ps` says by failing. Windows may forbid PowerShell.
		return platform === "win32";
	}
	return isNamed(line, cluster, platform === "win32");
}

/** `postgres -D FOLDER …`; on Windows with other slashes, in quotes, and capitals mean nothing. */
function isNamed(line: string, cluster: string, windows: boolean): boolean {
	const plain = (text: string): string => {
		const spaced = ` ${text.replaceAll('"', " ").trim()} `;
		return windows ? spaced.replaceAll("\\", "/").toLowerCase() : spaced;
	};
	return (
		plain(line).includes("postgres") && plain(line).includes(plain(cluster))
	);
}
