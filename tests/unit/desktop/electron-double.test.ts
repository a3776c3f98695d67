import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
	AppDouble,
	electronDouble,
	UtilityProcessDouble,
	WebContentsDouble,
	WindowDouble,
} from "../../fixtures/electron-double.ts";

const declared = readFileSync("node_modules/electron/electron.d.ts", "utf8");
const FOLDER = "main/desktop";

/** The body of a class or interface of Electron, and of what it extends. */
function bodyOf(name: string): string {
	const head = new RegExp(
		`^ +(?:class|interface) ${name}(?: extends (\\w+)| extends [\\w.]+)? \\{$`,
		"m",
	).exec(declared);
	if (!head) throw new Error(`${name} is none of Electron's`);
	const begin = head.index;
	const body = declared.slice(begin, declared.indexOf("\n  }\n", begin));
	const above = head[1];
	return above && !above.includes("Emitter") ? body + bodyOf(above) : body;
}

/** What a double adds to an emitter. */
const membersOf = (double: object): string[] =>
	Object.getOwnPropertyNames(Object.getPrototypeOf(double)).filter(
		(name) => name !== "constructor",
	);

const window = new WindowDouble(1, {});
test.each([
	["App", membersOf(new AppDouble())],
	["WebContents", [...membersOf(new WebContentsDouble()), "print"]],
	["BrowserWindow", [...membersOf(window), "webContents"]],
	["UtilityProcess", membersOf(new UtilityProcessDouble(["backend.js"]))],
	["Screen", membersOf(electronDouble().module.screen)],
])("every member of the double of %s is one of Electron's", (name, members) => {
	const body = bodyOf(name);
	expect(members.length).toBeGreaterThan(1);
	for (const member of members)
		expect(body, member).toMatch(
			new RegExp(`^ +(?:readonly )?${member}[(<:?]`, "m"),
		);
});

test("every event that the desktop listens to is one of Electron's", () => {
	const heard = readdirSync(FOLDER)
		.map((file) => readFileSync(`${FOLDER}/${file}`, "utf8"))
		.flatMap((source) => [
			...source.matchAll(/(\w+)\.(?:on|once)\(\s*"([a-z-]+)"/g),
		])
		// Node's own.
		.filter(([, of]) => of !== "process" && of !== "stream");
	expect(heard.length).toBeGreaterThan(15);
	const known = new Set(
		[...declared.matchAll(/\bon\(event: '([a-z-]+)'/g)].map(
			([, event]) => event,
		),
	);
	for (const [, of, event] of heard)
		expect(known, `${of}.on("${event}")`).toContain(event);
});

test("everything the desktop takes of Electron is in the double", () => {
	const { module } = electronDouble();
	for (const file of readdirSync(FOLDER)) {
		const source = readFileSync(`${FOLDER}/${file}`, "utf8");
		for (const [, type, names] of source.matchAll(
			/^import (type )?\{([^}]*)\} from "electron"/gm,
		))
			for (const name of type === undefined ? names.split(",") : []) {
				const plain = name.trim();
				if (plain === "" || plain.startsWith("type ")) continue;
				expect(module, `${file}: ${plain}`).toHaveProperty(plain);
			}
	}
});
