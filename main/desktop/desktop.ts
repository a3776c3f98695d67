/** BLC Command in Electron: one backend in a utility process, windows on its pages. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { app, BrowserWindow, dialog, session, utilityProcess } from "electron";
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
import { hubSetting } from "./hub-setting.ts";
import { guardSession, openWindow } from "./windows.ts";

/** Electron's answer to a missing document: the hub this workstation follows, as an administrator wrote it. */
function readHubFile(): string | undefined {
	try {
		return readFileSync(join(app.getPath("userData"), "hub.json"), "utf8");
	} catch {
		return undefined;
	}
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
else void app.whenReady().then(run);

function run(): void {
	let origin = "http://127.0.0.1:0";
	const currentOrigin = () => origin;
	guardSession(session.defaultSession, currentOrigin);
	handleBridge(currentOrigin);

	const supervised = supervise({
		options: BackendOptions.parse({
			data: app.getPath("userData"),
			hub: hubSetting(process.env, readHubFile()),
			port: 0,
			otherPortIfTaken: true,
			secret: newSecret(),
			screens: join(app.getAppPath(), "out/renderer"),
			geography: join(
				app.getAppPath(),
				"resources/geography/indonesia.topojson",
			),
			parent: process.pid,
		} satisfies Record<keyof BackendOptions, unknown>),
		fork: forkBackend,
		onReady(entry) {
			const moved = entry.origin !== origin;
			origin = entry.origin;
			const windows = BrowserWindow.getAllWindows();
			if (windows.length === 0)
				openWindow(entryAddress(entry.origin, entry.token), currentOrigin);
			// Windows keep their last picture and reconnect by themselves, unless the backend had to take another port.
			else if (moved)
				for (const window of windows)
					void supervised.newEntry().then((address) => window.loadURL(address));
		},
		onDown(code) {
			console.error(`backend ended (${code ?? "killed"}), starting it again`);
		},
		onHopeless(reason) {
			dialog.showErrorBox(
				"BLC Command",
				"Layanan data di komputer ini tidak dapat dijalankan. Mulai ulang aplikasi; bila terulang, hubungi administrator.\n\n" +
					"The data service on this computer cannot be started. Restart the application; if it happens again, call the administrator." +
					(reason === null ? "" : `\n\n${reason}`),
			);
			app.exit(1);
		},
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
			void supervised
				.newEntry()
				.then((address) => openWindow(address, currentOrigin));
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
		process.on(signal, () => app.quit());
}
