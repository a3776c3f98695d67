/**
 * `npm run site`: makes what stands beside the page of every release of open data: its script and style from `site/`, each in one file, and its
 * map. The hub runs without a build, so they are committed; `npm run site -- --check` fails when they are not what this makes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { SITE_FILES } from "../../core/release/site-words.ts";
import { MAP_FILE } from "../geography/load.ts";
import { makeOutlines } from "./outlines.ts";

export async function makeSite(): Promise<Map<string, string>> {
	const made = await build({
		configFile: false,
		logLevel: "warn",
		build: {
			...{ write: false, minify: true, target: "es2022" },
			lib: {
				...{ formats: ["iife"], name: "situs" },
				entry: fileURLToPath(new URL("../../site/main.ts", import.meta.url)),
				fileName: () => SITE_FILES.script,
				cssFileName: SITE_FILES.style.replace(/\.css$/, ""),
			},
		},
	});
	const [{ output }] = made as unknown as [
		{ output: { fileName: string; code?: string; source?: string }[] },
	];
	const files = new Map(
		output.map(({ fileName, code, source }) => [
			fileName,
			String(code ?? source),
		]),
	);
	const { source, ...outlines } = makeOutlines(MAP_FILE);
	files.set(
		SITE_FILES.map,
		`/* ${source} ODbL 1.0 */\nself.PETA=${JSON.stringify(outlines)};\n`,
	);
	return files;
}

if (import.meta.main) {
	for (const [name, text] of await makeSite()) {
		const file = new URL(name, import.meta.url);
		if (!process.argv.includes("--check")) writeFileSync(file, text);
		else if (readFileSync(file, "utf8") !== text) {
			console.error(`resources/site/${name} is not what npm run site makes`);
			process.exitCode = 1;
		}
		console.log(`resources/site/${name}: ${text.length} bytes`);
	}
}
