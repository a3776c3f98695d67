/** BLC Command in Electron: one backend in a utility process, windows on its pages. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
	app,
	BrowserWindow,
	dialog,
	Menu,
	session,
	utilityProcess,
} from "electron";
import {
	BackendOptions,
	HEAP_ARGUMENTS,
	MEMORY_SETTINGS,
	OPTIONS_VARIABLE,
} from "../backend/options.ts";
import { newSecret } from "../backend/server/session.ts";
import {
	type BackendProcess,
	entryAddress,
	supervise,
} from "../backend/supervise.ts";
import { handleBridge } from "./bridge-handlers.ts";
import { dataFolder } from "./data-folder.ts";
import { hubSetting } from "./hub-setting.ts";
import { cannotStart, MENU } from "./messages.ts";
import { pageAgain } from "./navigation.ts";
import { guardSession, openWindow } from "./windows.ts";

const data = dataFolder(process.env, app.getPath("userData"));
try {
	// Chromium's own files, beside ours; also what a second start of the application is known by.
	const profile = join(data, "desktop");
	mkdirSync(profile, { recursive: true, mode: 0o700 });
	app.setPath("userData", profile);
} catch {
	// The folder cannot be written: the backend shows what is in it, and says so.
}

/** The hub this workstation follows, as an administrator wrote it. Only a file that is not there means none. */
function readHubFile(): Uint8Array | undefined {
	try {
		return readFileSync(join(data, "hub.json"));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
		throw error;
	}
}

function giveUp(reason: string | null): void {
	dialog.showErrorBox("BLC Command", cannotStart(reason));
	app.exit(1);
}

function forkBackend(options: BackendOptions): BackendProcess {
	const child = utilityProcess.fork(
		join(import.meta.dirname, "backend.js"),
		[],
		{
			serviceName: "BLC backend",
			stdio: "inherit",
			execArgv: HEAP_ARGUMENTS,
			env: {
				...process.env,
				...MEMORY_SETTINGS,
				[OPTIONS_VARIABLE]: JSON.stringify(options),
			},
		},
	);
	return {
		send: (message) => child.postMessage(message),
		kill: () => child.kill(),
		onMessage: (listener) => child.on("message", listener),
		onExit: (listener) => child.on("exit", listener),
	};
}

if (!app.requestSingleInstanceLock()) app.quit();
else
	void app
		.whenReady()
		.then(run)
		// Electron would go on without a window and without a word.
		.catch((error: unknown) =>
			giveUp(error instanceof Error ? error.message : String(error)),
		);

function run(): void {
	let origin = "http://127.0.0.1:0";
	const currentOrigin = () => origin;
	guardSession(session.defaultSession, currentOrigin);
	handleBridge(currentOrigin);
	Menu.setApplicationMenu(Menu.buildFromTemplate(MENU));
	/** Ended from outside: there is nobody to ask. */
	let told = false;
	const open = (address: string) =>
		openWindow(address, {
			origin: currentOrigin,
			newEntry: () => supervised.newEntry(),
			mayAsk: () => !told,
		});

	const supervised = supervise({
		options: BackendOptions.parse({
			data,
			hub: hubSetting(process.env, readHubFile()),
			port: 0,
			otherPortIfTaken: true,
			secret: newSecret(),
			screens: join(app.getAppPath(), "out/renderer"),
			geography: join(
				app.getAppPath(),
				"resources/geography/indonesia.topojson",
			),
			basemap: process.env.BLC_BASEMAP,
			parent: process.pid,
		} satisfies Record<keyof BackendOptions, unknown>),
		fork: forkBackend,
		onReady(entry) {
			const moved = entry.origin !== origin;
			origin = entry.origin;
			const windows = BrowserWindow.getAllWindows();
			if (windows.length === 0) open(entryAddress(entry.origin, entry.token));
			// Windows keep their last picture and reconnect by themselves, unless the backend had to take another port.
			else if (moved)
				for (const window of windows)
					void supervised
						.newEntry()
						.then((address) =>
							window.loadURL(
								pageAgain(window.webContents.getURL(), origin, address),
							),
						);
		},
		onDown(code) {
			console.error(`backend ended (${code ?? "killed"}), starting it again`);
		},
		onHopeless: giveUp,
	});

	app.on("second-instance", () => {
		const [window] = BrowserWindow.getAllWindows();
		if (window) {
			if (window.isMinimized()) window.restore();
			window.focus();
		}
	});
	app.on("activate", () => {
		if (BrowserWindow.getAllWindows().length === 0)
			void supervised.newEntry().then(open);
	});
	app.on("window-all-closed", () => app.quit());
	let ended = false;
	app.on("will-quit", (event) => {
		if (ended) return;
		event.preventDefault();
		void supervised.end().then(() => {
			ended = true;
			app.quit();
		});
	});
	for (const signal of ["SIGINT", "SIGTERM"] as const)
		process.on(signal, () => {
			told = true;
			app.quit();
		});
}
