import { spawnSync } from "node:child_process";
import {
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const forbidden: [string, string][] = [
	["core/series/a.ts", "../../hub/store/database.ts"],
	["core/series/b.ts", "../../main/backend/backend.ts"],
	["core/series/c.ts", "node:fs"],
	["core/series/d.ts", "electron"],
	["hub/intake/a.ts", "../../main/backend/backend.ts"],
	["hub/intake/b.ts", "../../renderer/main.tsx"],
	["main/backend/query/a.ts", "../../../hub/cli.ts"],
	["main/backend/server/a.ts", "electron"],
	["main/browser/a.ts", "electron"],
	["main/desktop/a.ts", "../../hub/cli.ts"],
	["renderer/map/a.ts", "../../main/backend/backend.ts"],
	["renderer/map/b.ts", "../../hub/cli.ts"],
	["renderer/map/c.ts", "node:fs"],
	["preload/a.ts", "../main/desktop/desktop.ts"],
];
const allowed: [string, string][] = [
	["core/series/e.ts", "./day.ts"],
	["core/series/f.ts", "zod"],
	["hub/intake/c.ts", "../../core/series/day.ts"],
	["main/backend/query/b.ts", "node:fs"],
	["main/desktop/b.ts", "electron"],
	["main/launch/a.ts", "../../hub/cli.ts"],
	["renderer/map/d.ts", "../../core/series/day.ts"],
	["preload/b.ts", "electron"],
];

/** A tree of one-line files under the project's own lint configuration. */
let tree: string;
let refused: Set<string>;

beforeAll(() => {
	tree = mkdtempSync(join(tmpdir(), "blc-edges-"));
	copyFileSync("biome.json", join(tree, "biome.json"));
	for (const [path, target] of [...forbidden, ...allowed]) {
		mkdirSync(dirname(join(tree, path)), { recursive: true });
		writeFileSync(
			join(tree, path),
			`import * as x from "${target}";\n\nexport const y = x;\n`,
		);
	}
	const { stdout } = spawnSync(
		resolve("node_modules/.bin/biome"),
		["lint", "--reporter=json", "--max-diagnostics=none"],
		{ cwd: tree, encoding: "utf8" },
	);
	refused = new Set(
		(
			JSON.parse(stdout) as {
				diagnostics: { category: string; location: { path: string } }[];
			}
		).diagnostics
			.filter(({ category }) => category.endsWith("noRestrictedImports"))
			.map(({ location }) => location.path),
	);
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe("the lint rule keeps the import edges of the design", () => {
	test.each(forbidden)("%s may not import %s", (path) => {
		expect(refused).toContain(path);
	});
	test.each(allowed)("%s may import %s", (path) => {
		expect(refused).not.toContain(path);
	});
});
