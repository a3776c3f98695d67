import { expect, test } from "vitest";
import {
	family,
	isRunning,
	type ProcessTable,
	processes,
} from "../../fixtures/processes.ts";

const never = (): never => {
	throw new Error("not asked here");
};
const table = (
	platform: NodeJS.Platform,
	change: Partial<ProcessTable>,
): ProcessTable => ({
	platform,
	names: never,
	read: never,
	run: never,
	...change,
});
const SAID = [
	{ pid: 7, parent: 1, command: "node backend.js" },
	{ pid: 9, parent: 7, command: "" },
];

test("tests read the processes of Windows, macOS and Linux alike", () => {
	expect(
		processes(
			table("win32", {
				run: (program) => {
					// None of the folder that the tests were started in.
					expect(program).toMatch(/^[a-z]:\\.*\\powershell\.exe$/i);
					return '[{"ProcessId":7,"ParentProcessId":1,"CommandLine":"node backend.js"},{"ProcessId":9,"ParentProcessId":7,"CommandLine":null}]';
				},
			}),
		),
	).toEqual(SAID);
	expect(
		processes(
			table("darwin", {
				run: () => "    7     1 S    node backend.js\n  8  7 Z    (node)\n",
			}),
		),
	).toEqual(SAID.slice(0, 1));
	const files: Record<string, string> = {
		"/proc/7/stat": "7 (no) de) S 1 7 7 0",
		"/proc/7/cmdline": "node\0backend.js",
		"/proc/8/stat": "8 (node) Z 7 7 7 0",
		"/proc/9/stat": "9 (kthread) S 7 7",
		"/proc/9/cmdline": "",
	};
	expect(
		processes(
			table("linux", {
				names: () => ["7", "8", "9", "10", "self"],
				read: (file) => files[file] ?? never(),
			}),
		),
	).toEqual(SAID);
});

test("a process of this system is found below its parent, and not once it has ended", () => {
	expect(isRunning(process.pid)).toBe(true);
	expect(family(process.ppid).map(({ pid }) => pid)).toContain(process.pid);
	expect(isRunning(2 ** 22 + 1)).toBe(false);
});
