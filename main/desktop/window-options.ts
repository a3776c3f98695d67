/** What Windows leaves of a laptop of 1366 x 768 at 125 %, its task bar taken off; narrower or lower no window needs to be. */
export const SMALLEST = { width: 1024, height: 560 } as const;

/**
 * Options of every window: the page is a web page and gets nothing of Node or Electron but the preload's one object.
 * @param room what the display it opens on leaves for windows
 */
export function windowOptions(
	preload: string,
	room: { width: number; height: number },
) {
	return {
		width: Math.min(1366, room.width),
		height: Math.min(768, room.height),
		minWidth: Math.min(SMALLEST.width, room.width),
		minHeight: Math.min(SMALLEST.height, room.height),
		show: false,
		backgroundColor: "#0b1016",
		title: "BLC Command",
		autoHideMenuBar: true,
		webPreferences: {
			preload,
			sandbox: true,
			contextIsolation: true,
			nodeIntegration: false,
			nodeIntegrationInWorker: false,
			nodeIntegrationInSubFrames: false,
			webviewTag: false,
			webSecurity: true,
			allowRunningInsecureContent: false,
			navigateOnDragDrop: false,
			spellcheck: false,
			// a wall that is not in front must go on playing
			backgroundThrottling: false,
		},
	} as const;
}
