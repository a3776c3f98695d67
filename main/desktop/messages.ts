import type {
	MenuItemConstructorOptions,
	MessageBoxSyncOptions,
} from "electron";

/*
 * What the desktop itself says, in both languages at once: it does not know which one the screens speak.
 */

/** Nothing can be shown. */
export function cannotStart(reason: string | null): string {
	return (
		"Layanan data di komputer ini tidak dapat dijalankan. Mulai ulang aplikasi; bila terulang, hubungi administrator.\n\n" +
		"The data service on this computer cannot be started. Restart the application; if it happens again, call the administrator." +
		(reason === null ? "" : `\n\n${reason}`)
	);
}

/** Which of its buttons stays. */
export const STAY = 0;

/** Asked before a page with something unsent goes; Electron, unlike a browser, would keep it without a word. */
export const UNSENT = {
	type: "question",
	message: "Isian belum dikirim · Something typed has not been sent",
	detail:
		"Yang sudah ditulis di layar ini akan hilang bila layar ditinggalkan.\nWhat was typed on this screen is lost when it is left.",
	buttons: ["Tetap di sini · Stay", "Tinggalkan · Leave"],
	defaultId: STAY,
	cancelId: STAY,
	noLink: true,
} satisfies MessageBoxSyncOptions;

/** Why a file could not be written, for the person who chose its place. */
export function notSaved(error: unknown, path: string): string {
	const { code, message } = error as NodeJS.ErrnoException;
	// Windows refuses what Excel has open.
	if (code === "EBUSY" || code === "EPERM" || code === "EACCES")
		return `${path} sedang dibuka program lain atau tidak boleh ditulis · is open in another program, or may not be written`;
	if (code === "ENOSPC")
		return `tidak ada ruang untuk ${path} · there is no room for it`;
	return message;
}

/** Why nothing came out of the printer, in the words of the system. */
export function notPrinted(reason: string): string {
	return `Tidak dapat mencetak · Could not print\n\n${reason}`;
}

/**
 * The window's menu, hidden until Alt is pressed. Electron's own would lead to its web pages past the list of sites that may be opened, and
 * into the tools of a developer.
 */
export const MENU = [
	{
		label: "Sunting · Edit",
		submenu: [
			{ role: "undo", label: "Urungkan · Undo" },
			{ role: "redo", label: "Ulangi · Redo" },
			{ type: "separator" },
			{ role: "cut", label: "Potong · Cut" },
			{ role: "copy", label: "Salin · Copy" },
			{ role: "paste", label: "Tempel · Paste" },
			{ role: "selectAll", label: "Pilih semua · Select all" },
		],
	},
	{
		label: "Tampilan · View",
		submenu: [
			{ role: "reload", label: "Muat ulang · Reload" },
			{ role: "resetZoom", label: "Ukuran semula · Actual size" },
			{ role: "zoomIn", label: "Perbesar · Zoom in" },
			{ role: "zoomOut", label: "Perkecil · Zoom out" },
			{ role: "togglefullscreen", label: "Layar penuh · Full screen" },
		],
	},
	{
		label: "Jendela · Window",
		submenu: [
			{ role: "minimize", label: "Kecilkan · Minimise" },
			{ role: "close", label: "Tutup · Close" },
			{ role: "quit", label: "Keluar · Quit" },
		],
	},
] satisfies MenuItemConstructorOptions[];
