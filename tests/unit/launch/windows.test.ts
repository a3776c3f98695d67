import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { askToEnd, endChild } from "../../../main/launch/ask-to-end.ts";
import { npmProgram } from "../../../main/launch/install.mjs";

/** Of Windows itself, whatever lies in the folder we were started in. */
const TASKKILL = "C:\\Windows\\System32\\taskkill.exe /PID 4711";

// As it is written differs from one Windows to another.
beforeAll(() => void vi.stubEnv("SystemRoot", "C:\\Windows"));
afterAll(() => void vi.unstubAllEnvs());

/** A child that does with a request what the test says. */
class Child extends EventEmitter {
	readonly done: string[] = [];
	readonly pid = 4711;
	readonly connected: boolean;
	exitCode: number | null = null;
	signalCode: string | null = null;

	constructor(connected: boolean) {
		super();
		this.connected = connected;
	}
	disconnect(): void {
		this.done.push("disconnect");
	}
	kill(signal: string): boolean {
		this.done.push(signal);
		if (signal === "SIGKILL") this.emit("exit", null, signal);
		return true;
	}
	readonly asking = (platform: NodeJS.Platform) => ({
		platform,
		run: (program: string, args: string[]) => {
			this.done.push([program, ...args].join(" "));
		},
	});
}
const asChild = (child: Child) => child as unknown as ChildProcess;

test.each([
	["a child with a line to us hears it cut", "win32", true, "disconnect"],
	["Electron's windows are closed", "win32", false, TASKKILL],
	["a child with a line to us hears it cut", "linux", true, "disconnect"],
	["others get the signal", "linux", false, "SIGTERM"],
] as const)("to end, %s (%s)", (_, platform, connected, done) => {
	const child = new Child(connected);
	askToEnd(asChild(child), child.asking(platform));
	expect(child.done).toEqual([done]);
});

test("a child that does not end when asked is cut off after its time, on Windows too", async () => {
	vi.useFakeTimers();
	const child = new Child(false);
	const ended = endChild(asChild(child), 500, child.asking("win32"));
	await vi.advanceTimersByTimeAsync(499);
	expect(child.done).toEqual([TASKKILL]);
	await vi.advanceTimersByTimeAsync(1);
	await ended;
	expect(child.done).toEqual([TASKKILL, "SIGKILL"]);
	vi.useRealTimers();
});
test("a child that has ended is asked nothing", async () => {
	const child = new Child(true);
	child.exitCode = 0;
	await endChild(asChild(child), 500, child.asking("linux"));
	expect(child.done).toEqual([]);
});

test("npm is run as a file of Node where it is a batch file", () => {
	expect(
		npmProgram({
			platform: "win32",
			execPath: "C:\\Program Files\\nodejs\\node.exe",
			npmPath: undefined,
		}),
	).toEqual([
		"C:\\Program Files\\nodejs\\node.exe",
		"C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js",
	]);
	expect(
		npmProgram({ platform: "win32", execPath: "node.exe", npmPath: "npm.js" }),
	).toEqual(["node.exe", "npm.js"]);
	expect(
		npmProgram({ platform: "linux", execPath: "node", npmPath: undefined }),
	).toEqual(["npm"]);
});
