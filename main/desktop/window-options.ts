/** Options of every window: the page is a web page and gets nothing of Node or Electron but the preload's one object. */
export function windowOptions(preload: string) {
	return {
		width: 1366,
		height: 768,
		minWidth: 1024,
		minHeight: 640,
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
