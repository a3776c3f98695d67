import { readJson } from "../../core/reading/json.ts";
import { BackendOptions } from "../backend/options.ts";

/** A file that may hold the setting, as an administrator's editor left it. */
export interface SettingFile {
	readonly path: string;
	/** Undefined: there is none. */
	readonly bytes: Uint8Array | undefined;
}

/** A setting of the hub that cannot be read, or says too little: it must not pass for "no hub". */
export class SettingFault extends Error {
	override readonly name = "SettingFault";
	/** The file, and the line in it where that is known; or the names of variables. */
	readonly place: string;

	constructor(place: string, what: string) {
		super(`${place}: ${what}`);
		this.place = place;
	}
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
): BackendOptions["hub"] {
	const credential = environment.BLC_HUB_CREDENTIAL;
	const url = installed ? undefined : environment.BLC_HUB_URL;
	const publicKey = installed ? undefined : environment.BLC_HUB_KEY;
	if ((url === undefined) !== (publicKey === undefined))
		throw new SettingFault("BLC_HUB_URL, BLC_HUB_KEY", "belong together");
	if (url !== undefined)
		return checked("BLC_HUB_URL, BLC_HUB_KEY", { url, publicKey, credential });
	for (const { path, bytes } of files)
		if (bytes !== undefined)
			return checked(path, { credential, ...written(path, bytes) });
	return null;
}

function checked(place: string, given: unknown): BackendOptions["hub"] {
	const setting = BackendOptions.shape.hub.safeParse(given);
	if (setting.success) return setting.data;
	const [{ path, message }] = setting.error.issues;
	throw new SettingFault(place, [...path, message].join(": "));
}

function written(path: string, bytes: Uint8Array): object {
	const read = readJson(bytes);
	if ("fault" in read) {
		const { line, found, expected } = read.fault;
		throw new SettingFault(
			line === null ? path : `${path}, ${line}`,
			`found ${found}, expected ${expected}`,
		);
	}
	if (
		typeof read.value !== "object" ||
		read.value === null ||
		Array.isArray(read.value)
	)
		throw new SettingFault(
			path,
			'expected {"url": "https://…", "publicKey": "…"}',
		);
	return read.value;
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
