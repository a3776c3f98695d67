import type {
	MenuItemConstructorOptions,
	MessageBoxOptions,
	MessageBoxSyncOptions,
} from "electron";
import type { Said } from "./host-page.ts";

/*
 * What the desktop itself says, in both languages at once: it does not know which one the screens speak.
 */

/** The backend does not start, for the page that is shown meanwhile. */
export function backendDown(reason: string | null): Said {
	return {
		id: "Layanan data di komputer ini belum dapat dijalankan. Aplikasi terus mencoba sendiri; layar muncul begitu berhasil. Bila ini tetap tampak, hubungi administrator.",
		en: "The data service on this computer does not start yet. The application goes on trying by itself; the screen appears as soon as it does. If this stays, call the administrator.",
		detail: reason,
	};
}

/** The setting of the hub cannot be read, for the page that is shown meanwhile. */
export function settingUnread({ message }: { message: string }): Said {
	return {
		id: "Pengaturan hub di komputer ini tidak dapat dibaca, sehingga tidak diketahui data mana yang harus diikuti. Perbaiki berkas yang disebut di bawah; aplikasi membacanya lagi sendiri dan melanjutkan.",
		en: "The setting of the hub on this computer cannot be read, so that it is not known which data to follow. Mend the file named below; the application reads it again by itself and goes on.",
		detail: message,
	};
}

/** Anybody may have written the machine's setting, for the page that is shown meanwhile. */
export function settingOpen({ message }: { message: string }): Said {
	return {
		id: "Pengaturan hub di komputer ini dapat diubah oleh akun biasa, sehingga tidak dapat dipercaya data mana yang harus diikuti. Administrator perlu menutup foldernya dan menulis ulang berkasnya seperti tertulis di bawah; aplikasi membacanya lagi sendiri dan melanjutkan.",
		en: "Ordinary accounts may change the setting of the hub on this computer, so that it cannot be relied on which data to follow. An administrator has to close its folder and write the file anew as written below; the application reads it again by itself and goes on.",
		detail: message,
	};
}

/** The machine's setting lies behind a link, for the page that is shown meanwhile. */
export function settingLinked({ message }: { message: string }): Said {
	return {
		id: "Pengaturan hub di komputer ini tidak berada di tempatnya sendiri, melainkan di balik sebuah tautan yang dapat dialihkan, sehingga tidak diketahui data mana yang harus diikuti. Administrator perlu menghapus tautan itu seperti tertulis di bawah; aplikasi membacanya lagi sendiri dan melanjutkan.",
		en: "The setting of the hub on this computer does not lie in its own place but behind a link, which can be led elsewhere, so that it is not known which data to follow. An administrator has to remove the link as written below; the application reads it again by itself and goes on.",
		detail: message,
	};
}

/** Windows takes its time at the start, for the page that is shown meanwhile. */
export const WINDOWS_ASKED: Said = {
	id: "Windows sedang ditanya siapa yang boleh mengubah pengaturan hub di komputer ini. Ini dapat memakan waktu beberapa menit; layar muncul setelah itu.",
	en: "Windows is asked who may change the setting of the hub on this computer. This may take some minutes; the screen appears after it.",
	detail: null,
};

/** Windows does not say yet who may have written the machine's setting, for the page that is shown meanwhile. */
export function settingUnanswered({ message }: { message: string }): Said {
	return {
		id: "Windows belum menjawab siapa yang boleh mengubah pengaturan hub di komputer ini. Aplikasi bertanya lagi sendiri dan melanjutkan begitu ada jawaban. Bila ini tetap tampak, hubungi administrator.",
		en: "Windows did not answer yet who may change the setting of the hub on this computer. The application asks again by itself and goes on as soon as there is an answer. If this stays, call the administrator.",
		detail: message,
	};
}

/** Something that is not foreseen keeps the application from starting. */
export function cannotStart(reason: string): Said {
	return {
		id: "Aplikasi ini tidak dapat dimulai. Tutup dan mulai lagi; bila terulang, hubungi administrator dengan pesan di bawah ini.",
		en: "The application cannot be started. Close it and start it again; if it happens again, call the administrator with the message below.",
		detail: reason,
	};
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

/** Asked when a page does not answer any more. */
export const STUCK = {
	type: "question",
	message: "Layar ini tidak menjawab · This screen does not answer",
	detail:
		"Memuat ulang menghilangkan yang belum dikirim.\nLoading it again loses what was not sent.",
	buttons: ["Tunggu · Wait", "Muat ulang · Load again"],
	defaultId: STAY,
	cancelId: STAY,
	noLink: true,
} satisfies MessageBoxOptions;

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

/** Why a file that a person opened could not be read. */
export function notRead(error: unknown, path: string): string {
	return `${path} tidak dapat dibaca · could not be read: ${error instanceof Error ? error.message : String(error)}`;
}

/** Why nothing came out of the printer, in the words of the system. */
export function notPrinted(reason: string): string {
	return `Tidak dapat mencetak · Could not print\n\n${reason}`;
}

/**
 * The window's menu, hidden until Alt is pressed; a machine that is nothing but a wall has none. Electron's own would lead to its web pages past the list of sites that may be opened, and
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
			// Not by Ctrl W, which in a browser closes one of many.
			{
				role: "close",
				label: "Tutup · Close",
				registerAccelerator: false,
			},
			{ role: "quit", label: "Keluar · Quit" },
		],
	},
] satisfies MenuItemConstructorOptions[];

/** The menu on a system: macOS takes the first one for that of the application, whatever it is named. */
export function menuOf(
	platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
	return platform === "darwin" ? [{ role: "appMenu" }, ...MENU] : MENU;
}
