import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import {
	app,
	BrowserWindow,
	dialog,
	type IpcMainInvokeEvent,
	ipcMain,
	screen,
} from "electron";
import { z } from "zod";
import {
	type Display,
	type OpenedFile,
	type SaveAnswer,
	SaveRequest,
} from "../../core/api/desktop.ts";
import { DESKTOP_CHANNELS } from "../../core/api/desktop-channels.ts";
import type { Awake } from "./awake.ts";
import type { Displays } from "./displays.ts";
import { notPrinted, notSaved } from "./messages.ts";
import { mayNavigate } from "./navigation.ts";
import { savePlace } from "./save-place.ts";

export interface BridgeHost {
	/** Where the backend answers now. */
	origin: () => string;
	awake: Awake;
	displays: Displays;
	openedFile: () => Promise<OpenedFile | null>;
}

/** Answers the calls of preload's bridge, for the main frame of our own pages only, with arguments checked. */
export function handleBridge(host: BridgeHost): void {
	const handle = <T>(
		channel: string,
		request: z.ZodType<T>,
		answer: (window: BrowserWindow, argument: T) => unknown,
	) =>
		ipcMain.handle(channel, (event: IpcMainInvokeEvent, argument: unknown) => {
			const window = BrowserWindow.fromWebContents(event.sender);
			const frame = event.senderFrame;
			if (
				!window ||
				!frame ||
				frame.parent ||
				!mayNavigate(frame.url, host.origin())
			)
				throw new Error("refused: not a page of this application");
			return answer(window, request.parse(argument));
		});

	handle(DESKTOP_CHANNELS.displays, z.undefined(), (): Display[] => {
		const primary = screen.getPrimaryDisplay().id;
		return screen.getAllDisplays().map((display) => ({
			id: display.id,
			label: display.label,
			width: display.size.width,
			height: display.size.height,
			primary: display.id === primary,
		}));
	});
	handle(
		DESKTOP_CHANNELS.fillDisplay,
		z.number().nullable(),
		host.displays.fill,
	);
	handle(
		DESKTOP_CHANNELS.save,
		SaveRequest,
		async (window, { name, bytes }): Promise<SaveAnswer> => {
			const { canceled, filePath } = await dialog.showSaveDialog(
				window,
				savePlace(documents(), name),
			);
			if (canceled || !filePath) return { saved: false, problem: null };
			try {
				await writeFile(filePath, bytes);
				return { saved: true, problem: null };
			} catch (error) {
				return { saved: false, problem: notSaved(error, filePath) };
			}
		},
	);
	handle(
		DESKTOP_CHANNELS.print,
		z.undefined(),
		(window) =>
			new Promise<void>((resolve) =>
				window.webContents.print({}, (success, reason) => {
					if (!success && reason !== "Print job canceled")
						dialog.showErrorBox("BLC Command", notPrinted(reason));
					resolve();
				}),
			),
	);

	handle(DESKTOP_CHANNELS.keepAwake, z.boolean(), host.awake.set);
	handle(DESKTOP_CHANNELS.openedFile, z.undefined(), host.openedFile);
}

/** A folder of documents that was moved to a server may not be there. */
function documents(): string {
	try {
		return app.getPath("documents");
	} catch {
		return homedir();
	}
}
