import { contextBridge, ipcRenderer } from "electron";
import type { DesktopBridge } from "../core/api/desktop.ts";
import { DESKTOP_CHANNELS } from "../core/api/desktop-channels.ts";

const bridge: DesktopBridge = {
	displays: () => ipcRenderer.invoke(DESKTOP_CHANNELS.displays),
	fillDisplay: (id) => ipcRenderer.invoke(DESKTOP_CHANNELS.fillDisplay, id),
	save: (request) => ipcRenderer.invoke(DESKTOP_CHANNELS.save, request),
	print: () => ipcRenderer.invoke(DESKTOP_CHANNELS.print),
	keepAwake: (on) => ipcRenderer.invoke(DESKTOP_CHANNELS.keepAwake, on),
	openedFile: () => ipcRenderer.invoke(DESKTOP_CHANNELS.openedFile),
	// Nothing of Electron's event goes to the page.
	onOpenedFile: (listener) => {
		ipcRenderer.removeAllListeners(DESKTOP_CHANNELS.onOpenedFile);
		ipcRenderer.on(DESKTOP_CHANNELS.onOpenedFile, () => listener());
	},
};

contextBridge.exposeInMainWorld("blc", Object.freeze(bridge));
