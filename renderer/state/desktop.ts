import type { DesktopBridge } from "../../core/api/desktop.ts";
import { fileNameOf } from "../../core/api/desktop.ts";

/** What the desktop application adds to a page; a browser has none of it. */
const bridge = (): DesktopBridge | undefined =>
	(window as { blc?: DesktopBridge }).blc;

/**
 * Hands something to the person as a file: the desktop asks where to, a browser downloads it.
 * @returns false when the person cancelled
 * @throws when it could not be written
 */
export async function saveFile(
	name: string,
	content: string | Uint8Array<ArrayBuffer>,
	type: string,
): Promise<boolean> {
	const desktop = bridge();
	if (desktop) {
		const { saved, problem } = await desktop.save({
			name: fileNameOf(name),
			bytes:
				typeof content === "string"
					? new TextEncoder().encode(content)
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

/**
 * A place to write a large file to as it is made, so that it need not be held in memory. To be asked for in answer to a press.
 * @returns null where there is none, as in the desktop application: the file is then handed over whole by `saveFile`
 * @throws AbortError when the person cancelled
 */
export async function openForWriting(
	name: string,
	type: string,
): Promise<FileSystemWritableFileStream | null> {
	const pick = (window as FilePicker).showSaveFilePicker;
	if (bridge() || !pick) return null;
	const suggestedName = fileNameOf(name);
	const ending = suggestedName.slice(suggestedName.lastIndexOf("."));
	const handle = await pick.call(window, {
		suggestedName,
		types: [{ accept: { [type]: [ending] } }],
	});
	return handle.createWritable();
}

/** Prints this window. */
export async function printWindow(): Promise<void> {
	const desktop = bridge();
	if (desktop) await desktop.print();
	else window.print();
}
