/**
 * The house's floor plan: which folder may import from which. tests/unit/edges.test.ts reads every import there is and refuses what is not
 * here, by file and line, and every circle of folders or of files.
 */

/**
 * A folder, and the folders beside itself that its files may import. `core/*` is every folder below core; what is below a folder is not
 * the folder. A row for a folder by its own name goes before one with a star.
 */
export const EDGES: Readonly<Record<string, readonly string[]>> = {
	// What is true without any machine imports nothing else of ours, and nothing in it imports the contract.
	"core/access": ["core/areas"],
	"core/api": ["core/*"],
	"core/areas": ["core/reading", "core/series"],
	"core/dictionary": ["core/facilities", "core/series"],
	"core/epidemic": ["core/series", "core/statistics"],
	"core/facilities": ["core/areas", "core/reading", "core/series"],
	"core/feed": ["core/facilities", "core/series"],
	"core/logistics": [
		"core/epidemic",
		"core/facilities",
		"core/logistics/allocation",
		"core/reading",
		"core/series",
		"core/statistics",
	],
	"core/logistics/allocation": ["core/reading", "core/series"],
	"core/mapping": ["core/areas", "core/reading", "core/series"],
	"core/quality": ["core/series"],
	"core/reading": ["core/series"],
	"core/release": [
		"core/areas",
		"core/logistics/allocation",
		"core/series",
		"core/writing",
	],
	"core/series": [],
	"core/statistics": [],
	"core/wall": ["core/series"],
	"core/workspace": ["core/logistics", "core/reading", "core/wall"],
	"core/update": [],
	"core/writing": [],

	// The integration server. Only its command line knows the exercise.
	hub: [
		"core/writing",
		"hub/command",
		"hub/exercise",
		"hub/intake",
		"hub/publish",
		"hub/store",
	],
	"hub/access": ["core/*", "hub/store"],
	"hub/command": [
		"core/*",
		"hub/access",
		"hub/connectors",
		"hub/intake",
		"hub/publish",
		"hub/reconcile",
		"hub/release",
		"hub/reports",
		"hub/roads",
		"hub/serve",
		"hub/store",
		"hub/write",
		"machine/files",
		"resources/areas",
		"resources/geography",
	],
	"hub/connectors": ["core/*", "hub/reports"],
	"hub/exercise": [
		"core/*",
		"hub/command",
		"hub/intake",
		"hub/publish",
		"hub/reports",
		"hub/store",
		"resources/areas",
		"resources/geography",
	],
	"hub/intake": ["core/*", "hub/reports", "hub/store"],
	"hub/publish": ["core/*", "hub/reconcile", "hub/store", "machine/*"],
	"hub/reconcile": ["core/*", "hub/store"],
	"hub/release": [
		"core/*",
		"hub/access",
		"hub/publish",
		"hub/store",
		"machine/*",
		"resources/site",
	],
	"hub/reports": ["core/*", "hub/store"],
	"hub/roads": [
		"core/*",
		"hub/connectors",
		"hub/intake",
		"hub/publish",
		"hub/reports",
		"hub/store",
		"resources/areas",
	],
	"hub/serve": [
		"hub/access",
		"hub/publish",
		"hub/release",
		"hub/roads",
		"hub/store",
		"hub/write",
	],
	"hub/store": [
		"core/*",
		"machine/files",
		"resources/areas",
		"resources/catalogue",
	],
	"hub/write": [
		"core/*",
		"hub/access",
		"hub/connectors",
		"hub/intake",
		"hub/publish",
		"hub/reconcile",
		"hub/reports",
		"hub/store",
		"resources/areas",
	],

	// What both programs need of the machine they run on.
	"machine/files": [],
	"machine/signing": [],
	"machine/solver": ["core/logistics/allocation"],
	"machine/thread": [],

	// A workstation. The root of the backend puts its parts together; only the launcher knows the hub.
	"main/analyst": [
		"core/*",
		"machine/solver",
		"main/backend/analysis",
		"resources/areas",
	],
	"main/backend": ["core/*", "machine/files", "main/backend/*"],
	"main/backend/analysis": [
		"core/*",
		"machine/solver",
		"machine/thread",
		"main/backend/query",
	],
	"main/backend/files": [],
	"main/backend/hub": ["core/*", "main/backend/files"],
	"main/backend/lan": ["core/*", "machine/files", "main/backend/workspace"],
	"main/backend/outbox": [
		"core/*",
		"machine/files",
		"main/backend/files",
		"main/backend/hub",
		"main/backend/sync",
	],
	"main/backend/query": [
		"core/*",
		"machine/thread",
		"main/backend/replica",
		"resources/catalogue",
	],
	"main/backend/replica": ["core/*", "machine/files", "machine/thread"],
	"main/backend/server": [
		"core/*",
		"machine/thread",
		"main/backend/analysis",
		"main/backend/hub",
		"main/backend/lan",
		"main/backend/outbox",
		"main/backend/query",
		"main/backend/workspace",
	],
	"main/backend/sync": ["core/*", "machine/*", "main/backend/replica"],
	"main/backend/update": ["core/*", "machine/*", "main/backend/sync"],
	"main/backend/workspace": ["core/*", "machine/files"],
	"main/browser": ["machine/files", "main/backend", "main/backend/server"],
	"main/desktop": [
		"core/api",
		"core/reading",
		"core/workspace",
		"machine/files",
		"main/backend",
		"main/backend/server",
	],
	"main/launch": [
		"core/feed",
		"core/update",
		"core/workspace",
		"hub/serve",
		"hub/store",
		"machine/files",
		"machine/signing",
		"main/browser",
		"main/desktop",
	],
	preload: ["core/api"],

	// The screens. A part knows no screen, a screen knows no other and not the shell.
	renderer: ["renderer/*"],
	"renderer/clock": ["core/*", "renderer/i18n", "renderer/state"],
	"renderer/i18n": ["core/*"],
	"renderer/navigation": [
		"core/*",
		"renderer/clock",
		"renderer/i18n",
		"renderer/state",
	],
	"renderer/parts/ui": ["core/*", "renderer/i18n", "renderer/state"],
	"renderer/parts/explain": [
		"core/*",
		"renderer/i18n",
		"renderer/parts/*",
		"renderer/state",
	],
	"renderer/parts/*": [
		"core/*",
		"renderer/clock",
		"renderer/i18n",
		"renderer/parts/ui",
		"renderer/state",
	],
	// What can be pinned to a wall: parts of screens as they stand there. No screen but that of the walls knows it.
	"renderer/panels": [
		"core/*",
		"renderer/clock",
		"renderer/i18n",
		"renderer/parts/*",
		"renderer/screens/*",
		"renderer/state",
	],
	"renderer/screens/dinding": [
		"core/*",
		"renderer/clock",
		"renderer/i18n",
		"renderer/navigation",
		"renderer/panels",
		"renderer/parts/*",
		"renderer/state",
	],
	// The table of all screens.
	"renderer/screens": [
		"core/*",
		"renderer/i18n",
		"renderer/navigation",
		"renderer/screens/*",
		"renderer/state",
	],
	"renderer/screens/*": [
		"core/*",
		"renderer/clock",
		"renderer/i18n",
		"renderer/navigation",
		"renderer/parts/*",
		"renderer/state",
		"resources/history",
	],
	"renderer/shell": [
		"core/*",
		"renderer/clock",
		"renderer/i18n",
		"renderer/navigation",
		"renderer/parts/*",
		"renderer/screens",
		"renderer/state",
	],
	"renderer/state": ["core/*", "renderer/i18n"],

	// What the public opens in a browser, beside the files of a release of open data: it knows no server and no package.
	site: ["core/release", "core/series"],

	// Data with its source and licence, and the scripts that make it.
	"resources/areas": ["core/areas"],
	"resources/catalogue": ["core/logistics"],
	"resources/geography": ["core/areas", "resources/areas"],
	"resources/history": [],
	"resources/site": [
		"core/areas",
		"core/release",
		"resources/geography",
		"site",
	],
};

