import { extname, join } from "node:path";
import type { SaveDialogOptions } from "electron";

/** Where the dialog begins; with the ending among its kinds of files, so that a person who types another name keeps it. */
export function savePlace(folder: string, name: string): SaveDialogOptions {
	const ending = extname(name).slice(1);
	return {
		// Windows and macOS ask by themselves.
		properties: ["showOverwriteConfirmation"],
		defaultPath: join(folder, name),
		filters:
			ending === ""
				? []
				: [{ name: ending.toUpperCase(), extensions: [ending] }],
	};
}
