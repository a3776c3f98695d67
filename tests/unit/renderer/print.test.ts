import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const RENDERER = join(import.meta.dirname, "../../../renderer");

test("every page is printed in one place: past the bridge of the desktop a printer that fails says nothing", () => {
	const printing = readdirSync(RENDERER, { recursive: true, encoding: "utf8" })
		.filter((file) => /\.tsx?$/.test(file))
		.filter((file) =>
			/\b(?:window|globalThis|self)\s*\??\.\s*print\b/.test(
				readFileSync(join(RENDERER, file), "utf8"),
			),
		)
		.map((file) => file.replaceAll("\\", "/"));
	expect(printing).toEqual(["state/desktop.ts"]);
});
