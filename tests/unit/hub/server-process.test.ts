import { expect, test } from "vitest";
import {
	isServerOf,
	type Processes,
} from "../../../hub/store/server-process.ts";

const on = (platform: NodeJS.Platform, line: string | Error): Processes => {
	const say = (): string => {
		if (line instanceof Error) throw line;
		return line;
	};
	return { platform, read: say, run: say };
};
const WINDOWS = "C:\\Data\\hub\\postgres";
const POSIX = "/data/hub/postgres";

test.each([
	[
		"the server of this hub",
		true,
		'"C:/blc/native/bin/postgres.exe" -D "c:/data/hub/postgres" "-p" "5"\r\n',
	],
	["another program that got its number", false, "C:\\Windows\\explorer.exe"],
	[
		"the server of another hub",
		false,
		'"C:/blc/bin/postgres.exe" -D "C:/Data/hub/postgres2"',
	],
	["nothing any more", false, ""],
])("on Windows a number is that of %s: %s", (_, expected, line) => {
	expect(isServerOf(7, WINDOWS, on("win32", line))).toBe(expected);
});

test.each(["linux", "darwin"] as const)(
	"on %s a number that was given to another program, or is free, is not the server's",
	(platform) => {
		const zero = platform === "linux" ? "\0" : " ";
		const line = ["/opt/blc/bin/postgres", "-D", POSIX, "-p", "5"].join(zero);
		expect(isServerOf(7, POSIX, on(platform, line))).toBe(true);
		expect(isServerOf(7, `${POSIX}2`, on(platform, line))).toBe(false);
		expect(isServerOf(7, POSIX, on(platform, "/usr/bin/less"))).toBe(false);
		expect(isServerOf(7, POSIX, on(platform, new Error("gone")))).toBe(false);
	},
);

test("where Windows does not say what runs, the number is believed: a second server is never started over the first", () => {
	expect(isServerOf(7, WINDOWS, on("win32", new Error("forbidden")))).toBe(
		true,
	);
});

test("Windows is asked in UTF-8, in which the answer is read: a folder may be named in letters that are in no code page", () => {
	const cluster = "C:\\Données\\hub\\postgres";
	const asked: string[] = [];
	const answer = (program: string, args: readonly string[]): string => {
		asked.push([program, ...args].join(" "));
		return `"C:/blc/bin/postgres.exe" -D "C:/Données/hub/postgres"`;
	};
	expect(isServerOf(7, cluster, { ...on("win32", ""), run: answer })).toBe(
		true,
	);
	expect(asked).toEqual([
		expect.stringMatching(
			/^[a-z]:\\windows\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe .*\[Console\]::OutputEncoding = New-Object Text\.UTF8Encoding \$false; \(Get-CimInstance .*ProcessId=7/i,
		),
	]);
});
