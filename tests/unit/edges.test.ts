import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EDGES } from "../edges.ts";
import { brokenEdges, importsIn } from "../fixtures/imports.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("the project keeps to its floor plan", () => {
	test("every import is an edge of the table, and no files or folders go round in a circle", () => {
		expect(brokenEdges(ROOT)).toEqual([]);
	});

	test("the table speaks of folders that are there", () => {
		expect(
			[...Object.keys(EDGES), ...Object.values(EDGES).flat()].filter(
				(entry) => !existsSync(join(ROOT, entry.replace(/\/\*$/, ""))),
			),
		).toEqual([]);
	});

	test("the reader finds imports of each form in the project itself", () => {
		const { imports } = importsIn(ROOT);
		const froms = (to: string) =>
			imports.filter((one) => one.to === to).map(({ from }) => from);
		expect(froms("renderer/parts/ui/screen.css")).toContain(
			"renderer/main.tsx",
		);
		expect(froms("hub/publish/snapshot-worker.ts")).toContain(
			"hub/publish/snapshot-file.ts",
		);
		expect(froms("core/feed/table.ts")).toContain("core/api/route.ts");
	});
});

/** One file each: what it holds, and whether it may stand. */
const FORBIDDEN: readonly (readonly [path: string, text: string])[] = [
	["core/series/a.ts", 'import * as x from "../../hub/store/database.ts";'],
	["core/series/b.ts", 'import "../../main/backend/backend.ts";'],
	["core/series/c.ts", 'import { readFileSync } from "node:fs";'],
	["core/series/d.ts", 'import { app } from "electron";'],
	["core/areas/a.ts", 'import type { Query } from "../api/route.ts";'],
	["core/areas/b.ts", 'export * from "../quality/rule.ts";'],
	["core/areas/c.ts", 'export type { Mark } from "../quality/rule.ts";'],
	["core/areas/d.ts", 'export type A = import("../api/route.ts").Query;'],
	["core/areas/e.ts", 'export const a = () => import("node:fs");'],
	["core/areas/f.ts", "export const a = (x: string) => import(x);"],
	["hub/intake/a.ts", 'import "../../main/backend/backend.ts";'],
	["hub/intake/b.ts", 'import "../../renderer/main.tsx";'],
	["hub/intake/c.ts", 'import type { Connector } from "../connectors/all.ts";'],
	["hub/write/a.ts", 'import "../exercise/play.ts";'],
	["main/backend/query/a.ts", 'import "../../../hub/cli.ts";'],
	["main/backend/query/b.ts", 'import "../server/app.ts";'],
	["main/backend/server/a.ts", 'const e = require("electron");'],
	["main/backend/server/b.ts", 'import "../../analyst/model.ts";'],
	["main/browser/a.ts", 'import electron from "electron";'],
	["main/desktop/a.ts", 'import "../../hub/cli.ts";'],
	["main/backend/replica/a.ts", 'new URL("../sync/w.ts", import.meta.url);'],
	["renderer/state/a.ts", 'import "../../main/backend/backend.ts";'],
	["renderer/state/b.ts", "export const a = () => import(`node:fs`);"],
	["renderer/parts/map/a.tsx", 'import "../../screens/situasi/a.css";'],
	["renderer/parts/map/b.tsx", 'import "../chart/trend-panel.tsx";'],
	["renderer/screens/situasi/b.tsx", 'import "../peta/screen.tsx";'],
	["renderer/screens/situasi/c.tsx", 'import "../../shell/banners.tsx";'],
	["preload/a.ts", 'import "../main/desktop/desktop.ts";'],
	["hub/new-room/a.ts", "export const a = 1;"],
	["core/writing/a.ts", 'import "../../tests/edges.ts";'],
];
const ALLOWED: readonly (readonly [path: string, text: string])[] = [
	["core/series/e.ts", 'import "./day.ts";'],
	["core/series/f.ts", 'import { z } from "zod";'],
	["core/api/a.ts", 'import type { A } from "../areas/codes.ts";'],
	["hub/intake/d.ts", 'import "../../core/series/day.ts";'],
	["main/backend/query/c.ts", 'import "node:fs";'],
	["main/desktop/b.ts", 'import { app } from "electron";'],
	["main/launch/a.ts", 'import "../../hub/serve/serve-hub.ts";'],
	["renderer/parts/map/d.ts", 'import "../../../core/series/day.ts";'],
	["renderer/screens/situasi/d.tsx", 'import "../../parts/map/e.tsx";'],
	["preload/b.ts", 'import "electron";'],
	// What only looks like an import is none.
	[
		"core/series/g.ts",
		'// import "node:fs"\nexport const a = \'import "electron"\';',
	],
];

