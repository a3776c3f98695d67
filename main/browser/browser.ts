/** BLC Command without Electron: starts the backend, keeps it running, and opens the system's browser when there is a display. */
import { fork } from "node:child_process";
import { homedir } from "node:os";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError } from "commander";
import {
	type BackendOptions,
	BackendOptions as BackendOptionsSchema,
	HEAP_ARGUMENTS,
	MEMORY_SETTINGS,
	OPTIONS_VARIABLE,
} from "../backend/options.ts";
import { makePrivate } from "../backend/private-folder.ts";
import { newSecret } from "../backend/server/session.ts";
import {
	type BackendProcess,
	entryAddress,
	supervise,
} from "../backend/supervise.ts";
import { type EntryPage, writeEntryPage } from "./entry-page.ts";
import { browserFor, openWindow, surroundings } from "./open-window.ts";

/** How long (ms) the page that leads the window here stays on the disk. */
const PAGE_STAYS = 60_000;

const here = import.meta.dirname;
// Run as it is from main/browser, or bundled from out/main.
const bundled = extname(fileURLToPath(import.meta.url)) === ".js";
const root = resolve(here, "../..");
const backend = bundled
	? join(here, "backend.js")
	: join(root, "main/backend/backend.ts");

const command = new Command("browser")
	.description(
		"BLC Command in the system's browser: starts the workstation's backend and opens a window, or prints the address.",
	)
	.option(
		"--data <folder>",
		"folder of this workstation's data",
		process.env.BLC_DATA ?? join(homedir(), ".blc-command"),
	)
	.option("--port <number>", "port on 127.0.0.1; 0: any free one", asPort, 0)
	.option("--hub <url>", "address of the hub; none: the data already here")
	.option("--hub-key <base64>", "public key of the hub (ed25519, 32 bytes)")
	.option(
		"--screens <folder>",
		"folder of the built screens",
		join(root, "out/renderer"),
	)
	.option(
		"--geography <file>",
		"built-in boundaries (TopoJSON)",
		join(root, "resources/geography/indonesia.topojson"),
	)
	.option(
		"--basemap <file>",
		"PMTiles file drawn below the figures; else the one chosen in Pengaturan",
	)
	.option("--no-open", "print the address and open nothing")
	.showHelpAfterError();
command.parse();
const given = command.opts<{
	data: string;
	port: number;
	hub?: string;
	hubKey?: string;
	screens: string;
	geography: string;
	basemap?: string;
	open: boolean;
}>();
if ((given.hub === undefined) !== (given.hubKey === undefined))
	command.error("--hub and --hub-key belong together");

const data = resolve(given.data);
makePrivate(data);
const options = BackendOptionsSchema.safeParse({
	data,
	hub:
		given.hub === undefined
			? null
			: {
					url: given.hub,
					publicKey: given.hubKey,
					// Not an argument: those are for everybody on the machine to read.
					credential: process.env.BLC_HUB_CREDENTIAL,
				},
	port: given.port,
	otherPortIfTaken: false,
	secret: newSecret(),
	screens: resolve(given.screens),
	geography: resolve(given.geography),
	basemap: given.basemap === undefined ? undefined : resolve(given.basemap),
	updates: undefined,
	parent: process.pid,
} satisfies Record<keyof BackendOptions, unknown>);
if (!options.success)
	command.error(
		options.error.issues
			.map((issue) => `${issue.path.join(".")}: ${issue.message}`)
			.join("\n"),
	);

const browser = given.open ? browserFor(surroundings()) : null;
let opened = false;
const supervised = supervise({
	options: options.data as BackendOptions,
	fork: forkBackend,
	onReady({ origin, token }) {
		if (opened) {
			say(`backend runs again: ${origin}`);
			return;
		}
		opened = true;
		if (browser) showWindow(browser, entryAddress(origin, token));
		else printAddress(entryAddress(origin, token));
	},
	onDown(code) {
		say(`backend ended (${code ?? "killed"}), starting it again`);
	},
	onHopeless(reason) {
		// In its own words it stands above.
		if (reason === null)
			say("backend cannot be started; the reason stands above");
		void supervised.end().then(() => process.exit(1));
	},
	onUnsteady() {
		say("backend ends again and again; its log says why");
	},
});

if (process.stdin.isTTY) {
	process.stdin.on("data", () => void supervised.newEntry().then(printAddress));
	// A terminal that was closed is no reason to end.
	process.stdin.on("error", () => {});
}
let ending = false;
const end = (): void => {
	if (ending) return;
	ending = true;
	void supervised.end().then(() => process.exit(0));
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
	process.on(signal, end);
// Of the launcher, which on Windows has no signal for it.
process.on("disconnect", end);

function forkBackend(backendOptions: BackendOptions): BackendProcess {
	const child = fork(backend, [], {
		execArgv: HEAP_ARGUMENTS,
		env: {
			...process.env,
			...MEMORY_SETTINGS,
			[OPTIONS_VARIABLE]: JSON.stringify(backendOptions),
		},
		stdio: ["ignore", "inherit", "inherit", "ipc"],
		// Ctrl-C reaches this process; it ends the backend in good order.
		detached: process.platform !== "win32",
	});
	return {
		send: (message) => {
			if (child.connected) child.send(message);
		},
		kill: () => child.kill("SIGKILL"),
		onMessage: (listener) => child.on("message", listener),
		onExit: (listener) => child.on("exit", listener),
	};
}

function showWindow(program: string, address: string): void {
	const startedAt = Date.now();
	let failed = false;
	const fall = (): void => {
		if (failed || ending) return;
		failed = true;
		void supervised.newEntry().then(printAddress);
	};
	let page: EntryPage;
	try {
		page = writeEntryPage(data, address);
	} catch (error) {
		// The folder cannot be written: the address is for the terminal then, not for the arguments.
		say(`no window: ${error instanceof Error ? error.message : String(error)}`);
		fall();
		return;
	}
	process.on("exit", page.remove);
	// By then it was read, and its token is used up.
	setTimeout(page.remove, PAGE_STAYS).unref();
	const window = openWindow(program, page.address, join(data, "browser"));
	window.on("error", fall);
	window.on("exit", (code) => {
		if (code !== 0 && Date.now() - startedAt < 10_000) fall();
		else say("window closed; press Enter for a new address, Ctrl-C to end");
	});
}

function printAddress(address: string): void {
	say(`open ${address}`);
	say("the address works once; press Enter here for another");
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

function asPort(text: string): number {
	const port = Number(text);
	if (!/^\d{1,5}$/.test(text) || port > 65_535)
		throw new InvalidArgumentError("expected a whole number from 0 to 65535");
	return port;
}
