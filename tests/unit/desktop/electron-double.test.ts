import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DESKTOP_CHANNELS } from "../../../core/api/desktop-channels.ts";
import {
	AppDouble,
	electronDouble,
	UtilityProcessDouble,
	WebContentsDouble,
	WindowDouble,
} from "../../fixtures/electron-double.ts";

const declared = readFileSync("node_modules/electron/electron.d.ts", "utf8");
/** What is written against Electron. */
const SOURCES = ["main/desktop", "preload"].flatMap((folder) =>
	readdirSync(folder)
		.filter((file) => file.endsWith(".ts"))
		.map((file) => ({
			file,
			source: readFileSync(`${folder}/${file}`, "utf8"),
		})),
);

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
	const heard = SOURCES.flatMap(({ source }) => [
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

/** Names that a file takes of Electron, by an import at its head or while it runs. */
function takenOf(source: string): string[] {
	return [
		...source.matchAll(/^import \{([^}]*)\} from "electron"/gm),
		...source.matchAll(/const \{([^}]*)\} = await import\("electron"\)/g),
	]
		.flatMap(([, names]) => (names as string).split(","))
		.map((name) => name.trim())
		.filter((name) => name !== "" && !name.startsWith("type "));
}

/** Electron's type of what its module gives. */
function typeOf(name: string): string {
	const constant = new RegExp(
		`^ +const ${name}: (?:typeof )?(\\w+);$`,
		"m",
	).exec(declared);
	return constant?.[1] ?? name;
}

test("every file that names Electron takes from it in a form that is looked at here", () => {
	for (const { file, source } of SOURCES)
		if (/["']electron["']/.test(source))
			expect(
				takenOf(source).length > 0 ||
					/^import type [^;]* from "electron";$/m.test(source),
				file,
			).toBe(true);
	expect(SOURCES.flatMap(({ source }) => takenOf(source))).toEqual(
		expect.arrayContaining(["net", "app", "ipcRenderer"]),
	);
});

test("everything that is taken of Electron, and every member used of it, is Electron's and in the double", () => {
	const { module } = electronDouble();
	let used = 0;
	for (const { file, source } of SOURCES)
		for (const name of takenOf(source)) {
			expect(module, `${file}: ${name}`).toHaveProperty(name);
			for (const [, member] of source.matchAll(
				new RegExp(`(?<![\\w./])${name}\\.(?!ts"|js")(\\w+)`, "g"),
			)) {
				used++;
				expect(bodyOf(typeOf(name)), `${file}: ${name}.${member}`).toMatch(
					new RegExp(`^ +(?:readonly |static )?${member}[(<:?]`, "m"),
				);
				expect(
					module[name as keyof typeof module],
					`${file}: ${name}.${member}`,
				).toHaveProperty(member as string);
			}
		}
	expect(used).toBeGreaterThan(40);
});

test("the network of a utility process has what the backend takes of it", () => {
	const begin = declared.indexOf("namespace Utility {");
	const utility = declared.slice(begin, declared.indexOf("\n  }\n", begin));
	expect(utility).toMatch(/^ +const net: Net;|^ +type Net = /m);
});

/** A file of tests without its comments, of which none is left out. */
function testsOf(file: string): string {
	const source = readFileSync(file, "utf8").replace(
		/\/\*[\s\S]*?\*\/|(?<![:"'])\/\/.*/g,
		"",
	);
	expect(source, file).not.toMatch(/\.(?:skip|fixme|todo|only)\b/);
	return source;
}

test.each(Object.keys(DESKTOP_CHANNELS))(
	"the call %s of the bridge has its test in the real application, and one here",
	(call) => {
		expect(testsOf("tests/electron/host.spec.ts")).toMatch(
			new RegExp(`\\bblc\\s*(?:\\)\\s*)?\\.${call}\\(`),
		);
		expect(testsOf("tests/unit/desktop/desktop.test.ts")).toMatch(
			new RegExp(`DESKTOP_CHANNELS\\.${call}\\b`),
		);
	},
);
