import { existsSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const root = import.meta.dirname;

/** The programs of a workstation, each bundled into one file of its own name in `out/main`. */
const programs = {
	backend: "main/backend/backend.ts",
	"reader-worker": "main/backend/query/reader-worker.ts",
	"writer-worker": "main/backend/replica/writer-worker.ts",
	"solver-worker": "main/backend/analysis/solver-worker.ts",
	browser: "main/browser/browser.ts",
	desktop: "main/desktop/desktop.ts",
};

const present = (entries: Record<string, string>): Record<string, string> =>
	Object.fromEntries(
		Object.entries(entries)
			.map(([name, file]) => [name, resolve(root, file)] as const)
			.filter(([, file]) => existsSync(file)),
	);

const main = present(programs);
const preload = present({ bridge: "preload/bridge.ts" });

export default defineConfig({
	...(Object.keys(main).length > 0 && {
		main: {
			build: { externalizeDeps: true, rollupOptions: { input: main } },
		},
	}),
	...(Object.keys(preload).length > 0 && {
		preload: {
			build: {
				rollupOptions: {
					input: preload,
					// A sandboxed preload script must be CommonJS.
					output: { format: "cjs" as const, entryFileNames: "[name].cjs" },
				},
			},
		},
	}),
	renderer: {
		root: resolve(root, "renderer"),
		base: "./",
		build: {
			minify: true,
			chunkSizeWarningLimit: 5000,
			rollupOptions: { input: { index: resolve(root, "renderer/index.html") } },
		},
		plugins: [react()],
	},
});
