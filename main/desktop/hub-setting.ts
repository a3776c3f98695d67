import {
	checkedHub,
	type HubSetting,
	SettingFault,
	writtenHub,
} from "../backend/hub-file.ts";

/** A file that may hold the setting, as an administrator's editor left it. */
export interface SettingFile {
	readonly path: string;
	/** Undefined: there is none. */
	readonly bytes: Uint8Array | undefined;
}

/**
 * The hub a workstation follows: from the environment (BLC_HUB_URL and BLC_HUB_KEY, as `npm start` sets them), else from the first
 * `hub.json` that is there (`{"url": …, "publicKey": …, "credential": …}`, the last for a hub on another machine, else
 * BLC_HUB_CREDENTIAL), else none. An installed application follows what the machine's administrator wrote: whoever runs it cannot put
 * another key in its place by a variable.
 * @param files the machine's first, then that of the data folder
 * @param installed whether the application is a packaged one
 * @throws SettingFault
 */
export function hubSetting(
	environment: Record<string, string | undefined>,
	files: readonly SettingFile[],
	installed: boolean,
): HubSetting | null {
	const credential = environment.BLC_HUB_CREDENTIAL;
	const url = installed ? undefined : environment.BLC_HUB_URL;
	const publicKey = installed ? undefined : environment.BLC_HUB_KEY;
	if ((url === undefined) !== (publicKey === undefined))
		throw new SettingFault("BLC_HUB_URL, BLC_HUB_KEY", "belong together");
	if (url !== undefined)
		return checkedHub("BLC_HUB_URL, BLC_HUB_KEY", {
			url,
			publicKey,
			credential,
		});
	for (const { path, bytes } of files)
		if (bytes !== undefined)
			return checkedHub(path, { credential, ...writtenHub(path, bytes) });
	return null;
}

/**
 * Where a machine's administrator says what holds for everybody who uses it; only an administrator may write there.
 * @param program the application's own binary: on Windows its drive is that of the system, which a variable of the environment could
 * say otherwise
 */
export function machineFolder(
	platform: NodeJS.Platform,
	program: string,
): string {
	if (platform === "win32")
		return `${/^[a-z]:/i.exec(program)?.[0] ?? "C:"}\\ProgramData\\BLC Command`;
	if (platform === "darwin") return "/Library/Application Support/BLC Command";
	return "/etc/blc-command";
}
