import { join } from "node:path";
import {
	BrowserWindow,
	dialog,
	type Session,
	screen,
	shell,
	type WebContents,
} from "electron";
import { LONG_LIFE, restartDelay } from "../backend/supervise.ts";
import { STAY, STUCK, UNSENT } from "./messages.ts";
import {
	mayNavigate,
	mayOpenExternally,
	mayUse,
	pageAgain,
} from "./navigation.ts";
import { windowOptions } from "./window-options.ts";

/** Refuses everything a page could ask for beyond its own origin; asked again on each request, since the origin follows the backend. */
export function guardSession(session: Session, origin: () => string): void {
	session.setPermissionRequestHandler(
		(_contents, permission, answer, details) =>
			answer(mayUse(permission, details.requestingUrl, origin())),
	);
	session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
		mayUse(permission, `${requestingOrigin}/`, origin()),
	);
	session.setDevicePermissionHandler(() => false);
	session.on("will-download", (event) => event.preventDefault());
}

export interface WindowOptions {
	/** Fills its screen: nobody stands before it. */
	kiosk: boolean;
	/** Whether a key may close it. */
	mayClose: () => boolean;
	/** Where the backend answers now. */
	origin: () => string;
	/** An address that signs in once more, when the backend answers. */
	newEntry: () => Promise<string>;
	/** Whether a person is there to be asked before something unsent is lost. */
	mayAsk: () => boolean;
	/** Whether a window hangs on a wall, with nobody before it. */
	onWall: (window: BrowserWindow) => boolean;
	report: (message: string) => void;
}

/** Chromium's code of a load that was given up for another, or because the person stayed. */
const ABORTED = -3;

/** A page that does not answer for so long (ms) after Chromium has said so will not by itself. */
const STUCK_AFTER = 30_000;

/** Of a fault in a page so much is kept, of a page so many faults: a log shall say what failed, not what was shown. */
const FAULT = 500;
const FAULTS = 50;

/** Pages that did not come, or whose renderer is gone: there is no last picture to keep. */
const dead = new WeakSet<WebContents>();

/** Whether a window shows nothing, until another page is there. */
export function isDead(contents: WebContents): boolean {
	return dead.has(contents);
}

/** Opens a window on a page of the backend, or on one of the host's own. */
export function openWindow(url: string, options: WindowOptions): BrowserWindow {
	const { origin, report } = options;
	const window = new BrowserWindow({
		...windowOptions(
			join(import.meta.dirname, "../preload/bridge.cjs"),
			screen.getDisplayNearestPoint(screen.getCursorScreenPoint()).workAreaSize,
		),
		kiosk: options.kiosk,
	});
	const { webContents } = window;
	const guard = (event: { preventDefault(): void; url: string }) => {
		if (!mayNavigate(event.url, origin())) event.preventDefault();
	};
	webContents.on("will-navigate", guard);
	webContents.on("will-redirect", guard);
	webContents.on("will-frame-navigate", guard);
	webContents.on("will-attach-webview", (event) => event.preventDefault());
	webContents.setWindowOpenHandler(({ url: target }) => {
		if (mayOpenExternally(target)) void shell.openExternal(target);
		return { action: "deny" };
	});
	webContents.on("will-prevent-unload", (event) => {
		if (
			!options.mayAsk() ||
			options.onWall(window) ||
			dialog.showMessageBoxSync(window, UNSENT) !== STAY
		)
			event.preventDefault();
	});
	window.on("close", (event) => {
		if (!options.mayClose()) event.preventDefault();
	});

	// A page that does not come, or cannot be drawn any more, is loaded again: nobody stands beside a wall to press a key.
	let loadedAt = Date.now();
	let shortLives = 0;
	const again = (page: string): void => {
		shortLives = Date.now() - loadedAt > LONG_LIFE ? 1 : shortLives + 1;
		setTimeout(async () => {
			const entry = await options.newEntry();
			if (window.isDestroyed()) return;
			loadedAt = Date.now();
			void window.loadURL(pageAgain(page, origin(), entry));
		}, restartDelay(shortLives));
	};
	webContents.on("did-fail-load", (_event, code, reason, page, isMainFrame) => {
		if (!isMainFrame || code === ABORTED) return;
		// The address of an entry holds a token.
		report(`window ${window.id}: did not load: ${reason} (${code})`);
		dead.add(webContents);
		again(page);
	});
	webContents.on("render-process-gone", (_event, { reason, exitCode }) => {
		report(`window ${window.id}: renderer ${reason} (${exitCode})`);
		if (reason === "clean-exit" || window.isDestroyed()) return;
		dead.add(webContents);
		again(webContents.getURL());
	});
	webContents.on("did-navigate", () => {
		dead.delete(webContents);
		told.clear();
	});
	// What fails in a page is else known to nobody: each fault once a page, since one may come with every frame for weeks.
	const told = new Set<string>();
	webContents.on("console-message", (said) => {
		if (said.level !== "error") return;
		const { pathname } = URL.parse(said.sourceId) ?? { pathname: "" };
		const fault = `${said.message
			.replace(/token=\S+/g, "token=…")
			.replace(/\s+/g, " ")
			.slice(0, FAULT)} (${pathname}:${said.lineNumber})`;
		if (told.has(fault) || told.size > FAULTS) return;
		told.add(fault);
		report(
			`window ${window.id}: page: ${told.size > FAULTS ? "more faults of it are not kept" : fault}`,
		);
	});
	let stuck: ReturnType<typeof setTimeout> | undefined;
	const answers = (): void => clearTimeout(stuck);
	window.on("unresponsive", () => {
		report(`window ${window.id}: does not answer`);
		answers();
		stuck = setTimeout(async () => {
			if (window.isDestroyed()) return;
			if (options.mayAsk() && !options.onWall(window)) {
				const { response } = await dialog.showMessageBox(window, STUCK);
				if (response === STAY || window.isDestroyed()) return;
			}
			report(`window ${window.id}: is loaded again`);
			// It counts as gone, and comes back as any that went.
			webContents.forcefullyCrashRenderer();
		}, STUCK_AFTER);
	});
	window.on("responsive", answers);
	window.on("closed", answers);
	window.once("ready-to-show", () => window.show());
	void window.loadURL(url);
	return window;
}
