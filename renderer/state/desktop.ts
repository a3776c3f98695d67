import { useEffect, useState } from "react";
import type {
	DesktopBridge,
	Display,
	OpenedFile,
} from "../../core/api/desktop.ts";
import { fileNameOf } from "../../core/api/desktop.ts";

/** What the desktop application adds to a page; a browser has none of it. */
const bridge = (): DesktopBridge | undefined =>
	(window as { blc?: DesktopBridge }).blc;

/** Whether this window is one of the desktop application, which opens no others by itself. */
export const isDesktop = (): boolean => bridge() !== undefined;

/**
 * Hands something to the person as a file: the desktop asks where to, a browser downloads it.
 * @returns false when the person cancelled
 * @throws when it could not be written
 */
export async function saveFile(
	name: string,
	content: string | Uint8Array<ArrayBuffer> | Blob,
	type: string,
): Promise<boolean> {
	const desktop = bridge();
	if (desktop) {
		const { saved, problem } = await desktop.save({
			name: fileNameOf(name),
			// Bytes as they are: of a film every copy would be hundreds of megabytes.
			bytes:
				typeof content === "string"
					? new TextEncoder().encode(content)
					: content instanceof Blob
						? new Uint8Array(await content.arrayBuffer())
						: content,
		});
		if (problem !== null) throw new Error(problem);
		return saved;
	}
	const address = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement("a");
	link.href = address;
	link.download = fileNameOf(name);
	link.click();
	// Not at once: a browser that is busy reads it later.
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
	return true;
}

interface FilePicker {
	showSaveFilePicker?: (options: {
		suggestedName: string;
		types: { accept: Record<string, string[]> }[];
	}) => Promise<FileSystemFileHandle>;
}

/** Whether a large file can be written as it is made. */
export function canWriteAsMade(): boolean {
	return !bridge() && (window as FilePicker).showSaveFilePicker !== undefined;
}

/** A file that is written as it is made. */
interface OpenedForWriting {
	readonly into: FileSystemWritableFileStream;
	/** Takes the file away again where nothing came to stand in it. */
	readonly discard: () => Promise<void>;
}

/**
 * A place to write a large file to as it is made, so that it need not be held in memory. To be asked for in answer to a press.
 * @returns null where there is none, as in the desktop application: the file is then handed over whole by `saveFile`
 * @throws AbortError when the person cancelled
 */
export async function openForWriting(
	name: string,
	type: string,
): Promise<OpenedForWriting | null> {
	const pick = (window as FilePicker).showSaveFilePicker;
	if (bridge() || !pick) return null;
	const suggestedName = fileNameOf(name);
	const ending = suggestedName.slice(suggestedName.lastIndexOf("."));
	const handle = await pick.call(window, {
		suggestedName,
		types: [{ accept: { [type]: [ending] } }],
	});
	const discard = async (): Promise<void> => {
		try {
			// The picker made it, or emptied one that was there: empty under its full name it would pass for what it is not.
			const { size } = await handle.getFile();
			if (size === 0)
				await (handle as { remove?: () => Promise<void> }).remove?.();
		} catch {
			// It is gone already, or another program holds it.
		}
	};
	try {
		return { into: await handle.createWritable(), discard };
	} catch (reason) {
		await discard();
		throw reason;
	}
}

/** Prints this window. */
export async function printWindow(): Promise<void> {
	const desktop = bridge();
	if (desktop) await desktop.print();
	else window.print();
}

/** The displays that this window could fill; a browser knows of none but its own. */
export async function displaysToFill(): Promise<readonly Display[]> {
	return (await bridge()?.displays()) ?? [];
}

/** Fills a display with this window, or leaves full screen with null. */
export async function fillDisplay(id: number | null): Promise<void> {
	await bridge()?.fillDisplay(id);
}

/** Keeps the screen that this window stands on from going dark while `on`: in the desktop application, and in a browser that can. */
export function useAwake(on: boolean): void {
	useEffect(() => {
		if (!on) return;
		const desktop = bridge();
		if (desktop) {
			void desktop.keepAwake(true);
			return () => void desktop.keepAwake(false);
		}
		return stayAwake();
	}, [on]);
}

/** The file that a person opened with the desktop application, and the way to have done with it. */
export function useOpenedFile(): [
	(OpenedFile & { at: number }) | null,
	() => void,
] {
	const [file, setFile] = useState<(OpenedFile & { at: number }) | null>(null);
	useEffect(() => {
		const desktop = bridge();
		if (!desktop) return;
		const take = async (): Promise<void> => {
			const opened = await desktop.openedFile();
			if (opened !== null) setFile({ ...opened, at: performance.now() });
		};
		// Also one with which the application was started.
		void take();
		desktop.onOpenedFile(() => void take());
	}, []);
	return [file, () => setFile(null)];
}

/** A browser takes its word back when the window is covered, and is asked again when it is seen. */
function stayAwake(): () => void {
	let held: WakeLockSentinel | null = null;
	let over = false;
	const ask = async (): Promise<void> => {
		if (document.visibilityState !== "visible" || !("wakeLock" in navigator))
			return;
		try {
			const given = await navigator.wakeLock.request("screen");
			if (over) void given.release();
			else held = given;
		} catch {
			// Its battery is low, or its policy says no: it goes dark when the system says so.
		}
	};
	void ask();
	document.addEventListener("visibilitychange", ask);
	return () => {
		over = true;
		document.removeEventListener("visibilitychange", ask);
		void held?.release();
	};
}
