import { describe, expect, test } from "vitest";
import {
	browserFor,
	type Surroundings,
	windowArguments,
} from "../../../main/browser/open-window.ts";

const here = (change: Partial<Surroundings>): Surroundings => ({
	platform: "linux",
	env: { PATH: "/usr/local/bin:/usr/bin", DISPLAY: ":0" },
	runnable: (path) => path === "/usr/bin/chromium",
	root: false,
	...change,
});

describe("which browser opens the window", () => {
	test("the first of the system's that is there", () => {
		expect(browserFor(here({}))).toBe("/usr/bin/chromium");
		expect(
			browserFor(
				here({
					platform: "darwin",
					env: {},
					runnable: (path) => path.includes("Google Chrome"),
				}),
			),
		).toContain("/Applications/Google Chrome.app");
		expect(
			browserFor(
				here({
					platform: "win32",
					env: { PROGRAMFILES: "C:\\Program Files" },
					runnable: (path) => path.endsWith("msedge.exe"),
				}),
			),
		).toBe("C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe");
	});

	test("the one a person has chosen before all others", () => {
		expect(
			browserFor(
				here({
					env: { PATH: "/usr/bin", DISPLAY: ":0", CHROME_BIN: "/opt/mine" },
					runnable: () => true,
				}),
			),
		).toBe("/opt/mine");
	});

	test("none without a display, without a browser, or as administrator", () => {
		expect(browserFor(here({ env: { PATH: "/usr/bin" } }))).toBeNull();
		expect(browserFor(here({ runnable: () => false }))).toBeNull();
		expect(browserFor(here({ root: true }))).toBeNull();
	});

	test("a Wayland display is a display", () => {
		expect(
			browserFor(
				here({ env: { PATH: "/usr/bin", WAYLAND_DISPLAY: "wayland-0" } }),
			),
		).toBe("/usr/bin/chromium");
	});

	test("the window has a profile of its own and no address bar", () => {
		expect(
			windowArguments("http://127.0.0.1:1/enter", "/data/browser"),
		).toEqual(
			expect.arrayContaining([
				"--app=http://127.0.0.1:1/enter",
				"--user-data-dir=/data/browser",
			]),
		);
	});
});
