import { expect, test } from "vitest";
import { restrictOnWindows } from "../../../machine/files/windows-acl.ts";

const HOME = "C:\\Users\\rina";

function closing(folder: string, whoami = '"pc\\rina","S-1-5-21-1-2-3-1001"') {
	const done: string[] = [];
	restrictOnWindows(folder, {
		home: HOME,
		run(program, args) {
			done.push([program, ...args].join(" "));
			return program === "whoami.exe" ? whoami : "";
		},
	});
	return done;
}

test("a folder of Windows outside the profile is its account's, the system's and the administrators' alone", () => {
	expect(closing("D:\\blc")).toEqual([
		"whoami.exe /user /fo csv /nh",
		"icacls.exe D:\\blc /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-21-1-2-3-1001:(OI)(CI)F /q",
	]);
	expect(closing("C:\\Users\\rina2\\blc")).toHaveLength(2);
});

test("one in the profile is left as it is", () => {
	expect(closing(`${HOME}\\AppData\\Local\\blc-command`)).toEqual([]);
});

test("one that cannot be closed is refused in words, and not used open", () => {
	expect(() => closing("D:\\blc", "nobody")).toThrow(
		/D:\\blc cannot be closed to other accounts.*names no account/,
	);
});
