import { win32 } from "node:path";

/** Programs of Windows that we run, below its own folder. */
const PROGRAMS = {
	"icacls.exe": "System32",
	"powershell.exe": "System32\\WindowsPowerShell\\v1.0",
	"taskkill.exe": "System32",
	"whoami.exe": "System32",
} as const;
export type WindowsProgram = keyof typeof PROGRAMS;

/**
 * Where a program of Windows lies. By its bare name the folder that we were started in would be searched first (libuv: `search_path` in
 * src/win/process.c): that of a file which somebody opened, a folder of the network as a rule, into which anybody may have put another.
 */
export function ofWindows(
	program: WindowsProgram,
	root = process.env.SystemRoot ?? "C:\\Windows",
): string {
	return win32.join(root, PROGRAMS[program], program);
}
