import type { DesktopBridge } from "./desktop.ts";

/** Channel of each call of the bridge between page and main process; apart from the schemas, so that the preload stays small. */
export const DESKTOP_CHANNELS = {
	displays: "blc:displays",
	fillDisplay: "blc:fill-display",
	save: "blc:save",
	print: "blc:print",
	keepAwake: "blc:keep-awake",
	openedFile: "blc:opened-file",
	onOpenedFile: "blc:on-opened-file",
} as const satisfies Record<keyof DesktopBridge, string>;
