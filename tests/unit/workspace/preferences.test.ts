import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
	DEFAULT_SETTINGS,
	SETTINGS_FILE,
} from "../../../core/workspace/settings.ts";
import { readVersioned } from "../../../core/workspace/versioned-file.ts";
import {
	EMPTY_WORKSPACE,
	WORKSPACE_FILE,
} from "../../../core/workspace/workspace.ts";
import { openPreferences } from "../../../main/backend/workspace/preferences.ts";

let folder: string;
let changes: string[];
let reports: string[];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "blc-preferences-"));
	changes = [];
	reports = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (writable = true, at = folder) =>
	openPreferences(
		at,
		() => writable,
		(message) => reports.push(message),
		(what) => changes.push(what),
		() => Date.UTC(2020, 3, 12, 1, 2, 3),
	);
const file = (name: string) => join(folder, name);
const text = (name: string) => readFileSync(file(name), "utf8");

describe("what is chosen on a workstation", () => {
	test("a divider or a table that is to stand as it first stood is kept no longer, and the others stay", () => {
		const kept = open();
		const layout = {
			columns: [{ name: "total", width: 5.5, hidden: false }],
		};
		kept.changeWorkspace("rina", {
			panels: { across: 0.5, down: 0.6 },
			tables: { areas: layout },
		});
		kept.changeWorkspace("rina", { panels: { across: null } });
		expect(open().workspace("rina")).toMatchObject({
			panels: { down: 0.6 },
			tables: { areas: layout },
		});
		kept.changeWorkspace("rina", {
			panels: { down: null },
			tables: { areas: null },
		});
		expect(open().workspace("rina")).toMatchObject({ panels: {}, tables: {} });
	});

	test("is there after a restart, in files of this account alone", () => {
		const before = open();
		before.changeSettings("rina", { language: "en", density: "wall" });
		before.changeWorkspace("rina", { railCollapsed: true });
		// How a window was left is kept every few seconds: nothing of the room is asked for again.
		expect(changes).toEqual(["settings", "workspace"]);
		const after = open();
		expect(after.current("rina").settings).toMatchObject({
			language: "en",
			density: "wall",
		});
		expect(after.workspace("rina").railCollapsed).toBe(true);
		for (const name of ["settings.json", "workspace.json"])
			expect(statSync(file(name)).mode & 0o777).toBe(0o600);
		expect(readdirSync(folder).sort()).toEqual([
			"settings.json",
			"workspace.json",
		]);
	});

	test("that somebody saved with Notepad, which sets a mark before it, is read as it is and not put aside", () => {
		open().changeSettings("rina", { language: "en" });
		const path = file("settings.json");
		writeFileSync(path, `\uFEFF${readFileSync(path, "utf8")}`);
		expect(open().current("rina")).toMatchObject({
			settings: { language: "en" },
			setAside: [],
		});
	});

	test("language and colours are the person's own, the size of everything is the room's", () => {
		const preferences = open();
		preferences.changeSettings("rina", {
			language: "en",
			theme: "light",
			density: "desk",
		});
		expect(preferences.current("budi").settings).toEqual({
			...DEFAULT_SETTINGS,
			density: "desk",
		});
		preferences.changeWorkspace("rina", { address: "#/situasi?area=35" });
		expect(preferences.workspace("budi")).toEqual(EMPTY_WORKSPACE);
	});

	test("a change of one table or divider leaves the others", () => {
		const preferences = open();
		const layout = { columns: [], sorted: null };
		preferences.changeWorkspace("rina", {
			tables: { areas: layout },
			panels: { situasi: 0.5 },
		});
		expect(
			preferences.changeWorkspace("rina", { tables: { trail: layout } }),
		).toMatchObject({
			tables: { areas: layout, trail: layout },
			panels: { situasi: 0.5 },
		});
	});

	test("holds until the end where nothing can be written, and that is said", () => {
		const preferences = open(false);
		preferences.changeSettings("rina", { language: "en" });
		expect(preferences.current("rina")).toMatchObject({
			settings: { language: "en" },
			kept: false,
		});
		expect(readdirSync(folder)).toEqual([]);
	});
});

describe("a file that cannot be read", () => {
	test.each([
		["half of a file", '{"kind":"blc-settings","version":2,"room":{'],
		["nothing", ""],
		[
			"a value that there is not",
			'{"kind":"blc-settings","version":2,"room":{"density":"huge"},"people":{}}',
		],
		["another file", '{"name":"package","version":2}'],
	])("%s is put aside whole, named, and begun anew", (_, damaged) => {
		writeFileSync(file("settings.json"), damaged);
		const preferences = open();
		const { settings, setAside, kept } = preferences.current("rina");
		expect(settings).toEqual(DEFAULT_SETTINGS);
		expect(kept).toBe(true);
		const path = file("settings.json.damaged-2020-04-12T01-02-03-000Z");
		expect(setAside).toEqual([
			{ what: "settings", path, why: "damaged", now: true },
		]);
		expect(readFileSync(path, "utf8")).toBe(damaged);
		preferences.changeSettings("rina", { language: "en" });
		expect(readFileSync(path, "utf8")).toBe(damaged);
		// Still named after the next start, no longer as news.
		expect(open().current("rina")).toMatchObject({
			settings: { language: "en" },
			setAside: [{ path, now: false }],
		});
	});

	test("one of a later version is put aside as such, and can be imported once the program is up to date", () => {
		const later = JSON.stringify({
			kind: "blc-workspace",
			version: WORKSPACE_FILE.version + 1,
			something: "else",
		});
		writeFileSync(file("workspace.json"), later);
		const preferences = open();
		const [aside] = preferences.current("rina").setAside;
		expect(aside).toMatchObject({ what: "workspace", why: "newer" });
		expect(readFileSync(aside?.path ?? "", "utf8")).toBe(later);
		expect(preferences.import("rina", later)).toBe("newer");
	});

	test("what stands in its place and cannot be read is not written over", () => {
		mkdirSync(file("settings.json"));
		const preferences = open();
		preferences.changeSettings("rina", { language: "en" });
		expect(preferences.current("rina").kept).toBe(false);
		expect(statSync(file("settings.json")).isDirectory()).toBe(true);
	});
});

