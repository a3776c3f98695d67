/** BLC Command in Electron: one backend in a utility process, windows on its pages. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
	app,
	BrowserWindow,
	crashReporter,
	Menu,
	session,
	utilityProcess,
	type WebContents,
} from "electron";
import { DESKTOP_CHANNELS } from "../../core/api/desktop-channels.ts";
import {
	administratorsOf,
	openPlaces,
} from "../../machine/files/unix-writers.ts";
import {
	accountNames,
	ordinaryWriters,
} from "../../machine/files/windows-writers.ts";
import { hubFileBytes, type MachinePolicy } from "../backend/hub-file.ts";
import { logFile } from "../backend/log-file.ts";
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
	type Supervised,
	supervise,
} from "../backend/supervise.ts";
import { APPLICATION_ID } from "./application-id.ts";
import { keepAwake } from "./awake.ts";
import { handleBridge } from "./bridge-handlers.ts";
import { dataFolder } from "./data-folder.ts";
import { followDisplays } from "./displays.ts";
import { hostPage, isHostPage, type Said } from "./host-page.ts";
import { machineSetting, type SettingFile } from "./hub-setting.ts";
import { keepPort, keptPort } from "./kept-port.ts";
import {
	machineFile,
	machineFolders,
	SettingLinked,
	SettingOpen,
	SettingUnanswered,
} from "./machine-file.ts";
import {
	backendDown,
	cannotStart,
	menuOf,
	settingLinked,
	settingOpen,
	settingUnanswered,
	settingUnread,
	WINDOWS_ASKED,
} from "./messages.ts";
import { mayNavigate, pageAgain } from "./navigation.ts";
import { onDisk } from "./on-disk.ts";
import { fileAmong, openedFiles } from "./opened-file.ts";
import { answerProxies } from "./proxy-login.ts";
import { guardSession, isDead, openWindow } from "./windows.ts";

/** After how long a setting that cannot be read is read again (ms): soon, then ever later, since on Windows a program is started for it. */
const READ_AGAIN_AFTER = { first: 2_000, most: 30_000 };
/** After how long a window says that Windows is asked about the setting (ms). */
const SLOW_AFTER = 2_000;

const data = dataFolder(process.env, app.getPath("userData"));
/** Chromium's own files, beside ours; also what a second start of the application is known by. */
const profile = join(data, "desktop");
try {
	mkdirSync(profile, { recursive: true, mode: 0o700 });
	app.setPath("userData", profile);
} catch {
	// The folder cannot be written: the backend shows what is in it, and says so.
}
const report = logFile(data, "desktop");
// Kept in the profile, sent nowhere.
crashReporter.start({ uploadToServer: false });
// A driver that crashed thrice would leave a wall without maps until the next start.
app.disableDomainBlockingFor3DAPIs();
// Heard, so that Electron opens no dialog of its own: nobody stands before a wall to close it.
process.on("uncaughtException", (error) =>
	report(`uncaught: ${error.stack ?? error.message}`),
);

/** The machine's, then the account's, which is read only when it is asked for. */
function* settingFiles(
	machine: SettingFile | undefined,
): Generator<SettingFile> {
	if (machine) yield machine;
	const path = join(data, "hub.json");
	yield { path, bytes: hubFileBytes(path) };
}

async function readSetting(): Promise<ReturnType<typeof machineSetting>> {
	const { platform } = process;
	const folders = machineFolders(platform, app.getPath("exe"));
	return machineSetting(
		process.env,
		settingFiles(
			await machineFile(
				platform,
				folders,
				{
					ordinaryWriters,
					accountNames,
					openPlaces: (path) => openPlaces(path, administratorsOf(platform)),
				},
				report,
			),
		),
		app.isPackaged,
	);
}

