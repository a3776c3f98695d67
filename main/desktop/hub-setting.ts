import { win32 } from "node:path";
import {
	checked,
	type MachinePolicy,
	readHubFile,
	SettingFault,
} from "../backend/hub-file.ts";
import { HubSetting } from "../backend/options.ts";

/** A file that may hold the setting, as an administrator's editor left it. */
export interface SettingFile {
	readonly path: string;
	/** Undefined: there is none. */
	readonly bytes: Uint8Array | undefined;
}

/**
 * The hub a workstation follows: from the environment (BLC_HUB_URL and BLC_HUB_KEY, as `npm start` sets them), else from the first
 * `hub.json` that names one (`{"url": …, "publicKey": …, "credential": …}`, the last for a hub on another machine, else
 * BLC_HUB_CREDENTIAL), else none. An installed application follows what the machine's administrator wrote: whoever runs it cannot put
 * another key in its place by a variable. What else holds for the machine is what the first file that is there says.
 * @param files the machine's first, then that of the data folder; read no further than needed, so that an account's broken one stops no
 * machine that is told all by its own
 * @param installed whether the application is a packaged one
 * @throws SettingFault
 */
export function machineSetting(
	environment: Record<string, string | undefined>,
	files: Iterable<SettingFile>,
	installed: boolean,
): MachinePolicy & { readonly hub: HubSetting | null } {
	const credential = environment.BLC_HUB_CREDENTIAL;
	const url = installed ? undefined : environment.BLC_HUB_URL;
	const publicKey = installed ? undefined : environment.BLC_HUB_KEY;
	if ((url === undefined) !== (publicKey === undefined))
		throw new SettingFault("BLC_HUB_URL, BLC_HUB_KEY", "belong together");
	let hub =
		url === undefined
			? null
			: checked(HubSetting, "BLC_HUB_URL, BLC_HUB_KEY", { url, publicKey });
	let policy: MachinePolicy | null = null;
	for (const { path, bytes } of files) {
		if (bytes === undefined) continue;
		const said = readHubFile(path, bytes);
		policy ??= said.policy;
		hub ??= said.hub;
		if (hub !== null) break;
	}
	if (hub !== null && hub.credential === undefined && credential !== undefined)
		hub = {
			...hub,
			credential: checked(
				HubSetting.shape.credential,
				"BLC_HUB_CREDENTIAL",
				credential,
			),
		};
	return { ...policy, hub };
}

/** A machine's file that ordinary accounts may have written: it is not known whose word it is. */
export class SettingOpen extends SettingFault {}

/**
 * Refuses a machine's file of Windows that ordinary accounts may change: below `ProgramData` everybody may make folders.
 * @param writersOf ordinary accounts that may change a file; null: Windows was asked and does not say (machine/files/windows-writers)
 * @param report hears where Windows cannot be asked; such a file is believed, since a machine may forbid it
 * @throws SettingOpen
 */
export async function refuseOpen(
	path: string,
	writersOf: (path: string) => Promise<readonly string[] | null>,
	report: (message: string) => void,
): Promise<void> {
	let writers: readonly string[] | null;
	try {
		writers = await writersOf(path);
	} catch (error) {
		report(
			`${path}: it could not be asked who may change it, it is believed: ${error instanceof Error ? error.message : String(error)}`,
		);
		return;
	}
	if (writers?.length === 0) return;
	const folder = `icacls "${win32.dirname(path)}"`;
	throw new SettingOpen(
		path,
		[
			`expected a file that administrators alone may change, ${writers === null ? "Windows does not tell this account who may" : `it is open to ${writers.join(", ")}`}. See that what it says is right; then as an administrator:`,
			`${folder} /setowner *S-1-5-32-544 /T`,
			`${folder} /reset /T`,
			`${folder} /inheritance:r /grant:r *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX`,
		].join("\n"),
	);
}

/**
 * Where a machine's administrator says what holds for everybody who uses it, the first that has a file counts; only an administrator may
 * write there.
 * @param program the application's own binary: on Windows its drive is that of the system, which a variable of the environment could
 * say otherwise; where it was installed on another one the system's is C: as a rule
 */
export function machineFolders(
	platform: NodeJS.Platform,
	program: string,
): string[] {
	if (platform === "win32")
		return [
			...new Set([/^[a-z]:/i.exec(program)?.[0].toUpperCase() ?? "C:", "C:"]),
		].map((drive) => `${drive}\\ProgramData\\BLC Command`);
	if (platform === "darwin")
		return ["/Library/Application Support/BLC Command"];
	return ["/etc/blc-command"];
}