/** The folders that are looked at. */
export const ROOMS = [
	"core",
	"hub",
	"machine",
	"main",
	"preload",
	"renderer",
	"resources",
	"site",
] as const;

/** Packages that only some folders may import; `node:*` is every module of Node. */
export const MACHINES: readonly {
	readonly packages: RegExp;
	readonly refusedIn: (folder: string) => boolean;
	readonly because: string;
}[] = [
	{
		packages: /^node:/,
		refusedIn: (folder) =>
			["core", "renderer", "site"].some((room) => within(folder, room)),
		because: "core, renderer and site know no Node",
	},
	{
		packages: /^electron(\/|$)/,
		refusedIn: (folder) =>
			!within(folder, "main/desktop") && !within(folder, "preload"),
		because: "only main/desktop and preload know Electron",
	},
];

/** Whether a folder is another or lies in it. */
export function within(folder: string, room: string): boolean {
	return folder === room || folder.startsWith(`${room}/`);
}

/** Whether the table lets a folder import another one. A folder that the table does not know may import nothing. */
export function mayImport(from: string, to: string): boolean {
	if (from === to) return true;
	return (rowOf(from) ?? []).some((entry) => matches(entry, to));
}

/** The row of a folder; undefined when the table does not know it. */
export function rowOf(folder: string): readonly string[] | undefined {
	return Object.entries(EDGES).find(([key]) => matches(key, folder))?.[1];
}

function matches(entry: string, folder: string): boolean {
	return entry.endsWith("/*")
		? folder.startsWith(entry.slice(0, -1))
		: folder === entry;
}

/** Files that import whatever lies in a folder of their own, by a path that is computed. */
export const COMPUTED: readonly string[] = ["hub/store/migrate.ts"];
