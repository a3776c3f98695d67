import { BackendOptions } from "../backend/options.ts";

/**
 * The hub a workstation follows: from the environment (BLC_HUB_URL and BLC_HUB_KEY, as `npm start` sets them, and
 * BLC_HUB_CREDENTIAL), else from the text of `hub.json` (`{"url": …, "publicKey": …, "credential": …}`, the last for a hub on another
 * machine), else none.
 * @throws an Error that says what is wrong: half a setting must not pass for "no hub".
 */
export function hubSetting(
	environment: Record<string, string | undefined>,
	hubFile: string | undefined,
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
				? JSON.parse(hubFile)
				: null;
	return BackendOptions.shape.hub.parse(given);
}
