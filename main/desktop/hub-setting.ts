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