describe("a file of an earlier version", () => {
	test("settings of one person for the whole workstation become everybody's, and the room's", () => {
		writeFileSync(
			file("settings.json"),
			'{"kind":"blc-settings","version":1,"language":"en","density":"desk"}',
		);
		const preferences = open();
		expect(preferences.current("rina").settings).toEqual({
			...DEFAULT_SETTINGS,
			language: "en",
			density: "desk",
		});
		preferences.changeSettings("rina", { language: "id" });
		expect(preferences.current("budi").settings.language).toBe("en");
		expect(JSON.parse(text("settings.json")).version).toBe(
			SETTINGS_FILE.version,
		);
	});

	test("settings of version 2 keep what they say, and name no map of a file", () => {
		writeFileSync(
			file("settings.json"),
			'{"kind":"blc-settings","version":2,"room":{"density":"wall"},"people":{}}',
		);
		const preferences = open();
		expect(preferences.current("rina").settings).toEqual({
			...DEFAULT_SETTINGS,
			density: "wall",
		});
		preferences.changeSettings("rina", { basemap: "/peta.pmtiles" });
		// The room's, whoever sits there.
		expect(open().current("budi").settings.basemap).toBe("/peta.pmtiles");
	});

	test("what a window kept in its session storage becomes a workspace", () => {
		const old = JSON.stringify({
			kind: "blc-workspace",
			version: 1,
			people: { "": { "rail-narrow": "1" } },
		});
		const read = readVersioned(WORKSPACE_FILE, old);
		expect(read).toMatchObject({
			kind: "read",
			from: 1,
			value: { people: { "": { railCollapsed: true, address: null } } },
		});
		const preferences = open();
		expect(preferences.import("rina", old)).toBe("imported");
		expect(preferences.workspace("rina").railCollapsed).toBe(true);
	});
});

describe("an export", () => {
	const arrange = () => {
		const preferences = open();
		preferences.changeSettings("rina", { language: "en", density: "desk" });
		preferences.changeSettings("budi", { theme: "light" });
		preferences.changeWorkspace("rina", {
			railCollapsed: true,
			address: "#/situasi?area=35",
		});
		return preferences;
	};

	test("brings the same to another folder and another person, and names nobody", () => {
		const exported = arrange().export("rina");
		expect(exported).not.toMatch(/rina|budi/);
		const other = mkdtempSync(join(tmpdir(), "blc-preferences-"));
		try {
			const there = open(true, other);
			expect(there.import("sari", exported)).toBe("imported");
			for (const preferences of [there, open(true, other)]) {
				expect(preferences.current("sari")).toMatchObject({
					settings: { language: "en", theme: "dark", density: "desk" },
					importedAt: Date.UTC(2020, 3, 12, 1, 2, 3),
				});
				expect(preferences.workspace("sari")).toMatchObject({
					railCollapsed: true,
					address: "#/situasi?area=35",
				});
			}
		} finally {
			rmSync(other, { recursive: true, force: true });
		}
	});

	test("that was imported is taken back, also after a restart, and touches nobody else", () => {
		const exported = arrange().export("rina");
		const preferences = open();
		preferences.changeSettings("budi", { clock: "WIT" });
		preferences.changeSettings("budi", { density: "wall" });
		const before = [
			preferences.current("budi").settings,
			preferences.workspace("budi"),
		];
		preferences.import("budi", exported);
		expect(preferences.current("budi").settings).toEqual({
			...DEFAULT_SETTINGS,
			language: "en",
			density: "desk",
		});
		expect(preferences.current("rina").settings.language).toBe("en");
		const again = open();
		expect(again.takeBack("rina")).toBe(false);
		expect(again.takeBack("budi")).toBe(true);
		expect([again.current("budi").settings, again.workspace("budi")]).toEqual(
			before,
		);
		expect(again.takeBack("budi")).toBe(false);
		expect(again.current("budi").importedAt).toBeNull();
	});

	test("that is damaged changes nothing", () => {
		const preferences = arrange();
		const before = [text("settings.json"), text("workspace.json")];
		const exported = preferences.export("rina");
		for (const damaged of [
			exported.slice(0, -10),
			exported.replace('"desk"', '"huge"'),
			'{"kind":"blc-export"}',
			"null",
			"[]",
		])
			expect([damaged, preferences.import("rina", damaged)]).toEqual([
				damaged,
				"damaged",
			]);
		expect([text("settings.json"), text("workspace.json")]).toEqual(before);
	});
});
