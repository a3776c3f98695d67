import { join } from "node:path";
import { BrowserWindow, type Session, shell } from "electron";
import { mayNavigate, mayOpenExternally, mayUse } from "./navigation.ts";
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

/** Opens a window on a page of the backend. */
export function openWindow(url: string, origin: () => string): BrowserWindow {
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
	// A page that cannot be drawn any more is loaded again: nobody stands beside a wall to press a key.
	webContents.on("render-process-gone", (_event, { reason }) => {
		if (reason !== "clean-exit" && !window.isDestroyed()) webContents.reload();
	});
	window.once("ready-to-show", () => window.show());
	void window.loadURL(url);
	return window;
}
