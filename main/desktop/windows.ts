import { join } from "node:path";
import { BrowserWindow, dialog, type Session, shell } from "electron";
import { LONG_LIFE, restartDelay } from "../backend/supervise.ts";
import { STAY, UNSENT } from "./messages.ts";
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
	/** Where the backend answers now. */
	origin: () => string;
	/** An address that signs in once more, when the backend answers. */
	newEntry: () => Promise<string>;
	/** Whether a person is there to be asked before something unsent is lost. */
	mayAsk: () => boolean;
}

/** Chromium's code of a load that was given up for another, or because the person stayed. */
const ABORTED = -3;

/** Opens a window on a page of the backend. */
export function openWindow(url: string, options: WindowOptions): BrowserWindow {
	const { origin } = options;
	const window = new BrowserWindow(
		windowOptions(join(import.meta.dirname, "../preload/bridge.cjs")),
	);
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
		if (!options.mayAsk() || dialog.showMessageBoxSync(window, UNSENT) !== STAY)
			event.preventDefault();
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
	webContents.on(
		"did-fail-load",
		(_event, code, _reason, page, isMainFrame) => {
			if (isMainFrame && code !== ABORTED) again(page);
		},
	);
	webContents.on("render-process-gone", (_event, { reason }) => {
		if (reason !== "clean-exit" && !window.isDestroyed())
			again(webContents.getURL());
	});
	window.once("ready-to-show", () => window.show());
	void window.loadURL(url);
	return window;
}
