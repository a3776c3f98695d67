import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { bundledLicences } from "./main/launch/bundled-licences.ts";

const file = (path: string): string => resolve(import.meta.dirname, path);

/** The version, and the commit of the checkout this is built in; null: it is none. */
function builtFrom(): { version: string; commit: string | null } {
	const { version } = JSON.parse(readFileSync(file("package.json"), "utf8"));
	try {
		const commit = execFileSync("git", ["rev-parse", "--short=12", "HEAD"], {
			cwd: import.meta.dirname,
			encoding: "utf8",
			stdio: ["ignore", "pipe", "ignore"],
		});
		return { version, commit: commit.trim() };
	} catch {
		return { version, commit: null };
	}
}
const { version, commit } = builtFrom();

/** Code of a package; styles stay in the order of renderer/main.tsx. */
const codeOf = (packages: string) =>
	new RegExp(`node_modules[\\\\/](${packages}).*(?<!\\.css)$`);

/** What draws comes in files of its own: figures stand before the code of the map, the grid and the chart has come. */
const PARTS = [
	// Vite's own loader of later files: it would go with the first package that also loads one.
	{ name: "loader", test: /vite\/preload-helper/, priority: 2 },
	{
		name: "base",
		test: codeOf(
			"react|scheduler|@mantine|@floating-ui|@tanstack|zod|zustand|i18next|lucide-react|clsx|use-sync|@babel",
		),
		priority: 1,
	},
	{
		name: "map",
		test: codeOf(
			"@deck|@luma|@loaders|@math|@mapbox|@probe|maplibre|d3-delaunay|topojson",
		),
	},
	{ name: "grid", test: codeOf("ag-grid") },
	{ name: "chart", test: codeOf("uplot") },
	// All else that every window reads, in one file: cut by which screens share it, it came in forty. Not the entry, which waits for a screen.
	{
		name: "shell",
		tags: ["$initial" as const],
		test: /^(?!.*renderer[\\/](index\.html|main\.tsx))/,
	},
];

const licences = bundledLicences(import.meta.dirname);

export default defineConfig({
	main: {
		plugins: [licences.gather],
		// fflate (of pmtiles) for Node declares a `require` of its own, which a bundle has already; for browsers it needs none.
		resolve: { alias: { fflate: "fflate/browser" } },
		define: {
			BLC_VERSION: JSON.stringify(version),
			BLC_COMMIT: JSON.stringify(commit),
		},
		build: {
			externalizeDeps: true,
			rollupOptions: {
				// The programs of a workstation, each bundled into one file of its own name in `out/main`.
				input: {
					backend: file("main/backend/backend.ts"),
					"electron-backend": file("main/desktop/electron-backend.ts"),
					"reader-worker": file("main/backend/query/reader-worker.ts"),
					"writer-worker": file("main/backend/replica/writer-worker.ts"),
					"reproduction-worker": file(
						"main/backend/analysis/reproduction-worker.ts",
					),
					"projection-worker": file(
						"main/backend/analysis/projection-worker.ts",
					),
					"demand-worker": file("main/backend/analysis/demand-worker.ts"),
					"solver-worker": file("main/backend/analysis/solver-worker.ts"),
					"audit-worker": file("main/backend/replica/audit-worker.ts"),
					browser: file("main/browser/browser.ts"),
					desktop: file("main/desktop/desktop.ts"),
				},
			},
		},
	},
	preload: {
		plugins: [licences.gather],
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
			rollupOptions: {
				input: { index: file("renderer/index.html") },
				// What jspdf fetches to draw HTML and SVG, which no paper has: 0.4 MB that nobody would ever read.
				external: ["canvg", "dompurify", "html2canvas"],
				output: { codeSplitting: { groups: PARTS } },
			},
		},
		plugins: [react(), licences.gather, licences.write],
	},
});
