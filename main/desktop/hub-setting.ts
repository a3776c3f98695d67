import { readJson } from "../../core/reading/json.ts";
import { BackendOptions } from "../backend/options.ts";

/**
 * The hub a workstation follows: from the environment (BLC_HUB_URL and BLC_HUB_KEY, as `npm start` sets them, and
 * BLC_HUB_CREDENTIAL), else from `hub.json` (`{"url": …, "publicKey": …, "credential": …}`, the last for a hub on another
 * machine), else none.
 * @param hubFile the bytes of that file as an administrator's editor left them; undefined: there is none
 * @throws an Error that says what is wrong: half a setting must not pass for "no hub".
 */
export function hubSetting(
	environment: Record<string, string | undefined>,
	hubFile: Uint8Array | undefined,
): BackendOptions["hub"] {
	const {
		BLC_HUB_URL: url,
		BLC_HUB_KEY: publicKey,
		BLC_HUB_CREDENTIAL: credential,
	} = environment;
	if ((url === undefined) !== (publicKey === undefined))
		throw new Error("BLC_HUB_URL and BLC_HUB_KEY belong together");
	const given =
		url !== undefined
			? { url, publicKey, credential }
			: hubFile !== undefined
				? written(hubFile)
				: null;
	const setting = BackendOptions.shape.hub.safeParse(given);
	if (setting.success) return setting.data;
	const [{ path, message }] = setting.error.issues;
	throw new Error(
		`${url !== undefined ? "BLC_HUB_URL, BLC_HUB_KEY" : "hub.json"}: ${[...path, message].join(": ")}`,
	);
}

function written(hubFile: Uint8Array): unknown {
	const read = readJson(hubFile);
	if ("value" in read) return read.value;
	const { found, expected } = read.fault;
	throw new Error(`hub.json: found ${found}, expected ${expected}`);
}
