import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { parseSync } from "vite";

/** What a program reads of this project: files of ours, and folders of packages, each from the root. */
export interface Reached {
	readonly files: readonly string[];
	readonly packages: readonly string[];
}

/**
 * Follows every import of a program (and the files of its threads), and of each package it comes to what that one depends on. A package
 * that is wanted and not in place is an error; one that is only wished for (another system's) is passed over.
 * @param root folder of the project
 * @param entries files of the program, from the root
 */
export function reachedFrom(root: string, entries: readonly string[]): Reached {
	const files = new Set<string>();
	const packages = new Set<string>();
	const visit = (file: string): void => {
		if (files.has(file)) return;
		files.add(file);
		if (!file.endsWith(".ts")) return;
		for (const what of importsOf(file))
			if (what.startsWith(".")) visit(resolve(dirname(file), what));
			else if (!what.startsWith("node:"))
				addPackage(packages, nameOf(what), file);
	};
	for (const entry of entries) visit(join(root, entry));
	const fromRoot = (path: string): string =>
		relative(root, path).split(sep).join("/");
	return {
		files: [...files].map(fromRoot).sort(),
		packages: [...packages].map(fromRoot).sort(),
	};
}

/** `@scope/name/deep/file.js` → `@scope/name` */
const nameOf = (what: string): string =>
	what
		.split("/")
		.slice(0, what.startsWith("@") ? 2 : 1)
		.join("/");

/** What a file imports when it runs: an `import type` is gone by then, `import { type A }` stays as an import of the file. */
function importsOf(file: string): string[] {
	const code = readFileSync(file, "utf8");
	const { module } = parseSync(file, code);
	const runs = ({ start, end }: { start: number; end: number }): boolean =>
		!/^(?:import|export)\s+type\b/.test(code.slice(start, end));
	return [
		...module.staticImports
			.filter(runs)
			.map(({ moduleRequest }) => moduleRequest.value),
		...module.staticExports
			.filter(runs)
			.flatMap(({ entries }) =>
				entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
			),
		...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) =>
			literals(code.slice(start, end), /^["'](.+)["']$/g),
		),
		// The file of a thread, of data, or of a package that is looked for by name.
		...literals(code, /new URL\(\s*"(\.[^"]+)",\s*import\.meta\.url/g),
		...literals(code, /import\.meta\.url\)\s*\.resolve\(\s*"([^"]+)"/g),
	];
}

const literals = (text: string, pattern: RegExp): string[] =>
	[...text.matchAll(pattern)].map(([, found]) => found as string);

function addPackage(packages: Set<string>, name: string, from: string): void {
	const folder = folderOf(name, from);
	if (folder === null) throw new Error(`${from}: ${name} is not installed`);
	if (packages.has(folder)) return;
	packages.add(folder);
	const { dependencies, optionalDependencies } = JSON.parse(
		readFileSync(join(folder, "package.json"), "utf8"),
	) as Record<string, Record<string, string> | undefined>;
	const inside = join(folder, "package.json");
	for (const needed of Object.keys(dependencies ?? {}))
		if (!optionalDependencies?.[needed]) addPackage(packages, needed, inside);
	for (const wished of Object.keys(optionalDependencies ?? {}))
		if (folderOf(wished, inside) !== null) addPackage(packages, wished, inside);
}

/** Where Node finds a package from a file; null: nowhere. */
function folderOf(name: string, from: string): string | null {
	// With a file in it: alone, some are also names of Node's own modules.
	const above = createRequire(from).resolve.paths(`${name}/package.json`) ?? [];
	const found = above.find((folder) =>
		existsSync(join(folder, name, "package.json")),
	);
	return found === undefined ? null : join(found, name);
}