function forkBackend(options: BackendOptions): BackendProcess {
	const child = utilityProcess.fork(
		onDisk(join(import.meta.dirname, "electron-backend.js")),
		[],
		{
			serviceName: "BLC backend",
			stdio: "pipe",
			execArgv: HEAP_ARGUMENTS,
			// A proxy that asks for a password asks this process (proxy-login).
			respondToAuthRequestsFromMainProcess: true,
			env: {
				...process.env,
				...MEMORY_SETTINGS,
				[OPTIONS_VARIABLE]: JSON.stringify(options),
			},
		},
	);
	// An `error` that nobody hears is thrown in this process; the exit that follows it is what counts.
	child.on("error", (type, location) =>
		report(`backend: ${type} at ${location}`),
	);
	// An application of Windows has no terminal.
	for (const stream of [child.stdout, child.stderr])
		stream?.on("data", (text: Buffer) => report(String(text).trimEnd()));
	return {
		send: (message) => child.postMessage(message),
		kill: () => child.kill(),
		onMessage: (listener) => child.on("message", listener),
		onExit: (listener) => child.on("exit", listener),
	};
}

// As the shortcuts of the installer: else a pinned one and its window are two buttons on the task bar.
if (process.platform === "win32") app.setAppUserModelId(APPLICATION_ID);
const opened = openedFiles(() => {
	const [window] = BrowserWindow.getAllWindows();
	window?.webContents.send(DESKTOP_CHANNELS.onOpenedFile);
});
// macOS says so before it is ready.
app.on("open-file", (event, path) => {
	event.preventDefault();
	opened.open(path);
});

if (!app.requestSingleInstanceLock()) app.quit();
else
	void app
		.whenReady()
		.then(run)
		// Electron would go on without a window and without a word.
		.catch((error: unknown) => {
			const reason = error instanceof Error ? error.message : String(error);
			report(`start: ${reason}`);
			const window = new BrowserWindow();
			void window.loadURL(hostPage(cannotStart(reason)));
			window.on("closed", () => app.exit(1));
		});

