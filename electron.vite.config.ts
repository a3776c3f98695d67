import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const file = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
	main: {
		build: {
			externalizeDeps: true,
			rollupOptions: {
				// The programs of a workstation, each bundled into one file of its own name in `out/main`.
				input: {
					backend: file("main/backend/backend.ts"),
					"reader-worker": file("main/backend/query/reader-worker.ts"),
					"writer-worker": file("main/backend/replica/writer-worker.ts"),
					"solver-worker": file("main/backend/analysis/solver-worker.ts"),
					"audit-worker": file("main/backend/replica/audit-worker.ts"),
					browser: file("main/browser/browser.ts"),
					desktop: file("main/desktop/desktop.ts"),
				},
			},
		},
	},
	preload: {
		build: {
			rollupOptions: {
				input: { bridge: file("preload/bridge.ts") },
				// A sandboxed preload script must be CommonJS.
				output: { format: "cjs", entryFileNames: "[name].cjs" },
			},
		},
	},
	renderer: {
		root: file("renderer"),
		base: "./",
		build: {
			minify: true,
			chunkSizeWarningLimit: 5000,
			rollupOptions: { input: { index: file("renderer/index.html") } },
		},
		plugins: [react()],
	},
});
