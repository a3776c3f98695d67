import { describe, expect, test } from "vitest";
import { SaveRequest } from "../../../core/api/desktop.ts";
import {
	mayNavigate,
	mayOpenExternally,
	mayUse,
	pageAgain,
} from "../../../main/desktop/navigation.ts";
import { windowOptions } from "../../../main/desktop/window-options.ts";

const origin = "http://127.0.0.1:40123";

describe("a window shows nothing but pages of its backend", () => {
	test.each([
		"http://127.0.0.1:40123/",
		"http://127.0.0.1:40123/#area=35&day=2020-04-12",
	])("allows %s", (url) => {
		expect(mayNavigate(url, origin)).toBe(true);
	});
	test.each([
		"http://127.0.0.1:40124/",
		"https://127.0.0.1:40123/",
		"http://localhost:40123/",
		"http://127.0.0.1:40123@evil.example/",
		"http://user:secret@127.0.0.1:40123/",
		"http://127.0.0.1.evil.example:40123/",
		"http://127.0.0.1:401234/",
		"file:///etc/passwd",
		"javascript:alert(1)",
		"data:text/html,<script>alert(1)</script>",
		"blob:http://127.0.0.1:40123/1234",
		"chrome://settings",
		"about:blank",
		"//evil.example/",
		"",
		"http:\\\\evil.example",
	])("refuses %s", (url) => {
		expect(mayNavigate(url, origin)).toBe(false);
	});
});

describe("a window whose page was lost gets it again, at the place where it was", () => {
	const entry = `${origin}/enter?token=T`;
	test.each([
		[
			"the backend has the same port",
			`${origin}/#/situasi?area=35`,
			`${origin}/#/situasi?area=35`,
		],
		[
			"the backend had to take another port",
			"http://127.0.0.1:1/#/situasi?area=35",
			`${entry}#/situasi?area=35`,
		],
		["the token it came with is used up", `${origin}/enter?token=USED`, entry],
		["nothing was shown yet", "", entry],
	])("%s", (_, page, again) => {
		expect(pageAgain(page, origin, entry)).toBe(again);
	});
});

describe("a link leaves for the person's browser only to sites on the list", () => {
	test.each([
		"https://covid19.go.id/peta-sebaran",
		"https://infeksiemerging.kemkes.go.id/",
		"https://www.who.int/",
	])("opens %s", (url) => {
		expect(mayOpenExternally(url)).toBe(true);
	});
	test.each([
		"http://covid19.go.id/",
		"https://covid19.go.id.evil.example/",
		"https://evilcovid19.go.id/",
		"https://covid19.go.id@evil.example/",
		"https://covid19.go.id:8443/",
		"https://xn--covd19-4ya.go.id/",
		"file:///usr/bin/true",
		"smb://covid19.go.id/share",
		"ms-msdt:/id PCWDiagnostic",
		"mailto:x@covid19.go.id",
		"javascript:alert('covid19.go.id')",
		"",
	])("refuses %s", (url) => {
		expect(mayOpenExternally(url)).toBe(false);
	});
});

describe("permissions are refused but for the few a wall needs, on our own pages", () => {
	test("a wall may fill the screen, stay awake and copy", () => {
		for (const permission of [
			"fullscreen",
			"screen-wake-lock",
			"clipboard-sanitized-write",
		])
			expect(mayUse(permission, `${origin}/`, origin)).toBe(true);
	});
	test.each(["media", "geolocation", "notifications", "clipboard-read", "usb"])(
		"%s is refused",
		(permission) => {
			expect(mayUse(permission, `${origin}/`, origin)).toBe(false);
		},
	);
	test("another origin gets nothing", () => {
		expect(mayUse("fullscreen", "http://evil.example/", origin)).toBe(false);
	});
});

describe("a page is a web page", () => {
	test("windows are sandboxed, isolated and without Node", () => {
		expect(
			windowOptions("/x.cjs", { width: 1366, height: 728 }).webPreferences,
		).toMatchObject({
			sandbox: true,
			contextIsolation: true,
			nodeIntegration: false,
			nodeIntegrationInWorker: false,
			nodeIntegrationInSubFrames: false,
			webviewTag: false,
			webSecurity: true,
		});
	});
	test.each([
		"../../.bashrc",
		"a/b.csv",
		"a\\b.csv",
		".profile",
		"",
		"x..y/z",
		"C:evil.exe",
	])("a page cannot suggest the file name %j", (name) => {
		expect(
			SaveRequest.safeParse({ name, bytes: new Uint8Array(1) }).success,
		).toBe(false);
	});
	test("a page can suggest an ordinary file name", () => {
		expect(
			SaveRequest.safeParse({
				name: "Situasi Jawa Timur 2020-04-12.csv",
				bytes: new Uint8Array(1),
			}).success,
		).toBe(true);
	});
});
