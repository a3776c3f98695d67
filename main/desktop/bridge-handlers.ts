import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import {
	app,
	BrowserWindow,
	dialog,
	type IpcMainInvokeEvent,
	ipcMain,
	powerSaveBlocker,
	screen,
} from "electron";
import { z } from "zod";
import {
	type Display,
	type SaveAnswer,
	SaveRequest,
} from "../../core/api/desktop.ts";
import { DESKTOP_CHANNELS } from "../../core/api/desktop-channels.ts";
import { notPrinted, notSaved } from "./messages.ts";
import { mayNavigate } from "./navigation.ts";
import { savePlace } from "./save-place.ts";

/** Answers the calls of preload's bridge, for the main frame of our own pages only, with arguments checked. */
export function handleBridge(origin: () => string): void {
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
				!mayNavigate(frame.url, origin())
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
	handle(DESKTOP_CHANNELS.fillDisplay, z.number().nullable(), (window, id) => {
		window.setFullScreen(false);
		if (id === null) return;
		const display = screen
			.getAllDisplays()
			.find((candidate) => candidate.id === id);
		if (!display) throw new Error(`no display ${id} is attached`);
		window.setBounds(display.bounds);
		window.setFullScreen(true);
	});
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

	// One blocker for the whole application; a window that closes gives its wish up.
	const awake = new Set<number>();
	let blocker: number | undefined;
	const settle = () => {
		if (awake.size > 0 && blocker === undefined)
			blocker = powerSaveBlocker.start("prevent-display-sleep");
		else if (awake.size === 0 && blocker !== undefined) {
			powerSaveBlocker.stop(blocker);
			blocker = undefined;
		}
	};
	handle(DESKTOP_CHANNELS.keepAwake, z.boolean(), (window, on) => {
		const { id } = window;
		if (on && !awake.has(id)) {
			awake.add(id);
			window.once("closed", () => {
				awake.delete(id);
				settle();
			});
		} else if (!on) awake.delete(id);
		settle();
	});
}

/** A folder of documents that was moved to a server may not be there. */
function documents(): string {
	try {
		return app.getPath("documents");
	} catch {
		return homedir();
	}
}