describe("a tree that breaks the floor plan is refused", () => {
	let tree: string;
	const put = (path: string, text: string) => {
		mkdirSync(dirname(join(tree, path)), { recursive: true });
		writeFileSync(join(tree, path), text);
	};
	beforeAll(() => {
		tree = mkdtempSync(join(tmpdir(), "blc-edges-"));
	});
	afterAll(() => rmSync(tree, { recursive: true, force: true }));

	test("each forbidden import by its file and line, each allowed one not", () => {
		for (const [path, text] of [...FORBIDDEN, ...ALLOWED])
			put(path, `\n${text}\n`);
		// Some of them make circles of folders too; those are the next test.
		const broken = brokenEdges(tree).filter(
			(line) => !line.includes("in a circle"),
		);
		const places = broken.map((line) => line.split(" ")[0]);
		for (const [path, text] of FORBIDDEN)
			expect(places, `${path}: ${text}`).toContain(
				path.startsWith("hub/new-room") ? "hub/new-room:" : `${path}:2`,
			);
		expect(broken).toHaveLength(FORBIDDEN.length);
	});

	test("files that need each other, and folders that do by different files, by the way round", () => {
		rmSync(tree, { recursive: true, force: true });
		put("core/series/a.ts", 'import type { B } from "./b.ts";');
		put("core/series/b.ts", '\nexport * from "./c.ts";');
		put("core/series/c.ts", 'export const a = () => import("./a.ts");');
		put("core/logistics/a.ts", 'import "./allocation/a.ts";');
		put("core/logistics/allocation/a.ts", "");
		put("core/logistics/allocation/b.ts", 'import type { A } from "../b.ts";');
		put("core/logistics/b.ts", "");
		expect(brokenEdges(tree)).toEqual([
			"core/logistics/allocation/b.ts:1 imports core/logistics/b.ts: core/logistics/allocation may not import core/logistics",
			"files in a circle: core/series/a.ts:1 -> core/series/b.ts:2 -> core/series/c.ts:1",
			"folders in a circle: core/logistics/a.ts:1 -> core/logistics/allocation/b.ts:1",
		]);
	});
});

test("commands say what they say through one gate, which keeps a file's text from steering the terminal", () => {
	const gates = ["hub/command/terminal.ts", "main/analyst/terminal.ts"];
	const beside = ["hub/cli.ts", "hub/command", "hub/exercise", "main/analyst"]
		.flatMap((place) =>
			place.endsWith(".ts")
				? [place]
				: readdirSync(join(ROOT, place), {
						recursive: true,
						encoding: "utf8",
					}).map((file) => posix.join(place, file)),
		)
		.filter((file) => file.endsWith(".ts") && !gates.includes(file))
		.filter((file) =>
			/console\.(log|error)\(|stderr\.write\((?!"(password: |\\n)")/.test(
				readFileSync(join(ROOT, file), "utf8"),
			),
		);
	expect(beside).toEqual([]);
});

test("every thread that opens SQLite loads it with its modules: one that is ended while it loads it would take the process with it", () => {
	const { files, imports } = importsIn(ROOT);
	const reach = (file: string, seen = new Set([file])): Set<string> => {
		for (const { from, to } of imports)
			if (from === file && to && !seen.has(to)) reach(to, seen.add(to));
		return seen;
	};
	const opens = (file: string) =>
		file !== LOADS_SQLITE &&
		/^import Database/m.test(readFileSync(join(ROOT, file), "utf8"));
	const threads = files.filter(
		(file) =>
			file.endsWith("-worker.ts") && [...reach(file)].some((one) => opens(one)),
	);
	expect(threads).toHaveLength(4);
	for (const file of threads) expect(reach(file)).toContain(LOADS_SQLITE);
});
const LOADS_SQLITE = "machine/thread/load-sqlite.ts";
