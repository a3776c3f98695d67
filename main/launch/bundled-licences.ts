import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { DATA_LICENCES, licencesOf } from "./licences.ts";

/** Beside the pages, where they read it. */
export const LICENCES_FILE = "licences.json";

/**
 * The licences of everything that a build ships: each package of which a line is in a bundle, those that are beside it as they are, Electron,
 * and the data. One pair of plugins for all parts of the build, of which the pages are the last.
 * @param root folder of the project
 */
export function bundledLicences(root: string): {
	gather: Plugin;
	write: Plugin;
} {
	const folders = new Set<string>();
	return {
		gather: {
			name: "gather-licences",
			generateBundle(_options, bundle) {
				for (const part of Object.values(bundle))
					if (part.type === "chunk")
						for (const id of part.moduleIds) {
							const folder = packageOf(id);
							if (folder !== null) folders.add(folder);
						}
			},
		},
		write: {
			name: "write-licences",
			generateBundle() {
				const { dependencies } = JSON.parse(
					readFileSync(join(root, "package.json"), "utf8"),
				) as { dependencies: Record<string, string> };
				for (const name of [...Object.keys(dependencies), "electron"])
					folders.add(join(root, "node_modules", name));
				this.emitFile({
					type: "asset",
					fileName: LICENCES_FILE,
					source: JSON.stringify([
						...licencesOf([...folders]),
						...DATA_LICENCES,
					]),
				});
			},
		},
	};
}

/** The folder of the package that a module is of; null: it is ours, or made by the build itself. */
export function packageOf(id: string): string | null {
	const path = id.replaceAll("\\", "/").replace(/^\0/, "");
	const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
	return found ? (found[1] as string) : null;
}