async function run(): Promise<void> {
	report(
		`starts: ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`,
	);
	let origin = "http://127.0.0.1:0";
	const currentOrigin = () => origin;
	const awake = keepAwake();
	const displays = followDisplays(join(profile, "display.json"), report);
	guardSession(session.defaultSession, currentOrigin);
	handleBridge({
		origin: currentOrigin,
		awake,
		displays,
		openedFile: opened.take,
	});
	// Before them stand the program and, in a checkout, its folder.
	const file = fileAmong(process.argv.slice(1), process.cwd());
	if (file !== null) opened.open(file);
	Menu.setApplicationMenu(Menu.buildFromTemplate(menuOf(process.platform)));
	/** Ended from outside: there is nobody to ask. */
	let told = false;
	/** By the system or the menu, not by a key that closes a window. */
	let quitting = false;
	app.on("before-quit", () => {
		quitting = true;
	});
	let supervised: Supervised | undefined;
	let wall: MachinePolicy["wall"];
	const open = (address: string): void => {
		const isFirst = BrowserWindow.getAllWindows().length === 0;
		const window = openWindow(address, {
			kiosk: wall !== undefined,
			mayClose: () => wall === undefined || told || quitting,
			origin: currentOrigin,
			// Asked while there is none yet only by a page of the host, which the first entry takes the place of.
			newEntry: () => supervised?.newEntry() ?? new Promise(() => {}),
			mayAsk: () => !told,
			onWall: (on) => wall !== undefined || awake.has(on),
			report,
		});
		if (isFirst) displays.restore(window);
	};
	/** What a window showed before it said something in its place. */
	const before = new WeakMap<WebContents, string>();
	/** Says something where no page of the backend is; where one is, it keeps its last picture and says itself that it is old. */
	const say = (said: Said): void => {
		const page = hostPage(said);
		const windows = BrowserWindow.getAllWindows();
		if (windows.length === 0) open(page);
		for (const { webContents } of windows) {
			const shown = webContents.getURL();
			if (!isHostPage(shown) && isDead(webContents))
				before.set(webContents, shown);
			if (isDead(webContents) || (isHostPage(shown) && shown !== page))
				void webContents.loadURL(page);
		}
	};

	app.on("second-instance", (_event, given, folder) => {
		const named = fileAmong(given.slice(1), folder);
		if (named !== null) opened.open(named);
		const [window] = BrowserWindow.getAllWindows();
		if (window) {
			if (window.isMinimized()) window.restore();
			window.focus();
		}
	});
	app.on("activate", () => {
		if (BrowserWindow.getAllWindows().length === 0)
			void supervised?.newEntry().then(open);
	});
	app.on("window-all-closed", () => app.quit());
	app.on("child-process-gone", (_event, { type, reason, exitCode, name }) =>
		report(`${name ?? type}: ${reason} (${exitCode})`),
	);
	let ended = false;
	app.on("will-quit", (event) => {
		if (ended || !supervised) return;
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

	const slow = setTimeout(() => say(WINDOWS_ASKED), SLOW_AFTER);
	const { hub, updates, proxy, ...policy } = await settled(
		() => readSetting().finally(() => clearTimeout(slow)),
		(fault) => say(settingSaid(fault)),
	);
	app.on("login", answerProxies(proxy ?? null, report));
	wall = policy.wall;
	if (wall) {
		Menu.setApplicationMenu(null);
		// Opened before it was known, to say what is wrong.
		for (const window of BrowserWindow.getAllWindows()) window.setKiosk(true);
	}
	// On Linux the session's own list starts it (docs/desktop.md); on macOS the entry may be the person's own, and stays.
	const { platform } = process;
	if (
		app.isPackaged &&
		(platform === "win32" || (platform === "darwin" && wall))
	)
		app.setLoginItemSettings({ openAtLogin: wall !== undefined });
	const port = join(profile, "port");
	supervised = supervise({
		options: BackendOptions.parse({
			data,
			hub,
			updates,
			port: keptPort(port),
			otherPortIfTaken: true,
			secret: newSecret(),
			screens: onDisk(join(app.getAppPath(), "out/renderer")),
			geography: onDisk(
				join(app.getAppPath(), "resources/geography/indonesia.topojson"),
			),
			basemap: process.env.BLC_BASEMAP,
			parent: process.pid,
		} satisfies Record<keyof BackendOptions, unknown>),
		fork: forkBackend,
		onReady(entry) {
			origin = entry.origin;
			keepPort(port, origin);
			const windows = BrowserWindow.getAllWindows();
			const first = wall?.page ?? "";
			if (windows.length === 0)
				open(entryAddress(entry.origin, entry.token) + first);
			// Windows keep their last picture and reconnect by themselves, unless the backend had to take another port.
			for (const window of windows)
				if (!mayNavigate(window.webContents.getURL(), origin))
					void supervised?.newEntry().then((address) => {
						const { webContents } = window;
						const shown = isHostPage(webContents.getURL())
							? before.get(webContents)
							: webContents.getURL();
						return window.loadURL(
							shown === undefined
								? address + first
								: pageAgain(shown, origin, address),
						);
					});
		},
		onDown(code) {
			report(`backend ended (${code ?? "killed"}), starting it again`);
		},
		onHopeless(reason) {
			report(`backend does not start: ${reason ?? "its log says why"}`);
			say(backendDown(reason ?? join(data, "backend.log")));
		},
		onUnsteady() {
			report("backend ends again and again: its log says why");
			say(backendDown(join(data, "backend.log")));
		},
	});
}

function settingSaid(fault: Error): Said {
	if (fault instanceof SettingOpen) return settingOpen(fault);
	if (fault instanceof SettingLinked) return settingLinked(fault);
	if (fault instanceof SettingUnanswered) return settingUnanswered(fault);
	return settingUnread(fault);
}

/** What is read, as soon as it can be: until then its fault is told, each time that it is another. */
async function settled<T>(
	read: () => Promise<T>,
	tell: (fault: Error) => void,
): Promise<T> {
	let before = "";
	const told = new Set<string>();
	let wait = READ_AGAIN_AFTER.first;
	for (;;)
		try {
			return await read();
		} catch (error) {
			const fault = error instanceof Error ? error : new Error(String(error));
			if (fault.message !== before) {
				report(fault.message);
				tell(fault);
				// Somebody is at it, unless two come in turn by themselves.
				if (!told.has(fault.message)) wait = READ_AGAIN_AFTER.first;
			}
			before = fault.message;
			told.add(before);
			await pause(wait);
			wait = Math.min(2 * wait, READ_AGAIN_AFTER.most);
		}
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, milliseconds);
	});
}
